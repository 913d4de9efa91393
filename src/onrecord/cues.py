"""Cue verbs and their frames: for a verb that puts something on record, who does it, to whom, and where the content stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.attribution import Attribution
from onrecord.parse import Parse, Token, runs, span_of
from onrecord.records import Manner, Span, Spans
from onrecord.tables import table

_CLIMB = {"xcomp", "advcl", "conj"}
"""A verb of these relations without a subject of its own has that of its head ("he left, saying ...", "tried to argue")."""

_PUT = {"said", "written"}
_SCARE = 4
"""So few words, some of them quoted, are a scare quote: "a supporter of the “special operation”"."""

_SOURCELESS = {"accuse", "allege", "believe", "blame", "expect", "report", "say", "think", "understand"}
"""Passives of these put something on record even where nobody is named: "is believed to have fled"."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of ``cues.tsv`` for one lemma."""

    manner: Manner
    takes: frozenset[str]
    tail: frozenset[str]
    prepositions: frozenset[str]
    recipient: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution before quotation marks are looked at; ``pattern`` names the frame that found it."""

    source: Spans
    cue: Spans
    content: Spans
    manner: Manner
    pattern: str
    addressee: Span | None = None
    confidence: float | None = None


@cache
def cues() -> Mapping[str, Cue]:
    """Return the table of cue verbs by lemma."""
    return {
        lemma: Cue(
            manner=_manner(row["manner"]),
            takes=frozenset(row["takes"].split()),
            tail=frozenset(row["tail"].split()),
            prepositions=frozenset(row["prepositions"].split()),
            recipient=row["recipient"],
        )
        for row in table("cues")
        for lemma in row["lemmas"].split()
    }


def _manner(word: str) -> Manner:
    for manner in ("said", "written", "thought", "stance"):
        if word == manner:
            return manner
    raise AssertionError(f"cues.tsv: {word!r} is no manner")


def completed(parsed: Parse, attributions: Iterable[Attribution]) -> Iterator[Draft]:
    """Yield the model's attributions with what the parse adds: manner, the person addressed; those that were not made are left out."""
    addressed = {draft.cue[0][1]: draft.addressee for draft in drafts(parsed)}
    for one in attributions:
        verbs = [t for t in parsed.inside(one.cue) if t.pos in {"VERB", "AUX"}]
        known = [(t, cue) for t in verbs if (cue := cues().get(t.lemma.lower()))]
        leading = [k for k in known if "inf" in k[1].takes][:1] or known[-1:]
        # "*declined* to say", "*hopes* to convince"
        if any(c.manner in _PUT and "clause" in c.takes and is_unsaid(parsed, t) for t, c in leading):
            continue
        manner = leading[0][1].manner if leading else _manner_unknown(parsed, one)
        ends = [addressed[t.end] for t in verbs if t.end in addressed]
        source, addressee = one.source, next(iter(ends), None)
        if known and known[-1][1].recipient == "all" and _is_participle(parsed, known[-1][0]):
            source, addressee = (), addressee or next(iter(one.source), None)  # "Asked whether ..., the mayor ..."
        yield Draft(source, one.cue, one.content, manner, "model", addressee, one.confidence)


def _is_participle(parsed: Parse, verb: Token) -> bool:
    return (
        verb.tag in {"VBN", "VBD"}
        and verb.dep in {"acl", "advcl"}
        and not parsed.children(verb, "aux", "nsubj", "mark")
    )


def _manner_unknown(parsed: Parse, one: Attribution) -> Manner:
    """Return the manner of a cue without a verb of the table: that of its words; else what is quoted was said, the rest is a stance."""
    lemmas = [t.lemma.lower() for t in parsed.inside(one.cue)]
    found = [manner for lemma in lemmas if (manner := _manners_of_words().get(lemma))]
    if _NOT.intersection(lemmas):
        found = [manner for manner in found if manner not in _PUT]
    put = [manner for manner in found if manner in _PUT]
    content = parsed.inside(one.content)
    quoted = any(t.tag in {"``", "''"} for t in content) and sum(t.text[0].isalnum() for t in content) > _SCARE
    return put[0] if put else "said" if quoted else found[0] if found else "stance"


_NOT = {"no", "not", "n't", "n’t", "never"}
"""Nothing is said where a cue holds one of these: "made no mention of"."""


@cache
def _manners_of_words() -> Mapping[str, Manner]:
    """Return the manner of cue words of any part of speech; a noun spelled like a cue verb ("claim", "hope") has that of the verb."""
    of_words = {word: _manner(row["manner"]) for row in table("cue_words") for word in row["words"].split()}
    of_nouns: dict[str, Manner] = dict.fromkeys(_verbs_of_nouns(), "said")
    return {lemma: cue.manner for lemma, cue in cues().items()} | of_nouns | of_words


