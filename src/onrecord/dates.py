"""When: the day that an article is read as of, and the day on which each statement was made."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from onrecord.pagewords import words_of_kind
from onrecord.parse import Parse, Token
from onrecord.records import Article, Dateline, Statement, Time
from onrecord.spans import overlaps
from onrecord.timex import day_of, expressions, resolve

DATELINE_REACH_DAYS = 60
"""A dateline without a year is of the year that puts it this near to the day of publication."""


def anchored(article: Article) -> Article:
    """Return the article with the dateline's date and ``read_as_of`` set where the page states them.

    Relative dates count from the day published, else from the dateline, else from the one full date in captions that tell of no other
    day.
    """
    published = day_of(article.published)
    dateline = _dated_dateline(article.text, article.dateline, published)
    return replace(article, dateline=dateline, read_as_of=_read_as_of(article, dateline, published))


def dated(article: Article, parsed: Parse, drafts: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Return the statements with ``said_on`` set.

    It is what the time expression in the cue's clause says. Without one, what is reported was said at latest on the day
    of reading, and the first day stays open; a cue in the future tense has no date.
    """
    return tuple(replace(draft, said_on=_said_on(article, parsed, draft)) for draft in drafts)


def _said_on(article: Article, parsed: Parse, draft: Statement) -> Time | None:
    cue = parsed.inside(draft.cue)
    if not cue:
        return Time(None, article.read_as_of.latest, None) if article.read_as_of else None
    sentence = parsed.sentence_of(cue[0])
    own = {t.index for t in cue}
    outside = [
        span
        for span in expressions(article.text, sentence.start, sentence.end)
        if not overlaps([span], draft.content) and not overlaps([span], draft.source)
    ]
    governing = [s for s in outside if overlaps([s], draft.cue) or _governed(parsed, parsed.between(*s), own)]
    if len(governing) == 1:
        return resolve(article.text, governing[0], article.read_as_of)
    if governing or not article.read_as_of or _is_future(parsed, cue):
        return None
    return Time(None, article.read_as_of.latest, None)


def _governed(parsed: Parse, expression: tuple[Token, ...], cue: set[int]) -> bool:
    """Tell whether the nearest clause above the expression is the cue's; a participle without subject is its head's."""
    for token in expression[:1]:
        for above in parsed.ancestors(token):
            if above.index in cue:
                return True
            participle = above.dep == "advcl" and above.tag in {"VBG", "VBN"} and not parsed.children(above, "nsubj")
            if above.pos in {"VERB", "AUX"} and not participle:
                return False
    return False


def _is_future(parsed: Parse, cue: list[Token]) -> bool:
    verbs = [t for t in cue if t.pos in {"VERB", "AUX"}]
    auxiliaries = [a for v in verbs for a in [v, *parsed.children(v, "aux")]]
    return any(t.tag == "MD" and t.lemma in {"will", "shall"} for t in auxiliaries)


def _dated_dateline(text: str, dateline: Dateline | None, published: date | None) -> Dateline | None:
    if dateline is None or dateline.date is not None:
        return dateline
    days = set()
    for span in expressions(text, *dateline.span):
        for year in [published.year + n for n in (-1, 0, 1)] if published else []:
            near = resolve(text, span, Time(f"{year}-12-31", f"{year}-12-31", None))
            day = day_of(near.earliest) if near and near.earliest == near.latest else None
            if day and published and abs(day - published) <= timedelta(DATELINE_REACH_DAYS):
                days.add(day)
        absolute = resolve(text, span, None)
        if absolute and absolute.earliest and absolute.earliest == absolute.latest:
            days.add(date.fromisoformat(absolute.earliest))
    return replace(dateline, date=days.pop().isoformat()) if len(days) == 1 else dateline


def _read_as_of(article: Article, dateline: Dateline | None, published: date | None) -> Time | None:
    if published:
        return Time(published.isoformat(), published.isoformat(), None)
    if dateline and dateline.date:
        return Time(dateline.date, dateline.date, dateline.span)
    found = [
        resolve(article.text, span, None)
        for caption in article.captions
        if _is_of_the_day(article.text[slice(*caption)])
        for span in expressions(article.text, *caption)
    ]
    full = [time for time in found if time and time.earliest and time.earliest == time.latest]
    return full[0] if len({time.earliest for time in full}) == 1 else None


def _is_of_the_day(caption: str) -> bool:
    """Tell whether a caption's date can be the article's: not that of a file photo, or of what had happened by then."""
    return words_of_kind("other_day").isdisjoint(re.findall(r"[^\W\d_]+", caption.casefold()))
