"""Write the trained network as the files that ship: ``python -m training.export WEIGHTS PRETRAINED OUT [--float]``.

The graphs are written out by hand, with the fused operators that the run time has for them: int8 products with a scale a column and
the activations scaled as they come, attention, and one table for all combinations of features. Before a product is quantized, its widest
inputs are made narrower and their weights larger by as much (SmoothQuant: Xiao et al., 2023), by what the bundled samples show: a few
inputs are a hundred times as wide as the rest, and with one scale for all of them the others would lose their last bits.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
from collections import defaultdict
from collections.abc import Callable, Sequence
from importlib.resources import files as resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from onrecord.encoder import windows_of
from onrecord.pieces import FEATURE_SIZES, WINDOW_PIECES, read_pieces
from training.batches import CLS, SEP
from training.data import load_tokenizer
from training.model import HEADS, HIDDEN, LAYERS, LINK_DILATIONS, LINK_TAGS, LINK_WIDTH, LinkHead, Network

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Array = NDArray[np.generic]
FUSED = "com.microsoft"
PRODUCTS = ("qkv", "attended", "inner", "outer")
SHARE = 0.7
"""How much of the width of an input goes over to its weights: of 0.5, 0.7, 0.85 and 1 the one that comes nearest to the float encoder."""

LOOKED_UP = ("distance", "line_distance", "path", "branch", "cue_branch")
"""What the linking head is told of a word relative to a cue, each by a table of vectors."""


class Graph:
    """A graph under construction: each method adds a node and returns the name of what it yields."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: Array) -> str:
        """Add a constant."""
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def half(self, value: Array) -> str:
        """Add a constant that is kept in half precision and used in single."""
        return self.node("Cast", self.constant(value.astype(np.float16)), to=TensorProto.FLOAT)

    def node(self, kind: str, *inputs: str, domain: str = "", outputs: int = 1, **attributes: object) -> str:
        """Add a node and return its first output's name; further outputs are that name with a suffix."""
        name = f"n{len(self.nodes)}"
        names = [name, *(f"{name}_{n}" for n in range(1, outputs))]
        self.nodes.append(helper.make_node(kind, inputs, names, name=name, domain=domain, **attributes))
        return name

    def product(self, x: str, weight: Array, bias: Array, *, quantize: bool) -> str:
        """Multiply by a (inputs, outputs) matrix and add a bias."""
        if not quantize:
            return self.node("Add", self.node("MatMul", x, self.constant(weight)), self.constant(bias))
        scale = np.maximum(np.abs(weight).max(0), 1e-8) / 127
        table = np.clip(np.round(weight / scale), -127, 127).astype(np.int8)
        return self.node(
            "DynamicQuantizeMatMul",
            x,
            self.constant(table),
            self.constant(scale.astype(np.float32)),
            self.constant(np.zeros(len(scale), np.int8)),
            self.constant(bias),
            domain=FUSED,
        )

    def save(
        self,
        path: Path,
        inputs: Sequence[onnx.ValueInfoProto],
        outputs: Sequence[tuple[str, str, tuple[str | int, ...]]],
    ) -> None:
        """Write the graph, each output renamed as (ours, name, shape)."""
        for ours, name, _ in outputs:
            self.nodes.append(helper.make_node("Identity", [ours], [name]))
        shown = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for _, name, shape in outputs]
        graph = helper.make_graph(self.nodes, path.stem, list(inputs), shown, self.constants)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
        onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), str(path))


def widths(network: Network, tokenizer: Tokenizer) -> dict[tuple[int, str], NDArray[np.float32]]:
    """Return the largest input of each product of each layer, one a column, as it is on average over the windows of the samples."""
    seen: dict[tuple[int, str], list[NDArray[np.float32]]] = defaultdict(list)

    def watched(key: tuple[int, str]) -> Callable[[nn.Module, tuple[torch.Tensor]], None]:
        return lambda _, inputs: seen[key].append(inputs[0].flatten(0, 1).abs().amax(0).numpy())

    hooks = [
        getattr(layer, name).register_forward_pre_hook(watched((number, name)))
        for number, layer in enumerate(network.encoder.layers)
        for name in PRODUCTS
    ]
    samples = resources("onrecord").joinpath("samples").iterdir()
    for sample in sorted((p for p in samples if p.name.endswith(".txt")), key=lambda p: p.name):
        pieces = read_pieces(sample.read_text(encoding="utf-8"), tokenizer)
        for window in windows_of(len(pieces.ids)):
            inside = slice(window.start, window.end)
            ids = torch.tensor([[CLS, *pieces.ids[inside].tolist(), SEP]])
            features = torch.zeros(1, ids.shape[1], len(FEATURE_SIZES), dtype=torch.long)
            features[0, 1:-1] = torch.from_numpy(pieces.features[inside].astype(np.int64))
            with torch.no_grad():
                network.encoder(ids, features)
    for hook in hooks:
        hook.remove()
    return {key: np.mean(most, axis=0) for key, most in seen.items()}


