"""The dateline that opens a wire report: "PORT SUDAN, Sudan, Dec. 3 (Xinhua) --"."""

from __future__ import annotations

import re

from onrecord.pagewords import words_of_kind
from onrecord.records import Dateline

MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
"""A month, in full or short."""

_STOP = r"(?:\.(?![^\W\d_]))?"
_WORD = rf"(?>[^\W\d_a-z][^\W\d_]*{_STOP}(?:['’.-][^\W\d_]+{_STOP})*)"
"""A word in one reading only, with its hyphens and full stops ("N.Y.", "SAINT-DENIS"): hostile lines would try them all."""

_REACH = 200
"""No dateline is longer; how much of a line is looked at."""

_DATELINE = re.compile(
    rf"""
    (?P<place>
        (?P<city> {_WORD} (?:[\s/]{_WORD}){{0,4}} )                              # ADEN, NEW YORK, RIYADH/DOHA
        (?: ,\s (?!{MONTH}\s\d) (?:the\s)? {_WORD} (?:\s(?:of\s)?{_WORD}){{0,3}} ){{0,2}}   # , Yemen; , the United States
    )?
    (?: (?:,\s|\s)? (?:{MONTH}\s\d{{1,2}} | \d{{1,2}}\s{MONTH}) (?:,?\s\d{{4}})? (?P<date>) )?  # , Dec. 13
    (?: \.? \s? [(\[/] (?P<agency> [A-Z][\w.&'’/\s-]{{1,30}} ) [)\]/] \.? )?       # (Xinhua); . /TASS/.
    (?P<dash> \s?(?:--|[—–―]) | \s-(?=\s) | (?(agency)(?=\s?[“"A-Z])|(?!)) )      # none is needed after an agency: WASHINGTON (CNN)The
    (?=\s*\S)
    """,
    re.VERBOSE,
)
"""Matches the start of a line. Which of its parts have to be there is checked by ``dateline``."""


def dateline(line: str, offset: int) -> Dateline | None:
    """Return the dateline that a line opens with, its span counted from ``offset``; ``date`` is left for a later step.

    A place in capitals with a dash is enough, if it is no label such as "BREAKING —" and no acronym; with an agency in brackets the
    place may be in small letters or missing.
    """
    match = _DATELINE.match(line[:_REACH])
    if match is None or match.end() == 0:
        return None
    place, city, agency, dash = match["place"], match["city"], match["agency"], match["dash"]
    if agency is not None:
        lawful = agency in words_of_kind("agency") or (bool(dash) and city is not None and city.isupper())
    else:
        lawful = city is not None and bool(dash) and city.isupper() and _is_city(city, dated=match["date"] is not None)
    if not lawful:
        return None
    return Dateline(span=(offset, offset + len(match[0].rstrip())), place=place, date=None, agency=agency)


def _is_city(city: str, *, dated: bool) -> bool:
    words = re.findall(r"[^\W\d_]+", city)
    if words_of_kind("no_place").intersection(words):
        return False
    return dated or max(map(len, words)) >= 5 or bool(words_of_kind("city").intersection(words))
