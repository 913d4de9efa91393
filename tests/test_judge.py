"""The act head in numpy: what it looks at, and that it computes what it was trained to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from handmade import parsed, statement
from handmade import reading as reading_of

from onrecord.judge import CONTENT, CUE, LENGTHS, PLACES, SOURCE, Judge, layout
from onrecord.reading import Reading
from onrecord.records import Statement

SIGNS = ("act warn", "no source", "word if")
TEXTS = [
    ("Tarn said we will close the gates.", "Tarn", "said", "we will close the gates"),
    ("Said we go.", "", "Said", "we go"),
    ("We go.", "", "", "We go"),
    ("Tarn said " + "so and " * 120 + "on.", "Tarn", "said", "so and " * 120 + "on"),
]


def statements(hidden: int) -> list[tuple[Reading, Statement]]:
    """Return readings with random vectors and a statement of each."""
    draw = np.random.default_rng(7)
    found = []
    for text, source, cue, content in TEXTS:
        bare = reading_of(text, parsed(text))
        vectors = draw.normal(size=(len(bare.pieces), hidden)).astype(np.float32)
        seen = Reading(bare.pieces, vectors, bare.roles, bare.syntax)
        found.append((seen, statement(text, cue, content, source=source)))
    return found


def test_source_cue_and_content_are_looked_at_in_this_order() -> None:
    seen, one = statements(4)[0]
    words, roles, places = layout(seen, one)
    assert words == list(range(7))
    assert roles.tolist() == [SOURCE, CUE] + [CONTENT] * 5
    assert places.tolist() == [0, 0, 0, 1, 2, 3, 4]


def test_a_long_content_is_cut_and_its_far_places_are_one() -> None:
    seen, one = statements(4)[3]
    words, roles, places = layout(seen, one)
    assert len(words) == 2 + LENGTHS[CONTENT]
    assert (roles == CONTENT).sum() == LENGTHS[CONTENT]
    assert places.max() == PLACES - 1
    assert places[2:].tolist()[:PLACES] == list(range(PLACES))


@pytest.mark.parametrize("signs", [(), SIGNS[:2], (*SIGNS, "never seen before")])
def test_the_same_scores_as_the_network_that_was_trained(tmp_path: Path, signs: tuple[str, ...]) -> None:
    torch = pytest.importorskip("torch", reason="needs the extra train")
    acthead = pytest.importorskip("training.acthead")
    torch.manual_seed(3)
    acts = 12
    head = acthead.ActHead(SIGNS, acts).eval()
    with torch.no_grad():
        for weights in head.parameters():  # as half precision keeps them, and large enough to tell
            weights.copy_(torch.randn_like(weights).mul(0.3).half().float())
    acthead.save(head, temperature=1.7, path=tmp_path / "acts.npz")
    judge = Judge(tmp_path / "acts.npz")
    read = statements(head.word.in_features)
    cases = [acthead.case_of(seen, one, frozenset(signs), 0, ()) for seen, one in read]
    trained = acthead.scores(head, cases).numpy()
    for (seen, one), row in zip(read, trained, strict=True):
        main, any_of = judge(seen, one, signs)
        likely = np.exp((row[:acts] - row[:acts].max()) / 1.7)
        assert main == pytest.approx(likely / likely.sum(), abs=1e-4)
        assert any_of == pytest.approx(1 / (1 + np.exp(-row[acts:])), abs=1e-4)
        assert main.sum() == pytest.approx(1, abs=1e-5)
