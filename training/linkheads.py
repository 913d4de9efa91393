"""Training of a linking head on anchors: connectors with antecedent and consequent, deeds with agent and action.

An anchor is a run of words that may be one; the head learns whether it is, which words hang on it in which role, and further outcomes of
several choices each. A linear screen, learned first, leaves out what hardly can be one.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from onrecord.linker import screened
from onrecord.linking import REACH, distance_classes, line_classes
from onrecord.reading import Reading
from onrecord.syntax import paths
from training.model import LINK_TAGS, NEVER, LinkHead

BATCH = 24

Screen = tuple[NDArray[np.float32], float]
"""Weights and bias of what leaves out words that hardly can be an anchor."""


@dataclass(frozen=True, slots=True, eq=False)
class Anchor:
    """A candidate: the words ``start`` to ``end``, the words (words,) that may hang on it, and whether it is one.

    ``roles`` are the words of both roles, None where the first is not judged; ``choices`` the right choice of each outcome, None
    where it is not judged.
    """

    reading: Reading
    start: int
    end: int
    among: NDArray[np.bool_]
    true: bool
    roles: tuple[Sequence[int] | None, Sequence[int]] = ((), ())
    choices: tuple[int | None, ...] = ()


class AnchorHead(nn.Module):
    """A linking head with outcomes of several choices beside whether the anchor is one."""

    def __init__(self, outcomes: Sequence[int]) -> None:
        super().__init__()
        self.outcomes = tuple(outcomes)
        self.link = LinkHead(1 + sum(outcomes))
        self.dropout = nn.Dropout(0.15)

    def forward(self, batch: Mapping[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Give emissions (anchors, reach, tags) and outcomes (anchors, 1 + choices)."""
        emissions, outcomes = self.link(
            self.dropout(batch["vectors"]), batch["roles"], batch["first"], batch["last"], batch["around"], batch["present"],
            batch["distance"], batch["lines"], (batch["relation"], batch["part"]), (batch["path"], batch["branch"], batch["other"]),
        )  # fmt: skip
        nothing = torch.zeros(LINK_TAGS).index_fill(0, torch.arange(1, LINK_TAGS), NEVER)
        return torch.where(batch["present"][..., None], emissions, nothing), outcomes


