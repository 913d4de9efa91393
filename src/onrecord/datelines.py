"""The dateline that opens a wire report: "ADEN, Yemen, Dec. 13 (Xinhua) --"."""

from __future__ import annotations

import re

from onrecord.records import Dateline

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_WORD = r"(?:[^\W\d_a-z][^\W\d_]*\.?(?:['’.-][^\W\d_]+\.?)*)"

_DATELINE = re.compile(
    rf"""
    (?P<place>
        (?P<city> {_WORD} (?:[\s/-]{_WORD}){{0,4}} )                             # ADEN, NEW YORK, DUBAI/ABU DHABI
        (?: ,\s (?!{_MONTH}\s\d) (?:the\s)? {_WORD} (?:\s(?:of\s)?{_WORD}){{0,3}} ){{0,2}}   # , Yemen; , the United States
    )?
    (?: (?:,\s|\s)? (?:{_MONTH}\s\d{{1,2}} | \d{{1,2}}\s{_MONTH}) (?:,?\s\d{{4}})? (?P<date>) )?  # , Dec. 13
    (?: \.? \s? [(\[/] (?P<agency> [A-Z][\w.&'’/\s-]{{1,30}} ) [)\]/] \.? )?       # (Xinhua); . /TASS/.
    (?P<dash> \s?(?:--|[—–―]) | \s-(?=\s) | (?(agency)(?=\s?[“"A-Z])|(?!)) )      # none is needed after an agency: WASHINGTON (CNN)The
    (?=\s*\S)
    """,
    re.VERBOSE,
)
"""Matches the start of a line. Which of its parts have to be there is checked by ``dateline``."""

_SHORT_CITIES = frozenset(
    "ADEN AGRA APIA BAKU BERN BONN BRNO CALI CORK DILI DOHA GAZA GRAZ HAMA HOMS HULL JUBA KANO KIEV KYIV LIMA LODZ LOME LVIV LYON MALE "
    "NICE NUUK ORAN OSLO RIGA ROME SUVA TAIZ".split()
)
"""Cities of four letters: a bare place as short as that is otherwise taken for an acronym."""

_NO_PLACES = frozenset(
    "ADVERTISEMENT ALERT ANALYSIS BREAKING COMMENT CORRECTED CORRECTION DEVELOPING EDITORIAL EXCLUSIVE EXPLAINER FACTBOX FEATURE HIGHLIGHTS "
    "INTERVIEW LATEST LIVE NATO OPEC OPINION PHOTOS PICTURES QUESTION ANSWER REFILE REVIEW REVEALED SPOTLIGHT TIMELINE UNESCO UNICEF "
    "UPDATE UPDATED VIDEO WATCH WRAPUP WARNING".split()
)
_AGENCIES = frozenset(
    "AFP AGERPRES ANI ANSA AP Anadolu BBC BelTA Bloomberg CNN DPA dpa EFE IANS IRNA Interfax KCNA Kyodo NYT PTI RIA Reuters SANA TASS UPI UNN "
    "Ukrinform WABC Xinhua Yonhap".split()
)
"""Known well enough to make a place in small letters, or the want of a dash, certain."""



def dateline(line: str, offset: int) -> Dateline | None:
    """Return the dateline that a line opens with, its span counted from ``offset``; ``date`` is left for a later step.

    A place in capitals with a dash is enough, if it is no label such as "BREAKING —" and no acronym; with an agency in brackets the
    place may be in small letters or missing.
    """
    match = _DATELINE.match(line)
    if match is None or match.end() == 0:
        return None
    place, city, agency, dash = match["place"], match["city"], match["agency"], match["dash"]
    if agency is not None:
        lawful = agency in _AGENCIES or (bool(dash) and city is not None and city.isupper())
    else:
        lawful = city is not None and bool(dash) and city.isupper() and _is_city(city, dated=match["date"] is not None)
    if not lawful:
        return None
    return Dateline(span=(offset, offset + len(match[0].rstrip())), place=place, date=None, agency=agency)


def _is_city(city: str, *, dated: bool) -> bool:
    words = re.findall(r"[^\W\d_]+", city)
    if _NO_PLACES.intersection(words):
        return False
    return dated or max(map(len, words)) >= 5 or bool(_SHORT_CITIES.intersection(words))
