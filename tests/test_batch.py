from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord import batch, files, reader, schema
from onrecord.errors import ReaderError
from onrecord.records import Article, Findings, Page, Refused

pytestmark = pytest.mark.model

TEXTS = [
    "The mayor of Teska vowed to rebuild the bridge if the state paid for it.",
    "“We will not sell the port,” the minister said. “It is not ours to sell.”",
    "Two men were held, according to the police.",
    "Nothing was said.",
]


def pages() -> list[Page | Refused]:
    lines = [json.dumps({"id": str(n), "text": text}).encode() for n, text in enumerate(TEXTS * 3)]
    return [Page(f"news.jsonl:{n}", "news.jsonl", "json", line) for n, line in enumerate(lines, 1)]


def told(result: Findings | Refused) -> str:
    return schema.encode(result) if isinstance(result, Findings) else f"refused {result.name}: {result.reason}"


def test_the_same_bytes_whatever_the_workers_and_the_order() -> None:
    alone = [told(r) for _, r in batch.read(pages(), workers=1)]
    assert [told(r) for _, r in batch.read(pages(), workers=2)] == alone
    assert [told(r) for _, r in batch.read(reversed(pages()), workers=1)] == alone[::-1]


def test_a_bad_page_is_named_and_the_rest_goes_on() -> None:
    bad = Page("news.jsonl:7", "news.jsonl", "json", b"{not json")
    missing = Refused("gone.txt", "there is no such file", None)
    results = [r for _, r in batch.read([*pages()[:1], bad, missing, *pages()[1:2]], workers=1)]
    assert [isinstance(r, Findings) for r in results] == [True, False, False, True]
    assert isinstance(results[1], Refused)
    assert results[1].name == "news.jsonl:7"
    assert results[2] == missing


def test_a_fault_of_ours_on_one_page_does_not_stop_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    read = reader.read

    def failing(article: Article) -> Findings:
        if article.id == "1":
            raise ZeroDivisionError("oh")
        return read(article)

    monkeypatch.setattr(reader, "read", failing)
    results = [r for _, r in batch.read(pages()[:3], workers=1)]
    assert isinstance(results[1], Refused)
    assert "ZeroDivisionError: oh" in results[1].reason
    assert isinstance(results[2], Findings)


def test_findings_as_input_come_out_unchanged() -> None:
    lines = [told(r) for _, r in batch.read(pages()[:4], workers=1)]
    again = [Page(f"-:{n}", None, "json", line.encode()) for n, line in enumerate(lines, 1)]
    assert [told(r) for _, r in batch.read(again, workers=1)] == lines


def test_findings_that_do_not_hold_are_refused_with_the_reason() -> None:
    line = told(batch.read_page(pages()[0]))
    broken = line.replace("rebuild the bridge", "rebuild the castle")
    result = batch.read_page(Page("-:1", None, "json", broken.encode()))
    assert isinstance(result, Refused)
    assert "sha256" in result.reason


def test_interrupting_a_batch_leaves_no_worker_behind(tmp_path: Path) -> None:
    source = tmp_path / "many.jsonl"
    source.write_text("".join(json.dumps({"id": str(n), "text": TEXTS[n % 4] * 20}) + "\n" for n in range(400)))
    command = [sys.executable, "-m", "onrecord", "extract", "--workers", "2", str(source)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.send_signal(2)
        _, talk = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in talk


def test_a_page_is_read_by_files_and_reader_alone() -> None:
    page = pages()[0]
    assert isinstance(page, Page)
    assert batch.read_page(page) == reader.read(files.article(page))


def test_a_worker_that_is_killed_costs_no_page() -> None:
    expected = [told(r) for _, r in batch.read(pages(), workers=1)]
    results = batch.read(pages(), workers=2)
    found = [told(next(results)[1])]
    worker = next(iter(multiprocessing.active_children()))
    worker.kill()
    found += [told(r) for _, r in results]
    assert found == expected


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    source = tmp_path / "many.jsonl"
    source.write_text("".join(json.dumps({"id": str(n), "text": TEXTS[n % 4] * 20}) + "\n" for n in range(400)))
    command = [sys.executable, "-m", "onrecord", "extract", "--workers", "2", str(source)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()
        process.wait(timeout=10)
        process.stdout.read()  # ends when the last process that holds the pipe has ended


def test_workers_that_cannot_be_started_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise BrokenPipeError("gone")

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor.submit", refused)
    with pytest.raises(ReaderError, match="--workers 1"):
        list(batch.read(pages(), workers=2))
