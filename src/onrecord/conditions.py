"""Conditions: which thing said depends on which other, by the connectors of ``connectors.tsv`` and the clauses around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from onrecord import clauses
from onrecord.parse import Parse, Token
from onrecord.records import Article, Condition, ConditionKind, Statement
from onrecord.tables import table

_ASKING = {
    "ask", "wonder", "know", "see", "tell", "determine", "decide", "question", "doubt", "check", "inquire", "find", "matter", "care",
}  # fmt: skip
"""Verbs after which "if" is "whether"."""

_SHELL = {"think", "guess", "believe", "say", "hope", "mean", "feel", "suppose", "know"}
"""Verbs of "I think": what depends on the condition is what is thought, not the thinking."""

_EDGE_WORDS = {
    "that",
    "whether",
    "to",
    "while",
    "and",
    "but",
    "or",
    "so",
    "then",
    "because",
    "well",
    "yet",
    "as",
    "for",
}
_EDGE_MARKS = set(",;:.-–—…\"“”'‘’`!?") | {"''", "``", "--", "..."}


@dataclass(frozen=True, slots=True)
class Connector:
    """One row of ``connectors.tsv``."""

    words: tuple[str, ...]
    kind: str
    needs: str
    follows: str
    concessive: bool
    counterfactual: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """A connector in the text, its antecedent, and the verb on which that hangs or the consequent itself, where known."""

    connector: Connector
    marker: list[Token]
    antecedent: list[Token]
    head: Token | None
    consequent: tuple[Token, ...] = ()


_INVERSION = Connector((), "if", "", "clause", concessive=False, counterfactual=False)
_PAST_INVERSION = replace(_INVERSION, counterfactual=True)
_ANY = _INVERSION

_INVERTING = {"only", "never", "nor", "neither", "rarely", "so", "hardly", "not", "than", "as"}
"""Words after which an auxiliary stands before its subject in any clause."""


def split(article: Article, parsed: Parse, drafts: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Return the statements with their conditions, each inside the statement's content, in text order."""
    return tuple(replace(draft, conditions=_conditions(article.text, parsed, draft)) for draft in drafts)


def _conditions(text: str, parsed: Parse, draft: Statement) -> tuple[Condition, ...]:
    content = parsed.inside(draft.content)
    asked = bool({t.lemma.lower() for t in parsed.inside(draft.cue)} & _ASKING)
    found = list(_found(parsed, content, asked=asked))
    conditions = []
    for one in found:
        others = {t.index for other in found if other is not one for t in (*other.marker, *other.antecedent)}
        verb, consequent = _consequent(parsed, content, one, others)
        if _holds(parsed, one, verb, consequent):
            negative = verb is not None and clauses.is_negative(parsed, verb)
            conditions.append(
                Condition(
                    antecedent=clauses.runs(text, one.antecedent),
                    consequent=clauses.runs(text, consequent),
                    connector=clauses.runs(text, one.marker),
                    kind=_kind(one.connector, negative=negative),
                    concessive=one.connector.concessive,
                    counterfactual=one.connector.counterfactual or _is_counterfactual(parsed, draft, one, verb),
                )
            )
    return tuple(sorted(conditions, key=lambda c: c.antecedent))


def _found(parsed: Parse, content: list[Token], *, asked: bool) -> Iterator[_Found]:
    """Yield what may be conditions, less "asked if ..." and a mere degree of the condition before."""
    earlier: list[Token] = []
    for one in [*_by_connector(parsed, content), *_by_inversion(parsed, content), *_by_any(parsed, content)]:
        whether = asked and one.connector.words == ("if",) and one.marker[0].index <= content[0].index + 1
        degree = one.connector.concessive and one.marker[0] in earlier  # "... enters, even if it is just one"
        if not whether and not degree:
            earlier += one.antecedent
            yield one


# --- the antecedent


