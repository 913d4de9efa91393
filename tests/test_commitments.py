from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from handmade import article, day, spans, statement, words

from onrecord import acts, clauses, commitments, conditions
from onrecord.parse import parse
from onrecord.records import Commitment, Mention, Span, Statement, Time
from onrecord.undertakings import commissives

pytestmark = pytest.mark.model

SPEAKER = "a1"


def made(
    text: str, source: str, cue: str, *, mentions: Mapping[Span, str] | None = None, **fields: object
) -> tuple[Commitment, ...]:
    """Find the commitments of a text that is source, cue and content in this order, read as of Thursday, 16 February 2023."""
    content = text[text.index(cue) + len(cue) :].strip(" :.")
    quotation = (
        "direct" if content.startswith("“") and content.endswith("”") else "mixed" if "“" in content else "indirect"
    )
    draft = statement(
        text, cue, content, source=source, quotation=quotation, speakers=(SPEAKER,), why_no_speaker=None, **fields
    )
    read, parsed = article(text, read_as_of=day("2023-02-16")), parse(text)
    (judged,) = conditions.split(read, parsed, acts.judged(read, parsed, (draft,)))
    return commitments.find(read, parsed, (judged,), mentions=mentions or {})


def told(text: str, found: tuple[Commitment, ...]) -> list[tuple[str, str]]:
    """Return type and action of each."""
    return [(c.type, words(text, c.action)) for c in found]


# text, source, cue, type and action of each
PLAIN = [
    ("Kalnins said: “We will rebuild the dam.”", "Kalnins", "said", [("commit", "rebuild the dam")]),
    ("Dorsen said he would rebuild the dam.", "Dorsen", "said", [("commit", "rebuild the dam")]),
    ("Kalnins vowed to rebuild the dam.", "Kalnins", "vowed", [("commit", "rebuild the dam")]),
    (
        "Kalnins said: “I am prepared to provide tractors once more.”",
        "Kalnins",
        "said",
        [("commit", "provide tractors once more")],
    ),
    (
        "Kalnins said: “I’m also willing to fight alongside the crews.”",
        "Kalnins",
        "said",
        [("commit", "fight alongside the crews")],
    ),
    ("Kalnins said: “We are going to rebuild the dam.”", "Kalnins", "said", [("commit", "rebuild the dam")]),
    ("Kalnins refused to rebuild the dam.", "Kalnins", "refused", [("refuse", "rebuild the dam")]),
    ("Kalnins said: “We will not rebuild the dam.”", "Kalnins", "said", [("refuse", "rebuild the dam")]),
    ("Kalnins said: “We will not rest.”", "Kalnins", "said", [("commit", "not rest")]),
    ("Kalnins rejected the offer.", "Kalnins", "rejected", [("refuse", "the offer")]),
    ("Kalnins promised a new dam.", "Kalnins", "promised", [("commit", "a new dam")]),
    ("Kalnins threatened to close the dam.", "Kalnins", "threatened", [("threaten", "close the dam")]),
    ("Kalnins said: “I invite the mayor to Riga.”", "Kalnins", "said", [("offer", "invite the mayor to Riga")]),
    (
        "Kalnins said: “I extend to him an invitation to Riga.”",
        "Kalnins",
        "said",
        [("offer", "extend to him an invitation to Riga")],
    ),
    (
        "Kalnins said: “The mayor will be persuaded to come by me.”",
        "Kalnins",
        "said",
        [("commit", "persuaded to come")],
    ),
    (
        "Dorsen said she would appeal and push for a new trial.",
        "Dorsen",
        "said",
        [("commit", "appeal"), ("commit", "push for a new trial")],
    ),
    ("Kalnins plans to sell or close the plant.", "Kalnins", "plans", [("commit", "sell or close the plant")]),
    ("Kalnins warned: “You will receive our answer.”", "Kalnins", "warned", [("threaten", "receive our answer")]),
    (
        "Latvia's minister said Latvia will rebuild the dam.",
        "Latvia's minister",
        "said",
        [("commit", "rebuild the dam")],
    ),
    (
        "The company's spokeswoman said the company will rebuild the dam.",
        "The company's spokeswoman",
        "said",
        [("commit", "rebuild the dam")],
    ),
]


@pytest.mark.parametrize(("text", "source", "cue", "expected"), PLAIN)
def test_plain_commitments(text: str, source: str, cue: str, expected: list[tuple[str, str]]) -> None:
    assert told(text, made(text, source, cue)) == expected


