"""When a page says that it was published: JSON-LD first, then meta elements, then what stands marked up or by itself at the headline.

A value that cannot be read, or that is one of two days, is passed over for the next. Nothing depends on the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from onrecord.datelines import MONTH
from onrecord.layout import folded
from onrecord.markup import Metas, Node, is_article, words_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    class _Text(str):
        """The text that lxml's XPath returns, which knows its element."""

        is_text: bool

        def getparent(self) -> HtmlElement: ...


EARLIEST, LATEST = date(1995, 1, 1), date(2099, 12, 31)
"""A day outside is a fault of the page. The end is fixed, so that a page reads the same whenever it is read."""

_PUBLISHED_NAMES = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "publish-date", "publish_date",
    "pubdate", "pub_date", "publication_date", "publicationdate", "parsely-pub-date", "sailthru.date", "article.published", "date-pub",
    "cxenseparse:publishtime", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "date",
    "published", "citation_publication_date", "og:pubdate", "datecreated", "article_date_original", "originalpublicationdate",
)  # fmt: skip
"""Names of meta elements for the time of publication, the surest first."""

_CHANGED_NAMES = ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified")

_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]+(\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)\s?(Z|[+-]\d\d:?\d\d)?)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
_ADDRESS_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?=\D|$)")
_DAY = re.compile(
    rf"""{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}     # February 16, 2023
    | \d{{1,2}}(?:st|nd|rd|th)?\s{MONTH},?\s\d{{4}}        # 16 February 2023
    | \d{{4}}-\d\d-\d\d | \d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}}  # 2023-02-16; 16/2/2023""",
    re.VERBOSE,
)
_UPDATE = re.compile(r"updated|modified|reviewed|edited", re.IGNORECASE)
_TEXTS = (
    "text()[normalize-space()][not(ancestor::script or ancestor::style or ancestor::figure or ancestor::figcaption)]"
)
_BESIDE_CHARACTERS = 60
_NEAR, _NEAR_ABOVE, _PROSE_CHARACTERS = 30, 6, 160
"""A time by the headline stands within so many pieces of text below or above it, none of them as long as prose."""


def published(tree: HtmlElement, nodes: Sequence[Node], metas: Metas, url: str | None, title: str | None) -> str | None:
    """Return the time of publication in ISO 8601, with time and offset where the page has them; ``title`` is the page's headline."""
    stated = [
        *_dates_of(nodes, "datePublished", articles=True),
        *(value for name in _PUBLISHED_NAMES for value in metas.get(name, [])),
        *_dates_of(nodes, "datePublished", articles=False),
        *tree.xpath(
            "//*[contains(@itemprop,'datePublished')]/@datetime | //*[contains(@itemprop,'datePublished')]/@content"
        ),
        *tree.xpath("//time[@pubdate]/@datetime"),
    ]
    found = [told for value in stated[:50] if (told := iso(str(value)))]
    if found:
        elements = [told for value in tree.xpath("//time/@datetime")[:50] if (told := iso(str(value)))]
        return _local(found[0], [*found, *elements], url)
    changed = [
        *(v for name in _CHANGED_NAMES for v in metas.get(name, [])),
        *_dates_of(nodes, "dateModified", articles=True),
    ]
    latest = min((told[:10] for value in changed if (told := iso(value))), default=LATEST.isoformat())
    return _address_day(url) or _by_headline(tree, title) or _marked_up_day(tree, latest)


def iso(stated: str) -> str | None:
    """Return a time that a page states as ISO 8601, None where it is no day between ``EARLIEST`` and ``LATEST`` or an ambiguous one.

    >>> iso("2023-02-16 10:15:00+03:00"), iso("Thu, 16 Feb 2023 10:15:00 GMT"), iso("16 February 2023"), iso("03/09/2023")
    ('2023-02-16T10:15:00+03:00', '2023-02-16T10:15:00+00:00', '2023-02-16', None)
    """
    stated = " ".join(stated.split())[:80]
    if match := _ISO.match(stated):
        day, time, offset = match.groups()
        told = f"{day}T{time}{offset or ''}" if time else day
        return _plausible(told) or _plausible(day)
    if match := _COMPACT.fullmatch(stated):
        year, month, dom, hour, minute, second, offset = match.groups()
        told = f"{year}-{month}-{dom}" + (f"T{hour}:{minute}:{second or '00'}{offset or ''}" if hour else "")
        return _plausible(told)
    try:
        return _plausible(parsedate_to_datetime(stated).isoformat())
    except (ValueError, OverflowError):  # no such time; no such offset
        numeric = _NUMERIC.search(stated)
        return _numeric_day(numeric) if numeric else _day_in_words(stated)


