"""When: the day that an article is read as of, and the day on which each statement was made."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from onrecord.pagewords import words_of_kind
from onrecord.parse import Parse, Token
from onrecord.records import Article, Dateline, Span, Spans, Statement, Time
from onrecord.spans import overlaps
from onrecord.timemeanings import words_of
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

    It is what the time expression in the cue's clause says ("told reporters last week", "on Tuesday confirmed"), or the one that tells
    when the words were published ("a report released on Friday says"). Of several that agree ("on Tuesday of last week") it is the
    narrowest. Without one, what is reported was said at latest on the day of reading, and the first day stays open; what will be said
    has a day only where one is named.
    """
    told = cache(lambda start, end: expressions(article.text, start, end))  # many statements share a sentence
    return tuple(replace(draft, said_on=_said_on(article, parsed, draft, told)) for draft in drafts)


def resolved(article: Article, parsed: Parse, span: Span) -> Time | None:
    """Return the days that a time expression means, counted from ``read_as_of``, ahead or back as its clause tells."""
    return resolve(article.text, span, article.read_as_of, future=_lies_ahead(parsed, parsed.between(*span)))


def _said_on(article: Article, parsed: Parse, draft: Statement, told: Callable[[int, int], Spans]) -> Time | None:
    cue = parsed.inside(draft.cue)
    if not cue:
        return Time(None, article.read_as_of.latest, None) if article.read_as_of else None
    sentence = parsed.sentence_of(cue[0])
    own, ahead = {t.index for t in cue}, _is_future(parsed, cue)
    governing = [
        span
        for span in told(sentence.start, sentence.end)
        if not overlaps([span], draft.content)
        and not _POSSESSIVE.match(article.text, span[1])
        and _tells_when(parsed, span, draft, own)
    ]
    latest = article.read_as_of.latest if article.read_as_of and not ahead else None
    if governing:
        said = _narrowest([resolve(article.text, span, article.read_as_of, future=ahead) for span in governing])
        return replace(said, latest=said.latest or latest) if said else None
    return Time(None, latest, None) if latest else None


_POSSESSIVE = re.compile("[’']s\\b")
"""Behind an expression it tells of which thing ("after last week's ruling"), not when something was said."""


def _tells_when(parsed: Parse, span: Span, draft: Statement, cue: set[int]) -> bool:
    if overlaps([span], draft.cue):
        return True
    above = _clause(parsed, parsed.between(*span))
    return any(t.index in cue for t in above) and (
        not overlaps([span], draft.source) or any(_is_publication(t) for t in above)
    )


def _narrowest(times: list[Time | None]) -> Time | None:
    """Return the time that lies within all the others; None where two disagree or one is not known."""
    known = [t for t in times if t]
    inner = [
        one
        for one in known
        if len(known) == len(times)
        and all((t.earliest or "") <= (one.earliest or "") and (one.latest or "9") <= (t.latest or "9") for t in known)
    ]
    return inner[0] if inner else None


def _clause(parsed: Parse, expression: tuple[Token, ...]) -> list[Token]:
    """Return the words above an expression up to the verb of its clause.

    A participle without subject is passed over as its head's, if it opens or closes a clause ("speaking on Friday, she said") or tells
    of a publication ("a report released on Friday").
    """
    above = []
    for token in parsed.ancestors(expression[0]) if expression else ():
        above.append(token)
        participle = token.tag in {"VBG", "VBN"} and not parsed.children(token, "nsubj", "aux", "auxpass")
        passed = participle and (token.dep == "advcl" or (token.dep == "acl" and _is_publication(token)))
        if token.pos in {"VERB", "AUX"} and not passed:
            break
    return above


def _is_publication(token: Token) -> bool:
    return token.tag in {"VBN", "VBG"} and token.lemma in words_of("publication")


def _is_future(parsed: Parse, cue: list[Token]) -> bool:
    verbs = [t for t in cue if t.pos in {"VERB", "AUX"}]
    auxiliaries = [a for v in verbs for a in [v, *parsed.children(v, "aux")]]
    return any(t.tag == "MD" and t.lemma in {"will", "shall"} for t in auxiliaries)


def _lies_ahead(parsed: Parse, expression: tuple[Token, ...]) -> bool | None:
    """Tell whether an expression's clause is about what is to come ("will meet", "is to meet", "scheduled for"); None if it is open."""
    for token in _clause(parsed, expression):
        if token.lemma in words_of("ahead") and token.tag in {"VBN", "VBD", "JJ", "IN", "RB"}:
            return True
        if token.pos not in {"VERB", "AUX"}:
            continue
        auxiliaries = [token, *parsed.children(token, "aux", "auxpass")]
        tags, lemmas = {t.tag for t in auxiliaries}, {t.lemma for t in auxiliaries}
        if ("MD" in tags and "have" not in lemmas) or "will" in lemmas:
            return True
        if "TO" in tags and "have" not in lemmas:
            return _is_plan(parsed, token)
        if "VBD" in tags or "have" in lemmas or token.tag == "VBN":
            return False
    return None


def _is_plan(parsed: Parse, infinitive: Token) -> bool:
    """Tell whether what is "to" be done lies ahead: not what somebody managed, or was forced, to do."""
    above = parsed.head(infinitive)
    return above.index == infinitive.index or above.lemma not in words_of("done")


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
