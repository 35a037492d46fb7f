"""docs/pdf-x.md, the ledger of PDF/X, tells the truth about the code, the tests and the checks."""

from __future__ import annotations

import ast
import importlib
import re
from functools import cache

import pytest
from conftest import ROOT

from handbill.checks.profile import load_profile
from handbill.checks.rules import CHECKS

STATUSES = ("met", "not applicable", "not met")
PAGE = (ROOT / "docs" / "pdf-x.md").read_text("utf-8")
HEAD = "| requirement | source | X-4 | X-1a | by | held by |"
MARKED = re.compile(r"`([^`]+)`")
TEST = re.compile(r"(tests/test_\w+\.py)::(test_\w+)")
CHECK = re.compile(r"check/([a-z0-9-]+)")
CODE = re.compile(r"handbill(?:\.\w+)+")
IN_BOTH = {"check/x4-structure": 0, "check/x1a-structure": 1}
"""The check that only one of the two standards has, with the standard's column among the statuses."""


def rows():
    """The six cells of every row of the ledger."""
    return [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in PAGE.splitlines()
        if line.startswith("| ") and line != HEAD and not line.startswith("| ---")
    ]


ROWS = rows()
EACH = pytest.mark.parametrize("row", ROWS, ids=[row[0][:60] for row in ROWS])


@cache
def functions_of(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def resolve(name: str) -> object:
    """What a dotted name of ours stands for. Raises if it is not there."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:]:
            fields = getattr(found, "__dataclass_fields__", {})
            found = fields[part] if part in fields else getattr(found, part)
        return found
    raise ModuleNotFoundError(name)


def test_the_ledger_holds_both_standards_and_the_ghent_rules():
    """A table that lost its head or its rows would be skipped in silence."""
    assert PAGE.count(HEAD) == PAGE.count("| --- | --- | --- | --- | --- | --- |") == 5
    assert len(ROWS) > 60
    assert len({row[0] for row in ROWS}) == len(ROWS)
    assert all(len(row) == 6 for row in ROWS), [row for row in ROWS if len(row) != 6]


@EACH
def test_each_row_has_a_requirement_a_source_and_one_status_a_standard(row):
    """Anything but the three words would be a way not to say whether it is met."""
    requirement, source, x4, x1a, by, held = row
    assert x4 in STATUSES and x1a in STATUSES
    assert len(requirement.split()) >= 3 and source and by and held


@EACH
def test_each_row_that_is_met_names_code_and_what_holds_it(row):
    """“Met” without a test or a check is a hope."""
    *_, x4, x1a, by, held = row
    if "met" in (x4, x1a):
        assert CODE.search(by), "which code?"
        assert TEST.search(held) or CHECK.search(held), "what would fail?"


@EACH
def test_each_row_that_is_not_met_or_not_applicable_says_why(row):
    """Words, not a name: a person has to be able to judge the reason."""
    *_, x4, x1a, by, held = row
    if {x4, x1a} - {"met"}:
        reason = MARKED.sub("", f"{by} {held}")
        assert len(reason.split()) >= 5, f"“{reason}” is no reason"


@EACH
def test_all_that_is_named_exists(row):
    """Code moves; a ledger that names what was there last year is worse than none."""
    for name in MARKED.findall(f"{row[4]} {row[5]}"):
        if match := TEST.fullmatch(name):
            assert match[2] in functions_of(match[1]), name
        elif match := CHECK.fullmatch(name):
            assert match[1] in {check.id for check in CHECKS}, name
        elif CODE.fullmatch(name):
            assert resolve(name) is not None
        else:
            pytest.fail(f"`{name}` is neither code of ours, nor a test, nor a check")


@EACH
def test_a_check_that_holds_a_standard_runs_in_its_profile(row):
    """A check that the profile does not name never looks at the file."""
    profiles = (load_profile("press"), load_profile("press-x1a"))
    met = [profile for profile, status in zip(profiles, row[2:4], strict=True) if status == "met"]
    for name in (match[1] for match in CHECK.finditer(row[5])):
        if (only := IN_BOTH.get(f"check/{name}")) is not None:
            assert name in profiles[only].checks
        elif met:
            assert any(name in profile.checks for profile in met), name


def test_every_check_of_the_press_that_judges_the_file_is_in_the_ledger():
    """A rule that is checked and not written down here has no source that anybody can look up. Those
    left out judge words and reading, which no standard for the press speaks of."""
    named = {match[1] for row in ROWS for match in CHECK.finditer(row[5])}
    ours = {
        "language", "safe-zone", "folds", "letter-height", "contrast", "text-direction", "numbers", "qr",
        "links", "file-size", "inline-images",
    }  # fmt: skip
    pressed = {*load_profile("press").checks, *load_profile("press-x1a").checks}
    assert pressed - named == ours


@pytest.mark.parametrize(
    "name",
    ["handbill.writers.pdf.write_pfd", "handbill.writers.pfd", "handbill.writers.content.ContentOptions.x"],
)
def test_a_name_that_is_not_there_is_noticed(name):
    """The ledger is only as honest as this look-up."""
    with pytest.raises((AttributeError, ModuleNotFoundError)):
        resolve(name)
