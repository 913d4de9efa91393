"""Train the heads of meaning on the shipped encoder: ``python -m training.heads DATA MODEL [--only HEAD]``.

MODEL is the folder of the exported model; the heads of acts, conditions and commitments are written to MODEL/heads. They learn from
``acts/train``, ``diplomacy/train``, the labels beside this file (docs/acts.md tells how they were made) and, for conditions, SemEval-2020
task 5. ``training.folds`` judges them by cross-validation.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from evals.gold import bare_article
from evals.meaning import draft_of
from onrecord import acts, commitments, conditions
from onrecord.parse import Parse, parse
from onrecord.quotations import find as find_quotations
from onrecord.reading import Reader, Reading
from onrecord.records import Article, Statement
from training import acthead
from training.data import Record, diplomacy_records, polnear_records, semeval_records, short_records
from training.export import export_link
from training.linkheads import Anchor, AnchorHead, Screen, fit, fit_screen, passing

log = logging.getLogger(__name__)

CONDITION_OUTCOMES, COMMITMENT_OUTCOMES = (3, 2, 2), (4, 3)
CONDITION_EPOCHS, COMMITMENT_EPOCHS = 9, 6
"""Of six and nine, what did better on dev."""

SEMEVAL = 3
"""One sentence in so many of SemEval's: they show long antecedents, but each has one, and that held for not so."""

PASSED = 0.2
"""The share of words that open no condition, or are no deed, which the screen leaves to the head."""


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """A statement with its labels, and the article as the heads see it."""

    article: Article
    parsed: Parse
    reading: Reading
    draft: Statement
    labels: Record


def labelled(reader: Reader, records: Sequence[Record]) -> Iterator[Labelled]:
    """Yield the statements of the records whose meaning was judged."""
    for record in records:
        if not any(item["act"] or item["conditions"] is not None for item in record["attributions"]):
            continue
        parsed = parse(record["text"])
        reading, article = reader(record["text"], parsed), bare_article(record["id"], record["text"])
        quoted = [(q.start, q.end) for q in find_quotations(record["text"])]
        for item in record["attributions"]:
            if item["conditions"] is not None and reading.words(item["content"]):
                yield Labelled(article, parsed, reading, draft_of(article, parsed, quoted, item), item)


# --- acts


def act_case(one: Labelled) -> acthead.Case:
    """Return what the act head learns of a statement."""
    told = acts.signs(one.article, one.parsed, one.draft)
    others = [acts.ACTS.index(act) for act in one.labels["other_acts"]]
    return acthead.case_of(one.reading, one.draft, told, acts.ACTS.index(one.labels["act"]), others)


def act_head(found: Sequence[Labelled], dev: Sequence[Labelled]) -> tuple[acthead.ActHead, float]:
    """Train the act head; the temperature of its confidence is fitted on dev, whose labels the encoder has not seen."""
    learned, held = ([act_case(one) for one in part if one.labels["act"]] for part in (found, dev))
    head = acthead.fit(learned, len(acts.ACTS), seed=1)
    logits = acthead.scores(head, held)[:, : len(acts.ACTS)]
    return head, acthead.temperature(logits, torch.tensor([case.act for case in held]))


# --- conditions


def connectors(found: Iterable[Labelled]) -> Iterator[Anchor]:
    """Yield the connectors that may open a condition, told which do."""
    for one in found:
        left = list(one.labels["conditions"])
        for (start, end), inside in conditions.openings(one.article.text, one.reading, one.draft):
            label = next((c for c in left if _opens(one.reading, c, start, end)), None)
            if label is None:
                if one.labels["act"]:  # else nobody looked for further ones
                    yield Anchor(one.reading, start, end, inside, true=False, choices=(None,) * 3)
                continue
            left.remove(label)
            marked = label["connector"]
            connector = {*one.reading.words(marked or ()), *(() if marked == [] else range(start, end))}
            roles = [
                [w for w in one.reading.words(label[part]) if w not in connector and inside[w]]
                for part in ("antecedent", "consequent")
            ]
            kind = conditions.KINDS.index(label["kind"]) if label["kind"] else None
            choices = (
                kind,
                *(None if label[flag] is None else int(label[flag]) for flag in ("concessive", "counterfactual")),
            )
            yield Anchor(one.reading, start, end, inside, True, (roles[0], roles[1]), choices)


