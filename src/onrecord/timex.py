"""Time expressions of news English, resolved to ranges of days counted from the day of reading.

A range is as wide as the expression is vague: "last year" is twelve months, "early July" ten days. Without a day to
count from only absolute expressions resolve; the wall clock is never asked. Where English leaves a choice:

- a weekday is the latest one up to the day of reading, or with ``future`` the next; the day itself counts in both;
- weeks run from Monday to Sunday; "N weeks ago" is that whole week, and so with months and years;
- a day, month, quarter or season without a year is the latest begun by the day of reading, or with ``future`` the next
  one that is not over; seasons are those of the north;
- "the next day", "two weeks later", "the same month" count from the last days named before that are no longer than the
  unit; without such days they are known only where they lie ahead ("the following week" of what will be).
"""

from __future__ import annotations

import re
from bisect import bisect, insort
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from onrecord.periods import UNKNOWN, Days, length_days, part_of, unit_from
from onrecord.records import Span, Time
from onrecord.spans import overlaps
from onrecord.timeforms import Form, forms, plain, trigger
from onrecord.timemeanings import From, within, words_of


def expressions(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the spans of the time expressions inside ``text[start:end]``, with the preposition that leads them.

    "from 3 May to 5 June" is one expression.
    """
    return tuple(reading.span for reading in _readings(text, start, end, alone=False))


def resolve(text: str, span: Span, as_of: Time | None, *, future: bool | None = False) -> Time | None:
    """Return the days that the expression at ``span`` means, or None where they cannot be told.

    Args:
        text: the article's text; words before the span tell what "the next day" counts from.
        span: one of ``expressions``.
        as_of: the day that relative expressions count from; one whose ends differ is as good as none.
        future: whether the expression stands in a clause about the future; None where nothing tells, which leaves a day or month
            without a year to be the nearest.
    """
    anchor = day_of(as_of.latest) if as_of and as_of.earliest == as_of.latest else None
    at = From(anchor, future, lambda longest: _told(text, span[0], anchor, future, longest))
    first, last = _days(reading, at) if (reading := _reading_at(text, span)) else UNKNOWN
    if not first and not last:
        return None
    return Time(first.isoformat() if first else None, last.isoformat() if last else None, span)


def day_of(stated: str | None) -> date | None:
    """Return the calendar day of an ISO 8601 date or time, in the offset that it states; None where it is none."""
    try:
        return date.fromisoformat(stated[:10]) if stated else None
    except ValueError:
        return None


# --- finding


class _Core(NamedTuple):
    """The match of a form, with the lead before it."""

    span: Span
    form: Form
    found: re.Match[str]
    lead: re.Match[str] | None


class _Reading(NamedTuple):
    """An expression: one core, or the two ends of a range."""

    span: Span
    cores: tuple[_Core, ...]


_BEYOND = 8
"""So many characters behind an expression tell what it bounds ("before Friday's vote")."""

_REACH = 48
"""Where an expression holds a trigger, it reaches no farther to either side."""

_LEAD = re.compile(
    r"""
    (?<!\w)(?<!\w-) (?=[a-z])
    (?:(?P<word>by|until|till|through|up\ to|before|prior\ to|ahead\ of|after|following|since|from|as\ from|starting|beginning
       |on\ or\ before|on\ or\ after
       |in|on|at|during|within|over|for|throughout|around|about|circa|c\.|between|to|as\ of|as\ early\ as|as\ late\ as
       |as\ soon\ as|no\ later\ than|not\ later\ than)\ (?:at\ least\ )?)?
    (?:(?P<part>early|late)\ (?:in|on)\ (?:the\ )?)?
    (?:the\ (?:very\ )?(?P<edge>start|beginning|middle|end|close)\ of\ )?
    (?:the\ (?P<nth>first|second|third|fourth|last)\ (?P<unit>day|week|half)\ of\ )?
    (?:the\ (?P<around>week|weekend)\ of\ )?
    (?:the\ (?:early\ |late\ )?(?:morning|afternoon|evening|night|(?:small|early|wee)\ hours)\ of\ )?
    (?:the\ )?
    """,
    re.VERBOSE,
)
"""What may stand before a core: a preposition, and which part of the core is meant."""


def _readings(text: str, start: int, end: int, *, alone: bool) -> list[_Reading]:
    """Return what is read in a stretch, the longest readings first where they overlap; ``alone`` asks for no words around a year."""
    stretch, length = plain(text[start : end + _BEYOND]), min(end, len(text)) - start
    hits = list(trigger().finditer(stretch, 0, length))
    if not hits:
        return []
    found = [
        _Core((begin, m.end()), form, m, lead)
        for kind, first, last in _windows(hits, length)
        for form in forms(kind)
        for m in form.pattern.finditer(stretch, first, last)
        if not _is_other_word(text, start, m) and not (form is _bare_year() and _is_count(stretch, m.span()))
        for begin, lead in [_with_lead(stretch, m.start(), form)]
        if (_is_led(form, lead) and not _is_rarity(form, stretch, m))
        or (form is _bare_year() and (alone or _is_year(stretch, m.span())))
    ]
    taken: list[_Core] = []
    for core in sorted(found, key=lambda c: (c.span[0] - c.span[1], c.span[0])):
        at = bisect(taken, core.span, key=lambda c: c.span)
        if not overlaps([core.span], [c.span for c in taken[max(at - 1, 0) : at + 1]]):
            insort(taken, core, key=lambda c: c.span)
    return [_Reading((r.span[0] + start, r.span[1] + start), r.cores) for r in _joined(stretch, taken)]


def _reading_at(text: str, span: Span) -> _Reading | None:
    """Return the reading that has this very span among the words around it, else by itself."""
    for start, end, alone in ((max(span[0] - _REACH, 0), span[1] + _REACH, False), (*span, True)):
        for reading in _readings(text, start, end, alone=alone):
            if reading.span == span:
                return reading
    return None


def _windows(hits: list[re.Match[str]], length: int) -> Iterator[tuple[str, int, int]]:
    """Yield each kind of form and a stretch in which its triggers stand, with room to either side."""
    stretches: dict[str, list[list[int]]] = {}
    for hit in hits:
        of_kind, last = stretches.setdefault(hit.lastgroup or "", []), min(hit.end() + _REACH, length)
        while last < length and hit.string[last].isalnum():
            last += 1
        if of_kind and hit.start() - of_kind[-1][1] <= _REACH:
            of_kind[-1][1] = last
        else:
            of_kind.append([max(hit.start() - _REACH, 0), last])
    for kind, pairs in stretches.items():
        for first, last in pairs:
            yield kind, first, last


_ARTICLE = re.compile(r"\b(?:the|an?) \Z")


def _with_lead(stretch: str, core: int, form: Form) -> tuple[int, re.Match[str] | None]:
    """Return where the expression begins, and the lead before its core; "before the 2014 protests" is not before 2014."""
    if form is _bare_year() and _ARTICLE.search(stretch, max(core - 5, 0), core):
        return core, None
    for begin in range(max(core - _REACH, 0), core):
        if (begin == 0 or not stretch[begin - 1].isalnum()) and (lead := _LEAD.fullmatch(stretch, begin, core)):
            return begin, lead
    return core, None


def _is_led(form: Form, lead: re.Match[str] | None) -> bool:
    if not form.leads:
        return True
    if lead is None:
        return False
    edge = lead["edge"] or lead["nth"] or lead["part"]
    return not form.leads.isdisjoint(
        {lead["word"] or "", "edge" if edge else "", f"{lead['word']} edge" if edge else ""}
    )


def _is_other_word(text: str, start: int, found: re.Match[str]) -> bool:
    """Tell whether a month is "may" or "march" without a capital."""
    word = found.groupdict().get("month") or ""
    return word in words_of("ambiguous") and text[start + found.start("month")].islower()


_RARITY = re.compile(r"(?:\b(?:times?|once|twice|first|most|least|best|worst)|\w\west)(?: \w+){0,3} in \Z")


def _is_rarity(form: Form, stretch: str, found: re.Match[str]) -> bool:
    """Tell whether "in 20 years" says how rare a thing is ("the first time in 20 years"), not when it will come."""
    return form.meaning is within and _RARITY.search(stretch, max(found.start() - 40, 0), found.start()) is not None


@cache
def _bare_year() -> Form:
    return forms("year")[-1]


_BEFORE_YEAR = re.compile(
    r"(?:(?P<noun>\b(?:the|an?|its|his|her|their|this|of)|'s?) |(?P<list>[,;]|\b(?:and|or|but|so|then|than|like)) |\(|^)\Z"
)
_AFTER_YEAR = re.compile(
    r"\W*\Z|[.,;:)\]?!]| [-(]| (?:in|at|on|by|to|and|or|for|when|with|as|was|were|of|the|he|she|they|we|it)\b"
)


def _is_count(stretch: str, core: Span) -> bool:
    """Tell whether a round number before a noun is no year: "in 2000 villages"."""
    return stretch[: core[1]].endswith("00") and not _AFTER_YEAR.match(stretch, core[1])


def _is_year(stretch: str, core: Span) -> bool:
    """Tell whether a number without preposition is a year: "the 2014 protests", "(2012)", "2009 and 2010"; not "the 2000 people"."""
    before = _BEFORE_YEAR.search(stretch, max(core[0] - 8, 0), core[0])
    if before is None or stretch[core[0] : core[1]] < "1800":
        return False
    if before["list"] or not before["noun"]:
        return bool(_AFTER_YEAR.match(stretch, core[1]))
    following = re.match(r"\W*(\w*)", stretch[core[1] : core[1] + 20])
    return following is not None and following[1] not in words_of("counted")


_BETWEEN = re.compile(r" ?(?:-|to|until|till|through|up to|and) ?(?:the )?")


def _joined(stretch: str, cores: list[_Core]) -> list[_Reading]:
    """Return the cores as readings, two with "to" or a dash between them as one; "and" joins after "between" alone."""
    out = [_Reading(core.span, (core,)) for core in cores[:1]]
    for one, two in pairwise(cores):
        gap = stretch[one.span[1] : two.found.start()]
        between = one.lead is not None and one.lead["word"] == "between"
        if len(out[-1].cores) == 1 and _BETWEEN.fullmatch(gap) and ("and" not in gap or between):
            out[-1] = _Reading((one.span[0], two.span[1]), (one, two))
        else:
            out.append(_Reading(two.span, (two,)))
    return out


# --- resolving


def _days(reading: _Reading, at: From) -> Days:
    try:
        return _range(*reading.cores, at) if len(reading.cores) == 2 else _led(reading.cores[0], at)
    except (ValueError, OverflowError):  # beyond the calendar, which ends with the year 9999
        return UNKNOWN


def _range(one: _Core, two: _Core, at: From) -> Days:
    """Return the days from one end to the other; the end that names its year tells that of the other."""
    nowhere = at._replace(anchor=None)
    end = two.form.days(two.found, nowhere)[1]
    if end and not one.form.days(one.found, nowhere)[0]:
        return _from_to(one.form.days(one.found, at._replace(anchor=end, future=False))[0], end)
    coming, begun = (
        _from_to(first, two.form.days(two.found, at._replace(anchor=first, future=True))[1])
        for first in (one.form.days(one.found, at._replace(future=ahead))[0] for ahead in (at.future, False))
    )
    under_way = at.anchor and begun[1] and begun[1] >= at.anchor
    return begun if under_way and coming[0] and at.anchor and (coming[0] - at.anchor).days > _FAR_DAYS else coming


_FAR_DAYS = 183
"""A range under way is meant where the next such one is so far: "will run from January 23 to March 9", read on January 28."""


def _from_to(first: date | None, last: date | None) -> Days:
    return (first, last) if first and last and first <= last else UNKNOWN


_THIRDS = {"start": 1, "beginning": 1, "middle": 2, "end": 3, "close": 3, "early": 1, "late": 3}
_SINCE = {"since", "on or after", "from", "as from", "starting", "beginning", "as early as", "as soon as"}
_UP_TO = {"by", "on or before", "until", "till", "through", "up to", "no later than", "not later than"}


def _led(core: _Core, at: From) -> Days:
    """Return what the lead makes of the days: "by June" ends with June, "end of June" is its last third.

    "before" and "after" leave the days out, but for the end of a stretch and what happens in it ("before Friday's vote").
    """
    whole = core.form.days(core.found, at)
    if core.lead is None:
        return whole
    word = core.lead["word"] or ""
    first, last = _part(core.lead, whole)
    of_event = core.found.string.startswith("'s", core.found.end()) or core.found.string.endswith(
        "the ", 0, core.found.start()
    )
    if word in _UP_TO:
        return (None, last)
    if word in {"before", "prior to", "ahead of"}:
        over = core.found.string.startswith(
            (" is out", " is over", " ends"), core.found.end()
        )  # "before the week is out"
        within_them = of_event or over or core.lead["edge"] in {"end", "close"}
        return (None, last if within_them else first - timedelta(1) if first else None)
    if word in {"after", "following"}:
        return (first if of_event else last + timedelta(1) if last else None, None)
    if word == "within" and at.future and at.anchor and first and first <= at.anchor:
        return (at.anchor, last)
    is_range = not {"to", "to_month"}.isdisjoint(core.form.pattern.groupindex)
    return (first, None) if word in _SINCE and not is_range else (first, last)


def _part(lead: re.Match[str], days: Days) -> Days:
    """Return the part of the days that the lead names: a third, a half, a week of them, a day; or the week of that day."""
    if lead["around"] and length_days(days) == 1 and days[0]:
        return unit_from(days[0], 0, lead["around"])
    if edge := lead["edge"] or lead["part"]:
        days = part_of(days, _THIRDS[edge], 3)
    first, last = days
    if not lead["nth"] or not first or not last:
        return days
    which = ("last", "first", "second", "third", "fourth").index(lead["nth"])
    if lead["unit"] == "half":
        return part_of(days, which or 2, 2)
    length = {"day": 1, "week": 7}[lead["unit"]]
    begin = first + timedelta((which - 1) * length) if which else max(first, last - timedelta(length - 1))
    return (begin, min(last, begin + timedelta(length - 1))) if begin <= last else UNKNOWN


_LOOK_BACK = 600
"""So many characters before it, some four sentences, an expression may count from the days named there."""


def _told(text: str, before: int, anchor: date | None, future: bool | None, longest: int) -> Days:
    """Return the last days named before an offset that are no more than ``longest``."""
    known: list[Days] = []

    def last_of(length: int) -> Days:
        return next((days for days in reversed(known) if length_days(days) <= length), UNKNOWN)

    start = max(before - _LOOK_BACK, 0)
    at = From(anchor, future, last_of)
    for reading in _readings(text, start, before, alone=False):
        known += [_days(reading, at)]
    return last_of(longest)
