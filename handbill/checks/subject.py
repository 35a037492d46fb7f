"""What a check looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from handbill.checks.document import Document, PageView
from handbill.checks.expected import Expected, ExpectedPage
from handbill.checks.marks import Mark, Outline, Picture, Words
from handbill.checks.plates import Proof
from handbill.checks.profile import Profile


@dataclass
class Subject:
    """A file, the profile it is judged by, and, for our own files, what it ought to hold."""

    document: Document
    profile: Profile
    expected: Expected | None = None
    _proofs: dict[int, Proof] = field(default_factory=dict)

    def proof(self, page: PageView) -> Proof:
        """The page's inks as they lie on the paper, painted once."""
        if page.number not in self._proofs:
            self._proofs[page.number] = Proof(page, screen=self.profile.standard != "PDF/X-4")
        return self._proofs[page.number]

    def expected_page(self, page: PageView) -> ExpectedPage | None:
        """What the maker knows of a page; None for a foreign file, and for a page that has lost its
        trim, from which folds are measured."""
        if self.expected is None or page.number > len(self.expected.pages) or not page.is_trimmed:
            return None
        return self.expected.pages[page.number - 1]

    def words(self) -> Iterator[tuple[PageView, Words]]:
        """All words that can be seen inside the bleed: marks and slug lie outside it."""
        return ((page, mark) for page, mark in self.printed() if isinstance(mark, Words) and mark.inked)

    def outlines(self) -> Iterator[tuple[PageView, Outline]]:
        """All outlines inside the bleed."""
        return ((page, mark) for page, mark in self.printed() if isinstance(mark, Outline))

    def pictures(self) -> Iterator[tuple[PageView, Picture]]:
        """All images and shadings inside the bleed."""
        return ((page, mark) for page, mark in self.printed() if isinstance(mark, Picture))

    def printed(self) -> Iterator[tuple[PageView, Mark]]:
        """Everything painted inside the bleed that its clip does not hide."""
        for page in self.document.pages:
            for mark in page.contents.marks:
                box = mark.box
                if box is None:
                    continue
                clip = mark.ink.clip
                shown = box if clip is None else box.common(clip)
                if shown is not None and shown.grown(0.01).meets(page.bleed):
                    yield page, mark
