"""Speakers over gold statements given as drafts: right, wrong, abstained. Usage: python -m evals.speakers DATA_FOLDER [--limit N].

A statement is right where every gold name is borne by one of its speakers (their name or an alias), or where the gold speaker is
unnamed or a group and so is ours. No speaker counts as abstained. Statements whose gold speaker is empty are left out.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord import parse, speakers
from onrecord.identity import row_id, sha256
from onrecord.records import Actor, Article, Spans, Statement

PRONOUNS = frozenset(
    ["i", "we", "he", "she", "they", "it", "who", "that", "which", "his", "her", "their", "its", "one", "some"]
)
LEADING = re.compile(r"^(?:the|an?|mrs?|ms|dr|president|prime minister|sen|rep|gov|senator|king|pope)\b\.?\s*")
FEW = 10


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold statement: where it stands and who speaks."""

    source: Spans
    cue: Spans
    content: Spans
    speaker: str
    kind: str


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder that holds diplomacy/, speakers/ and polnear/")
    parser.add_argument("--limit", type=int, default=None, help="at most so many articles of each set")
    parser.add_argument("--errors", type=int, default=0, help="show so many wrong or abstained statements of each set")
    arguments = parser.parse_args(argv)
    for name in ("diplomacy/train", "diplomacy/dev", "speakers/dev"):
        report(name, list(read(arguments.data, name))[: arguments.limit], arguments.errors)


def read(data: Path, name: str) -> Iterator[tuple[Article, list[Gold]]]:
    """Yield the articles of a set with their gold statements."""
    folder, split = name.split("/")
    rows = _rows(data / folder / f"{split}.jsonl")
    if folder == "speakers":
        rows = _with_spans(rows, _rows(data / "polnear" / f"{split}.jsonl"))
    by_article = defaultdict(list)
    for row in rows:
        source, cue, content = (_spans(row[k]) for k in ("source", "cue", "content"))
        by_article[row["article"]].append(Gold(source, cue, content, row["speaker"], row["kind"]))
    for row in _rows(data / folder / f"{split}_articles.jsonl"):
        identity = row.get("id") or row["article"]
        if by_article[identity]:
            yield article(identity, row["text"], row.get("author")), by_article[identity]


def article(identity: str, text: str, byline: str | None) -> Article:
    return Article(
        id=identity, path=None, url=None, publisher=None, title=None, title_span=None, byline=byline, speaker=None, dateline=None,
        published=None, read_as_of=None, language="en", text=text, captions=(), clutter=(), sha256=sha256(text.encode()),
    )  # fmt: skip


def drafts(of: Article, gold: Sequence[Gold]) -> tuple[Statement, ...]:
    """Return the gold spans as statements that no step has touched yet."""
    return tuple(
        Statement(
            id=row_id("statement", of, g.source, g.cue, g.content), source=g.source, cue=g.cue, content=g.content,
            quotation="direct" if of.text[g.content[0][0]] in "“\"" else "indirect", manner="said",
            speakers=(), why_no_speaker="unresolved", on_behalf_of=(), anonymous=False, addressee=None, target=None, act="assert",
            other_acts=(), conditions=(), said_on=None, place=None, answers=None, inside=None, insertions=(), confidence=1.0,
            act_confidence=1.0,
        )
        for g in gold
    )  # fmt: skip


def report(name: str, articles: Sequence[tuple[Article, list[Gold]]], errors: int) -> None:
    counts: dict[str, Counter[str]] = {"all": Counter(), "pronouns": Counter(), "other sources": Counter()}
    shown = []
    for one, gold in articles:
        cast = speakers.resolve(one, parse.parse(one.text), drafts(one, gold))
        actors = {a.id: a for a in cast.actors}
        rivals = {g.speaker for g in gold}
        for g, statement in zip(gold, cast.statements, strict=True):
            if not g.speaker:
                continue
            who = [actors[i] for i in statement.speakers]
            outcome = judge(g, who, rivals)
            source = " ".join(one.text[s:e] for s, e in g.source)
            for part in ("all", "pronouns" if source.lower() in PRONOUNS else "other sources"):
                counts[part][outcome] += 1
            if outcome != "right":
                shown.append(
                    f"  {outcome}: {source!r} is {g.speaker!r} ({g.kind}), not {[a.name for a in who] or statement.why_no_speaker} {one.id}"
                )
    for part, count in counts.items():
        total = sum(count.values())
        figures = "  ".join(f"{k} {count[k] / max(total, 1):.3f} ({count[k]})" for k in ("right", "wrong", "abstained"))
        print(f"{name:16} {part:14} {total:4} statements  {figures}")
    print(*shown[:errors], sep="\n", end="\n" if shown[:errors] else "")


def judge(gold: Gold, who: Sequence[Actor], rivals: set[str]) -> str:
    """Return right, wrong or abstained for a statement's speakers."""
    if not who:
        return "abstained"
    forms = [form for actor in who for form in (actor.name, *actor.aliases)]
    wanted = (
        gold.speaker.split(" and ") if gold.kind in ("person", "group", "organization", "state") else [gold.speaker]
    )
    if any(bears(gold.speaker, f, rivals) for f in forms) or all(
        any(bears(w, f, rivals) for f in forms) for w in wanted
    ):
        return "right"
    unnamed = gold.kind in ("unnamed", "group") and who[0].kind in ("unnamed", "group", "document")
    return "right" if unnamed else "wrong"


def bears(gold: str, form: str, rivals: set[str]) -> bool:
    """Tell whether a form names the gold speaker: the same words, or the same last word with given names left out, and no rival ends so."""
    one, other = key(gold), key(form)
    if one == other:
        return bool(one)
    if not one or not other or one[-1] != other[-1] or not (set(one) <= set(other) or set(other) <= set(one)):
        return False
    short = min(one, other, key=len)
    return len(short) > 1 or not any(key(r)[-1:] == short and key(r) != one for r in rivals)


def key(name: str) -> list[str]:
    plain = unicodedata.normalize("NFC", name).lower().replace("’", "'")
    return re.findall(r"\w+", LEADING.sub("", re.sub(r"'s\b", "", plain)))


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _with_spans(rows: Sequence[Mapping[str, Any]], attributions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Join speaker labels ("ARTICLE#ATTRIBUTION") to the spans of the attribution; articles that the other set lacks are left out."""
    spans = {f"{a['id']}#{x['id']}": x for a in attributions for x in a["attributions"]}
    return [{**spans[r["id"]], **r, "article": r["id"].split("#")[0]} for r in rows if r["id"] in spans]


def _spans(pairs: Sequence[Sequence[int]]) -> Spans:
    return tuple((start, end) for start, end in pairs)


if __name__ == "__main__":
    main()
