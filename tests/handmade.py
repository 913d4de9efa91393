"""Parses, articles and statements made by hand, so that a step is tested without the language model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import strategies as st

from onrecord.identity import sha256
from onrecord.linker import Linked
from onrecord.parse import Parse, Sentence, Token
from onrecord.pieces import Pieces
from onrecord.reading import Reading
from onrecord.records import Article, Spans, Statement, Time
from onrecord.spans import lines
from onrecord.syntax import lay

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEMMAS = {
    "accused": "accuse",
    "said": "say",
    "was": "be",
    "is": "be",
    "were": "be",
    "’ll": "will",
    "n’t": "not",
    "troops": "troop",
}


def article(text: str, **facts: Any) -> Article:
    """Return an article of this text; ``facts`` are fields of the record."""
    bare = Article(
        id="made", path=None, url=None, publisher=None, title=None, title_span=None, byline=None, speaker=None, dateline=None,
        published=None, read_as_of=None, language="en", text=text, captions=(), clutter=(), sha256=sha256(text.encode()),
    )  # fmt: skip
    return replace(bare, **facts)


def day(iso: str) -> Time:
    """Return a day to read as of."""
    return Time(iso, iso, None)


def parsed(text: str, *sentences: Sequence[str]) -> Parse:
    """Return a parse of the text.

    A sentence is a list of tokens "word/TAG/dep/head": the tag a Penn tag, the head the word it hangs on (its first occurrence
    in the sentence, or "word@n" for the n-th token), itself for the root. The lemma is the lower-case word, ``LEMMAS`` apart.
    """
    tokens: list[Token] = []
    bounds: list[Sentence] = []
    at = 0
    for sentence in sentences:
        first = len(tokens)
        parts = [told.rsplit("/", 3) for told in sentence]
        words = [word for word, _, _, _ in parts]
        for word, tag, dep, head in parts:
            start = text.index(word, at)
            at = start + len(word)
            position = int(head.split("@")[1]) if "@" in head else words.index(head)
            lemma = LEMMAS.get(word.lower(), word.lower())
            tokens.append(Token(len(tokens), start, at, word, lemma, _pos(tag, dep), tag, dep, first + position, ""))
        bounds.append(Sentence(first, len(tokens), tokens[first].start, at))
    return Parse(tokens, bounds)


def _pos(tag: str, dep: str) -> str:
    if dep in {"aux", "auxpass"} or tag == "MD":
        return "AUX"
    if tag.startswith("NNP"):
        return "PROPN"
    kinds = {
        "V": "VERB",
        "N": "NOUN",
        "PR": "PRON",
        "I": "ADP",
        "J": "ADJ",
        "R": "ADV",
        "D": "DET",
        "T": "PART",
        "C": "CCONJ",
    }
    return next((pos for start, pos in kinds.items() if tag.startswith(start)), "PUNCT")


def spans(text: str, *pieces: str) -> Spans:
    """Return where each piece stands, looked for from the end of the piece before on."""
    found = []
    at = 0
    for piece in pieces:
        start = text.index(piece, at)
        at = start + len(piece)
        found.append((start, at))
    return tuple(found)


def statement(text: str, cue: str = "", *content: str, source: str = "", **fields: Any) -> Statement:
    """Return a statement of this text: its cue, the pieces of its content, its source; ``fields`` are fields of the record."""
    bare = Statement(
        id="s1", source=spans(text, source) if source else (), cue=spans(text, cue) if cue else (), content=spans(text, *content),
        quotation="indirect", manner="said", speakers=(), why_no_speaker="unresolved", on_behalf_of=(), anonymous=False,
        addressee=None, target=None, act="assert", other_acts=(), conditions=(), said_on=None, place=None, answers=None,
        inside=None, insertions=(), confidence=1.0, act_confidence=0.0,
    )  # fmt: skip
    return replace(bare, **fields)


def pieces(text: str) -> Pieces:
    """Return the words of a text as BERT splits them: runs of letters and digits, single marks."""
    found = [m.span() for m in re.finditer(r"\w+|[^\w\s]", text)]
    starts, ends = np.array(found, np.int32).reshape(-1, 2).T
    nothing = np.zeros(len(found), np.int32)
    line_starts = [start for start, _ in lines(text)]
    line = np.searchsorted(line_starts, starts, side="right").astype(np.int32) - 1
    return Pieces(nothing, np.zeros((len(found), 5), np.int8), nothing, starts, ends, line)


def reading(text: str, made: Parse) -> Reading:
    """Return a text as the heads see it, with this parse; no encoder has read it, so that its vectors are empty."""
    its = pieces(text)
    return Reading(its, np.zeros((len(its), 0), np.float32), np.zeros((len(its), 7), np.float32), lay(made, its))


WORDS = [
    "We", "will", "close", "the", "gates", "if", "only", "they", "come", "unless", "until", "any", "should", "not", "he", "Friday",
    "by", "and", "or", "“", "”", ",", ".", "(", ")", "[", "]", "—", "it’s", "\u200b", "e\u0301", "\U0001f600", "\n", "\u2028", "\t",
]  # fmt: skip


@st.composite
def contents(draw: st.DrawFn) -> tuple[str, Reading, Parse, Statement]:
    """Draw a text, a reading of it, a parse of any shape, and a statement whose content is some of its words."""
    text = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40)))
    found = [m.span() for m in re.finditer(r"\w+|[^\w\s]", text)]
    heads = [draw(st.integers(0, number)) for number in range(len(found))]
    kinds = [draw(st.sampled_from(["VERB", "AUX", "PRON", "NOUN", "PUNCT"])) for _ in found]
    made = Parse(
        (
            Token(n, s, e, text[s:e], text[s:e].lower(), kind, "", "dep", head, "")
            for n, ((s, e), kind, head) in enumerate(zip(found, kinds, heads, strict=True))
        ),
        [Sentence(0, len(found), found[0][0], found[-1][1])] if found else [],
    )
    read = reading(text, made)
    inside = [n for n in range(len(found)) if draw(st.booleans())]
    return text, read, made, replace(statement(text), content=read.characters(inside))


class AnyFinder:
    """A head that finds anything that a head may find: on each anchor none, or some of its words in either role."""

    def __init__(self, seed: int) -> None:
        self._draw = np.random.default_rng(seed)

    def __call__(
        self,
        _reading: Reading,
        candidates: Sequence[tuple[int, int]],
        among: Sequence[NDArray[np.bool_]],
        _sure: Sequence[bool] | None = None,
    ) -> list[Linked | None]:
        return [self._linked(one, inside) for one, inside in zip(candidates, among, strict=True)]

    def _linked(self, anchor: tuple[int, int], inside: NDArray[np.bool_]) -> Linked | None:
        if self._draw.random() < 0.2:
            return None
        own = np.flatnonzero(inside)
        role = self._draw.integers(3, size=len(own))
        first, second = (tuple(own[role == wanted].tolist()) for wanted in (1, 2))
        return Linked(anchor, first, second, tuple(self._draw.normal(1, 2, size=8).tolist()))


def words(text: str, found: Spans) -> str:
    """Return the words that spans cover, pieces apart by " … "."""
    return " … ".join(text[start:end] for start, end in found)


def known_failure(*row: object, known: str) -> Any:
    """Return a row of a table that the shipped weights get wrong: plain English, so kept until they get it right."""
    return pytest.param(*row, marks=pytest.mark.xfail(strict=False, reason=f"known failure: {known}"))
