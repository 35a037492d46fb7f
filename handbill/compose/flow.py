"""Flow: a piece's blocks run over as many pages as they need, in one column.

For large print (UKAAF G003, RNIB; print-spec 5.4): black on white, left aligned or, in languages
read from the right, right aligned; never scaled, nothing smaller than the body, each block whole
where a page can hold it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from handbill.campaign import bound
from handbill.campaign.bound import BoundBlock, BoundPiece, Text, list_contacts
from handbill.campaign.fill import RichSpan
from handbill.colour import WHITE, Ink, contrast
from handbill.compose.boxes import Stack, rounded
from handbill.compose.context import Context, Sizes
from handbill.compose.imprint import imprint
from handbill.compose.panels import lift_of
from handbill.compose.pieces import Composer, Composition, list_payloads, smallest_type
from handbill.compose.portions import (
    BARE,
    IN_BLOCK,
    IN_NUMBERS,
    IN_SECTION,
    Part,
    Portion,
    break_pages,
    portion_out,
)
from handbill.compose.room import RegionFit, page_fit, walk_text
from handbill.compose.symbols import dots
from handbill.design.flow import Flow
from handbill.design.theme import LEAST_CONTRAST, Palette
from handbill.geometry import Rect
from handbill.scene import ARTIFACT, FOOTER, Group, Item, Page, Path, Scene
from handbill.text.model import Script
from handbill.units import mm

PICTURE_RADIUS = 5.0
"""Corners of the picture in points, as round as those of callouts."""
FOOT_DOTS = (3.2, 12.5)
"""Radius and pitch of the dots at the foot of a page, in points: one a page, the odd one is here."""
MOST_FOOT_DOTS = 24
"""More pages than this have no dots at their foot: they would meet the page's number."""


def compose_flow(
    composer: Composer, piece: BoundPiece, flow: Flow, script: Script, middle: float
) -> Composition:
    """Set ``piece`` in ``flow``. ``middle`` is half the height of a small letter, in em.

    All pages are of the flow's trim, their groups in reading order; there is no slug. ``fits`` has
    an entry a page. Raises PieceError: ``text/too-wide`` for a word wider than the page,
    ``text/overset`` for a part that no page can hold.
    """
    maker = _PageMaker(composer, piece, flow, script, middle)
    pages = maker.pages()
    scene = Scene(
        name=f"{piece.audience} {flow.id} {piece.language}",
        title=piece.title.plain,
        lang=piece.language,
        direction="rtl" if script.rtl else "ltr",
        pages=pages,
        subject=piece.audience_name.plain,
        author=piece.publisher.plain,
    )
    blocks = maker.blocks
    return Composition(
        scene=scene,
        slug=None,
        fits=maker.fits,
        sizes={role: maker.context.size(role) for role in ("title", "heading", "body", "number")},
        dropped=(),
        smallest_pt=smallest_type(scene),
        blocks=blocks,
        contacts=list_contacts(blocks),
        qr=list_payloads(blocks),
    )


