"""Judge the heads of meaning by cross-validation: ``python -m training.folds DATA MODEL [--folds 5] [--only acts|...]``.

Articles are dealt into folds; each is judged by heads that learned from the others. Acts: ``acts`` and ``diplomacy``, train and dev
together, the labels of other statements always in training but for those of the same article. Commitments: ``diplomacy/train``, the head
alone, without the rules about agents, deadlines and plain undertakings that follow it.
Counterfactuals: the antecedents and consequents of SemEval-2020 task 5, where each sentence has one pair and the connector is part of the
antecedent, so that any word may begin it. The encoder has seen the labels of train (of the last set none): what it learned from them is
not taken back, so these figures flatter where those on dev alone do not.
"""

from __future__ import annotations

import argparse
import logging
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from evals.scores import prf
from onrecord import acts, commitments
from onrecord.chains import best_tags
from onrecord.linker import FIRST_ROLE, SECOND_ROLE, role, screened
from onrecord.reading import Reader
from training import acthead
from training.data import Record, diplomacy_records, polnear_records, semeval_records, short_records
from training.heads import COMMITMENT_OUTCOMES, PASSED, Labelled, act_case, deeds, labelled
from training.linkheads import Anchor, AnchorHead, collate, fit, fit_screen, passing, row_of

log = logging.getLogger(__name__)

TRIED = 3
"""Words of a sentence that are tried as the beginning of its antecedent."""


PASSED_OF_ANY = 0.05
"""The share of other words that the screen leaves to the head, where any word may be the beginning."""


def fold_of(identity: str, folds: int) -> int:
    """Deal an article into a fold, always the same."""
    return zlib.crc32(identity.encode()) % folds


def act_folds(found: Sequence[Labelled], folds: int) -> None:
    """Print accuracy and macro-F1 over acts of ten cases, over train and dev of the annotated sets."""
    cases = [(one, act_case(one)) for one in found if one.labels["act"]]
    pairs: list[tuple[int, int]] = []
    for fold in range(folds):
        learned = [case for one, case in cases if fold_of(one.article.id, folds) != fold]
        held = [case for one, case in cases if fold_of(one.article.id, folds) == fold and one.labels["annotated"]]
        head = acthead.fit(learned, len(acts.ACTS), seed=fold)
        judged = acthead.scores(head, held)[:, : len(acts.ACTS)].argmax(1).tolist()
        pairs += zip([case.act for case in held], judged, strict=True)
        log.info("fold %d: %d of %d", fold, sum(g == f for g, f in pairs), len(pairs))
    gold, guessed, right = (
        Counter(g for g, _ in pairs),
        Counter(f for _, f in pairs),
        Counter(g for g, f in pairs if g == f),
    )
    macro = [prf(right[act], guessed[act], count).f1 for act, count in gold.items() if count >= 10]
    print(
        f"acts, {folds} folds over train and dev: accuracy {right.total() / len(pairs):.3f} ({right.total()}/{len(pairs)}), "
        f"macro-F1 {sum(macro) / len(macro):.3f} over {len(macro)} acts; always assert {gold[0] / len(pairs):.3f}"
    )


@torch.no_grad()
def linked(head: AnchorHead, anchors: Sequence[Anchor]) -> list[tuple[tuple[float, ...], set[int], set[int]]]:
    """Return of each anchor what the head says of it and the words of both roles."""
    found = []
    transitions = head.link.chain.matrix().numpy()
    for start in range(0, len(anchors), 64):
        some = anchors[start : start + 64]
        emissions, outcomes = head(collate([(a, row_of(a)) for a in some]))
        tags = best_tags(emissions.numpy(), transitions, np.zeros(emissions.shape[2], np.float32))
        for anchor, row, outcome in zip(some, tags, outcomes.tolist(), strict=True):
            first, second = (
                {w for run in role(row, begin, anchor.start) for w in range(*run)}
                for begin in (FIRST_ROLE, SECOND_ROLE)
            )
            found.append((tuple(outcome), first, second))
    return found


def semeval_anchors(one: Labelled) -> list[Anchor]:
    """Return every word of a sentence as what may begin its antecedent."""
    reading, (label,) = one.reading, one.labels["conditions"]
    antecedent, consequent = (reading.words(label[part]) for part in ("antecedent", "consequent"))
    everywhere = np.ones(len(reading.pieces), bool)
    return [
        Anchor(reading, w, w + 1, everywhere, True, (antecedent, [c for c in consequent if c not in antecedent]))
        if w == antecedent[0]
        else Anchor(reading, w, w + 1, everywhere, true=False)
        for w in range(len(reading.pieces))
    ]


