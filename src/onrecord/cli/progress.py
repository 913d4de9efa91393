"""How far a batch is: pages, pages a second, time left; on a terminal only."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from onrecord.records import Page, Refused

Advance = Callable[[Page | Refused], None]


@contextmanager
def shown(inputs: Sequence[str]) -> Iterator[Advance]:
    """Show progress on stderr while the block runs; call the yielded function once for each page that is done.

    The time left goes by bytes; it is not told while standard input is read, whose length nobody knows.
    """
    from onrecord.render.terminal import console

    screen = console(stderr=True)
    if not screen.is_terminal:
        yield lambda _: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    total = _bytes(inputs)
    columns = [TextColumn("{task.fields[pages]:,} pages"), TextColumn("{task.fields[rate]:.1f} a second")]
    times = [TimeElapsedColumn()] if total is None else [BarColumn(), TimeRemainingColumn()]
    with Progress(*columns, *times, console=screen, transient=True) as progress:
        task = progress.add_task("", total=total, pages=0, rate=0.0)

        def advance(page: Page | Refused) -> None:
            state = progress.tasks[task]
            pages = state.fields["pages"] + 1
            size = len(page.data) if isinstance(page, Page) else 0
            progress.update(task, advance=size, pages=pages, rate=pages / max(state.elapsed or 0, 0.1))

        yield advance


def _bytes(inputs: Sequence[str]) -> int | None:
    """Return how many bytes there are to read, None where that cannot be known."""
    if "-" in inputs:
        return None
    return sum(map(_size, map(Path, inputs))) or None


def _size(path: Path) -> int:
    """Return the bytes of a file or of all files in a folder; what cannot be looked at, such as a link to nowhere, counts nothing."""
    try:
        if path.is_dir():
            return sum(_size(Path(folder) / name) for folder, _, names in os.walk(path) for name in names)
        return path.stat().st_size
    except OSError:
        return 0
