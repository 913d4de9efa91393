"""The ledger's file: what goes in comes out, one article is one transaction, and what is wrong is said in plain words."""

from __future__ import annotations

import signal
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from ledger_findings import VERSIONS, made_up, promise, report, rich

from onrecord import schema
from onrecord.errors import LedgerError, NotALedger, NotFound, PageError, UsageError
from onrecord.ledger import Ledger, RefusedRow, connection
from onrecord.records import Findings, Refused, Versions

RICH = rich()
NEWER = Versions("9.9", "some_model 9.9", "9")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "onrecord.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger.open(path, write=True) as opened:
        yield opened


# What goes in comes out


def test_rich_findings_come_out_equal(ledger: Ledger) -> None:
    assert ledger.add(RICH) == "added"
    assert ledger.findings(RICH.article.id) == RICH
    assert list(ledger.export()) == [RICH]
    assert schema.encode(next(ledger.export())) == schema.encode(RICH)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(found=made_up())
def test_whatever_goes_in_comes_out_equal_and_proved(tmp_path: Path, found: Findings) -> None:
    file = tmp_path / "property.db"
    file.unlink(missing_ok=True)
    with Ledger.open(file, write=True) as ledger:
        ledger.add(found)
        assert ledger.findings(found.article.id) == found
        assert ledger.verify().problems == ()


def test_export_is_in_order_of_id_whatever_the_order_of_adding(tmp_path: Path) -> None:
    found = [report(f"{n:02}", ("Vale", f"number {n}"), ("Marrow", "no")) for n in range(12)]
    exported = []
    for name, order in (("a.db", found), ("b.db", found[::-1]), ("c.db", found[5:] + found[:5])):
        with Ledger.open(tmp_path / name, write=True) as ledger:
            for one in order:
                ledger.add(one)
            exported.append((list(ledger.export()), ledger.said(), ledger.said("number OR no")))
    assert exported[0] == exported[1] == exported[2]
    assert exported[0][0] == found


def test_export_stands_still_while_the_ledger_grows(ledger: Ledger) -> None:
    for n in range(3):
        ledger.add(report(f"{n}", ("Vale", "yes")))
    seen = []
    for found in ledger.export():
        seen.append(found.article.id)
        ledger.add(report(f"{found.article.id}-later", ("Vale", "yes")))
    assert seen == ["0", "1", "2"]


def test_findings_that_do_not_hold_are_refused_whole(ledger: Ledger) -> None:
    bad = replace(
        RICH, statements=(replace(RICH.statements[0], content=((0, 10**9),), conditions=()), *RICH.statements[1:])
    )
    with pytest.raises(
        PageError, match=r"findings that do not hold: statement s0: content \[0, 1000000000\) is empty or outside"
    ):
        ledger.add(bad)
    with pytest.raises(PageError, match="lone surrogate"):
        ledger.add(replace(RICH, article=replace(RICH.article, byline="\udc80")))
    assert ledger.articles() == ()


# Outcomes


def test_the_same_again_changes_nothing(ledger: Ledger, path: Path) -> None:
    ledger.add(RICH)
    before = dump(path)
    assert ledger.add(RICH) == "unchanged"
    assert ledger.add(RICH, again=True) == "unchanged"
    assert ledger.add(replace(RICH, versions=NEWER)) == "unchanged"
    assert dump(path) == before


def test_again_with_other_versions_or_findings_replaces_the_rows(ledger: Ledger) -> None:
    ledger.add(RICH, data_sha256="d1")
    fewer = replace(RICH, versions=NEWER, events=(), statements=RICH.statements[:3])
    assert ledger.add(fewer, data_sha256="d1", again=True) == "reread"
    assert ledger.findings(RICH.article.id) == fewer
    assert [(row.revision, row.statements, row.superseded) for row in ledger.articles()] == [(1, 3, False)]
    assert ledger.knows("d1", versions=NEWER)
    assert not ledger.knows("d1", versions=VERSIONS)
    assert ledger.verify().problems == ()


