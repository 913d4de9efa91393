"""What each form of time expression means, counted from a day: the named groups of its match in, a range of days out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from onrecord.periods import UNKNOWN, Days, ago, months, nearest, one_day, part_of, reach, unit_from
from onrecord.tables import table


class From(NamedTuple):
    """What an expression counts from: the day of reading, whether it lies ahead (None: not known), and the days told before it."""

    anchor: date | None
    future: bool | None
    told: Callable[[int], Days]
    """The last days named before the expression that are no more than so many; UNKNOWN where there are none."""


Named = Mapping[str, str]
"""The named groups of a match; one that took no part is the empty string."""


@cache
def words_of(kind: str) -> Mapping[str, str]:
    """Return the words of a kind in the table, with their values."""
    return {row["word"]: row["value"] for row in table("times") if row["kind"] == kind}


def _yearly(named: Named, at: From, days_in: Callable[[int], Days]) -> Days:
    """Return the days in the year stated, or in the year that the day of reading makes likely."""
    if named["year"]:
        return days_in(int(named["year"]))
    if named["of"] in {"that", "the same"}:
        told = at.told(366)[0]
        return days_in(told.year) if told else UNKNOWN
    if at.anchor is None:
        return UNKNOWN
    if named["of"]:
        return days_in(at.anchor.year + _STEPS[named["of"]])
    years = range(max(at.anchor.year - 4, 1), min(at.anchor.year + 5, 9998))
    way = {"this past": "last", "this coming": "next"}.get(named["way"], named["way"])
    return nearest(map(days_in, years), at.anchor, way, future=at.future)


_STEPS = {
    **dict.fromkeys(("last", "this past", "previous", "preceding", "before"), -1),
    **dict.fromkeys(("this", "the current", "same", "that"), 0),
    **dict.fromkeys(("next", "this coming", "following", "after"), 1),
}


def _month_number(named: Named) -> int:
    return int(named["month"]) if named["month"].isdigit() else int(words_of("month")[named["month"]])


def _in_part(named: Named, days: Days) -> Days:
    return part_of(days, int(words_of("part")[named["part"]]), 3) if named["part"] else days


def _date(named: Named, at: From) -> Days:
    return _yearly(named, at, lambda year: one_day(year, _month_number(named), int(named["day"])))


def _dates(named: Named, at: From) -> Days:
    def days_in(year: int) -> Days:
        first, last = (one_day(year, _month_number(named), int(named[end])) for end in ("day", "to"))
        return (first[0], last[1]) if first[0] and last[1] and first[0] <= last[1] else UNKNOWN

    return _yearly(named, at, days_in)


def _numeric(named: Named, _at: From) -> Days:
    """Return the day of 13/05/2023 or 05/13/2023; of 03/05/2023 nobody knows which comes first."""
    one, two = int(named["one"]), int(named["two"])
    if one != two and one <= 12 and two <= 12:
        return UNKNOWN
    return one_day(int(named["year"]), min(one, two) if max(one, two) > 12 else one, max(one, two))


def _month(named: Named, at: From) -> Days:
    return _in_part(named, _yearly(named, at, lambda year: months(year, _month_number(named))))


def _months_to(named: Named, at: From) -> Days:
    """Return the months from one to another, which is that after it: "between November and January"."""
    first, last = (int(words_of("month")[named[end]]) for end in ("month", "to_month"))
    length = (last - first) % 12 + 1
    return _yearly(named, at, lambda year: months(year, last - length + 1, length))


def _season(named: Named, at: From) -> Days:
    """Return its three months; winter runs into the next year."""
    return _in_part(named, _yearly(named, at, lambda year: months(year, int(words_of("season")[named["season"]]), 3)))


def _holiday(named: Named, at: From) -> Days:
    month, day = words_of("holiday")[named["holiday"]].split("-")
    return _yearly(named, at, lambda year: one_day(year, int(month), int(day)))


def _new_year(named: Named, at: From) -> Days:
    return _yearly(named, at, lambda year: one_day(year, 1, 1))


def _nine_eleven(_named: Named, _at: From) -> Days:
    return one_day(2001, 9, 11)


def _year(named: Named, at: From) -> Days:
    return _in_part(named, _yearly(named, at, lambda year: months(year, 1, 12)))


def _years(named: Named, _at: From) -> Days:
    """Return "2014-15", "2004-2009"; the second is of the century of the first."""
    first, last = int(named["year"]), int(named["to"])
    if 1 <= last <= 12 and last != first % 100 + 1:
        return months(first, last)  # 2024-05
    if last < 100:
        last += first // 100 * 100 + (100 if last == 0 and first % 100 == 99 else 0)  # 1999-00
    return (date(first, 1, 1), date(last, 12, 31)) if first < last else UNKNOWN


def _decade(named: Named, _at: From) -> Days:
    """Return ten years, of "the 1800s" a hundred; those of the nineties are of the century that is the latest to have begun them."""
    word = named["decade"].strip("'s")
    first = int(words_of("nineties").get(named["decade"], word))
    if first < 100:
        first += 1900 if first >= 30 else 2000
    return _in_part(named, months(first, 1, 1200 if first < 2000 and first % 100 == 0 else 120))


def _century(named: Named, _at: From) -> Days:
    return _in_part(named, months(100 * int(named["century"]) - 99, 1, 1200))


def _quarter(named: Named, at: From) -> Days:
    number = int(words_of("ordinal").get(named["quarter"], named["quarter"]))
    return _yearly(named, at, lambda year: months(year, 3 * number - 2, 3))


def _first_months(named: Named, at: From) -> Days:
    length = _number(named)
    start = 1 if named["end"] == "first" else 13 - length
    return _yearly(named, at, lambda year: months(year, start, length))


def _day_word(named: Named, at: From) -> Days:
    return unit_from(at.anchor, int(words_of("day")[named["today"]]), "day") if at.anchor else UNKNOWN


def _weekday(named: Named, at: From) -> Days:
    """Return the latest one up to the day of reading, with ``future`` the next; "this" one and "next" one lie in a week."""
    if at.anchor is None:
        return UNKNOWN
    way, weekday = named["way"], int(words_of("weekday")[named["weekday"]])
    since = (at.anchor.weekday() - weekday) % 7
    if named["week"] or way == "next":
        step = _STEPS[named["week"] or way]
        day = at.anchor + timedelta(7 * step - at.anchor.weekday() + weekday)
    elif way in {"last", "this past"}:
        day = at.anchor - timedelta(since or 7)
    elif way == "this coming" or at.future:
        day = at.anchor + timedelta(-since % 7)
    elif way == "this":
        day = at.anchor + timedelta(weekday - at.anchor.weekday())
    else:
        day = at.anchor - timedelta(since)
    return (day, day)


def _nth_weekday(named: Named, at: From) -> Days:
    """Return "the first Monday in May", "the last Friday of July"."""

    def days_in(year: int) -> Days:
        first, last = months(year, _month_number(named))
        weekday = int(words_of("weekday")[named["weekday"]])
        if named["nth"] == "last":
            return unit_from(last, -((last.weekday() - weekday) % 7), "day")
        nth = ("first", "second", "third", "fourth").index(named["nth"])
        return unit_from(first, 7 * nth + (weekday - first.weekday()) % 7, "day")

    return _yearly(named, at, days_in)


def _week_from(named: Named, at: From) -> Days:
    day = _weekday(named, at._replace(future=True))[0]
    return unit_from(day, 7 * _number(named), "day") if day else UNKNOWN


def _told_weekday(named: Named, at: From) -> Days:
    """Return the weekday after or before the day told of."""
    day = at.told(1)[0] or (at.anchor if at.future else None)
    if day is None:
        return UNKNOWN
    since = (day.weekday() - int(words_of("weekday")[named["weekday"]])) % 7
    return unit_from(day, -(since or 7) if _STEPS[named["side"]] < 0 else 7 - since, "day")


def _number(named: Named, which: str = "number") -> int:
    """Return the value of "12", "a couple of" or "forty-eight"; of none, one."""
    whole = named[which]
    if not whole:
        return 1
    if whole.isdigit():
        return int(whole)
    values = {**words_of("number"), **words_of("tens")}
    return int(values[whole]) if whole in values else sum(int(values[word]) for word in re.split("[ -]", whole))


def _ago(named: Named, at: From) -> Days:
    if at.anchor is None:
        return UNKNOWN
    first, last = ago(at.anchor, _number(named), named["unit"])
    if named["least"]:  # "two to three years ago"
        last = max(last, ago(at.anchor, _number(named, "least"), named["unit"])[1])
    return (None, last) if named["more"] else (first, last)  # "more than two years ago"


def _year_and_a_half_ago(_named: Named, at: From) -> Days:
    return ago(at.anchor, 18, "month") if at.anchor else UNKNOWN


def _vaguely_ago(named: Named, at: From) -> Days:
    return (None, at.anchor - timedelta(0 if named["hours"] else 1)) if at.anchor else UNKNOWN


def _calendar(named: Named, at: From) -> Days:
    """Return "late last week", "this year"; "later this year" begins on the day of reading and "earlier" ones end there."""
    if at.anchor is None:
        return UNKNOWN
    unit, step = named["unit"], _STEPS[named["which"] or "this"]
    if unit == "weekend" and not step and not at.future and at.anchor.weekday() < 5:
        step = -1  # "this weekend" told on a Tuesday of what has happened
    first, last = unit_from(at.anchor, step, unit)
    if not step and named["part"] in {"later", "earlier"}:
        return (max(first, at.anchor), last) if named["part"] == "later" else (first, min(last, at.anchor))
    return _in_part(named, (first, last))


def _unit_end(named: Named, at: From) -> Days:
    return part_of(unit_from(at.anchor, 0, named["unit"]), 3, 3) if at.anchor else UNKNOWN


def _stretch(named: Named, at: From) -> Days:
    if at.anchor is None:
        return UNKNOWN
    if named["side"] in {"last", "past"}:
        return (reach(at.anchor, -_number(named), named["unit"]), at.anchor)
    return (at.anchor, reach(at.anchor, _number(named), named["unit"]))


def _ahead(_named: Named, at: From) -> Days:
    return (at.anchor, None)


def _lately(_named: Named, at: From) -> Days:
    return (None, at.anchor)


def within(named: Named, at: From) -> Days:
    """Return the days up to the end of "within 48 hours", "in two weeks"; of the past, a duration."""
    return (at.anchor, reach(at.anchor, _number(named), named["unit"])) if at.anchor and at.future else UNKNOWN


def _soon(_named: Named, at: From) -> Days:
    return (at.anchor, None) if at.future else UNKNOWN


def _from_now(named: Named, at: From) -> Days:
    return ago(at.anchor, -_number(named), named["unit"]) if at.anchor else UNKNOWN


def _told_unit(named: Named, at: From) -> Days:
    return _told(at, _STEPS[named["side"]], named["unit"] or "day")


def _told_count(named: Named, at: From) -> Days:
    back = named["side"] in {"earlier", "before", "previously", "beforehand", "prior"}
    return _told(at, -_number(named) if back else _number(named), named["unit"])


def _told(at: From, step: int, unit: str) -> Days:
    """Count from the days told of before; without them a later day is known only where it lies ahead, and no earlier day."""
    if unit == "hour":
        return UNKNOWN if abs(step) % 24 else _told(at, step // 24, "day")
    first, last = at.told(_LONGEST.get(unit, 366))
    if not first or not last:
        known = at.future if step > 0 else step < 0 and unit != "day"
        if at.anchor is None or not known:
            return UNKNOWN
        first = last = at.anchor
    return (unit_from(first, step, unit)[0], unit_from(last, step, unit)[1])


_LONGEST = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14, "month": 31, "quarter": 92}
"""What units of so many days at most can be counted from."""


def _beyond(named: Named, at: From) -> Days:
    """Return "the week before last", "the day after tomorrow"."""
    step = 2 * _STEPS[named["order"]]
    return unit_from(at.anchor, step, named["unit"] or "day") if at.anchor else UNKNOWN


MEANINGS: Mapping[str, Callable[[Named, From], Days]] = {
    "date": _date,
    "numeric": _numeric,
    "years": _years,
    "decade": _decade,
    "year": _year,
    "dates": _dates,
    "months_to": _months_to,
    "month": _month,
    "season": _season,
    "holiday": _holiday,
    "nine_eleven": _nine_eleven,
    "day_word": _day_word,
    "told_weekday": _told_weekday,
    "weekday": _weekday,
    "nth_weekday": _nth_weekday,
    "week_from": _week_from,
    "beyond": _beyond,
    "quarter": _quarter,
    "first_months": _first_months,
    "century": _century,
    "ago": _ago,
    "year_and_a_half_ago": _year_and_a_half_ago,
    "vaguely_ago": _vaguely_ago,
    "stretch": _stretch,
    "told_unit": _told_unit,
    "calendar": _calendar,
    "unit_end": _unit_end,
    "new_year": _new_year,
    "ahead": _ahead,
    "lately": _lately,
    "within": within,
    "soon": _soon,
    "from_now": _from_now,
    "told_count": _told_count,
}
"""What the table calls each meaning."""
