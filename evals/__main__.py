"""All measures on annotated data, with floors that attribution must not fall below.

    python -m evals FOLDER [--limit N]

Attribution first (attributed F1 against ``floors.json``), its confidence, what is found of the attributions of GUM and of the speech of
NewsDiscourse; then speakers, dates and pages; then acts, conditions and commitments given the right words, with floors of
their own. With ``--limit`` the first N articles, pages and
statements of each set are taken: a sample, with floors of its own where N is 24.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from evals import attribution, calibration, dates, gum, meaning, newsdiscourse, pages, speakers

FLOORS = Path(__file__).with_name("floors.json")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    rest = [str(options.folder), *(["--limit", str(options.limit)] if options.limit else [])]
    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8"))
    below, checked = [], 0
    for name in ("polnear/dev", "diplomacy/dev"):
        reached = attribution.figures(options.folder, name, limit=options.limit)["all"]
        key = f"{name}, first {options.limit}" if options.limit else name
        checked += key in floors
        if reached < floors.get(key, 0):
            below.append(f"{key}: attributed F1 {reached:.3f} is below the floor {floors[key]:.3f}")
        print()
    for measure in (calibration, gum, newsdiscourse, speakers, dates, pages):
        measure.main(rest)
        print()
    for name, reached in meaning.main(rest).items():
        key = f"{name}, first {options.limit}" if options.limit else name
        checked += key in floors
        if reached < floors.get(key, 0):
            below.append(f"{key}: {reached:.3f} is below the floor {floors[key]:.3f}")
    print()
    print("\n".join(below) or f"{checked} floors checked, all hold", file=sys.stderr if below else sys.stdout)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
