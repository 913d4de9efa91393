"""Article in, findings out: the steps of reading, in order, on one page."""

from __future__ import annotations

from functools import cache

from onrecord import __version__, acts, attribution, commitments, conditions, cues, dates, reading, speakers, statements
from onrecord.parse import model_version, parse
from onrecord.records import Article, Findings, Versions
from onrecord.spans import merged
from onrecord.tables import DATA_VERSION


def read(article: Article) -> Findings:
    """Return all that is found in one article.

    The article is read alone: the same article gives the same findings whatever was read before it.

    Raises:
        ReaderError: the language model or a table is missing from the installation.
    """
    article = dates.anchored(article)
    dateline = (article.dateline.span,) if article.dateline else ()
    parsed = parse(article.text, merged([*article.clutter, *dateline]))
    seen = reading.read(article.text, parsed)
    told = cues.completed(parsed, attribution.find(seen))
    found = statements.find(article, parsed, told)
    found = acts.judged(article, parsed, seen, found)
    found = conditions.split(article, seen, found)
    found = dates.dated(article, parsed, found)
    sought = commitments.seek(article, parsed, seen, found)
    cast = speakers.resolve(article, parsed, found, agents=commitments.parties(parsed, seen, sought))
    promised = commitments.find(article, parsed, seen, sought, cast)
    return Findings(article, cast.actors, cast.statements, promised, (), versions())


@cache
def versions() -> Versions:
    """Return what makes the findings: the release, the parser's weights, the tables."""
    return Versions(
        onrecord=__version__, model=f"{model_version()}, encoder and heads {reading.version()}", data=DATA_VERSION
    )
