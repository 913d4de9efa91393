from __future__ import annotations

import io
import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import files, proofs
from onrecord.errors import PageError
from onrecord.identity import sha256
from onrecord.records import Article, Findings, Page, Refused, Versions

STORY = "Mayor speaks in Varna\n\nAna Marin said on Monday that the port would stay open if the pact holds.\n"


def read_text(text: str) -> Article:
    return files.article(Page("a.txt", "a.txt", "text", text.encode()))


def read_json(record: Any) -> Article:
    line = record if isinstance(record, bytes) else json.dumps(record).encode()
    return files.article(Page("a.jsonl:1", "a.jsonl", "json", line))


def named(found: Iterator[Page | Refused]) -> list[tuple[str, str]]:
    return [(f.name, f.kind if isinstance(f, Page) else f.reason) for f in found]


# --- inputs


def test_a_folder_is_read_by_path_without_hidden_and_unknown_files(tmp_path: Path) -> None:
    for name in ["b.txt", "a/z.md", "a/y.HTML", "a.htm", ".hidden.txt", ".git/c.txt", "notes.docx", "c.jsonl"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('{"id": "1", "text": "x"}\n' if name == "c.jsonl" else "x")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    found = named(files.pages([str(tmp_path)]))
    assert [(os.path.relpath(name, tmp_path), kind) for name, kind in found] == [
        ("a/y.HTML", "html"), ("a/z.md", "text"), ("a.htm", "html"), ("b.txt", "text"), ("c.jsonl:1", "json"),
    ]  # fmt: skip


def test_what_cannot_be_read_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(STORY)
    (tmp_path / "notes.docx").write_text("x")
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    inputs = ["none.txt", "notes.docx", "empty", "pipe.txt", "bad\0name.txt", "good.txt"]
    found = named(files.pages([str(tmp_path / name) for name in inputs]))
    reasons = [
        "there is no such file or folder; check the path",
        "unknown kind of file .docx; expected .html, .htm, .txt, .md or .jsonl",
        "the folder holds no page; expected files named .html, .htm, .txt, .md or .jsonl",
        'not a file or a folder; give "-" to read standard input',
        "it cannot be read (embedded null byte)",
        "text",
    ]
    assert [told for _, told in found] == reasons


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # as root every file can be read, so the refusal of the system is played
    (tmp_path / "secret.txt").write_text("x")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    found = named(files.pages([str(tmp_path / "secret.txt")]))
    assert found == [(str(tmp_path / "secret.txt"), "the file cannot be read (Permission denied)")]


def test_a_page_over_its_limit_is_refused_without_reading_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one_line.txt"
    path.write_bytes(b"word " * 2_000_000)
    assert named(files.pages([str(path)])) == [
        (str(path), "larger than a page may be; expected at most 1,000,000 characters; split it into articles")
    ]
    monkeypatch.setattr(files, "HTML_BYTES", 100)
    (tmp_path / "a.html").write_bytes(b"<p>" + b"x" * 98)
    assert "at most 100 bytes" in named(files.pages([str(tmp_path / "a.html")]))[0][1]
    (tmp_path / "a.html").write_bytes(b"<p>" + b"x" * 97)
    assert named(files.pages([str(tmp_path / "a.html")]))[0][1] == "html"


def test_json_lines_are_numbered_as_an_editor_numbers_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"id":"1"}\r\n\n   \n{"id":"2"}\n' + b"x" * 200 + b"\nlast")
    monkeypatch.setattr(files, "LINE_BYTES", 100)
    found = list(files.pages([str(path)]))
    assert [f.name for f in found] == [f"{path}:{n}" for n in (1, 4, 5, 6)]
    assert [f.data for f in found if isinstance(f, Page)] == [b'{"id":"1"}', b'{"id":"2"}', b"last"]
    assert isinstance(found[2], Refused)
    assert "longer than 100 bytes" in found[2].reason


