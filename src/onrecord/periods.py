"""Calendar arithmetic of time expressions: weeks, months, seasons and the like as ranges of days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

Days = tuple[date | None, date | None]
"""First and last day, either open, both where nothing can be told."""

UNKNOWN: Days = (None, None)

_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}


def one_day(year: int, month: int, day: int) -> Days:
    """Return the day; nothing in a year without it (February 29).

    >>> one_day(2023, 2, 29)
    (None, None)
    """
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return UNKNOWN
    return (date(year, month, day), date(year, month, day))


def months(year: int, month: int, length: int = 1) -> tuple[date, date]:
    """Return the first and last day of some months in a row; months past December, or before January, count on.

    >>> [str(day) for day in months(2023, 12, 3)]
    ['2023-12-01', '2024-02-29']
    """
    first, after = (date(n // 12, n % 12 + 1, 1) for n in (12 * year + month - 1, 12 * year + month - 1 + length))
    return (first, after - timedelta(1))


def unit_from(anchor: date, step: int, unit: str) -> tuple[date, date]:
    """Return the calendar unit that lies ``step`` units from the anchor's.

    Weeks run from Monday to Sunday; decades and centuries are those of the calendar.

    >>> [str(day) for day in unit_from(date(2023, 2, 16), -1, "week")]
    ['2023-02-06', '2023-02-12']
    """
    if unit in {"week", "weekend"}:
        monday = anchor + timedelta(7 * step - anchor.weekday())
        return (monday + timedelta(5 if unit == "weekend" else 0), monday + timedelta(6))
    if unit == "day":
        return (anchor + timedelta(step), anchor + timedelta(step))
    if unit == "fortnight":
        return unit_from(anchor, 2 * step, "week")
    length = _MONTHS[unit]
    since = (12 * anchor.year + anchor.month - 1) // length + step
    return months(since * length // 12, since * length % 12 + 1, length)


def ago(anchor: date, number: int, unit: str) -> tuple[date, date]:
    """Return the calendar unit of so many units ago, or ahead; hours as days; of decades five years, for nobody counts them closely."""
    if unit == "hour":
        return (anchor - timedelta(-(-number // 24)), anchor - timedelta(number // 24))
    if unit in {"decade", "century"}:
        year = anchor.year - number * _MONTHS[unit] // 12
        return months(year - 2, 1, 60)
    return unit_from(anchor, -number, unit)


def reach(anchor: date, number: int, unit: str) -> date:
    """Return the day that lies some units after the anchor, hours rounded up to days, longer ones by the calendar."""
    if unit == "hour":
        return anchor + timedelta(-(-number // 24))
    if unit in _DAYS:
        return anchor + timedelta(number * _DAYS[unit])
    first, last = months(anchor.year, anchor.month + number * _MONTHS[unit])
    return first.replace(day=min(anchor.day, last.day))


def part_of(days: Days, which: int, parts: int) -> Days:
    """Return the first, second, ... of equal parts of a range: of months where they can be shared out, else of days.

    The thirds of a month begin on the 1st, 11th and 21st.

    >>> [str(day) for day in part_of(months(2023, 7), 3, 3)], [str(day) for day in part_of(months(2023, 1, 12), 1, 2)]
    (['2023-07-21', '2023-07-31'], ['2023-01-01', '2023-06-30'])
    """
    first, last = days
    if not first or not last:
        return days
    count = 12 * (last.year - first.year) + last.month - first.month + 1
    if days == months(first.year, first.month, count):
        if count % parts == 0:
            return months(first.year, first.month + (which - 1) * count // parts, count // parts)
        if count == 1 and parts == 3:
            return (first.replace(day=10 * which - 9), last if which == 3 else first.replace(day=10 * which))
    length = (last - first).days + 1
    return (first + timedelta((which - 1) * length // parts), first + timedelta(-(-which * length // parts) - 1))


def length_days(days: Days) -> float:
    """Return how many days lie in a range, infinitely many in an open one."""
    first, last = days
    return (last - first).days + 1 if first and last else float("inf")


def nearest(candidates: Iterable[Days], anchor: date, way: str, *, future: bool | None) -> Days:
    """Choose among what a name means in years in a row.

    "last" is over, "next" has not begun, "this" is current or of the anchor's year. Otherwise it is the latest that has begun, with
    ``future`` the first that is not over; where that is not known (None) the one of the two that is nearer to the anchor.
    """
    spans = [(first, last) for first, last in candidates if first and last]
    over = [d for d in spans if d[1] < anchor]
    ahead = [d for d in spans if d[0] > anchor]
    current = [d for d in spans if d[0] <= anchor <= d[1]]
    if way == "this":
        current = current or [d for d in spans if d[0].year == anchor.year]
        return current[0] if current else UNKNOWN
    if way == "last":
        return over[-1] if over else UNKNOWN
    if way == "next":
        return ahead[0] if ahead else UNKNOWN
    if current:
        return current[-1]
    if over and ahead and future is None:
        return over[-1] if anchor - over[-1][1] <= ahead[0][0] - anchor else ahead[0]
    choice = ahead[:1] if future else over[-1:]
    return choice[0] if choice else UNKNOWN