def semeval_folds(found: Sequence[Labelled], folds: int, epochs: int) -> None:
    """Print the token-F1 of antecedents and consequents."""
    anchors = [semeval_anchors(one) for one in found]
    count: Counter[str] = Counter()
    for fold in range(folds):
        learned = [
            a for one, own in zip(found, anchors, strict=True) if fold_of(one.article.id, folds) != fold for a in own
        ]
        screen = fit_screen(learned, PASSED_OF_ANY)
        head = fit(passing(learned, screen), (), epochs=epochs, seed=fold)
        for one, own in zip(found, anchors, strict=True):
            if fold_of(one.article.id, folds) == fold:
                likely = screened(one.reading, [a.start for a in own]) @ screen[0]
                tried = [own[n] for n in np.argsort(-likely)[:TRIED].tolist()]
                _, *roles = max(linked(head, tried), key=lambda told: told[0][0])
                count.update(_shared(one, roles))
        log.info("fold %d: %s", fold, dict(count))
    for part in ("antecedent", "consequent"):
        print(f"{part} words, {folds} folds over {len(found)} sentences: " + _told(count, part))


def _shared(one: Labelled, roles: Sequence[set[int]]) -> Counter[str]:
    """Count the words of both parts that are found, annotated, and right; marks are no words."""
    counts: Counter[str] = Counter()
    (label,), text, pieces = one.labels["conditions"], one.article.text, one.reading.pieces
    for part, have in zip(("antecedent", "consequent"), roles, strict=True):
        real = {w for w in range(len(pieces)) if text[pieces.starts[w]].isalnum()}
        want = set(one.reading.words(label[part])) & real
        counts.update(
            {f"{part} found": len(have & real), f"{part} annotated": len(want), f"{part} right": len(want & have)}
        )
    return counts


def _told(count: Counter[str], part: str) -> str:
    p, r, f = prf(count[f"{part} right"], count[f"{part} found"], count[f"{part} annotated"])
    return f"P {p:.3f} R {r:.3f} F1 {f:.3f}"


def commitment_folds(found: Sequence[Labelled], folds: int, epochs: int) -> None:
    """Print F1 of actions (half of the words shared) on the train articles of diplomacy."""
    count: Counter[str] = Counter()
    for fold in range(folds):
        learned = list(deeds([one for one in found if fold_of(one.article.id, folds) != fold]))
        screen = fit_screen(learned, PASSED)
        head = fit(passing(learned, screen), COMMITMENT_OUTCOMES, epochs=epochs, seed=fold)
        for one in found:
            if (
                fold_of(one.article.id, folds) == fold
                and one.labels["annotated"]
                and one.labels["commitments"] is not None
            ):
                _count_actions(one, head, screen, count)
        log.info("fold %d: %s", fold, dict(count))
    p, r, f = prf(count["right"], count["found"], count["annotated"])
    print(
        f"commitments, {folds} folds over diplomacy/train: P {p:.3f} R {r:.3f} F1 {f:.3f} ({count['annotated']} annotated)"
    )


def _count_actions(one: Labelled, head: AnchorHead, screen: tuple[np.ndarray, float], count: Counter[str]) -> None:
    tried = [replace(a, true=False) for a in deeds([one])]
    told = linked(head, passing(tried, screen)) if tried else []
    kept: list[set[int]] = []
    for outcomes, _, action in sorted(told, key=lambda t: -t[0][0]):
        if (
            outcomes[0] >= commitments.THRESHOLD
            and action
            and all(2 * len(action & k) <= min(len(action), len(k)) for k in kept)
        ):
            kept.append(action)
    wanted = [set(one.reading.words(label["action"])) for label in one.labels["commitments"]]
    count.update({"found": len(kept), "annotated": len(wanted)})
    for want in wanted:
        best = max(kept, key=lambda have: len(have & want) / len(have | want), default=set())
        if best and 2 * len(best & want) >= len(best | want):
            kept.remove(best)
            count["right"] += 1


def main() -> None:
    """Parse the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only", choices=("acts", "commitments", "counterfactuals"))
    parser.add_argument("--epochs", type=int, default=6, help="of a linking head")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(args.threads)
    reader = Reader(args.model)

    def read(*sets: Callable[[], Sequence[Record]]) -> list[Labelled]:
        return [one for records in sets for one in labelled(reader, records())]

    own = (lambda: short_records(args.data),)
    if args.only in {None, "counterfactuals"}:
        semeval_folds(read(lambda: semeval_records(args.data)), args.folds, args.epochs)
    if args.only in {None, "acts"}:
        sets = [
            lambda s=s, of=of: of(args.data, s) for of in (polnear_records, diplomacy_records) for s in ("train", "dev")
        ]
        act_folds(read(*sets, *own), args.folds)
    if args.only in {None, "commitments"}:
        sets = [lambda of=of: of(args.data, "train") for of in (polnear_records, diplomacy_records)]
        commitment_folds(read(*sets, *own), args.folds, args.epochs)


if __name__ == "__main__":
    main()