def fit_screen(anchors: Sequence[Anchor], others: float, seed: int = 0) -> Screen:
    """Fit the linear screen; its bias is set so that it passes the share ``others`` of what is no anchor.

    (Not by the true ones: the encoder has seen their labels, and would promise too much.)
    """
    seen = torch.from_numpy(np.concatenate([screened(a.reading, [a.start]) for a in anchors]))
    true = torch.tensor([float(a.true) for a in anchors])
    linear = nn.Linear(seen.shape[1], 1)
    optimizer = torch.optim.Adam(linear.parameters(), lr=3e-3, weight_decay=1e-5)
    draw = torch.Generator().manual_seed(seed)
    for _ in range(10):
        for rows in torch.randperm(len(seen), generator=draw).split(512):
            loss = functional.binary_cross_entropy_with_logits(linear(seen[rows])[:, 0], true[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    with torch.no_grad():
        logits = linear(seen)[:, 0] - linear.bias
    return linear.weight[0].detach().numpy(), -float(logits[true == 0].quantile(1 - others))


def passing(anchors: Sequence[Anchor], screen: Screen) -> list[Anchor]:
    """Return the true anchors and those that the screen passes."""
    weight, bias = screen
    return [a for a in anchors if a.true or (screened(a.reading, [a.start]) @ weight)[0] + bias >= 0]


def fit(
    anchors: Sequence[Anchor], outcomes: Sequence[int], *, epochs: int, seed: int, rate: float = 1.5e-3
) -> AnchorHead:
    """Train a head; the loss of a tag sequence counts a quarter, as its words outnumber the rest."""
    torch.manual_seed(seed)
    draw, head = random.Random(seed), AnchorHead(outcomes)
    rows = [(anchor, row_of(anchor)) for anchor in anchors]
    optimizer = torch.optim.AdamW(head.parameters(), lr=rate, weight_decay=0.02)
    steps = epochs * -(-len(rows) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps + 1, pct_start=0.1)
    head.train()
    for _ in range(epochs):
        draw.shuffle(rows)
        for start in range(0, len(rows), BATCH):
            chosen = rows[start : start + BATCH]
            loss = _loss(
                head,
                [a for a, _ in chosen],
                collate(chosen),
                torch.from_numpy(np.stack([r["tags"] for _, r in chosen])),
            )
            optimizer.zero_grad()
            (loss / len(chosen)).backward()
            nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return head.eval()


def _loss(head: AnchorHead, anchors: Sequence[Anchor], batch: Mapping[str, Tensor], tags: Tensor) -> Tensor:
    emissions, outcomes = head(batch)
    true = torch.tensor([a.true for a in anchors])
    loss = functional.binary_cross_entropy_with_logits(outcomes[:, 0], true.float(), reduction="sum")
    if not true.any():
        return loss
    allowed = functional.one_hot(tags, LINK_TAGS).bool()
    free = torch.tensor([a.roles[0] is None for a in anchors])
    allowed[..., 1:3] |= (free[:, None] & (tags == 0))[..., None]
    nll = head.link.chain.nll(emissions[true], allowed[true], torch.ones_like(batch["present"][true]))
    loss = loss + 0.25 * nll
    start = 1
    for number, size in enumerate(head.outcomes):
        judged = [n for n, a in enumerate(anchors) if a.true and a.choices[number] is not None]
        if judged:
            right = torch.tensor([int(anchors[n].choices[number] or 0) for n in judged])
            loss = loss + functional.cross_entropy(outcomes[judged, start : start + size], right, reduction="sum")
        start += size
    return loss


def row_of(anchor: Anchor) -> dict[str, NDArray[np.int64]]:
    """Return what the head is told around one anchor, each (reach,), and the tags it is to give."""
    reading, count = anchor.reading, len(anchor.reading.pieces)
    first, last = np.array([anchor.start]), np.array([anchor.end - 1])
    around = first[:, None] + np.arange(-REACH, REACH + 1)
    present = (around >= 0) & (around < count)
    around = around.clip(0, count - 1)
    present &= anchor.among[around]
    lines = reading.pieces.lines.astype(np.int64)
    path, branch, other = paths(reading.syntax, first, last, around)
    told = {
        "around": around, "present": present, "distance": distance_classes(around, first, last),
        "lines": line_classes(lines[around], lines[first][:, None]), "path": path, "branch": branch, "other": other,
    }  # fmt: skip
    tags = np.zeros(count, np.int64)
    for begin, words in zip((1, 3), anchor.roles, strict=True):
        ordered = [-2, *sorted(words or ())]
        for before, word in pairwise(ordered):
            tags[word] = begin + 1 if word == before + 1 else begin
    row = tags[around[0]] * present[0]
    for place in range(len(row)):  # a span that is cut off begins where it is seen
        if row[place] in {2, 4} and (place == 0 or row[place - 1] not in {row[place], row[place] - 1}):
            row[place] -= 1
    return {name: value[0] for name, value in told.items()} | {"tags": row}


def collate(rows: Sequence[tuple[Anchor, Mapping[str, NDArray[np.int64]]]]) -> dict[str, Tensor]:
    """Set the articles of some anchors side by side, only the words that are looked at."""
    parts: dict[str, list[NDArray[np.generic]]] = {n: [] for n in ("vectors", "roles", "relation", "part")}
    first, last, around, offset = [], [], [], 0
    for anchor, row in rows:
        reading, low, high = anchor.reading, int(row["around"].min()), int(row["around"].max()) + 1
        high = max(high, anchor.end)
        for name, values in (
            ("vectors", reading.vectors),
            ("roles", reading.roles),
            ("relation", reading.syntax.relations),
            ("part", reading.syntax.parts),
        ):
            parts[name].append(values[low:high])
        first.append(anchor.start - low + offset)
        last.append(anchor.end - 1 - low + offset)
        around.append(row["around"] - low + offset)
        offset += high - low
    batch = {name: torch.from_numpy(np.concatenate(values)) for name, values in parts.items()}
    batch |= {"first": torch.tensor(first), "last": torch.tensor(last), "around": torch.from_numpy(np.stack(around))}
    return batch | {
        n: torch.from_numpy(np.stack([r[n] for _, r in rows]))
        for n in ("present", "distance", "lines", "path", "branch", "other")
    }