def drafts(parsed: Parse, among: Sequence[Token] | None = None) -> Iterator[Draft]:
    """Yield what each cue puts on record by its frame, in text order: the rules that the model is measured against.

    The cues of the whole text are looked at, or only those ``among`` some tokens.
    """
    for token in parsed.tokens if among is None else among:
        if token.lemma.lower() == "accord" and token.text.lower() == "according":
            yield from _according(parsed, token)
        elif token.pos in {"VERB", "AUX"}:
            if cue := cues().get(token.lemma.lower()):
                yield from _by_verb(parsed, token, cue)
            yield from _by_noun(parsed, token)


def _by_verb(parsed: Parse, verb: Token, cue: Cue) -> Iterator[Draft]:
    if cue.manner in _PUT and "clause" in cue.takes and is_unsaid(parsed, verb):
        return
    passive = bool(parsed.children(verb, "auxpass", "nsubjpass")) or (
        verb.tag == "VBN" and verb.dep in {"acl", "relcl", "advcl"}
    )
    source = agent_of(parsed, verb) if passive else source_of(parsed, verb)
    if passive:
        found = _passive_content(parsed, verb, cue, named=bool(source))
    elif source:
        found = _active_content(parsed, verb, cue)
    else:
        return
    if found is None:
        return
    pattern, content, addressee = found
    group = verb_group(parsed, verb)
    by = {source[0].index - 1} if passive and source else set()
    kept = [t for t in content if t not in source and t not in group and t.index not in by]
    if all(t.tag in {"WDT", "WP", ","} for t in kept) and pattern != "quote":
        return  # "which she praised": the words are elsewhere
    yield Draft(runs(source), (span_of(group),), runs(kept), cue.manner, pattern, addressee)


def _by_noun(parsed: Parse, verb: Token) -> Iterator[Draft]:
    """Yield what a light verb and its noun put on record: "made *accusations* against the council"."""
    for noun in parsed.children(verb, "dobj"):
        if verb.lemma.lower() not in _verbs_of_nouns().get(noun.lemma.lower(), ()) or parsed.children(verb, "neg"):
            continue
        complements = [
            c for head in (noun, verb) for c in parsed.children(head, "prep", "acl", "ccomp") if c.index > noun.index
        ]
        source = source_of(parsed, verb)
        content = [t for c in complements for t in parsed.subtree(c)]
        if source and content:
            yield Draft(runs(source), (span_of([verb, noun]),), runs(content), "said", "noun")


@cache
def _verbs_of_nouns() -> Mapping[str, frozenset[str]]:
    return {row["noun"]: frozenset(row["verbs"].split()) for row in table("cue_nouns")}


def is_unsaid(parsed: Parse, verb: Token) -> bool:
    """Tell whether nothing was put on record: "did not say", "nobody said", "could say", "has yet to say", "if she says"."""
    own = parsed.children(verb)
    subject = [t for s in own if s.dep in {"nsubj", "nsubjpass"} for t in [s, *parsed.children(s)]]
    if any(t.dep == "neg" for t in own) or any(t.text.lower() in _NOBODY for t in subject):
        return True
    if verb.tag != "VBD" and any(t.dep == "aux" and t.text.lower() in _MODALS for t in own):
        return True  # "May said" is somebody's name
    if any(t.dep == "mark" and t.text.lower() in {"if", "unless", "whether"} for t in own):
        return True
    if any(
        t.dep == "aux" and t.text.lower() in {"do", "does", "did"} and t.index < s.index for t in own for s in subject
    ):
        return True  # "Did she say ...?"
    head = parsed.head(verb)
    if _is_infinitive(parsed, verb) and verb.dep in {"xcomp", "ccomp"}:
        denied = (
            [head, parsed.head(head)] if head.pos == "ADJ" else [head]
        )  # "was not happy to say", "did not go on to say"
        return head.lemma.lower() not in _GOING_ON or any(parsed.children(t, "neg") for t in denied)
    doubted = verb.dep == "ccomp" and any(
        parsed.children(t, "neg") for t in (head, *parsed.children(head, "acomp", "attr"))
    )
    return doubted or (verb.dep == "acl" and verb.tag != "VBG" and head.lemma.lower() in _HEARSAY)


_NOBODY = {"no", "none", "neither", "nobody", "nor", "nothing"}
_MODALS = {"can", "could", "ca", "may", "might", "must", "should", "would", "'d", "’d"}
"""Beside these a cue tells what might be said; "will say" and "has said" tell what is."""

