"""Forgetting leaves no words behind, and lasts."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from ledger_findings import actor, at, report, rich, statement

from onrecord.errors import LedgerError, NotFound, UsageError
from onrecord.identity import sha256
from onrecord.ledger import Ledger
from onrecord.records import Findings, Mention, Refused


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "onrecord.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger.open(path, write=True) as opened:
        yield opened


def bytes_of(path: Path) -> bytes:
    """Return all that stands in the ledger's files, in small letters."""
    return b"".join(file.read_bytes() for file in path.parent.iterdir()).lower()


def test_a_forgotten_article_leaves_no_words_in_the_file(ledger: Ledger, path: Path) -> None:
    for n in range(40):
        ledger.add(report(f"keep{n}", ("Vale", "nothing of note " * 40 + "at all")))
    secret = report(
        "gone", ("Zyxomma Quillfeather", "the Wyvernsham dossier " + "word " * 900 + "end"), title="Wyvernsham"
    )
    ledger.add(secret, data_sha256="d" * 64)
    ledger.add(report("gone", ("Zyxomma Quillfeather", "no Wyvernsham dossier")), data_sha256="e" * 64)
    for word in (b"zyxomma", b"quillfeather", b"wyvernsham"):
        assert word in bytes_of(path)
    gone = ledger.forget("gone")
    assert (gone.id, gone.kind, gone.articles, gone.statements) == ("gone", "article", 2, 2)
    for word in (b"zyxomma", b"quillfeather", b"wyvernsham"):
        assert word not in bytes_of(path)
    assert ledger.verify().problems == ()
    assert len(ledger.articles()) == 40


def test_a_forgotten_article_stays_away(ledger: Ledger) -> None:
    ledger.add(report("gone", ("Vale", "yes")), data_sha256="d1")
    ledger.add(report("gone", ("Vale", "yes and no")), data_sha256="d2")
    ledger.forget("gone")
    assert ledger.add(report("gone", ("Vale", "something new"))) == "forgotten", "by id"
    assert ledger.add(report("copy", ("Vale", "yes"))) == "forgotten", "by text"
    assert ledger.add(report("other", ("Vale", "maybe")), data_sha256="d2", again=True) == "forgotten", "by bytes"
    assert ledger.knows("d1")
    assert ledger.articles() == ()
    assert ledger.add(report("free", ("Vale", "maybe")), data_sha256="d3") == "added"
    assert ledger.info().forgotten == 1


def test_what_cannot_be_forgotten(ledger: Ledger) -> None:
    ledger.add(rich())
    with pytest.raises(NotFound, match="no article, statement, commitment, event or actor has the id 'nobody'"):
        ledger.forget("nobody")
    with pytest.raises(UsageError, match="s1 is a statement; only an article or an actor can be forgotten"):
        ledger.forget("s1")
    assert ledger.info().forgotten == 0


def two_voices() -> Findings:
    """Return a report in which Marrow speaks, Vale speaks, both speak, and Vale is spoken to, of and for."""
    text = "Marrow said: one. Vale said: two. Marrow and Vale said: three. Marrow told Vale: four."
    base = report("x", ("Marrow", "one"))
    cut = base.article
    marrow, vale = actor("am", "Ilse Marrow"), actor("av", "Oren Vale", aliases=("Vale",))
    statements = (
        statement("s1", content=(at(text, "one"),), speakers=("am",), on_behalf_of=("av",)),
        statement("s2", content=(at(text, "two"),), speakers=("av",)),
        statement("s3", content=(at(text, "three"),), speakers=("av", "am"), answers="s2", inside="s2"),
        statement("s4", content=(at(text, "four"),), speakers=("am",), addressee=Mention(at(text, "Vale", 60), "av")),
    )
    return replace(
        base,
        article=replace(cut, text=text, sha256=sha256(text.encode())),
        actors=(marrow, vale),
        statements=statements,
    )


