"""The terminal: styles, wrapping, and what keeps a hostile page from writing to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

READING_WIDTH = 100
"""Lines of prose longer than this are tiring to read, however wide the terminal is."""

WIDEST = 100_000
"""A width at which no table is folded."""

STYLES = {
    "name": "bold",
    "act": "magenta",
    "condition": "yellow",
    "ascribed": "italic red",
    "label": "dim",
    "quiet": "dim",
    "source": "bold cyan",
    "cue": "italic magenta",
    "content": "green",
    "antecedent": "bold yellow",
    "consequent": "underline green",
    "clutter": "dim",
    "caption": "italic",
}

_UNPRINTABLE = re.compile(
    r"""[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]   # controls: an escape sequence could rewrite the screen
      | [\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]  # direction marks: they show words in another order than printed
      | [\ud800-\udfff]                            # lone surrogates cannot be written at all
    """,
    re.VERBOSE,
)
_BREAK = re.compile(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]")


def console(*, stderr: bool = False) -> Console:
    """Return the console of a stream: in colour on a terminal unless ``NO_COLOR`` is set, 80 columns wide elsewhere."""
    from rich.console import Console
    from rich.theme import Theme

    return Console(stderr=stderr, theme=Theme(STYLES), highlight=False, markup=False, emoji=False)


def visible(text: str) -> str:
    """Return text for one line of a terminal: line breaks and tabs as spaces, what could steer the terminal as U+FFFD.

    The length stays the same, so that spans hold.
    """
    return harmless(_BREAK.sub(" ", text))


def harmless(text: str) -> str:
    """Return text with what could steer a screen as U+FFFD; line breaks stay, and so does the length."""
    return _UNPRINTABLE.sub("\ufffd", text)


def wrapped(console: Console, text: Text, *, indent: int = 0, lead: Text | None = None) -> None:
    """Print text folded at the reading width and indented; ``lead`` stands in the indent of the first line."""
    from rich.text import Text

    width = max(20, min(console.width, READING_WIDTH) - indent)
    margin = Text(" " * indent)
    for number, line in enumerate(text.wrap(console, width) or [Text()]):
        line.rstrip()
        first = margin if lead is None or number else lead
        # Not `first + line`: the whole would take on the style of its first part.
        console.print(Text.assemble(first, line), soft_wrap=True)


def unpadded(console: Console, renderable: RenderableType) -> None:
    """Print a table; where it is piped, at its natural width and without blanks at line ends."""
    from rich.text import Text

    if console.is_terminal:
        console.print(renderable)
        return
    options = console.options.update(width=WIDEST)
    for line in console.render_lines(renderable, options, pad=False):
        console.print(Text("".join(segment.text for segment in line).rstrip()), soft_wrap=True)