_GOING_ON = {
    "go",
    "continue",
    "begin",
    "start",
    "proceed",
    "come",
    "quick",
    "happy",
    "pleased",
    "proud",
    "glad",
    "sorry",
}
"""Words whose infinitive is done: "went on to say", "was quick to add"; not "refused to say", "waited for him to say"."""

_HEARSAY = {"claim", "idea", "report", "rumor", "rumour", "suggestion"}

Found = tuple[str, list[Token], Span | None]
"""The frame, the tokens of the content, and the span of the person addressed."""


def _active_content(parsed: Parse, verb: Token, cue: Cue) -> Found | None:
    """Return the content of a verb in the active voice, by the first frame that fits; an empty one where a quotation may be it."""
    objects = parsed.children(verb, "dobj", "dative")
    whom = span_of(parsed.subtree(objects[0])) if objects and cue.recipient else None
    found = _clausal(parsed, verb, cue, whom) or _phrasal(parsed, verb, cue, objects)
    return found or (("quote", [], whom) if "clause" in cue.takes else None)


def _clausal(parsed: Parse, verb: Token, cue: Cue, whom: Span | None) -> Found | None:
    # 1. "said that ..."
    for clause in parsed.children(verb, "ccomp"):
        if _is_infinitive(parsed, clause):
            if "inf" in cue.takes:
                return _infinitive(parsed, clause, cue, whom)
        elif "clause" in cue.takes and clause.pos in {"VERB", "AUX"}:
            return "clause", parsed.subtree(clause), whom
        elif "small" in cue.takes and clause.pos != "PRON":
            return "small", parsed.subtree(clause), None
    # 2. the clause in which a parenthetical "he said" stands
    if "clause" in cue.takes and verb.dep == "parataxis":
        own = set(parsed.subtree(verb))
        return "clause", [t for t in parsed.subtree(parsed.head(verb)) if t not in own], whom
    # 3. "vowed to ...", "urged them to ...", "denied having ..."
    for clause in parsed.children(verb, "xcomp"):
        if "inf" in cue.takes and (_is_infinitive(parsed, clause) or clause.tag == "VBG"):
            return _infinitive(parsed, clause, cue, whom)
    return None


def _phrasal(parsed: Parse, verb: Token, cue: Cue, objects: Sequence[Token]) -> Found | None:
    # 4. "called for ...", "called on them to ..."
    for preposition in parsed.children(verb, "prep"):
        if preposition.text.lower() in cue.prepositions:
            return _prepositional(parsed, verb, preposition)
    # 5. "described him as ...", "called it a ...", "accused them of ..."
    if objects and cue.recipient != "all":
        return _objects(parsed, verb, cue, objects[-1])
    return None


def _infinitive(parsed: Parse, clause: Token, cue: Cue, whom: Span | None) -> Found:
    """Content of "to ...": a recipient is left out ("urged *them* to go"), a subject is not ("wants *them* to go")."""
    tokens = parsed.subtree(clause)
    subjects = parsed.children(clause, "nsubj")
    if subjects and cue.recipient:
        first = next((t for t in tokens if t.text.lower() == "to" and t.head == clause.index), clause)
        return "inf", [t for t in tokens if t.index >= first.index], span_of(parsed.subtree(subjects[0]))
    if whom is None and not subjects and (objects := parsed.children(parsed.head(clause), "dobj")):
        tokens = [*parsed.subtree(objects[0]), *tokens]
    return "inf", tokens, whom


def _prepositional(parsed: Parse, verb: Token, preposition: Token) -> Found | None:
    inner = [t for c in parsed.children(preposition) for t in parsed.subtree(c)]
    if all(t.pos in {"PRON", "PUNCT"} for t in inner):  # "as he refers to it" tells nothing
        return None
    for clause in parsed.children(verb, "xcomp", "advcl"):
        on = preposition.text.lower() == "on" and not parsed.children(verb, "dobj")  # not "called her on Friday to ..."
        if on and _is_infinitive(parsed, clause) and clause.index > preposition.index:
            return "inf", parsed.subtree(clause), span_of(inner)
    return "prep", inner, None


def _objects(parsed: Parse, verb: Token, cue: Cue, item: Token) -> Found | None:
    """Content of verbs whose object is part of what they say, with the phrases behind it."""
    tokens = parsed.subtree(item)
    predicates = parsed.children(verb, "oprd", "xcomp") if "small" in cue.takes else []
    phrases = [p for head in (verb, item) for p in parsed.children(head, "prep") if p.index > item.index]
    as_phrases = [p for p in phrases if p.text.lower() == "as"] if "as" in cue.takes else []
    if predicates:
        return "small", _until(parsed, tokens, predicates), None
    if as_phrases:
        return "as", _until(parsed, tokens, as_phrases), None
    if "obj" in cue.takes:
        tails = [p for p in phrases if p.text.lower() in cue.tail]
        return "obj", _until(parsed, tokens, tails), None
    return None


