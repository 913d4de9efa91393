"""What a news page states about itself in its markup: headline, author, publisher, time of publication, address, language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from onrecord.layout import folded
from onrecord.markup import Json, Metas, Node, is_article, linked_data, metas, words_of
from onrecord.publication import published

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_AUTHOR_NAMES = (
    "author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "citation_author",
    "article:author",
    "authors",
)

_SITE_SEPARATOR = re.compile(r"\s+(?:[|·•»«~]|[-–—])\s+|\s*\|\s*|\s*»\s*")
_RUBRIC = re.compile(r"[^|]{1,30}\|\s*(.+)")
"""A headline that the page's rubric has been run into: "Politics | Talks resume"."""
_AGREEMENT = 0.4
"""A visible headline that agrees less with those for machines is the page's section or site."""
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
    nodes = list(linked_data(tree))
    stated = metas(tree)
    url = _address(tree, stated)
    publisher = _publisher(tree, nodes, stated)
    title = _title(tree, nodes, stated, publisher, url)
    return Facts(
        title=title,
        byline=_author(tree, nodes, stated),
        publisher=publisher,
        published=published(tree, nodes, stated, url, title),
        url=url,
        language=_language(tree, stated),
    )


def address(url: str) -> str | None:
    """Return a URL without surrounding white space if it is an absolute one of the web, else None."""
    url = url.strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in {"http", "https"} and parts.hostname and not re.search(r"\s", url) else None


# --- headline


def _title(
    tree: HtmlElement, nodes: Sequence[Node], metas: Metas, publisher: str | None, url: str | None
) -> str | None:
    """Return the headline: the visible one that agrees best with those for machines, else the first of these, without the site's name."""
    sites = _site_names(publisher, url, metas)
    for_machines = [
        *metas.get("og:title", []),
        *(h for n in nodes if is_article(n) and isinstance(h := n.get("headline"), str)),
        *metas.get("twitter:title", []),
        *(words_of(t) for t in tree.xpath("//head//title")[:1]),
        *metas.get("title", []),
    ]
    stripped = [
        _without_site(" ".join(unescape(words).split()), sites)
        for words in for_machines
        if len(words) <= _TITLE_CHARACTERS
    ]
    stripped = [words for words in stripped if words and folded(words) not in sites]
    visible = [words for h in tree.xpath("//h1|//*[@itemprop='headline']")[:50] if (words := words_of(h))]
    visible = [words for words in visible if len(words) <= _TITLE_CHARACTERS and folded(words) not in sites]
    best = max(visible, key=lambda words: _agreement(words, stripped), default=None)
    if best is not None and (not stripped or _agreement(best, stripped) >= _AGREEMENT):
        rubric = _RUBRIC.match(best)
        return (
            rubric[1]
            if rubric and any(folded(rubric[1]) == folded(other) for other in stripped)
            else _without_site(best, sites)
        )
    return next(iter(stripped), None)


def _agreement(words: str, others: Sequence[str]) -> float:
    """Return the likeness to the most alike of some titles, of which an earlier one counts for a little more."""
    return max((_likeness(words, other) - 0.01 * rank for rank, other in enumerate(others)), default=0.0)


def _likeness(one: str, other: str) -> float:
    """Return the share of words that two titles have in common (Jaccard), 1 where they differ in marks alone."""
    if folded(one) == folded(other):
        return 1.0
    a, b = (set(re.findall(r"\w+", words.casefold())) for words in (one, other))
    return len(a & b) / max(1, len(a | b)) * 0.99


def _site_names(publisher: str | None, url: str | None, metas: Metas) -> set[str]:
    names = {
        folded(name) for name in [publisher or "", *metas.get("application-name", []), *metas.get("og:site_name", [])]
    }
    names.update(folded(name.lstrip("@")) for name in metas.get("twitter:site", []))
    host = (urlsplit(url).hostname or "") if url else ""
    labels = host.removeprefix("www.").split(".")
    names.update(
        {
            folded(host),
            folded(host.removeprefix("www.")),
            folded("".join(labels[:-1])),
            *(folded(x) for x in labels[:-1] if len(x) > 3),
        }
    )
    return names - {""}


def _without_site(title: str, sites: set[str]) -> str:
    """Return a title less the site's name before or behind it, and less what stands behind an upright bar."""
    parts, cuts = _SITE_SEPARATOR.split(title), list(_SITE_SEPARATOR.finditer(title))
    start, end = 0, len(title)
    while len(parts) > 1 and _names_site(parts[0], sites):
        start = cuts.pop(0).end()
        parts.pop(0)
    while len(parts) > 1 and (
        _names_site(parts[-1], sites) or _behind_bar(title[start : cuts[-1].start()], cuts[-1][0], parts[-1])
    ):
        end = cuts.pop().start()
        parts.pop()
    return title[start:end].strip()


def _behind_bar(before: str, cut: str, behind: str) -> bool:
    return "|" in cut and len(behind.split()) <= len(before.split())


def _names_site(part: str, sites: set[str]) -> bool:
    """Tell whether a part of a title is the site's name, or a good deal of it."""
    words = folded(part)
    return any(words == site or (len(words) > 3 and (words in site or _half(site, words))) for site in sites)


def _half(site: str, words: str) -> bool:
    return site in words and 2 * len(site) >= len(words)


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


def _author(tree: HtmlElement, nodes: Sequence[Node], metas: Metas) -> str | None:
    groups: Iterator[list[str]] = (
        [_author_name(name) for name in group]
        for group in [
            *(list(_names(node.get("author"))) for node in nodes if is_article(node)),
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
    """Return a name without "By" and without a time behind it; "" for what is an address, an e-mail, or no name by its length."""
    words = re.sub(
        r"^(?:(?:written|posted|reported)\s+)?by\b:?\s*", "", " ".join(unescape(stated).split()), flags=re.IGNORECASE
    )
    words = re.split(r"\s(?:(?:last )?updated|published|posted)\b|,?\s\d", words, maxsplit=1, flags=re.IGNORECASE)[
        0
    ].strip(" ,;|-–—")
    return (
        ""
        if re.search(r"https?:|www\.|@|[{}<>\d]|(?:day|posted by:?)$", words) or not 2 <= len(words) <= 120
        else words
    )


def _publisher(tree: HtmlElement, nodes: Sequence[Node], metas: Metas) -> str | None:
    """Return the name of the site or of the article's publisher; some pages give their own title for it."""
    own = {folded(words_of(title)) for title in tree.xpath("//head//title")}
    stated = (name for node in nodes if is_article(node) for name in _names(node.get("publisher")))
    for name in [*metas.get("og:site_name", []), *stated, *metas.get("application-name", [])]:
        words = " ".join(name.split())
        if words and len(words) <= 100 and "://" not in words and folded(words) not in own:
            return words
    return None


# --- address and language


def _address(tree: HtmlElement, metas: Metas) -> str | None:
    stated = [*tree.xpath("//link[@rel='canonical']/@href"), *metas.get("og:url", []), *metas.get("twitter:url", [])]
    return next((found for value in stated if (found := address(str(value)))), None)


def _language(tree: HtmlElement, metas: Metas) -> str | None:
    stated = [
        tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        *metas.get("og:locale", []),
    ]
    tags = (value.strip().replace("_", "-") for value in stated)
    return next((tag for tag in tags if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", tag)), None)