def test_another_text_is_a_new_revision_and_the_old_one_stays(ledger: Ledger) -> None:
    old, new = report("x", ("Vale", "we will stay")), report("x", ("Vale", "we will go"))
    ledger.add(old, data_sha256="old")
    assert ledger.add(new, data_sha256="new") == "revised"
    assert ledger.findings("x") == new
    assert ledger.findings("x", 1) == old
    assert ledger.findings("x", 2) == new
    assert list(ledger.export()) == [new]
    assert [(row.revision, row.superseded) for row in ledger.articles()] == [(1, True), (2, False)]
    assert ledger.knows("old")
    assert [row.content for row in ledger.said()] == ["we will go"]
    assert ledger.said("stay") == ()
    assert ledger.add(old) == "unchanged", "a text that the ledger knows changes nothing, whatever came after it"
    assert ledger.add(replace(old, versions=NEWER), again=True) == "reread"
    assert ledger.findings("x", 1).versions == NEWER
    assert ledger.said("stay") == ()
    assert ledger.verify().problems == ()


def test_what_is_known_by_its_bytes(ledger: Ledger) -> None:
    assert not ledger.knows("d1")
    ledger.add(RICH, data_sha256="d1")
    ledger.add(RICH, data_sha256="d2")  # the same article on a page with other advertisements
    assert ledger.knows("d1")
    assert ledger.knows("d2")
    assert ledger.knows("d2", versions=VERSIONS)
    assert not ledger.knows("d2", versions=NEWER)
    assert not ledger.knows("d3")


def test_refusals_are_listed_until_the_page_is_read(ledger: Ledger) -> None:
    for name, data in (("b.html", "d2"), ("a.jsonl:3", "d1"), ("gone.txt", None), (str(RICH.article.path), "d9")):
        ledger.refuse(Refused(name, "no text", data))
    ledger.refuse(Refused("b.html", "still no text", "d3"))
    assert [(row.name, row.reason) for row in ledger.refused()] == [
        ("a.jsonl:3", "no text"), ("b.html", "still no text"), ("gone.txt", "no text"), ("pages/dam.html", "no text"),
    ]  # fmt: skip
    assert isinstance(ledger.refused()[0], RefusedRow)
    ledger.add(RICH, data_sha256="d1")
    assert [row.name for row in ledger.refused()] == ["b.html", "gone.txt"]
    ledger.add(report("x", ("Vale", "yes")), name="b.html")
    assert [row.name for row in ledger.refused()] == ["gone.txt"]


def test_refusals_of_standard_input_are_told_apart_by_their_bytes(ledger: Ledger) -> None:
    for name, data in (("-:2", "d1"), ("-:2", "d2"), ("-", "d3"), ("-:2", None), ("-:2", None), ("-.txt", "d4")):
        ledger.refuse(Refused(name, f"{data}", data))
    ledger.refuse(Refused("-:2", "once more", "d1"))
    assert [(row.name, row.reason) for row in ledger.refused()] == [
        ("-", "d3"), ("-.txt", "d4"), ("-:2", "d2"), ("-:2", "None"), ("-:2", "None"), ("-:2", "once more"),
    ]  # fmt: skip
    for id_, name in enumerate(("-:2", "-", "-.txt")):
        ledger.add(report(str(id_), ("Vale", "yes")), name=name, data_sha256=f"other {id_}")
    assert [row.reason for row in ledger.refused()] == ["d3", "d2", "None", "None", "once more"]
    ledger.add(report("d2", ("Vale", "yes")), name="-:7", data_sha256="d2")
    assert [row.reason for row in ledger.refused()] == ["d3", "None", "None", "once more"]


def test_a_refused_page_with_a_name_that_is_no_utf_8(ledger: Ledger) -> None:
    ledger.refuse(Refused("caf\udce9.txt", "caf\udce9.txt has no text", "d1"))
    assert ledger.refused()[0].name == r"caf\udce9.txt"
    ledger.add(RICH, name="caf\udce9.txt")
    assert ledger.refused() == ()


# Opening


