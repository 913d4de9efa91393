"""The network: a six-layer encoder with feature embeddings, a flat span head, a linking head, and auxiliary heads."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.pieces import FEATURE_SIZES
from onrecord.syntax import PARTS, PATHS, RELATIONS
from training.data import ACTS, CONDITION_PARTS

HIDDEN, LAYERS, HEADS, INNER = 384, 6, 12, 1536
FLAT_TAGS, LINK_TAGS = 7, 5
LINK_WIDTH, LINK_DILATIONS = 96, (1, 3, 9, 27)
DISTANCES, LINE_DISTANCES = 65, 7
NEVER = -1e4


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.attended = nn.Linear(HIDDEN, HIDDEN)
        self.attended_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.inner = nn.Linear(HIDDEN, INNER)
        self.outer = nn.Linear(INNER, HIDDEN)
        self.outer_norm = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Map (batch, pieces, hidden) to the same shape; ``mask`` is True where a piece may be attended to."""
        batch, pieces, _ = x.shape
        q, k, v = self.qkv(x).view(batch, pieces, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.attended_norm(x + self.attended(mixed.transpose(1, 2).reshape(batch, pieces, HIDDEN)))
        return self.outer_norm(x + self.outer(functional.gelu(self.inner(x))))


class Encoder(nn.Module):
    """Pieces and their features to vectors."""

    def __init__(self, vocabulary: int = 30522) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.features = nn.ModuleList(nn.Embedding(size, HIDDEN) for size in FEATURE_SIZES)
        for table in self.features:
            nn.init.zeros_(table.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.dropout = nn.Dropout(0.1)

    def forward(self, ids: Tensor, features: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Encode ids (batch, pieces) and features (batch, pieces, kinds); ``lengths`` where a batch is padded."""
        pieces = ids.shape[1]
        x = self.words(ids) + self.positions.weight[:pieces]
        for number, table in enumerate(self.features):
            x = x + table(features[:, :, number])
        x = self.dropout(self.norm(x))
        mask = None
        if lengths is not None and int(lengths.min()) < pieces:
            mask = (torch.arange(pieces, device=ids.device) < lengths[:, None])[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load_pretrained(self, path: Path) -> None:
        """Take the weights of a BERT checkpoint in safetensors form."""
        old = load_file(str(path))
        old = {key.removeprefix("bert."): value for key, value in old.items()}
        new = {
            "words.weight": old["embeddings.word_embeddings.weight"],
            "positions.weight": old["embeddings.position_embeddings.weight"]
            + old["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": old["embeddings.LayerNorm.weight"],
            "norm.bias": old["embeddings.LayerNorm.bias"],
        }
        names = {
            "attended": "attention.output.dense",
            "attended_norm": "attention.output.LayerNorm",
            "inner": "intermediate.dense",
            "outer": "output.dense",
            "outer_norm": "output.LayerNorm",
        }
        for number in range(LAYERS):
            for kind in ("weight", "bias"):
                stem = f"encoder.layer.{number}."
                for ours, theirs in names.items():
                    new[f"layers.{number}.{ours}.{kind}"] = old[f"{stem}{theirs}.{kind}"]
                parts = [old[f"{stem}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                new[f"layers.{number}.qkv.{kind}"] = torch.cat(parts)
        missing, unexpected = self.load_state_dict(new, strict=False)
        if unexpected or not all(name.startswith("features.") for name in missing):
            raise ValueError(f"{path} is not of this shape: missing {missing}, unexpected {unexpected}")


class Chain(nn.Module):
    """A linear-chain CRF over O, B-x, I-x, ...: odd tags begin a span, the even tag after each continues it."""

    def __init__(self, tags: int) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(tags, tags))
        forbidden = torch.zeros(tags, tags, dtype=torch.bool)
        for inside in range(2, tags, 2):
            forbidden[:, inside] = True
            forbidden[inside - 1 : inside + 1, inside] = False
        self.register_buffer("forbidden", forbidden, persistent=False)

    def matrix(self) -> Tensor:
        """Give the transition scores, rows from, columns to."""
        return self.transitions.masked_fill(self.forbidden, NEVER)

    def nll(self, emissions: Tensor, allowed: Tensor, present: Tensor) -> Tensor:
        """Give the summed negative log likelihood of the tag sets ``allowed`` (batch, words, tags) where ``present``."""
        masked = emissions.masked_fill(~allowed, NEVER)
        return (self._log_total(emissions, present) - self._log_total(masked, present)).sum()

    def _log_total(self, emissions: Tensor, present: Tensor) -> Tensor:
        """Sum over all paths in log space by pairwise products, so that depth grows with log(words)."""
        batch, words, tags = emissions.shape
        identity = torch.full((tags, tags), NEVER, device=emissions.device).fill_diagonal_(0.0)
        steps = self.matrix() + emissions[:, 1:, None, :]
        steps = torch.where(present[:, 1:, None, None], steps, identity)
        while steps.shape[1] > 1:
            if steps.shape[1] % 2:
                steps = torch.cat([steps, identity.expand(batch, 1, tags, tags)], 1)
            steps = torch.logsumexp(steps[:, 0::2, :, :, None] + steps[:, 1::2, None, :, :], dim=3)
        first = emissions[:, 0, :, None]
        return (
            torch.logsumexp((first + steps[:, 0]).flatten(1), dim=1) if words > 1 else torch.logsumexp(first[..., 0], 1)
        )


class FlatHead(nn.Module):
    """Word vectors to emissions of the seven flat tags."""

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(HIDDEN, FLAT_TAGS)
        self.chain = Chain(FLAT_TAGS)

    def forward(self, vectors: Tensor) -> Tensor:
        """Map (..., hidden) to (..., tags)."""
        return self.linear(vectors)


class LinkHead(nn.Module):
    """For one anchor, the tag of every word around it: nothing, or one of two roles (of a cue, its source or its content).

    ``outcomes`` logits tell of the anchor itself, the first whether it is one.
    """

    def __init__(self, outcomes: int = 1) -> None:
        super().__init__()
        width = LINK_WIDTH
        self.word = nn.Linear(HIDDEN + FLAT_TAGS, width)
        self.cue = nn.Linear(2 * HIDDEN, 2 * width)
        self.distance = nn.Embedding(DISTANCES, width)
        self.line_distance = nn.Embedding(LINE_DISTANCES, width)
        self.path = nn.Embedding(PATHS, width)
        self.branch = nn.Embedding(RELATIONS, width)
        self.cue_branch = nn.Embedding(RELATIONS, width)
        self.relation = nn.Embedding(RELATIONS, width)
        self.part = nn.Embedding(PARTS, width)
        self.convolutions = nn.ModuleList(nn.Linear(3 * width, width) for _ in LINK_DILATIONS)
        self.tags = nn.Linear(width, LINK_TAGS)
        self.valid = nn.Linear(3 * width, outcomes)
        self.chain = Chain(LINK_TAGS)
        self.dropout = nn.Dropout(0.1)
        for table in (
            self.distance,
            self.line_distance,
            self.path,
            self.branch,
            self.cue_branch,
            self.relation,
            self.part,
        ):
            nn.init.normal_(table.weight, std=0.1)

    def forward(
        self,
        vectors: Tensor,
        flat: Tensor,
        first: Tensor,
        last: Tensor,
        around: Tensor,
        present: Tensor,
        distance: Tensor,
        lines: Tensor,
        syntax: tuple[Tensor, Tensor],
        paths: tuple[Tensor, Tensor, Tensor],
    ) -> tuple[Tensor, Tensor]:
        """Score words (words, hidden) for cues.

        ``flat`` are the flat emissions (words, tags); ``first`` and ``last`` the word indices of each cue; ``around`` the words
        looked at (cues, reach), ``present`` whether each exists, ``distance`` and ``lines`` its classes; ``syntax``
        are the relation and part of speech of each word, ``paths`` the path, branch and cue's branch (cues, reach). Returns emissions
        (cues, reach, tags) and the outcomes (cues, outcomes).
        """
        words = self.word(torch.cat([vectors, flat], -1)) + self.relation(syntax[0]) + self.part(syntax[1])
        scale, shift = self.cue(torch.cat([vectors[first], vectors[last]], -1)).chunk(2, -1)
        x = words[around] * (1 + scale[:, None]) + shift[:, None] + self.distance(distance) + self.line_distance(lines)
        x = x + self.path(paths[0]) + self.branch(paths[1]) + self.cue_branch(paths[2])
        gate = present[..., None].to(x.dtype)
        x = functional.relu(x) * gate
        for convolution, dilation in zip(self.convolutions, LINK_DILATIONS, strict=True):
            padded = functional.pad(x, (0, 0, dilation, dilation))
            reach = x.shape[1]
            joined = torch.cat([padded[:, :reach], x, padded[:, 2 * dilation :]], -1)
            x = (x + functional.relu(convolution(joined))) * gate
        x = self.dropout(x)
        emissions = self.tags(x)
        pooled = torch.cat([x.amax(1), x.sum(1) / gate.sum(1).clamp(min=1), functional.relu(shift)], -1)
        return emissions, self.valid(pooled)


class Network(nn.Module):
    """The encoder and all heads."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.flat = FlatHead()
        self.link = LinkHead()
        self.act = nn.Sequential(nn.Linear(2 * HIDDEN, 128), nn.GELU(), nn.Dropout(0.1), nn.Linear(128, len(ACTS)))
        self.condition = nn.Linear(HIDDEN, len(CONDITION_PARTS) + 1)
        self.action = nn.Linear(HIDDEN, 2)
        self.dropout = nn.Dropout(0.1)