@pytest.mark.parametrize(
    ("text", "source", "cue", "why"),
    [
        ("Kalnins said the river would rise.", "Kalnins", "said", "a forecast"),
        ("Kalnins said: “The mayor will rebuild the dam.”", "Kalnins", "said", "what another will do"),
        ("Kalnins said: “I would rebuild the dam.”", "Kalnins", "said", "only in thought"),
        ("Kalnins said: “If I were mayor, I would rebuild it.”", "Kalnins", "said", "counterfactual"),
        ("Kalnins said: “We rebuilt the dam.”", "Kalnins", "said", "what was done"),
        ("Kalnins said: “We rebuild a dam every year.”", "Kalnins", "said", "a habit"),
        ("Kalnins said: “Will we rebuild the dam?”", "Kalnins", "said", "a question"),
        ("Kalnins said: “We will win.”", "Kalnins", "said", "an outcome is no deed"),
        ("Kalnins said she refused to leave the town.", "Kalnins", "said", "a refusal of the past"),
        ("Kalnins urged the council to rebuild the dam.", "Kalnins", "urged", "a demand"),
        ("Kalnins accused the council of planning to close the dam.", "Kalnins", "accused", "what others plan"),
        ("Estonia's minister said Latvia will rebuild the dam.", "Estonia's minister", "said", "another state's deed"),
        ("Kalnins said: “In a flood the town would vanish.”", "Kalnins", "said", "a forecast of harm"),
        ("Kalnins did not promise to rebuild the dam.", "Kalnins", "did not promise", "no promise"),
    ],
)
def test_what_is_no_commitment(text: str, source: str, cue: str, why: str) -> None:
    assert told(text, made(text, source, cue)) == [], why


@pytest.mark.parametrize(
    ("text", "cue", "fields", "strength"),
    [
        ("Kalnins said: “We will rebuild the dam.”", "said", {}, "explicit"),
        ("Dorsen said she might rebuild the dam.", "said", {}, "hedged"),
        ("Kalnins hoped to rebuild the dam.", "hoped", {}, "hedged"),
        ("Kalnins plans to rebuild the dam.", "plans", {"manner": "thought"}, "ascribed"),
    ],
)
def test_strength(text: str, cue: str, fields: dict[str, Any], strength: str) -> None:
    (one,) = made(text, text.split(maxsplit=1)[0], cue, **fields)
    assert one.strength == strength


def test_only_what_a_condition_governs_is_conditional() -> None:
    text = "Kalnins said: “I’m prepared to provide tractors. I’m also willing to help the valley. But only if somebody asks us for help.”"
    first, second = made(text, "Kalnins", "said")
    assert (words(text, first.action), first.condition) == ("provide tractors", None)
    assert (words(text, second.action), second.condition) == ("help the valley", 0)


def test_the_condition_is_no_part_of_the_action() -> None:
    text = "Latvia's minister said Latvia will close the border if it is attacked."
    (one,) = made(text, "Latvia's minister", "said")
    assert (words(text, one.action), one.condition) == ("close the border", 0)


def test_i_is_the_speaker() -> None:
    text = "Kalnins said: “I will rebuild the dam.”"
    (one,) = made(text, "Kalnins", "said")
    assert one.agent == Mention((text.index("I will"), text.index("I will") + 1), SPEAKER)


def test_she_is_the_speaker_unless_known_to_be_another() -> None:
    text = "Dorsen said she would rebuild the dam."
    she = spans(text, "she")[0]
    assert [c.agent for c in made(text, "Dorsen", "said")] == [Mention(she, SPEAKER)]
    assert [c.agent for c in made(text, "Dorsen", "said", mentions={she: SPEAKER})] == [Mention(she, SPEAKER)]
    assert made(text, "Dorsen", "said", mentions={she: "a2"}) == ()


# text, source, cue, action, why
OWN = [
    ("Ms. Dorsen said she would return the money.", "Ms. Dorsen", "said", "return the money", "a title agrees"),
    ("Ms. Dorsen said he would return the money.", "Ms. Dorsen", "said", "", "a title disagrees"),
    ("Anna Berg said she would return the money.", "Anna Berg", "said", "return the money", "a given name agrees"),
    ("Anna Berg said he would return the money.", "Anna Berg", "said", "", "a given name disagrees"),
    ("He said he would return the money.", "He", "said", "return the money", "the same pronoun"),
    ("He said she would return the money.", "He", "said", "", "another pronoun"),
    ("I said he would return the money.", "I", "said", "", "'he' is not I"),
    ("Anna Berg said they would return the money.", "Anna Berg", "said", "", "one person is not they"),
    ("The union said they would return the money.", "The union", "said", "return the money", "a body may be they"),
    ("Officials said they would return the money.", "Officials", "said", "return the money", "several"),
    ("Officials said he would return the money.", "Officials", "said", "", "several are not he"),
    ("The mayor said it would return the money.", "The mayor", "said", "", "a person is not it"),
    ("The union said it would return the money.", "The union", "said", "return the money", "a body is it"),
    ("John Smith told a rally that he would close the port.", "John Smith", "told a rally", "close the port", "a rally is not he"),
    ("John Smith told the mayor that he would close the port.", "John Smith", "told the mayor", "", "the mayor may be meant"),
    ("John Smith said Tom Brown was ill and he would go home.", "John Smith", "said", "", "Brown may be meant"),
    ("Mayor John Smith denied that he would close the port.", "Mayor John Smith", "denied", "", "denied"),
    ("John Smith asked whether he would close the port.", "John Smith", "asked", "", "asked"),
    ("Anna Berg demanded that she would close the port.", "Anna Berg", "demanded", "", "demanded"),
    ("Officials predicted that they would close the port.", "Officials", "predicted", "", "foreseen"),
    ("Berg said: “Leave the city now. We will close the port.”", "Berg", "said", "close the port", "an order and a deed"),
    ("We predicted that we would close the port.", "We", "predicted", "close the port", "foreseen of oneself"),
    ("The company spokesman said the company will close the port.", "The company spokesman", "said", "close the port", "its voice"),
    ("A spokesman for the company said the company will go.", "A spokesman for the company", "said", "go", "its voice"),
    ("The head of the company said the company will close the port.", "The head of the company", "said", "close the port", "its head"),
    ("The company said the company will close the port.", "The company", "said", "close the port", "itself"),
    ("Union leader Anna Berg said the company will close the port.", "Union leader Anna Berg", "said", "", "a union's voice"),
    ("Opposition leader John Smith said the government will close the port.", "Opposition leader John Smith", "said", "", "no voice of it"),
    ("Workers of the company said the company will close the port.", "Workers of the company", "said", "", "no voice of it"),
    ("John Smith's critics said Smith will close the port.", "John Smith's critics", "said", "", "named, but not the source"),
    ("Kalnins said: “We are not ready to fight.”", "Kalnins", "said", "", "unready is neither"),
    ("Kalnins said: “We are not willing to fight.”", "Kalnins", "said", "fight", "unwilling is a refusal"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "action", "why"), OWN)
