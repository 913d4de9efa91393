"""Commands that read pages: extract, add."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from onrecord.cli import options
from onrecord.cli.boundary import INTERRUPTED, SOME_FAILED, tell

if TYPE_CHECKING:
    from onrecord.cli.adding import Tally
    from onrecord.ledger import Ledger
    from onrecord.ledger.rows import Outcome
    from onrecord.records import Page, Refused

_NAMED = 20
"""How many refused pages the summary of a run names."""

_GONE = "came from standard input, which cannot be read again; give it to `onrecord add -` once more"


@click.command(epilog="Example: onrecord extract report.html | head -1")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@options.workers_option
@click.pass_context
def extract(ctx: click.Context, inputs: tuple[str, ...], *, workers: int | None) -> None:
    """Print what is found in pages as JSON; no ledger is touched.

    INPUT is a file (.html, .txt, .md, .jsonl), a folder of them, or - for standard input. An article is one line of Findings JSON, in
    the order of INPUT, folders by path. `onrecord schema` describes the lines,
    and `onrecord add` takes them as INPUT.
    """
    from onrecord import batch, files, schema
    from onrecord.records import Refused

    read = failed = 0
    for _, found in batch.read(files.pages(inputs), workers=workers):
        if isinstance(found, Refused):
            failed += 1
            tell(f"refused {found.name}: {found.reason}")
        else:
            read += 1
            click.echo(schema.encode(found))
    ctx.exit(exit_code(read=read, failed=failed))


@click.command(epilog="Example: onrecord add reports/ -d news.db")
@click.argument("inputs", nargs=-1, metavar="[INPUT...]")
@click.option("--again", is_flag=True, help="Read what other versions have read once more, and keep what is found now.")
@click.option("--retry", is_flag=True, help="Read the pages that were refused before; with INPUT, both.")
@options.workers_option
@options.ledger_option
@click.pass_context
def add(
    ctx: click.Context,
    inputs: tuple[str, ...],
    *,
    again: bool,
    retry: bool,
    workers: int | None,
    ledger_path: str | None,
) -> None:
    """Read pages into the ledger, which is made if need be.

    INPUT is a file (.html, .txt, .md, .jsonl), a folder of them, or - for standard input. Pages that the ledger knows are passed
    over, so a run that was cut off goes on where it stopped when it is started again.
    """
    if not inputs and not retry:
        raise click.UsageError("nothing to add: give INPUT, or --retry for the pages that were refused before", ctx)
    from onrecord.cli.adding import Tally

    tally = Tally()
    try:
        with options.opened(ledger_path, write=True) as ledger:
            read_into(ledger, inputs, tally=tally, retry=retry, again=again, workers=workers)
    except KeyboardInterrupt:
        summarize(tally)
        tell("interrupted: what is counted here is in the ledger; run the same command again to go on")
        ctx.exit(INTERRUPTED)
    summarize(tally)
    advise(tally, ledger_path)
    ctx.exit(exit_code(read=tally.pages - len(tally.refused), failed=len(tally.refused)))


def read_into(
    ledger: Ledger,
    inputs: tuple[str, ...],
    *,
    tally: Tally,
    retry: bool = False,
    again: bool = False,
    workers: int | None = None,
) -> None:
    """Read pages into a ledger, showing how far it is, and count what becomes of them."""
    from onrecord import files
    from onrecord.cli import adding, progress
    from onrecord.ledger.rows import from_stdin
    from onrecord.records import Refused

    refused = [row.name for row in ledger.refused()] if retry else []
    before = [name for name in refused if not from_stdin(name)]
    for name in filter(from_stdin, refused):  # counted as refused still; what the ledger holds of it stays
        tally.count(Refused(name, _GONE, None))

    def pages() -> Iterator[Page | Refused]:
        yield from adding.named(before)
        yield from files.pages(inputs)

    with progress.shown((*before, *inputs)) as advance:

        def done(page: Page | Refused, result: Outcome | Refused) -> None:
            tally.count(result)
            advance(page)

        adding.add(ledger, pages(), done=done, again=again, workers=workers)


def summarize(tally: Tally) -> None:
    """Say what became of the pages, and name those that were refused, each with its reason."""
    from onrecord.render.wording import counted

    words = {
        "added": "added",
        "revised": "revised",
        "reread": "re-read",
        "unchanged": "known already",
        "forgotten": "forgotten before, left out",
    }
    told = [f"{tally.outcomes[outcome]:,} {word}" for outcome, word in words.items() if outcome in tally.outcomes]
    told += [f"{len(tally.refused):,} refused"] if tally.refused else []
    for refused in tally.refused[:_NAMED]:
        tell(f"refused {refused.name}: {refused.reason}")
    if len(tally.refused) > _NAMED:
        tell(f"... and {len(tally.refused) - _NAMED:,} more; onrecord articles --failed lists all")
    tell(f"{counted(tally.pages, 'page')}: {', '.join(told) or 'nothing to do'}")


def advise(tally: Tally, ledger_path: str | None) -> None:
    """Say what to do next."""
    where = f" -d {shlex.quote(ledger_path)}" if ledger_path else ""
    if tally.outcomes:
        tell(f"next: onrecord said{where}, onrecord commitments{where}")
    if tally.refused:
        tell(f"when what was refused is mended: onrecord add --retry{where}")


def exit_code(*, read: int, failed: int) -> int:
    """Return 0 where all was read, 1 where nothing was, 3 where some inputs failed."""
    if not failed:
        return 0
    return SOME_FAILED if read else 1
