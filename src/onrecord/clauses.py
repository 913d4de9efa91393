"""Clauses: what the parse says about a verb, its subject and its auxiliaries."""

from __future__ import annotations

from onrecord.parse import Parse, Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")

WOULD = {"would", "'d", "’d"}
WILL = WOULD | {"will", "shall", "'ll", "’ll", "wo"}


def is_verb(token: Token) -> bool:
    """Tell whether the token can head a clause."""
    return token.pos in {"VERB", "AUX"} and token.dep not in {"aux", "auxpass"}


def is_be(token: Token) -> bool:
    """Tell whether the token is a form of "be"; the parser does not know those with a typographic apostrophe."""
    return token.lemma == "be" or (token.text.lower() in {"’m", "’re", "’s"} and token.pos in {"VERB", "AUX"})


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


def is_question(parsed: Parse, verb: Token) -> bool:
    """Tell whether the verb's sentence ends with a question mark."""
    return any(t.text == "?" for t in parsed.in_sentence(parsed.sentence_of(verb))[-3:])
