"""A news page in HTML as an article's text, with what the page states about itself.

The text is the title, a blank line, and the body, one line a paragraph. Pages are hostile: they are read within limits of size,
nothing is fetched, and whatever goes wrong inside the parser is the page's fault and told as such.
"""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.errors import PageError
from onrecord.layout import folded
from onrecord.markup import words_of
from onrecord.metadata import Facts, facts
from onrecord.records import Span, Spans

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HTML_BYTES = 20_000_000
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{20000,}")
_ATTRIBUTES = 2_000
"""The parser compares each attribute of an element with all others of it."""

_TAGS = 150_000
"""Six times those of the largest news page seen; the extraction takes time that grows with their square."""

_TELLS_A_DAY = re.compile(r"\b(?:19|20)\d\d\b")
_PROMOTION = (
    "//*["
    + " or ".join(
        f"contains(concat(' ', normalize-space(@{attribute}), ' '), ' {name} ')"
        for attribute in ("class", "id")
        for name in ("ad", "ads", "advert", "advertisement", "sponsored", "promo", "newsletter", "newsletter-signup")
    )
    + "]"
)
"""Elements that are named as advertisements or the like, which the extraction would leave inside an article."""

_BODY_WORDS = 5
_CAPTION_CHARACTERS = (20, 600)


_CONTROL = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|127)|x0*(?:[0-8bcef]|1[0-9a-f]|7f|fff[ef]));", re.IGNORECASE
)
"""References to control characters, which no XML may hold: &#12; and &#x1B; but not &#9;, &#10;, &#13; or &#160;."""


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """An article's text as its page has it, the title's and the captions' offsets in it, and the facts that the page states."""

    text: str
    title_span: Span | None
    captions: Spans
    facts: Facts


def decode(data: bytes) -> str:
    """Return a page's characters: by its byte order mark, as UTF-8 if it is that, by the charset it declares, or as windows-1252.

    Bytes that the charset lacks become U+FFFD.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        match = _DECLARED.search(data[:4096])
        declared = match[1].decode("ascii").lower() if match else "windows-1252"
    if declared in {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"}:
        declared = "windows-1252"  # as every browser reads these
    try:
        return data.decode(declared, errors="replace")
    except (LookupError, ValueError):
        return data.decode("windows-1252", errors="replace")


def read(source: str, *, title: str | None = None) -> HtmlPage:
    """Return the article of a page's HTML; a title that is given stands for the page's own.

    Raises:
        PageError: there is no markup, no text of an article, or the parser gives up; the message is the reason.
    """
    _refuse_beyond_limits(source)
    tree = _tree(_CONTROL.sub(" ", source))
    stated = facts(tree)
    title = " ".join(title.split()) if title else stated.title
    lines = [words for line in _body(tree).splitlines() if (words := line.removeprefix("- ").strip()) and words != "-"]
    if lines and title and folded(lines[0]) == folded(title):
        lines = lines[1:]
    if sum(len(line.split()) for line in lines) < _BODY_WORDS:
        raise PageError(
            "no text of an article was found in the page (an index, a gallery, or a page that scripts fill)"
        )
    told = list(_figure_captions(tree))
    if stated.published is None:
        lines += [caption for caption in told if caption not in lines and _TELLS_A_DAY.search(caption)]
    head = [title, ""] if title else []
    text = "\n".join([*head, *lines])
    return HtmlPage(
        text, (0, len(title)) if title else None, _line_spans(text, frozenset(told), start=len(title or "")), stated
    )


def _refuse_beyond_limits(source: str) -> None:
    if len(source) > HTML_BYTES:
        raise PageError(f"the page has {len(source):,} characters, expected at most {HTML_BYTES:,}")
    if not re.search(r"<[a-zA-Z!?]", source):
        raise PageError("the page holds no HTML markup; give it as text (.txt) if it is text")
    if source.count("<") > _TAGS:
        raise PageError(f"the page has more than {_TAGS:,} tags, which no news page has")
    for tag in _LONG_TAG.finditer(source):
        if len(re.sub(r"\"[^\"]*\"|'[^']*'", "", tag[0]).split()) > _ATTRIBUTES:
            raise PageError(f"an element has more than {_ATTRIBUTES:,} attributes, which no news page has")


def _tree(source: str) -> HtmlElement:
    """Return the parsed page.

    Raises:
        PageError: the parser finds nothing in it, or gives up.
    """
    from trafilatura.utils import load_html

    _quieten()
    whole = (
        source
        if re.search(r"<(?:html|body)\b", source[:20_000], re.IGNORECASE)
        else f"<html><body>{source}</body></html>"
    )
    try:
        tree = load_html(whole)
    except Exception as error:  # foreign markup in a foreign parser: whatever it raises is a fault of that page
        raise PageError(f"the HTML could not be parsed ({type(error).__name__}: {error})") from error
    if tree is None:
        raise PageError("the page holds nothing that an HTML parser can read")
    return tree


def _body(tree: HtmlElement) -> str:
    """Return the article's own paragraphs, one a line; "" if there are none.

    Raises:
        PageError: the extraction gives up.
    """
    from trafilatura import extract

    try:
        found: str | None = extract(
            tree, include_comments=False, include_formatting=False, with_metadata=False, prune_xpath=_PROMOTION
        )
    except Exception as error:  # as above
        raise PageError(f"the article could not be extracted ({type(error).__name__}: {error})") from error
    return found or ""


def _figure_captions(tree: HtmlElement) -> Iterator[str]:
    """Yield the captions of the page's figures; links to other articles have some too, and are passed over."""
    least, most = _CAPTION_CHARACTERS
    for element in tree.xpath("//figcaption[not(ancestor::a) and not(ancestor::nav) and not(ancestor::aside)]")[:50]:
        words = words_of(element)
        if least <= len(words) <= most:
            yield words


def _line_spans(text: str, wanted: frozenset[str], *, start: int) -> Spans:
    """Return the spans of the lines behind ``start`` that are wanted."""
    spans: list[Span] = []
    offset = 0
    for line in text.split("\n"):
        if line in wanted and offset > start:
            spans.append((offset, offset + len(line)))
        offset += len(line) + 1
    return tuple(spans)


def _quieten() -> None:
    """Keep the libraries' remarks on bad markup off the terminal; a program that configures logging still gets them."""
    for name in ("trafilatura", "htmldate", "courlan", "justext", "charset_normalizer"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
