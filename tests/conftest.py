"""What the tests share: the project's root, one loaded workshop, one full build, the oracles."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def workshop():
    from handbill.workshop import Workshop

    return Workshop(ROOT)


@pytest.fixture(scope="session")
def close_looks(workshop, tmp_path_factory):
    """Press files of the usual printer for a close look (sample.py), with what they were made from:
    {file: (Made, path, Composition, BoundPiece)}."""
    from sample import sample

    from handbill.problems import PieceError

    folder = tmp_path_factory.mktemp("made")
    found = {}
    for variant in sample(workshop, "press"):
        try:
            made = workshop.make(variant)
        except PieceError:
            continue  # test_the_run_is_complete says so
        path = folder / variant.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.data)
        piece = workshop.bind(variant)  # the workshop keeps the last one and its composition
        found[variant.file] = (made, path, workshop.compose(variant, piece), piece)
    return found


@pytest.fixture(scope="session")
def made(close_looks):
    """Press files for a close look: {file: (Made, path)}."""
    return {file: look[:2] for file, look in close_looks.items()}


@pytest.fixture(scope="session")
def gallery(workshop, tmp_path_factory):
    """A few files with their gallery, as a build makes them."""
    from gallery_site import build_site

    return build_site(workshop, tmp_path_factory.mktemp("gallery"))


@pytest.fixture(scope="session")
def oracle():
    """An outside program by name; without it the test fails in CI and is skipped aloud elsewhere."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            message = f"the program “{name}” is not installed (see .ci/run)"
            if os.environ.get("CI"):
                pytest.fail(message)
            pytest.skip(message)
        return path

    return find


@pytest.fixture
def project(tmp_path):
    """A copy of the project's content, layouts and fonts that a test may spoil."""
    for name in ("content", "layouts"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "fonts").symlink_to(ROOT / "fonts")
    return tmp_path


@pytest.fixture
def run(capsys):
    """Run the command in this process: (exit code, standard output, standard error)."""

    from handbill.cli import main

    def go(root, *arguments):
        code = main(list(arguments), root)
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return code, captured.out, captured.err

    return go


@pytest.fixture(scope="module")
def vera():
    """The validator; without it the tests fail in CI and are skipped aloud elsewhere."""

    from vera.validator import Missing, validate

    def check(*paths):
        try:
            return validate(paths)
        except Missing as missing:
            if os.environ.get("CI"):
                pytest.fail(f"veraPDF: {missing} (see .ci/run)")
            pytest.skip(f"veraPDF: {missing}")

    return check
