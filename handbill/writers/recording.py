"""A Scene as text, one item a line: what tests compare with a kept copy.

Numbers have two decimals, so that a difference that no one can see does not show. A line reads::

    group P "sign-1" lang=ur
      text 12.00,300.50 noto-sans-bold 12.00 black "Call 0808 800 5000"
      path fill=night 4 ops 0.00,0.00 to 100.00,50.00
"""

from __future__ import annotations

from collections.abc import Iterator

from handbill.geometry import Rect
from handbill.scene import Group, Item, Link, Page, Path, Scene, TextLine


def record(scene: Scene) -> str:
    """The whole scene as text with a final line break."""
    head = [f"scene {_quoted(scene.name)} {scene.lang} {scene.direction} {_quoted(scene.title)}"]
    return "\n".join([*head, *(line for page in scene.pages for line in _page(page))]) + "\n"


def _page(page: Page) -> Iterator[str]:
    yield f"page {page.name} {page.width:.2f} x {page.height:.2f}"
    for label, box in (("media", page.media), ("bleed", page.bleed_box)):
        if box is not None:
            yield f"  {label} {_box(box)}"
    for panel in page.panels:
        yield f"  panel {panel.name} {_box(panel.rect)}"
    if page.folds:
        yield f"  folds {' '.join(f'{x:.2f}' for x in page.folds)}"
    for group in page.items:
        yield from _group(group, "  ")


def _group(group: Group, indent: str) -> Iterator[str]:
    tag = group.tag
    facts = {
        "region": group.region,
        "order": str(group.order) if group.order else None,
        "lang": tag.lang,
        "direction": tag.direction,
        "alt": _quoted(tag.alt) if tag.alt is not None else None,
        "resumes": "yes" if tag.resumes else None,
        "clip": _box(group.clip) if group.clip else None,
        "screen-only": "yes" if group.screen_only else None,
    }
    words = [f"{key}={value}" for key, value in facts.items() if value is not None]
    block = [_quoted(tag.block)] if tag.block else []
    yield indent + " ".join(["group", tag.role, *block, *words])
    for item in group.items:
        yield from _item(item, indent + "  ")


def _item(item: Item, indent: str) -> Iterator[str]:
    if isinstance(item, Group):
        yield from _group(item, indent)
    elif isinstance(item, TextLine):
        for run in item.line.runs:
            kind = f" {run.kind}" if run.kind else ""
            ink = item.ink_of(run.kind).name
            where = f"{item.x + run.x:.2f},{item.y:.2f}"
            yield f"{indent}text {where} {run.face} {run.size:.2f} {ink}{kind} {_quoted(run.text)}"
    elif isinstance(item, Path):
        yield indent + _path(item)
    else:
        yield indent + _link(item)


def _path(path: Path) -> str:
    xs = [x for _, values in path.ops for x in values[0::2]]
    ys = [y for _, values in path.ops for y in values[1::2]]
    words = ["path"]
    if path.fill:
        words.append(f"fill={path.fill.name}" + (" even-odd" if path.even_odd else ""))
    if path.stroke:
        words.append(f"stroke={path.stroke.name} {path.width:.2f}" + (" dashed" if path.dash else ""))
    words.append(f"{len(path.ops)} ops")
    if xs:
        words.append(f"{min(xs):.2f},{min(ys):.2f} to {max(xs):.2f},{max(ys):.2f}")
    return " ".join(words)


def _link(link: Link) -> str:
    return f"link {_box(link.rect)} {link.uri} {_quoted(link.contents)}"


def _box(rect: Rect) -> str:
    return f"{rect.x:.2f},{rect.y:.2f} {rect.width:.2f} x {rect.height:.2f}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
