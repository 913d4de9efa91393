"""Inputs as pages, and a page as an article: files, folders, JSON Lines and standard input, read within limits and one at a time."""

from __future__ import annotations

import codecs
import json
import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import BinaryIO, Literal
from urllib.parse import urlsplit, urlunsplit

from onrecord import html, layout, spans
from onrecord.errors import PageError
from onrecord.identity import file_id, sha256
from onrecord.pagewords import words_of_kind
from onrecord.proofs import is_published
from onrecord.records import Article, Page, Refused

TEXT_CHARACTERS = 1_000_000
HTML_BYTES = html.HTML_BYTES
LINE_BYTES = 2 * HTML_BYTES
"""A line of JSON Lines may hold a whole page, escaped."""

_TEXT_BYTES = 4 * TEXT_CHARACTERS + 3  # UTF-8 takes at most four bytes a character, and a byte order mark
_KINDS: dict[str, Literal["text", "html", "jsonl"]] = {
    ".html": "html", ".htm": "html", ".txt": "text", ".md": "text", ".jsonl": "jsonl",
}  # fmt: skip
_KNOWN = ".html, .htm, .txt, .md or .jsonl"
_MAGIC = (
    (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"), (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"), (b"\x1f\x8b", "gzip data"), (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"SQLite format 3\0", "an SQLite database"), (b"\x7fELF", "a program"), (b"{\\rtf", "an RTF document"),
)  # fmt: skip
_FIGURES = 50
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_FIELDS = ("id", "text", "html", "title", "published", "url", "publisher", "byline", "speaker")
_TRACKERS = re.compile(r"utm_\w+|fbclid|gclid")
_DEFAULT_PORTS = {"http": 80, "https": 443}

_ENGLISH_SHARE = 0.03
_ENGLISH_WORDS = 60


def pages(inputs: Sequence[str], *, stdin: BinaryIO | None = None) -> Iterator[Page | Refused]:
    """Yield the pages of files, folders and standard input ("-"), in the order given, folders by path.

    A folder is read with all that is in it, hidden files, files of other kinds and links to folders aside. A JSON Lines file gives a
    page a line. What cannot be read is yielded as refused, and the rest goes on.
    """
    for name in inputs:
        if name == "-":
            yield from _stream(stdin if stdin is not None else sys.stdin.buffer)
        else:
            yield from _path(name)


def article(page: Page) -> Article:
    """Return the article of a page: text, facts, captions, clutter; ``read_as_of`` is left for a later step.

    Raises:
        PageError: the page cannot be read as an article; the message is the reason.
    """
    _refuse_binary(page)
    if page.kind == "json":
        return _from_json(page)
    if page.kind == "html":
        return _from_html(page, html.decode(page.data), {"id": file_id(page.data)})
    return _from_text(page, _decoded(page.data), {"id": file_id(page.data)})


