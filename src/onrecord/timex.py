"""Time expressions of news English, resolved to ranges of days counted from the day of reading.

A range is as wide as the expression is vague: "last year" is twelve months, "early July" ten days. Without a day to
count from only absolute expressions resolve; the wall clock is never asked. Where English leaves a choice:

- a weekday is the latest one up to the day of reading, or with ``future`` the next; the day itself counts in both;
- weeks run from Monday to Sunday; "N weeks ago" is that whole week, and so with months and years;
- a day, month, quarter or season without a year is the latest begun by the day of reading, or with ``future`` the next
  one that is not over; seasons are those of the north.
"""

from __future__ import annotations

import re
from bisect import bisect, insort
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from onrecord.records import Span, Time
from onrecord.spans import overlaps
from onrecord.tables import table

Days = tuple[date | None, date | None]
"""First and last day, either open, both where nothing can be told."""

UNKNOWN: Days = (None, None)

_InYear = Callable[[re.Match[str], int], Days]
_FromDay = Callable[[re.Match[str], date, bool], Days]


class Form(NamedTuple):
    """One form of expression: its pattern, what it means in a given year or from a day, the leads it needs."""

    pattern: re.Pattern[str]
    in_year: _InYear | None
    from_day: _FromDay | None
    leads: frozenset[str]


