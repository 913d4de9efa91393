"""Pages into a ledger, one result a page: what is known is passed over, what is new is read, what fails is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord import batch, files, reader
from onrecord.errors import PageError
from onrecord.identity import sha256
from onrecord.ledger.rows import Outcome
from onrecord.records import Findings, Page, Refused

if TYPE_CHECKING:
    from onrecord.ledger import Ledger


@dataclass(slots=True)
class Tally:
    """What became of the pages of one run."""

    outcomes: dict[Outcome, int] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)

    def count(self, result: Outcome | Refused) -> None:
        """Count one more page."""
        if isinstance(result, Refused):
            self.refused.append(result)
        else:
            self.outcomes[result] = self.outcomes.get(result, 0) + 1

    @property
    def pages(self) -> int:
        """How many pages were looked at."""
        return sum(self.outcomes.values()) + len(self.refused)


def add(
    ledger: Ledger,
    pages: Iterable[Page | Refused],
    *,
    done: Callable[[Page | Refused, Outcome | Refused], None],
    again: bool = False,
    workers: int | None = None,
) -> None:
    """Read pages into a ledger; ``done`` is called with each page and what became of it, once that is stored.

    Pages that the ledger knows are passed over; with ``again`` a page is known only where the present versions have read it.

    Raises:
        LedgerError: the ledger cannot be written; what was done before is in it.
        ReaderError: the language model is missing.
    """
    versions = reader.versions() if again else None

    def unknown() -> Iterator[Page | Refused]:
        for page in pages:
            if isinstance(page, Page) and ledger.knows(sha256(page.data), versions=versions):
                done(page, "unchanged")
            else:
                yield page

    for page, found in batch.read(unknown(), workers=workers):
        result = found if isinstance(found, Refused) else _stored(ledger, page, found, again=again)
        if isinstance(result, Refused):
            ledger.refuse(result)
        done(page, result)


def named(names: Iterable[str]) -> Iterator[Page | Refused]:
    """Yield the pages of refusals by name: a path, or ``path:LINE`` for a line of a JSONL file.

    Lines of one file are read together. What came from standard input cannot be read again: its names must not be given.
    """
    lines: dict[str, set[str]] = {}
    for name in names:
        path, colon, line = name.rpartition(":")
        if colon and line.isdecimal() and path.lower().endswith(".jsonl"):
            lines.setdefault(path, set()).add(name)
        else:
            yield from files.pages([name])
    for path, wanted in lines.items():
        found = list(_lines(path, wanted))
        yield from found
        gone = wanted.difference(page.name for page in found)
        yield from (Refused(name, f"{path} has no such line any more", None) for name in sorted(gone))


def _stored(ledger: Ledger, page: Page | Refused, found: Findings, *, again: bool) -> Outcome | Refused:
    data = sha256(page.data) if isinstance(page, Page) else None
    try:
        return ledger.add(found, data_sha256=data, name=page.name, again=again)
    except PageError as error:
        return Refused(page.name, str(error), data)


def _lines(path: str, wanted: set[str]) -> Iterator[Page | Refused]:
    for page in files.pages([path]):
        if page.name in wanted:
            yield page