def evened(weight: NDArray[np.float32], width: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return by what each input of a product (outputs, inputs) is divided, and its weights multiplied; one on average."""
    factor = np.maximum(width, 1e-4) ** SHARE / np.maximum(np.abs(weight).max(0), 1e-6) ** (1 - SHARE)
    return np.asarray(factor / np.exp(np.log(factor).mean()), np.float32)


def export_encoder(network: Network, path: Path, tokenizer: Tokenizer, *, quantize: bool) -> None:
    """Write the encoder: ids and feature codes (batch, pieces) to vectors (batch, pieces, hidden)."""
    most = widths(network, tokenizer) if quantize else {}
    weights = _weights(network.encoder)
    graph = Graph()
    words = weights["words.weight"]
    if quantize:
        scale = np.maximum(np.abs(words).max(1, keepdims=True), 1e-8) / 127
        rows = graph.node("Gather", graph.constant(np.round(words / scale).astype(np.int8)), "ids")
        scales = graph.node("Gather", graph.constant(scale.astype(np.float32)), "ids")
        x = graph.node("Mul", graph.node("Cast", rows, to=TensorProto.FLOAT), scales)
    else:
        x = graph.node("Gather", graph.constant(words), "ids")
    tables = [weights[f"features.{number}.weight"] for number in range(len(FEATURE_SIZES))]
    choices = itertools.product(*map(range, FEATURE_SIZES))
    combined = np.array([sum(table[value] for table, value in zip(tables, values, strict=True)) for values in choices])
    features = graph.half(combined) if quantize else graph.constant(combined)
    positions = weights["positions.weight"][: WINDOW_PIECES + 2]
    pieces = graph.node("Slice", graph.node("Shape", "ids"), *(graph.constant(np.array([n], np.int64)) for n in (1, 2)))
    table = graph.half(positions) if quantize else graph.constant(positions)
    here = graph.node("Slice", table, graph.constant(np.array([0], np.int64)), pieces)
    x = graph.node("Add", graph.node("Add", x, graph.node("Gather", features, "features")), here)
    x = graph.node(
        "LayerNormalization",
        x,
        graph.constant(weights["norm.weight"]),
        graph.constant(weights["norm.bias"]),
        epsilon=1e-12,
    )
    for number in range(LAYERS):
        layer = {
            k.removeprefix(f"layers.{number}."): v for k, v in weights.items() if k.startswith(f"layers.{number}.")
        }

        def product(of: str, name: str, number: int = number, layer: dict[str, NDArray[np.float32]] = layer) -> str:
            weight = layer[f"{name}.weight"]
            if quantize:
                factor = evened(weight, most[number, name])
                of, weight = graph.node("Mul", of, graph.constant(1 / factor)), weight * factor
            return graph.product(of, weight.T, layer[f"{name}.bias"], quantize=quantize)

        def skip(of: str, added: str, name: str, layer: dict[str, NDArray[np.float32]] = layer) -> str:
            scale, shift = graph.constant(layer[f"{name}.weight"]), graph.constant(layer[f"{name}.bias"])
            return graph.node("LayerNormalization", graph.node("Add", of, added), scale, shift, epsilon=1e-12)

        q = graph.node("Split", product(x, "qkv"), graph.constant(np.array([HIDDEN] * 3, np.int64)), outputs=3, axis=-1)
        mixed = graph.node("MultiHeadAttention", q, f"{q}_1", f"{q}_2", domain=FUSED, num_heads=HEADS)
        x = skip(x, product(mixed, "attended"), "attended_norm")
        x = skip(x, product(graph.node("Gelu", product(x, "inner"), domain=FUSED), "outer"), "outer_norm")
    shape = ("batch", "pieces")
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT32, shape) for name in ("ids", "features")]
    graph.save(path, inputs, [(x, "vectors", (*shape, HIDDEN))])


def export_link(head: LinkHead, path: Path) -> None:
    """Write a linking head: words and anchors to emissions (cues, reach, tags) and what is told of the anchor (cues, outcomes)."""
    weights = _weights(head)
    graph = Graph()

    def linear(of: str, name: str) -> str:
        return graph.node(
            "Add",
            graph.node("MatMul", of, graph.half(weights[f"{name}.weight"].T)),
            graph.constant(weights[f"{name}.bias"]),
        )

    def looked_up(name: str) -> str:
        return graph.node("Gather", graph.half(weights[f"{name}.weight"]), name)

    words = linear(graph.node("Concat", "vectors", "flat", axis=-1), "word")
    for name in ("relation", "part"):
        words = graph.node("Add", words, looked_up(name))
    ends = graph.node(
        "Concat", graph.node("Gather", "vectors", "first"), graph.node("Gather", "vectors", "last"), axis=-1
    )
    halves = graph.node(
        "Split", linear(ends, "cue"), graph.constant(np.array([LINK_WIDTH] * 2, np.int64)), outputs=2, axis=-1
    )
    scale = graph.node("Add", halves, graph.constant(np.ones(1, np.float32)))
    middle = graph.constant(np.array([1], np.int64))
    x = graph.node("Mul", graph.node("Gather", words, "around"), graph.node("Unsqueeze", scale, middle))
    x = graph.node("Add", x, graph.node("Unsqueeze", f"{halves}_1", middle))
    for name in LOOKED_UP:
        x = graph.node("Add", x, looked_up(name))
    gate = graph.node("Unsqueeze", "present", graph.constant(np.array([2], np.int64)))
    x = graph.node("Mul", graph.node("Relu", x), gate)
    for number, dilation in enumerate(LINK_DILATIONS):
        pads = graph.constant(np.array([0, dilation, 0, 0, dilation, 0], np.int64))
        padded = graph.node("Pad", x, pads)
        axis = graph.constant(np.array([1], np.int64))
        start = graph.constant(np.array([0], np.int64))
        before = graph.node("Slice", padded, start, graph.constant(np.array([-2 * dilation], np.int64)), axis)
        end = graph.constant(np.array([2**31], np.int64))
        after = graph.node("Slice", padded, graph.constant(np.array([2 * dilation], np.int64)), end, axis)
        changed = graph.node("Relu", linear(graph.node("Concat", before, x, after, axis=-1), f"convolutions.{number}"))
        x = graph.node("Mul", graph.node("Add", x, changed), gate)
    emissions = linear(x, "tags")
    most = graph.node("ReduceMax", x, axes=[1], keepdims=0)
    total = graph.node("ReduceSum", x, graph.constant(np.array([1], np.int64)), keepdims=0)
    count = graph.node("ReduceSum", gate, graph.constant(np.array([1], np.int64)), keepdims=0)
    count = graph.node("Max", count, graph.constant(np.ones(1, np.float32)))
    pooled = graph.node("Concat", most, graph.node("Div", total, count), graph.node("Relu", f"{halves}_1"), axis=-1)
    outcomes = linear(pooled, "valid")
    inputs = [
        helper.make_tensor_value_info(n, TensorProto.FLOAT, ("words", size))
        for n, size in (("vectors", HIDDEN), ("flat", 7))
    ]
    inputs += [helper.make_tensor_value_info(n, TensorProto.INT64, ("cues",)) for n in ("first", "last")]
    inputs += [helper.make_tensor_value_info(n, TensorProto.INT64, ("cues", "reach")) for n in ("around", *LOOKED_UP)]
    inputs += [helper.make_tensor_value_info(n, TensorProto.INT64, ("words",)) for n in ("relation", "part")]
    inputs += [helper.make_tensor_value_info("present", TensorProto.FLOAT, ("cues", "reach"))]
    shapes = (("cues", "reach", LINK_TAGS), ("cues", len(weights["valid.bias"])))
    graph.save(path, inputs, [(emissions, "emissions", shapes[0]), (outcomes, "outcomes", shapes[1])])


def export_flat(network: Network, path: Path) -> None:
    """Write the small tables: the flat head and both transition matrices."""
    flat = _weights(network.flat)
    np.savez(
        path,
        flat_weight=flat["linear.weight"].T.astype(np.float32),
        flat_bias=flat["linear.bias"],
        flat_transitions=network.flat.chain.matrix().detach().numpy(),
        link_transitions=network.link.chain.matrix().detach().numpy(),
    )


def _weights(module: nn.Module) -> dict[str, NDArray[np.float32]]:
    return {name: value.detach().float().numpy() for name, value in module.state_dict().items()}


def export(weights: Path, pretrained: Path, out: Path, *, quantize: bool = True) -> None:
    """Write ``encoder.onnx``, ``tokenizer.json`` and ``heads/`` from trained weights."""
    network = Network().eval()
    network.load_state_dict(torch.load(weights, weights_only=True, map_location="cpu"))
    heads = out / "heads"
    heads.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(pretrained / "tokenizer.json", out / "tokenizer.json")
    export_encoder(network, out / "encoder.onnx", load_tokenizer(out / "tokenizer.json"), quantize=quantize)
    export_link(network.link, heads / "link.onnx")
    export_flat(network, heads / "flat.npz")


def main() -> None:
    """Parse the command line and write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("pretrained", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--float", action="store_true", help="write the encoder unquantized, to measure what int8 costs"
    )
    args = parser.parse_args()
    export(args.weights, args.pretrained, args.out, quantize=not args.float)


if __name__ == "__main__":
    main()
