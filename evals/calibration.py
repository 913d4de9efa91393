"""Is a statement's confidence the share of statements that are right, and what would another threshold give?

    python -m evals.calibration FOLDER [polnear/dev diplomacy/dev ...] [--limit N]

A statement is right as in ``evals.attribution``. The reliability table has ten bins of equal width; the expected calibration error is the
mean distance of confidence and share right over the bins, weighted by their statements (Guo et al., "On Calibration of Modern Neural
Networks", ICML 2017). Both are over the statements that ship, those that rules find in the end included. The curve reads the same
articles with other thresholds: attributions below one are dropped before statements are made of the rest, and statements below it are
not counted, so that each row is what would be shown with it. What the tagger takes for no cue is beyond any threshold. The row of the
shipped one is marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from evals.attribution import Annotated, annotated, for_each_set, matched, outermost, parsed_as_read
from evals.scores import prf
from onrecord import cues, statements
from onrecord.attribution import Attributor, Choices
from onrecord.reading import FOLDER, read

BINS = 10
SHIPPED = Choices().threshold
THRESHOLDS = tuple(sorted({*(n / 10 for n in range(10)), SHIPPED}))


class Judged(NamedTuple):
    """A statement's confidence, and whether it is right."""

    confidence: float
    right: bool


class Bin(NamedTuple):
    """The statements whose confidence lies between ``low`` and ``low`` plus the width of a bin."""

    low: float
    found: int
    confidence: float
    right: float


def bins(judged: Iterable[Judged]) -> tuple[Bin, ...]:
    """Return the bins that hold a statement, with their mean confidence and the share that is right.

    >>> bins([Judged(0.91, True), Judged(0.99, False), Judged(1.0, True), Judged(0.3, False)])[0]
    Bin(low=0.3, found=1, confidence=0.3, right=0.0)
    """
    members: dict[int, list[Judged]] = defaultdict(list)
    for one in judged:
        members[min(int(one.confidence * BINS), BINS - 1)].append(one)
    return tuple(
        Bin(
            number / BINS,
            len(inside),
            sum(one.confidence for one in inside) / len(inside),
            sum(one.right for one in inside) / len(inside),
        )
        for number, inside in sorted(members.items())
    )


def expected_error(of: Sequence[Bin]) -> float:
    """Return the expected calibration error over bins."""
    return sum(b.found * abs(b.confidence - b.right) for b in of) / max(sum(b.found for b in of), 1)


def judged_at(one: Annotated, thresholds: Sequence[float]) -> dict[float, list[Judged]]:
    """Return the statements of an article for each threshold of the model's confidence."""
    article, parsed = parsed_as_read(one.article)
    attributions = _unfiltered()(read(article.text, parsed))
    judged = {}
    for threshold in thresholds:
        drafts = cues.completed(parsed, (a for a in attributions if a.confidence >= threshold))
        found = [s for s in outermost(statements.find(article, parsed, drafts)) if s.confidence >= threshold]
        right = set(matched(one.gold, one.found(found)).values())
        judged[threshold] = [Judged(s.confidence, n in right) for n, s in enumerate(found)]
    return judged


@cache
def _unfiltered() -> Attributor:
    """Return the shipped model with no threshold; a surer attribution is never changed by one below it."""
    return Attributor(FOLDER / "heads", replace(Choices(), threshold=0.0))


def figures(folder: Path, name: str, *, limit: int | None = None) -> float:
    """Read the articles of a set, print the tables, and return the expected calibration error."""
    articles = list(annotated(folder, name, limit=limit))
    judged: dict[float, list[Judged]] = defaultdict(list)
    for one in articles:
        for threshold, of_one in judged_at(one, THRESHOLDS).items():
            judged[threshold] += of_one
    table = bins(judged[SHIPPED])
    error = expected_error(table)
    gold = sum(len(one.gold) for one in articles)
    print(f"{name}: {len(articles)} articles, {gold} annotated, {len(judged[SHIPPED])} found")
    print(f"{'confidence':14}{'found':>7}{'mean':>7}{'right':>7}")
    for low, found, confidence, right in table:
        print(f"{low:.1f} to {low + 1 / BINS:.1f}    {found:7d}{confidence:7.2f}{right:7.2f}")
    print(f"expected calibration error {error:.3f}, {BINS} bins of equal width")
    print(f"{'threshold':14}{'P':>7}{'R':>7}{'F1':>7}{'found':>7}")
    for threshold in THRESHOLDS:
        shown = judged[threshold]
        scores = "".join(f"{100 * share:7.1f}" for share in prf(sum(s.right for s in shown), len(shown), gold))
        print(f"{threshold:<14.2f}{scores}{len(shown):7d}{'  shipped' if threshold == SHIPPED else ''}")
    return error


def main(argv: Sequence[str] | None = None) -> None:
    for_each_set(figures, __doc__, argv)


if __name__ == "__main__":
    main()