@cache
def _connectors() -> dict[str, list[Connector]]:
    """Return the table by first word, longest first."""
    by_first: dict[str, list[Connector]] = {}
    for row in sorted(table("connectors"), key=lambda row: -len(row["connector"].split())):
        words = tuple(row["connector"].split())
        connector = Connector(
            words, row["kind"], row["needs"], row["follows"],
            concessive=row["concessive"] == "yes", counterfactual=row["counterfactual"] == "yes",
        )  # fmt: skip
        by_first.setdefault(words[0], []).append(connector)
    return by_first


def _by_connector(parsed: Parse, content: list[Token]) -> Iterator[_Found]:
    done = -1
    for position, token in enumerate(content):
        if position <= done:
            continue
        for connector in _connectors().get(token.text.lower(), ()):
            marker = content[position : position + len(connector.words)]
            if tuple(t.text.lower() for t in marker) == connector.words:
                done = position + len(marker) - 1
                found = _antecedent(parsed, content, connector, marker) if connector.kind != "none" else None
                if found:
                    yield found
                break


def _antecedent(parsed: Parse, content: list[Token], connector: Connector, marker: list[Token]) -> _Found | None:
    """Return the clause or phrase behind the connector, or None where it opens none."""
    head = _clause_head(parsed, marker)
    if head is None:
        return None
    if head.pos == "ADV":
        return None  # "if anonymously"
    hangs_on = parsed.head(head)
    if head.dep == "ccomp" and hangs_on.index < marker[0].index and hangs_on.lemma.lower() in _ASKING:
        return None  # "to see if"
    if connector.follows == "clause" and not _is_clause(parsed, head):
        return None
    if not clauses.is_verb(head) and head.entity in {"DATE", "TIME"}:
        return None  # "until Monday"
    inside = {t.index for t in content}
    tokens = [t for t in parsed.subtree(head) if t.index in inside]
    antecedent = _trimmed(clauses.stretch(tokens, marker[-1].index + 1))
    if not antecedent:
        return None
    top = next(
        (t for t in parsed.ancestors(head) if t not in antecedent and t not in marker and clauses.is_verb(t)), None
    )
    if top is None and (behind := _swallowed(antecedent, parsed.sentence_of(marker[0]).last)):
        own = [t for t in antecedent if t.index < behind[0].index]
        return _Found(connector, marker, _trimmed(own), _main_verb(behind), tuple(behind))
    return _Found(connector, marker, antecedent, top)


def _swallowed(antecedent: list[Token], sentence_end: int) -> list[Token]:
    """Return the main clause inside an antecedent that runs to the end of its sentence: what stands behind its first comma.

    That is where the parser took the condition for the whole sentence ("If they come, turn back").
    """
    comma = next((i for i, t in enumerate(antecedent) if t.text == ","), 0)
    behind = _trimmed(antecedent[comma:]) if comma and antecedent[-1].index >= sentence_end - 3 else []
    verb = _main_verb(behind)
    split_ok = verb is not None and verb.dep != "conj" and any(t.pos in {"VERB", "AUX"} for t in antecedent[:comma])
    return behind if split_ok and behind[0].text.lower() not in _connectors() else []


def _clause_head(parsed: Parse, marker: list[Token]) -> Token | None:
    """Return the head of what the connector opens: the clause it marks, else the phrase that depends on it."""
    last = marker[-1].index
    for token in reversed(marker):
        head = parsed.head(token)
        behind = [c for c in parsed.children(token) if c.index > last and c.dep != "punct"]
        if behind:
            return behind[0]
        if token.dep in {"mark", "advmod", "prep", "cc"} and head.index > last and head.pos != "PUNCT":
            return head
    return None


def _is_clause(parsed: Parse, head: Token) -> bool:
    return clauses.is_verb(head) or bool(parsed.children(head, "cop", *clauses.SUBJECTS))