def _opens(reading: Reading, label: Record, start: int, end: int) -> bool:
    """Tell whether the words ``start`` to ``end`` are a condition's connector, or open its antecedent where it has none."""
    own = reading.words(label["connector"] or ()) or reading.words(label["antecedent"])[:1]
    return any(start <= word < end for word in own)


# --- commitments


def deeds(found: Sequence[Labelled]) -> Iterator[Anchor]:
    """Yield the words that may be the deed of an undertaking, told which are."""
    for one in found:
        if one.labels["commitments"] is None:
            continue
        reading = one.reading
        of_deed = {}
        for label in one.labels["commitments"]:
            words = reading.words(label["action"])
            verbs = [w for w in words[:4] if int(reading.syntax.parts[w]) in commitments.VERBS]
            for word in (verbs or words)[:1]:
                of_deed[word] = label
        for (start, end), inside in commitments.deeds(one.article.text, reading, one.draft):
            label = of_deed.get(start)
            if label is None:
                yield Anchor(reading, start, end, inside, true=False, choices=(None, None))
                continue
            agent = None if label["agent"] is None else [w for w in reading.words(label["agent"]) if inside[w]]
            action = [w for w in reading.words(label["action"]) if inside[w] and w not in (agent or ())]
            choices = (commitments.TYPES.index(label["type"]), commitments.STRENGTHS.index(label["strength"]))
            yield Anchor(reading, start, end, inside, True, (agent, action), choices)


# --- both


def linking_head(anchors: Sequence[Anchor], outcomes: Sequence[int], epochs: int) -> tuple[AnchorHead, Screen]:
    """Train a screen and a linking head."""
    screen = fit_screen(anchors, PASSED)
    passed = passing(anchors, screen)
    true = sum(a.true for a in passed)
    log.info("%d anchors, %d true, %d others pass the screen", len(anchors), true, len(passed) - true)
    return fit(passed, outcomes, epochs=epochs, seed=1), screen


def save(head: AnchorHead, screen: Screen, folder: Path, name: str) -> None:
    """Write a linking head as ``Finder`` reads it."""
    export_link(head.link, folder / f"{name}.onnx")
    np.savez(
        folder / f"{name}.npz",
        screen_weight=screen[0],
        screen_bias=np.float32(screen[1]),
        transitions=head.link.chain.matrix().detach().numpy(),
    )


def train(data: Path, model: Path, only: str | None = None) -> None:
    """Train the heads on the exported encoder in ``model`` and write them beside its other heads."""
    folder, reader = model / "heads", Reader(model)
    records = polnear_records(data, "train") + diplomacy_records(data, "train") + short_records(data)
    found = list(labelled(reader, records))
    log.info("%d labelled statements", len(found))
    if only in {None, "acts"}:
        dev = [*polnear_records(data, "dev"), *diplomacy_records(data, "dev")]
        acthead.save(*act_head(found, list(labelled(reader, dev))), folder / "acts.npz")
    if only in {None, "conditions"}:
        anchors = [*connectors(found), *connectors(labelled(reader, semeval_records(data)[::SEMEVAL]))]
        save(*linking_head(anchors, CONDITION_OUTCOMES, CONDITION_EPOCHS), folder, "conditions")
    if only in {None, "commitments"}:
        save(*linking_head(list(deeds(found)), COMMITMENT_OUTCOMES, COMMITMENT_EPOCHS), folder, "commitments")


def main() -> None:
    """Parse the command line, train, and write the heads."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--only", choices=("acts", "conditions", "commitments"), help="train one head")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(args.threads)
    train(args.data, args.model, args.only)


if __name__ == "__main__":
    main()