def _passive_content(parsed: Parse, verb: Token, cue: Cue, *, named: bool) -> Found | None:
    """Return the content of a passive: its subject is the person addressed, or a part of the content."""
    if not named and verb.lemma.lower() not in _SOURCELESS:
        return None
    subject = [t for s in parsed.children(verb, "nsubjpass") for t in parsed.subtree(s)]
    complements = [c for c in parsed.children(verb, "ccomp", "xcomp") if c.index > verb.index]
    tails = [p for p in parsed.children(verb, "prep") if p.text.lower() in cue.tail | cue.prepositions]
    if not subject:
        return None
    if cue.recipient and complements:
        return "passive", [t for c in complements for t in parsed.subtree(c)], span_of(subject)
    if complements or tails or (named and "obj" in cue.takes):
        return "passive", [*subject, *(t for c in [*complements, *tails] for t in parsed.subtree(c))], None
    return None


def _according(parsed: Parse, token: Token) -> Iterator[Draft]:
    """Yield the clause to which "according to X" belongs."""
    for preposition in parsed.children(token, "prep"):
        source = [t for c in parsed.children(preposition, "pobj") for t in parsed.subtree(c)]
        sentence = parsed.in_sentence(parsed.sentence_of(token))
        phrase = set(parsed.subtree(token))
        head = next((t for t in parsed.ancestors(token) if t.pos in {"VERB", "AUX"}), None)
        clause = parsed.subtree(head) if head and head.dep in {"ROOT", "conj", "ccomp", "advcl"} else sentence
        content = [t for t in clause if t not in phrase]
        if source and content:
            yield Draft(runs(source), ((token.start, preposition.end),), runs(content), "said", "according")


def source_of(parsed: Parse, verb: Token) -> list[Token]:
    """Return the tokens of a verb's logical subject: its own, that of the verb that it hangs on, or the noun that it modifies."""
    for _ in range(4):
        subjects = parsed.children(verb, "nsubj")
        if subjects:
            return noun_phrase(parsed, subjects[0])
        head = parsed.head(verb)
        if verb.dep == "acl" and verb.tag == "VBG":
            return [t for t in noun_phrase(parsed, head) if t.index < verb.index]
        if verb.dep not in _CLIMB or head.pos not in {"VERB", "AUX"}:
            return []
        verb = head
    return []


def agent_of(parsed: Parse, verb: Token) -> list[Token]:
    """Return the tokens of the "by ..." of a passive; a name behind a "by" that the parser hung elsewhere counts too."""
    direct = [c for by in parsed.children(verb, "agent") for c in parsed.children(by, "pobj")]
    if not direct:
        loose = [t for t in parsed.subtree(verb) if t.text.lower() == "by" and t.dep in {"agent", "prep"}]
        direct = [c for by in loose for c in parsed.children(by, "pobj") if c.pos == "PROPN"]
    return [t for c in direct[:1] for t in noun_phrase(parsed, c)]


def noun_phrase(parsed: Parse, noun: Token) -> list[Token]:
    """Return a noun with all that depends on it, as far as it is one piece around the noun."""
    indices = {t.index for t in parsed.subtree(noun)}
    first = last = noun.index
    while first - 1 in indices:
        first -= 1
    while last + 1 in indices:
        last += 1
    return list(parsed.tokens[first : last + 1])


def verb_group(parsed: Parse, verb: Token) -> list[Token]:
    """Return the verb with the auxiliaries, negation and particle that stand right beside it."""
    first = last = verb.index
    own = {t.index: t.dep for t in parsed.children(verb)}
    while own.get(first - 1) in {"aux", "auxpass", "neg"} or (
        own.get(first - 1) == "advmod" and own.get(first - 2) in {"aux", "auxpass"}
    ):
        first -= 1
    while own.get(last + 1) in {"prt", "neg"}:
        last += 1
    return list(parsed.tokens[first : last + 1])


def _until(parsed: Parse, tokens: list[Token], ends: Sequence[Token]) -> list[Token]:
    """Return all tokens from the first of some to the last that depends on the ends."""
    last = max(t.index for t in [*tokens, *(t for end in ends for t in parsed.subtree(end))])
    return list(parsed.tokens[min(t.index for t in tokens) : last + 1])


def _is_infinitive(parsed: Parse, verb: Token) -> bool:
    return any(t.text.lower() == "to" for t in parsed.children(verb, "aux"))
