"""The grammar of time expressions: the pattern of each form, and what it means counted from a day.

The patterns stand in ``data/timeforms.tsv`` and see ``plain`` text: lower case, with plain spaces, hyphens and apostrophes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from onrecord.periods import Days
from onrecord.tables import table
from onrecord.timemeanings import MEANINGS, From, Named, words_of

_PLAIN = str.maketrans(
    {chr(n): chr(n + 32) for n in range(ord("A"), ord("Z") + 1)}
    | dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\t", " ")
    | dict.fromkeys("‘’ʼ´`", "'")
    | dict.fromkeys("\u2010\u2011–", "-")
)


def plain(text: str) -> str:
    """Return the text as patterns see it, of the same length."""
    return text.translate(_PLAIN)


class Form(NamedTuple):
    """One form of expression: where there are ``leads``, one of them must stand before it."""

    pattern: re.Pattern[str]
    meaning: Callable[[Named, From], Days]
    leads: frozenset[str]

    def days(self, found: re.Match[str], at: From) -> Days:
        """Return what a match means; relative ones nothing without a day to count from."""
        return self.meaning(defaultdict(str, {k: v for k, v in found.groupdict().items() if v}), at)


def _any_of(*kinds: str) -> str:
    words = sorted((w for kind in kinds for w in words_of(kind)), key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, words)) + ")"


@cache
def trigger() -> re.Pattern[str]:
    """Compile what every expression holds one of: most stretches hold none. The group's name is the kind of forms to try."""
    names, units = _any_of("month", "weekday", "day", "holiday", "season"), _any_of("unit", "hours")
    return re.compile(
        r"\b(?:(?P<year>(?:1[5-9]|20)\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{4})"
        rf"|(?P<name>(?:{names}|9/11)(?!\w))|(?P<unit>(?:(?:{units})s?|centuries|q[1-4]|'?\d0s|morning|afternoon|evening|night|{_any_of('nineties')})(?!\w)))"
    )


@cache
def _words() -> Mapping[str, str]:
    """Return what the words in capitals stand for in the table's patterns."""
    number = _any_of("number", "tens")
    return {
        "YEAR": r"(?P<year>(?:1[5-9]|20)\d\d)",
        "DAY": r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?",
        "TO": r"(?: ?- ?| (?:to|and|until|till|through) )(?P<to>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?",
        "MONTH": f"(?P<month>{_any_of('month')})",
        "TO_MONTH": f"(?P<to_month>{_any_of('month')})",
        "ON": rf"(?:{_any_of('weekday', 'short weekday')}(?: (?:morning|afternoon|evening|night))?(?:, ?| ))?",
        "WEEKDAY": "".join(f"(?<!{word} )" for word in words_of("no day after"))
        + f"(?P<weekday>{_any_of('weekday')})(?! {_any_of('no day before')})(?: (?:morning|afternoon|evening|night|lunchtime))?",
        "SEASON": f"(?P<season>{_any_of('season')})",
        "HOLIDAY": f"(?P<holiday>{_any_of('holiday')})",
        "NINETIES": rf"(?P<decade>'?\d0s|{_any_of('nineties')})",
        "TODAY": f"(?P<today>{_any_of('day')})",
        "PART": rf"(?P<part>{_any_of('part')})[ -](?:in )?",
        "WAY": r"(?P<way>last|next|this(?: past| coming)?)",
        "OFYEAR": r"(?:(?:, ?|-| (?:of |in )?)(?P<year>(?:1[5-9]|20)\d\d)(?!\d)|,? (?:of |in )?(?P<of>last|next|this|that|the same) year)",
        "PARTOFDAY": r"(?P<hours>morning|afternoon|evening|night)",
        "NTH": "(?P<nth>first|second|third|fourth|last)",
        "QUARTER": rf"(?P<quarter>{_any_of('ordinal')})",
        "NUMBER": rf"(?P<number>[1-9]\d{{0,2}}|{number}(?:[ -]{number})?)",
        "ROUGHLY": r"(?:(?:about|around|almost|nearly|roughly|some|just|exactly|(?P<more>over|more than|at least)|less than) )*",
        "UP_TO": rf"(?:(?P<least>[1-9]\d{{0,2}}(?= to | or |-)|{number}(?= to | or ))(?: to | or |-))?",
        "VAGUE": f"(?:{_any_of('vague')} )?",
        "UNITS": rf"(?:(?P<hours>hour)s|{_any_of('unit')}s|centuries)",
        "UNIT": rf"(?P<unit>{_any_of('unit')})",
        "PERIOD": "(?P<unit>weekend|week|month|quarter|year|decade|century)",
        "SPAN": rf"(?P<unit>{_any_of('unit', 'hours')})",
        "ENDS": r"(?=\W*$|[^\w' ]| [^\w ]| (?:in|at|on|that|he|she|they|we|it|when|while|and|but|with|as|was|were|had|is)\b)",
    }


_LEADS = {
    "IN": "by|until|till|through|before|prior to|ahead of|after|since|from|as from|in|during|within|throughout|around|between|as of|"
    "as early as|as soon as|as late as|no later than",
    "DURING": "within|over|during|at|throughout|before|edge",
}
"""What stands before a bare month, season or year, which alone is a name or a number; and before "the week" where it is this one."""


@cache
def forms(kind: str) -> tuple[Form, ...]:
    """Compile the forms that hold a trigger of a kind; of two that match the same words, the first counts."""
    return tuple(_form(row) for row in table("timeforms") if row["kind"] == kind)


def _form(row: Mapping[str, str]) -> Form:
    """Compile a row of the table: not in the midst of a word or number, nor the first part of one ("two-year")."""
    names = "|".join(sorted(_words(), key=len, reverse=True))
    pattern = re.sub(names, lambda word: _words()[word[0]], row["pattern"])
    leads = re.sub("IN|DURING", lambda word: _LEADS[word[0]], row["leads"])
    return Form(
        re.compile(rf"(?<![\w$€£/])(?<![a-z]-)(?<!\d[.,])(?:{pattern})(?!\w|-\w)"),
        MEANINGS[row["meaning"]],
        frozenset(leads.split("|")) if leads else frozenset(),
    )
