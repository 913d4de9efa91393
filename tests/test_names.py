"""Names: what the tables know of their words, where a text names somebody, and which namings are one and the same."""

from __future__ import annotations

import pytest

from onrecord import bearers, lexicon, names
from onrecord.parse import parse


@pytest.mark.parametrize(
    ("words", "key", "why"),
    [
        ("Mr. Recep Tayyip Erdoğan’s", "recep tayyip erdogan", "title, accent, possessive"),
        ("Lech Wałęsa", "lech walesa", "a letter that Unicode does not take apart"),
        ("Lech Walesa", "lech walesa", "the same without it"),
        ("MARA ILIC", "mara ilic", "case"),
        ("Bashar Ja'afari", "bashar jaafari", "apostrophe vanishes"),
        ("Bashar Ja’afari", "bashar jaafari", "whichever apostrophe it is"),
        ("Joseph Doe Jr.", "joseph doe", "suffix"),
        ("Prime Minister Mara Ilic", "mara ilic", "title of two words"),
        ("Lt. Gen. John Doe", "john doe", "two titles"),
        ("Teska Motors Inc.", "teska motors", "form of a company"),
        ("the World Bank", "world bank", "article"),
        ("U.N.", "un", "full stops"),
        ("President", "president", "a title alone is kept"),
        (
            "Information Commissioner’s Office",
            "information commissioner office",
            "a title inside a body's name is no title",
        ),
    ],
)
def test_bare_name(words: str, key: str, why: str) -> None:
    assert lexicon.bare_name(words) == key, why


@pytest.mark.parametrize(
    ("words", "kind", "gender"),
    [
        ("Mr.", "honorific", "m"),
        ("Prime Minister", "office", None),
        ("ministers", "office", None),
        ("spokeswoman", "spokesperson", "f"),
        ("mother", "relation", "f"),
        ("Commander-in-Chief", "office", None),
    ],
)
def test_titles_tell(words: str, kind: str, gender: str | None) -> None:
    title = lexicon.title_of(words)
    assert title is not None
    assert (title.kind, title.gender) == (kind, gender)


@pytest.mark.parametrize("words", ["bridge", "", "Ministry", "mothering", "Mrs Jones"])
def test_other_words_are_no_titles(words: str) -> None:
    assert lexicon.title_of(words) is None


@pytest.mark.parametrize(
    ("words", "skipped"),
    [
        ("President Mara Ilic", 1),
        ("US President Joseph Doe", 2),
        ("Teska Foreign Minister Mara Ilic", 3),
        ("Mara Ilic", 0),
        ("Prime Minister", 0),
        ("Man City", 0),
    ],
)
def test_without_title(words: str, skipped: int) -> None:
    assert lexicon.without_title(words.split()) == skipped


def cast(text: str) -> list[tuple[str, str | None, list[str]]]:
    """Return who is named in a text: name, kind, every naming."""
    named = bearers.together(text, names.find(text, parse(text)))
    return [(n.name, n.kind, [naming.words for naming in n.namings]) for n in named]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (
            "Prime Minister Mara Ilic spoke in Oslo. Ilic left early. Mrs. Ilic was tired.",
            [("Mara Ilic", "person", ["Mara Ilic", "Ilic", "Ilic"])],
            "titles stripped, surname linked; a capital where one goes is no state",
        ),
        (
            "Marek Wałowski spoke. Walowski was brief, MAREK WALOWSKI that is.",
            [("Marek Wałowski", "person", ["Marek Wałowski", "Walowski", "MAREK WALOWSKI"])],
            "one name, printed with and without its letters",
        ),
        (
            "Ilic left early. Mara Ilic was tired.",
            [("Mara Ilic", "person", ["Ilic", "Mara Ilic"])],
            "the full name may come later",
        ),
        (
            "John Doe met Jane Doe. Then Doe left.",
            [("John Doe", "person", ["John Doe"]), ("Jane Doe", "person", ["Jane Doe"])],
            "two of one surname: neither",
        ),
        (
            "John Doe met Jane Doe. Then Mrs. Doe left.",
            [("John Doe", "person", ["John Doe"]), ("Jane Doe", "person", ["Jane Doe", "Doe"])],
            "the title's gender leaves one",
        ),
        (
            "Ursula van der Berg spoke. Van der Berg was brief.",
            [("Ursula van der Berg", "person", ["Ursula van der Berg", "Van der Berg"])],
            "particles belong to the name",
        ),
        (
            "The World Food Programme (WFP) warned of hunger. The WFP asked for help.",
            [("World Food Programme", "organization", ["World Food Programme", "WFP", "WFP"])],
            "acronym in parentheses",
        ),
        (
            "The International Monetary Fund was gloomy. The IMF expects less.",
            [("International Monetary Fund", "organization", ["International Monetary Fund", "IMF"])],
            "acronym by initials",
        ),
        (
            "Britain objected. London would not say why, and the UK kept silent.",
            [("Britain", "state", ["Britain", "London", "UK"])],
            "one state by three names",
        ),
        (
            "Georgia objected. A man in Tbilisi did so too.",
            [("Georgia", "state", ["Georgia"])],
            "another word of the country removes the doubt",
        ),
        (
            "Jim Jordan objected. Jordan was angry.",
            [("Jim Jordan", "person", ["Jim Jordan"])],
            "the person or the state: neither",
        ),
        (
            "US officials said that American troops would stay.",
            [],
            "a modifier does not name the state",
        ),
        (
            "“Slow” Joe Crane is what Stephen “The Mole” Crane calls his brother Joe Crane.",
            [("Joe Crane", "person", ["Joe Crane", "Joe Crane"]), ("Stephen “The Mole” Crane", "person", ["Stephen “The Mole” Crane"])],
            "a nickname stands inside the name",
        ),
        (
            "Doe Shuns Talks On Water Treaty\nJohn Doe stayed at home.",
            [("John Doe", "person", ["Doe", "John Doe"])],
            "capitals of a headline make no names",
        ),
        (
            "The Justice Department sued General Motors.",
            [("Justice Department", "organization", ["Justice Department"]), ("General Motors", "organization", ["General Motors"])],
            "a title word may open a body's name",
        ),
    ],
)  # fmt: skip
def test_who_is_named(text: str, expected: list[tuple[str, str, list[str]]], why: str) -> None:
    assert cast(text) == expected, why
