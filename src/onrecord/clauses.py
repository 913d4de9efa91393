"""Clauses: what the parse says about a verb, its subject, its auxiliaries, and the words that belong to it."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord import parse
from onrecord.parse import Parse, Token
from onrecord.records import Spans
from onrecord.spans import lawful

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")

_NEGATIVE = {"no", "not", "n't", "n’t", "never", "none", "nobody", "nothing", "neither", "nowhere", "hardly", "cannot"}
WOULD = {"would", "'d", "’d"}
WILL = WOULD | {"will", "shall", "'ll", "’ll", "wo"}
_MODALS = WILL | {"can", "could", "ca", "must", "should", "may", "might"}


def is_verb(token: Token) -> bool:
    """Tell whether the token can head a clause."""
    return token.pos in {"VERB", "AUX"} and token.dep not in {"aux", "auxpass"}


def is_be(token: Token) -> bool:
    """Tell whether the token is a form of "be"; the parser does not know those with a typographic apostrophe."""
    return token.lemma == "be" or (token.text.lower() in {"’m", "’re", "’s"} and token.pos in {"VERB", "AUX"})


def governor(parsed: Parse, token: Token) -> Token | None:
    """Return the verb whose clause the token stands in, the nearest above it."""
    return next((above for above in parsed.ancestors(token) if is_verb(above)), None)


def subject(parsed: Parse, verb: Token) -> Token | None:
    """Return the verb's subject, its own or that of the verb whose conjunct or complement it is ("we will go and see")."""
    for _ in range(4):
        own = parsed.children(verb, *SUBJECTS)
        if own:
            return own[0]
        head = parsed.head(verb)
        if verb.dep not in {"conj", "xcomp"} or head.index == verb.index:
            return None
        verb = head
    return None


def auxiliaries(parsed: Parse, verb: Token) -> list[Token]:
    """Return the verb's auxiliaries, for a conjunct without subject of its own those of the first verb."""
    own = [a for t in parsed.children(verb, "aux", "auxpass") for a in (*parsed.children(t, "aux"), t)]
    if own or verb.dep != "conj" or parsed.children(verb, *SUBJECTS):
        return own
    return auxiliaries(parsed, parsed.head(verb))


def is_negative(parsed: Parse, verb: Token) -> bool:
    """Tell whether the verb is negated, or its subject, object or complement opens with a negative word."""
    near = [t for c in [verb, *parsed.children(verb)] for t in [c, *parsed.children(c, "neg", "det", "preconj")]]
    return any(t.text.lower() in _NEGATIVE and t.dep != "conj" for t in near)


def is_future(parsed: Parse, verb: Token) -> bool:
    """Tell whether the clause is about what will or would be: will, would, going to, or an infinitive of a plan."""
    words = [t.text.lower() for t in auxiliaries(parsed, verb)]
    return (
        any(w in WILL for w in words) or "to" in words or (verb.lemma == "go" and bool(parsed.children(verb, "xcomp")))
    )


def is_modal(parsed: Parse, verb: Token) -> bool:
    """Tell whether the clause has a modal verb, or is about the future."""
    return is_future(parsed, verb) or any(t.text.lower() in _MODALS for t in auxiliaries(parsed, verb))


def is_question(parsed: Parse, verb: Token) -> bool:
    """Tell whether the verb's sentence ends with a question mark."""
    return any(t.text == "?" for t in parsed.in_sentence(parsed.sentence_of(verb))[-3:])


def stretch(tokens: Iterable[Token], first: int) -> list[Token]:
    """Return the tokens from index ``first`` on as far as none is missing."""
    by_index = {t.index: t for t in tokens}
    run: list[Token] = []
    while (token := by_index.get(first)) is not None:
        run.append(token)
        first += 1
    return run


def runs(text: str, tokens: Iterable[Token]) -> Spans:
    """Return the characters of the tokens, neighbours joined, as lawful spans."""
    return lawful(text, parse.runs(tuple(tokens)))
