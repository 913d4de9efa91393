from __future__ import annotations

import contextlib
import logging
import time
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import files, html, spans
from onrecord.errors import PageError
from onrecord.markup import words_of
from onrecord.publication import iso
from onrecord.records import Article, Page

PARAGRAPHS = [
    "Ana Marin said on Monday that the port of Varna would stay open if the pact holds until the end of the year.",
    "“We are ready to talk, and we have been ready since the spring,” the mayor told reporters at the gate of the old port.",
    "The dockers have threatened to stop work unless the council pays them for the days that they lost to the storm in May.",
    "The council meets again on Friday, and it will hear the dockers, the mayor and the owners of the ships in turn.",
]
BODY = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
NAVIGATION = (
    "<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav>"
    "<div class='share-buttons'><a href='#'>Share on Facebook</a></div>"
)
COMMENTS = "<div id='comments'><h2>Comments</h2><p>ivo says: the mayor said that she would resign, and she has not done it yet.</p></div>"
RELATED = "<div class='related'><h3>Related</h3><ul><li><a href='/x'>Mayor vows to fight the pact in court, she says</a></li></ul></div>"


def page(body: str = f"<h1>Mayor speaks in Varna</h1>{BODY}", head: str = "") -> str:
    article = f"<article>{body}</article>"
    return f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{NAVIGATION}{article}{RELATED}{COMMENTS}</body></html>"


def meta(name: str, content: str) -> str:
    return f"<meta property='{name}' content='{content}'>"


def linked(data: str) -> str:
    return f"<script type='application/ld+json'>{data}</script>"


def titled(words: str) -> str:
    return f"<title>{words}</title>"


def canonical(url: str) -> str:
    return f"<link rel='canonical' href='{url}'>"


SITE = meta("og:site_name", "Varna Times")
PUBLISHED = "article:published_time"


def read(source: str | bytes) -> Article:
    return files.article(Page("a.html", "a.html", "html", source if isinstance(source, bytes) else source.encode()))


def test_a_page_is_its_title_a_blank_line_and_a_paragraph_a_line() -> None:
    article = read(page())
    assert article.text == "\n".join(["Mayor speaks in Varna", "", *PARAGRAPHS])
    assert (article.title, article.title_span) == ("Mayor speaks in Varna", (0, 21))
    assert (article.language, article.published, article.byline) == ("en", None, None)


def test_facts_that_a_page_states() -> None:
    stated = (
        meta("author", "By Jane Doe")
        + canonical("https://varna.example/a")
        + meta(PUBLISHED, "2023-02-16T10:15:00+02:00")
    )
    article = read(page(head=SITE + stated))
    assert (article.publisher, article.byline, article.url) == ("Varna Times", "Jane Doe", "https://varna.example/a")
    assert article.published == "2023-02-16T10:15:00+02:00"


@pytest.mark.parametrize(
    ("h1", "head", "expected", "why"),
    [
        (["Mayor speaks"], titled("Mayor speaks - Varna Times"), "Mayor speaks", "the visible headline"),
        ([], SITE + titled("Mayor speaks - Varna Times"), "Mayor speaks", "the site's name behind"),
        ([], SITE + meta("og:title", "Varna Times | Mayor speaks"), "Mayor speaks", "the site's name before"),
        ([], canonical("https://www.varnatimes.example/a") + titled("Mayor speaks – Varna Times"), "Mayor speaks", "known by its address"),
        ([], canonical("https://varna.example/a") + titled("Varna mayor in Burgas – Council"), "Varna mayor in Burgas – Council",
         "a word of the address inside a headline"),
        ([], titled("Mayor speaks | Reuters"), "Mayor speaks", "an upright bar"),
        ([], titled("Marin will visit Minsk - Kremlin"), "Marin will visit Minsk - Kremlin", "who says so is no site"),
        (["World", "Mayor speaks"], meta("og:title", "Mayor speaks again"), "Mayor speaks", "which of two agrees"),
        (["Varna Times"], SITE + meta("og:title", "Mayor speaks"), "Mayor speaks", "the visible one is the site"),
        (["Politics | Mayor speaks"], meta("og:title", "Mayor speaks"), "Mayor speaks", "a rubric run into it"),
        ([], linked('{"@type": "NewsArticle", "headline": "Marin &amp; Co speak"}'), "Marin & Co speak", "JSON-LD"),
        ([], "", None, "no headline"),
    ],
)  # fmt: skip
def test_titles(h1: list[str], head: str, expected: str | None, why: str) -> None:
    article = read(page("".join(f"<h1>{words}</h1>" for words in h1) + BODY, head))
    assert article.title == expected, why
    assert article.text.startswith(expected or PARAGRAPHS[0])


