from __future__ import annotations

import pytest
from handmade import article, parsed, spans, statement, words

from onrecord import acts
from onrecord.parse import parse
from onrecord.records import Mention, Statement
from onrecord.tables import table

ACTS = {
    "assert",
    "predict",
    "commit",
    "offer",
    "threaten",
    "warn",
    "demand",
    "accuse",
    "deny",
    "refuse",
    "endorse",
    "ask",
}


def judge(text: str, source: str, cue: str) -> Statement:
    """Judge a text that is source, cue and content in this order."""
    content = text[text.index(cue) + len(cue) :].strip(" :.")
    quotation = (
        "direct" if content.startswith("“") and content.endswith("”") else "mixed" if "“" in content else "indirect"
    )
    draft = statement(text, cue, content, source=source, quotation=quotation)
    return acts.judged(article(text), parse(text), (draft,))[0]


# text, source, cue, act, why
BY_CUE = [
    ("Kalnins accused the council of hiding the report.", "Kalnins", "accused", "accuse", "performative"),
    ("Kalnins never criticized the council.", "Kalnins", "never criticized", "assert", "a negated reproach is none"),
    ("Kalnins denied hiding the report.", "Kalnins", "denied", "deny", "performative"),
    ("Kalnins did not deny hiding the report.", "Kalnins", "did not deny", "endorse", "what is not denied is granted"),
    ("Kalnins rejected the offer.", "Kalnins", "rejected", "refuse", "a proposal"),
    ("Kalnins rejected the claim that it was late.", "Kalnins", "rejected", "deny", "a claim"),
    ("Kalnins agreed that the dam was old.", "Kalnins", "agreed", "endorse", "an opinion"),
    ("Kalnins agreed to rebuild the dam.", "Kalnins", "agreed", "commit", "a deed"),
    ("Kalnins asked whether the dam was safe.", "Kalnins", "asked", "ask", "a question"),
    ("Kalnins wants to rebuild the dam.", "Kalnins", "wants", "commit", "his own deed"),
    ("Kalnins wants the council to rebuild the dam.", "Kalnins", "wants", "demand", "somebody else's deed"),
    ("Kalnins called for a new dam.", "Kalnins", "called for", "demand", "a phrase"),
    ("Kalnins did not endorse the plan.", "Kalnins", "did not endorse", "refuse", "the stance that results"),
    ("Kalnins expects the dam to break.", "Kalnins", "expects", "predict", "performative"),
    ("Kalnins offered to pay for the dam.", "Kalnins", "offered", "offer", "with a deed"),
    ("Kalnins declined to comment.", "Kalnins", "declined", "refuse", "performative"),
    ("Kalnins will sue the council.", "Kalnins", "will sue", "commit", "a cue that is itself the deed"),
    ("Kalnins warned that the dam could break.", "Kalnins", "warned", "warn", "harm from elsewhere"),
    ("Kalnins threatened to close the dam.", "Kalnins", "threatened", "threaten", "performative"),
]

BY_CONTENT = [
    ("Kalnins said: “We will rebuild the dam.”", "Kalnins", "said", "commit", "own deed"),
    ("Kalnins said: “We will not rebuild the dam.”", "Kalnins", "said", "refuse", "own deed, negated"),
    ("Kalnins said: “We will not rest.”", "Kalnins", "said", "commit", "a negation that binds"),
    ("Kalnins said: “I am ready to rebuild the dam.”", "Kalnins", "said", "commit", "readiness"),
    ("Kalnins said: “I would rebuild the dam.”", "Kalnins", "said", "predict", "quoted 'would' is about an if"),
    ("Dorsen said she would rebuild the dam.", "Dorsen", "said", "commit", "reported 'would' is 'will'"),
    ("Ms. Dorsen said he would rebuild the dam.", "Ms. Dorsen", "said", "predict", "'he' is another"),
    ("Kalnins said: “We are not ready to fight.”", "Kalnins", "said", "assert", "unready is no refusal"),
    ("Kalnins said: “We are not willing to fight.”", "Kalnins", "said", "refuse", "unwilling is one"),
    ("Kalnins said: “I invite the council to Riga.”", "Kalnins", "said", "offer", "an invitation"),
    ("Kalnins said: “If they come, we will destroy the bridge.”", "Kalnins", "said", "threaten", "own harm"),
    ("Kalnins warned: “You will pay for this.”", "Kalnins", "warned", "threaten", "harm dealt to 'you'"),
    ("Kalnins said: “The council must rebuild the dam.”", "Kalnins", "said", "demand", "obligation of others"),
    ("Kalnins said: “Leave the city now.”", "Kalnins", "said", "demand", "an order"),
    ("Kalnins said: “Is the dam safe?”", "Kalnins", "said", "ask", "a question"),
    ("Kalnins said the river would rise.", "Kalnins", "said", "predict", "what will be"),
    ("Kalnins said the dam would be in danger of collapse.", "Kalnins", "said", "warn", "harm to come"),
    ("Kalnins said: “I thank the crews.”", "Kalnins", "said", "endorse", "thanks"),
    ("Kalnins said: “The council is corrupt.”", "Kalnins", "said", "accuse", "blame"),
    ("Kalnins said the dam was built in May.", "Kalnins", "said", "assert", "nothing else"),
    ("Kalnins said: “We have rebuilt the dam.”", "Kalnins", "said", "assert", "what was done"),
    (
        "Latvia's minister said Latvia will rebuild the dam.",
        "Latvia's minister",
        "said",
        "commit",
        "speaks for the state",
    ),
    ("Latvia's minister said Estonia will rebuild the dam.", "Latvia's minister", "said", "predict", "another state"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "source", "cue", "act", "why"), BY_CUE + BY_CONTENT)