def _dates_of(nodes: Sequence[Node], field: str, *, articles: bool) -> Iterator[str]:
    return (told for node in nodes if is_article(node) is articles and isinstance(told := node.get(field), str))


def _local(told: str, others: Sequence[str], url: str | None) -> str:
    """Return the time with the newsroom's own offset where the page states it elsewhere; in UTC, midnight falls on the wrong day.

    Where only the page's address tells the newsroom's day, and that is the day before or after, the day alone is left.
    """
    moment = datetime.fromisoformat(told)
    if moment.utcoffset() != timedelta(0):
        return told
    for other in others:
        same = datetime.fromisoformat(other)
        if same.utcoffset() and abs(same.astimezone(UTC) - moment) < timedelta(minutes=1):
            return other
    day = _address_day(url)
    return day if day and abs(date.fromisoformat(day) - moment.date()) == timedelta(days=1) else told


def _address_day(url: str | None) -> str | None:
    match = _ADDRESS_DAY.search(url or "")
    return _plausible("-".join(match.groups())) if match else None


def _by_headline(tree: HtmlElement, title: str | None) -> str | None:
    """Return the time that stands by itself next to the headline, below it before the first paragraph, or else right above it."""
    headlines = list(tree.iter("h1"))
    headlines = [e for e in headlines if title and folded(words_of(e)) == folded(title)] or headlines
    if not headlines:
        return None
    below = headlines[0].xpath(f"following::{_TEXTS}")
    above = headlines[0].xpath(f"preceding::{_TEXTS}")
    return _standing_alone(below[:_NEAR]) or _standing_alone(above[-_NEAR_ABOVE:][::-1])


def _standing_alone(texts: Sequence[_Text]) -> str | None:
    """Return the first time among short texts up to the first long one, less those of an update."""
    before = ""
    for text in texts:
        words = " ".join(text.split())
        if len(words) > _PROSE_CHARACTERS:
            return None
        match = _DAY.search(words)
        marked = text.getparent().get("datetime") if text.is_text else None
        alone = match is not None and len(words) - len(match[0]) <= _BESIDE_CHARACTERS
        found = iso(marked or "") or (iso(match[0]) if match and alone else None)
        if found and not _UPDATE.search(before + words):
            return found
        before = words[-40:] if len(words) < 40 else ""
    return None


def _marked_up_day(tree: HtmlElement, latest: str) -> str | None:
    """Return the day that htmldate finds in the body's elements.

    It gets no meta elements, of which it would take the day of a change or the wrong one of two, and no captions; and it is kept from
    searching the text, whose days are others.
    """
    from htmldate import find_date

    body = deepcopy(tree.find(".//body"))
    if body is None:
        return None
    for figure in body.xpath(".//figure|.//figcaption"):
        figure.drop_tree()
    found: str | None = find_date(
        body, extensive_search=False, original_date=True, min_date=EARLIEST.isoformat(), max_date=latest
    )
    return found


def _plausible(told: str) -> str | None:
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        return None
    return told if EARLIEST <= moment.date() <= LATEST else None


def _numeric_day(match: re.Match[str]) -> str | None:
    """Return a day such as 24/2/2026, None for 3/9/2026, which is one day on one side of the Atlantic and another on the other."""
    one, other, year = int(match[1]), int(match[3]), match[4]
    day, month = (one, other) if one > 12 else (other, one)
    return _plausible(f"{year}-{month:02}-{day:02}") if one == other or day > 12 else None


def _day_in_words(stated: str) -> str | None:
    from htmldate.extractors import try_date_expr

    try:
        found: str | None = try_date_expr(stated, "%Y-%m-%d", False, _midnight(EARLIEST), _midnight(LATEST))
    except (ValueError, OverflowError):  # as above
        return None
    return found


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 -- htmldate compares with naive times