def test_reading_a_missing_ledger_tells_the_next_command(path: Path) -> None:
    with pytest.raises(LedgerError, match=r"there is no ledger at .*onrecord\.db; `onrecord add PAGES -d "):
        Ledger.open(path)
    assert not path.exists()


def other_program(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE bookmarks (url TEXT)")
    db.commit()
    db.close()


def newer_release(path: Path) -> None:
    Ledger.open(path, write=True).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 7")
    db.close()


def text_file(path: Path) -> None:
    path.write_text("Dear diary, " * 100)


def binary_file(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 32)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (other_program, "is a SQLite file of another program, not a ledger"),
        (newer_release, r"was made by a newer release \(schema 7, this release knows 1\); update onrecord"),
        (text_file, "it is not a SQLite file, so not a ledger"),
        (binary_file, "it is not a SQLite file, so not a ledger"),
        (Path.mkdir, "is a folder, expected a ledger file"),
    ],
)
@pytest.mark.parametrize("write", [False, True])
def test_a_file_made_by_something_else_is_left_alone(
    path: Path, make: Callable[[Path], None], message: str, write: bool
) -> None:
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(NotALedger, match=message):
        Ledger.open(path, write=write)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_an_empty_file_is_filled_but_not_read(path: Path) -> None:
    path.touch()
    with pytest.raises(LedgerError, match="is empty; `onrecord add PAGES"):
        Ledger.open(path)
    with Ledger.open(path, write=True) as ledger:
        assert ledger.info().schema == 1


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"the folder .*nowhere does not exist; make it first"):
        Ledger.open(tmp_path / "nowhere" / "onrecord.db", write=True)


def test_a_name_with_signs_that_mean_something_in_a_uri(tmp_path: Path) -> None:
    path = tmp_path / "100% of it?mode=memory#é.db"
    with Ledger.open(path, write=True) as ledger:
        ledger.add(RICH)
    assert path.exists()
    with Ledger.open(path) as ledger:
        assert ledger.query("SELECT count(*) FROM articles").rows == ((1,),)


def test_a_ledger_opened_for_reading_is_not_written(path: Path) -> None:
    with Ledger.open(path, write=True) as ledger:
        ledger.add(RICH)
    with Ledger.open(path) as ledger:
        for change in (
            lambda: ledger.add(RICH),
            lambda: ledger.refuse(Refused("a", "b", None)),
            lambda: ledger.forget("a1"),
        ):
            with pytest.raises(LedgerError, match="was opened for reading"):
                change()
        ledger.verify()
        with pytest.raises(LedgerError, match="was opened for reading"):
            ledger.add(RICH)
    assert [file.name for file in path.parent.iterdir()] == [path.name], "no side files are left"


def test_a_full_disk(ledger: Ledger) -> None:
    ledger.add(RICH)
    pages = ledger._connection.execute("PRAGMA page_count").fetchone()[0]
    ledger._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    large = [report(f"x{n}", ("Vale", "word " * 2000 + "end")) for n in range(10)]
    with pytest.raises(LedgerError, match=r"there is no space left for it; nothing of the last article was stored"):
        deque(map(ledger.add, large), maxlen=0)
    ledger._connection.execute("PRAGMA max_page_count = 1000000")
    assert ledger.verify().problems == ()
    assert ledger.add(report("after", ("Vale", "yes"))) == "added"


def test_a_damaged_file(path: Path) -> None:
    with Ledger.open(path, write=True) as ledger:
        for n in range(20):
            ledger.add(report(f"x{n}", ("Vale", "word " * 500 + "end")))
    data = bytearray(path.read_bytes())
    data[8192:-8192] = b"\xff" * (len(data) - 16384)
    path.write_bytes(data)
    with pytest.raises(LedgerError, match=r"the file is damaged; restore a copy"):
        export(path)


def export(path: Path) -> list[Findings]:
    with Ledger.open(path) as ledger:
        return list(ledger.export())