def _by_inversion(parsed: Parse, content: list[Token]) -> Iterator[_Found]:
    """Yield "should they come", "had they come", "were they to come": an auxiliary before its subject, in no question.

    Parsers take the inverted clause for the main one, so the other clause is told by the commas: behind the first one where
    the sentence opens with the auxiliary, else before it.
    """
    for token in content:
        word = token.text.lower()
        if word not in {"should", "had", "were"} or not _is_inverted(parsed, token):
            continue
        sentence = parsed.sentence_of(token)
        here = [t for t in content if sentence.first <= t.index < sentence.last]
        before, after = [t for t in here if t.index < token.index], [t for t in here if t.index > token.index]
        comma = next((i for i, t in enumerate(after) if t.text in {",", "–", "—"}), len(after))
        antecedent, behind = _trimmed(after[:comma]), _trimmed(after[comma:])
        consequent = _trimmed(before) or behind
        if antecedent and consequent:
            connector = _PAST_INVERSION if word == "had" else _INVERSION
            yield _Found(connector, [token], antecedent, _main_verb(consequent), tuple(consequent))


def _is_inverted(parsed: Parse, token: Token) -> bool:
    """Tell whether the auxiliary stands before its subject, for no other reason than a condition."""
    word, sentence = token.text.lower(), parsed.sentence_of(token)
    before = parsed.tokens[token.index - 1] if token.index > sentence.first else None
    if clauses.is_question(parsed, token) or (
        before and (before.tag.startswith("W") or before.text.lower() in _INVERTING)
    ):
        return False
    verb = token if token.dep not in {"aux", "auxpass"} else parsed.head(token)
    subjects = [s for s in parsed.children(verb, *clauses.SUBJECTS) if s.index > token.index]
    if not subjects or (before and subjects[0].head == before.index):
        return False
    behind = [t for t in parsed.subtree(verb) if t.index > subjects[0].index]
    if word == "were":
        return any(t.text.lower() == "to" for t in behind[:2])
    return verb.index > subjects[0].index and verb.tag in ({"VB"} if word == "should" else {"VBN", "VBD"})


def _by_any(parsed: Parse, content: list[Token]) -> Iterator[_Found]:
    """Yield "any group that stays away will suffer": what is said of whoever does a thing holds if somebody does it."""
    inside = {t.index for t in content}
    for token in content:
        noun = parsed.head(token)
        verb = parsed.head(noun)
        if (
            token.text.lower() != "any"
            or token.dep != "det"
            or noun.dep not in {"nsubj", "nsubjpass"}
            or verb.index not in inside
        ):
            continue
        phrase = [t for t in parsed.subtree(noun) if t.index in inside and t.index < verb.index]
        told = any(t.dep in {"relcl", "acl"} for t in phrase)
        will = any(t.text.lower() in clauses.WILL for t in clauses.auxiliaries(parsed, verb))
        if told and will:
            own = {t.index for t in parsed.subtree(noun)}
            consequent = [t for t in parsed.subtree(verb) if t.index in inside - own and t.index > noun.index]
            yield _Found(_ANY, [], _trimmed(phrase), verb, tuple(_trimmed(consequent)))


# --- the consequent


def _consequent(parsed: Parse, content: list[Token], one: _Found, others: set[int]) -> tuple[Token | None, list[Token]]:
    """Return the verb and the words of what depends on the condition; a fragment's stand in the sentence before."""
    if one.consequent:
        return one.head, list(one.consequent)
    inside = {t.index for t in content}
    own = {t.index for t in (*one.marker, *one.antecedent)}
    verb = _main(parsed, one.head, one) if one.head else None
    if verb is None or verb.index not in inside:
        return _sentence_before(parsed, content, one)
    first, last = one.marker[0].index, one.antecedent[-1].index
    tokens = [t for t in parsed.subtree(verb) if t.index in inside and t.index not in own | others]
    before, after = [t for t in tokens if t.index < first], [t for t in tokens if t.index > last]
    if verb.index < first:
        return verb, _trimmed(before)
    named = any(s.index < first for s in parsed.children(verb, *clauses.SUBJECTS))
    return verb, _trimmed([*(_trimmed(before) if named else []), *_trimmed(after)])


