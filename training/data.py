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

LABELS = Path(__file__).parent / "labels"
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
    """An article with its labels: ``tags`` O, B/I of source, cue, content; ``conditions`` 0 or the part; ``actions`` 1 in one undertaken.

    UNKNOWN is not judged.
    """

    id: str
    text: str
    pieces: Pieces
    syntax: Syntax
    tags: NDArray[np.int8]
    conditions: NDArray[np.int8]
    actions: NDArray[np.int8]
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
    """Read PolNeAR as records of id, text, attributions, masked spans; labels of meaning are joined where there are some."""
    acts = {(row["article"], row["attribution"]): row for row in read_jsonl(folder / "acts" / f"{split}.jsonl")}
    own = own_labels("polnear")
    records = []
    for record in read_jsonl(folder / "polnear" / f"{split}.jsonl"):
        labelled = {json.dumps(row["content"]): row for row in own[record["id"]]}
        attributions = [
            {
                **item,
                **_meaning(
                    acts.get((record["id"], item["id"])) or labelled.get(json.dumps(item["content"])), record["text"]
                ),
                "annotated": (record["id"], item["id"]) in acts,
            }
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
    promised: dict[int, list[Record]] = defaultdict(list)
    for row in read_jsonl(folder / "diplomacy" / f"commitments_{split}.jsonl"):
        promised[row["statement"]].append(row)
    articles = {a["id"]: a["text"] for a in read_jsonl(folder / "diplomacy" / f"{split}_articles.jsonl")}
    for number, row in enumerate(read_jsonl(folder / "diplomacy" / f"{split}.jsonl")):
        told = {**row, "commitments": promised[number]}
        meaning = _meaning(told, articles[row["article"]])
        by_article[row["article"]].append({**_roles(row), **meaning, "annotated": True})
    return tuple(
        {"id": identity, "text": text, "attributions": by_article[identity], "discard": [], "discuss": []}
        for identity, text in articles.items()
    )


def short_records(folder: Path) -> tuple[Record, ...]:
    """Read the passages whose statements we labelled: those of other sets, where the rest of a passage is not judged, and our own."""
    texts: dict[str, str] = {}
    for path in (
        *sorted((folder / "tripwires").glob("train*.jsonl")),
        *sorted((folder / "tripwires").glob("contrast/*.jsonl")),
    ):
        for row in read_jsonl(path):
            texts |= {f"tripwires/{row['id']}/{part}": row[part]["text"] for part in ("commitment", "report")}
    texts |= {f"plover/{row['id']}": row["text"] for row in read_jsonl(folder / "plover" / "train.jsonl")}
    by_text: dict[str, tuple[str, list[Record]]] = {}
    for row in read_jsonl(LABELS / "statements.jsonl"):
        if row["article"] in texts:
            by_text.setdefault(row["article"], (texts[row["article"]], []))[1].append(row)
    for row in read_jsonl(LABELS / "written.jsonl"):
        by_text[row["id"]] = (row["text"], [row])
    return tuple(
        {
            "id": identity,
            "text": text,
            "attributions": [{**_roles(row), **_meaning(row, text), "annotated": False} for row in rows],
            "discard": [[0, len(text)]],
            "discuss": [],
        }
        for identity, (text, rows) in by_text.items()
    )


def semeval_records(folder: Path) -> tuple[Record, ...]:
    """Read the sentences of SemEval-2020 task 5, each as one content with one condition; its connector is part of its antecedent."""
    return tuple(
        {
            "id": row["id"],
            "text": row["text"],
            "attributions": [
                {
                    "source": [], "cue": [], "content": [[0, len(row["text"])]], "act": None, "other_acts": [], "commitments": None,
                    "conditions": [
                        {
                            "antecedent": [row["antecedent"]], "consequent": [row["consequent"]] if row["consequent"] else [],
                            "connector": None, "kind": None, "concessive": None, "counterfactual": None,
                        }
                    ],
                }
            ],
        }
        for row in read_jsonl(folder / "conditions_semeval20" / "spans_train.jsonl")
    )  # fmt: skip


def own_labels(of: str) -> dict[str, list[Record]]:
    """Return our labels of the statements of one set by article: ``docs/acts.md`` tells how they were made."""
    found: dict[str, list[Record]] = defaultdict(list)
    for row in read_jsonl(LABELS / "statements.jsonl"):
        kind, _, identity = row["article"].partition("/")
        if kind == of:
            found[identity].append(row)
    return found


def _roles(row: Record) -> Record:
    return {role: row[role] for role in ROLES}


def label(record: Record, tokenizer: Tokenizer) -> Labelled:
    """Turn the character spans of a record into labels per word."""
    pieces = read_pieces(record["text"], tokenizer)
    tags = np.zeros(len(pieces), dtype=np.int8)
    conditions, actions = (np.full(len(pieces), UNKNOWN, dtype=np.int8) for _ in range(2))
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
        for labels, row, parts in (
            (item["conditions"], conditions, CONDITION_PARTS),
            (item["commitments"], actions, ("action",)),
        ):
            if labels is not None:
                _mark(row, pieces, item["content"], labels, parts)
    for words in _words_of(pieces, [*record["discard"], *record["discuss"]]):
        tags[words] = np.where(tags[words] == 0, UNKNOWN, tags[words])
    return Labelled(
        record["id"],
        record["text"],
        pieces,
        lay(parse(record["text"]), pieces),
        tags,
        conditions,
        actions,
        tuple(links),
    )


def _meaning(row: Record | None, text: str) -> Record:
    """Return what is labelled of a statement's meaning, in spans; None is not judged, an agent of whom only the name is known."""
    if row is None:
        return {"act": None, "other_acts": [], "conditions": None, "commitments": None}

    def spans(part: str | list[list[int]]) -> list[list[int]]:
        return _spans_of(part, row["content"], text)

    conditions = [{**c, **{part: spans(c[part]) for part in CONDITION_PARTS}} for c in row["conditions"]]
    commitments = None
    if "commitments" in row:
        commitments = [
            {**c, "action": spans(c["action"]), "agent": None if isinstance(c["agent"], str) else c["agent"]}
            for c in row["commitments"]
        ]
    return {"act": row["act"], "other_acts": row["other_acts"], "conditions": conditions, "commitments": commitments}


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


def _mark(
    row: NDArray[np.int8], pieces: Pieces, content: Spans, labels: Sequence[Record], parts: Sequence[str]
) -> None:
    """Write the parts of one judged statement's labels into the article's row."""
    for words in _words_of(pieces, content):
        row[words] = 0
    for label in labels:
        for number, part in enumerate(parts):
            for words in _words_of(pieces, label[part] or ()):
                row[words] = number + 1


def _words_of(pieces: Pieces, spans: Iterable[Sequence[int]]) -> Iterator[NDArray[np.int64]]:
    """Yield the words that start inside each span, leaving out spans that hold none."""
    for start, end in spans:
        low, high = np.searchsorted(pieces.starts, [start, end])
        if high > low:
            yield np.arange(low, high)