def test_acts(text: str, source: str, cue: str, act: str, why: str) -> None:
    assert judge(text, source, cue).act == act, why


@pytest.mark.model
def test_a_warning_of_own_harm_is_a_warning_too() -> None:
    assert judge("Kalnins warned: “You will pay for this.”", "Kalnins", "warned").other_acts == ("warn",)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "source", "cue", "target"),
    [
        ("Kalnins accused the city council of hiding the report.", "Kalnins", "accused", "the city council"),
        ("Kalnins praised the crews for their work.", "Kalnins", "praised", "the crews"),
        ("Kalnins said the dam was old.", "Kalnins", "said", ""),
    ],
)
def test_targets(text: str, source: str, cue: str, target: str) -> None:
    judged = judge(text, source, cue)
    assert (words(text, (judged.target.span,)) if judged.target else "") == target


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "cue", "told", "act", "target"),
    [
        ("Berg urged the council to go.", "urged", "the council", "demand", "the council"),
        ("Berg told the council to go.", "told", "the council", "demand", "the council"),
        ("Berg told a rally: “Leave the city now.”", "told", "a rally", "demand", "a rally"),
        ("Berg told a rally: “We will go.”", "told", "a rally", "commit", ""),
        ("Berg reminded a rally: “We will not go.”", "reminded", "a rally", "refuse", ""),
        ("Berg told a rally: “The council is corrupt.”", "told", "a rally", "accuse", ""),
        ("Berg told a rally: “The mayor must go.”", "told", "a rally", "demand", ""),
    ],
)
def test_whom_a_cue_merely_tells_is_no_target(text: str, cue: str, told: str, act: str, target: str) -> None:
    content = text[text.index(told) + len(told) :].strip(" :.")
    quotation = "direct" if content.startswith("“") else "indirect"
    addressee = Mention(spans(text, told)[0], None)
    draft = statement(text, cue, content, source="Berg", quotation=quotation, addressee=addressee)
    (judged,) = acts.judged(article(text), parse(text), (draft,))
    assert (judged.act, words(text, (judged.target.span,)) if judged.target else "") == (act, target)


def test_confidence_is_the_measured_precision_of_the_rule() -> None:
    text = "Kalnins accused them."
    made = parsed(text, ["Kalnins/NNP/nsubj/accused", "accused/VBD/ROOT/accused", "them/PRP/dobj/accused"])
    draft = statement(text, "accused", "them")
    (judged,) = acts.judged(article(text), made, (draft,))
    measured = {row["rule"]: float(row["precision"]) for row in table("act_rules")}
    assert judged.act_confidence == measured["cue accuse"]


def test_tables_name_only_known_acts() -> None:
    for row in table("acts"):
        told = {row[column] for column in ("act", "to", "other_to", "wh", "claim", "negated")} - {"", "content"}
        assert told <= ACTS, row["cue"]


def test_every_cue_stands_in_one_row() -> None:
    every = [cue for row in table("acts") for cue in row["cue"].split("/")]
    assert sorted(every) == sorted(set(every))
