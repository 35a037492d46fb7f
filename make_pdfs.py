"""Make the leaflets and posters: ``python make_pdfs.py`` (``--help`` tells the rest)."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

try:
    from handbill.cli import main
except ModuleNotFoundError as missing:
    print(
        f"The Python package “{missing.name}” is not installed. "
        "Install what Handbill needs first: python -m pip install -e . [setup/missing-package]",
        file=sys.stderr,
    )
    sys.exit(2)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], ROOT))