LOCAL = '{"@type": "WebPage", "datePublished": "2023-02-17T01:15:00+02:00"}'
GRAPH = (
    '{"@graph": [{"@type": "WebPage", "datePublished": "2020-01-01"}, '
    '{"@type": ["NewsArticle"], "datePublished": "2023-02-16T10:15+03:00"}]}'
)
BROKEN = '{"@type": "NewsArticle", "headline": "a "b"", "datePublished": "2023-02-16T10:15:00Z"}'


@pytest.mark.parametrize(
    ("head", "expected", "why"),
    [
        (linked(GRAPH), "2023-02-16T10:15+03:00", "the article's, not the site's"),
        (linked('/*<![CDATA[*/{"@type": "NewsArticle", "datePublished": "2023-02-16"}/*]]>*/'), "2023-02-16", "wrapped"),
        (linked('\n<!-- //\n {"@type": "NewsArticle", "datePublished": "2023-02-16"} ; \n'), "2023-02-16", "half a comment"),
        (linked('//<![CDATA[\n{"@type": "NewsArticle", "datePublished": "2023-02-16"}\n// ]]> '), "2023-02-16", "wrapped by lines"),
        (linked(BROKEN), "2023-02-16T10:15:00Z", "broken elsewhere"),
        (meta("parsely-pub-date", "2023-02-16T08:15:00Z"), "2023-02-16T08:15:00Z", "a meta element"),
        (meta("article:modified_time", "2023-02-18"), None, "changed is not published"),
        (meta(PUBLISHED, "2023-02-16T23:15:00Z") + linked(LOCAL), "2023-02-17T01:15:00+02:00", "the same instant where the newsroom is"),
        (meta(PUBLISHED, "2023-02-17T01:15:00Z") + canonical("https://a.example/2023/02/16/x"), "2023-02-16", "the newsroom's day"),
        (meta(PUBLISHED, "2023-02-16T10:15:00Z") + canonical("https://a.example/2021/02/01/x"), "2023-02-16T10:15:00Z", "a day far off"),
        (canonical("https://a.example/2023/02/16/x"), "2023-02-16", "the address alone"),
        (meta("date", "0001-01-01T00:00:00"), None, "a default"),
        (meta(PUBLISHED, "03-09-2023"), None, "one of two days"),
        ("", None, "nothing is stated: never today"),
    ],
)  # fmt: skip
def test_published(head: str, expected: str | None, why: str) -> None:
    assert read(page(head=head)).published == expected, why


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ("<p>Published: <span>16 February 2023</span></p>", "2023-02-16"),
        ("<time datetime='2023-02-16T10:15:00+02:00'>today</time>", "2023-02-16T10:15:00+02:00"),
        ("<p>The pact of 3 May 1999, which ended the war between the two towns, is dead, says its author.</p>", None),
        (
            "<div>By Jane Doe</div><time datetime='2023-02-16T10:15:00+02:00'>2/3/2023</time>",
            "2023-02-16T10:15:00+02:00",
        ),
        ("<p>Last updated: <b>16 February 2023</b></p>", None),
        ("<p>" + PARAGRAPHS[0] * 2 + "</p><p>The pact of 3 May 1999 holds.</p>", None),
    ],
)
def test_a_day_that_stands_by_the_headline(beside: str, expected: str | None) -> None:
    assert read(page(f"<h1>Mayor speaks in Varna</h1>{beside}{BODY}")).published == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2023-02-16", "2023-02-16"),
        ("2023-02-16 10:15:00+03:00", "2023-02-16T10:15:00+03:00"),
        ("2023-02-16T10:15:00.123Z", "2023-02-16T10:15:00.123Z"),
        ("2023-02-16T10:15:00 +0300", "2023-02-16T10:15:00+0300"),
        ("2023-02-16T99:99", "2023-02-16"),
        ("20230216", "2023-02-16"),
        ("Thu, 16 Feb 2023 10:15:00 +0300", "2023-02-16T10:15:00+03:00"),
        ("February 16, 2023", "2023-02-16"),
        ("16/2/2023", "2023-02-16"),
        ("2/16/2023", "2023-02-16"),
        ("2/2/2023", "2023-02-02"),
        ("3/9/2023", None),
        ("2023-02-30", None),
        ("1970-01-01", None),
        ("yesterday", None),
        ("Thu, 16 Feb 2023 10:15:00 +99999999999999999999", None),
        ("2023-5 2T10:15:00+99:99", None),
        ("", None),
    ],
)
def test_times_as_pages_write_them(stated: str, expected: str | None) -> None:
    assert iso(stated) == expected


