"""Commands that keep a ledger in order: export, forget, verify, info, schema, completion."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

from onrecord import config
from onrecord.cli import options
from onrecord.cli.boundary import tell
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.ledger.rows import Info


@click.command(epilog="Example: onrecord export --format csv -o tables/")
@click.option(
    "--format", "format_", type=click.Choice(["jsonl", "csv", "parquet", "plover"]), default="jsonl", show_default=True,
    help="Findings JSON, an article a line; flat tables as CSV or Parquet; events as PLOVER records.",
)  # fmt: skip
@click.option(
    "-o",
    "--output",
    "path",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="A file, for csv and parquet a folder. Default: stdout.",
)
@options.ledger_option
def export(*, format_: str, path: Path | None, ledger_path: str | None) -> None:
    """Write all that the ledger holds, for other programs.

    csv and parquet make a folder with a file each for articles, actors, statements, conditions, commitments and events. A file takes
    its name only when it is whole.
    """
    from onrecord.export import files
    from onrecord.render.wording import counted

    if path is None and format_ in {"csv", "parquet"}:
        raise click.UsageError(f"--format {format_} writes several files: name a folder for them with -o")
    with options.opened(ledger_path) as ledger:
        if path is not None and path.exists() and path.samefile(ledger.path):
            raise UsageError(f"{path} is the ledger itself; name another file to export to")
        articles = ledger.export()
        if path is not None and format_ in {"csv", "parquet"}:
            count = (files.csv if format_ == "csv" else files.parquet)(articles, path)
        else:
            write = files.jsonl if format_ == "jsonl" else files.plover_jsonl
            with files.whole(path) if path else nullcontext(sys.stdout.buffer) as file:
                count = write(articles, file)
    if format_ == "plover" and not count:
        tell("the ledger holds no events, so there is nothing to write as PLOVER records; this release finds none")
    elif path is not None:
        tell(f"{counted(count, 'event' if format_ == 'plover' else 'article')} written to {path}")


@click.command(epilog="Example: onrecord forget 118f3638af1726c0")
@click.argument("id_", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@options.ledger_option
def forget(id_: str, *, yes: bool, ledger_path: str | None) -> None:
    """Remove an article or an actor for good.

    ID is that of an article or an actor. A mark without any of its words stays, so that adding it again leaves it out.
    """
    from onrecord.render.wording import counted

    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError(
                "nothing is forgotten without being asked: there is no terminal to ask at, so give --yes"
            )
        click.confirm(f"Remove {id_} from {config.ledger(ledger_path).value} for good?", abort=True, err=True)
    with options.opened(ledger_path, write=True) as ledger:
        gone = ledger.forget(id_)
    tell(
        f"forgot {gone.kind} {gone.id} with {counted(gone.statements, 'statement')} in {counted(gone.articles, 'article')};"
        " adding it again leaves it out"
    )


@click.command(epilog="Example: onrecord verify -d news.db")
@options.ledger_option
@click.pass_context
def verify(ctx: click.Context, *, ledger_path: str | None) -> None:
    """Check that every row stands on the words that say it.

    Spans are sliced again and compared, hashes computed anew, references followed. The exit code is 1 where anything does not hold.
    """
    from onrecord.render.terminal import visible
    from onrecord.render.wording import counted

    with options.opened(ledger_path) as ledger:
        checked = ledger.verify()
    for problem in checked.problems:
        click.echo(visible(problem))
    counts = ", ".join(
        [counted(checked.articles, "article"), counted(checked.rows, "row"), counted(checked.spans, "span")]
    )
    if checked.problems:
        tell(
            f"{counts} checked: {counted(len(checked.problems), 'problem')}, listed above; restore a copy, or add the pages to a new ledger"
        )
        ctx.exit(1)
    click.echo(f"{counts} checked: all hold")


@click.command(epilog="Example: onrecord info --json")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@options.ledger_option
def info(*, as_json: bool, ledger_path: str | None) -> None:
    """Tell versions, settings and what the ledger holds.

    With each setting stands where it came from: an option, the environment, or the default.
    """
    from dataclasses import asdict

    from onrecord.reader import versions

    settings = [config.ledger(ledger_path), config.workers(), config.colour()]
    path = Path(settings[0].value)
    facts = None
    if path.exists():
        with options.opened(ledger_path) as ledger:
            facts = ledger.info()
    if as_json:
        told = {
            "versions": asdict(versions()),
            "settings": [asdict(s) for s in settings],
            "ledger": asdict(facts) if facts else None,
        }
        click.echo(json.dumps(told, indent=2))
        return
    made = versions()
    lines = [
        ("onrecord", made.onrecord),
        ("model", made.model),
        ("data", made.data),
        ("python", sys.version.split()[0]),
    ]
    lines += [(setting.name, f"{setting.value} ({setting.origin}: {setting.detail})") for setting in settings]
    if facts is None:
        lines.append(("holds", "nothing yet: there is no such file; onrecord add makes it"))
    else:
        lines += _counts(facts)
    for name, value in lines:
        click.echo(f"{name:<13}{value}")


@click.command(epilog="Example: onrecord schema > findings.schema.json")
def schema() -> None:
    """Print the JSON Schema of what `extract` prints."""
    from onrecord.schema import json_schema

    click.echo(json.dumps(json_schema(), indent=2))


_SHELLS: dict[str, tuple[type[ShellComplete], str]] = {
    "bash": (BashComplete, "onrecord completion bash >> ~/.bashrc, then start a new shell"),
    "zsh": (ZshComplete, "onrecord completion zsh >> ~/.zshrc, then start a new shell"),
    "fish": (FishComplete, "onrecord completion fish > ~/.config/fish/completions/onrecord.fish"),
}


@click.command(epilog="Example: onrecord completion bash >> ~/.bashrc")
@click.argument("shell", type=click.Choice(list(_SHELLS)))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands in your shell.

    It completes commands, options, their values, and after --by the names of speakers in the ledger.
    """
    made, install = _SHELLS[shell]
    click.echo(made(ctx.find_root().command, {}, "onrecord", "_ONRECORD_COMPLETE").source())
    tell(f"to have it in every shell: {install}")


def _counts(facts: Info) -> Iterator[tuple[str, str]]:
    from onrecord.render.wording import counted

    yield "schema", str(facts.schema)
    yield "size", f"{facts.size_bytes:,} bytes"
    yield "articles", f"{facts.articles:,}"
    yield "superseded", f"{facts.superseded:,} earlier revisions"
    yield "statements", f"{facts.statements:,}, of them {facts.statements_without_speaker:,} without a speaker"
    yield "commitments", f"{facts.commitments:,}"
    yield "events", f"{facts.events:,}"
    yield "refused", f"{facts.refused:,} pages"
    yield "forgotten", f"{facts.forgotten:,}"
    for version, articles in facts.versions:
        yield "read by", f"{version}: {counted(articles, 'article')}"
