"""Deliberate damage is found and named."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from ledger_findings import promise, report, rich

from onrecord.ledger import Ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "onrecord.db"
    with Ledger.open(file, write=True) as ledger:
        ledger.add(rich())
        ledger.add(report("x", ("Vale", "the first words")))
        ledger.add(report("x", ("Vale", "the second words")))
        ledger.add(promise("p", "Marrow", "open the dam", condition="the guards leave"))
    return file


def test_a_sound_ledger_is_proved(path: Path) -> None:
    with Ledger.open(path) as ledger:
        checked = ledger.verify()
    assert checked.problems == ()
    assert (checked.articles, checked.rows) == (4, 4 + 7 + 7 + 4 + 3 + 2)
    assert checked.spans > 50


TAMPERED = [
    ("UPDATE spans SET words = 'We will not open' WHERE owner = 's1' AND role = 'content' AND ordinal = 0",
     "the span s1 content 0.0 [124, 156) is stored as 'We will not open', the text reads '“We will open the dam [at Kesh]”'",
     "a literal changed"),
    ("UPDATE spans SET words = words || ' ' WHERE owner = 's0x' AND role = 'cue'", "s0x cue 0.0 [5, 9) is stored as 'said '",
     "a literal changed by a space"),
    ("UPDATE articles SET text = replace(text, 'second', 'sEcond') WHERE id = 'x'", "article x: sha256 is", "a text changed"),
    ("UPDATE articles SET text = replace(text, 'second', 'sEcond') WHERE id = 'x'",
     "the span s0x content 0.0 [11, 27) is stored as 'the second words', the text reads 'the sEcond words'", "a text changed"),
    ("UPDATE articles SET sha256 = 'abc' WHERE id = 'p'", "article p revision 1: article p: sha256 is 'abc'", "a hash changed"),
    ("UPDATE spans SET start = start + 1, stop = stop + 1 WHERE owner = 'cp' AND role = 'action'",
     "the span cp action 0.0 [14, 26) is stored as 'open the dam', the text reads 'pen the dam '", "a span moved"),
    ("UPDATE spans SET stop = stop - 1, words = substr(words, 1, length(words) - 5) WHERE owner = 's0p' AND role = 'source'",
     "s0p source", "a span cut short"),
    ("UPDATE spans SET item = 5 WHERE owner = 's0p' AND role = 'antecedent'",
     "the span s0p antecedent 5.0 belongs to no row", "a span of a condition that is not there"),
    ("INSERT INTO spans SELECT article_key, 's77', role, item, ordinal, start, stop, words FROM spans WHERE owner = 's0p'",
     "the span s77 source 0.0 belongs to no row", "spans of nobody"),
    ("DELETE FROM spans WHERE owner = 's0x' AND role = 'content'", "statement s0x: no content", "a span lost"),
    ("DELETE FROM statements WHERE id = 's0p'", "a row of conditions (without number) refers to a row of statements", "an orphan"),
    ("DELETE FROM statements WHERE id = 's0p'", "commitment cp: statement is 's0p', expected one of the article", "an orphan"),
    ("UPDATE events SET article_key = 9999 WHERE id = 'e1'", "a row of events (1) refers to a row of articles that is not there",
     "an event of no article"),
    ("UPDATE commitments SET condition = 3 WHERE id = 'cp'", "commitment cp: condition is 3, statement s0p has 1", "no such condition"),
    ("UPDATE commitments SET agent = 'a99' WHERE id = 'cp'", "commitment cp: agent is 'a99'", "no such actor"),
    ("DELETE FROM statement_actors WHERE statement = 's0p'", "statement s0p: speakers are ()", "a speaker lost"),
    ("UPDATE statements SET act = 'sing' WHERE id = 's0p'", "statement s0p: act is 'sing'", "no such act"),
    ("UPDATE statements SET confidence = 7 WHERE id = 's0p'", "confidence is 7", "no share"),
    ("UPDATE statements SET other_acts = '[' WHERE id = 's0p'", "its rows do not make up findings (JSONDecodeError", "broken JSON"),
    ("UPDATE actors SET aliases = NULL || '' WHERE id = 'a1'", None, "refused by the schema"),
    ("UPDATE articles SET superseded = 1 WHERE id = 'x'", "article x has not exactly one current revision", "nothing current"),
    ("UPDATE search SET content = 'other words' WHERE rowid = 1", "statement s0 is not in the search index as it is", "search"),
    ("DELETE FROM search WHERE rowid = (SELECT key FROM statements WHERE id = 's0p')", "statement s0p is not in the search index",
     "a statement that cannot be found"),
    ("INSERT INTO search (rowid, content) VALUES (999, 'words of nobody')", "the search index has a row 999 without a statement",
     "a row of nobody"),
    ("DELETE FROM search_content WHERE id = 1", "the search index is damaged", "the index and its words differ"),
    ("DELETE FROM search_data WHERE id > 10", "the search index is damaged", "a segment lost"),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "message", "why"), TAMPERED)
def test_damage_is_found_and_named(path: Path, sql: str, message: str | None, why: str) -> None:
    db = sqlite3.connect(path)
    try:
        if message is None:
            with pytest.raises(sqlite3.IntegrityError):
                db.execute(sql)
            return
        assert db.execute(sql).rowcount > 0, "nothing was damaged"
        db.commit()
    finally:
        db.close()
    with Ledger.open(path) as ledger:
        assert message in "\n".join(ledger.verify().problems), why


def test_a_ledger_with_nothing_but_problems_is_told_in_short(path: Path) -> None:
    with Ledger.open(path, write=True) as ledger:
        ledger.add(report("long", *(("Vale", f"number {n}") for n in range(600))))
    db = sqlite3.connect(path)
    db.execute("UPDATE spans SET words = '?'")
    db.commit()
    db.close()
    with Ledger.open(path) as ledger:
        problems = ledger.verify().problems
    assert len(problems) == 1001
    assert problems[-1].startswith("and ")
