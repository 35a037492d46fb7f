"""Milliseconds for each piece and language, warm, in one process, by stage.

Run from the project's folder: ``python benchmarks/pieces.py [--runs 7]``. Medians of the runs; the
first making of each piece ("cold") shapes words never seen before in this process.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from handbill.plan import Selection, plan  # noqa: E402
from handbill.workshop import Workshop  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    start = time.perf_counter()
    workshop = Workshop(ROOT)
    print(f"load content, layouts, fonts: {(time.perf_counter() - start) * 1000:.0f} ms")
    print(f"{'piece':44} {'cold':>6} {'warm':>6}   by stage, warm (ms)")
    for variant in plan(workshop.campaign, workshop.design, Selection()):
        begin = time.perf_counter()
        workshop.make(variant)
        cold = (time.perf_counter() - begin) * 1000
        made = []
        for _ in range(runs):
            workshop.forget()
            made.append(workshop.make(variant))
        stages = {name: statistics.median(one.stages[name] for one in made) * 1000 for name in made[0].stages}
        told = "  ".join(f"{name} {value:.1f}" for name, value in stages.items())
        print(f"{variant.file:44} {cold:6.1f} {sum(stages.values()):6.1f}   {told}")


if __name__ == "__main__":
    main()