def expressions(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the spans of the time expressions inside ``text[start:end]``, with the preposition that leads them."""
    if not _trigger().search(text, start, end):
        return ()
    found = [
        span
        for form in _forms()
        for m in form.pattern.finditer(text, start, end)
        if (span := _with_lead(text, start, m.span(), form))
    ]
    taken: list[Span] = []
    for span in sorted(found, key=lambda s: (s[0] - s[1], s[0])):  # the longest reading wins
        at = bisect(taken, span)
        if not overlaps([span], taken[max(at - 1, 0) : at + 1]):
            insort(taken, span)
    return tuple(taken)


def resolve(text: str, span: Span, as_of: Time | None, *, future: bool = False) -> Time | None:
    """Return the days that the expression at ``span`` means, or None where they cannot be told.

    Args:
        text: the article's text.
        span: one of ``expressions``.
        as_of: the day that relative expressions count from; one whose ends differ is as good as none.
        future: whether the expression stands in a clause about the future.
    """
    anchor = day_of(as_of.latest) if as_of and as_of.earliest == as_of.latest else None
    for form in _forms():
        if read := _matched(form, text, span):
            found, lead = read
            try:
                first, last = _led(lead, _days(form, found, anchor, future=future))
            except (ValueError, OverflowError):  # beyond the calendar, which ends with the year 9999
                return None
            if first or last:
                return Time(first.isoformat() if first else None, last.isoformat() if last else None, span)
            return None
    return None


def day_of(stated: str | None) -> date | None:
    """Return the calendar day of an ISO 8601 date or time, in the offset that it states; None where it is none."""
    try:
        return date.fromisoformat(stated[:10]) if stated else None
    except ValueError:
        return None


# --- the grammar

_LEAD = re.compile(
    r"""
    (?<!\w) (?=[a-z])
    (?:(?P<word>by|until|till|before|after|since|from|in|on|at|during|within|over|for|as\ early\ as|no\ later\ than)\ )?
    (?:the\ (?P<edge>start|beginning|middle|end)\ of\ )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What may stand before a core: a preposition, and which third of the core is meant."""

_LEAD_REACH = 34
"""No lead is longer."""

_ANY_LEAD = ("of", "by", "until", "till", "before", "after", "since", "from", "in", "during", "within", "over", "for")
"""Before a bare month or year: "May" and "2020" alone are a name and a number."""


def _with_lead(text: str, start: int, core: Span, form: Form) -> Span | None:
    """Return the core's span with its lead, or None where the form needs a lead that is not there."""
    for begin in range(max(start, core[0] - _LEAD_REACH), core[0]):
        lead = _LEAD.fullmatch(text, begin, core[0])
        if lead:
            word = "of" if lead["edge"] else lead["word"].lower()
            return (begin, core[1]) if not form.leads or word in form.leads else None
    return None if form.leads else core


def _matched(form: Form, text: str, span: Span) -> tuple[re.Match[str], re.Match[str] | None] | None:
    """Return the match of a form that fills the span to its end, and that of the lead before it."""
    for found in form.pattern.finditer(text, *span):
        lead = _LEAD.fullmatch(text, span[0], found.start())
        if found.end() == span[1] and (lead is not None or found.start() == span[0]):
            return found, lead
    return None


def _led(lead: re.Match[str] | None, days: Days) -> Days:
    """Return what the lead makes of the days: "by June" ends with June, "end of June" is its last third."""
    first, last = days
    if lead is None:
        return days
    if lead["edge"] and first and last:
        third = (last - first + timedelta(1)) / 3
        begin = {"middle": 1, "end": 2}.get(lead["edge"].lower(), 0)
        first, last = first + begin * third, first + (begin + 1) * third - timedelta(1)
    word = (lead["word"] or "").lower()
    if word in {"by", "until", "till", "no later than"}:
        return (None, last)
    if word == "before":
        return (None, first - timedelta(1) if first else None)
    if word == "after":
        return (last + timedelta(1) if last else None, None)
    return (first, None) if word in {"since", "from", "as early as"} else (first, last)


@cache
def _values(kind: str) -> dict[str, int]:
    return {row["word"]: int(row["value"]) for row in table("times") if row["kind"] == kind}


def _value(kind: str, word: str) -> int:
    return _values(kind)[" ".join(word.lower().split())]


def _any_of(kind: str) -> str:
    return "(?:" + "|".join(re.escape(w) for w in sorted(_values(kind), key=len, reverse=True)) + ")"


@cache
def _trigger() -> re.Pattern[str]:
    """Compile what every time expression holds one of: most stretches hold none and are passed over at once."""
    words = "|".join(_any_of(kind) for kind in ("month", "weekday", "day", "unit", "season"))
    return re.compile(rf"\b(?:(?:19|20)\d\d|{words})", re.IGNORECASE)


@cache
def _forms() -> tuple[Form, ...]:
    """Compile the grammar: first what stands in a year, stated or not, then what counts from the day of reading."""
    month, weekday, part = _any_of("month"), _any_of("weekday"), rf"(?P<part>{_any_of('part')})"
    unit, number = rf"(?P<unit>{_any_of('unit')})", rf"(?P<number>\d{{1,3}}|{_any_of('number')})"
    year, day = r"(?P<year>(?:19|20)\d\d)", r"(?P<day>[12]\d|3[01]|0?[1-9])"
    way, which = r"(?P<way>last|next|this)", r"(?P<which>last|next|this|the\ following|the\ coming|the\ previous)"
    on_weekday, named = rf"(?:{weekday},?\ )?", rf"(?P<month>{month})"

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w$€£.,/-])(?:{pattern})(?![\w-])", re.VERBOSE | re.IGNORECASE)

    def in_year(pattern: str, days: _InYear, *leads: str) -> Form:
        return Form(compiled(pattern), days, None, frozenset(leads))

    def from_day(pattern: str, days: _FromDay, *leads: str) -> Form:
        return Form(compiled(pattern), None, days, frozenset(leads))

    return (
        in_year(rf"{year}-(?P<month>[01]\d)-{day}", _month_day),
        in_year(rf"{on_weekday}{named}\ {day}(?:st|nd|rd|th)?(?!:\d)(?:,?\ {year})?", _month_day),
        in_year(rf"{on_weekday}(?:the\ )?{day}(?:st|nd|rd|th)?\ (?:of\ )?{named}(?:,?\ {year})?", _month_day),
        in_year(rf"(?:{part}[ -])?{named}(?:,?\ (?:of\ )?{year})", _month),
        in_year(rf"{part}[ -]{named}|{way}\ (?P<of_way>{month})", _month),
        in_year(rf"{named}", _month, *_ANY_LEAD),
        in_year(rf"{part}[ -]{year}", _year),
        in_year(rf"{year}", _year, *_ANY_LEAD),
        in_year(rf"(?:the\ )?(?P<quarter>{_any_of('ordinal')})\ quarter(?:\ of\ (?:{year}|{way}\ year))?", _quarter),
        in_year(rf"(?:the\ )?(?P<season>{_any_of('season')})\ (?:of\ )?{year}", _season),
        in_year(rf"{way}\ (?P<season>{_any_of('season')})", _season),
        from_day(rf"(?P<today>{_any_of('day')})", _day_word),
        from_day(rf"(?:{way}\ )?(?P<weekday>{weekday})(?:\ (?:morning|afternoon|evening|night))?", _weekday),
        from_day(rf"{number}\ {unit}s?\ ago", _ago),
        from_day(rf"(?:(?:early|late|later|earlier)\ )?{which}\ {unit}", _calendar),
        from_day(r"the\ (?P<unit>week|weekend|month|quarter|year)", _this_unit, "of", "within", "over", "during", "at"),
        from_day(rf"(?:the\ )?(?P<side>next|coming|last|past)\ {number}\ {unit}s?", _stretch),
        from_day(rf"(?:the\ )?(?:next|coming)\ (?:few\ |several\ )?{unit}s", _open_stretch),
        from_day(rf"{number}\ {unit}s?", _count, "in", "within"),
    )


