"""The parse laid onto the encoder's words, and the paths from words to cues."""

from __future__ import annotations

import numpy as np
from handmade import parsed
from handmade import pieces as pieces_of
from hypothesis import given
from hypothesis import strategies as st

from onrecord.syntax import PATHS, RELATIONS, Syntax, lay, paths, rooted

TEXT = "“Mr. Tao is ill,” he said. Nobody left."
PARSE = parsed(
    TEXT,
    [
        "“/``/punct/said", "Mr./NNP/compound/Tao", "Tao/NNP/nsubj/is", "is/VBZ/ccomp/said", "ill/JJ/acomp/is", ",/,/punct/said",
        "”/''/punct/said", "he/PRP/nsubj/said", "said/VBD/ROOT/said", "././punct/said",
    ],
    ["Nobody/NN/nsubj/left", "left/VBD/ROOT/left"],
)  # fmt: skip


def test_words_have_the_heads_of_their_tokens() -> None:
    pieces = pieces_of(TEXT)
    words = [TEXT[s:e] for s, e in zip(pieces.starts, pieces.ends, strict=True)]
    laid = lay(PARSE, pieces)
    heads = {(word, words[head]) for word, head in zip(words, laid.heads, strict=True)}
    assert {("Mr", "Tao"), ("Tao", "is"), ("is", "said"), ("said", "said"), ("Nobody", "left")} <= heads
    stop = words.index(".")
    assert words[laid.heads[stop]] == "Mr"  # the mark of "Mr." belongs to that token
    assert words[laid.heads[-1]] == "."  # behind the last token: not parsed, its own head
    assert laid.sentences.tolist() == [0] * words.index("Nobody") + [1, 1, -1]
    assert laid.depths[words.index("Mr")] == 3


def test_paths_tell_the_content_from_the_source() -> None:
    pieces = pieces_of(TEXT)
    words = [TEXT[s:e] for s, e in zip(pieces.starts, pieces.ends, strict=True)]
    cue = np.array([words.index("said")])
    around = np.array([[words.index(w) for w in ("ill", "he", "said", "left")] + [len(words) - 1]])
    path, branch, cue_branch = paths(lay(PARSE, pieces), cue, cue, around)
    up_two, up_one, itself, next_sentence, unparsed = path[0].tolist()
    assert len({up_two, up_one, itself, next_sentence, unparsed}) == 5
    assert unparsed == PATHS - 1
    assert branch[0, 0] != branch[0, 1] != 0
    assert not cue_branch.any()


@st.composite
def forests(draw: st.DrawFn) -> Syntax:
    count = draw(st.integers(2, 12))
    heads = np.array([draw(st.integers(0, n)) for n in range(count)])
    sentence = np.zeros(count, np.int64)
    for n in range(count):
        sentence[n] = sentence[heads[n]] if heads[n] != n else n
    relations = np.array([draw(st.integers(2, RELATIONS - 1)) for _ in range(count)])
    return rooted(heads, relations, np.ones(count, np.int64), sentence)


@given(forests(), st.data())
def test_paths_are_those_of_the_tree(forest: Syntax, data: st.DataObject) -> None:
    count = len(forest.heads)
    cue = data.draw(st.integers(0, count - 1))
    path, branch, cue_branch = paths(forest, np.array([cue]), np.array([cue]), np.arange(count)[None, :])
    above = [cue]
    while forest.heads[above[-1]] != above[-1]:
        above.append(int(forest.heads[above[-1]]))
    for word in range(count):
        at, up, by = word, 0, 0
        while at not in above and forest.heads[at] != at:
            at, up, by = int(forest.heads[at]), up + 1, int(forest.relations[at])
        if at not in above:
            assert path[0, word] >= 36
            continue
        down = above.index(at)
        assert path[0, word] == min(up, 5) * 6 + min(down, 5)
        assert branch[0, word] == by
        assert cue_branch[0, word] == (forest.relations[above[down - 1]] if down else 0)
