"""Speakers: (text, [(source, who is expected or why nobody)], why). Sources are looked for from the one before on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from handmade import article, parsed, statement

from onrecord.parse import parse
from onrecord.records import Actor, Mention, Spans, Statement
from onrecord.speakers import Cast, resolve


def drafts(text: str, sources: list[str]) -> tuple[Statement, ...]:
    """Return one draft a source, "" for none; its content is the rest of the text, or what is quoted right after the source."""
    made: list[Statement] = []
    at = 0
    for source in sources:
        start = text.index(source, at)
        at = start + len(source)
        quote = (text.find("“", at), text.find("”", at) + 1)
        quoted = 0 <= quote[0] < at + 20
        content: Spans = (quote if quoted else (at, len(text)),)
        bare = statement(text, quotation="direct" if quoted else "indirect")
        made.append(replace(bare, id=f"s{len(made)}", source=((start, at),) if source else (), content=content))
    return tuple(made)


def cast(text: str, sources: list[str], **facts: Any) -> Cast:
    return resolve(article(text, **facts), parse(text), drafts(text, sources))


def told(found: Cast) -> list[str]:
    """Return for each statement its speakers' names, else why there is none."""
    names = {a.id: a.name for a in found.actors}
    return [" + ".join(names[i] for i in s.speakers) or str(s.why_no_speaker) for s in found.statements]


def actor(found: Cast, name: str) -> Actor:
    return next(a for a in found.actors if a.name == name)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (
            "President Mara Ilic said the bridge was safe. Ilic promised repairs. She hoped for money.",
            [("President Mara Ilic", "Mara Ilic"), ("Ilic", "Mara Ilic"), ("She", "Mara Ilic")],
            "full name without title, surname, pronoun",
        ),
        (
            "Oskar Brandt, the president of Latvia, arrived. The Latvian leader said he was glad.",
            [("The Latvian leader", "Oskar Brandt")],
            "an office held by one",
        ),
        (
            "Oskar Brandt, the president of Latvia, arrived. The Estonian leader said he was glad.",
            [("The Estonian leader", "unresolved")],
            "another country's leader is somebody else",
        ),
        (
            "Defence Minister Oskar Brandt met Finance Minister Mara Ilic. The minister said it was late.",
            [("The minister", "ambiguous")],
            "two ministers: neither",
        ),
        (
            "Defence Minister Oskar Brandt met Finance Minister Mara Ilic. Brandt said it was late. The minister said he was tired.",
            [("Brandt", "Oskar Brandt"), ("The minister", "Oskar Brandt")],
            "of two ministers the one who spoke last",
        ),
        (
            "The talks failed. The minister said nothing could be done.",
            [("The minister", "unresolved")],
            "a minister, and none is named",
        ),
        (
            "John Doe praised Adam Smith. John Doe and Adam Smith left. He said it was late.",
            [("He", "ambiguous")],
            "two men who might be he",
        ),
        (
            "John Doe met Jane Roe. She said it was late.",
            [("She", "Jane Roe")],
            "the gender of a given name leaves one",
        ),
        ("It was cold. He said it was late.", [("He", "unresolved")], "nobody whom he could be"),
        (
            "John Doe spoke. It rained. It rained. It rained. It rained. He said it was late.",
            [("He", "unresolved")],
            "too far back",
        ),
        (
            "Ana Petrova, a spokeswoman for the Red Cross, said help was near.",
            [("Ana Petrova, a spokeswoman for the Red Cross", "Ana Petrova")],
            "a named spokeswoman speaks herself",
        ),
        (
            "The talks in Oslo went on. A senior official said it was late. The official asked for time.",
            [("A senior official", "senior official"), ("The official", "senior official")],
            "an unnamed one, met again",
        ),
        (
            "A man said he was beaten. Later John Doe named himself.",
            [("A man", "unresolved")],
            "in the opening, news holds back a name that it gives later",
        ),
        (
            "France and Germany said they would pay. They asked for time.",
            [("France and Germany", "France + Germany"), ("They", "France + Germany")],
            "several speakers, and all of them again",
        ),
        (
            "A lawyer and writer, Mara Ilic, said it was late.",
            [("A lawyer and writer, Mara Ilic", "Mara Ilic")],
            "two words for one person are not two speakers",
        ),
        (
            "Belarus denied the claim. Minsk said it was false. The Belarusian government called it a lie.",
            [("Belarus", "Belarus"), ("Minsk", "Belarus"), ("The Belarusian government", "Belarus")],
            "a state by name, capital and government",
        ),
        ("The Kremlin said it was false.", [("The Kremlin", "Kremlin")], "a state that is named by its government only"),
        (
            "A statement from the Foreign Office said it was false.",
            [("A statement from the Foreign Office", "Foreign Office")],
            "a statement speaks for whoever issued it",
        ),
        ("A poll showed a narrow lead.", [("A poll", "poll")], "a document without an issuer speaks for itself"),
        (
            "The army said in a statement that all was calm. The statement blamed rebels.",
            [("The army", "army"), ("The statement", "army")],
            "the statement is the army's",
        ),
        ("Voters said they were angry.", [("Voters", "voters")], "a group by description"),
        (
            "The Court of Appeal in London heard the case. The court said it was late.",
            [("The court", "Court of Appeal")],
            "the one named body with that word",
        ),
        (
            "Oskar Brandt, who said it was late, left.",
            [("who", "Oskar Brandt")],
            "a relative pronoun goes with its noun",
        ),
        (
            "Hans Weber, Latvia’s envoy to Syria, said it was late. Latvia’s envoy to Syria, Hans Weber, left.",
            [("Hans Weber, Latvia’s envoy to Syria", "Hans Weber"), ("Latvia’s envoy to Syria, Hans Weber", "Hans Weber")],
            "apposition either way round",
        ),
        ("He was late, itself a scandal.", [("itself", "unresolved")], "a reflexive is nobody"),
    ],
)  # fmt: skip
def test_who_speaks(text: str, expected: list[tuple[str, str]], why: str) -> None:
    assert told(cast(text, [source for source, _ in expected])) == [who for _, who in expected], why


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "source", "behalf"),
    [
        ("Ana Roe, a spokeswoman for the Red Cross, said help was near.", "Ana Roe, a spokeswoman for the Red Cross", ["Red Cross"]),
        ("A spokesman for the Foreign Office said help was near.", "A spokesman for the Foreign Office", ["Foreign Office"]),
        ("Pentagon spokesman John Doe said help was near.", "Pentagon spokesman John Doe", ["Pentagon"]),
        ("A Pentagon report found that help was near.", "A Pentagon report", ["Pentagon"]),
        ("John Doe, a friend of the Red Cross, said help was near.", "John Doe, a friend of the Red Cross", []),
    ],
)  # fmt: skip
def test_for_whom(text: str, source: str, behalf: list[str]) -> None:
    found = cast(text, [source])
    names = {a.id: a.name for a in found.actors}
    assert [names[i] for i in found.statements[0].on_behalf_of] == behalf


