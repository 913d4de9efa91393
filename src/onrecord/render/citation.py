"""A citation: who, the words as printed, where, when, and how to check them; as text, JSON or CSL-JSON."""

from __future__ import annotations

from onrecord.ledger.rows import Citation
from onrecord.render.terminal import console, visible
from onrecord.render.wording import day, printed

Csl = dict[str, "Csl"] | list["Csl"] | str | int


def citation(cited: Citation) -> None:
    """Print a citation, one fact a line, so that it can be copied whole or in part."""
    from rich.text import Text

    screen = console()
    for line in lines(cited):
        screen.print(Text(visible(line)), soft_wrap=True)


def lines(cited: Citation) -> tuple[str, ...]:
    """Return a citation as lines: speaker, words, title, outlet and day, address, hash, versions, permalink."""
    where = ", ".join(filter(None, (cited.publisher, printed(cited))))
    return tuple(
        filter(
            None,
            (
                ", ".join(cited.speakers),
                cited.words,
                cited.title,
                where,
                cited.url or cited.path,
                f"Text sha256 {cited.sha256}, revision {cited.revision}",
                f"Read by {cited.version}",
                cited.permalink,
            ),
        )
    )


def csl(cited: Citation) -> dict[str, Csl]:
    """Return a citation as a CSL-JSON item, which Zotero, Pandoc and others read; the words stand in ``note``."""
    item: dict[str, Csl] = {"id": cited.permalink, "type": "article-newspaper", "note": _note(cited)}
    if cited.title:
        item["title"] = cited.title
    if cited.publisher:
        item["container-title"] = cited.publisher
    if published := day(cited.published):
        item["issued"] = {"date-parts": [[int(part) for part in published.split("-")]]}
    if cited.url:
        item["URL"] = cited.url
    return item


def _note(cited: Citation) -> str:
    speakers = ", ".join(cited.speakers)
    return f"{speakers}: {cited.words}" if speakers else cited.words
