"""Events as PLOVER records: the field names of "JSON Data Fields" in the PLOVER codebook, one record a line.

Source: openeventdata/PLOVER, ``PLOVER_MANUAL.tex``; as in its later drafts, ``actor`` takes the place of ``source``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from onrecord.records import Event, Findings, Mention, Place

PloverJson = dict[str, "PloverJson"] | list["PloverJson"] | str | float | None

_CONTEXT = {
    "did_not_happen": "negation", "denied": "negation", "planned": "future", "predicted": "future", "hypothetical": "hypothetical",
}  # fmt: skip
"""PLOVER tells what did not simply happen by a context; for an alleged event it has none."""


def lines(findings: Findings) -> Iterator[str]:
    """Yield one line of JSON for each event of an article."""
    for event in findings.events:
        yield json.dumps(_record(findings, event), separators=(",", ":"))


def _record(findings: Findings, event: Event) -> dict[str, PloverJson]:
    article = findings.article
    occurred = event.occurred
    contexts = ["historical"] if event.background else []
    contexts += [_CONTEXT[event.factuality]] if event.factuality in _CONTEXT else []
    return {
        "id": event.id,
        "date": occurred.earliest if occurred else None,
        "enddate": occurred.latest if occurred else None,
        "actor": _actor(findings, event.actor),
        "recipient": _actor(findings, event.recipient),
        "event": [event.type],
        "event_loc": _location(event.place),
        "event_text": [article.text[start:end] for start, end in event.trigger],
        "context": list(contexts),
        "cite_info": {
            "url": article.url,
            "title": article.title,
            "publication": article.publisher,
            "language": article.language,
            "coder": f"onrecord {findings.versions.onrecord}",
        },
    }


def _actor(findings: Findings, mention: Mention | None) -> list[PloverJson]:
    if mention is None:
        return []
    actor = next((a for a in findings.actors if a.id == mention.actor), None)
    found: dict[str, PloverJson] = {"actor_text": findings.article.text[slice(*mention.span)]}
    if actor:
        found |= {"code": actor.country, "sector": actor.sector, "identifier_text": actor.name, "office": actor.role}
    return [found]


def _location(place: Place | None) -> dict[str, PloverJson] | None:
    if place is None:
        return None
    return {"name": place.name, "latitude": place.latitude, "longitude": place.longitude, "cc3": place.country}
