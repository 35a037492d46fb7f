"""The wallet card as it lies in the hand, worked out on the finished press file alone.

Nothing here knows the layout: the sheet is taken as a printer has it, trimmed, turned over on its
short edge and folded once in the middle. Who reads from left to right holds the spine on the left.

``python tests/folded_card.py OUTPUT PICTURE`` draws the cards in ``OUTPUT/press`` as PICTURE.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

RIGHT_TO_LEFT = ("ur", "ar", "fa")
DPI = 110
SHOWN = (("en", "young-people"), ("ur", "young-people"), ("en", "drivers"), ("ur", "drivers"))
FACE = (
    Path(__file__).resolve().parent.parent
    / "fonts/atkinson-hyperlegible-next/AtkinsonHyperlegibleNext_400Regular.ttf"
)


@dataclass(frozen=True)
class Half:
    """Half of a side of the sheet, ``left`` to ``right`` in points from the trimmed edge."""

    page: int
    left: float
    right: float

    def behind(self, width: float) -> Half:
        """What is printed on the other side of the same paper, on a sheet ``width`` points wide: turned
        on its short edge, left and right change places."""
        return Half(1 - self.page, width - self.right, width - self.left)


@dataclass(frozen=True)
class Folded:
    """Which half of the sheet is seen where; ``first`` and ``second`` are those inside, as they are read."""

    front: Half
    back: Half
    first: Half
    second: Half


def fold(width: float, language: str) -> Folded:
    """A sheet ``width`` points wide, folded outside out so that it opens as ``language`` is read."""
    left, right = Half(0, 0.0, width / 2), Half(0, width / 2, width)
    front, back = (left, right) if language in RIGHT_TO_LEFT else (right, left)
    # Opening the front, one sees what is printed behind it.
    return Folded(front, back, front.behind(width), back.behind(width))


def pictures(path: Path, language: str, dpi: int = DPI) -> dict[str, Image.Image]:
    """The folded card's front and back and the card lying open, cut to the trim."""
    document = pypdfium2.PdfDocument(path)
    try:
        sides = []
        for page in document:
            page.set_cropbox(*page.get_trimbox())
            sides.append(page.render(scale=dpi / 72).to_pil().convert("RGB"))
        x0, _, x1, _ = document[0].get_trimbox()
    finally:
        document.close()
    made = fold(x1 - x0, language)

    def cut(half: Half) -> Image.Image:
        scale = sides[half.page].width / (x1 - x0)
        return sides[half.page].crop(
            (round(half.left * scale), 0, round(half.right * scale), sides[half.page].height)
        )

    return {"front": cut(made.front), "back": cut(made.back), "inside": sides[made.first.page]}


def draw(output: Path) -> Image.Image:
    """The cards of ``SHOWN`` one under the other: front, back, inside."""
    rows = [
        (language, pictures(output / "press" / language / f"{audience}-wallet-card.pdf", language))
        for language, audience in SHOWN
    ]
    gap, head = 28, 34
    width = sum(image.width + gap for image in rows[0][1].values()) + gap
    height = sum(row["front"].height + head + gap // 2 for _, row in rows) + gap
    sheet = Image.new("RGB", (width, height), "#d9d9d6")
    pen = ImageDraw.Draw(sheet)
    face = ImageFont.truetype(FACE, 15)
    top = head
    for language, row in rows:
        left = gap
        for name, image in row.items():
            sheet.paste(image, (left, top))
            pen.text((left, top - 22), f"{language}: {name}", font=face, fill="black")
            spine_right = (language in RIGHT_TO_LEFT) == (name == "front")
            at = left + image.width // 2 if name == "inside" else left + image.width * spine_right
            pen.line(
                (at, top - 6, at, top + image.height + 6), fill="black", width=1 if name == "inside" else 4
            )
            left += image.width + gap
        top += row["front"].height + head + gap // 2
    return sheet


if __name__ == "__main__":
    drawn = draw(Path(sys.argv[1]))
    drawn.quantize(128).save(sys.argv[2], optimize=True)
