"""Countries by name, demonym, capital and seat of government."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from onrecord.places import country_name, country_of, naming
from onrecord.tables import table


@pytest.mark.parametrize(
    ("words", "country", "how", "why"),
    [
        ("Belarus", "BLR", "name", "usual name"),
        ("the Netherlands", "NLD", "name", "article"),
        ("Russia’s", "RUS", "name", "possessive"),
        ("U.S.", "USA", "name", "full stops"),
        ("U.K.’s", "GBR", "name", "full stops and possessive"),
        ("Türkiye", "TUR", "name", "accent"),
        ("Turkiye", "TUR", "name", "no accent"),
        ("Côte d’Ivoire", "CIV", "name", "accent and apostrophe"),
        ("Cote d'Ivoire’s", "CIV", "name", "no accent, another apostrophe, possessive"),
        ("NORTH KOREA", "PRK", "name", "headline in capitals"),
        ("Cyprus", "CYP", "name", "ends in s, and is no possessive"),
        ("Holy See", "VAT", "name", "no member of the UN"),
        ("Kosovo", "XKX", "name", "no ISO code of its own"),
        ("Taiwan", "TWN", "name", "no member of the UN"),
        ("Palestinian", "PSE", "demonym", "adjective"),
        ("Belarusians", "BLR", "demonym", "people"),
        ("Minsk", "BLR", "capital", "capital"),
        ("the Kremlin", "RUS", "government", "seat of government"),
        ("the White House", "USA", "government", "seat of government"),
    ],
)
def test_country_is_known_by_its_word(words: str, country: str, how: str, why: str) -> None:
    assert naming(words) == (country, how), why


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("us", "a pronoun, not the US"),
        ("turkey", "a bird"),
        ("chad", "no capital letter"),
        ("Korean", "two states"),
        ("Congolese", "two states"),
        ("Dominican", "two states"),
        ("Brussels", "stands for the EU and NATO as well"),
        ("US-led", "says nothing of the noun's country"),
        ("Washington Post", "a newspaper"),
        ("", "nothing"),
        ("Georgia", "one of the United States as well"),
        ("Atlantis", "no state"),
    ],
)
def test_other_words_name_no_country(words: str, why: str) -> None:
    assert country_of(words) is None, why


def test_no_word_names_two_countries() -> None:
    owners = defaultdict(set)
    for row in table("countries"):
        for column in ("name", "others", "demonyms", "capital", "government"):
            for word in filter(None, row[column].split("|")):
                owners[word.lower()].add(row["iso3"])
    assert {word: countries for word, countries in owners.items() if len(countries) > 1} == {}


def test_table_holds_every_state_once_and_its_own_name_finds_it() -> None:
    codes = [row["iso3"] for row in table("countries")]
    assert len(codes) == len(set(codes)) == 197
    assert [code for code in codes if not re.fullmatch("[A-Z]{3}", code)] == []
    assert [code for code in codes if (found := naming(country_name(code))) is None or found.country != code] == []