class _PageMaker:
    """Makes the pages of one piece. ``fits`` is known once they are made."""

    def __init__(
        self, composer: Composer, piece: BoundPiece, flow: Flow, script: Script, middle: float
    ) -> None:
        self._composer = composer
        self._piece = piece
        self._flow = flow
        self.context = _context(composer, piece, flow, script, middle)
        self.blocks: tuple[BoundBlock, ...] = tuple(
            block for region in flow.spec.reading for block in piece.regions.get(region, ())
        )
        self.fits: tuple[RegionFit, ...] = ()
        self._begun: set[int] = set()

    def pages(self) -> tuple[Page, ...]:
        """The pages, filled and numbered."""
        room = mm(self._flow.spec.measure[1])
        portions = portion_out(list(self._parts()), room, self.context.leading)
        picture = self._picture()
        under = room - picture.height - mm(self._flow.spec.picture.below)
        if portions[0].height + portions[0].drop > under:  # the title needs the whole page
            under = room
        starts = break_pages(portions, room, under)
        ends = [*starts[1:], len(portions)]
        pages: list[Page] = []
        fits: list[RegionFit] = []
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
            here = under if number == 1 else room
            groups, used = self._fill(portions[start:end], here, number, is_last=end == len(portions))
            boxes = [
                box
                for portion in portions[start:end]
                for one in portion.slices
                for box, _ in walk_text(one.box)
            ]
            fits.append(page_fit(f"page {number}", boxes, here, used, self.context))
            if number == 1 and under < room:
                groups.insert(0, self._draw_picture(picture))
            groups.append(self._foot(number, len(starts)))
            pages.append(Page(str(number), self._width, self._height, tuple(groups)))
        self.fits = tuple(fits)
        return tuple(pages)

    @property
    def _width(self) -> float:
        return mm(self._flow.spec.trim[0])

    @property
    def _height(self) -> float:
        return mm(self._flow.spec.trim[1])

    # -- words ------------------------------------------------------------------------------

    def _parts(self) -> Iterator[Part]:
        """The stacks of all blocks in reading order, then the imprint."""
        context = self.context
        section = context.snap(self._flow.spec.section)
        for block in self.blocks:
            stacks = self._composer.parts.make(context, block)
            for index, stack in enumerate(stacks):
                if isinstance(block, bound.CoverBlock):  # title, what stands below it, and numbers
                    heads = len(stack.boxes) - (index == len(stacks) - 1)
                    yield Part(stack, heads, context.block_gap, begins=index == 0, cost=IN_SECTION * index)
                    continue
                heads = (block.heading is not None) + (block.lead is not None)
                begins = block.heading is not None
                inside = IN_NUMBERS if isinstance(block, bound.ContactsBlock) else IN_BLOCK
                gap, cost = (section, 0.0) if begins else (context.block_gap, IN_SECTION)
                yield Part(stack, heads, gap, begins, cost, inside)
        last = imprint(context, self._piece)
        yield Part(last, len(last.boxes) - 1, section, begins=True, cost=BARE)

    def _fill(
        self, portions: Sequence[Portion], room: float, number: int, *, is_last: bool
    ) -> tuple[list[Group], float]:
        """The words of a page as groups in reading order, and the height that they take."""
        slices = [one for portion in portions for one in portion.slices]
        lift = lift_of(slices[0].box, self.context.unit) - portions[0].drop
        foot = mm(self._flow.spec.margins.bottom + self._flow.spec.foot)
        x, top = mm(self._flow.spec.margins.sides), foot + room + lift
        drawn: list[_Drawn] = []
        for index, one in enumerate(slices):
            top -= one.gap if index else 0.0
            if is_last and index == len(slices) - len(portions[-1].slices):
                top = foot + portions[-1].height  # the imprint stands at the foot
            drawn.append((one.path, one.box.draw(x, top)))
            top -= one.box.height
        used = sum(one.gap + one.box.height for one in slices) - slices[0].gap
        groups = [item for item in _nest(drawn, self._begun) if isinstance(item, Group)]
        return [replace(group, order=number) for group in groups], used - lift

    # -- what is not read -------------------------------------------------------------------

    def _picture(self) -> Rect:
        """Where the picture of the first page stands."""
        spec = self._flow.spec
        width = mm(spec.measure[0])
        height = width * spec.picture.view[3] / spec.picture.view[2]
        return Rect(mm(spec.margins.sides), self._height - mm(spec.margins.top) - height, width, height)

    def _draw_picture(self, frame: Rect) -> Group:
        x, down, width, height = (mm(length) for length in self._flow.spec.picture.view)
        drawing = self._flow.drawings[self._piece.audience]
        view = Rect(x, -down - height, width, height)
        art = Group(ARTIFACT, drawing.placed(frame, view=view, mirror=self.context.rtl), clip=frame)
        # White over the cut edge: art cut by a clip alone shows a fringe of what lies beneath on screens.
        edge = (*rounded(frame.outset(1.0), 0), *rounded(frame.outset(-1.0), PICTURE_RADIUS))
        return Group(ARTIFACT, (art, Path(edge, fill=WHITE, even_odd=True)))

    def _foot(self, number: int, count: int) -> Group:
        """The page's number in the size of the body, as UKAAF G003 asks, and a dot for each page."""
        context, spec = self.context, self._flow.spec
        place = self._flow.source.place("foot")
        spans = (RichSpan(str(number), bold=True), RichSpan(f" / {count}"))
        text = Text(spans, "".join(span.text for span in spans), place)
        aside = replace(context, script=context.latin)
        folio = aside.box(text, context.style("body", align="start" if context.rtl else "end"), FOOTER)
        x, low = mm(spec.margins.sides), mm(spec.margins.bottom)
        items = list(folio.draw(x, low + folio.height))
        if 1 < count <= MOST_FOOT_DOTS:
            palette = context.palette
            row = dots(count, number - 1, *FOOT_DOTS, palette.dot, palette.signal, context.rtl)
            baseline = low + folio.height - folio.paragraph.ascent
            middle = baseline + folio.paragraph.ink_top / 2
            items.extend(context.to_start(row).draw(x, middle + row.height / 2))
        return Group(FOOTER, tuple(items), place)


_Drawn = tuple[tuple[Stack, ...], tuple[Item, ...]]
"""What a slice drew, and the stacks that it stands in, outermost first."""


def _nest(drawn: Iterable[_Drawn], begun: set[int], depth: int = 0) -> Iterator[Item]:
    """What was drawn, inside groups with the roles of the stacks that it stood in.

    ``begun`` holds the stacks that have a group on an earlier page, which this one resumes.
    """
    for _, group in groupby(drawn, lambda one: [id(stack) for stack in one[0][: depth + 1]]):
        together = list(group)
        path = together[0][0]
        if len(path) == depth:
            for _, items in together:
                yield from items
            continue
        stack = path[depth]
        inner = tuple(_nest(together, begun, depth + 1))
        if stack.tag is None:
            yield from inner
            continue
        yield Group(replace(stack.tag, resumes=id(stack) in begun), inner, stack.place)
        begun.add(id(stack))


def _context(composer: Composer, piece: BoundPiece, flow: Flow, script: Script, middle: float) -> Context:
    spec, theme = flow.spec, flow.theme
    return Context(
        script=script,
        latin=composer.latin,
        library=composer.library,
        scale=spec.type,
        sizes=Sizes(),
        spacing=spec.spacing,
        theme=theme,
        palette=_legible(theme.palette("white", piece.audience), flow, piece.audience),
        audience=piece.audience,
        width=mm(spec.measure[0]),
        words=piece.words,
        display=False,
        qr=spec.qr,
        icon=spec.icon,
        tabs=0,
        tab_height=0.0,
        middle=middle,
        name_stop=piece.record.name_stop,
        colon=piece.record.colon,
        one_column=True,
    )


def _legible(palette: Palette, flow: Flow, audience: str) -> Palette:
    """The palette with night for every ink of words and marks that stands out too little."""
    night = flow.theme.ink("night", audience)

    def strong(ink: Ink) -> Ink:
        return ink if contrast(ink, palette.ground) >= LEAST_CONTRAST["body"] else night

    return replace(
        palette,
        heading=strong(palette.heading),
        marker=strong(palette.marker),
        number=strong(palette.number),
        rule=strong(palette.rule),
    )
