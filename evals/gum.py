"""The share of GUM's attributions that is found, by genre.

    python -m evals.gum DATA [--split dev|train] [--limit N]

DATA holds ``gum``. GUM marks the RST relation *attribution*: the clause that names who says, thinks or perceives something ("the minister
added"), and the units that it governs. One is found where a statement of any manner has a word of its cue or of its source in that clause
and holds half of the words of the governed units in its content. Its content may be longer: RST ties the first of several quoted
sentences to the clause, the rest elaborates on that one. The clause keeps this strict: a long content under another cue counts for nothing.

Negated attributions ("did not say that ...") put nothing on record and are left out. Photo credits ("Image: Ana Prell.", which GUM takes
to attribute the caption) are clutter to us: they count in *all*, not in *text*. Attributions inside others are annotated, and found by
statements inside others; one statement may answer for several. GUM does not mark all that we find, so precision cannot be told; the
number of statements stands beside. The goal is set for news and interview together.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from evals.attribution import as_read, words
from evals.gold import Row, jsonl, spans
from onrecord import reader
from onrecord.spans import literal

GOAL = ("news", "interview")

_CREDIT = re.compile(r"\W*(?:image|photo|picture|video|audio)s?\s*[:;]", re.IGNORECASE)
"""Match "Image: Ana Prell." and "Video:"; not "The image shows"."""


def figures(folder: Path, split: str, *, limit: int | None = None) -> dict[str, float]:
    """Read the documents of a split, print what is found, and return the shares found for news and interview, of *all* and of *text*."""
    genres: dict[str, Counter[str]] = defaultdict(Counter)
    for row in islice(jsonl(folder / "gum" / f"{split}.jsonl"), limit):
        genres[row["genre"]] += count(row)
    goal = sum((genres[genre] for genre in GOAL), Counter[str]())
    print(f"gum/{split}: {sum(counts['documents'] for counts in genres.values())} documents")
    print(f"{'':16}{'documents':>10}{'all':>6}{'found':>6}{'':8}{'text':>6}{'found':>6}{'':8}{'statements':>11}")
    for name, counts in (*sorted(genres.items()), (" + ".join(GOAL), goal)):
        parts = "".join(
            f"{counts[part]:6d}{counts[f'{part} found']:6d}{share(counts, part):8.3f}" for part in ("all", "text")
        )
        print(f"{name:16}{counts['documents']:10d}{parts}{counts['statements']:11d}")
    return {part: share(goal, part) for part in ("all", "text")}


def share(counts: Counter[str], part: str) -> float:
    return counts[f"{part} found"] / max(counts[part], 1)


def count(row: Row) -> Counter[str]:
    """Count the attributions of a document, with and without photo credits, those found, and our statements."""
    text = row["text"]
    statements = [
        (words(text, (*s.cue, *s.source)), words(text, s.content))
        for s in reader.read(as_read(row["id"], text)).statements
    ]
    counts = Counter(documents=1, statements=len(statements))
    for attribution in row["attributions"]:
        if attribution["polarity"] == "negative":
            continue
        clause, content = (words(text, attribution[role]) for role in ("attr_span", "content"))
        found = any(clause & by and 2 * len(content & said) >= len(content) for by, said in statements)
        credit = any(_CREDIT.match(literal(text, spans(attribution[role]))) for role in ("attr_span", "content"))
        for part in ("all",) if credit else ("all", "text"):
            counts += Counter({part: 1, f"{part} found": found})
    return counts


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="dev", choices=("dev", "train"))
    parser.add_argument("--limit", type=int, help="read only the first N documents")
    options = parser.parse_args(argv)
    figures(options.folder, options.split, limit=options.limit)


if __name__ == "__main__":
    main()
