"""The first look: sample reports into a ledger, who is on record in them and on what condition, and what to try next."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Iterator
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import click

from onrecord.cli.boundary import tell

if TYPE_CHECKING:
    from onrecord.ledger import Ledger

DEMO_LEDGER = "onrecord-demo.db"

_SHOWN = 6


@click.command(epilog="Example: onrecord demo")
@click.option(
    "-d", "--ledger", "path", metavar="PATH", default=DEMO_LEDGER, show_default=True, type=click.Path(dir_okay=False),
    help="The ledger file to make or to use again.",
)  # fmt: skip
@click.pass_context
def demo(ctx: click.Context, *, path: str) -> None:
    """Take a first look, at sample reports that come along.

    They are read into a ledger, and what is on record in them on a condition is shown, with commands to try next. The reports are
    made up; they tell one story over six weeks, as several outlets would.
    """
    from onrecord.cli import options
    from onrecord.cli.adding import Tally
    from onrecord.cli.reading import exit_code, read_into, summarize
    from onrecord.render import listing

    tell(f"Reading the sample reports into {path} ...")
    tally = Tally()
    with options.opened(path, write=True) as ledger, as_file(files("onrecord") / "samples") as folder:
        read_into(ledger, (str(folder),), tally=tally)
        summarize(tally)
        facts = ledger.info()
        dated = [row for row in ledger.commitments(None, conditional=True) if row.said_to]
        tries = list(_tries(ledger, path))
    click.echo(
        f"{path} holds {facts.articles:,} articles, {facts.statements:,} statements, {facts.commitments:,} commitments.\n"
    )
    click.echo("On record, on a condition:\n")
    listing.commitments(tuple(reversed(dated))[:_SHOWN], output="table")  # the story from its beginning
    click.echo("\nNow try:")
    for command, what in tries:
        click.echo(f"  {command}\n      {what}")
    ctx.exit(exit_code(read=tally.pages - len(tally.refused), failed=len(tally.refused)))


def _tries(ledger: Ledger, path: str) -> Iterator[tuple[str, str]]:
    """Yield commands that have something to show on this ledger, and what each does."""
    where, program = f"-d {shlex.quote(path)}", _program()
    yield (
        f"{program} commitments --conditional {where}",
        "every undertaking that hangs on a condition, and who printed it",
    )
    for speaker in ledger.speakers()[:1]:
        yield (
            f"{program} said --by {shlex.quote(speaker.name)} {where}",
            "everything that one speaker is on record with",
        )
    for article in sorted(ledger.articles(), key=lambda row: -row.statements)[:1]:
        yield f"{program} show {shlex.quote(article.id)} {where}", "one report with its statements marked"


def _program() -> str:
    """Return how this program is called from here: by its name where that is on the path, else as it was called now."""
    if shutil.which("onrecord"):
        return "onrecord"
    called = sys.argv[0]
    return f"{shlex.quote(sys.executable)} -m onrecord" if called.endswith("__main__.py") else shlex.quote(called)
