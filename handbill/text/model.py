"""What the text engine takes and gives: spans in, set paragraphs out."""

from __future__ import annotations

from dataclasses import dataclass, field

from handbill.glyphs import Line


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of source text, in logical order, without bidi controls.

    ``kind`` "phone", "text", "web" or "email" marks a number or address: it is set left to right
    inside an isolate by its own face and never broken across lines. "name" marks a Latin name:
    an isolate that may break at spaces. "placeholder" marks a local field still to be filled in.
    ``lang`` only where it differs from the paragraph's.
    """

    text: str
    bold: bool = False
    kind: str = ""
    ref: str = ""
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """How one language is set: the record of ``content/languages.yaml`` as the engine needs it.

    ``faces`` maps weight ("regular", "bold", "heavy") to face names in order of preference: the
    first is the language's own, the rest are named fallbacks. ``size_ratio`` multiplies the
    nominal (Latin) size, ``leading_ratio`` the resulting size. ``fallback_ratio`` multiplies the
    size of faces other than the language's own (Latin inside Nastaliq: about 0.8).
    """

    lang: str
    script: str
    rtl: bool
    faces: dict[str, tuple[str, ...]] = field(hash=False)
    size_ratio: float = 1.0
    leading_ratio: float = 1.4
    heading_leading_ratio: float = 1.15
    fallback_ratio: float = 1.0


@dataclass(frozen=True, slots=True)
class Style:
    """How one paragraph is set. ``size`` is nominal, in points, before the script's ratio.

    ``leading_scale`` multiplies the script's own leading. ``align`` is "start", "end" or "centre"
    in reading direction. ``balance`` evens out the lines of a headline.
    """

    size: float
    weight: str = "regular"
    align: str = "start"
    balance: bool = False
    heading: bool = False
    leading_scale: float = 1.0
    bold_weight: str = "bold"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A set paragraph. Line i has its baseline ``ascent + i * leading`` below the top, in points.

    ``height`` is ``len(lines) * leading``; ``ascent`` is where the first baseline falls below
    the top of the paragraph's box; ``text`` is the source in logical order.
    ``ink_top`` and ``ink_bottom`` are how far ink really reaches above and below the baseline
    (largest over the lines, points, both positive). ``overhang`` is how far ink stands out of the
    measure at its sides, the worst of both: the strokes of kaf and gaf in Nastaliq do.
    """

    lines: tuple[Line, ...]
    leading: float
    ascent: float
    height: float
    width: float
    text: str
    ink_top: float
    ink_bottom: float
    size: float = 0.0
    overhang: float = 0.0