def test_json_lines_are_streamed() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as out, os.fdopen(writing, "wb", buffering=0) as into:
        into.write(b'{"id": "1", "text": "x"}\n')
        found = files.pages(["-"], stdin=out)
        first: list[Page | Refused] = []
        reader = threading.Thread(target=lambda: first.append(next(found)), daemon=True)
        into.write(b'{"id": "2", "text": "x"}\n')
        reader.start()
        reader.join(timeout=10)
        assert [f.name for f in first] == ["-:1"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'\n {"id": "1"}\n\n{"id": "2"}', [("-:2", "json"), ("-:4", "json")]),
        (b'{"id": "1"}', [("-:1", "json")]),
        (b"\xef\xbb\xbf{}", [("-:1", "json")]),
        (b"  <html><p>x", [("-", "html")]),
        (b"\n\nMayor speaks", [("-", "text")]),
        (b"[1, 2]", [("-", "text")]),
        (b'\xef\xbb\xbf \n\n{"id": "1"}\n{"id": "2"}\n', [("-:3", "json"), ("-:4", "json")]),
        (b"\xef\xbb\xbf\n<p>x", [("-", "html")]),
        (b" \n" * 9, [("-", "text")]),
        (b"", [("-", "text")]),
    ],
)
def test_standard_input_is_what_its_first_character_says(data: bytes, expected: list[tuple[str, str]]) -> None:
    found = list(files.pages(["-"], stdin=io.BytesIO(data)))
    assert [(f.name, f.kind) for f in found if isinstance(f, Page)] == expected
    assert all(isinstance(f, Page) and f.path is None for f in found)


@pytest.mark.parametrize("blank", [b" ", b"\n", b" \n"])
def test_blank_standard_input_is_read_in_good_time(blank: bytes) -> None:
    started = time.process_time()
    (page,) = files.pages(["-"], stdin=io.BytesIO(blank * 600_000))
    assert isinstance(page, Page)
    assert time.process_time() - started < 2
    (refused,) = files.pages(["-"], stdin=io.BytesIO(b" " * 4_000_100))
    assert isinstance(refused, Refused)


def test_standard_input_keeps_white_space_before_a_text() -> None:
    (page,) = files.pages(["-"], stdin=io.BytesIO(b"\n\n  Mayor speaks"))
    assert isinstance(page, Page)
    assert files.article(page).text == "\n\n  Mayor speaks"


# --- text


@pytest.mark.parametrize(
    "text",
    [
        "a\r\nb\rc\n",
        "one\u2028two\u2029three\x85four",
        "zero\u200bwidth\u200d\ufeffjoined",
        "  edges \n\n",
        "tab\tand\x0bfeed\x0c",
        "e\u0301 é 🙂",
    ],
)
def test_text_is_kept_to_the_character(text: str) -> None:
    read = read_text(text)
    assert read.text == text
    assert read.sha256 == sha256(text.encode())
    assert read_json({"id": "1", "text": text}).text == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_any_short_text_is_kept_or_refused_as_empty(text: str) -> None:
    data = text.encode()
    try:
        read = files.article(Page("a.txt", None, "text", data))
    except PageError:
        assert not text.strip("\ufeff").strip() or text.startswith(("{\\rtf", "GIF8", "PK\x03\x04", "%PDF-"))
    else:
        assert read.text == text.removeprefix("\ufeff")


def test_a_byte_order_mark_is_no_text_but_part_of_the_file() -> None:
    data = b"\xef\xbb\xbf" + STORY.encode()
    read = files.article(Page("a.txt", "a.txt", "text", data))
    assert read.text == STORY
    assert read.title_span == (0, 21)
    assert read.id == sha256(data)[:16]


