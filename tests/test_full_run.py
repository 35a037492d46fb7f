"""The full build, as the README's command makes it, judged from outside: every file by quick readers, a
sample with each layout, edition and language in it by slow ones."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest
from sample import sample

from handbill.plan import EDITIONS, Selection, plan


class Full(NamedTuple):
    """The output folder of a full build and its manifest."""

    folder: Path
    manifest: dict


@pytest.fixture(scope="module")
def full(root, workshop, tmp_path_factory):
    """What the README's first command makes: what it has made in ``output/``, if that is of today's words
    and program, or else another build with it, in processes of its own."""
    made = read_manifest(root / "output")
    if made is not None and is_current(made, workshop):
        return made
    folder = tmp_path_factory.mktemp("full")
    done = subprocess.run(
        [sys.executable, str(root / "make_pdfs.py"), "--output", str(folder)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": "11"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    made = read_manifest(folder)
    assert made is not None
    return made


def read_manifest(folder):
    """The folder of a build with its manifest; None where there is none."""
    try:
        return Full(folder, json.loads((folder / "manifest.json").read_text("utf-8")))
    except (OSError, ValueError):
        return None


def is_current(full, workshop):
    """Whether each file that is to be made is there as it would be made now: whatever it hangs on, the
    program too, is in its fingerprint. That its bytes are those of the record is a test of its own."""
    wanted = plan(workshop.campaign, workshop.design, Selection())
    made = {record["file"]: record["fingerprint"] for record in full.manifest["documents"]}
    return made == {variant.file: workshop.fingerprints.of(variant) for variant in wanted}


def test_every_variant_is_made(full, workshop):
    """A language, an audience or an edition that is missing is missed by somebody."""
    wanted = {variant.file for variant in plan(workshop.campaign, workshop.design, Selection())}
    made = {record["file"] for record in full.manifest["documents"]}
    assert made == wanted and full.manifest["not_built"] == []
    assert {record["edition"] for record in full.manifest["documents"]} == set(EDITIONS)
    for record in full.manifest["documents"]:
        data = (full.folder / record["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == record["sha256"], record["file"]


def test_no_file_lies_there_that_the_manifest_does_not_name(full):
    """Whoever hands out the folder hands out everything in it."""
    named = {record["file"] for record in full.manifest["documents"]} | {"manifest.json", "index.html"}
    named |= {record["picture_file"] for record in full.manifest["documents"] if record["picture_file"]}
    named |= {picture["file"] for record in full.manifest["documents"] for picture in record["pictures"]}
    for sheet in full.manifest["job_sheets"]:
        named |= {sheet["file"], sheet["text"]}
    lying = {str(path.relative_to(full.folder)) for path in full.folder.rglob("*") if path.is_file()}
    assert lying == named


def test_own_checks_find_nothing(full):
    """Each file was read back before it got its name; a warning would stand in its record."""
    found = {
        record["file"]: [problem for problem in record["problems"] if "[check/" in problem]
        for record in full.manifest["documents"]
    }
    assert {file: problems for file, problems in found.items() if problems} == {}


def claims(path):
    """The standards that a file says it keeps, and its version."""
    with pikepdf.open(path) as pdf:
        metadata = pdf.Root.Metadata.read_bytes().decode("utf-8")
        said = set()
        if re.search(r"<pdfxid:GTS_PDFXVersion>PDF/X-4<", metadata):
            said.add("PDF/X-4")
        if "/GTS_PDFXVersion" in pdf.docinfo:
            said.add(str(pdf.docinfo["/GTS_PDFXVersion"]))
        if re.search(r"<pdfuaid:part>1<", metadata):
            said.add("PDF/UA-1")
        intents = [str(intent.S) for intent in pdf.Root.get("/OutputIntents", [])]
    return said, intents


def test_the_manifest_says_truly_which_standard_a_file_keeps(full):
    """Who orders by the manifest must get what it says, no less and no more."""
    expected = {"press": "PDF/X-4", "web": "PDF/UA-1", "large-print": "PDF/UA-1", "office": None}
    expected["screen"] = "PDF/UA-1"
    for record in full.manifest["documents"]:
        said, intents = claims(full.folder / record["file"])
        assert record["standard"] == expected[record["edition"]], record["file"]
        assert said == ({record["standard"]} - {None}), record["file"]
        assert intents == (["/GTS_PDFX"] if record["standard"] == "PDF/X-4" else []), record["file"]


@pytest.fixture(scope="module")
def looked_at(full, workshop):
    """Records of the files that slow readers are given: each layout, edition and language is among them."""
    files = {variant.file for variant in sample(workshop, *EDITIONS)}
    records = full.manifest["documents"]
    return [record for record in records if record["file"] in files or "+" in record["language"]]


def test_qpdf_finds_files_sound(full, looked_at, oracle):
    """A file that is damaged in itself may fail on the one machine that matters."""
    program = oracle("qpdf")

    def check(record):
        path = str(full.folder / record["file"])
        done = subprocess.run([program, "--check", path], capture_output=True, text=True)
        return "" if done.returncode == 0 else f"{record['file']}: {done.stdout}{done.stderr}"

    with ThreadPoolExecutor(2) as pool:
        assert [said for said in pool.map(check, looked_at) if said] == []


def test_verapdf_passes_files_that_say_they_are_accessible(full, looked_at, vera):
    """A council's web team runs a validator before it publishes; so do we, and on every job sheet."""
    documents = [record["file"] for record in looked_at if record["standard"] == "PDF/UA-1"]
    sheets = [sheet["file"] for sheet in full.manifest["job_sheets"]]
    languages = {record["language"] for record in looked_at if record["standard"] == "PDF/UA-1"}
    assert languages == {record["language"] for record in full.manifest["documents"]}
    assert documents and sheets
    found = vera(*(full.folder / file for file in [*documents, *sheets]))
    assert {str(path): failures[:3] for path, failures in found.items() if failures} == {}


def test_editions_of_a_piece_print_the_same_numbers(full):
    """A number that differs between the poster on the wall and the page on the web is wrong in one."""
    by_piece: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for record in full.manifest["documents"]:
        if record["edition"] != "large-print":
            key = (record["audience"], record["language"], record["layout"])
            by_piece.setdefault(key, set()).add((*sorted(record["contacts"]), *record["qr"]))
    assert all(len(printed) == 1 for printed in by_piece.values()), by_piece
