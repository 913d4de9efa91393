"""What the markup of a page holds for machines: JSON-LD objects, meta elements, the words of an element."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
Node = dict[str, Json]
"""One object of JSON-LD."""

Metas = dict[str, list[str]]
"""The contents of meta elements by name, property or itemprop, in small letters."""

_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Review|OpinionPiece)$")
_LINKED_DATA_NODES = 2_000
_STATED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
"""The field in JSON-LD that is broken elsewhere."""

_MARKS = re.compile(r"\A(?:/\*|//)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*/)?|(?:(?://|/\*)\s*)?(?:\]\]>|-->)\s*(?:\*/)?\Z|;\Z")
"""The marks of comments and CDATA around a script, which blanks do not begin: they would be tried from each blank of many."""

_BLOCKS = frozenset({"br", "div", "li", "p", "td"})
_SILENT = frozenset({"script", "style", "noscript", "svg", "template"})


def linked_data(tree: HtmlElement) -> Iterator[Node]:
    """Yield every object of the page's JSON-LD, outer ones first; what is not JSON is passed over."""
    left = _LINKED_DATA_NODES
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            todo = deque[Json]([json.loads(_bare_json(script.text or ""), strict=False)])
        except (ValueError, RecursionError):
            todo = deque(
                {"@type": "Article", "datePublished": found} for found in _STATED.findall(script.text or "")[:1]
            )
        while todo and left:
            value = todo.popleft()
            if isinstance(value, dict):
                left -= 1
                yield value
            inner = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []
            todo.extend(v for v in inner if isinstance(v, dict | list))


def metas(tree: HtmlElement) -> Metas:
    """Return what the meta elements hold."""
    found: Metas = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), []).append(unescape(content))
    return found


def is_article(node: Node) -> bool:
    """Tell whether an object describes an article, not a site, a picture or a comment."""
    types = node.get("@type")
    return any(isinstance(t, str) and _ARTICLE_TYPE.search(t) for t in (types if isinstance(types, list) else [types]))


def words_of(element: HtmlElement) -> str:
    """Return the words of an element, scripts aside, white space folded; blocks part words, inline elements do not."""
    pieces: list[str] = []
    for event, node in _walk(element):
        if event == "start":
            pieces.append(" " if node.tag in _BLOCKS else "")
            pieces.append("" if node.tag in _SILENT else node.text or "")
        else:
            pieces.append(" " if node.tag in _BLOCKS else "")
            pieces.append(node.tail or "" if node is not element else "")
    return " ".join("".join(pieces).split())


def _bare_json(script: str) -> str:
    """Return a script without the comment or CDATA marks that some systems wrap around it, and without a final semicolon."""
    return _MARKS.sub("", script.strip())


def _walk(element: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    from lxml.etree import iterwalk

    walk = iterwalk(element, events=("start", "end"))
    for event, node in walk:
        yield event, node
        if event == "start" and node.tag in _SILENT:
            walk.skip_subtree()
