"""What a news page states about itself in its markup: headline, author, publisher, time of publication, address, language.

Every fact is one that the page states: JSON-LD first, then meta elements, then marked-up elements of the page. Where two different
values are left, the order below decides; a value that cannot be read is passed over for the next. Nothing depends on the clock.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from onrecord.layout import folded

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
Node = dict[str, Json]

EARLIEST, LATEST = date(1995, 1, 1), date(2099, 12, 31)
"""A day outside is a fault of the page. The end is fixed, so that a page reads the same whenever it is read."""

_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Review|OpinionPiece)$")
_LINKED_DATA_NODES = 2_000

_PUBLISHED_NAMES = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "publish-date", "publish_date",
    "pubdate", "pub_date", "publication_date", "publicationdate", "parsely-pub-date", "sailthru.date", "article.published", "date-pub",
    "cxenseparse:publishtime", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "date",
    "citation_publication_date", "og:pubdate", "datecreated", "article_date_original", "originalpublicationdate", "displaydate",
)  # fmt: skip
"""Names of meta elements for the time of publication, the surest first."""

_CHANGED_NAMES = ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified")
_AUTHOR_NAMES = ("author", "parsely-author", "sailthru.author", "byl", "dc.creator", "citation_author", "article:author", "authors")

_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]+(\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)\s?(Z|[+-]\d\d:?\d\d)?)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?")
_AMBIGUOUS = re.compile(r"(?<!\d)(?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|1[0-2])[-/.](?:\d\d)?\d\d(?!\d)")
"""A day as 03-09-2026, which is one day on one side of the Atlantic and another on the other."""
_ADDRESS_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?=\D|$)")
_STATED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
"""The field in JSON-LD that is broken elsewhere."""

_BLOCKS = frozenset({"br", "div", "li", "p", "td"})
_SILENT = frozenset({"script", "style", "noscript", "svg", "template"})
_SITE_SEPARATOR = re.compile(r"\s+(?:[|·•»«~]|[-–—])\s+|\s*\|\s*|\s*»\s*")
_TITLE_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page states; ``published`` is ISO 8601, with time and offset where the page has them."""

    title: str | None
    byline: str | None
    publisher: str | None
    published: str | None
    url: str | None
    language: str | None


def facts(tree: HtmlElement) -> Facts:
    """Return what a parsed page states about itself."""
    nodes = list(_linked_data(tree))
    metas = _metas(tree)
    url = _address(tree, metas)
    publisher = _publisher(nodes, metas)
    return Facts(
        title=_title(tree, nodes, metas, publisher, url),
        byline=_author(tree, nodes, metas, publisher),
        publisher=publisher,
        published=_published(tree, nodes, metas, url),
        url=url,
        language=_language(tree, metas),
    )


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
    except ValueError:
        return None if _AMBIGUOUS.search(stated) else _day_inwords_of(stated)


def address(url: str) -> str | None:
    """Return a URL without surrounding white space if it is an absolute one of the web, else None."""
    url = url.strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in {"http", "https"} and parts.hostname and not re.search(r"\s", url) else None


def _plausible(told: str) -> str | None:
    try:
        moment = datetime.fromisoformat(told.replace(",", "."))
    except ValueError:
        return None
    return told if EARLIEST <= moment.date() <= LATEST else None


def _day_inwords_of(stated: str) -> str | None:
    from htmldate.extractors import try_date_expr

    found: str | None = try_date_expr(stated, "%Y-%m-%d", False, _midnight(EARLIEST), _midnight(LATEST))  # noqa: FBT003 -- its signature
    return found


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 -- htmldate compares with naive times


def _linked_data(tree: HtmlElement) -> Iterator[Node]:
    """Yield every object of the page's JSON-LD, outer ones first; what is not JSON is passed over."""
    left = _LINKED_DATA_NODES
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            todo: list[Json] = [json.loads(_bare_json(script.text or ""), strict=False)]
        except (ValueError, RecursionError):
            todo = [{"@type": "Article", "datePublished": found} for found in _STATED.findall(script.text or "")[:1]]
        while todo and left:
            value = todo.pop(0)
            if isinstance(value, dict):
                left -= 1
                yield value
            inner = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []
            todo.extend(v for v in inner if isinstance(v, dict | list))


