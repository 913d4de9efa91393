"""Training of the act head; ``onrecord.judge`` runs it in numpy, with the same names of weights."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.judge import CONTENT, CUE, PLACES, SOURCE, layout
from onrecord.reading import Reading
from onrecord.records import Statement
from onrecord.syntax import PARTS, RELATIONS
from training.model import HIDDEN, NEVER

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDTH, ATTENTION_HEADS, INNER = 96, 8, 128
BATCH = 32


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A statement as the head sees it, and its act and other acts by number."""

    vectors: NDArray[np.float32]
    numbers: NDArray[np.int64]
    """Role, place, relation, part of speech: (4, words)."""
    signs: frozenset[str]
    act: int
    others: tuple[int, ...]


def case_of(reading: Reading, statement: Statement, signs: frozenset[str], act: int, others: Sequence[int]) -> Case:
    """Return what the head sees of a statement."""
    words, roles, places = layout(reading, statement)
    numbers = np.stack([roles, places, reading.syntax.relations[words], reading.syntax.parts[words]])
    return Case(reading.vectors[words].astype(np.float32), numbers, signs, act, tuple(others))


class ActHead(nn.Module):
    """The head; see ``onrecord.judge``."""

    def __init__(self, signs: Sequence[str], acts: int, dropout: float = 0.3) -> None:
        super().__init__()
        self.signs, self.acts = list(signs), acts
        self.word, self.sign = nn.Linear(HIDDEN, WIDTH), nn.Linear(len(signs), WIDTH)
        self.role, self.place = nn.Embedding(3, WIDTH), nn.Embedding(PLACES, WIDTH)
        self.relation, self.part = nn.Embedding(RELATIONS, WIDTH), nn.Embedding(PARTS, WIDTH)
        for table in (self.role, self.place, self.relation, self.part):
            nn.init.normal_(table.weight, std=0.05)
        self.near, self.gate = nn.Linear(3 * WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.query, self.value = nn.Linear(WIDTH, ATTENTION_HEADS), nn.Linear(WIDTH, WIDTH)
        self.inner, self.outer = nn.Linear(5 * WIDTH, INNER), nn.Linear(INNER, 2 * acts)
        self.dropout = nn.Dropout(dropout)

    def forward(self, vectors: Tensor, numbers: Tensor, present: Tensor, signs: Tensor) -> Tensor:
        """Score statements: vectors (cases, words, hidden), numbers (4, cases, words), signs (cases, signs) to (cases, 2 * acts)."""
        role, place, relation, part = numbers
        x = (
            self.word(self.dropout(vectors))
            + self.role(role)
            + self.place(place)
            + self.relation(relation)
            + self.part(part)
        )
        x = functional.relu(x) * present[..., None]
        padded = functional.pad(x, (0, 0, 1, 1))
        x = x + functional.relu(self.near(torch.cat([padded[:, :-2], x, padded[:, 2:]], -1)))

        def mean(of: int) -> Tensor:
            mask = present * (role == of)
            return (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True).clamp(min=1)

        source, cue = mean(SOURCE), mean(CUE)
        elsewhere = ((present == 0) | (role != CONTENT))[..., None]
        shares = self.query(x * (1 + torch.tanh(self.gate(cue)))[:, None]).masked_fill(elsewhere, NEVER).softmax(1)
        values = self.value(x).view(*x.shape[:2], ATTENTION_HEADS, -1)
        pooled = (shares[..., None] * values).sum(1).flatten(1)
        most = x.masked_fill(elsewhere, NEVER).amax(1)
        told = self.sign(self.dropout(signs))
        joined = torch.cat([cue, source, pooled, most, told], -1)
        return self.outer(self.dropout(functional.relu(self.inner(self.dropout(joined)))))

    def batch(self, cases: Sequence[Case]) -> tuple[Tensor, ...]:
        """Pad cases to the longest."""
        size, longest = len(cases), max(c.numbers.shape[1] for c in cases)
        vectors = np.zeros((size, longest, HIDDEN), np.float32)
        numbers, present = np.zeros((4, size, longest), np.int64), np.zeros((size, longest), np.float32)
        signs = np.zeros((size, len(self.signs)), np.float32)
        known = {name: number for number, name in enumerate(self.signs)}
        for row, case in enumerate(cases):
            count = case.numbers.shape[1]
            vectors[row, :count], numbers[:, row, :count], present[row, :count] = case.vectors, case.numbers, 1
            signs[row, [known[s] for s in case.signs if s in known]] = 1
        return tuple(map(torch.from_numpy, (vectors, numbers, present, signs)))


def fit(cases: Sequence[Case], acts: int, *, seed: int, epochs: int = 6, rate: float = 1.5e-3) -> ActHead:
    """Train a head: the main act by cross-entropy, all acts performed by binary cross-entropy."""
    torch.manual_seed(seed)
    draw = random.Random(seed)
    head = ActHead(sorted({sign for case in cases for sign in case.signs}), acts)
    optimizer = torch.optim.AdamW(head.parameters(), lr=rate, weight_decay=0.02)
    steps = epochs * -(-len(cases) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps + 1, pct_start=0.15)
    head.train()
    for _ in range(epochs):
        order = sorted(cases, key=lambda c: c.numbers.shape[1] + 30 * draw.random())
        batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        draw.shuffle(batches)
        for batch in batches:
            scores = head(*head.batch(batch))
            main = torch.tensor([case.act for case in batch])
            performed = functional.one_hot(main, acts).float()
            for row, case in enumerate(batch):
                performed[row, list(case.others)] = 1
            loss = functional.cross_entropy(scores[:, :acts], main, label_smoothing=0.05)
            loss = loss + 2 * functional.binary_cross_entropy_with_logits(scores[:, acts:], performed)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return head.eval()


@torch.no_grad()
def scores(head: ActHead, cases: Sequence[Case]) -> Tensor:
    """Return the scores (cases, 2 * acts)."""
    return torch.cat([head(*head.batch(cases[i : i + 64])) for i in range(0, len(cases), 64)])


def temperature(logits: Tensor, acts: Tensor) -> float:
    """Return what the logits are divided by so that the confidence is the share of right ones (Guo et al., 2017)."""
    choices = torch.linspace(0.5, 3.0, 51)
    losses = torch.stack([functional.cross_entropy(logits / choice, acts) for choice in choices])
    return float(choices[losses.argmin()])


def save(head: ActHead, temperature: float, path: Path) -> None:
    """Write the weights in half precision, the names of the signs, and the temperature."""
    weights = {name: value.detach().numpy().astype(np.float16) for name, value in head.state_dict().items()}
    np.savez(path, signs=np.array(head.signs), temperature=np.float32(temperature), **weights)