@pytest.mark.parametrize("id_", ["av", "x/av", "onrecord:x/av", "Oren Vale", "OREN VALE"])
def test_a_forgotten_actor_leaves_every_article(ledger: Ledger, id_: str) -> None:
    ledger.add(two_voices())
    ledger.add(report("y", ("Oren  Vale", "five"), ("Ilse Marrow", "six")))
    ledger.add(report("z", ("Oren Valera", "seven")))
    gone = ledger.forget(id_)
    assert (gone.kind, gone.articles, gone.statements) == ("actor", 2, 2)
    found = ledger.findings("x")
    assert [a.name for a in found.actors] == ["Ilse Marrow"]
    assert [s.id for s in found.statements] == ["s1", "s3", "s4"]
    one, three, four = found.statements
    assert one.on_behalf_of == ()
    assert (three.speakers, three.answers, three.inside) == (("am",), None, None)
    assert four.addressee == Mention(at(found.article.text, "Vale", 60), None)
    assert found.article.text == two_voices().article.text, (
        "the article's text stays: forgetting an actor does not edit it"
    )
    assert [row.content for row in ledger.said(by="vale")] == []
    assert [row.content for row in ledger.said(by="valera")] == ["seven"]
    assert ledger.verify().problems == ()


def test_an_actor_id_of_two_articles_must_be_told_apart(ledger: Ledger) -> None:
    for name, who in (("x", "Oren Vale"), ("y", "Ilse Marrow")):
        found = report(name, (who, "yes"))
        same = replace(found.actors[0], id="a1")
        ledger.add(replace(found, actors=(same,), statements=(replace(found.statements[0], speakers=("a1",)),)))
    with pytest.raises(LedgerError, match="the id 'a1' stands in 2 articles; say which: x/a1, y/a1"):
        ledger.forget("a1")
    ledger.forget("y/a1")
    assert [row.name for row in ledger.speakers()] == ["Oren Vale"]


def test_a_forgotten_actor_stays_away(ledger: Ledger) -> None:
    ledger.add(two_voices(), data_sha256="d1")
    ledger.forget("av")
    kept = ledger.findings("x")
    assert ledger.add(two_voices()) == "unchanged"
    assert ledger.add(two_voices(), again=True) == "unchanged", "what was forgotten is no difference"
    assert ledger.findings("x") == kept
    assert ledger.knows("d1")
    assert ledger.add(report("new", ("OREN VALE", "eight"), ("Ilse Marrow", "nine"))) == "added"
    assert [s.id for s in ledger.findings("new").statements] == ["s1new"]
    assert ledger.info().forgotten == 1


def test_a_forgotten_actor_is_gone_from_old_revisions_too(ledger: Ledger) -> None:
    ledger.add(report("x", ("Oren Vale", "yes"), ("Marrow", "no")))
    ledger.add(report("x", ("Marrow", "no, no")))
    assert ledger.forget("Oren Vale").articles == 1
    assert [s.id for s in ledger.findings("x", 1).statements] == ["s1x"]
    assert ledger.said("yes") == ()
    assert ledger.verify().problems == ()


def test_commitments_and_events_go_with_the_statement(ledger: Ledger) -> None:
    found = rich()
    ledger.add(found)
    ledger.forget("Ilse Marrow")
    left = ledger.findings(found.article.id)
    assert [s.id for s in left.statements] == ["s1", "s2", "s3"], "s1 was said by two"
    assert left.statements[0].speakers == ("a2",)
    assert [c.id for c in left.commitments] == ["c1"]
    assert left.commitments[0].agent is not None
    assert left.commitments[0].agent.actor is None
    ledger.forget("a spokesman")
    left = ledger.findings(found.article.id)
    assert [s.id for s in left.statements] == ["s1", "s2"]
    assert [e.id for e in left.events] == ["e2"], (
        "an event that was told in a forgotten statement is not the article's own"
    )


def test_the_tombstone_of_an_actor_holds_no_name(ledger: Ledger, path: Path) -> None:
    found = report("x", ("He", "yes"))
    ledger.add(
        replace(found, actors=(replace(found.actors[0], name="Zyxomma Quillfeather", aliases=("Quillfeather",)),))
    )
    assert b"quillfeather" in bytes_of(path)
    ledger.forget("a0x")
    assert b"quillfeather" not in bytes_of(path)
    assert ledger.query("SELECT kind, length(value) FROM forgotten").rows == (("actor", 64),)


def test_forgetting_while_somebody_reads_says_what_stays(
    ledger: Ledger, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ledger._connection.execute("PRAGMA busy_timeout = 50")
    ledger.add(report("x", ("Vale", "yes")))
    ledger.refuse(Refused("a", "b", None))
    with Ledger.open(path) as reader:
        listing = reader.export()
        assert isinstance(listing, Generator)
        next(listing)
        ledger.forget("x")
        listing.close()
    assert "forgotten words stay in the ledger's -wal file" in caplog.text
