"""Many pages to findings: one result a page, in the order of the pages, by one process or several."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, repeat

from onrecord import files, proofs, reader, schema
from onrecord.errors import PageError, ReaderError
from onrecord.identity import sha256
from onrecord.records import Findings, Page, Refused

QUEUED = 4
"""Pages in work for each worker: enough that none waits, few enough that memory does not grow with the number of pages."""


def read(
    pages: Iterable[Page | Refused], *, workers: int | None = None
) -> Iterator[tuple[Page | Refused, Findings | Refused]]:
    """Yield each page with its findings, or with the reason why there are none, in the order of the pages.

    ``workers`` is the number of processes, by default one for each core; 1 reads in this process. The findings do not depend on it.
    A line of Findings JSON among the pages comes out as it went in.

    Raises:
        ReaderError: the language model is missing; nothing can be read.
    """
    count = workers or os.cpu_count() or 1
    if count == 1:
        for page in pages:
            yield page, read_page(page)
        return
    # Workers are started afresh, not forked: a fork of a process with threads may hang, and the parent holds no model to share.
    executor, waiting = _executor(count), deque[tuple[Page | Refused, Future[Findings | Refused]]]()
    try:
        following: Page | Refused | None
        for following in chain(pages, repeat(None)):
            if following is not None:
                waiting.append((following, _submitted(executor, following)))
            elif not waiting:
                return
            if following is None or len(waiting) >= count * QUEUED:
                first, result = waiting.popleft()
                try:
                    yield first, result.result()
                except BrokenProcessPool:  # a worker died; which page it died of shows when each is read by itself
                    yield from ((each, _read_apart(each)) for each in [first, *(w for w, _ in waiting)])
                    waiting.clear()
                    executor.shutdown()
                    executor = _executor(count)
    finally:
        executor.shutdown(cancel_futures=True)


def _executor(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Let a worker end when the process that started it does, however that ended: nobody is left to read for."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _submitted(executor: ProcessPoolExecutor, page: Page | Refused) -> Future[Findings | Refused]:
    with _interrupts_held():
        try:
            return executor.submit(read_page, page)
        except BrokenProcessPool as error:
            broken: Future[Findings | Refused] = Future()
            broken.set_exception(error)
            return broken
        except (BrokenPipeError, PermissionError, FileNotFoundError) as error:
            raise ReaderError(f"no worker process can be started ({error}); try --workers 1") from error


def _read_apart(page: Page | Refused) -> Findings | Refused:
    """Return the result of one page, read in a process of its own; one that ends that process too is refused."""
    if isinstance(page, Refused):
        return page
    executor = _executor(1)
    try:
        return _submitted(executor, page).result()
    except BrokenProcessPool:
        reason = (
            "the process that read this page was ended from outside, perhaps for want of memory; try it again alone"
        )
        return Refused(page.name, reason, sha256(page.data))
    finally:
        executor.shutdown()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while a worker may be starting: it inherits the mask, and the parent alone ends the batch."""
    if not hasattr(
        signal, "pthread_sigmask"
    ):  # Windows has none, and workers there start without the console's signals
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def read_page(page: Page | Refused) -> Findings | Refused:
    """Return the findings of one page, or why it is refused."""
    if isinstance(page, Refused):
        return page
    try:
        if _holds_findings(page):
            return _foreign(page)
        return reader.read(files.article(page))
    except PageError as error:
        return Refused(page.name, str(error), sha256(page.data))
    except ReaderError:
        raise
    except Exception as error:
        logging.getLogger(__name__).debug("reading %s failed", page.name, exc_info=True)
        reason = f"onrecord itself failed on this page ({type(error).__name__}: {error}); please report it"
        return Refused(page.name, reason, sha256(page.data))


def _holds_findings(page: Page) -> bool:
    """Tell whether a line of JSON is a Findings object and not an article to be read."""
    if page.kind != "json" or b'"statements"' not in page.data:
        return False
    try:
        value = json.loads(page.data)
    except (ValueError, RecursionError):  # files.article tells what is wrong with the line
        return False
    return isinstance(value, dict) and {"article", "statements"} <= value.keys()


def _foreign(page: Page) -> Findings:
    findings = schema.decode(page.data)
    if problems := proofs.problems(findings):
        more = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
        raise PageError(f"Findings that do not hold: {problems[0]}{more}")
    return findings
