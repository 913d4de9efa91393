"""The command ``onrecord``: each command reads its options, calls the library, and shows the answer.

What is slow to import is imported inside the commands, so that ``onrecord --help`` answers at once.
"""

from __future__ import annotations

import click

from onrecord import __version__
from onrecord.cli.asking import articles, cite, commitments, query, said, show
from onrecord.cli.boundary import Boundary
from onrecord.cli.demo import demo
from onrecord.cli.keeping import completion, export, forget, info, schema, verify
from onrecord.cli.reading import add, extract

__all__ = ["main"]


@click.group(cls=Boundary, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Read news and keep the record: who said what, to whom, when, and on what condition.

    New here? `onrecord demo` reads a few sample reports and shows what comes of them.
    """


for _command in (
    demo, add, said, commitments, show, cite, articles, query, export, extract, forget, verify, info, schema, completion,
):  # fmt: skip
    main.add_command(_command)