def _days(form: Form, found: re.Match[str], anchor: date | None, *, future: bool) -> Days:
    named = found.groupdict()
    if form.in_year and named.get("year"):
        return form.in_year(found, int(named["year"]))
    if anchor is None:
        return UNKNOWN
    if form.in_year is None:
        return form.from_day(found, anchor, future) if form.from_day else UNKNOWN
    way = (named.get("way") or "").lower()
    if named.get("quarter") and way:  # "the first quarter of next year"
        return form.in_year(found, anchor.year + {"last": -1, "this": 0, "next": 1}[way])
    years = [form.in_year(found, year) for year in range(anchor.year - 4, anchor.year + 5)]
    return _nearest([days for days in years if days != UNKNOWN], anchor, way, future=future)


def _nearest(candidates: list[Days], anchor: date, way: str, *, future: bool) -> Days:
    """Return the latest days begun by the anchor, or with ``future`` the first not over; "last" are over."""
    spans = [(first, last) for first, last in candidates if first and last]
    if way == "last":
        return next((d for d in reversed(spans) if d[1] < anchor), UNKNOWN)
    if way == "next":
        return next((d for d in spans if d[0] > anchor), UNKNOWN)
    if way == "this":
        current = [d for d in spans if d[0] <= anchor <= d[1]] or [d for d in spans if d[0].year == anchor.year]
        return current[0] if current else UNKNOWN
    if future:
        return next((d for d in spans if d[1] >= anchor), UNKNOWN)
    return next((d for d in reversed(spans) if d[0] <= anchor), UNKNOWN)


def _month_number(found: re.Match[str]) -> int:
    word = found["month"] or found["of_way"]
    return int(word) if word.isdigit() else _value("month", word)


def _month_day(found: re.Match[str], year: int) -> Days:
    """Return the one day; a year without it (February 29) knows nothing."""
    month, day = _month_number(found), int(found["day"])
    if not 1 <= month <= 12 or day > monthrange(year, month)[1]:
        return UNKNOWN
    return (date(year, month, day), date(year, month, day))


def _month(found: re.Match[str], year: int) -> Days:
    first, last = _months(year, _month_number(found))
    part = found.groupdict().get("part")
    if not part:
        return (first, last)
    third = _value("part", part)
    return (first.replace(day=10 * third - 9), last if third == 3 else first.replace(day=10 * third))


