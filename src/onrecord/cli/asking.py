"""Commands that ask the ledger: said, commitments, articles, show, cite, query."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli import options
from onrecord.cli.boundary import tell

if TYPE_CHECKING:
    from onrecord.records import Act, CommitmentType, Findings, Manner, Quotation
    from onrecord.render.listing import Output


@click.command(epilog='Example: onrecord said "nuclear weapons" --by Lukashenko --conditional')
@click.argument("words", nargs=-1)
@options.who_and_when_options
@click.option("--about", metavar="WORDS", help="What is said has these words in it.")
@options.act_option
@options.manner_option
@options.quotation_option
@options.limit_option
@options.output_options
@options.ledger_option
def said(
    words: tuple[str, ...],
    *,
    by: str | None,
    to: str | None,
    about: str | None,
    act: Sequence[Act],
    manner: Sequence[Manner],
    quotation: Quotation | None,
    conditional: bool | None,
    since: date | None,
    until: date | None,
    publisher: str | None,
    limit: int | None,
    output: Output | None,
    ledger_path: str | None,
) -> None:
    """List statements: who said what, when, and on what condition.

    WORDS are looked for in what is said, in who is named as its source, and in the speakers' names: plain words, "an exact phrase",
    AND, OR, NOT. Accents and the shape of apostrophes make no difference. With WORDS the best match comes first, without WORDS the newest.
    """
    from onrecord.render import listing

    output = output or "table"
    with options.opened(ledger_path) as ledger:
        rows = ledger.said(
            _query(words),
            by=by,
            to=to,
            about=about,
            act=act,
            manner=manner,
            quotation=quotation,
            conditional=conditional,
            since=since,
            until=until,
            publisher=publisher,
            limit=options.fetched(limit, output),
        )
    listing.said(options.cut(rows, limit, output, what="statements"), output=output)


@click.command(epilog="Example: onrecord commitments --conditional --by Lukashenko")
@click.argument("words", nargs=-1)
@options.who_and_when_options
@options.type_option
@click.option("--status", type=click.Choice(["open", "expired"]), help="Where the undertaking stands.")
@click.option(
    "--as-of",
    metavar="YYYY-MM-DD",
    type=options.day,
    help="The day on which deadlines are judged. Default: today.",
)
@options.limit_option
@options.output_options
@options.ledger_option
def commitments(
    words: tuple[str, ...],
    *,
    by: str | None,
    to: str | None,
    type_: Sequence[CommitmentType],
    status: str | None,
    conditional: bool | None,
    since: date | None,
    until: date | None,
    publisher: str | None,
    as_of: date | None,
    limit: int | None,
    output: Output | None,
    ledger_path: str | None,
) -> None:
    """List undertakings: who would do what, if what, by when.

    Statements of one undertaking are shown as one entry with every outlet that printed it. WORDS are looked for as in `said`.
    """
    from onrecord.render import listing

    output = output or "table"
    with options.opened(ledger_path) as ledger:
        rows = ledger.commitments(
            _query(words),
            by=by,
            to=to,
            type=type_,
            status=status,
            conditional=conditional,
            since=since,
            until=until,
            publisher=publisher,
            as_of=as_of,
            limit=options.fetched(limit, output),
        )
    listing.commitments(options.cut(rows, limit, output, what="commitments"), output=output)


@click.command(epilog="Example: onrecord articles --failed")
@click.option("--failed", is_flag=True, help="List the pages that could not be read instead, with the reason.")
@options.limit_option
@options.output_options
@options.ledger_option
def articles(*, failed: bool, limit: int | None, output: Output | None, ledger_path: str | None) -> None:
    """List what was read, or with --failed what was refused."""
    from onrecord.render import listing

    output = output or "table"
    with options.opened(ledger_path) as ledger:
        if failed:
            listing.refused(options.cut(ledger.refused(), limit, output, what="refused pages"), output=output)
        else:
            listing.articles(options.cut(ledger.articles(), limit, output, what="articles"), output=output)


@click.command(epilog="Example: onrecord show report.html --html > report-marked.html")
@click.argument("what", metavar="ID|FILE")
@click.option(
    "--html", is_flag=True, help="Print one HTML page that needs nothing else: for a browser, an e-mail, an archive."
)
@options.ledger_option
def show(what: str, *, html: bool, ledger_path: str | None) -> None:
    """Show an article with its statements marked.

    ID is that of an article, a statement or a commitment of the ledger; of the latter two only the text around them is shown. A FILE
    is read on the spot, without a ledger.
    """
    from onrecord.render import article, page

    findings, row_id = _found(what, ledger_path)
    if html:
        click.echo(page.page(findings).encode("utf-8"), nl=False)
    elif row_id is None:
        article.article(findings)
    else:
        article.row(findings, row_id)


@click.command(epilog="Example: onrecord cite s41f0c2a9be77d310")
@click.argument("id_", metavar="ID")
@click.option("--json", "output", flag_value="json", help="Print the facts as JSON.")
@click.option("--csl", "output", flag_value="csl", help="Print CSL-JSON, for Zotero, Pandoc and others.")
@options.ledger_option
def cite(id_: str, *, output: str | None, ledger_path: str | None) -> None:
    """Print a citation: who, the words as printed, where, when.

    The address, the hash of the text and what read it follow, so that it can be checked. ID is
    that of a statement, a commitment, an actor or an article.
    """
    from dataclasses import asdict

    from onrecord.render import citation

    with options.opened(ledger_path) as ledger:
        cited = ledger.cite(id_)
    if output is None:
        citation.citation(cited)
    else:
        click.echo(json.dumps([citation.csl(cited)] if output == "csl" else asdict(cited), indent=2))


@click.command(epilog='Example: onrecord query "SELECT act, count(*) AS n FROM v_said GROUP BY act"')
@click.argument("sql")
@options.output_options
@options.ledger_option
def query(sql: str, *, output: Output | None, ledger_path: str | None) -> None:
    """Ask the ledger in SQL; nothing can be changed.

    The views are described in the docs (docs/ledger.md); `onrecord query "SELECT name, sql FROM sqlite_schema"` lists them.
    """
    from onrecord.render import listing

    with options.opened(ledger_path) as ledger:
        answer = ledger.query(sql)
    if not answer.rows:
        tell("no rows")
    listing.table(answer, output=output or "table")


def _query(words: tuple[str, ...]) -> str | None:
    return " ".join(words) or None


def _found(what: str, ledger_path: str | None) -> tuple[Findings, str | None]:
    """Return the findings of a file or of the article that an id belongs to, and the id where it is of a row."""
    if Path(what).is_file():
        return _read(what), None
    with options.opened(ledger_path) as ledger:
        cited = ledger.cite(what)
        row = cited.id if cited.kind in {"statement", "commitment"} else None
        return ledger.findings(cited.article, cited.revision), row


def _read(path: str) -> Findings:
    """Read the one page of a file.

    Raises:
        PageError: the file cannot be read, or holds several pages.
    """
    from itertools import islice

    from onrecord import batch, files
    from onrecord.errors import PageError
    from onrecord.records import Refused

    pages = list(islice(files.pages([path]), 2))
    if len(pages) != 1:
        raise PageError(
            f"{path} holds {'several pages' if pages else 'no page'}, expected one; add it to a ledger, then show an article by its id"
        )
    found = batch.read_page(pages[0])
    if isinstance(found, Refused):
        raise PageError(f"{found.name}: {found.reason}")
    return found
