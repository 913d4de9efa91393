"""Speakers over gold statements given as drafts: right, wrong, abstained. Usage: python -m evals.speakers DATA_FOLDER [--limit N].

A statement is right where every gold name is borne by one of its speakers (their name or an alias), or where the gold speaker is
unnamed or a group and so is ours. No speaker counts as abstained. Statements whose gold speaker is empty are left out.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from evals.gold import Row, bare_article, bare_statement, by_article, jsonl
from onrecord import parse, speakers
from onrecord.records import Actor, Article, Statement

PRONOUNS = frozenset(
    ["i", "we", "he", "she", "they", "it", "who", "that", "which", "his", "her", "their", "its", "one", "some"]
)
LEADING = re.compile(r"^(?:the|an?|mrs?|ms|dr|president|prime minister|sen|rep|gov|senator|king|pope)\b\.?\s*")
FEW = 10


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder that holds diplomacy/, speakers/ and polnear/")
    parser.add_argument("--limit", type=int, default=None, help="at most so many articles of each set")
    parser.add_argument("--errors", type=int, default=0, help="show so many wrong or abstained statements of each set")
    arguments = parser.parse_args(argv)
    for name in ("diplomacy/train", "diplomacy/dev", "speakers/dev"):
        report(name, list(read(arguments.data, name))[: arguments.limit], arguments.errors)


def read(data: Path, name: str) -> Iterator[tuple[Article, list[Row]]]:
    """Yield the articles of a set with their gold statements."""
    folder, split = name.split("/")
    rows: Iterable[Row] = jsonl(data / folder / f"{split}.jsonl")
    if folder == "speakers":
        rows = _with_spans(rows, jsonl(data / "polnear" / f"{split}.jsonl"))
    annotated = by_article(rows)
    for row in jsonl(data / folder / f"{split}_articles.jsonl"):
        identity = row.get("id") or row["article"]
        if identity in annotated:
            yield bare_article(identity, row["text"], row.get("author")), annotated[identity]


def draft(of: Article, row: Row) -> Statement:
    """Return a gold statement as one that no step has touched yet."""
    return bare_statement(of, row, "direct" if of.text[row["content"][0][0]] in '“"' else "indirect", "said")


def report(name: str, articles: Sequence[tuple[Article, list[Row]]], errors: int) -> None:
    counts: dict[str, Counter[str]] = {"all": Counter(), "pronouns": Counter(), "other sources": Counter()}
    shown = []
    for one, rows in articles:
        cast = speakers.resolve(one, parse.parse(one.text), tuple(draft(one, row) for row in rows))
        actors = {a.id: a for a in cast.actors}
        rivals = {row["speaker"] for row in rows}
        for row, statement in zip(rows, cast.statements, strict=True):
            if not row["speaker"]:
                continue
            who = [actors[i] for i in statement.speakers]
            outcome = judge(row, who, rivals)
            source = " ".join(one.text[s:e] for s, e in statement.source)
            for part in ("all", "pronouns" if source.lower() in PRONOUNS else "other sources"):
                counts[part][outcome] += 1
            if outcome != "right":
                named = [a.name for a in who] or statement.why_no_speaker
                shown.append(f"  {outcome}: {source!r} is {row['speaker']!r} ({row['kind']}), not {named} {one.id}")
    for part, count in counts.items():
        total = sum(count.values())
        figures = "  ".join(f"{k} {count[k] / max(total, 1):.3f} ({count[k]})" for k in ("right", "wrong", "abstained"))
        print(f"{name:16} {part:14} {total:4} statements  {figures}")
    print(*shown[:errors], sep="\n", end="\n" if shown[:errors] else "")


def judge(row: Row, who: Sequence[Actor], rivals: set[str]) -> str:
    """Return right, wrong or abstained for a statement's speakers."""
    if not who:
        return "abstained"
    forms = [form for actor in who for form in (actor.name, *actor.aliases)]
    speaker, kind = row["speaker"], row["kind"]
    wanted = speaker.split(" and ") if kind in ("person", "group", "organization", "state") else [speaker]
    if any(bears(speaker, f, rivals) for f in forms) or all(any(bears(w, f, rivals) for f in forms) for w in wanted):
        return "right"
    unnamed = kind in ("unnamed", "group") and who[0].kind in ("unnamed", "group", "document")
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


def _with_spans(rows: Iterable[Row], attributions: Iterable[Row]) -> list[Row]:
    """Join speaker labels ("ARTICLE#ATTRIBUTION") to the spans of the attribution; articles that the other set lacks are left out."""
    spans = {f"{a['id']}#{x['id']}": x for a in attributions for x in a["attributions"]}
    return [{**spans[r["id"]], **r, "article": r["id"].split("#")[0]} for r in rows if r["id"] in spans]


if __name__ == "__main__":
    main()
