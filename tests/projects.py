"""A project that a test spoils on purpose, and what its user is then told."""

from __future__ import annotations


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {path.name} any more"
    path.write_text(text.replace(old, new, 1), "utf-8")


def assert_told(message, code, *words):
    """The message names its place, says each of the words, and ends in its code."""
    lines = [line for line in message.splitlines() if f"[{code}]" in line]
    assert lines, message
    assert any(all(word in line for word in words) for line in lines), f"{words} are missing: {lines}"
