"""Options that several commands share, each worded once."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, get_args

import click
from click.shell_completion import CompletionItem

from onrecord import config
from onrecord.records import Act, CommitmentType, Manner, Quotation

if TYPE_CHECKING:
    from onrecord.ledger import Ledger

Command = TypeVar("Command", bound=Callable[..., object])
Row = TypeVar("Row")

LIMIT = 20
"""How many entries a listing shows a person who has not said how many."""

_COUNTED = 1000
"""Up to so many entries are fetched to say how many there are."""

_SHELL_SPECIAL = re.compile(r"[^\w@%+=:,./-]")

ON_RECORD: tuple[Manner, ...] = ("said", "written")
"""On record in the narrow sense: the default of every listing."""


def ledger_option(command: Command) -> Command:
    """Add ``-d/--ledger``."""
    return click.option(
        "-d",
        "--ledger",
        "ledger_path",
        metavar="PATH",
        type=click.Path(dir_okay=False),
        help=f"The ledger file. Default: {config.LEDGER_VARIABLE}, else {config.DEFAULT_LEDGER} in this folder.",
    )(command)


def workers_option(command: Command) -> Command:
    """Add ``--workers``."""
    return click.option(
        "--workers", metavar="N", type=click.IntRange(min=1), help="Read N pages at once. Default: one for each core."
    )(command)


def output_options(command: Command) -> Command:
    """Add ``--json``, ``--jsonl`` and ``--csv``."""
    for name, what in (
        ("csv", "flat CSV for R and Excel"),
        ("jsonl", "JSON, one object a line"),
        ("json", "one JSON array"),
    ):
        command = click.option(f"--{name}", "output", flag_value=name, default=None, help=f"Print {what}.")(command)
    return command


def limit_option(command: Command) -> Command:
    """Add ``--limit``."""
    text = f"Show at most N; 0 for all. Default: {LIMIT} to read, all as --json, --jsonl and --csv."
    return click.option("--limit", metavar="N", type=click.IntRange(min=0), help=text)(command)


def who_and_when_options(command: Command) -> Command:
    """Add the filters that statements and commitments share."""
    for decorate in (
        click.option("--publisher", metavar="NAME", help="Printed by this outlet."),
        click.option("--until", metavar="YYYY-MM-DD", type=day, help="Said on this day or before."),
        click.option("--since", metavar="YYYY-MM-DD", type=day, help="Said on this day or after."),
        click.option("--conditional/--unconditional", default=None, help="Only with a condition, or only without."),
        click.option("--to", metavar="NAME", help="To or at whom."),
        click.option("--by", metavar="NAME", shell_complete=_complete_speaker, help="Who is on record."),
    ):
        command = decorate(command)
    return command


def act_option(command: Command) -> Command:
    """Add ``--act``."""
    acts = get_args(Act)
    text = f"What is done by saying it; give it again for several. One of {', '.join(acts)}."
    return click.option("--act", metavar="ACT", multiple=True, type=click.Choice(acts), help=text)(command)


def manner_option(command: Command) -> Command:
    """Add ``--manner``."""
    text = "How it came to be known; give it again for several. Default: said and written. The others are the reporter's ascription."
    return click.option("--manner", multiple=True, type=click.Choice(get_args(Manner)), default=ON_RECORD, help=text)(
        command
    )


def quotation_option(command: Command) -> Command:
    """Add ``--quotation``."""
    text = "Wholly, partly or not in quotation marks."
    return click.option("--quotation", type=click.Choice(get_args(Quotation)), help=text)(command)


def type_option(command: Command) -> Command:
    """Add ``--type``."""
    text = "The kind of undertaking; give it again for several."
    return click.option("--type", "type_", multiple=True, type=click.Choice(get_args(CommitmentType)), help=text)(
        command
    )


def day(value: str) -> date:
    """Return the day that an option's value names.

    Raises:
        BadParameter: it names none.
    """
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 (a day has no time zone)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day, expected YYYY-MM-DD, such as 2024-03-31.") from None


def opened(given: str | None, *, write: bool = False) -> Ledger:
    """Open the ledger that the options and the environment name.

    Raises:
        LedgerError: it is not there, or cannot be opened.
    """
    from onrecord.ledger import Ledger

    return Ledger.open(Path(config.ledger(given).value), write=write)


def fetched(limit: int | None, output: str) -> int | None:
    """Return how many rows to ask for: enough to say how many there are where only some are shown, None for all."""
    shown = shown_at_most(limit, output)
    return None if shown is None else max(shown + 1, _COUNTED + 1)


def shown_at_most(limit: int | None, output: str) -> int | None:
    """Return how many rows to show, None for all."""
    if limit is None:
        return LIMIT if output == "table" else None
    return limit or None


def cut(rows: Sequence[Row], limit: int | None, output: str, *, what: str) -> Sequence[Row]:
    """Return the rows to show, and say on stderr how many there are where that is not all, or none."""
    from onrecord.cli.boundary import tell

    shown = shown_at_most(limit, output)
    if not rows:
        tell(f"no {what} found")
    if shown is None or len(rows) <= shown:
        return rows
    total = f"more than {len(rows) - 1:,}" if len(rows) == fetched(limit, output) else f"{len(rows):,}"
    tell(f"{shown:,} of {total} {what}; --limit 0 shows all")
    return rows[:shown]


def _complete_speaker(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return speakers of the ledger whose name begins so; none where there is no ledger."""
    from onrecord.errors import LedgerError

    del param
    try:
        with opened(ctx.params.get("ledger_path")) as ledger:
            names = [row.name for row in ledger.speakers(incomplete) if row.name.isprintable()]
    except LedgerError:
        return []
    if os.environ.get("_ONRECORD_COMPLETE", "").startswith("bash"):
        # Click's script for bash puts a value on the command line as it is; zsh and fish quote it. A name comes from a page, which
        # may be hostile: `$(rm -rf ~)` has to stay a name.
        names = [_SHELL_SPECIAL.sub(r"\\\g<0>", name) for name in names]
    return [CompletionItem(name) for name in names]