def _main(parsed: Parse, verb: Token, one: _Found) -> Token:
    """Return the verb that the condition governs: below "I think", what is thought; above "easy to do", the clause."""
    while verb.dep == "xcomp" and clauses.is_be(parsed.head(verb)) and parsed.head(verb) not in one.antecedent:
        verb = parsed.head(verb)
    while verb.lemma.lower() in _SHELL and (inner := [c for c in parsed.children(verb, "ccomp") if clauses.is_verb(c)]):
        verb = inner[-1]
    return verb


def _main_verb(tokens: list[Token]) -> Token | None:
    """Return the verb whose head stands outside the tokens."""
    indices = {t.index for t in tokens}
    return next((t for t in tokens if clauses.is_verb(t) and (t.head not in indices or t.head == t.index)), None)


def _sentence_before(parsed: Parse, content: list[Token], one: _Found) -> tuple[Token | None, list[Token]]:
    sentence = parsed.sentence_of(one.marker[0])
    ahead = [t for t in content if sentence.first <= t.index < one.marker[0].index]
    if one.connector.words[0] == "what" or any(clauses.is_verb(t) for t in ahead):
        return None, []
    before = [t for t in content if t.index < sentence.first]
    if not before or before[-1].text == "?" or before[-1].index < sentence.first - 3:
        return None, []
    last = parsed.in_sentence(parsed.sentence_of(next((t for t in reversed(before) if t.pos != "PUNCT"), before[-1])))
    tokens = [t for t in last if before[0].index <= t.index <= before[-1].index]
    verb = next((t for t in tokens if t.dep == "ROOT" and clauses.is_verb(t)), None)
    return (verb, _trimmed(tokens)) if verb else (None, [])


def _trimmed(tokens: list[Token]) -> list[Token]:
    """Return the tokens without punctuation and joining words at the edges."""
    kept = list(tokens)
    while kept and (
        kept[0].text in _EDGE_MARKS
        or (kept[0].text.lower() in _EDGE_WORDS and kept[0].dep in {"mark", "cc", "advmod", "aux"})
    ):
        kept = kept[1:]
    while kept and (kept[-1].text in _EDGE_MARKS or kept[-1].dep == "cc"):
        kept = kept[:-1]
    return kept


# --- the judgement


def _holds(parsed: Parse, one: _Found, verb: Token | None, consequent: list[Token]) -> bool:
    """Tell whether the consequent has what the connector needs in order to be a condition."""
    if not one.connector.needs:
        return True
    if verb is None or not consequent:
        return False
    future = any(
        clauses.is_future(parsed, v) for v in (verb, clauses.governor(parsed, verb)) if v and v not in one.antecedent
    )
    if one.connector.needs == "future":
        return future
    negative = clauses.is_negative(parsed, verb)
    if one.connector.needs == "open":
        if not any(clauses.is_verb(t) for t in one.antecedent):
            return negative
        return future or clauses.is_modal(parsed, verb) or (negative and verb.tag not in {"VBD", "VBN"})
    first = one.marker[0].index < verb.index
    return clauses.is_modal(parsed, verb) and (one.connector.follows == "clause" or negative or first)


def _kind(connector: Connector, *, negative: bool) -> ConditionKind:
    if connector.kind == "negation":
        return "only_if" if negative else "unless"
    if connector.kind == "lasting":
        return "if" if negative else "only_if"
    return "only_if" if connector.kind == "only_if" else "if"


def _is_counterfactual(parsed: Parse, draft: Statement, one: _Found, verb: Token | None) -> bool:
    """Tell whether the condition is put as not so: "if they had ..., we would have ..."; quoted, also "if I were ..."."""
    if verb is None or "if" not in one.connector.words:
        return False
    would = {t.text.lower() for t in clauses.auxiliaries(parsed, verb)}
    words = [t.text.lower() for t in one.antecedent]
    if not would & (clauses.WOULD | {"could", "might"}):
        return False
    return ("had" in words and "have" in would) or (draft.quotation == "direct" and "were" in words)
