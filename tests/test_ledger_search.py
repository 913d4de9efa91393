"""Listings of the ledger: what a search finds, in which order, and what counts as one undertaking."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_findings import actor, at, promise, report, rich

from onrecord.errors import UsageError
from onrecord.folding import fold, name_key, names
from onrecord.ledger import Ledger
from onrecord.ledger.restatements import Terms, alike, grouped
from onrecord.records import Findings, Mention, Time


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "onrecord.db", write=True) as opened:
        yield opened


# Spellings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don't", "dont"),
        ("DON’T", "dont"),
        ("dont", "dont"),
        ("Lukashenko’s", "lukashenko s"),
        ("it's", "it s"),
        ("O'Shea", "oshea"),
        ("the drivers' union", "the drivers union"),
        ("‘scare’ quotes", "scare quotes"),
        ("café CAFE\u0301", "cafe cafe"),
        ("Wałęsa, Ødegård, Đinđić", "walesa odegard dindic"),
        ("Straße", "strasse"),
        ("cease-fire/truce", "cease fire truce"),
        ("1,000 km²", "1 000 km2"),
        ("Лукашенко", "лукашенко"),
        ("İstanbul", "istanbul"),
        ("— … !", ""),
    ],
)
def test_folding(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(
    ("wanted", "name", "expected"),
    [
        ("lukashenko", "Alexander Lukashenko", True),
        ("alexander lukashenko", "Alexander Lukashenko", True),
        ("lukashenko", "Olga Lukashenkova", False),
        ("alexander", "Alexandria", False),
        ("o shea", "O'Shea", False),
        ("oshea", "O’Shea", True),
    ],
)
def test_a_name_is_found_by_whole_words(wanted: str, name: str, expected: bool) -> None:
    assert names(wanted, [name]) is expected


def test_a_name_without_letters_has_a_key_all_the_same() -> None:
    assert name_key(" ??? ") == "???"


# Words

SENTENCES = {
    "s1": "We don't want Lukashenko's troops here",
    "s2": "Its troops will stay, “come what may”",
    "s3": "The cease-fire holds and the talks go on",
    "s4": "A cease of fire is not in the café",
    "s5": "Nuclear weapons are a last resort",
    "s6": "Weapons that are not nuclear",
    "s7": "It’s a matter of the drivers’ union, AND nothing else",
}


@pytest.fixture
def words(ledger: Ledger) -> Callable[[str], set[str]]:
    found = report("x", *(("Vale", sentence) for sentence in SENTENCES.values()))
    renamed = tuple(replace(s, id=id_) for s, id_ in zip(found.statements, SENTENCES, strict=True))
    ledger.add(replace(found, statements=renamed))
    return lambda text: {row.id for row in ledger.said(text)}


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("troops", {"s1", "s2"}),
        ("TROOPS", {"s1", "s2"}),
        ("troops here", {"s1"}),
        ("dont", {"s1"}),
        ("don't", {"s1"}),
        ("don’t", {"s1"}),
        ("lukashenko", {"s1"}),
        ("Lukashenko's", {"s1"}),
        ("lukashenkos", {"s1"}),
        ("its", {"s2", "s7"}),
        ("it's", {"s2", "s7"}),
        ("drivers", {"s7"}),
        ("drivers'", {"s7"}),
        ('"Lukashenko\'s troops"', {"s1"}),
        ('"Lukashenkos troops"', {"s1"}),
        ("“nuclear weapons”", {"s5"}),
        ('"nuclear weapons"', {"s5"}),
        ("nuclear weapons", {"s5", "s6"}),
        ("nuclear AND weapons", {"s5", "s6"}),
        ("weapons NOT resort", {"s6"}),
        ("troops OR nuclear", {"s1", "s2", "s5", "s6"}),
        ("troops OR nuclear resort", {"s1", "s2", "s5"}),
        ("(troops OR nuclear) NOT (resort OR stay)", {"s1", "s6"}),
        ("talks and fire", {"s3"}),
        ("cease-fire", {"s3"}),
        ("cease fire", {"s3", "s4"}),
        ("cease/fire", {"s3"}),
        ("cafe", {"s4"}),
        ("CAFÉ", {"s4"}),
        ("cafe\u0301", {"s4"}),
        ('"come what may', {"s2"}),
        ('come what may"', {"s2"}),
        ("(come what may", {"s2"}),
        ("come what may)", {"s2"}),
        ("come - what / may & …", {"s2"}),
        ("content:troops", set()),
        ("troop*", set()),
        ("^troops", {"s1", "s2"}),
        ("NEAR(troops here)", set()),
        ('"and nothing"', {"s7"}),
        ("vale", set(SENTENCES)),
    ],
)
def test_what_a_search_finds(words: Callable[[str], set[str]], search: str, expected: set[str]) -> None:
    assert words(search) == expected


@pytest.mark.parametrize(
    ("search", "message"),
    [
        ("", "no letter or digit to look for"),
        ("  ", "no letter or digit"),
        ("- / …", "no letter or digit"),
        ('""', "no letter or digit"),
        ("AND", "AND stands without words on both sides of it"),
        ("troops AND", "AND stands without words"),
        ("OR troops", "OR stands without words"),
        ("troops OR", "OR stands without words"),
        ("NOT troops", "NOT stands without words"),
        ("troops AND OR here", "AND stands without words"),
        ("troops NOT -", "NOT stands without words"),
        ("(" * 60 + "a", "more than 50 parentheses inside one another"),
    ],
)
def test_a_search_that_cannot_be_made(words: Callable[[str], set[str]], search: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        words(search)


_SEARCH = st.lists(
    st.sampled_from(
        [
            "AND",
            "OR",
            "NOT",
            "(",
            ")",
            '"',
            "'",
            "’",
            "“",
            "-",
            "*",
            ":",
            "^",
            "+",
            "{",
            "}",
            "a",
            "troops",
            "its",
            "\x00",
            ";",
        ]
    )
    | st.text(max_size=4),
    max_size=12,
)


def test_no_search_crashes(words: Callable[[str], set[str]]) -> None:
    @settings(max_examples=300, deadline=None)
    @given(_SEARCH, st.sampled_from(["", " "]))
    def search(parts: list[str], between: str) -> None:
        try:
            found = words(between.join(parts))
        except UsageError:
            return
        assert found <= set(SENTENCES)

    search()


def test_a_very_long_search(words: Callable[[str], set[str]]) -> None:
    assert words(" ".join(["troops"] * 2000)) == {"s1", "s2"}
    assert words(" OR ".join(f"word{n}s" for n in range(2000)) + " OR troops") == {"s1", "s2"}
    assert words('"' + " ".join(["troops"] * 300) + '"') == set()


# Options of said


def ids(rows: tuple[Any, ...]) -> list[str]:
    return [row.id for row in rows]


@pytest.fixture
def three(ledger: Ledger) -> Ledger:
    """Three reports: two with days of saying or publishing, one without."""
    quoted = report(
        "b", ("Alexander Lukashenko", "we will answer"), ("Olga Lukashenkova", "we will wait"),
        publisher="BBC News", published="2023-02-16T10:00:00+03:00", title="A title", url="https://example.org/b",
    )  # fmt: skip
    first, other = quoted.statements
    text = quoted.article.text
    biden = actor("ab", "Joe Biden", aliases=("Mr. Biden",))
    first = replace(
        first, quotation="direct", act="threaten", other_acts=("warn",), addressee=Mention(at(text, "we"), "ab"),
        said_on=Time("2023-02-10", "2023-02-12", None),
    )  # fmt: skip
    other = replace(other, target=Mention(at(text, "wait"), None), manner="written")
    ledger.add(replace(quoted, actors=(*quoted.actors, biden), statements=(first, other)))
    ledger.add(
        report(
            "a",
            ("Ilse Marrow", "we will think"),
            published="2023-03-01",
            aliases=("the Premier",),
            publisher="Kesh Post",
        )
    )
    ledger.add(report("c", ("Łukasz Wałęsa", "no day at all")))
    thought = report("d", ("Vale", "an opinion"))
    ledger.add(replace(thought, statements=(replace(thought.statements[0], manner="thought"),)))
    return ledger


@pytest.mark.parametrize(
    ("options", "expected", "why"),
    [
        ({}, ["s0a", "s1b", "s0b", "s0c"], "newest first, those without a day last; thoughts are left out"),
        ({"limit": 2}, ["s0a", "s1b"], "the first two of these"),
        ({"limit": 0}, [], "none"),
        ({"manner": ("thought",)}, ["s0d"], "only those asked for"),
        ({"manner": ("written", "stance")}, ["s1b"], "any of them"),
        ({"by": "lukashenko"}, ["s0b"], "a word of the name, not the beginning of one"),
        ({"by": "ALEXANDER LUKASHENKO"}, ["s0b"], "the whole name in any case"),
        ({"by": "Lukashenko Alexander"}, [], "words of a name stand in a row"),
        ({"by": "premier"}, ["s0a"], "an alias"),
        ({"by": "marrow the"}, [], "no name runs over into an alias"),
        ({"by": "Lukasz Walesa"}, ["s0c"], "without accents"),
        ({"to": "biden"}, ["s0b"], "the addressee's name"),
        ({"to": "Mr Biden"}, ["s0b"], "the addressee's alias"),
        ({"to": "wait"}, ["s1b"], "the words of an unresolved target"),
        ({"to": "lukashenko"}, [], "the speaker is not the addressee"),
        ({"about": "answer OR think"}, ["s0a", "s0b"], "words of the content"),
        ({"about": "lukashenko"}, [], "a speaker's name is not content"),
        ({"words": "lukashenko"}, ["s0b"], "but words look there too"),
        ({"act": ("threaten",)}, ["s0b"], "the act"),
        ({"act": ("warn",)}, ["s0b"], "another act of the same statement"),
        ({"act": ("deny",)}, [], "no such act"),
        ({"act": ("deny", "warn", "threaten")}, ["s0b"], "any of them, each statement once"),
        ({"quotation": "direct"}, ["s0b"], "the marks of the page"),
        ({"conditional": True}, [], "none has a condition"),
        ({"conditional": False}, ["s0a", "s1b", "s0b", "s0c"], "all are without"),
        ({"publisher": "bbc"}, ["s1b", "s0b"], "a word of the publisher's name"),
        ({"publisher": "news bbc"}, [], "words of a publisher's name stand in a row"),
        ({"since": date(2023, 2, 12)}, ["s0a", "s1b", "s0b"], "the range of saying ends on that day"),
        ({"since": date(2023, 2, 13)}, ["s0a", "s1b"], "it has ended"),
        ({"until": date(2023, 2, 10)}, ["s0b"], "it begins on that day"),
        ({"until": date(2023, 2, 9)}, [], "it has not begun"),
        ({"since": date(2023, 2, 16), "until": date(2023, 2, 16)}, ["s1b"], "published that day, no day of saying"),
        ({"by": "lukashenko", "about": "wait"}, [], "all must fit"),
    ],
)  # fmt: skip
def test_what_said_lists(three: Ledger, options: dict[str, Any], expected: list[str], why: str) -> None:
    assert ids(three.said(**options)) == expected, why


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"act": ("warn", "shout")}, "act is 'shout', expected one of assert, predict"),
        ({"manner": ("said", "sung")}, "manner is 'sung'"),
        ({"quotation": "scare"}, "quotation is 'scare'"),
        ({"by": "!"}, "by is '!', which has no letter or digit"),
        ({"to": ""}, "to is ''"),
        ({"publisher": "-"}, "publisher is '-'"),
        ({"about": "AND"}, "AND stands without words"),
    ],
)
def test_options_that_cannot_be_asked(three: Ledger, options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        three.said(**options)


def test_open_ranges_of_saying(ledger: Ledger) -> None:
    for name, said_on in (("a", Time(None, "2023-02-10", None)), ("b", Time("2023-02-10", None, None)), ("c", None)):
        found = report(name, ("Vale", "yes"))
        ledger.add(replace(found, statements=(replace(found.statements[0], said_on=said_on),)))
    assert ids(ledger.said(until=date(2020, 1, 1))) == ["s0a"]
    assert ids(ledger.said(since=date(2030, 1, 1))) == ["s0b"]
    assert ids(ledger.said(since=date(2023, 2, 10), until=date(2023, 2, 10))) == ["s0a", "s0b"]


def test_the_better_match_comes_first(ledger: Ledger) -> None:
    ledger.add(
        report(
            "a", ("Vale", "the dam and many other things that were said on that long day in the long valley of Kesh")
        )
    )
    ledger.add(report("b", ("Vale", "the dam, the dam")))
    assert ids(ledger.said("dam")) == ["s0b", "s0a"]


def test_a_said_row_has_all_that_a_listing_shows(ledger: Ledger) -> None:
    found = rich()
    ledger.add(found)
    (row,) = ledger.said(act=("threaten",), manner=("written",))
    assert (row.id, row.article, row.title) == ("s1", found.article.id, found.article.title)
    assert (row.publisher, row.published, row.url) == ("The Kesh Post", "2025-03-03T18:30:00+02:00", found.article.url)
    assert (row.speakers, row.why_no_speaker, row.anonymous) == (("Ilse Marrow", "Oren Vale"), None, True)
    assert (row.source, row.cue) == ("Premier Ilse Marrow", "told […] said")
    assert row.content == "“We will open the dam [at Kesh]” […] “only if the guards leave by Friday”"
    assert (row.addressee, row.target) == ("Oren Vale", "the guards")
    assert (row.act, row.quotation, row.manner) == ("threaten", "direct", "written")
    assert (row.said_from, row.said_to, row.answers, row.confidence) == ("2025-03-03", "2025-03-03", None, 1.0)
    assert row.content_spans == found.statements[1].content
    assert (row.source_spans, row.cue_spans) == (found.statements[1].source, found.statements[1].cue)
    first, second = row.conditions
    assert (first.kind, first.antecedent, first.consequent, first.connector) == (
        "only_if", "the guards leave by Friday", "We will open the dam", "only if",
    )  # fmt: skip
    assert (first.concessive, first.counterfactual, second.antecedent, second.connector) == (
        False,
        True,
        "by Friday",
        "",
    )


def test_speakers_for_completion(three: Ledger) -> None:
    three.add(report("e", ("Ilse Marrow", "one"), ("Ilse Marrow", "two")))
    assert [(row.name, row.statements) for row in three.speakers()][:2] == [
        ("Ilse Marrow", 3),
        ("Alexander Lukashenko", 1),
    ]
    assert [row.name for row in three.speakers("luk")] == ["Alexander Lukashenko", "Łukasz Wałęsa", "Olga Lukashenkova"]
    assert [row.name for row in three.speakers("wale")] == ["Łukasz Wałęsa"]
    assert three.speakers("biden") == (), "was addressed and has said nothing"


# Undertakings

SAME = [
    (("open the dam at Kesh",), ("open the dam at Kesh",), "the same words"),
    (("to open the dam at Kesh",), ("will open the dam at Kesh",), "light words"),
    (("open the dam at Kesh",), ("OPEN the dam, at ‘Kesh’",), "spelling"),
    (("open the dam at Kesh",), ("open the old dam at Kesh",), "a word more"),
    (("send ten tanks", "the guards enter Kesh"), ("send ten tanks", "guards enter Kesh town"), "conditions overlap"),
]
OTHER = [
    (("open the dam at Kesh",), ("open the market in Torva",), "other words"),
    (("open the dam at Kesh",), ("not open the dam at Kesh",), "the contrary"),
    (("open the dam at Kesh",), ("never open the dam at Kesh",), "the contrary"),
    (("send 10 tanks and trucks",), ("send 20 tanks and trucks",), "another number"),
    (("send tanks and trucks",), ("send tanks and trucks", "the guards enter"), "with and without a condition"),
    (("send ten tanks", "the guards enter Kesh"), ("send ten tanks", "the market closes early"), "another condition"),
    (("send ten tanks", "the guards"), ("send ten tanks", "the to a"), "conditions share light words only"),
]


@pytest.mark.parametrize(("one", "other", "why"), SAME)
def test_restatements_are_shown_as_one(ledger: Ledger, one: tuple[str, ...], other: tuple[str, ...], why: str) -> None:
    ledger.add(stated("b", one, published="2023-02-16"))
    ledger.add(stated("a", other, published="2023-02-17"))
    (row,) = ledger.commitments()
    assert [witness.article for witness in row.witnesses] == ["b", "a"], why
    assert row.action == one[0]
    assert row.id == "cb"


@pytest.mark.parametrize(("one", "other", "why"), OTHER)
def test_different_undertakings_stay_apart(
    ledger: Ledger, one: tuple[str, ...], other: tuple[str, ...], why: str
) -> None:
    ledger.add(stated("b", one))
    ledger.add(stated("a", other))
    assert len(ledger.commitments()) == 2, why


def stated(id_: str, words: tuple[str, ...], **facts: Any) -> Findings:
    return promise(id_, "Ilse Marrow", words[0], condition=words[1] if len(words) > 1 else None, **facts)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"who": "Oren Vale"}, "another agent"),
        ({"kind_of_act": "threaten"}, "another kind of act"),
        ({"condition": "the guards leave", "kind": "unless"}, "unless is not if"),
        ({"to": "Joe Biden"}, "another recipient"),
    ],
)
def test_what_must_be_the_same_to_the_letter(ledger: Ledger, change: dict[str, Any], why: str) -> None:
    same: dict[str, Any] = {
        "who": "Ilse Marrow",
        "action": "send ten tanks",
        "condition": "the guards leave",
        "to": "Oren Vale",
    }
    ledger.add(promise("a", **same))
    ledger.add(promise("b", **{**same, **change}))
    assert len(ledger.commitments()) == 2, why


def test_a_recipient_not_stated_goes_with_one_but_joins_no_two(ledger: Ledger) -> None:
    ledger.add(promise("a", "Ilse Marrow", "send ten tanks", to="Oren Vale"))
    ledger.add(promise("b", "Ilse Marrow", "send ten tanks"))
    assert [len(row.witnesses) for row in ledger.commitments()] == [2]
    ledger.add(promise("c", "Ilse Marrow", "send ten tanks", to="Joe Biden"))
    assert [row.to for row in ledger.commitments()] == ["Oren Vale", None, "Joe Biden"]


def test_an_agent_without_a_name_is_like_no_other(ledger: Ledger) -> None:
    for name in ("a", "b"):
        found = promise(name, "He", "open the dam at Kesh")
        agent = found.commitments[0].agent
        assert agent is not None
        ledger.add(replace(found, commitments=(replace(found.commitments[0], agent=Mention(agent.span, None)),)))
    assert [row.agent for row in ledger.commitments()] == ["He", "He"]


DESCRIBED: dict[str, Any] = {"kind": "group", "named_by": "description"}


def described(found: Findings, name: str) -> Findings:
    """Return findings in which the actor of that name is only described by it."""
    return replace(found, actors=tuple(replace(a, **DESCRIBED) if a.name == name else a for a in found.actors))


@pytest.mark.parametrize(
    ("who", "to", "expected", "why"),
    [
        ("Dockers of Torva", None, 1, "one name is one agent"),
        ("the union", None, 2, "each town has a union"),
        ("Ilse Marrow", "Oren Vale", 1, "one name is one recipient"),
        ("Ilse Marrow", "the union", 2, "each town has a union"),
    ],
)
def test_whoever_is_only_described_is_another_in_every_article(
    ledger: Ledger, who: str, to: str | None, expected: int, why: str
) -> None:
    for id_ in ("a", "b"):
        found = promise(id_, who, "block the road to the port", condition="the pay is not raised", to=to)
        ledger.add(described(found, "the union"))
    rows = ledger.commitments()
    assert len(rows) == expected, why
    assert {(row.agent, row.to) for row in rows} == {(who, to)}, "what they are called is shown all the same"


def test_whoever_is_only_described_is_the_same_in_one_article(ledger: Ledger) -> None:
    found = described(promise("a", "the union", "block the road"), "the union")
    (said,), (one,) = found.statements, found.commitments
    found = replace(
        found, statements=(said, replace(said, id="s1a")), commitments=(one, replace(one, id="c1a", statement="s1a"))
    )
    ledger.add(found)
    assert [len(row.witnesses) for row in ledger.commitments()] == [2]


def test_the_earliest_witness_gives_the_words(ledger: Ledger) -> None:
    ledger.add(promise("late", "Ilse Marrow", "open the old dam at Kesh", published="2023-02-17", publisher="Late"))
    ledger.add(promise("none", "Ilse Marrow", "open the big dam at Kesh", publisher="Never"))
    ledger.add(
        promise("early", "Ilse Marrow", "open the dam at Kesh", published="2023-02-16T23:00:00Z", publisher="Early")
    )
    (row,) = ledger.commitments()
    assert (row.id, row.action, row.agent, row.speakers) == (
        "cearly",
        "open the dam at Kesh",
        "Ilse Marrow",
        ("Ilse Marrow",),
    )
    assert [(w.publisher, w.action, w.speakers) for w in row.witnesses] == [
        ("Early", "open the dam at Kesh", ("Ilse Marrow",)),
        ("Late", "open the old dam at Kesh", ("Ilse Marrow",)),
        ("Never", "open the big dam at Kesh", ("Ilse Marrow",)),
    ]


def test_only_current_revisions_bear_witness(ledger: Ledger) -> None:
    ledger.add(promise("a", "Ilse Marrow", "open the dam at Kesh"))
    ledger.add(promise("a", "Ilse Marrow", "close the gates of Torva"))
    assert [row.action for row in ledger.commitments()] == ["close the gates of Torva"]


@pytest.fixture
def promises(ledger: Ledger) -> Ledger:
    deadline = Time(None, "2023-03-01", None)
    ledger.add(
        promise(
            "a",
            "Ilse Marrow",
            "open the dam",
            condition="the guards leave",
            published="2023-02-16",
            publisher="BBC News",
        )
    )
    ledger.add(
        promise(
            "b", "Oren Vale", "send tanks", to="Ilse Marrow", deadline=deadline, published="2023-02-18", publisher="ANP"
        )
    )
    ledger.add(promise("c", "Ilse Marrow", "invite the president", kind_of_act="offer", published="2023-02-17"))
    ledger.add(
        promise("d", "Oren Vale", "send the tanks", deadline=deadline, published="2023-02-20", publisher="BBC News")
    )
    return ledger


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["cb", "cc", "ca"]),
        ({"limit": 1}, ["cb"]),
        ({"words": "dam OR president"}, ["cc", "ca"]),
        ({"by": "marrow"}, ["cc", "ca"]),
        ({"by": "Vale"}, ["cb"]),
        ({"to": "marrow"}, ["cb"]),
        ({"to": "vale"}, []),
        ({"type": ("offer",)}, ["cc"]),
        ({"type": ("refuse",)}, []),
        ({"type": ("refuse", "offer")}, ["cc"]),
        ({"conditional": True}, ["ca"]),
        ({"conditional": False}, ["cb", "cc"]),
        ({"publisher": "bbc"}, ["cb", "ca"]),
        ({"since": date(2023, 2, 19)}, ["cb"]),
        ({"until": date(2023, 2, 16)}, ["ca"]),
        ({"status": "open", "as_of": date(2023, 3, 1)}, ["cb", "cc", "ca"]),
        ({"status": "open", "as_of": date(2023, 3, 2)}, ["cc", "ca"]),
        ({"status": "expired", "as_of": date(2023, 3, 2)}, ["cb"]),
        ({"status": "expired"}, ["cb"]),
    ],
)
def test_what_commitments_lists(promises: Ledger, options: dict[str, Any], expected: list[str]) -> None:
    rows = promises.commitments(**options)
    assert sorted(ids(rows)) == sorted(expected)
    if "words" not in options:
        assert ids(rows) == expected


def test_a_commitment_row_has_all_that_a_listing_shows(ledger: Ledger) -> None:
    ledger.add(rich())
    row = next(row for row in ledger.commitments(as_of=date(2025, 3, 8)) if row.id == "c1")
    assert (row.type, row.agent, row.action, row.to) == (
        "threaten",
        "Ilse Marrow",
        "open the dam [at Kesh]",
        "Oren Vale",
    )
    assert row.condition is not None
    assert (row.condition.kind, row.condition.antecedent) == ("only_if", "the guards leave by Friday")
    assert (row.deadline, row.deadline_from, row.deadline_to) == ("Friday", None, "2025-03-07")
    assert (row.strength, row.status) == ("hedged", "expired")
    assert (row.said_from, row.said_to) == ("2025-03-03", "2025-03-03")
    assert row.speakers == ("Ilse Marrow", "Oren Vale")
    (witness,) = row.witnesses
    assert (witness.url, witness.read_as_of_from, witness.said_to) == (
        "https://example.org/dam?id=1/2",
        "2025-03-03",
        "2025-03-03",
    )


def test_a_deadline_that_only_a_later_witness_states_counts(ledger: Ledger) -> None:
    ledger.add(promise("headline", "Ilse Marrow", "open the dam", published="2023-02-16"))
    due = Time("2023-02-20", "2023-03-01", None)
    ledger.add(promise("body", "Ilse Marrow", "open the dam", deadline=due, published="2023-02-17"))
    (row,) = ledger.commitments(as_of=date(2023, 3, 2))
    assert (row.id, row.deadline_from, row.deadline_to, row.status) == (
        "cheadline",
        "2023-02-20",
        "2023-03-01",
        "expired",
    )


def test_another_deadline_is_another_undertaking(ledger: Ledger) -> None:
    for id_, due in (("a", "2023-03-01"), ("b", "2023-03-01"), ("c", "2023-04-01")):
        ledger.add(promise(id_, "Ilse Marrow", "open the dam", deadline=Time(None, due, None)))
    assert [len(row.witnesses) for row in ledger.commitments()] == [2, 1]
    assert ids(ledger.commitments(status="open", as_of=date(2023, 3, 15))) == ["cc"], "the deadline was put off"


def test_a_page_without_a_day_of_printing_stands_at_the_day_it_is_read_as_of(ledger: Ledger) -> None:
    as_of = Time("2023-02-16", "2023-02-16", None)
    ledger.add(report("a", ("Vale", "yes"), read_as_of=as_of))
    ledger.add(report("b", ("Vale", "no"), published="2023-02-15"))
    rows = ledger.said(since=date(2023, 2, 15), until=date(2023, 2, 16))
    assert [(row.id, row.published, row.read_as_of_from, row.read_as_of_to) for row in rows] == [
        ("s0a", None, "2023-02-16", "2023-02-16"),
        ("s0b", "2023-02-15", None, None),
    ]
    assert [(row.read_as_of_from, row.read_as_of_to) for row in ledger.articles()] == [
        ("2023-02-16", "2023-02-16"),
        (None, None),
    ]
    assert ledger.cite("s0a").read_as_of_to == "2023-02-16"


def test_commitments_that_cannot_be_asked(promises: Ledger) -> None:
    with pytest.raises(UsageError, match="type is 'vow', expected one of commit, threaten, offer, refuse"):
        promises.commitments(type=("offer", "vow"))
    with pytest.raises(UsageError, match="status is 'kept', expected one of open, expired"):
        promises.commitments(status="kept")


@settings(deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["dam", "open", "close", "tank", "send", "ten", "10", "not", "the", "gate"]), max_size=5
        ),
        max_size=12,
    ),
    st.randoms(),
)
def test_grouping_finds_every_pair_and_does_not_depend_on_order(actions: list[list[str]], random: Any) -> None:
    terms = [Terms("marrow", "commit", None, " ".join(action), None, "", None) for action in actions]
    groups = {frozenset(group) for group in grouped(terms)}
    for one, other in itertools.combinations(range(len(terms)), 2):
        if alike(terms[one], terms[other]):
            assert any({one, other} <= group for group in groups)
    order = list(range(len(terms)))
    random.shuffle(order)
    shuffled = grouped([terms[index] for index in order])
    assert {frozenset(order[index] for index in group) for group in shuffled} == groups
