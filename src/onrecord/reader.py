"""Article in, findings out: the steps of reading, in order, on one page."""

from __future__ import annotations

from functools import cache

from onrecord import __version__, acts, attribution, commitments, conditions, cues, dates, speakers, statements
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
    told = cues.completed(parsed, attribution.find(article.text, parsed))
    found = statements.find(article, parsed, told)
    found = acts.judged(article, parsed, found)
    found = conditions.split(article, parsed, found)
    found = dates.dated(article, parsed, found)
    cast = speakers.resolve(article, parsed, found)
    promised = commitments.find(article, parsed, cast.statements, mentions=cast.mentions)
    return Findings(article, cast.actors, cast.statements, promised, (), versions())


@cache
def versions() -> Versions:
    """Return what makes the findings: the release, the parser's weights, the tables."""
    return Versions(
        onrecord=__version__, model=f"{model_version()}, attribution {attribution.version()}", data=DATA_VERSION
    )
