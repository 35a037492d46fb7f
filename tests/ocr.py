"""OCR as a second witness: what tesseract reads off the finished page, a paragraph at a time.

A text layer can be right where the letters on the page are wrong: shaped badly, in the wrong order, cut
off. Tesseract knows nothing of ours. It misreads letters of its own, most of all in Nastaliq, so that what
is compared is likeness, and the same words turned round, which are much less like.

    python tests/ocr.py        prints the likeness for each language that it reads, over whole leaflets
"""

from __future__ import annotations

import difflib
import os
import statistics
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy
import pypdfium2
from PIL import Image

LANGUAGES = {
    "ar": "ara",
    "ur": "urd",
    "fa": "fas",
    "bn": "ben",
    "pa": "pan",
    "gu": "guj",
    "zh-Hans": "chi_sim",
}
"""Our language to tesseract's."""

DPIS = (150, 250)
"""A paragraph is read at two sizes and the better reading counts: tesseract, for no reason that can be seen,
may take a line at one of them for noise."""
MARGIN = 12
"""Pixels of ground around the ink: tesseract misses letters that touch the edge."""


@dataclass(frozen=True)
class Witness:
    """What stands in a paragraph, and what tesseract read there."""

    page: int
    block: str
    text: str
    read: str

    @property
    def likeness(self) -> float:
        """From 0 to 1, by letters, without spaces and marks of punctuation."""
        return likeness(self.text, self.read)


def likeness(text: str, read: str) -> float:
    """How alike two texts are, from 0 to 1 (difflib), by letters alone."""
    return difflib.SequenceMatcher(None, letters(text), letters(read), autojunk=False).ratio()


def letters(text: str) -> str:
    """Letters, vowel signs and digits in compatibility form: no spaces, punctuation, joiners."""
    return "".join(
        char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char)[0] in "LMN"
    )


def paragraphs(scene, library):
    """(page number, block, text, box in points) of each tagged paragraph that has words of its own."""
    from handbill.scene import Group, TextLine, walk
    from handbill.text.extent import inked_box

    def boxes(items):
        for line in (item for item in walk(items) if isinstance(item, TextLine)):
            ink = inked_box(line.line, library)
            if ink is not None:
                yield line.x + ink.x, line.y + ink.y, line.x + ink.right, line.y + ink.top

    def visit(items, block):
        for item in items:
            if not isinstance(item, Group) or item.tag.role == "Artifact":
                continue
            here = item.tag.block or block
            if item.tag.text and item.tag.role != "Figure":
                found = list(boxes(item.items))
                if found:
                    yield here, item.tag.text, found
            else:
                yield from visit(item.items, here)

    for number, page in enumerate(scene.pages):
        for block, text, found in visit(page.items, ""):
            left, low, right, high = zip(*found, strict=True)
            yield number, block or "", text, (min(left), min(low), max(right), max(high))


def read_image(image: Image.Image, program: str, language: str, dpi: int) -> str:
    """What tesseract reads in an image of one paragraph."""
    from io import BytesIO

    data = BytesIO()
    image.save(data, "png")
    done = subprocess.run(
        [program, "-", "-", "-l", LANGUAGES[language], "--psm", "6", "--dpi", str(dpi)],
        input=data.getvalue(),
        capture_output=True,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout.decode("utf-8")


def cut(page, box, height: float, dpi: int) -> Image.Image:
    """The paragraph's part of its page, dark letters on a light ground."""
    scale = dpi / 72
    left, low, right, high = box
    top, bottom = round((height - high) * scale) - MARGIN, round((height - low) * scale) + MARGIN
    part = page[max(0, top) : bottom, max(0, round(left * scale) - MARGIN) : round(right * scale) + MARGIN]
    # The ground is what most of it is; words in white on a dark one are turned round.
    if numpy.median(part) < 128:
        part = 255 - part
    return Image.fromarray(part)


def witness(path: Path, scene, library, program: str, language: str, blocks=None) -> list[Witness]:
    """Reads a finished web PDF, made from ``scene``; of all its blocks or of those named."""
    document = pypdfium2.PdfDocument(path)
    try:
        pages = {
            dpi: [page.render(scale=dpi / 72, grayscale=True).to_numpy().squeeze() for page in document]
            for dpi in DPIS
        }
    finally:
        document.close()

    def read(item) -> Witness:
        number, block, text, box = item
        height = scene.pages[number].height
        said = (read_image(cut(pages[dpi][number], box, height, dpi), program, language, dpi) for dpi in DPIS)
        return max((Witness(number, block, text, one) for one in said), key=lambda one: one.likeness)

    wanted = [
        item
        for item in paragraphs(scene, library)
        if len(letters(item[2])) >= 8 and (blocks is None or item[1] in blocks)
    ]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(read, wanted))


def leaflet(workshop, language: str, audience: str, folder: Path):
    """A leaflet's web PDF and its scene."""
    from handbill.plan import Selection, plan
    from handbill.writers.pdf import write_pdf

    (variant,) = plan(
        workshop.campaign,
        workshop.design,
        Selection((audience,), (language,), ("dl-roll-fold",), ("web",)),
    )
    piece = workshop.bind(variant)
    edited = workshop.edit(variant, piece, workshop.compose(variant, piece))
    path = folder / f"{language}-{audience}.pdf"
    path.write_bytes(write_pdf(edited.scene, workshop.library, edited.options))
    return path, edited.scene


def main() -> None:
    """Prints a line a language: paragraphs, median and least likeness, and what was read worst."""
    import shutil
    import tempfile

    from handbill.workshop import Workshop

    program = shutil.which("tesseract")
    if program is None:
        sys.exit("tesseract is not installed (see .ci/run)")
    workshop = Workshop(Path(__file__).resolve().parent.parent)
    with tempfile.TemporaryDirectory() as folder:
        for language in sys.argv[1:] or LANGUAGES:
            found = []
            for audience in workshop.campaign.audiences:
                path, scene = leaflet(workshop, language, audience, Path(folder))
                found += witness(path, scene, workshop.library, program, language)
            scores = [one.likeness for one in found]
            worst = min(found, key=lambda one: one.likeness)
            print(
                f"{language}: {len(found)} paragraphs, likeness {statistics.mean(scores):.3f} on average, "
                f"{statistics.median(scores):.3f} median, {min(scores):.3f} least ({worst.block})",
                flush=True,
            )


if __name__ == "__main__":
    main()
