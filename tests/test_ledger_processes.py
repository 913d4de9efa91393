"""Several processes at one ledger: readers see whole articles, writers wait, and a killed one loses nothing reported."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from multiprocessing.synchronize import Event as Signal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from ledger_findings import report

from onrecord.errors import LedgerError
from onrecord.ledger import Ledger
from onrecord.records import Findings

SPAWN = multiprocessing.get_context("spawn")
STATEMENTS = 15


def many(name: str) -> Findings:
    return report(name, *(("Vale", f"number {n} of many") for n in range(STATEMENTS)))


def read_until(path: Path, stop: Signal, answers: multiprocessing.SimpleQueue[tuple[int, list[str]]]) -> None:
    """Read in every way until told to stop, noting whatever is not whole."""
    seen, wrong = 0, []
    while not stop.is_set():
        with Ledger.open(path) as ledger:
            rows = ledger.said()
            if len(rows) % STATEMENTS or any(not row.content for row in rows):
                wrong.append(f"{len(rows)} statements listed")
            found = list(ledger.export())
            wrong += [
                f"{one.article.id} has {len(one.statements)}" for one in found if len(one.statements) != STATEMENTS
            ]
            (row,) = ledger.query("SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM search)").rows
            if row[1] != STATEMENTS * int(str(row[0])):
                wrong.append(f"{row} articles and rows of the search index")
            seen = max(seen, len(found))
    answers.put((seen, wrong))


def test_readers_see_only_whole_articles(tmp_path: Path) -> None:
    path = tmp_path / "onrecord.db"
    with Ledger.open(path, write=True) as ledger:
        stop, answers = SPAWN.Event(), SPAWN.SimpleQueue()
        readers = [SPAWN.Process(target=read_until, args=(path, stop, answers)) for _ in range(2)]
        for reader in readers:
            reader.start()
        until, n = time.monotonic() + 4, 0
        while time.monotonic() < until:
            ledger.add(many(f"x{n}"))
            n += 1
            time.sleep(0.02)
        stop.set()
        told = [answers.get() for _ in readers]
        for reader in readers:
            reader.join(60)
    assert [wrong for _, wrong in told] == [[], []]
    assert all(0 < seen <= n for seen, _ in told), "the readers read while the writer wrote"


def add_all(path: Path, prefix: str, count: int) -> None:
    with Ledger.open(path, write=True) as ledger:
        for n in range(count):
            ledger.add(many(f"{prefix}{n}"))


def test_two_writers_take_turns_from_the_first_moment(tmp_path: Path) -> None:
    path = tmp_path / "onrecord.db"
    writers = [SPAWN.Process(target=add_all, args=(path, prefix, 40)) for prefix in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert [writer.exitcode for writer in writers] == [0, 0]
    with Ledger.open(path) as ledger:
        assert len(ledger.articles()) == 80
        assert ledger.verify().problems == ()


ADD_AND_REPORT = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_ledger_processes import many
from onrecord.ledger import Ledger
with Ledger.open(Path(sys.argv[1]), write=True) as ledger:
    for n in range(10**6):
        ledger.add(many(f"x{n}"))
        print(n, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill a process outright")
@pytest.mark.parametrize("after", [1, 7, 20])
def test_a_killed_writer_loses_nothing_reported(tmp_path: Path, after: int) -> None:
    path = tmp_path / "onrecord.db"
    with subprocess.Popen(
        [sys.executable, "-c", ADD_AND_REPORT, str(path), str(Path(__file__).parent)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        reported = -1
        for line in writer.stdout:
            reported = int(line)
            if reported >= after:
                os.kill(writer.pid, signal.SIGKILL)
                break
        reported = max([reported, *(int(line) for line in writer.stdout if line.endswith("\n"))])
    with Ledger.open(path, write=True) as ledger:
        stored = {row.id for row in ledger.articles()}
        assert {f"x{n}" for n in range(reported + 1)} <= stored
        assert len(stored) <= reported + 2, "at most one was stored and not yet reported"
        assert ledger.verify().problems == ()
        for n in range(reported + 5):
            ledger.add(many(f"x{n}"))
        assert list(ledger.export()) == sorted(
            (many(f"x{n}") for n in range(reported + 5)), key=lambda one: one.article.id
        )


def open_without_rights(path: Path, answers: multiprocessing.SimpleQueue[str]) -> None:
    """Try to read, to write and to make a ledger as a user who may do none of it."""
    if os.geteuid() == 0:
        os.setuid(65534)
    for file, write in ((path, False), (path, True), (path.with_name("new.db"), True)):
        try:
            Ledger.open(file, write=write).close()
            answers.put("opened")
        except LedgerError as error:
            answers.put(str(error))


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has no such rights")
def test_a_folder_without_rights() -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "onrecord.db"
        with Ledger.open(path, write=True) as ledger:
            ledger.add(many("x"))
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        fork = multiprocessing.get_context("fork")
        answers = fork.SimpleQueue()
        process = fork.Process(target=open_without_rights, args=(path, answers))
        process.start()
        process.join(60)
        for _ in range(3):
            assert "the file and its folder must be there and writable, for reading too" in answers.get()
        Path(folder).chmod(0o755)
