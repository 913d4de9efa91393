"""Windows of labelled articles, cut anew every epoch, and batches of windows of like length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor

from onrecord.pieces import WINDOW_PIECES
from onrecord.syntax import Syntax
from training.data import UNKNOWN, Labelled

CLS, SEP, MASK = 101, 102, 103
BATCH_PIECES = 4096


@dataclass(frozen=True, slots=True)
class Window:
    """Words ``low`` to ``high`` of an article."""

    article: Labelled
    low: int
    high: int

    @property
    def pieces(self) -> tuple[int, int]:
        """Give the pieces that these words are made of."""
        first, count = self.article.pieces.first, len(self.article.pieces.ids)
        return int(first[self.low]), int(first[self.high]) if self.high < len(first) else count


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Padded windows. Links are (window, first word, last word, tags over the window's words, act).

    ``syntax`` holds the whole articles' parses, (parts of Syntax, words); a window's first word is its word ``origin``.
    """

    ids: Tensor
    features: Tensor
    lengths: Tensor
    first: Tensor
    word_counts: Tensor
    lines: Tensor
    tags: Tensor
    conditions: Tensor
    actions: Tensor
    link_window: Tensor
    link_first: Tensor
    link_last: Tensor
    link_tags: Tensor
    link_act: Tensor
    syntax: Tensor
    origin: Tensor

    def to(self, device: torch.device) -> Batch:
        """Give the batch on a device."""
        return Batch(*(getattr(self, name).to(device) for name in self.__slots__))


def cut(article: Labelled, draw: random.Random) -> Iterator[Window]:
    """Cut an article into windows of about equal length; the length is drawn anew each time."""
    count = len(article.pieces.ids)
    parts = max(1, -(-count // draw.randint(150, WINDOW_PIECES - 6)))
    cuts = (int(np.searchsorted(article.pieces.first, count * part // parts)) for part in range(1, parts))
    bounds = [0, *cuts, len(article.pieces)]
    for low, high in pairwise(bounds):
        yield from _fitting(Window(article, low, high))


def _fitting(window: Window) -> Iterator[Window]:
    """Halve a window until it fits; text of few words and many pieces (links, tables) needs it."""
    if window.low == window.high:
        return
    start, end = window.pieces
    if end - start <= WINDOW_PIECES or window.high - window.low == 1:
        yield window
        return
    middle = (window.low + window.high) // 2
    yield from _fitting(Window(window.article, window.low, middle))
    yield from _fitting(Window(window.article, middle, window.high))


def epoch(articles: Sequence[Labelled], draw: random.Random, mask_share: float = 0.07) -> Iterator[Batch]:
    """Yield the shuffled batches of one pass over the articles."""
    windows = [window for article in articles for window in cut(article, draw)]
    draw.shuffle(windows)
    windows.sort(key=lambda w: (w.pieces[1] - w.pieces[0]) // 8)
    groups: list[list[Window]] = [[]]
    for window in windows:
        length = window.pieces[1] - window.pieces[0] + 2
        if (len(groups[-1]) + 1) * length > BATCH_PIECES:
            groups.append([])
        groups[-1].append(window)
    draw.shuffle(groups)
    for group in groups:
        yield collate(group, np.random.default_rng(draw.getrandbits(32)), mask_share)


def collate(windows: Sequence[Window], draw: np.random.Generator, mask_share: float) -> Batch:
    """Pad windows into one batch, hiding a share of the words behind [MASK]."""
    spans = [window.pieces for window in windows]
    pieces = max(end - start for start, end in spans) + 2
    words = max(window.high - window.low for window in windows)
    size = len(windows)
    ids = np.zeros((size, pieces), np.int64)
    features = np.zeros((size, pieces, windows[0].article.pieces.features.shape[1]), np.int64)
    first, lines = np.zeros((size, words), np.int64), np.zeros((size, words), np.int64)
    tags, conditions, actions = (np.full((size, words), UNKNOWN, np.int64) for _ in range(3))
    link_rows: list[tuple[int, int, int, int]] = []
    link_tags: list[np.ndarray] = []
    for row, (window, (start, end)) in enumerate(zip(windows, spans, strict=True)):
        article, count, low, high = window.article, window.high - window.low, window.low, window.high
        first[row, :count] = article.pieces.first[low:high] - start + 1
        row_ids = article.pieces.ids[start:end].astype(np.int64)
        hidden = draw.random(count) < mask_share
        word_of = np.searchsorted(article.pieces.first[low:high], np.arange(start, end), side="right") - 1
        row_ids[hidden[word_of]] = MASK
        ids[row, : end - start + 2] = [CLS, *row_ids.tolist(), SEP]
        features[row, 1 : end - start + 1] = article.pieces.features[start:end]
        lines[row, :count] = article.pieces.lines[low:high]
        tags[row, :count] = article.tags[low:high]
        conditions[row, :count] = article.conditions[low:high]
        actions[row, :count] = article.actions[low:high]
        for link in article.links:
            if low <= link.start and link.last < high:
                link_rows.append((row, link.start - low, link.last - low, link.act))
                row_tags = np.zeros(words, np.int64)
                here = (link.words >= low) & (link.words < high)
                row_tags[link.words[here] - low] = link.tags[here]
                row_tags[0] -= row_tags[0] in (2, 4)  # a span cut by the window begins here
                link_tags.append(row_tags)
    syntax, origin = _joined(windows)
    table = np.array(link_rows, dtype=np.int64).reshape(-1, 4)
    return Batch(
        *map(torch.from_numpy, (ids, features, np.array([e - s + 2 for s, e in spans]), first)),
        torch.tensor([w.high - w.low for w in windows]),
        *map(torch.from_numpy, (lines, tags, conditions, actions, table[:, 0], table[:, 1], table[:, 2])),
        torch.from_numpy(np.array(link_tags, dtype=np.int64).reshape(-1, words)),
        *map(torch.from_numpy, (table[:, 3], syntax, origin)),
    )


def _joined(windows: Sequence[Window]) -> tuple[np.ndarray, np.ndarray]:
    """Set the parses of the windows' articles side by side; return them and where each window begins in them."""
    columns, origin, count = [], [], 0
    for window in windows:
        of = window.article.syntax
        shifted = replace(of, heads=of.heads + count, roots=of.roots + count)
        columns.append(np.stack([getattr(shifted, field.name) for field in fields(Syntax)]))
        origin.append(count + window.low)
        count += len(of.heads)
    return np.concatenate(columns, axis=1), np.array(origin, np.int64)