def _bare_json(script: str) -> str:
    """Return a script without the comment or CDATA marks that some systems wrap around it, and without a final semicolon."""
    return re.sub(r"^\s*(?:/\*|//)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*/)?|(?://|/\*)?\s*(?:\]\]>|-->)\s*(?:\*/)?\s*$|;\s*$", "", script)


def _is_article(node: Node) -> bool:
    types = node.get("@type")
    return any(isinstance(t, str) and _ARTICLE_TYPE.search(t) for t in (types if isinstance(types, list) else [types]))


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    """Return the contents of the meta elements by their name, property or itemprop, in lower case."""
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), []).append(unescape(content))
    return found


def words_of(element: HtmlElement) -> str:
    """Return the words of an element, scripts aside, white space folded; a line break or a block parts words, an inline element does not."""
    pieces: list[str] = []
    for event, node in _walk(element):
        if event == "start":
            pieces.append(" " if node.tag in _BLOCKS else "")
            pieces.append("" if node.tag in _SILENT else node.text or "")
        else:
            pieces.append(" " if node.tag in _BLOCKS else "")
            pieces.append(node.tail or "" if node is not element else "")
    return " ".join("".join(pieces).split())


def _walk(element: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    from lxml.etree import iterwalk

    walk = iterwalk(element, events=("start", "end"))
    for event, node in walk:
        yield event, node
        if event == "start" and node.tag in _SILENT:
            walk.skip_subtree()


def _first(*values: Iterable[str]) -> str | None:
    return next((value for group in values for value in group if value.strip()), None)


# --- headline


def _title(tree: HtmlElement, nodes: Sequence[Node], metas: dict[str, list[str]], publisher: str | None, url: str | None) -> str | None:
    """Return the headline: the visible one that agrees best with those for machines, else the first of these, without the site's name."""
    sites = _site_names(publisher, url, metas)
    for_machines = [
        *metas.get("og:title", []),
        *(h for n in nodes if _is_article(n) and isinstance(h := n.get("headline"), str)),
        *metas.get("twitter:title", []),
        *(words_of(t) for t in tree.xpath("//head//title")[:1]),
        *metas.get("title", []),
    ]
    stripped = [_without_site(" ".join(unescape(words).split()), sites) for words in for_machines]
    stripped = [words for words in stripped if words and folded(words) not in sites and len(words) <= _TITLE_CHARACTERS]
    visible = [words for h in tree.xpath("//h1|//*[@itemprop='headline']")[:50] if (words := words_of(h))]
    visible = [words for words in visible if len(words) <= _TITLE_CHARACTERS and folded(words) not in sites]
    best = max(visible, key=lambda words: max((_likeness(words, other) for other in stripped), default=0.0), default=None)
    if best is not None and (not stripped or max(_likeness(best, other) for other in stripped) >= 0.4):
        return _without_site(best, sites)
    return next(iter(stripped), None)


def _likeness(one: str, other: str) -> float:
    """Return the share of words that two titles have in common (Jaccard), 1 where they differ in marks alone."""
    if folded(one) == folded(other):
        return 1.0
    a, b = (set(re.findall(r"\w+", words.casefold())) for words in (one, other))
    return len(a & b) / max(1, len(a | b)) * 0.99


def _site_names(publisher: str | None, url: str | None, metas: dict[str, list[str]]) -> set[str]:
    names = {folded(name) for name in [publisher or "", *metas.get("application-name", []), *metas.get("og:site_name", [])]}
    names.update(folded(name.lstrip("@")) for name in metas.get("twitter:site", []))
    host = (urlsplit(url).hostname or "") if url else ""
    labels = host.removeprefix("www.").split(".")
    names.update({folded(host), folded(host.removeprefix("www.")), folded("".join(labels[:-1])), *(folded(x) for x in labels[:-1] if len(x) > 3)})
    return names - {""}


def _without_site(title: str, sites: set[str]) -> str:
    """Return a title less the site's name before or behind it, and less what stands behind an upright bar."""
    parts, cuts = _SITE_SEPARATOR.split(title), list(_SITE_SEPARATOR.finditer(title))
    start, end = 0, len(title)
    while len(parts) > 1 and (_names_site(parts[-1], sites) or ("|" in cuts[-1][0] and len(parts[-1].split()) <= len(title[start : cuts[-1].start()].split()))):
        end = cuts.pop().start()
        parts.pop()
    while len(parts) > 1 and _names_site(parts[0], sites):
        start = cuts.pop(0).end()
        parts.pop(0)
    return title[start:end].strip()


def _names_site(part: str, sites: set[str]) -> bool:
    words = folded(part)
    return any(words == site or (len(words) > 3 and len(site) > 3 and (words in site or site in words)) for site in sites)


# --- author and publisher


def _names(value: Json) -> Iterator[str]:
    """Yield the names that a JSON-LD value of a person or organization holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _names(value.get("name"))
    elif isinstance(value, list):
        for one in value[:20]:
            yield from _names(one)


def _author(tree: HtmlElement, nodes: Sequence[Node], metas: dict[str, list[str]], publisher: str | None) -> str | None:
    groups: Iterator[list[str]] = (
        [_author_name(name) for name in group]
        for group in [
            *(list(_names(node.get("author"))) for node in nodes if _is_article(node)),
            *(metas.get(name, []) for name in _AUTHOR_NAMES),
            [words_of(e) for e in tree.xpath("//*[@itemprop='author' or @rel='author']")[:4]],
            [words_of(e) for e in tree.xpath("//*[contains(@class,'byline') or contains(@class,'author-name')]")[:1]],
        ]
    )
    for group in groups:
        if names := [name for name in dict.fromkeys(group) if name]:
            return ", ".join(names)
    return None


def _author_name(stated: str) -> str:
    """Return a name without "By"; "" for what is an address, an e-mail, or too long for a name."""
    words = re.sub(r"^(?:(?:written|posted|reported)\s+)?by:?\s+", "", " ".join(unescape(stated).split()), flags=re.IGNORECASE).strip(" ,;|")
    return "" if re.search(r"https?:|www\.|@|[{}<>]", words) or not 2 <= len(words) <= 120 or words.isdigit() else words


def _publisher(nodes: Sequence[Node], metas: dict[str, list[str]]) -> str | None:
    stated = (name for node in nodes if _is_article(node) for name in _names(node.get("publisher")))
    found = _first(metas.get("og:site_name", []), stated, metas.get("application-name", []))
    return " ".join(found.split()) if found and len(found) <= 100 and "://" not in found else None


# --- time of publication


def _published(tree: HtmlElement, nodes: Sequence[Node], metas: dict[str, list[str]], url: str | None) -> str | None:
    stated = [
        *_dates_of(nodes, "datePublished", articles=True),
        *(value for name in _PUBLISHED_NAMES for value in metas.get(name, [])),
        *_dates_of(nodes, "datePublished", articles=False),
        *tree.xpath("//*[contains(@itemprop,'datePublished')]/@datetime | //*[contains(@itemprop,'datePublished')]/@content"),
        *tree.xpath("//time[@pubdate]/@datetime"),
    ]
    found = [told for value in stated[:50] if (told := iso(str(value)))]
    if found:
        elements = [told for value in tree.xpath("//time/@datetime")[:50] if (told := iso(str(value)))]
        return _local(found[0], [*found, *elements], url)
    changed = [*(v for name in _CHANGED_NAMES for v in metas.get(name, [])), *_dates_of(nodes, "dateModified", articles=True)]
    latest = min((told[:10] for value in changed if (told := iso(value))), default=LATEST.isoformat())
    return _address_day(url) or _marked_up_day(tree, latest)


def _dates_of(nodes: Sequence[Node], field: str, *, articles: bool) -> Iterator[str]:
    return (told for node in nodes if _is_article(node) is articles and isinstance(told := node.get(field), str))


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


def _marked_up_day(tree: HtmlElement, latest: str) -> str | None:
    """Return the day that htmldate finds in the page's elements; its search of the whole text is off, as it takes days told for days of telling."""
    from htmldate import find_date

    found: str | None = find_date(tree, extensive_search=False, original_date=True, min_date=EARLIEST.isoformat(), max_date=latest)
    return found


# --- address and language


def _address(tree: HtmlElement, metas: dict[str, list[str]]) -> str | None:
    stated = [*tree.xpath("//link[@rel='canonical']/@href"), *metas.get("og:url", []), *metas.get("twitter:url", [])]
    return next((found for value in stated if (found := address(str(value)))), None)


def _language(tree: HtmlElement, metas: dict[str, list[str]]) -> str | None:
    stated = [tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "", *metas.get("og:locale", [])]
    tags = (value.strip().replace("_", "-") for value in stated)
    return next((tag for tag in tags if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", tag)), None)
