"""Readers: the annotated sets of a data folder as articles with labels per word."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from tokenizers import Tokenizer

from onrecord.parse import parse
from onrecord.pieces import Pieces, read_pieces
from onrecord.syntax import Syntax, lay

if TYPE_CHECKING:
    from numpy.typing import NDArray

Record = dict[str, Any]
Spans = Sequence[tuple[int, int]]

UNKNOWN = -1
ROLES = ("source", "cue", "content")
CONDITION_PARTS = ("antecedent", "consequent", "connector")
ACTS = (
    "assert",
    "predict",
    "commit",
    "offer",
    "threaten",
    "warn",
    "demand",
    "accuse",
    "deny",
    "refuse",
    "endorse",
    "ask",
)


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """One attribution in words: the cue is words ``start`` to ``last``; tags are O, B/I-source, B/I-content over the article."""

    start: int
    last: int
    words: NDArray[np.int32]
    tags: NDArray[np.int8]
    act: int


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """An article with its labels: ``tags`` O, B/I of source, cue, content; ``conditions`` 0 or the part; UNKNOWN is not judged."""

    id: str
    text: str
    pieces: Pieces
    syntax: Syntax
    tags: NDArray[np.int8]
    conditions: NDArray[np.int8]
    links: tuple[Link, ...]


def load_tokenizer(path: Path) -> Tokenizer:
    """Load a ``tokenizer.json`` that neither cuts nor pads."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def read_jsonl(path: Path) -> Iterator[Record]:
    """Yield the records of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def polnear_records(folder: Path, split: str) -> tuple[Record, ...]:
    """Read PolNeAR as records of id, text, attributions, masked spans; acts are joined where they were labelled."""
    acts = {(row["article"], row["attribution"]): row for row in read_jsonl(folder / "acts" / f"{split}.jsonl")}
    records = []
    for record in read_jsonl(folder / "polnear" / f"{split}.jsonl"):
        attributions = [
            {**item, **_act_labels(acts.get((record["id"], item["id"])), record["text"])}
            for item in record["attributions"]
        ]
        records.append(
            {
                "id": record["id"],
                "text": record["text"],
                "attributions": attributions,
                "discard": record["discard"],
                "discuss": record["discuss"],
            }
        )
    return tuple(records)


def diplomacy_records(folder: Path, split: str) -> tuple[Record, ...]:
    """Read the whole articles of the diplomacy set in the same form."""
    by_article: dict[str, list[Record]] = defaultdict(list)
    for row in read_jsonl(folder / "diplomacy" / f"{split}.jsonl"):
        by_article[row["article"]].append(
            {"source": row["source"], "cue": row["cue"], "content": row["content"], **_act_labels(row, "")}
        )
    return tuple(
        {"id": a["id"], "text": a["text"], "attributions": by_article[a["id"]], "discard": [], "discuss": []}
        for a in read_jsonl(folder / "diplomacy" / f"{split}_articles.jsonl")
    )


def label(record: Record, tokenizer: Tokenizer) -> Labelled:
    """Turn the character spans of a record into labels per word."""
    pieces = read_pieces(record["text"], tokenizer)
    tags = np.zeros(len(pieces), dtype=np.int8)
    conditions = np.full(len(pieces), UNKNOWN, dtype=np.int8)
    links = []
    for item in record["attributions"]:
        for number, role in enumerate(ROLES):
            for words in _words_of(pieces, item[role]):
                if not tags[words].any():
                    tags[words] = 2 * number + 2
                    tags[words[0]] = 2 * number + 1
        link = _link(pieces, item)
        if link is not None:
            links.append(link)
        if item.get("conditions") is not None:
            _mark_conditions(conditions, pieces, item)
    for words in _words_of(pieces, [*record["discard"], *record["discuss"]]):
        tags[words] = np.where(tags[words] == 0, UNKNOWN, tags[words])
    return Labelled(
        record["id"], record["text"], pieces, lay(parse(record["text"]), pieces), tags, conditions, tuple(links)
    )


def _act_labels(row: Record | None, text: str) -> Record:
    """Keep what the auxiliary heads use of a statement's labels."""
    if row is None:
        return {"act": None, "conditions": None}
    conditions = [
        {part: _spans_of(c[part], row["content"], text) for part in CONDITION_PARTS} for c in row["conditions"]
    ]
    return {"act": row["act"], "conditions": conditions}


def _spans_of(part: str | list[list[int]], content: list[list[int]], text: str) -> list[list[int]]:
    """Give a condition's part as spans; literal words are sought inside the content."""
    if not isinstance(part, str):
        return part
    start = text.find(part, content[0][0], content[-1][1]) if part and content else -1
    return [[start, start + len(part)]] if start >= 0 else []


def _link(pieces: Pieces, item: Record) -> Link | None:
    """Give the attribution as seen from its cue; None without one."""
    cue = [w for words in _words_of(pieces, item["cue"]) for w in words.tolist()]
    if not cue:
        return None
    words, tags = [], []
    for number, role in ((0, "source"), (1, "content")):
        for span in _words_of(pieces, item[role]):
            words += span.tolist()
            tags += [2 * number + 1] + [2 * number + 2] * (len(span) - 1)
    act = ACTS.index(item["act"]) if item.get("act") in ACTS else UNKNOWN
    return Link(cue[0], cue[-1], np.array(words, dtype=np.int32), np.array(tags, dtype=np.int8), act)


def _mark_conditions(conditions: NDArray[np.int8], pieces: Pieces, item: Record) -> None:
    """Write the condition parts of one judged statement into the article's row."""
    for words in _words_of(pieces, item["content"]):
        conditions[words] = 0
    for condition in item["conditions"]:
        for number, part in enumerate(CONDITION_PARTS):
            for words in _words_of(pieces, condition[part] or []):
                conditions[words] = number + 1


def _words_of(pieces: Pieces, spans: Iterable[Sequence[int]]) -> Iterator[NDArray[np.int64]]:
    """Yield the words that start inside each span, leaving out spans that hold none."""
    for start, end in spans:
        low, high = np.searchsorted(pieces.starts, [start, end])
        if high > low:
            yield np.arange(low, high)
