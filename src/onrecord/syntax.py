"""Where a word stands in the parse relative to a cue: what the linking head is told beside distance.

The article's parse is laid onto the encoder's words: a word has a head, a relation, a part of speech and a sentence. Two words of one
sentence are related by the path between them: so many steps up to the word that they both depend on, so many down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onrecord.parse import Parse
    from onrecord.pieces import Pieces

Ints = NDArray[np.int64]

_RELATIONS = (  # noqa: SIM905  forty quoted words are no easier to read
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass dative dep det dobj "
    "expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss preconj predet prep prt punct "
    "quantmod relcl xcomp"
).split()
_PARTS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()  # noqa: SIM905

_UNPARSED, _SAME_TOKEN, _FIRST = 0, 1, 2
_RELATION_NUMBER = {name: number for number, name in enumerate(_RELATIONS, _FIRST)}
PART_NUMBER = {name: number for number, name in enumerate(_PARTS, 1)}

RELATIONS = len(_RELATIONS) + _FIRST
PARTS = len(_PARTS) + 1
_STEPS = 6
"""Steps up or down a path that are told apart; the last class is that many or more, less one."""

PATHS = _STEPS**2 + 8
"""Classes of paths: the steps up and down inside a sentence, seven distances in sentences, and one for what is not parsed."""


@dataclass(frozen=True, slots=True, eq=False)
class Syntax:
    """The parse over words, each an array (words,): the head's word, relation, part of speech, sentence, depth, and the tree's root."""

    heads: Ints
    relations: Ints
    parts: Ints
    sentences: Ints
    depths: Ints
    roots: Ints


def lay(parsed: Parse, pieces: Pieces) -> Syntax:
    """Lay a parse onto words: a word is the token that it begins in, its further words hang on the first; -1 is no sentence."""
    if not parsed.tokens:
        none = np.zeros(len(pieces), np.int64)
        return rooted(np.arange(len(pieces)), none, none, none - 1)
    count = len(pieces)
    starts = np.array([t.start for t in parsed.tokens], np.int64)
    ends = np.array([t.end for t in parsed.tokens], np.int64)
    token_of = np.searchsorted(starts, pieces.starts, side="right") - 1
    parsed_here = (token_of >= 0) & (pieces.starts < ends[token_of])
    places = np.flatnonzero(parsed_here)
    tokens, first = np.unique(token_of[places], return_index=True)
    word_of = np.full(len(starts), -1, np.int64)
    word_of[tokens] = places[first]
    heads, relations = np.arange(count), np.full(count, _UNPARSED, np.int64)
    parts, sentences = np.zeros(count, np.int64), np.full(count, -1, np.int64)
    for number, sentence in enumerate(parsed.sentences):
        words = word_of[sentence.first : sentence.last]
        sentences[words[words >= 0]] = number
    for index in tokens.tolist():
        token, word = parsed.tokens[index], word_of[index]
        head = word_of[token.head]
        heads[word] = head if head >= 0 else word
        relations[word] = _RELATION_NUMBER.get(token.dep, _RELATION_NUMBER["dep"])
        parts[word] = PART_NUMBER.get(token.pos, PART_NUMBER["X"])
    further = places[word_of[token_of[places]] != places]
    leading = word_of[token_of[further]]
    heads[further] = leading
    relations[further], parts[further], sentences[further] = _SAME_TOKEN, parts[leading], sentences[leading]
    return rooted(heads, relations, parts, sentences)


def rooted(heads: Ints, relations: Ints, parts: Ints, sentences: Ints) -> Syntax:
    """Return the syntax of these arrays, with the depth and the root of each word."""
    depths, roots = np.zeros(len(heads), np.int64), np.arange(len(heads))
    while (climbing := heads[roots] != roots).any():
        depths += climbing
        roots = heads[roots]
    return Syntax(heads, relations, parts, sentences, depths, roots)


def paths(syntax: Syntax, first: Ints, last: Ints, around: Ints) -> tuple[Ints, Ints, Ints]:
    """Class the paths from words ``around`` (cues, reach) to their cues, which are the words ``first`` to ``last``.

    Returns three arrays (cues, reach): the class of the path, the relation by which the word's side hangs on the common word, and
    the relation by which the cue's side does; 0 where there is no such side.
    """
    cue = np.array([_top(syntax.heads, low, high) for low, high in zip(first.tolist(), last.tolist(), strict=True)])
    word, other = around.copy(), np.broadcast_to(cue[:, None], around.shape).copy()
    sentences = syntax.sentences[around]
    joined = (syntax.roots[word] == syntax.roots[other]) & (sentences >= 0)
    up, down = np.zeros_like(word), np.zeros_like(word)
    branch, cue_branch = np.zeros_like(word), np.zeros_like(word)
    while (apart := joined & (word != other)).any():
        deeper = syntax.depths[word] - syntax.depths[other]
        climbs, descends = apart & (deeper >= 0), apart & (deeper <= 0)
        branch = np.where(climbs, syntax.relations[word], branch)
        cue_branch = np.where(descends, syntax.relations[other], cue_branch)
        word, other = np.where(climbs, syntax.heads[word], word), np.where(descends, syntax.heads[other], other)
        up, down = up + climbs, down + descends
    inside = np.minimum(up, _STEPS - 1) * _STEPS + np.minimum(down, _STEPS - 1)
    beside = _STEPS**2 + 3 + np.clip(sentences - syntax.sentences[cue][:, None], -3, 3)
    apart_class = np.where((sentences < 0) | (syntax.sentences[cue][:, None] < 0), PATHS - 1, beside)
    return np.where(joined, inside, apart_class), branch, cue_branch


def _top(heads: Ints, first: int, last: int) -> int:
    """Return the word of a cue that hangs on a word outside, or on none."""
    for word in range(first, last + 1):
        head = int(heads[word])
        if head == word or not first <= head <= last:
            return word
    return first
