"""Imports go one way (DESIGN.md, "The way through it"): a room may only use rooms before it."""

from __future__ import annotations

import ast

import pytest

GROUND = {"problems", "units", "geometry", "colour", "glyphs", "yamlsource", "yamlfaults"}
ALLOWED = {
    "problems": set(),
    "units": set(),
    "geometry": set(),
    "colour": set(),
    "glyphs": set(),
    "yamlfaults": {"problems"},
    "yamlsource": {"problems", "yamlfaults"},
    "scene": GROUND,
    "campaign": GROUND,
    "design": GROUND | {"scene"},
    "text": GROUND,
    "compose": GROUND | {"scene", "campaign", "design", "text"},
    "editions": GROUND | {"scene"},
    "writers": GROUND | {"scene", "text", "editions"},
    "jobs": GROUND | {"scene", "campaign", "design", "text", "compose", "writers"},
    "agreement": GROUND | {"campaign", "design", "text"},
    "plan": GROUND | {"campaign", "design", "editions"},
    "fingerprints": GROUND | {"campaign", "design", "text", "plan"},
    "checks": GROUND | {"campaign", "scene"},
    "workshop": GROUND
    | {
        "scene",
        "campaign",
        "design",
        "text",
        "compose",
        "editions",
        "writers",
        "plan",
        "agreement",
        "fingerprints",
        "checks",
        "jobs",
    },
    "survey": GROUND | {"arguments", "campaign", "compose", "plan", "workshop"},
    "files": {"problems"},
    "gallery": GROUND | {"files", "campaign", "design"},
    "slides": set(),
    "build": GROUND | {"slides", "files", "plan", "workshop", "campaign", "checks", "gallery"},
    "summary": GROUND | {"plan", "campaign", "build"},
    "arguments": GROUND | {"plan"},
    "preview": GROUND | {"arguments", "files", "campaign", "plan", "workshop", "build", "gallery"},
    "proof": GROUND
    | {"scene", "files", "campaign", "design", "text", "compose", "writers", "plan", "workshop"},
    "translation": GROUND
    | {
        "arguments",
        "files",
        "campaign",
        "design",
        "text",
        "plan",
        "workshop",
        "gallery",
        "survey",
        "proof",
    },
    "cli": GROUND
    | {
        "arguments",
        "plan",
        "workshop",
        "campaign",
        "build",
        "checks",
        "preview",
        "translation",
        "summary",
        "survey",
    },
}
ONLY_IN = {"reportlab": "writers"}


def modules(root):
    for path in sorted((root / "handbill").rglob("*.py")):
        parts = path.relative_to(root / "handbill").with_suffix("").parts
        if parts != ("__init__",):
            yield parts[0], path


def imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide where a name comes from"
            if node.module == "handbill":
                yield from (f"handbill.{alias.name}" for alias in node.names if alias.name != "__version__")
            else:
                yield node.module or ""


def test_rooms_import_only_what_they_may(root):
    """A writer that reached back into the content could print what was never laid out."""
    wrong = []
    for room, path in modules(root):
        assert room in ALLOWED, f"say in this test what {room} may import"
        for name in imported(path):
            if name.startswith("handbill."):
                other = name.split(".")[1]
                if other != room and other not in ALLOWED[room]:
                    wrong.append(f"{path.relative_to(root)} imports {name}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("package", sorted(ONLY_IN))
def test_outside_package_stays_in_one_room(root, package):
    """Only one room knows the PDF library, so that it can be exchanged."""
    wrong = [
        str(path.relative_to(root))
        for room, path in modules(root)
        for name in imported(path)
        if name.split(".")[0] == package and room != ONLY_IN[package]
    ]
    assert not wrong, wrong