def test_a_second_writer_gets_a_clear_error(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    with Ledger.open(path, write=True) as one, Ledger.open(path, write=True) as other:
        with one._writing(), pytest.raises(LedgerError, match="another process kept it locked"):
            other.add(RICH)
        assert other.add(RICH) == "added"
        assert one.add(RICH) == "unchanged"


# Migrations


def test_a_new_file_says_whose_it_is(ledger: Ledger) -> None:
    assert ledger._connection.execute("PRAGMA application_id").fetchone() == (0x6F6E7263,)
    assert ledger._connection.execute("PRAGMA user_version").fetchone() == (len(connection.MIGRATIONS),)
    assert ledger._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert ledger._connection.execute("PRAGMA secure_delete").fetchone() == (1,)


@pytest.fixture
def second_migration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A later release, with a migration of its own."""
    step = tmp_path / "migration_2.sql"
    step.write_text(
        "-- one more; with a semicolon\nALTER TABLE articles ADD COLUMN colour TEXT;\nUPDATE articles SET colour = ';';\n"
    )
    monkeypatch.setattr(connection, "MIGRATIONS", (*connection.MIGRATIONS, str(step)))
    return step


def test_an_older_ledger_is_brought_up_to_date_on_writing(path: Path, request: pytest.FixtureRequest) -> None:
    with Ledger.open(path, write=True) as ledger:
        ledger.add(RICH)
    request.getfixturevalue("second_migration")
    with pytest.raises(LedgerError, match=r"made by an older release \(schema 1, expected 2\); `onrecord add"):
        Ledger.open(path)
    with Ledger.open(path, write=True) as ledger:
        assert ledger.findings(RICH.article.id) == RICH
        assert ledger.query("SELECT colour FROM articles").rows == ((";",),)
        assert ledger.info().schema == 2
    with Ledger.open(path) as ledger:
        assert ledger.info().schema == 2


def test_a_migration_that_fails_changes_nothing(path: Path, request: pytest.FixtureRequest) -> None:
    with Ledger.open(path, write=True) as ledger:
        ledger.add(RICH)
    before = dump(path)
    step: Path = request.getfixturevalue("second_migration")
    step.write_text(step.read_text() + "DROP TABLE no_such_table;\n")
    with pytest.raises(LedgerError, match="no such table"):
        Ledger.open(path, write=True)
    assert dump(path) == before


# Ids


def test_citing_each_kind_of_row(ledger: Ledger) -> None:
    ledger.add(RICH)
    words = {
        "s1": "“We will open the dam [at Kesh]” […] “only if the guards leave by Friday”",
        "c1": "“We will open the dam [at Kesh]” […] “only if the guards leave by Friday”",
        "e1": "attacked",
        "a1": "Ilse Marrow",
        RICH.article.id: "Marrow vows to open the dam, “come what may”",
    }
    cited = {id_: ledger.cite(id_) for id_ in words}
    assert {id_: one.words for id_, one in cited.items()} == words
    assert [one.kind for one in cited.values()] == ["statement", "commitment", "event", "actor", "article"]
    assert [one.speakers for one in cited.values()] == [("Ilse Marrow", "Oren Vale")] * 2 + [("a spokesman",), (), ()]
    assert cited["s1"].version == "onrecord 0.1.0, some_model 1.0, data 1"
    assert cited["s1"].permalink == "onrecord:https://example.org/dam?id=1/2/s1"
    assert ledger.cite(cited["s1"].permalink) == cited["s1"]
    assert ledger.cite(cited[RICH.article.id].permalink) == cited[RICH.article.id]
    assert {one.article for one in cited.values()} == {RICH.article.id}


def test_a_row_of_a_superseded_revision_is_cited_as_such(ledger: Ledger) -> None:
    old = replace(report("x", ("Vale", "we will stay")), statements=())
    old = replace(old, statements=(replace(report("x", ("Vale", "we will stay")).statements[0], id="s-old"),))
    ledger.add(old)
    ledger.add(report("x", ("Vale", "we will go")))
    assert (ledger.cite("s-old").revision, ledger.cite("s-old").words) == (1, "we will stay")
    assert (ledger.cite("s0x").revision, ledger.cite("s0x").words) == (2, "we will go")


def test_the_same_row_id_in_two_articles_must_be_told_apart(ledger: Ledger) -> None:
    one, other = report("x", ("Vale", "yes")), report("y", ("Vale", "no"))
    other = replace(other, statements=(replace(other.statements[0], id=one.statements[0].id),))
    ledger.add(one)
    ledger.add(other)
    with pytest.raises(LedgerError, match="the id 's0x' stands in 2 articles; say which: x/s0x, y/s0x"):
        ledger.cite("s0x")
    assert ledger.cite("y/s0x").article == "y"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ("s00c0ffee00c0ffed", "did you mean s00c0ffee00c0ffee?"),
        ("s00c0ff", "did you mean s00c0ffee00c0ffee?"),
        ("q", "`onrecord said` and `onrecord articles` list ids"),
        ("", "list ids"),
        ("%", "list ids"),
    ],
)
def test_an_unknown_id_gets_a_suggestion(ledger: Ledger, wrong: str, hint: str) -> None:
    found = report("x", ("Vale", "yes"))
    ledger.add(replace(found, statements=(replace(found.statements[0], id="s00c0ffee00c0ffee"),)))
    with pytest.raises(NotFound) as caught:
        ledger.cite(wrong)
    assert hint in str(caught.value)


def test_an_unknown_article_or_revision(ledger: Ledger) -> None:
    ledger.add(report("x1234567", ("Vale", "yes")))
    with pytest.raises(NotFound, match="no article has the id 'x1234568'; did you mean x1234567"):
        ledger.findings("x1234568")
    with pytest.raises(NotFound, match="the article x1234567 has no revision 4, expected a number from 1 to 1"):
        ledger.findings("x1234567", 4)


# Numbers and SQL


def test_info_counts(ledger: Ledger) -> None:
    ledger.add(RICH)
    ledger.add(report("x", ("Vale", "yes")))
    ledger.add(report("x", ("Vale", "no")))
    ledger.add(replace(promise("p", "Vale", "go home"), versions=NEWER))
    ledger.refuse(Refused("bad.html", "no text", None))
    info = ledger.info()
    assert (info.articles, info.superseded, info.statements, info.statements_without_speaker) == (3, 1, 6, 1)
    assert (info.commitments, info.events, info.refused, info.forgotten) == (3, 2, 1, 0)
    assert info.versions == (("onrecord 0.1.0, some_model 1.0, data 1", 2), ("onrecord 9.9, some_model 9.9, data 9", 1))
    assert info.size_bytes > 4096


def test_articles_are_listed_with_their_counts(ledger: Ledger) -> None:
    ledger.add(RICH)
    (row,) = ledger.articles()
    assert (row.id, row.revision, row.title, row.publisher) == (RICH.article.id, 1, RICH.article.title, "The Kesh Post")
    assert (row.published, row.url, row.path) == (RICH.article.published, RICH.article.url, "pages/dam.html")
    assert (row.statements, row.commitments, row.superseded) == (4, 2, False)


def test_a_query_answers_with_columns_and_rows(ledger: Ledger) -> None:
    ledger.add(RICH)
    table = ledger.query("SELECT id, content, speakers FROM v_said WHERE act = 'threaten'")
    assert table.columns == ("id", "content", "speakers")
    assert table.rows == (
        ("s1", "“We will open the dam [at Kesh]” […] “only if the guards leave by Friday”", "Ilse Marrow; Oren Vale"),
    )
    assert ledger.query("SELECT rowid FROM search WHERE search MATCH 'dam' ORDER BY rank").rows
    assert (
        ledger.query("SELECT name, sql FROM sqlite_schema WHERE type = 'view' ORDER BY name").rows[0][0] == "v_articles"
    )
    assert ledger.query("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n").rows == (
        (1,), (2,), (3,),
    )  # fmt: skip
    assert ledger.query("SELECT name FROM pragma_table_info('articles')").rows[0] == ("key",)


def test_the_views_hold_literal_words(ledger: Ledger) -> None:
    ledger.add(RICH)
    assert ledger.query(
        "SELECT agent, action, to_whom, condition, antecedent, deadline, deadline_to FROM v_commitments"
    ).rows == (
        (None, "open the dam", None, None, None, None, None),
        (
            "Ilse Marrow",
            "open the dam [at Kesh]",
            "Oren Vale",
            "only_if",
            "the guards leave by Friday",
            "Friday",
            "2025-03-07",
        ),
    )
    assert ledger.query("SELECT statement, kind, antecedent, consequent, connector FROM v_conditions").rows == (
        ("s0", "unless", "come what may", None, None),
        ("s1", "only_if", "the guards leave by Friday", "We will open the dam", "only if"),
        ("s1", "if", "by Friday", None, None),
    )
    assert ledger.query("SELECT trigger_words, actor, recipient, place_name FROM v_events").rows == (
        ("attacked", "Guards of Kesh", "farmers", "Kesh"), ("attacked", None, None, None),
    )  # fmt: skip
    assert ledger.query("SELECT addressee, target, conditions FROM v_said WHERE id = 's1'").rows == (
        ("Oren Vale", "the guards", 2),
    )
    assert ledger.query("SELECT statements, commitments, events, superseded FROM v_articles").rows == ((4, 2, 2, 0),)


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("DELETE FROM articles", "it would do more than read"),
        ("INSERT INTO forgotten VALUES ('article', 'x', '')", "it would do more than read"),
        ("UPDATE articles SET text = ''", "it would do more than read"),
        ("CREATE TEMP TABLE t (x)", "it would do more than read"),
        ("DROP VIEW v_said", "it would do more than read"),
        ("ATTACH 'other.db' AS other", "it would do more than read"),
        ("VACUUM INTO 'copy.db'", "it would do more than read"),
        ("PRAGMA writable_schema = ON", "it would do more than read"),
        ("PRAGMA journal_mode = DELETE", "it would do more than read"),
        ("BEGIN", "it would do more than read"),
        ("SELECT load_extension('evil')", "not authorized to use function: load_extension"),
        ("INSERT INTO search (search) VALUES ('optimize')", "it would do more than read"),
        ("UPDATE sqlite_master SET sql = ''", "sqlite_master may not be modified"),
        ("SELECT 1; DELETE FROM articles", "one statement at a time"),
        ("SELECT colour FROM articles", "no such column: colour; one SELECT is expected"),
        ("SELEKT", 'near "SELEKT": syntax error'),
        ("SELECT ?", "binding"),
        ("SELECT 'a\x00b'", "null character"),
        ("SELECT '\ud800'", "surrogates not allowed"),
        ("", "the query is empty, expected one SELECT"),
        ("-- nothing", "the query is empty"),
    ],
)
def test_a_query_only_reads(ledger: Ledger, path: Path, sql: str, message: str) -> None:
    ledger.add(RICH)
    before = dump(path)
    with pytest.raises(UsageError, match=message):
        ledger.query(sql)
    assert dump(path) == before
    assert {file.name for file in path.parent.iterdir()} <= {path.name, f"{path.name}-wal", f"{path.name}-shm"}


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such timer")
def test_a_query_without_end_can_be_interrupted(ledger: Ledger) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        with pytest.raises(LedgerError, match="the query was interrupted"):
            ledger.query("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_tables_views_and_columns_are_all_documented(ledger: Ledger) -> None:
    described = (Path(__file__).parent.parent / "docs" / "ledger.md").read_text(encoding="utf-8")
    sections = {part.split("`", 1)[0]: part for part in described.split("\n### `")[1:]}
    rows = ledger.query(
        "SELECT s.name, c.name FROM sqlite_schema s, pragma_table_info(s.name) c"
        " WHERE s.type IN ('table', 'view') AND s.name NOT LIKE 'search_%'"
    ).rows
    assert {str(table) for table, _ in rows} == set(sections)
    for table, column in rows:
        assert f"`{column!s}`" in sections[str(table)], f"{table!s}.{column!s} is not described in docs/ledger.md"


def dump(path: Path) -> list[str]:
    """Return all that a file holds, as SQL."""
    db = sqlite3.connect(path)
    try:
        return list(db.iterdump())
    finally:
        db.close()