@pytest.mark.parametrize(
    "script", ['{"a":' + " " * 100_000 + "1}", "[" + "[]," * 100_000 + "[]]", "//" + " " * 100_000 + "x"]
)
def test_hostile_linked_data_is_read_in_good_time(script: str) -> None:
    source = page(head=linked(script))
    started = time.process_time()
    html.read(source)
    assert time.process_time() - started < 2


def test_a_caption_is_kept_where_it_alone_may_tell_the_day() -> None:
    figure = (
        "<figure><img src='a.jpg'><figcaption>Ana Marin speaks in Varna on February 16, 2023.</figcaption></figure>"
    )
    told = "Ana Marin speaks in Varna on February 16, 2023."
    article = read(page(f"<h1>Mayor speaks in Varna</h1>{figure}{BODY}"))
    assert [article.text[s:e] for s, e in article.captions] == [told]
    assert article.published is None
    dated = read(page(f"<h1>Mayor speaks in Varna</h1>{figure}{BODY}", "<meta name='date' content='2023-02-16'>"))
    assert told not in dated.text


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("<meta name='author' content='Written by Jane Doe'>", "Jane Doe"),
        ("<meta name='author' content='https://a.example/jane'>", None),
        ("<meta name='author' content='jane@varna.example'>", None),
        ("<meta name='author' content='Jane Doe 16 Feb 2023'>", "Jane Doe"),
        ("<meta name='author' content='Byron Lee'>", "Byron Lee"),
        (linked('{"@type": "Report", "author": [{"name": "Jane Doe"}, {"name": "Ivo Lee"}, {"name": "Jane Doe"}]}'), "Jane Doe, Ivo Lee"),
        (linked('{"@type": "NewsArticle", "author": {"name": {"x": 7}}}'), None),
    ],
)  # fmt: skip
def test_authors(names: str, expected: str | None) -> None:
    assert read(page(head=names)).byline == expected


@pytest.mark.parametrize("named", ["class='ad'", "class='wide ad-box advert'", "id='newsletter'"])
def test_advertisements_inside_an_article_are_left_out(named: str) -> None:
    advertisement = (
        f"<div {named}><p>Dry well? Call us today and “we will find you water or you pay nothing”.</p></div>"
    )
    assert "Dry well" not in read(page(f"<h1>Mayor speaks in Varna</h1>{advertisement}{BODY}")).text
    story = f"<h1>Mayor speaks in Varna</h1><div class='headland advice'>{BODY}</div>"
    assert read(page(story)).text.endswith(PARAGRAPHS[-1])


