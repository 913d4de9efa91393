"""Attributed F1 side by side: ours, the rules that the model took the place of, and textacy's quotation extraction.

    python -m evals.compare FOLDER [polnear/dev diplomacy/dev ...] [--limit N]

It needs the extra ``compare``. All read the same articles in one run and are counted by the same measure (``evals.attribution``). The
rules are the frames of ``cues.py``; quotation marks and the parse are treated as for ours. textacy finds direct quotations alone, with the
parser's model that ours uses; its speaker is the head of the noun phrase with its compounds and conjuncts. It gives nothing for a text
with an odd number of quotation marks, as speech over several paragraphs and apostrophes make it, so it stands there twice: for whole
articles, and line by line, where such a line alone is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from evals.attribution import KINDS, annotated, count, for_each_set, interval, outermost, parsed_as_read, scores
from onrecord import cues, reader, spans, statements
from onrecord.cues import Draft
from onrecord.parse import MODEL
from onrecord.records import Article, Span, Statement

if TYPE_CHECKING:
    from spacy.language import Language

Finder = Callable[[Article], Iterable[Statement | Draft]]


def ours(article: Article) -> list[Statement]:
    """Return the statements of an article as they ship."""
    return outermost(reader.read(article).statements)


def by_rules(article: Article) -> list[Statement]:
    """Return the statements of an article with the frames of cues in the place of the model."""
    article, parsed = parsed_as_read(article)
    return outermost(statements.find(article, parsed, cues.drafts(parsed)))


def textacy(article: Article) -> Iterator[Draft]:
    """Yield the quotations that textacy finds in an article."""
    return quotations(article.text, (0, len(article.text)))


def textacy_by_line(article: Article) -> Iterator[Draft]:
    """Yield the quotations that textacy finds in each line of an article."""
    for line in spans.lines(article.text):
        yield from quotations(article.text, line)


def quotations(text: str, stretch: Span) -> Iterator[Draft]:
    """Yield the quotations that textacy finds in a stretch of a text: speaker, cue and content are source, cue and content."""
    from textacy.extract.triples import direct_quotations

    start, end = stretch
    try:
        for speaker, cue, content in direct_quotations(_model()(text[start:end])):
            source, verb = (tuple((start + t.idx, start + t.idx + len(t)) for t in role) for role in (speaker, cue))
            yield Draft(source, verb, ((start + content.start_char, start + content.end_char),), "said", "textacy")
    except ValueError:  # an odd number of quotation marks, of which it tells before the first quotation
        return


@cache
def _model() -> Language:
    import spacy

    return spacy.load(MODEL)


FINDERS: Mapping[str, Finder] = {
    "ours": ours,
    "rules": by_rules,
    "textacy": textacy,
    "textacy by line": textacy_by_line,
}


def figures(folder: Path, name: str, *, limit: int | None = None) -> dict[str, float]:
    """Read the articles of a set with each finder, print the table, and return attributed F1 over all kinds by finder."""
    counts: dict[str, list[Counter[str]]] = {finder: [] for finder in FINDERS}
    for one in annotated(folder, name, limit=limit):
        for finder, find in FINDERS.items():
            counts[finder].append(count(one.gold, one.found(find(one.article))))
    totals = {finder: sum(counted, Counter[str]()) for finder, counted in counts.items()}
    heads = {kind: f"{kind} ({totals['ours'][f'{kind} gold']})" for kind in ("all", *KINDS)}
    print(f"{name}: {len(counts['ours'])} articles, attributed P, R, F1 (annotated)")
    print(f"{'':16}{heads['all']:>21}{'95 %':>14}", *(f"{heads[kind]:>21}" for kind in KINDS), sep="")
    for finder, total in totals.items():
        low, high = interval(counts[finder])
        of_all, *of_kinds = (
            "".join(f"{100 * share:7.1f}" for share in scores(total, kind)) for kind in ("all", *KINDS)
        )
        print(f"{finder:16}{of_all}{100 * low:7.1f} to {100 * high:.1f}", *of_kinds, sep="")
    return {finder: scores(total, "all").f1 for finder, total in totals.items()}


def main(argv: Sequence[str] | None = None) -> None:
    for_each_set(figures, __doc__, argv)


if __name__ == "__main__":
    main()