@pytest.mark.model
def test_actor_has_what_the_article_states() -> None:
    text = "Mr. Brandt smiled. Oskar Brandt, the president of Latvia, said it was late."
    brandt = actor(cast(text, ["Oskar Brandt, the president of Latvia"]), "Oskar Brandt")
    assert (brandt.kind, brandt.country, brandt.role) == ("person", "LVA", "president of Latvia")
    assert (brandt.aliases, brandt.named_by) == (("Brandt",), "name")


@pytest.mark.model
def test_unnamed_person_is_anonymous_and_named_ones_are_not() -> None:
    text = "A senior official said it was late. John Doe said it was early."
    found = cast(text, ["A senior official", "John Doe"])
    assert [s.anonymous for s in found.statements] == [True, False]
    assert actor(found, "senior official").kind == "unnamed"


@pytest.mark.model
@pytest.mark.parametrize(
    ("facts", "name", "kind"),
    [
        ({}, "author", "author"),
        ({"byline": "By Jane Roe"}, "Jane Roe", "author"),
        ({"speaker": "Mara Ilic"}, "Mara Ilic", "person"),
    ],
)
def test_narrator(facts: dict[str, str], name: str, kind: str) -> None:
    found = cast("I asked whether it was late.", ["I"], **facts)
    assert told(found) == [name]
    assert actor(found, name).kind == kind


@pytest.mark.model
def test_every_mention_is_resolved_to_an_actor_of_the_cast() -> None:
    text = "Prime Minister Mara Ilic warned Russia. She said Moscow would pay."
    found = cast(text, ["Prime Minister Mara Ilic", "She"])
    names = {a.id: a.name for a in found.actors}
    assert {text[s:e]: names[i] for (s, e), i in found.mentions.items()} == {
        "Mara Ilic": "Mara Ilic", "Russia": "Russia", "She": "Mara Ilic", "Moscow": "Russia",
    }  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(
    ("target", "name"),
    [("Russia", "Russia"), ("the rebels", "rebels"), ("me", "Mara Ilic"), ("us", None)],
)
def test_target_gets_its_actor(target: str, name: str | None) -> None:
    text = f"Mara Ilic accused {target} of lying."
    draft = drafts(text, ["Mara Ilic"])[0]
    start = text.index(target)
    found = resolve(article(text), parse(text), (replace(draft, target=Mention((start, start + len(target)), None)),))
    names = {a.id: a.name for a in found.actors}
    mention = found.statements[0].target
    assert mention is not None
    assert (names[mention.actor] if mention.actor else None) == name


def test_statement_without_source_has_no_speaker() -> None:
    text = "Reportedly it rained ."
    parse_ = parsed(
        text, ["Reportedly/RB/advmod/rained", "it/PRP/nsubj/rained", "rained/VBD/ROOT/rained", "./././rained"]
    )
    found = resolve(article(text), parse_, (statement(text, "Reportedly", "it rained"),))
    assert told(found) == ["no_source"]
    assert found.actors == ()


def test_ids_do_not_depend_on_the_statements_of_the_article() -> None:
    text = "Mara Ilic said it rained."
    parse_ = parsed(
        text,
        ["Mara/NNP/compound/Ilic", "Ilic/NNP/nsubj/said", "said/VBD/ROOT/said", "it/PRP/nsubj/rained", "rained/VBD/ccomp/said"],
    )  # fmt: skip
    with_one = resolve(article(text), parse_, (statement(text, "said", "it rained", source="Mara Ilic"),))
    with_none = resolve(article(text), parse_, ())
    assert told(with_one) == ["Mara Ilic"]
    assert {a.id for a in with_none.actors} <= {a.id for a in with_one.actors}
