"""Sentence-level speech on NewsDiscourse: which sentences report what somebody said?

    python -m evals.newsdiscourse DATA [--split dev|train] [--limit N] [--cues]

DATA holds ``newsdiscourse``, in which every sentence is speech or not. Two readings of our statements are held against that, over all
sentences of all articles. A sentence counts where the content of such statements makes up ``SHARE`` of its words or more.

*on record*: every statement said or written, our own notion. It is the wider one: NewsDiscourse (Choubey et al., 2020) marks what a
human says directly, as a quotation or a paraphrase, but hardly ever "according to", nor the naming of what was done by saying it
("urged", "accused", "agreed to").

*speech*: those of them that are a direct quotation, or stand by a cue of ``SAYING`` and are no document's. ``--cues`` prints what
``SAYING`` was chosen by, on train: how often the sentences of each word of a cue are speech; the verbs above one half are taken, if seen
ten times. ``SHARE`` was chosen on train too.

The marks are uneven: 72 of the 502 articles of train have none at all, though they quote people, so a perfect score cannot be had.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from evals.attribution import as_read, words
from evals.gold import jsonl
from evals.scores import PRF, prf
from onrecord import reader
from onrecord.records import Findings, Statement
from onrecord.spans import literal

SHARE = 0.1

SAYING = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|(?:add|ask|tweet)(?:s|ed|ing)?|(?:not|quot)(?:e|es|ed|ing))\b",
    re.IGNORECASE,
)
"""Match the cues "said", "also told", "was quoted as saying"; not "urged"."""


class Sentence(NamedTuple):
    """One annotated sentence: the offsets of its words, and whether it is speech."""

    words: frozenset[int]
    speech: bool


def figures(folder: Path, split: str, *, limit: int | None = None) -> dict[str, float]:
    """Read a split, print the scores of both readings, and return F1, precision and recall of *speech*, F1 of *on record*."""
    readings: dict[str, Callable[[Findings], Iterable[Statement]]] = {"on record": on_record, "speech": speech}
    counts = {name: Counter[str]() for name in readings}
    articles = 0
    for found, sentences in read(folder, split, limit):
        articles += 1
        for name, chosen in readings.items():
            counts[name] += count(sentences, contents(found, chosen(found)))
    scores = {name: _scores(counts[name]) for name in readings}
    print(f"newsdiscourse/{split}: {articles} articles, {counts['speech']['sentences']} sentences")
    print(f"{'':10}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'found':>7}")
    for name, score in scores.items():
        shares = "".join(f"{100 * share:7.1f}" for share in score)
        print(f"{name:10}{shares}{counts[name]['gold']:7d}{counts[name]['found']:7d}")
    return {**scores["speech"]._asdict(), "on record": scores["on record"].f1}


def read(folder: Path, split: str, limit: int | None) -> Iterator[tuple[Findings, list[Sentence]]]:
    """Yield the findings and the annotated sentences of each article."""
    for row in islice(jsonl(folder / "newsdiscourse" / f"{split}.jsonl"), limit):
        article = as_read(row["id"], row["text"])
        sentences = [Sentence(words(article.text, [s["span"]]), s["speech"]) for s in row["sentences"]]
        yield reader.read(article), sentences


def on_record(found: Findings) -> list[Statement]:
    return [s for s in found.statements if s.manner in {"said", "written"}]


def speech(found: Findings) -> list[Statement]:
    documents = {actor.id for actor in found.actors if actor.kind == "document"}
    return [
        s
        for s in on_record(found)
        if s.quotation == "direct"
        or (SAYING.search(literal(found.article.text, s.cue)) and not documents.issuperset(s.speakers or [None]))
    ]


def contents(found: Findings, statements: Iterable[Statement]) -> frozenset[int]:
    return frozenset().union(*(words(found.article.text, s.content) for s in statements))


def count(sentences: Iterable[Sentence], said: frozenset[int]) -> Counter[str]:
    """Count the sentences that are speech, those of which ``said`` holds the share, and those that are right."""
    counts = Counter[str]()
    for sentence in sentences:
        found = bool(sentence.words & said) and len(sentence.words & said) >= SHARE * len(sentence.words)
        counts += Counter(sentences=1, gold=sentence.speech, found=found, right=sentence.speech and found)
    return counts


def _scores(counts: Counter[str]) -> PRF:
    return prf(counts["right"], counts["found"], counts["gold"])


def print_cues(folder: Path, split: str, limit: int | None, least: int = 5) -> None:
    """Print the words of cues of what is on record, by how often the sentence that they and their content stand in is speech."""
    cues: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for found, sentences in read(folder, split, limit):
        text = found.article.text
        for statement in on_record(found):
            cue, content = words(text, statement.cue), words(text, statement.content)
            for sentence in sentences:
                if cue & sentence.words and content & sentence.words:
                    cues[sentence.speech].update(set(literal(text, statement.cue).lower().split()))
    total = cues[True] + cues[False]
    for word, n in sorted(total.items(), key=lambda item: (-item[1], item[0])):
        if n >= least:
            print(f"{word:20}{n:6d}{cues[True][word] / n:7.2f}")


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="dev", choices=("dev", "train"))
    parser.add_argument("--limit", type=int, help="read only the first N articles")
    parser.add_argument(
        "--cues", action="store_true", help="print how often the sentences of each cue word are speech instead"
    )
    options = parser.parse_args(argv)
    (print_cues if options.cues else figures)(options.folder, options.split, limit=options.limit)


if __name__ == "__main__":
    main()
