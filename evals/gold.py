"""Annotated data: the rows of its files, the articles of a set, and annotated spans as records."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from onrecord.identity import row_id, sha256
from onrecord.records import Article, Manner, Quotation, Spans, Statement

Row = dict[str, Any]


def jsonl(path: Path) -> Iterator[Row]:
    """Yield the rows of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def articles(folder: Path, name: str) -> Iterator[Row]:
    """Yield the annotated articles of ``polnear/SPLIT`` or ``diplomacy/SPLIT``: id, publisher, text and attributions."""
    kind, split = name.split("/")
    if kind == "polnear":
        yield from jsonl(folder / kind / f"{split}.jsonl")
        return
    annotated = by_article(jsonl(folder / kind / f"{split}.jsonl"))
    for article in jsonl(folder / kind / f"{split}_articles.jsonl"):
        yield {**article, "publisher": publisher(article["id"]), "attributions": annotated.get(article["id"], [])}


def by_article(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the rows of each article, in order."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["article"]].append(row)
    return found


def publisher(identity: str) -> str:
    """Return who published an article of ``diplomacy``, which only its id tells.

    >>> [publisher(i) for i in ("guardian-sdf-683", "nd-train-Politics-Xinhua_40", "nd-train-kbp-NYT_ENG_20130813.0223")]
    ['guardian', 'xinhua', 'nyt']
    """
    parts = identity.lower().split("-")
    return (parts[-1] if parts[0] == "nd" else parts[0]).split("_")[0]


def bare_article(identity: str, text: str, byline: str | None = None) -> Article:
    """Return an article of which nothing but the text is known, and perhaps the author."""
    return Article(
        id=identity, path=None, url=None, publisher=None, title=None, title_span=None, byline=byline, speaker=None, dateline=None,
        published=None, read_as_of=None, language="en", text=text, captions=(), clutter=(), sha256=sha256(text.encode()),
    )  # fmt: skip


def bare_statement(of: Article, row: Row, quotation: Quotation, manner: Manner) -> Statement:
    """Return an annotated statement as one that no step has touched yet."""
    source, cue, content = (spans(row[role]) for role in ("source", "cue", "content"))
    return Statement(
        id=row_id("statement", of, source, cue, content), source=source, cue=cue, content=content, quotation=quotation, manner=manner,
        speakers=(), why_no_speaker="unresolved", on_behalf_of=(), anonymous=False, addressee=None, target=None, act="assert",
        other_acts=(), conditions=(), said_on=None, place=None, answers=None, inside=None, insertions=(), confidence=1.0,
        act_confidence=0.0,
    )  # fmt: skip


def spans(pairs: Iterable[Sequence[int]]) -> Spans:
    """Return annotated spans as the records have them."""
    return tuple((start, end) for start, end in pairs)
