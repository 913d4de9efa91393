"""Acts: plain sentences that the head must get right, what holds whatever its weights are, and the rules that it is told of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from handmade import article, known_failure, parsed, spans, statement, words

from onrecord import acts
from onrecord.acts import ACTS
from onrecord.parse import parse
from onrecord.reading import FOLDER, Floats, Reading, read
from onrecord.records import Mention, Statement
from onrecord.tables import table


def judged(text: str, *drafts: Statement) -> tuple[Statement, ...]:
    parse_of_it = parse(text)
    return acts.judged(article(text), parse_of_it, read(text, parse_of_it), drafts)


def drafted(text: str, source: str, cue: str, **fields: object) -> Statement:
    """Draft the statement of a text that is source, cue and content in this order."""
    content = text[text.index(cue) + len(cue) :].strip(" :.")
    quotation = (
        "direct" if content.startswith("“") and content.endswith("”") else "mixed" if "“" in content else "indirect"
    )
    return statement(text, cue, content, source=source, quotation=quotation, **fields)


# text, source, cue, act (or acts, where the codebook leaves it to what went before), why
BY_CUE = [
    ("Kalnins accused the council of hiding the report.", "Kalnins", "accused", "accuse", "performative"),
    ("Kalnins blamed the council for the flood.", "Kalnins", "blamed", "accuse", "performative"),
    ("Kalnins denied hiding the report.", "Kalnins", "denied", "deny", "performative"),
    known_failure(
        "Kalnins did not deny hiding the report.",
        "Kalnins",
        "did not deny",
        "endorse",
        "what is not denied is granted",
        known="taken for a refusal",
    ),
    ("Kalnins rejected the offer.", "Kalnins", "rejected", "refuse", "a proposal"),
    ("Kalnins rejected the claim that it was late.", "Kalnins", "rejected", "deny", "a claim"),
    ("Kalnins agreed that the dam was old.", "Kalnins", "agreed", "endorse", "an opinion"),
    ("Kalnins agreed to rebuild the dam.", "Kalnins", "agreed", "commit", "a deed"),
    ("Kalnins admitted that the count had been slow.", "Kalnins", "admitted", "endorse", "what is conceded"),
    ("Kalnins asked whether the dam was safe.", "Kalnins", "asked", "ask", "a question"),
    ("Kalnins asked the council to publish the list.", "Kalnins", "asked", "demand", "a request"),
    ("Kalnins wants to rebuild the dam.", "Kalnins", "wants", "commit", "his own deed"),
    ("Kalnins wants the council to rebuild the dam.", "Kalnins", "wants", "demand", "somebody else's deed"),
    ("Kalnins called for a new dam.", "Kalnins", "called for", "demand", "a phrase"),
    ("Kalnins urged the council to rebuild the dam.", "Kalnins", "urged", "demand", "performative"),
    ("Kalnins did not endorse the plan.", "Kalnins", "did not endorse", "refuse", "the stance that results"),
    ("Kalnins expects the dam to break.", "Kalnins", "expects", "predict", "performative"),
    ("Kalnins offered to pay for the dam.", "Kalnins", "offered", "offer", "with a deed"),
    ("Kalnins declined to comment.", "Kalnins", "declined", "refuse", "performative"),
    ("Kalnins will sue the council.", "Kalnins", "will sue", "commit|threaten", "a cue that is itself the deed"),
    ("Kalnins warned that the dam could break.", "Kalnins", "warned", "warn", "harm from elsewhere"),
    ("Kalnins threatened to close the dam.", "Kalnins", "threatened", "threaten", "performative"),
    ("Kalnins vowed to rebuild the dam.", "Kalnins", "vowed", "commit", "performative"),
    ("Kalnins praised the crews for their work.", "Kalnins", "praised", "endorse", "performative"),
]

BY_CONTENT = [
    ("Kalnins said: “We will rebuild the dam.”", "Kalnins", "said", "commit", "own deed"),
    ("Kalnins said: “We will not rebuild the dam.”", "Kalnins", "said", "refuse|commit", "own deed, negated"),
    ("Kalnins said: “We will not rest.”", "Kalnins", "said", "commit", "a negation that binds"),
    ("Kalnins said: “I am ready to rebuild the dam.”", "Kalnins", "said", "commit", "readiness"),
    ("Dorsen said she would rebuild the dam.", "Dorsen", "said", "commit", "reported 'would' is 'will'"),
    ("Kalnins said: “We are not willing to fight.”", "Kalnins", "said", "refuse", "unwilling is a refusal"),
    ("Kalnins said: “I invite the council to Riga.”", "Kalnins", "said", "offer", "an invitation"),
    ("Kalnins said: “If they come, we will destroy the bridge.”", "Kalnins", "said", "threaten", "own harm"),
    ("Kalnins warned: “You will pay for this.”", "Kalnins", "warned", "threaten", "harm dealt to 'you'"),
    ("Kalnins said: “The council must rebuild the dam.”", "Kalnins", "said", "demand", "obligation of others"),
    ("Kalnins said: “Leave the city now.”", "Kalnins", "said", "demand", "an order"),
    ("Kalnins said: “Is the dam safe?”", "Kalnins", "said", "ask", "a question"),
    ("Kalnins said the river would rise.", "Kalnins", "said", "predict", "what will be"),
    ("Kalnins said the dam would be in danger of collapse.", "Kalnins", "said", "warn|predict", "harm to come"),
    ("Kalnins said: “I thank the crews.”", "Kalnins", "said", "endorse", "thanks"),
    ("Kalnins said: “The council is corrupt.”", "Kalnins", "said", "accuse", "blame"),
    ("Kalnins said the dam was built in May.", "Kalnins", "said", "assert", "nothing else"),
    ("Kalnins said: “We have rebuilt the dam.”", "Kalnins", "said", "assert", "what was done"),
    ("Kalnins said: “The ferry was half empty.”", "Kalnins", "said", "assert", "how things were"),
    ("Kalnins said: “It is not true that we closed the dam.”", "Kalnins", "said", "deny", "a claim is not so"),
    ("Latvia's minister said Latvia will rebuild the dam.", "Latvia's minister", "said", "commit", "speaks for it"),
    known_failure("Latvia's minister said Estonia will rebuild the dam.", "Latvia's minister", "said", "predict", "another state",
                  known="taken for a commitment"),
]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("text", "source", "cue", "act", "why"), BY_CUE + BY_CONTENT)
def test_acts(text: str, source: str, cue: str, act: str, why: str) -> None:
    (one,) = judged(text, drafted(text, source, cue))
    assert one.act in act.split("|"), why


@pytest.mark.model
def test_a_warning_of_own_harm_is_a_warning_too() -> None:
    text = "Kalnins warned: “You will pay for this.”"
    (one,) = judged(text, drafted(text, "Kalnins", "warned"))
    assert {one.act, *one.other_acts} == {"threaten", "warn"}


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
    (one,) = judged(text, drafted(text, source, cue))
    assert (words(text, (one.target.span,)) if one.target else "") == target


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "cue", "told", "act", "target"),
    [
        ("Berg urged the council to go.", "urged", "the council", "demand", "the council"),
        ("Berg told the council to go.", "told", "the council", "demand", "the council"),
        ("Berg told a rally: “Leave the city now.”", "told", "a rally", "demand", "a rally"),
        ("Berg told a rally: “We will go.”", "told", "a rally", "commit", ""),
        ("Berg reminded a rally: “We will not go.”", "reminded", "a rally", "refuse|commit", ""),
        ("Berg told a rally: “The council is corrupt.”", "told", "a rally", "accuse", ""),
        ("Berg told a rally: “The mayor must go.”", "told", "a rally", "demand", ""),
    ],
)
def test_whom_a_cue_merely_tells_is_no_target(text: str, cue: str, told: str, act: str, target: str) -> None:
    content = text[text.index(told) + len(told) :].strip(" :.")
    quotation = "direct" if content.startswith("“") else "indirect"
    addressee = Mention(spans(text, told)[0], None)
    (one,) = judged(text, statement(text, cue, content, source="Berg", quotation=quotation, addressee=addressee))
    assert one.act in act.split("|")
    assert (words(text, (one.target.span,)) if one.target else "") == target


@pytest.mark.model
def test_what_stands_inside_is_judged_by_itself() -> None:
    text = "Ilic said Doe had promised to close the road."
    outer = statement(text, "said", "Doe had promised to close the road", source="Ilic")
    inner = statement(text, "promised", "to close the road", source="Doe", id="s2", inside="s1")
    first, second = judged(text, outer, inner)
    assert second.act == "commit"
    assert first.act != "commit"
    assert first.content == outer.content


@pytest.mark.model
def test_a_content_without_words_asserts_nothing_surely() -> None:
    text = "He said \u200b."
    (one,) = judged(text, statement(text, "said", "\u200b", source="He"))
    assert (one.act, one.other_acts, one.act_confidence) == ("assert", (), 0.0)


# --- whatever the head says


class Told:
    """A head that says what it is told to."""

    def __init__(self, main: Sequence[float], any_of: Sequence[float]) -> None:
        self.scores = np.array(main, np.float32), np.array(any_of, np.float32)

    def __call__(self, _reading: Reading, _draft: Statement, _signs: frozenset[str]) -> tuple[Floats, Floats]:
        return self.scores


@pytest.mark.model
@pytest.mark.parametrize(
    ("likely", "others"),
    [
        ({"deny": 0.9, "assert": 0.4}, ()),
        ({"deny": 0.9, "assert": 0.6}, ("assert",)),
        ({"deny": 0.1, "assert": 0.6, "warn": 0.9, "ask": 0.7}, ("warn", "ask")),
    ],
)
def test_other_acts_are_the_likeliest_two_beside_the_main_one(
    monkeypatch: pytest.MonkeyPatch, likely: dict[str, float], others: tuple[str, ...]
) -> None:
    main = [0.89 if act == "deny" else 0.01 for act in ACTS]
    head = Told(main, [likely.get(act, 0.0) for act in ACTS])
    monkeypatch.setattr(acts, "_judge", lambda: head)
    text = "Kalnins said it rained."
    (one,) = judged(text, drafted(text, "Kalnins", "said"))
    assert (one.act, one.other_acts, one.act_confidence) == ("deny", others, 0.89)


# --- the rules and the signs

SAID = ["Tarn/NNP/nsubj/said", "said/VBD/ROOT/said"]


@pytest.mark.parametrize(
    ("text", "tagged", "cue", "content", "expected"),
    [
        ("Tarn accused them", ["Tarn/NNP/nsubj/accused", "accused/VBD/ROOT/accused", "them/PRP/dobj/accused"], "accused", "them",
         ("cue accuse", "accuse")),
        ("Tarn said it broke", [*SAID, "it/PRP/nsubj/broke", "broke/VBD/ccomp/said"], "said", "it broke",
         ("nothing else", "assert")),
        ("Tarn said waters will rise", [*SAID, "waters/NNS/nsubj/rise", "will/MD/aux/rise", "rise/VB/ccomp/said"], "said",
         "waters will rise",
         ("forecast", "predict")),
        ("Tarn said we will go", [*SAID, "we/PRP/nsubj/go", "will/MD/aux/go", "go/VB/ccomp/said"], "said", "we will go",
         ("own commit", "commit")),
        ("Tarn said they must go", [*SAID, "they/PRP/nsubj/go", "must/MD/aux/go", "go/VB/ccomp/said"], "said", "they must go",
         ("obligation", "demand")),
        ("Tarn said what ?", [*SAID, "what/WP/dobj/said", "?/./punct/said"], "said", "what ?", ("question", "ask")),
    ],
)  # fmt: skip
def test_the_first_rule_that_fits(
    text: str, tagged: list[str], cue: str, content: str, expected: tuple[str, str]
) -> None:
    draft = statement(text, cue, content, source="Tarn")
    assert acts.rule_of(article(text), parsed(text, tagged), draft) == expected


def test_the_signs_of_a_statement() -> None:
    text = "Tarn said we will not go"
    made = parsed(
        text, [*SAID, "we/PRP/nsubj/go", "will/MD/aux/go", "not/RB/neg/go", "go/VB/ccomp/said"],
    )  # fmt: skip
    draft = statement(text, "said", "we will not go", source="Tarn")
    assert acts.signs(article(text), made, draft) == {
        "rule own refuse", "act refuse", "quotation indirect", "manner said",
        "content own refuse", "undertaking refuse explicit", "subject we", "forecast", "word not", "word will",
    }  # fmt: skip


@pytest.mark.model
def test_the_head_knows_the_signs_and_the_acts() -> None:
    with np.load(FOLDER / "heads" / "acts.npz") as weights:
        known = set(weights["signs"].tolist())
        assert weights["outer.bias"].shape == (2 * len(ACTS),)
    assert {f"act {act}" for act in ACTS} <= known
    assert {f"quotation {quotation}" for quotation in ("direct", "mixed", "indirect")} <= known


def test_tables_name_only_known_acts() -> None:
    for row in table("acts"):
        told = {row[column] for column in ("act", "to", "other_to", "wh", "claim", "negated")} - {"", "content"}
        assert told <= set(ACTS), row["cue"]


def test_every_cue_stands_in_one_row() -> None:
    every = [cue for row in table("acts") for cue in row["cue"].split("/")]
    assert sorted(every) == sorted(set(every))
