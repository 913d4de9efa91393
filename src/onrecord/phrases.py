"""Phrases: the head of a noun phrase, what hangs on it, and what is joined to it by "and"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from onrecord.parse import Parse, Token

NOMINAL = ("NOUN", "PROPN", "PRON")


def head_of(tokens: Sequence[Token]) -> Token:
    """Return the noun on which the rest of a phrase hangs; the first of several where the parse breaks the phrase apart."""
    inside = {t.index for t in tokens}
    heads = [t for t in tokens if t.head not in inside or t.head == t.index]
    return next((t for t in heads if t.pos in NOMINAL), heads[0])


def joined(parsed: Parse, head: Token, tokens: Sequence[Token]) -> list[Token]:
    """Return the head and the heads of what is joined to it inside some tokens, in text order."""
    inside = {t.index for t in tokens}
    parts = [head]
    for token in parts:
        parts.extend(t for t in parsed.children(token, "conj") if t.index in inside and t.pos in NOMINAL)
    return parts


def own_tokens(parsed: Parse, part: Token, parts: Sequence[Token], tokens: Sequence[Token]) -> list[Token]:
    """Return which of a phrase's tokens belong to one of the parts joined in it."""
    if len(parts) == 1:
        return list(tokens)
    others = {t.index for other in parts if other.index > part.index for t in parsed.subtree(other)}
    mine = {t.index for t in parsed.subtree(part)} - others
    return [t for t in tokens if t.index in mine]


def after(parsed: Parse, token: Token, prepositions: Collection[str]) -> list[Token]:
    """Return what hangs on a token by one of some prepositions: "Y" in "spokesman for Y"."""
    links = [t for t in parsed.children(token, "prep", "agent") if t.text.lower() in prepositions]
    return [t for link in links for t in parsed.children(link, "pobj")]
