"""Who would act, on parses made by hand: the head has found the words, the rest are rules."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from handmade import parsed, reading, spans, statement, words

from onrecord.agents import Agents, phrase
from onrecord.linker import Linked
from onrecord.parse import Parse
from onrecord.reading import Reading
from onrecord.records import Actor, Mention, Span
from onrecord.speakers import Cast

PERSON, OTHER, STATE, COMPANY, NEIGHBOUR = "person", "other", "state", "company", "neighbour"


def actor(identity: str, kind: str = "person", *, country: str | None = None, role: str | None = None) -> Actor:
    name = {COMPANY: "Norvia Steel", STATE: "Latvia", NEIGHBOUR: "Estonia"}.get(identity, identity)
    return Actor(identity, name, kind, country, role, None, (), "name")  # type: ignore[arg-type]


def agent(
    subject: str,
    *,
    role: str | None = None,
    on_behalf_of: tuple[str, ...] = (),
    mentions: Mapping[str, str] | None = None,
) -> tuple[str, str | None] | None:
    """Return the words and the actor of who would go in "Tarn said SUBJECT will go"; "" is "Tarn vowed to go"."""
    text, made = sentence(subject)
    seen = reading(text, made)
    spoken = statement(text, source="Tarn", speakers=(PERSON,), why_no_speaker=None, on_behalf_of=on_behalf_of)
    actors = (
        actor(PERSON, country="LVA", role=role),
        actor(OTHER),
        actor(STATE, "state", country="LVA"),
        actor(NEIGHBOUR, "state", country="EST"),
        actor(COMPANY, "organization"),
    )
    known: dict[Span, str] = {spans(text, name)[0]: who for name, who in (mentions or {}).items()}
    found = Agents(made, seen, Cast(actors, (spoken,), known)).of(spoken, linked(text, seen, subject))
    return (words(text, (found.span,)), found.actor) if found else None


def sentence(subject: str) -> tuple[str, Parse]:
    if not subject:
        text = "Tarn vowed to go"
        return text, parsed(text, ["Tarn/NNP/nsubj/vowed", "vowed/VBD/ROOT/vowed", "to/TO/aux/go", "go/VB/xcomp/vowed"])
    *before, last = subject.split()
    phrase = [*(f"{word}/{_tag(word)}/compound/{last}" for word in before), f"{last}/{_tag(last)}/nsubj/go"]
    text = f"Tarn said {subject} will go"
    return text, parsed(
        text, ["Tarn/NNP/nsubj/said", "said/VBD/ROOT/said", *phrase, "will/MD/aux/go", "go/VB/ccomp/said"]
    )


def _tag(word: str) -> str:
    if word in {"I", "we", "he", "it", "they"}:
        return "PRP"
    return "DT" if word == "the" else "NNP" if word[0].isupper() else "NNS"


def linked(text: str, seen: Reading, subject: str) -> Linked:
    """Return what the head says: "go" is the deed, the subject does it."""
    deed = len(seen.pieces) - 1
    return Linked((deed, deed + 1), tuple(seen.words(spans(text, subject))) if subject else (), (deed,), ())


@pytest.mark.parametrize(
    ("subject", "role", "expected", "why"),
    [
        ("I", None, PERSON, "the person"),
        ("I", "president", PERSON, "the person, whatever the office"),
        ("we", None, PERSON, "nobody else is known"),
        ("we", "president", STATE, "the state whose office it is"),
        ("we", "foreign minister", STATE, "the state whose office it is"),
        ("we", "opposition leader", PERSON, "no office of the state"),
        ("we", "chairman of Norvia Steel", COMPANY, "the body that the role names"),
        ("it", "foreign minister", STATE, "the state"),
        ("he", None, PERSON, "the person"),
        ("he", "president", PERSON, "who acts in person"),
        ("he", "foreign minister", STATE, "who acts for the state"),
        ("", None, PERSON, "a vow without a subject"),
        ("", "foreign minister", STATE, "for the state"),
        ("the government", "foreign minister", STATE, "its own"),
        ("Estonia troops", None, NEIGHBOUR, "those of the state that is named"),
    ],
)
def test_whose_deed_it_is(subject: str, role: str | None, expected: str, why: str) -> None:
    assert agent(subject, role=role) == (subject or "Tarn", expected), why


def test_what_another_state_will_do_is_not_the_speakers() -> None:
    assert agent("Estonia troops", role="foreign minister") is None


@pytest.mark.parametrize("subject", ["we", "it", "", "he"])
def test_who_speaks_for_a_body_acts_for_it(subject: str) -> None:
    assert agent(subject, on_behalf_of=(COMPANY,)) == (subject or "Tarn", COMPANY)


@pytest.mark.parametrize(
    ("subject", "mentions", "expected"),
    [
        ("he", {"he": PERSON}, ("he", PERSON)),
        ("he", {"he": OTHER}, None),
        ("they", {"they": OTHER}, None),
        ("Berg", {"Berg": OTHER}, ("Berg", OTHER)),
        ("Berg", {}, ("Berg", None)),
    ],
)
def test_what_is_known_of_the_words(
    subject: str, mentions: Mapping[str, str], expected: tuple[str, str | None] | None
) -> None:
    assert agent(subject, mentions=mentions) == expected


@pytest.mark.parametrize(
    ("subject", "named"),
    [
        ("Norvia Steel", True),
        ("Estonia troops", True),
        ("the troops", False),
        ("we", False),
        ("he", False),
        ("", False),
    ],
)
def test_phrases_that_name_who_would_act(subject: str, named: bool) -> None:
    text, made = sentence(subject)
    seen = reading(text, made)
    assert phrase(made, seen, linked(text, seen, subject)) == (spans(text, subject)[0] if named else None)


def test_nobody_is_named_where_there_is_no_source() -> None:
    text = "to go"
    made = parsed(text, ["to/TO/aux/go", "go/VB/ROOT/go"])
    seen = reading(text, made)
    spoken = statement(text, "", "to go")
    assert Agents(made, seen, Cast((), (spoken,), {})).of(spoken, Linked((1, 2), (), (1,), ())) is None


def test_of_two_speakers_none_is_picked() -> None:
    text = "we will go"
    made = parsed(text, ["we/PRP/nsubj/go", "will/MD/aux/go", "go/VB/ROOT/go"])
    seen = reading(text, made)
    spoken = statement(text, "", "will go", speakers=(PERSON, OTHER), why_no_speaker=None)
    found = Agents(made, seen, Cast((actor(PERSON), actor(OTHER)), (spoken,), {})).of(
        spoken, Linked((2, 3), (0,), (2,), ())
    )
    assert found == Mention((0, 2), None)