def test_facts_of_a_text_file() -> None:
    read = read_text(STORY)
    assert (read.title, read.title_span, read.path) == ("Mayor speaks in Varna", (0, 21), "a.txt")
    assert read.id == sha256(STORY.encode())[:16]
    assert (read.published, read.read_as_of, read.url, read.publisher, read.language, read.speaker) == (None,) * 6


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the page is empty, expected an article"),
        (b" \n\t\n", "the page is empty, expected an article"),
        ("\u2003\u2028".encode(), "the page is empty, expected an article"),
        (b"\x89PNG\r\n\x1a\n....", "this is a PNG image, expected text or HTML"),
        (b"%PDF-1.7 text", "this is a PDF document, expected text or HTML"),
        (b"PK\x03\x04....", "this is a ZIP archive or an office document, expected text or HTML"),
        (b"\x1f\x8b\x08....", "this is gzip data, expected text or HTML"),
        (b"abc\0def", "binary data (NUL at byte 3), expected text or HTML"),
        ("Mayor".encode("utf-16"), "this is UTF-16, expected UTF-8; save the file as UTF-8 (iconv can convert it)"),
        (b"caf\xe9 opens", "not UTF-8: byte 0xe9 at offset 3; save the file as UTF-8 (iconv can convert it)"),
        (b"\xef\xbb\xbfcaf\xe9", "not UTF-8: byte 0xe9 at offset 6; save the file as UTF-8 (iconv can convert it)"),
        (b"x" * 1_000_001, "the text has 1,000,001 characters, expected at most 1,000,000; split it into articles"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(PageError) as caught:
        files.article(Page("a.txt", "a.txt", "text", data))
    assert str(caught.value) == reason


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n....", b"%PDF-1.7", b"<html>\0\0<p>x"])
def test_a_binary_file_named_html_is_refused(data: bytes) -> None:
    with pytest.raises(PageError, match="expected text or HTML"):
        files.article(Page("a.html", "a.html", "html", data))


GERMAN = (
    "Die Bürgermeisterin sagte am Montag, dass der Hafen offen bleibe, wenn der Pakt halte. Der Rat war nicht überzeugt und will in der "
    "nächsten Woche noch einmal tagen. Man wisse nicht, was her und was hin gehe, so ein Sprecher, und die Lage in der Stadt sei ernst. "
)
DANISH = (
    "Borgmesteren sagde mandag, at havnen forbliver åben, hvis aftalen holder. Hun har været for længe i byen, og her er der to nye møder, "
    "som skal have en god aftale. Det er ikke for sent at finde en løsning, sagde hun til avisen, men alle skal have tid til at se på det. "
)
NAMES = "Marin beat Petrov, Doe beat Roe, Smith beat Jones, Kim beat Lee. " * 8


@pytest.mark.parametrize(
    ("text", "refused", "why"),
    [
        (GERMAN * 2, True, "German"),
        (DANISH * 2, True, "Danish, which shares small words with English"),
        (GERMAN, False, "too short to judge"),
        (STORY * 6, False, "English"),
        (STORY * 6 + GERMAN, False, "English with a quotation"),
        (NAMES, True, "no sentences of English"),
    ],
)
def test_a_text_that_is_plainly_not_english_is_refused(text: str, refused: bool, why: str) -> None:
    if refused:
        with pytest.raises(
            PageError, match="not English: 0% of its words are common English ones, expected at least 3%"
        ):
            read_text(text)
    else:
        assert read_text(text).text == text, why


# --- JSON Lines


def test_fields_of_a_json_line() -> None:
    read = read_json(
        {"id": "x/1", "text": STORY, "title": "Mayor speaks in Varna", "published": "2023-02-16T10:15:00+03:00", "url": "https://a.example/1",
         "publisher": "Varna Times", "byline": "Jane Doe", "speaker": "Ana Marin", "other": {"kept": "out"}}
    )  # fmt: skip
    assert (read.id, read.path, read.url, read.publisher) == ("x/1", "a.jsonl", "https://a.example/1", "Varna Times")
    assert (read.title, read.title_span) == ("Mayor speaks in Varna", (0, 21))
    assert (read.published, read.byline, read.speaker) == ("2023-02-16T10:15:00+03:00", "Jane Doe", "Ana Marin")


VARNA = "VARNA (Reuters) - Ana Marin said on Monday that the port would stay open if the pact holds."


@pytest.mark.parametrize("given", [
    None, "Talks resume in Varna", "TALKS RESUME IN VARNA", "Talks resume in Varna.", "  Talks  resume in Varna ",
    "talks\u2028resume in varna",
    "Talks resume in Varna | Varna Times", "Talks", "“Talks resume in Varna”", "...", " ",
])  # fmt: skip
@pytest.mark.parametrize("line", [
    "Talks resume in Varna", "TALKS RESUME IN VARNA", "Talks resume in Varna.", "  Talks resume in Varna\t", "“Talks resume in Varna”",
    "By Jane Doe", "...", "",
])  # fmt: skip
def test_any_title_with_any_first_line_makes_an_article_that_holds(given: str | None, line: str) -> None:
    html = f"<html><head><title>{line} | Varna Times</title></head><body><h1>{line}</h1>{f'<p>{VARNA}</p>' * 4}</body></html>"
    title = {} if given is None else {"title": given}
    read = [
        read_text(f"{line}\n\n{VARNA}\n"),
        files.article(Page("a.html", "a.html", "html", html.encode())),
        read_json({"id": "1", "text": f"{line}\n\n{VARNA}\n"} | title),
        read_json({"id": "1", "html": html} | title),
    ]
    for one in read:
        assert proofs.problems(Findings(one, (), (), (), (), Versions("0", "0", "0"))) == ()
    if given is not None:
        assert read[2].title == given


def test_a_title_that_is_not_the_first_line_has_no_span() -> None:
    read = read_json({"id": "1", "text": "The port stays open, Marin said.\n\nMore.", "title": "Mayor speaks"})
    assert (read.title, read.title_span) == ("Mayor speaks", None)


def test_empty_fields_count_as_absent() -> None:
    read = read_json({"id": "", "text": STORY, "html": "", "title": "", "published": "", "url": "", "byline": None})
    assert (read.title, read.published, read.url, read.byline) == ("Mayor speaks in Varna", None, None, None)


def test_ids_of_json_lines() -> None:
    url = "https://News.Example:443/a?utm_source=x&page=2#top"
    assert read_json({"id": "mine", "text": STORY, "url": url}).id == "mine"
    assert read_json({"text": STORY, "url": url}).id == "https://news.example/a?page=2"
    line = json.dumps({"text": STORY}).encode()
    assert read_json(line).id == sha256(line)[:16]


def test_html_in_a_json_line_with_facts_that_stand_for_the_page_s_own() -> None:
    html = (
        "<html><head><meta property='article:published_time' content='2020-01-01'></head><body><h1>Old</h1>"
        + f"<p>{STORY}</p>" * 4
        + "</body></html>"
    )
    read = read_json(
        {"id": "1", "html": html, "title": "Mayor  speaks again", "published": "2023-02-16", "speaker": "Ana Marin"}
    )
    assert read.text.startswith("Mayor speaks again\n\n")
    assert (read.title, read.title_span, read.published, read.speaker) == (
        "Mayor speaks again",
        (0, 18),
        "2023-02-16",
        "Ana Marin",
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{not json}", "not JSON (Expecting property name"),
        (b'{"id": "1", "text": "x"', "not JSON ("),
        (b"[" * 100_000, "the line is nested too deeply"),
        (b'{"id": "1", "text": "x", "other": ' + b'{"a":' * 5_000 + b"1" + b"}" * 5_001, "the line is nested too deeply"),
        (b'{"id": "1", "text": ' + b"[" * 500 + b"]" * 500 + b"}", '"text" is [[[['),
        (b'{"id": "1", "text": "x", "published": "2023-02-16T25:00"}', '"published" is "2023-02-16T25:00", expected ISO 8601'),
        (b"[1, 2]", 'expected an object such as {"id": "...", "text": "..."}, found [1, 2]'),
        (b'"text"', "expected an object such as"),
        (b'{"id": "1"}', 'expected either "text" or "html", found neither'),
        (b'{"id": "1", "text": "", "html": null}', 'expected either "text" or "html", found neither'),
        (b'{"id": "1", "text": "x", "html": "<p>x"}', 'expected either "text" or "html", found both'),
        (b'{"id": 7, "text": "x"}', '"id" is 7, expected a string'),
        (b'{"id": 0, "text": "x"}', '"id" is 0, expected a string'),
        (b'{"id": "1", "text": ["x"]}', '"text" is ["x"], expected a string'),
        (b'{"id": "1", "text": "x", "title": {}}', '"title" is {}, expected a string'),
        (b'{"id": "1", "text": "\\ud83d x"}', '"text" holds a character that is none'),
        (b'{"id": "1\\u0000", "text": "x"}', '"id" holds a character that is none'),
        (b'{"id": "1", "text": "caf\xe9"}', "not UTF-8: byte 0xe9 at offset 24"),
        (b'{"id": "1", "text": "  "}', "the page is empty, expected an article"),
        (b'{"id": "1", "text": "x", "published": "16 Feb 2023"}', '"published" is "16 Feb 2023", expected ISO 8601, such as 2023-02-16'),
        (b'{"id": "1", "text": "x", "published": "2023-02-30"}', '"published" is "2023-02-30", expected ISO 8601'),
    ],
)  # fmt: skip
def test_a_json_line_that_is_no_article_is_refused_with_the_reason(line: bytes, reason: str) -> None:
    with pytest.raises(PageError) as caught:
        read_json(line)
    assert str(caught.value).startswith(reason)


@pytest.mark.parametrize(
    "published",
    ["2023-02-16", "2023-02-16T10:15", "2023-02-16T10:15:00Z", "2023-02-16 10:15:00.5+0300", "2023-02", "2023"],
)
def test_published_is_kept_as_stated(published: str) -> None:
    assert read_json({"id": "1", "text": STORY, "published": published}).published == published


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.example", "http://a.example/"),
        ("HTTP://A.Example:80/X?b=2&a=1&fbclid=z", "http://a.example/X?b=2&a=1"),
        ("https://a.example:8443/x?gclid=1", "https://a.example:8443/x"),
        ("https://a.example/x?q=a%20b&utm_medium=mail&utmost=1", "https://a.example/x?q=a%20b&utmost=1"),
        ("http://[2001:DB8::1]:80/x", "http://[2001:db8::1]/x"),
        ("www.a.example/x", "www.a.example/x"),
        ("http://a.example:port/x", "http://a.example:port/x"),
    ],
)
def test_canonical_urls(url: str, expected: str) -> None:
    assert files.canonical_url(url) == expected
    assert files.canonical_url(expected) == expected
