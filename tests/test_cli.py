"""The commands as a person meets them: what they print where, with which exit code, and what they say when something is wrong."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner, Result
from ledger_findings import promise, report, rich

from onrecord import batch, config, schema
from onrecord.cli import main, progress
from onrecord.ledger import Ledger
from onrecord.records import Findings, Page, Refused

RICH = rich()
PROMISE = promise(
    "p", "Karin Holt", "reopen the port", condition="the strike ends", publisher="Dock News", published="2025-04-01"
)
MANY = report("m", *((f"Speaker {n}", f"word {n}") for n in range(25)), published="2025-01-01")
ALL = (RICH, PROMISE, MANY)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run every test in an empty folder, with no setting of the person who runs the tests."""
    monkeypatch.chdir(tmp_path)
    for name in (config.LEDGER_VARIABLE, "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def ledger() -> Path:
    """Return the default ledger, with three articles in it."""
    path = Path("onrecord.db")
    with Ledger.open(path, write=True) as opened:
        for findings in ALL:
            opened.add(findings)
    return path


def run(*arguments: str, data: str | None = None) -> Result:
    """Run a command in this process; an exception that it should have told is raised here."""
    result = CliRunner().invoke(main, arguments, input=data, prog_name="onrecord")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def onrecord(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a process of its own."""
    command = [sys.executable, "-m", "onrecord", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def lines_of(path: str, *found: Findings | str) -> str:
    """Write a JSONL file of findings and other lines, and return its path."""
    Path(path).write_text(
        "".join((f if isinstance(f, str) else schema.encode(f)) + "\n" for f in found), encoding="utf-8"
    )
    return path


# Starting up


def test_help_imports_nothing_heavy() -> None:
    heavy = ["spacy", "trafilatura", "pydantic", "rich", "sqlite3", "lxml", "numpy", "pyarrow", "multiprocessing"]
    told = subprocess.run(
        [sys.executable, "-c", f"import sys, onrecord.cli; print([m for m in {heavy} if m in sys.modules])"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout == "[]\n"


def test_the_module_and_the_command_are_one() -> None:
    assert onrecord("--version").stdout.startswith("onrecord ")


@pytest.mark.parametrize("name", list(main.commands))
def test_every_help_has_an_example_that_parses(name: str) -> None:
    told = run(name, "--help")
    example = told.stdout.rpartition("Example: ")[2]
    assert example.startswith(f"onrecord {name}")
    assert all(len(line) <= 80 for line in told.stdout.splitlines()), "it fits a terminal of 80 columns"


def test_the_list_of_commands_is_not_cut_off() -> None:
    assert "...\n" not in run("--help").stdout.partition("Commands:")[2]


# Asking


@pytest.mark.usefixtures("ledger")
def test_said_lists_what_is_on_record_newest_first() -> None:
    told = run("said", "--limit", "2")
    assert told.exit_code == 0
    assert told.stdout.index("Karin Holt") < told.stdout.index("Ilse Marrow")
    assert "if         the strike ends" in told.stdout
    assert told.stderr == "2 of 30 statements; --limit 0 shows all\n"


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("arguments", "expected", "why"),
    [
        (["port"], ["s0p"], "words"),
        (["strike", "ends"], ["s0p"], "several words need no quotation marks"),
        (["--by", "Holt"], ["s0p"], "a speaker"),
        (["--act", "threaten", "--conditional"], ["s0", "s1"], "an act, with a condition"),
        (["--act", "ask", "--act", "threaten"], ["s0", "s1", "s2"], "either of two acts"),
        (["--act", "threaten", "--conditional", "--manner", "said", "--by", "Marrow"], ["s0"], "all must fit"),
        (
            ["--publisher", "Dock News", "--since", "2025-04-01", "--until", "2025-04-01"],
            ["s0p"],
            "an outlet and a day",
        ),
        (["--quotation", "direct"], ["s1"], "the marks of the page"),
        (["--manner", "written"], ["s1"], "one manner only"),
        (["--manner", "thought"], [], "nothing is ascribed in these"),
        (["--to", "Oren Vale"], ["s1"], "an addressee"),
        (["--about", "dam"], ["s0", "s1"], "what it is about"),
    ],
)
def test_said_finds_what_is_asked_for(arguments: list[str], expected: list[str], why: str) -> None:
    told = run("said", *arguments, "--jsonl")
    assert sorted(json.loads(line)["id"] for line in told.stdout.splitlines()) == expected, why
    assert (told.stderr == "") is bool(expected)


@pytest.mark.usefixtures("ledger")
def test_said_prints_all_to_a_program_and_twenty_to_a_person() -> None:
    assert len(json.loads(run("said", "--json").stdout)) == 30
    assert len(list(csv.DictReader(io.StringIO(run("said", "--csv").stdout)))) == 30
    assert len(run("said", "--jsonl", "--limit", "3").stdout.splitlines()) == 3
    assert run("said").stderr == "20 of 30 statements; --limit 0 shows all\n"
    assert run("said", "--limit", "0").stderr == ""


@pytest.mark.usefixtures("ledger")
def test_commitments_are_listed_with_their_condition() -> None:
    told = run("commitments", "--conditional", "--by", "Holt")
    assert told.stdout.splitlines()[0] == "Karin Holt · commit · open · cp"
    assert "    if         the strike ends" in told.stdout.splitlines()
    assert "Dock News, 2025-04-01" in told.stdout
    rows = json.loads(run("commitments", "--type", "threaten", "--as-of", "2025-03-08", "--json").stdout)
    assert [(row["id"], row["status"]) for row in rows] == [("c1", "expired")]
    assert (
        json.loads(
            run("commitments", "--status", "open", "--as-of", "2025-03-08", "--type", "threaten", "--json").stdout
        )
        == []
    )


@pytest.mark.usefixtures("ledger")
def test_csv_of_an_empty_listing_is_its_header() -> None:
    told = run("commitments", "--by", "Nobody", "--csv")
    assert told.stdout.startswith("\ufeffid,type,agent,action")
    assert len(told.stdout.splitlines()) == 1


def test_articles_and_what_was_refused(ledger: Path) -> None:
    with Ledger.open(ledger, write=True) as opened:
        opened.refuse(Refused("bad.html", "binary data", None))
    assert [row["id"] for row in json.loads(run("articles", "--json").stdout)] == sorted(f.article.id for f in ALL)
    assert "bad.html\n    binary data\n" in run("articles", "--failed").stdout
    assert json.loads(run("articles", "--failed", "--jsonl").stdout)["reason"] == "binary data"


@pytest.mark.usefixtures("ledger")
def test_show_takes_the_id_of_an_article_or_of_a_row() -> None:
    whole = run("show", PROMISE.article.id).stdout
    assert "‹Karin Holt› /said/: «¹_reopen the port_ if {the strike ends}»" in whole
    assert "Karin Holt · commit · cp" in run("show", "cp").stdout
    assert "Karin Holt · commit · cp" in run("show", f"onrecord:{PROMISE.article.id}/s0p").stdout


@pytest.mark.usefixtures("ledger")
def test_show_makes_one_page_of_html() -> None:
    told = run("show", RICH.article.id, "--html").stdout
    assert told.startswith("<!doctype html>")
    assert "“We will open the dam [at Kesh]”" in told


@pytest.mark.usefixtures("ledger")
def test_cite_gives_words_place_and_proof() -> None:
    told = run("cite", "s0p").stdout
    assert told.splitlines()[:2] == ["Karin Holt", "reopen the port if the strike ends"]
    assert PROMISE.article.sha256 in told
    assert json.loads(run("cite", "s0p", "--json").stdout)["words"] == "reopen the port if the strike ends"
    assert json.loads(run("cite", "s0p", "--csl").stdout)[0]["container-title"] == "Dock News"


@pytest.mark.usefixtures("ledger")
def test_query_answers_in_every_form() -> None:
    sql = "SELECT publisher, statements FROM v_articles ORDER BY publisher NULLS FIRST"
    assert run("query", sql).stdout.splitlines() == [
        "publisher      statements",
        "                       25",
        "Dock News               1",
        "The Kesh Post           4",
    ]
    assert json.loads(run("query", sql, "--json").stdout)[0] == {"publisher": None, "statements": 25}
    assert run("query", sql, "--csv").stdout_bytes.startswith(b"\xef\xbb\xbfpublisher,statements\r\n,25\r\n")
    nothing = run("query", "SELECT id FROM v_articles WHERE 0")
    assert (nothing.stdout, nothing.stderr) == ("id\n", "no rows\n")


# Reading; lines of Findings JSON stand for pages, so that no language model is needed


def test_extract_prints_findings_in_the_order_of_input() -> None:
    told = run("extract", lines_of("a.jsonl", RICH, PROMISE), lines_of("b.jsonl", MANY), "--workers", "1")
    assert told.stdout == "".join(schema.encode(findings) + "\n" for findings in ALL)
    assert (told.stderr, told.exit_code) == ("", 0)
    assert not Path("onrecord.db").exists()


@pytest.mark.parametrize(
    ("lines", "expected", "why"),
    [
        ([PROMISE], 0, "all read"),
        ([PROMISE, "no JSON"], 3, "some failed"),
        (["no JSON", "{}"], 1, "all failed"),
    ],
)
@pytest.mark.parametrize("command", ["extract", "add"])
def test_exit_codes_tell_how_much_was_read(
    command: str, lines: Sequence[Findings | str], expected: int, why: str
) -> None:
    told = run(command, lines_of("a.jsonl", *lines), "--workers", "1")
    assert told.exit_code == expected, why
    assert ("refused a.jsonl:2: " in told.stderr) is (len(lines) > 1), (
        "a page that failed is named with the line it stands in"
    )


def test_add_counts_what_became_of_every_page() -> None:
    first = run("add", lines_of("a.jsonl", RICH, PROMISE, "no JSON"), "--workers", "1")
    assert "3 pages: 2 added, 1 refused" in first.stderr
    assert "next: onrecord said" in first.stderr
    assert "onrecord add --retry" in first.stderr
    assert first.stdout == ""
    again = run("add", lines_of("a.jsonl", RICH, replace(PROMISE, commitments=()), MANY), "--workers", "1")
    assert "3 pages: 1 added, 2 known already" in again.stderr
    reread = run("add", lines_of("a.jsonl", RICH, replace(PROMISE, commitments=()), MANY), "--again", "--workers", "1")
    assert "3 pages: 1 re-read, 2 known already" in reread.stderr


@pytest.mark.usefixtures("ledger")
def test_add_takes_pages_that_the_ledger_knows_without_reading_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "1 added" in run("add", lines_of("a.jsonl", report("n", ("Vale", "no"))), "--workers", "1").stderr

    def fail(page: Page | Refused) -> Findings | Refused:
        pytest.fail(f"{page.name} was read again")

    monkeypatch.setattr(batch, "read_page", fail)
    assert "1 page: 1 known already" in run("add", "a.jsonl", "--workers", "1").stderr


def test_findings_that_do_not_hold_are_refused_by_name() -> None:
    broken = schema.encode(PROMISE).replace('"content":[[', '"content":[[9999,99999],[')
    told = run("add", lines_of("a.jsonl", broken, MANY), "--workers", "1")
    assert told.exit_code == 3
    assert "refused a.jsonl:1: " in told.stderr


def test_add_says_how_many_more_pages_were_refused() -> None:
    told = run("add", lines_of("a.jsonl", *["no JSON"] * 25), "--workers", "1")
    assert told.stderr.count("refused a.jsonl:") == 20
    assert "... and 5 more; onrecord articles --failed lists all" in told.stderr


def test_retry_reads_refused_pages_by_name() -> None:
    run("add", lines_of("a.jsonl", "no JSON", RICH, "no JSON"), "--workers", "1")
    run("add", "gone.txt", "--workers", "1")
    lines_of("a.jsonl", PROMISE, RICH, "still no JSON")
    told = run("add", "--retry", "--workers", "1")
    assert "3 pages: 1 added, 2 refused" in told.stderr
    assert "refused gone.txt: there is no such file" in told.stderr
    assert [row["name"] for row in json.loads(run("articles", "--failed", "--json").stdout)] == [
        "a.jsonl:3",
        "gone.txt",
    ]


def test_retry_says_that_standard_input_cannot_be_read_again_and_keeps_the_reason() -> None:
    run("add", "-", "--workers", "1", data="{no JSON\n")
    before = run("articles", "--failed", "--json").stdout
    assert "not JSON" in before
    for _ in range(2):
        told = run("add", "--retry", "--workers", "1")
        assert (told.exit_code, "1 page: 1 refused" in told.stderr) == (1, True)
        assert "refused -:1: came from standard input, which cannot be read again" in told.stderr
        assert run("articles", "--failed", "--json").stdout == before
    mended = run("add", "-", "--workers", "1", data="{no JSON\n" + schema.encode(PROMISE) + "\n")
    assert mended.exit_code == 3
    assert [row["name"] for row in json.loads(run("articles", "--failed", "--json").stdout)] == ["-:1"], (
        "the same bytes"
    )


def test_a_line_of_another_input_does_not_clear_a_refusal() -> None:
    run("add", "-", "--workers", "1", data=schema.encode(PROMISE) + "\n{no JSON\n")
    told = run("add", "-", "--workers", "1", data=schema.encode(RICH) + "\n" + schema.encode(MANY) + "\n")
    assert "2 pages: 2 added" in told.stderr
    assert [row["name"] for row in json.loads(run("articles", "--failed", "--json").stdout)] == ["-:2"]


def test_progress_counts_the_bytes_that_are_there(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    (folder / "inner").mkdir(parents=True)
    (folder / "a.txt").write_bytes(b"12345")
    (folder / "inner" / "b.txt").write_bytes(b"123")
    (folder / "inner" / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert progress._bytes([str(folder), str(folder / "a.txt"), str(tmp_path / "nowhere")]) == 13
    assert progress._bytes([str(folder), "-"]) is None


@pytest.mark.usefixtures("ledger")
def test_the_columns_of_a_listing_are_in_the_export_and_mean_the_same() -> None:
    run("export", "--format", "csv", "-o", "tables")
    said = ("id", "article", "speakers", "said_from", "said_to", "addressee", "target", "content", "source", "cue")
    promised = ("id", "agent", "action", "to", "deadline", "deadline_to")
    for command, table, same in (("said", "statements", said), ("commitments", "commitments", promised)):
        listed = list(csv.DictReader(io.StringIO(run(command, "--csv").stdout.removeprefix("\ufeff"), newline="")))
        whole = Path("tables", f"{table}.csv").read_text(encoding="utf-8-sig")
        exported = {row["id"]: row for row in csv.DictReader(io.StringIO(whole, newline=""))}
        assert len(listed) > 2
        for row in listed:
            assert {name: row[name] for name in same} == {name: exported[row["id"]][name] for name in same}


def test_retry_with_nothing_refused_has_nothing_to_do() -> None:
    told = run("add", "--retry")
    assert (told.exit_code, told.stderr) == (0, "0 pages: nothing to do\n")


def test_an_interrupted_add_keeps_what_it_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(pages: Iterator[Page], **_: object) -> Iterator[tuple[Page, Findings | Refused]]:
        yield next(pages), PROMISE
        raise KeyboardInterrupt

    monkeypatch.setattr(batch, "read", interrupted)
    told = run("add", lines_of("a.jsonl", PROMISE, RICH))
    assert told.exit_code == 130
    assert "1 page: 1 added\ninterrupted: what is counted here is in the ledger" in told.stderr
    assert [row["id"] for row in json.loads(run("articles", "--json").stdout)] == [PROMISE.article.id]


@pytest.mark.parametrize("command", ["extract a.jsonl --workers 1", "said --limit 0", "said --jsonl", "export"])
def test_a_reader_that_has_had_enough_ends_a_command_quietly(command: str) -> None:
    lines_of("a.jsonl", *[replace(MANY, article=replace(MANY.article, id=f"m{n}")) for n in range(60)])
    run("add", "a.jsonl", "--workers", "1")
    command = f"{sys.executable} -m onrecord {command} | head -n 1 | wc -l; echo ${{PIPESTATUS[@]}}"
    told = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=120, check=True)
    assert (told.stdout, told.stderr) == ("1\n0 0 0\n", "")


# What is wrong, and what is said of it


@pytest.mark.parametrize(
    ("arguments", "expected", "code"),
    [
        (["said"], "onrecord: there is no ledger at onrecord.db; ", 1),
        (["said", "-d", "a.txt"], "onrecord: ", 1),
        (["show", "nothing"], "onrecord: there is no ledger at onrecord.db; ", 1),
        (["show", "a.txt"], "onrecord: a.txt: the page is empty, expected an article", 1),
        (["show", "two.jsonl"], "onrecord: two.jsonl holds several pages, expected one", 1),
        (["add", "two.jsonl", "-d", "nowhere/x.db"], "onrecord: ", 1),
        (["add"], "nothing to add: give INPUT, or --retry", 2),
        (["extract"], "Missing argument 'INPUT...'", 2),
        (["extract", "two.jsonl", "--workers", "0"], "0 is not in the range x>=1", 2),
        (["said", "--act", "promise"], "'promise' is not one of 'assert', 'predict'", 2),
        (["said", "--since", "yesterday"], "'yesterday' is no day, expected YYYY-MM-DD", 2),
        (["commitments", "--as-of", "2025-02-30"], "'2025-02-30' is no day, expected YYYY-MM-DD", 2),
        (["commitments", "--type", "vow"], "'vow' is not one of 'commit', 'threaten', 'offer', 'refuse'", 2),
        (["said", "--manner", "sung"], "'sung' is not one of 'said', 'written', 'thought', 'stance'", 2),
        (["export", "--format", "csv"], "--format csv writes several files: name a folder for them with -o", 2),
        (["forget", "m"], "there is no terminal to ask at, so give --yes", 2),
        (["nonsense"], "No such command 'nonsense'", 2),
    ],
)
def test_an_error_is_one_clear_line_and_an_exit_code(arguments: list[str], expected: str, code: int) -> None:
    Path("a.txt").touch()
    lines_of("two.jsonl", RICH, MANY)
    told = run(*arguments)
    assert told.exit_code == code
    assert expected in told.stderr
    assert told.stdout == ""
    assert len(told.stderr.splitlines()) == (1 if code == 1 else 4)


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("DROP TABLE articles", "more than read"),
        ("SELEC 1", "syntax error"),
        ("SELECT 1 AS a, 2 AS a", "two columns are named 'a'"),
    ],
)
def test_a_query_that_cannot_be_answered_is_wrong_usage(sql: str, expected: str) -> None:
    told = run("query", sql, "--json")
    assert told.exit_code == 2
    assert expected in told.stderr


@pytest.mark.usefixtures("ledger")
def test_our_own_mistakes_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ledger, "info", lambda _: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        run("info")


@pytest.mark.usefixtures("ledger")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_in_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "onrecord", "export"]
        told = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert told.returncode == 1
    assert told.stderr == "onrecord: no space left on the device; free some and run the command again\n"


@pytest.mark.usefixtures("ledger")
def test_data_goes_to_stdout_and_talk_to_stderr() -> None:
    told = onrecord("said", "xyzzy", "--json")
    assert (told.stdout, told.stderr, told.returncode) == ("[]\n", "no statements found\n", 0)


@pytest.mark.usefixtures("ledger")
def test_no_colour_reaches_a_pipe() -> None:
    assert "\x1b" not in onrecord("said").stdout + onrecord("show", "m").stdout


# Export


@pytest.mark.usefixtures("ledger")
def test_export_prints_what_add_takes() -> None:
    told = run("export")
    assert told.stdout.splitlines() == [schema.encode(f) for f in sorted(ALL, key=lambda f: f.article.id)]
    Path("all.jsonl").write_text(told.stdout, encoding="utf-8")
    run("add", "all.jsonl", "-d", "copy.db", "--workers", "1")
    assert run("export", "-d", "copy.db").stdout == told.stdout


def test_export_never_replaces_the_ledger_or_a_device(ledger: Path) -> None:
    before = ledger.read_bytes()
    told = run("export", "-o", str(ledger))
    assert told.exit_code == 2
    assert "is the ledger itself" in told.stderr
    assert ledger.read_bytes() == before
    link = Path("out.jsonl")
    link.symlink_to("/dev/null")
    assert run("export", "-o", str(link)).exit_code == 0
    assert link.is_symlink()


@pytest.mark.usefixtures("ledger")
def test_csv_export_has_one_file_a_table() -> None:
    told = run("export", "--format", "csv", "-o", "tables")
    assert (told.stdout, told.stderr) == ("", "3 articles written to tables\n")
    tables = {}
    for name in ("articles", "actors", "statements", "conditions", "commitments", "events"):
        data = Path("tables", f"{name}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf"), "Excel takes it for UTF-8"
        tables[name] = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert sorted(path.name for path in Path("tables").iterdir()) == sorted(f"{name}.csv" for name in tables)
    assert {name: len(rows) for name, rows in tables.items()} == {
        "articles": 3, "actors": sum(len(f.actors) for f in ALL), "statements": 30, "conditions": 4, "commitments": 3, "events": 2,
    }  # fmt: skip
    row = next(row for row in tables["commitments"] if row["id"] == "c1")
    assert row["action"] == "open the dam [at Kesh]"
    start, end = json.loads(row["action_spans"])[0]
    assert RICH.article.text[start:end] == row["action"], "offsets stand beside the words that they slice"
    assert (row["agent"], row["agent_actor"], row["agent_words"]) == ("Ilse Marrow", "a1", "We")
    assert (row["deadline"], row["deadline_from"], row["deadline_to"]) == ("Friday", "", "2025-03-07")
    statement = next(row for row in tables["statements"] if row["id"] == "s1")
    assert (statement["speakers"], statement["speakers_actor"]) == ("Ilse Marrow; Oren Vale", "a1; a2")
    assert statement["anonymous"] == "TRUE"


@pytest.mark.usefixtures("ledger")
def test_parquet_export_holds_the_same_rows_and_the_text() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert run("export", "--format", "parquet", "-o", "tables").exit_code == 0
    articles = parquet.read_table("tables/articles.parquet").to_pylist()
    assert [row["text"] for row in articles] == [f.article.text for f in sorted(ALL, key=lambda f: f.article.id)]
    assert parquet.read_table("tables/statements.parquet").num_rows == 30
    events = parquet.read_table("tables/events.parquet").to_pylist()
    assert [(e["type"], e["background"], e["confidence"]) for e in events] == [
        ("ASSAULT", True, 0.25),
        ("AID", False, 0.1),
    ]


@pytest.mark.usefixtures("ledger")
def test_parquet_without_pyarrow_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    told = run("export", "--format", "parquet", "-o", "tables")
    assert told.exit_code == 2
    assert "pip install 'onrecord[analysis]'" in told.stderr
    assert not Path("tables").exists()


@pytest.mark.usefixtures("ledger")
def test_plover_export_uses_the_field_names_of_its_codebook() -> None:
    first, second = map(json.loads, run("export", "--format", "plover").stdout.splitlines())
    assert first["event"] == ["ASSAULT"]
    assert first["actor"] == [
        {"actor_text": "Guards", "code": None, "sector": None, "identifier_text": "Guards of Kesh", "office": None}
    ]
    assert first["recipient"] == [{"actor_text": "farmers"}]
    assert first["event_loc"] == {"name": "Kesh", "latitude": None, "longitude": None, "cc3": None}
    assert (first["date"], first["context"]) == ("2025-03-02", ["historical"])
    assert (second["actor"], second["date"], second["context"]) == ([], None, ["negation"])


def test_plover_export_of_no_events_says_so() -> None:
    run("add", lines_of("a.jsonl", PROMISE), "--workers", "1")
    told = run("export", "--format", "plover")
    assert told.stdout == ""
    assert "no events" in told.stderr


@pytest.mark.usefixtures("ledger")
def test_a_broken_export_leaves_the_older_file(monkeypatch: pytest.MonkeyPatch) -> None:
    run("export", "-o", "all.jsonl")
    before = Path("all.jsonl").read_bytes()

    def broken(_: Ledger) -> Iterator[Findings]:
        yield RICH
        raise KeyboardInterrupt

    monkeypatch.setattr(Ledger, "export", broken)
    assert run("export", "-o", "all.jsonl").exit_code == 130
    assert Path("all.jsonl").read_bytes() == before
    assert sorted(path.name for path in Path().iterdir() if "part" in path.name) == []


# Upkeep


@pytest.mark.usefixtures("ledger")
def test_forget_removes_and_add_respects_it() -> None:
    told = run("forget", "p", "--yes")
    assert told.exit_code == 0
    assert told.stderr == "forgot article p with 1 statement in 1 article; adding it again leaves it out\n"
    assert "1 forgotten before, left out" in run("add", lines_of("a.jsonl", PROMISE), "--workers", "1").stderr


def test_verify_counts_what_holds_and_fails_where_something_does_not(ledger: Path) -> None:
    told = run("verify")
    assert told.exit_code == 0
    assert told.stdout.startswith("3 articles, ")
    assert told.stdout.endswith(" checked: all hold\n")
    with sqlite3.connect(ledger) as connection:
        connection.execute("UPDATE spans SET words = 'open the gate' WHERE owner = 'cp' AND role = 'action'")
    connection.close()
    broken = run("verify")
    assert broken.exit_code == 1
    assert "cp" in broken.stdout
    assert "problem" in broken.stderr


def test_verify_does_not_let_an_article_steer_the_terminal(ledger: Path) -> None:
    with Ledger.open(ledger, write=True) as opened:
        opened.add(report("\x1b[2J\u202eid", ("Vale", "yes")))
    with closing(sqlite3.connect(ledger)) as connection, connection:
        connection.execute("UPDATE articles SET sha256 = 'x' WHERE id LIKE '%id'")
    told = run("verify")
    assert told.exit_code == 1
    assert "article \ufffd[2J\ufffdid" in told.stdout
    assert not {"\x1b", "\u202e"} & set(told.stdout)


def test_info_tells_where_each_setting_came_from(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "ledger       onrecord.db (default: neither --ledger nor ONRECORD_LEDGER is set)" in run("info").stdout
    monkeypatch.setenv(config.LEDGER_VARIABLE, str(ledger))
    assert "(environment: ONRECORD_LEDGER)" in run("info").stdout
    told = json.loads(run("info", "-d", "other.db", "--json").stdout)
    assert told["settings"][0] == {"name": "ledger", "value": "other.db", "origin": "option", "detail": "--ledger"}
    assert told["ledger"] is None
    assert json.loads(run("info", "--json").stdout)["ledger"]["articles"] == 3
    assert not Path("other.db").exists()


def test_the_ledger_of_the_environment_is_used_and_the_option_outranks_it(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.rename("news.db")
    monkeypatch.setenv(config.LEDGER_VARIABLE, "news.db")
    assert run("articles").exit_code == 0
    assert "there is no ledger at other.db" in run("articles", "-d", "other.db").stderr
    monkeypatch.setenv(config.LEDGER_VARIABLE, "")
    assert "there is no ledger at onrecord.db" in run("articles").stderr


def test_schema_describes_what_extract_prints() -> None:
    described = json.loads(run("schema").stdout)
    for findings in ALL:
        jsonschema.validate(json.loads(schema.encode(findings)), described)


# Completion


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_and_says_how_to_install_it(shell: str) -> None:
    told = run("completion", shell)
    assert f"_ONRECORD_COMPLETE={shell}_complete" in told.stdout
    assert told.stderr.startswith("to have it in every shell: onrecord completion")


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("words", "incomplete", "expected"),
    [
        (["said", "--by"], "Kar", ["Karin\\ Holt"]),
        (["said", "--by"], "$(rm", ["\\$\\(rm\\ -rf\\ x\\)"]),
        (["said", "--by"], "Nobody", []),
        (["said", "-d", "none.db", "--by"], "Kar", []),
        (["said", "--act"], "th", ["threaten"]),
        (["commitments", "--status"], "", ["open", "expired"]),
        ([], "comm", ["commitments"]),
    ],
)
def test_completion_knows_commands_values_and_speakers(
    monkeypatch: pytest.MonkeyPatch, words: list[str], incomplete: str, expected: list[str]
) -> None:
    monkeypatch.setenv("_ONRECORD_COMPLETE", "bash_complete")
    with Ledger.open(Path("onrecord.db"), write=True) as opened:
        opened.add(report("e", ("$(rm -rf x)", "yes")))
    found = BashComplete(main, {}, "onrecord", "_ONRECORD_COMPLETE").get_completions(words, incomplete)
    assert [item.value for item in found] == expected


# Reading for real


@pytest.mark.model
def test_demo_shows_conditions_and_commands_that_work() -> None:
    told = onrecord("demo")
    assert told.returncode == 0
    assert "onrecord-demo.db holds 14 articles" in told.stdout
    assert "    if  " in told.stdout
    commands = [line.strip() for line in told.stdout.splitlines() if line.endswith(" -d onrecord-demo.db")]
    assert len(commands) == 3
    for command in commands:
        tried = subprocess.run(
            ["bash", "-c", command],
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert (tried.returncode, bool(tried.stdout)) == (0, True), command
    again = onrecord("demo")
    assert again.returncode == 0
    assert "14 known already" in again.stderr
    assert again.stdout == told.stdout


@pytest.mark.model
def test_show_reads_a_file_on_the_spot() -> None:
    Path("report.txt").write_text("The minister said the road would open if the rain stopped.\n", encoding="utf-8")
    told = run("show", "report.txt")
    assert "‹The minister› /said/" in told.stdout
    assert "{the rain stopped}" in told.stdout
    assert not Path("onrecord.db").exists()


@pytest.mark.model
def test_extract_does_not_depend_on_the_number_of_workers() -> None:
    for name, who in (("a", "minister"), ("b", "mayor")):
        Path(f"{name}.txt").write_text(f"The {who} said the road would open if the rain stopped.\n", encoding="utf-8")
    one, two = (onrecord("extract", "a.txt", "b.txt", "--workers", n).stdout for n in ("1", "2"))
    assert one == two
    assert len(one.splitlines()) == 2
