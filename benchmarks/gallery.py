"""How long the gallery takes: to draw pictures, to write the page, to open it with 500 pieces.

Run from the project's folder after ``python make_pdfs.py``: ``python benchmarks/gallery.py [--pieces 500]``.
The pieces of ``output/`` are shown again and again under made-up places, each with pictures of its
own, until there are so many. Opening is measured in headless Chromium (``chromium`` on the path),
each time in a browser that has seen nothing: medians of the runs.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402

from handbill.campaign.sites import Site  # noqa: E402
from handbill.gallery.album import piece_of  # noqa: E402
from handbill.gallery.page import write_gallery  # noqa: E402
from handbill.gallery.pictures import draw_pictures, windows_of  # noqa: E402
from handbill.workshop import Workshop  # noqa: E402

WINDOWS = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 375, "height": 720}}
TIMES = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const pictures = [...document.images].filter((image) => image.complete && image.naturalWidth);
  return {
    interactive: page.domContentLoadedEventEnd,
    paint: paint.startTime,
    loaded: page.loadEventEnd,
    pictures: pictures.map((image) => image.currentSrc),
    elements: document.getElementsByTagName("*").length,
  };
}"""
FILTER = """() => {
  const box = document.querySelector(".filters input");
  const start = performance.now();
  box.click();
  document.body.getBoundingClientRect();
  return performance.now() - start;
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pieces", type=int, default=500)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    output = ROOT / "output"
    manifest = json.loads((output / "manifest.json").read_text("utf-8"))
    workshop = Workshop(ROOT)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        draw(output, manifest, folder)
        measure(workshop, output, manifest, folder, options.pieces, options.runs)


def draw(output: Path, manifest: dict, folder: Path) -> None:
    """Every picture of the build once more."""
    pictured = [record for record in manifest["documents"] if record["pictures"]]
    times = []
    for record in pictured:
        start = time.perf_counter()
        draw_pictures(output / record["file"], folder / "drawn", "picture", windows_of(record))
        times.append((time.perf_counter() - start) * 1000)
    weights = [(output / picture["file"]).stat().st_size for r in pictured for picture in r["pictures"]]
    print(
        f"pictures: {len(weights)} of {len(pictured)} pieces, {statistics.mean(times):.0f} ms a piece "
        f"(most {max(times):.0f}), {sum(weights) / 1e6:.1f} MB, {statistics.mean(weights) / 1000:.0f} kB each"
    )


def measure(workshop: Workshop, output: Path, manifest: dict, folder: Path, pieces: int, runs: int) -> None:
    """The page with so many pieces, in both windows."""
    many, sites = multiply(manifest, output, folder, pieces)
    campaign = replace(workshop.campaign, sites=sites)
    start = time.perf_counter()
    write_gallery(folder, many, campaign, workshop.design)
    wrote = time.perf_counter() - start
    count = len({piece_of(record) for record in many["documents"]})
    weight = (folder / "index.html").stat().st_size
    print(f"page: {count} pieces, written in {wrote:.2f} s, {weight / 1e6:.2f} MB")
    with sync_playwright() as playwright:
        for name, window in WINDOWS.items():
            found = [look(playwright, folder, window) for _ in range(runs)]
            times = {
                key: statistics.median(one[key] for one in found)
                for key in ("paint", "interactive", "loaded", "filter")
            }
            pictures = found[0]["pictures"]
            bytes_ = sum(Path(url.removeprefix("file://")).stat().st_size for url in set(pictures))
            print(
                f"{name:6} first paint {times['paint']:.0f} ms, interactive {times['interactive']:.0f} ms, "
                f"loaded {times['loaded']:.0f} ms, a filter {times['filter']:.0f} ms; "
                f"{found[0]['elements']} elements, {len(pictures)} pictures fetched ({bytes_ / 1000:.0f} kB)"
            )


def look(playwright, folder: Path, window: dict) -> dict:
    """One opening in a new browser."""
    browser = playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
    )
    try:
        page = browser.new_page(viewport=window)
        page.goto(f"file://{folder}/index.html")
        page.wait_for_function("performance.getEntriesByType('navigation')[0].loadEventEnd > 0")
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
        found = page.evaluate(TIMES)
        found["filter"] = page.evaluate(FILTER)
        return found
    finally:
        browser.close()


def multiply(manifest: dict, output: Path, folder: Path, pieces: int) -> tuple[dict, dict[str, Site]]:
    """The records again and again, under places of their own, until there are so many pieces."""
    documents = manifest["documents"]
    keys = list(dict.fromkeys(piece_of(record) for record in documents))
    many, sites = [], {}
    for number in range(-(-pieces // len(keys))):
        site = f"place-{number + 1}"
        sites[site] = Site(name=f"Place {number + 1}")
        wanted = set(keys[: pieces - number * len(keys)])
        for record in documents:
            if piece_of(record) not in wanted:
                continue
            copy = json.loads(json.dumps(record)) | {"site": site}
            for picture in copy["pictures"]:
                name = f"{site}/{picture['file']}"
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(output / picture["file"], folder / name)
                picture["file"] = name
            for name in (record["file"], record["picture_file"]):
                if name and not (target := folder / name).exists():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(output / name, target)
            many.append(copy)
    return {"documents": many, "job_sheets": [], "not_built": []}, sites


if __name__ == "__main__":
    main()
