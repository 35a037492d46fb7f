"""The list of checks as ``docs/checks.md`` prints it; ``python -m handbill.checks.listing`` writes it out."""

from __future__ import annotations

from handbill.checks.profile import load_profile, names
from handbill.checks.rules import CHECKS

HEAD = """# Checks

Every finished file is looked at by these checks, and `python make_pdfs.py check FILE...` looks at any PDF.
An *error* keeps a file from being handed out; a *warning* asks a person to look. Some findings of a check
are graver or lighter than the rest. What runs for which use, and with which limits, stands in
`handbill/checks/profiles/`. This page is written by `python -m handbill.checks.listing`.
"""


def list_checks() -> str:
    """All checks as Markdown."""
    profiles = [load_profile(name) for name in names()]
    parts = [HEAD]
    for check in CHECKS:
        used = ", ".join(profile.profile for profile in profiles if check.id in profile.checks)
        parts.append(
            f"## `check/{check.id}`\n\n{check.title}. *{check.severity.value.capitalize()}; {used}.*\n\n"
            f"{check.rationale}\nWhat to do: {check.proposal[:1].lower()}{check.proposal[1:]}\n\n"
            f"Source: {check.source}.\n"
        )
    return "\n".join(parts)


if __name__ == "__main__":
    print(list_checks(), end="")
