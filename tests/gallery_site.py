"""A small gallery for tests: real files of two audiences in two languages, with some that are wanting."""

from __future__ import annotations

import json
from typing import NamedTuple

from handbill.build import build
from handbill.gallery.page import write_gallery
from handbill.plan import Selection, plan

SELECTION = Selection(audiences=("parents", "young-people"), languages=("en", "ur"))
PARENTS = ("dl-roll-fold", "a4-poster", "a4-large-print")
YOUNG_PEOPLE = ("a4-poster", "tear-off-poster", "waiting-room-slide")
NOT_BUILT = {
    "file": "press/ur/young-people-dl-roll-fold.pdf",
    "audience": "young-people",
    "language": "ur",
    "layout": "dl-roll-fold",
    "edition": "press",
    "printer": "upload",
    "site": None,
    "because": ["The words are 3 lines too long for the panel “cover”. Shorten them. [text/overset]"],
}


class Site(NamedTuple):
    """A folder with a gallery in it, and its manifest."""

    folder: object
    manifest: dict


def _is_made(variant) -> bool:
    """Of young people the English pieces alone: there is then a choice which nothing fits."""
    if variant.audience == "parents":
        return variant.layout in PARENTS
    return variant.language == "en" and variant.layout in YOUNG_PEOPLE


def build_site(workshop, folder) -> Site:
    """Make the files and the page into ``folder``."""
    variants = [
        variant for variant in plan(workshop.campaign, workshop.design, SELECTION) if _is_made(variant)
    ]
    build(workshop, variants, folder, jobs=1)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    return Site(folder, manifest)


def rewrite(workshop, site, folder, change=lambda manifest: None) -> Site:
    """The page once more over the same files, after ``change`` to a copy of its manifest."""
    manifest = json.loads(json.dumps(site.manifest))
    change(manifest)
    for name in {record["file"].split("/")[0] for record in manifest["documents"]} | {"gallery"}:
        (folder / name).symlink_to(site.folder / name)
    write_gallery(folder, manifest, workshop.campaign, workshop.design)
    return Site(folder, manifest)