def canonical_url(url: str) -> str:
    """Return a URL with scheme and host in small letters, without default port, fragment and tracking parameters.

    >>> canonical_url("HTTPS://News.Example:443/a?utm_source=x&page=2#top")
    'https://news.example/a?page=2'
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    if not parts.hostname:
        return url.strip()
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    netloc = host if port in {None, _DEFAULT_PORTS.get(parts.scheme)} else f"{host}:{port}"
    pairs = [pair for pair in parts.query.split("&") if pair and not _TRACKERS.fullmatch(pair.split("=")[0])]
    return urlunsplit((parts.scheme, netloc, parts.path or "/", "&".join(pairs), ""))


# --- inputs


def _path(name: str) -> Iterator[Page | Refused]:
    path = Path(name)
    name = _printable(path)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        yield _refused(name, "there is no such file or folder; check the path")
        return
    except (OSError, ValueError) as error:
        yield _refused(name, f"it cannot be read ({_why(error)})")
        return
    if stat.S_ISDIR(mode):
        found = False
        for page in _folder(path):
            found = True
            yield page
        if not found:
            yield _refused(name, f"the folder holds no page; expected files named {_KNOWN}")
    elif not stat.S_ISREG(mode):
        yield _refused(name, 'not a file or a folder; give "-" to read standard input')
    else:
        yield from _file(path)


def _folder(folder: Path) -> Iterator[Page | Refused]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _refused(_printable(folder), f"the folder cannot be read ({_why(error)})")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(Path(entry.path))
        elif entry.is_file() and Path(entry.name).suffix.lower() in _KINDS:
            yield from _file(Path(entry.path))


def _file(path: Path) -> Iterator[Page | Refused]:
    kind = _KINDS.get(path.suffix.lower())
    name = _printable(path)
    if kind is None:
        yield _refused(name, f"unknown kind of file {path.suffix or '(no extension)'}; expected {_KNOWN}")
        return
    try:
        with path.open("rb") as file:
            if kind == "jsonl":
                yield from _lines(file, name, name)
            else:
                yield _whole(file, name, name, kind)
    except OSError as error:
        yield _refused(name, f"the file cannot be read ({_why(error)})")


def _whole(
    file: BinaryIO, name: str, path: str | None, kind: Literal["text", "html"], head: bytes = b""
) -> Page | Refused:
    """Return a file as one page, or refused if it is larger than its kind may be; no more than the limit is read."""
    limit = HTML_BYTES if kind == "html" else _TEXT_BYTES
    data = head + file.read(limit + 1 - len(head))
    if len(data) <= limit:
        return Page(name, path, kind, data)
    expected = f"{HTML_BYTES:,} bytes" if kind == "html" else f"{TEXT_CHARACTERS:,} characters"
    return _refused(name, f"larger than a page may be; expected at most {expected}; split it into articles")


def _lines(file: BinaryIO, name: str, path: str | None, head: bytes = b"", number: int = 1) -> Iterator[Page | Refused]:
    """Yield a page for each line that is not blank; ``head`` is what was read of the first line, whose number is given."""
    for at in count(number):
        line = head if head.endswith(b"\n") else head + file.readline(LINE_BYTES + 1)
        head = b""
        if not line:
            return
        where = f"{name}:{at}"
        if len(line) > LINE_BYTES:
            while not line.endswith(b"\n") and (line := file.readline(LINE_BYTES)):
                pass
            yield _refused(where, f"the line is longer than {LINE_BYTES:,} bytes; expected one article a line")
        elif data := (line.removeprefix(codecs.BOM_UTF8) if at == 1 else line).strip():
            yield Page(where, path, "json", data)


def _stream(file: BinaryIO) -> Iterator[Page | Refused]:
    """Yield the pages of standard input, which is what its first character that is not white space says."""
    blank: list[bytes] = []
    line, left = file.readline(_TEXT_BYTES), _TEXT_BYTES
    while line and not line.removeprefix(b"" if blank else codecs.BOM_UTF8).strip() and len(line) < left:
        blank.append(line)
        left -= len(line)
        line = file.readline(left)
    opening = line.removeprefix(codecs.BOM_UTF8).strip()[:1]
    if opening == b"{":
        yield from _lines(file, "-", None, line, 1 + len(blank))
    else:
        yield _whole(file, "-", None, "html" if opening == b"<" else "text", b"".join([*blank, line]))


def _refused(name: str, reason: str) -> Refused:
    return Refused(name, reason, None)


def _why(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _printable(path: Path) -> str:
    """Return a path as text; bytes of a name that are not UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", errors="replace")


# --- pages


def _from_text(page: Page, text: str, given: dict[str, str]) -> Article:
    if len(text) > TEXT_CHARACTERS:
        raise PageError(
            f"the text has {len(text):,} characters, expected at most {TEXT_CHARACTERS:,}; split it into articles"
        )
    if not text.strip():
        raise PageError("the page is empty, expected an article")
    _refuse_other_languages(text)
    marked = layout.read(text, title=given.get("title"))
    return Article(
        id=given["id"],
        path=page.path,
        url=given.get("url"),
        publisher=given.get("publisher"),
        title=marked.title,
        title_span=marked.title_span,
        byline=given.get("byline") or marked.byline,
        speaker=given.get("speaker"),
        dateline=marked.dateline,
        published=given.get("published"),
        read_as_of=None,
        language=None,
        text=text,
        captions=marked.captions,
        clutter=marked.clutter,
        sha256=sha256(text.encode()),
    )