def _year(found: re.Match[str], year: int) -> Days:
    part = found.groupdict().get("part")
    return _months(year, 4 * _value("part", part) - 3, 4) if part else _months(year, 1, 12)


def _quarter(found: re.Match[str], year: int) -> Days:
    return _months(year, 3 * _value("ordinal", found["quarter"]) - 2, 3)


def _season(found: re.Match[str], year: int) -> Days:
    """Return its three months; winter runs into the next year."""
    return _months(year, _value("season", found["season"]), 3)


def _months(year: int, month: int, length: int = 1) -> tuple[date, date]:
    """Return the first and last day of some months in a row; months past December count on."""
    first, after = (date(n // 12, n % 12 + 1, 1) for n in (12 * year + month - 1, 12 * year + month - 1 + length))
    return (first, after - timedelta(1))


def _day_word(found: re.Match[str], anchor: date, _future: bool) -> Days:
    day = anchor + timedelta(_value("day", found["today"]))
    return (day, day)


def _weekday(found: re.Match[str], anchor: date, future: bool) -> Days:
    way, weekday = (found["way"] or "").lower(), _value("weekday", found["weekday"])
    since = (anchor.weekday() - weekday) % 7
    if way == "last":
        day = anchor - timedelta(since or 7)
    elif way == "next":
        day = anchor + timedelta(7 - anchor.weekday() + weekday)
    else:
        day = anchor + timedelta(-since % 7 if future or way == "this" else -since)
    return (day, day)


def _ago(found: re.Match[str], anchor: date, _future: bool) -> Days:
    return _unit_days(found["unit"], anchor, -_number(found))


def _calendar(found: re.Match[str], anchor: date, _future: bool) -> Days:
    step = {"last": -1, "the previous": -1, "this": 0}.get(" ".join(found["which"].lower().split()), 1)
    return _unit_days(found["unit"], anchor, step)


def _this_unit(found: re.Match[str], anchor: date, _future: bool) -> Days:
    return _unit_days(found["unit"], anchor, 0)


def _number(found: re.Match[str]) -> int:
    return int(found["number"]) if found["number"].isdigit() else _value("number", found["number"])


def _unit_days(unit: str, anchor: date, step: int) -> Days:
    """Return the calendar unit that lies ``step`` units from the anchor's; hours and decades are not days."""
    unit = unit.lower()
    if unit in {"week", "weekend"}:
        monday = anchor + timedelta(7 * step - anchor.weekday())
        return (monday + timedelta(5 if unit == "weekend" else 0), monday + timedelta(6))
    if unit == "day":
        return (anchor + timedelta(step), anchor + timedelta(step))
    length = {"month": 1, "quarter": 3, "year": 12}.get(unit)
    return (
        _months(anchor.year, (anchor.month - 1) // length * length + 1 + step * length, length) if length else UNKNOWN
    )


def _stretch(found: re.Match[str], anchor: date, _future: bool) -> Days:
    if found["side"].lower() in {"last", "past"}:
        return (_reach(anchor, -_number(found), found["unit"]), anchor)
    return (anchor, _reach(anchor, _number(found), found["unit"]))


def _open_stretch(_found: re.Match[str], anchor: date, _future: bool) -> Days:
    return (anchor, None)


def _count(found: re.Match[str], anchor: date, future: bool) -> Days:
    """Return the days up to the end of "within 48 hours", "in two weeks"; of the past, a duration."""
    return (anchor, _reach(anchor, _number(found), found["unit"])) if future else UNKNOWN


def _reach(anchor: date, number: int, unit: str) -> date:
    """Return the day that lies some units after the anchor, hours rounded up to days, longer ones by the calendar."""
    unit = unit.lower()
    if unit == "hour":
        return anchor + timedelta(-(-number // 24))
    if unit in {"day", "week", "weekend"}:
        return anchor + timedelta(number * (1 if unit == "day" else 7))
    first, last = _months(
        anchor.year, anchor.month + number * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    )
    return first.replace(day=min(anchor.day, last.day))
