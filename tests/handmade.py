"""Parses, articles and statements made by hand, so that a step is tested without the language model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from onrecord.identity import sha256
from onrecord.parse import Parse, Sentence, Token
from onrecord.records import Article, Spans, Statement, Time

LEMMAS = {"accused": "accuse", "said": "say", "was": "be", "is": "be", "were": "be", "’ll": "will", "n’t": "not"}


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


def words(text: str, found: Spans) -> str:
    """Return the words that spans cover, pieces apart by " … "."""
    return " … ".join(text[start:end] for start, end in found)