def _from_html(page: Page, source: str, given: dict[str, str]) -> Article:
    read = html.read(source, title=given.get("title"))
    title = read.text[slice(*read.title_span)] if read.title_span else None
    marked = _from_text(page, read.text, given | ({"title": title} if title else {}))
    facts = read.facts
    told = [
        span for span in read.captions[:_FIGURES] if not spans.overlaps([span], (*marked.captions, *marked.clutter))
    ]
    return replace(
        marked,
        url=marked.url or facts.url,
        publisher=marked.publisher or facts.publisher,
        byline=given.get("byline") or facts.byline or marked.byline,
        published=marked.published or facts.published,
        language=facts.language,
        title=title,
        title_span=read.title_span,
        captions=tuple(sorted((*marked.captions, *told))),
    )


def _from_json(page: Page) -> Article:
    given = _fields(_decoded(page.data))
    if ("text" in given) == ("html" in given):
        raise PageError('expected either "text" or "html", found ' + ("both" if "text" in given else "neither"))
    given["id"] = given.get("id") or (canonical_url(given["url"]) if "url" in given else file_id(page.data))
    if "html" in given:
        return _from_html(page, given["html"], given)
    return _from_text(page, given["text"], given)


def _fields(line: str) -> dict[str, str]:
    """Return the fields of a JSON line that are ours and not empty.

    Raises:
        PageError: the line is no JSON object, or a field is not what it has to be.
    """
    try:
        record = json.loads(line)
    except RecursionError as error:
        raise PageError("the line is nested too deeply; expected one object a line, its fields strings") from error
    except ValueError as error:
        raise PageError(f"not JSON ({error}); expected one object a line") from error
    if not isinstance(record, dict):
        raise PageError(f'expected an object such as {{"id": "...", "text": "..."}}, found {line[:40]}')
    fields = {name: record[name] for name in _FIELDS if record.get(name) not in (None, "")}
    for name, value in fields.items():
        if not isinstance(value, str):
            raise PageError(f'"{name}" is {json.dumps(value)[:40]}, expected a string')
        if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
            raise PageError(
                f'"{name}" holds a character that is none (NUL or half of a surrogate pair); write it as UTF-8'
            )
    if "published" in fields and not is_published(fields["published"]):
        raise PageError(
            f'"published" is "{fields["published"][:40]}", expected ISO 8601, such as 2023-02-16 or 2023-02-16T10:15:00+03:00'
        )
    return fields


def _decoded(data: bytes) -> str:
    """Return bytes as UTF-8 text without a byte order mark, which is no character of the text."""
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start + (len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0)
        raise PageError(
            f"not UTF-8: byte {data[at]:#04x} at offset {at:,}; save the file as UTF-8 (iconv can convert it)"
        ) from error


def _refuse_binary(page: Page) -> None:
    """Raise PageError for an empty page and for what is no text at all, whatever it is named."""
    if not page.data.strip():
        raise PageError("the page is empty, expected an article")
    kind = next((kind for magic, kind in _MAGIC if page.data.startswith(magic)), None)
    if kind:
        raise PageError(f"this is {kind}, expected text or HTML")
    if page.data.startswith(_UTF16):
        if page.kind != "html":
            raise PageError("this is UTF-16, expected UTF-8; save the file as UTF-8 (iconv can convert it)")
    elif b"\0" in page.data:
        raise PageError(f"binary data (NUL at byte {page.data.index(0):,}), expected text or HTML")


def _refuse_other_languages(text: str) -> None:
    """Raise PageError for a text of some length in which the commonest English words are far too rare.

    English articles have 0.12 to 0.35 of them, English lists of links as little as 0.04, other languages under 0.02.
    """
    words = re.findall(r"[^\W\d_]+", text[:100_000].casefold())
    if len(words) < _ENGLISH_WORDS:
        return
    share = sum(map(words_of_kind("english").__contains__, words)) / len(words)
    if share < _ENGLISH_SHARE:
        raise PageError(
            f"not English: {share:.0%} of its words are common English ones, expected at least {_ENGLISH_SHARE:.0%}"
        )
