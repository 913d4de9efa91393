"""Quotation marks: which stretches of a text stand inside them.

A quotation ends at its closing mark or at the end of its line; speech that runs over several paragraphs opens every paragraph with a
mark and closes only the last one. An opening mark inside an open quotation goes on with it ("“Yes. “I am ready.”").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from onrecord.spans import LINE

_MARK = re.compile(r"``|''|[“”„«»\"]")
_OPENS = {"“", "„", "«", "``"}
_CLOSES = {"”", "»"}
_EITHER = {'"', "''"}
"""Straight marks, and the two apostrophes of old wire copy, open where nothing is open and close otherwise."""

_SINGLE = re.compile(
    r"""(?<![\w’'])[‘'](?=[^\W\d])     # opens where a word begins, not a year
        (?P<inside>[^\n\r‘“”"]{12,400}?
        (?:[,.?!…][’'](?!\w)               # closes behind the punctuation of a whole utterance, as British papers set it,
          | [’'](?=[,;:]|[ ][-–—][ ]|$)))   # or before a comma, a dash or the line's end, as their headlines do
    """,
    re.VERBOSE,
)
"""Matches ‘We will not go,’ and 'It will be over soon' - Voskar; not the dogs' dinner, rock ’n’ roll or a scare ‘word’."""


class Quoted(NamedTuple):
    """A quotation ``[start, end)``, its marks inside; ``closed`` is False where it runs to the end of its line."""

    start: int
    end: int
    closed: bool

    def covers(self, start: int, end: int) -> bool:
        """Tell whether ``[start, end)`` lies inside."""
        return self.start <= start and end <= self.end


def find(text: str, *, single: bool = True) -> tuple[Quoted, ...]:
    """Return the quotations of a text in order; single marks count, unless told not to, where a line has no double ones."""
    found: list[Quoted] = []
    for line in LINE.finditer(text):
        double = _double(text, line.start(), line.end())
        found += double
        if single and not double:
            found += (Quoted(m.start(), m.end(), closed=True) for m in _SINGLE.finditer(text, line.start(), line.end()))
    return tuple(found)


def nested(text: str, quoted: Iterable[Quoted]) -> tuple[Quoted, ...]:
    """Return the quotations in single marks that stand inside others ("“He said, ‘We will go,’ and went.”")."""
    return tuple(
        Quoted(m.start(), m.end(), closed=True)
        for q in quoted
        for m in _SINGLE.finditer(text, q.start + 1, q.end - q.closed)
    )


def _double(text: str, start: int, end: int) -> list[Quoted]:
    found: list[Quoted] = []
    begin: int | None = None
    for mark in _MARK.finditer(text, start, end):
        opens = mark[0] in _OPENS or (mark[0] in _EITHER and begin is None)
        closes = mark[0] in _CLOSES or (mark[0] in _EITHER and begin is not None)
        if closes and begin is not None:
            found.append(Quoted(begin, mark.end(), closed=True))
            begin = None
        elif opens and begin is None:
            begin = mark.start()
    if begin is not None:
        stop = end
        while text[stop - 1].isspace():
            stop -= 1
        if stop > begin + 1:
            found.append(Quoted(begin, stop, closed=False))
    return found