def test_clutter_that_the_extraction_leaves_is_marked() -> None:
    article = read(page(f"<h1>Mayor speaks in Varna</h1>{BODY}<p>Follow us on Twitter @varnatimes</p>"))
    assert [article.text[s:e] for s, e in article.clutter] == ["Follow us on Twitter @varnatimes"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("café".encode(), "café"),
        (b"\xef\xbb\xbfcaf\xc3\xa9", "café"),
        ("café".encode("utf-16"), "café"),
        (b"<meta charset='windows-1251'>\xcc\xe8\xed\xf1\xea", "<meta charset='windows-1251'>Минск"),
        (b"<meta content='text/html; charset=iso-8859-1'>\x93caf\xe9\x94", "<meta content='text/html; charset=iso-8859-1'>“café”"),
        (b"<meta charset='no-such-charset'>caf\xe9", "<meta charset='no-such-charset'>café"),
        (b"<meta charset='base64'>caf\xe9", "<meta charset='base64'>café"),
        (b"<meta charset='utf-8'>caf\xe9", "<meta charset='utf-8'>caf\ufffd"),
        (b"caf\xe9", "café"),
    ],
)  # fmt: skip
def test_decoding(data: bytes, expected: str) -> None:
    assert html.decode(data) == expected


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("Just words, no markup.", "the page holds no HTML markup; give it as text"),
        ("<html><body></body></html>", "no text of an article was found in the page"),
        (
            "<html><head><title>Index</title></head><body><nav><a href='/a'>A</a></nav></body></html>",
            "no text of an article",
        ),
        ("<p " + " ".join(f"a{n}" for n in range(10_000)) + ">x", "an element has more than 2,000 attributes"),
        ("<b>" * 200_000, "the page has more than 150,000 tags"),
        ("<div>" * 50_000 + "x", "no text of an article was found in the page"),
        (
            f"<html><body>{'<p>Der Rat will tagen, und die Lage in der Stadt ist ernst.</p>' * 20}</body></html>",
            "not English",
        ),
    ],
)
def test_a_page_that_is_no_article_is_refused_with_the_reason(source: str, reason: str) -> None:
    with pytest.raises(PageError) as caught:
        read(source)
    assert str(caught.value).startswith(reason)


def test_what_a_foreign_parser_raises_is_the_page_s_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("odd markup")

    monkeypatch.setattr(trafilatura, "extract", fail)
    with pytest.raises(PageError, match=r"the article could not be extracted \(AssertionError: odd markup\)"):
        read(page())


def test_hostile_markup_stays_inside_its_page() -> None:
    entity = "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'><!ENTITY a 'boom'>]>" + page(
        f"<h1>T</h1>{BODY}<p>&x;&a; it ended here, he said.</p>"
    )
    assert "boom" not in read(entity).text
    bars = read(page(head="<title>" + "a | " * 100_000 + "</title>"))
    assert bars.title is None or len(bars.title) < 400
    nested = read(page(head="<script type='application/ld+json'>" + "[" * 100_000 + "</script>"))
    assert nested.title == "Mayor speaks in Varna"


def test_the_parser_s_remarks_stay_off_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(PageError):
        read("<html><body><!-- nothing --></body></html>")
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("trafilatura").level == logging.NOTSET


def test_words_of_an_element() -> None:
    from lxml.html import fromstring

    element = fromstring("<h1>Ma<b>yor</b> <script>x()</script>speaks<br>in <i>Varna</i></h1>tail")
    assert words_of(element.find(".//h1") if element.tag != "h1" else element) == "Mayor speaks in Varna"


def test_the_same_page_reads_the_same_twice() -> None:
    assert read(page()) == read(page())


PIECES = st.sampled_from(
    ["<p>", "</p>", "<div class=x>", "</div>", "<h1>", "</h1>", "<figcaption>", "<table><tr><td>", "<meta charset=utf-16>", "<!--", "-->",
     "<script>",
     "<title>a - b | c</title>", "<br>", "&#0;", "&#xD800;", "\u2028", "\x85", "\x0b", "<time datetime='2023-02-16'>", "16 Feb 2023",
     PARAGRAPHS[0], "picture caption", "By Jane Doe", "<meta property=og:title content='\u2028x'>", "<html lang='x y'>",
     "<link rel=canonical href='http://[x'>"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=25))
def test_any_markup_is_read_or_refused(pieces: list[str]) -> None:
    try:
        article = read("".join(pieces).encode("utf-8", "replace"))
    except PageError:
        return
    assert article.text.encode()
    for found in (article.captions, article.clutter, (article.title_span,) if article.title_span else ()):
        assert spans.lawful(article.text, found) == found
    assert not spans.overlaps(article.captions, article.clutter)


KINDS: tuple[Literal["html", "text", "json"], ...] = ("html", "text", "json")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for kind in KINDS:
        with contextlib.suppress(PageError):
            assert files.article(Page("a", None, kind, data)).text


@pytest.mark.parametrize("reference", ["&#12;", "&#x1b;", "&#0;", "&#xfffe;"])
def test_a_reference_to_a_control_character_is_white_space(reference: str) -> None:
    assert "spoke twice" in " ".join(
        read(page(f"<h1>Mayor speaks</h1><p>The mayor{reference} spoke twice.</p>{BODY}")).text.split()
    )