def test_whose_deeds_are_the_speakers_own(text: str, source: str, cue: str, action: str, why: str) -> None:
    after = cue.partition(" ")[2]
    addressee = Mention(spans(text, after)[0], None) if after else None
    assert [words(text, c.action) for c in made(text, source, cue, addressee=addressee)] == (
        [action] if action else []
    ), why


def test_it_is_whom_a_spokeswoman_speaks_for() -> None:
    text = "A spokeswoman for the company said it would close the port."
    assert [c.agent and c.agent.actor for c in made(text, "A spokeswoman for the company", "said")] == [None]
    (one,) = made(text, "A spokeswoman for the company", "said", on_behalf_of=("a3",))
    assert one.agent == Mention(spans(text, "it")[0], "a3")


@pytest.mark.parametrize(
    ("text", "cue", "told", "content", "to"),
    [
        ("Berg told a rally: “We will rebuild it.”", "told", "a rally", "“We will rebuild it.”", None),
        ("Berg promised voters to rebuild it.", "promised", "voters", "to rebuild it", "voters"),
    ],
)
def test_to_is_not_whom_it_was_told(text: str, cue: str, told: str, content: str, to: str | None) -> None:
    quotation = "direct" if content.startswith("“") else "indirect"
    addressee = Mention(spans(text, told)[0], None)
    draft = statement(text, cue, content, source="Berg", quotation=quotation, addressee=addressee)
    read, parsed = article(text), parse(text)
    (one,) = commitments.find(read, parsed, acts.judged(read, parsed, (draft,)), mentions={})
    assert (words(text, (one.to.span,)) if one.to else None) == to


def test_the_agent_of_a_vow_is_its_source() -> None:
    text = "Kalnins vowed to rebuild the dam."
    (one,) = made(text, "Kalnins", "vowed")
    assert one.agent == Mention(spans(text, "Kalnins")[0], SPEAKER)


def test_nobody_is_named_who_would_bring_the_harm() -> None:
    text = "Kalnins warned: “You will pay for this.”"
    assert [c.agent for c in made(text, "Kalnins", "warned")] == [None]


def test_whom_an_offer_invites() -> None:
    text = "Kalnins said: “I invite the mayor to Riga.”"
    mayor = spans(text, "mayor")[0]
    (one,) = made(text, "Kalnins", "said", mentions={mayor: "a2"})
    assert one.to == Mention(mayor, "a2")


@pytest.mark.parametrize(
    ("text", "words_of_deadline", "deadline"),
    [
        ("Kalnins said: “We will rebuild the dam by June 30.”", "by June 30", (None, "2023-06-30")),
        ("Kalnins said: “We will rebuild the dam next month.”", "next month", ("2023-03-01", "2023-03-31")),
        ("Kalnins said: “We will rebuild the dam that broke last year.”", "", None),
    ],
)
def test_deadlines(text: str, words_of_deadline: str, deadline: tuple[str | None, str | None] | None) -> None:
    (one,) = made(text, "Kalnins", "said")
    expected = Time(*deadline, spans(text, words_of_deadline)[0]) if deadline else None
    assert one.deadline == expected
    assert not words_of_deadline or words_of_deadline not in words(text, one.action)


def test_ids_tell_statements_apart_and_stay_the_same() -> None:
    text = "Kalnins vowed to rebuild the dam."
    assert made(text, "Kalnins", "vowed") == made(text, "Kalnins", "vowed")
    draft: Statement = statement(text, "vowed", "to rebuild the dam", source="Kalnins", act="commit")
    read, parsed = article(text), parse(text)
    one, two = draft, replace(draft, id="s2")
    assert len(commitments.find(read, parsed, (one, two), mentions={})) == 2


def test_the_table_knows_every_form_of_will() -> None:
    assert {word for word, told in commissives("modal").items() if told.strength == "explicit"} == clauses.WILL
