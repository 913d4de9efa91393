"""Findings as JSON: encoding, decoding, and the JSON Schema that both obey."""

from __future__ import annotations

import dataclasses
import json
from functools import cache
from typing import TYPE_CHECKING, cast

from onrecord.errors import PageError
from onrecord.records import Findings

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


def encode(findings: Findings) -> str:
    """Return findings as one compact line of ASCII JSON, without the line break."""
    return json.dumps(dataclasses.asdict(findings), ensure_ascii=True, separators=(",", ":"))


def decode(line: str | bytes) -> Findings:
    """Return the findings that a line of JSON holds.

    Raises:
        PageError: the line is no Findings object, or holds a field that would be lost; the message names the field.
    """
    from pydantic import ValidationError

    try:
        raw: Json = json.loads(line)
    except ValueError as error:
        raise PageError(f"not JSON: {error}") from error
    try:
        findings = _adapter().validate_python(_as_tuples(raw))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the object"
        raise PageError(f"not Findings JSON: {where}: {first['msg']}; see `onrecord schema`") from error
    lost = _difference(raw, json.loads(encode(findings)))
    if lost is not None:
        raise PageError(
            f"not Findings JSON: {lost} is not a field of this release or not of its type; see `onrecord schema`"
        )
    return findings


def json_schema() -> dict[str, Json]:
    """Return the JSON Schema (draft 2020-12) of one line of ``onrecord extract``."""
    schema = cast("dict[str, Json]", _adapter().json_schema(mode="serialization"))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


@cache
def _adapter() -> TypeAdapter[Findings]:
    from pydantic import TypeAdapter

    return TypeAdapter(Findings)


def _as_tuples(value: Json) -> object:
    if isinstance(value, list):
        return tuple(map(_as_tuples, value))
    if isinstance(value, dict):
        return {key: _as_tuples(inner) for key, inner in value.items()}
    return value


def _difference(before: Json, after: Json, path: str = "") -> str | None:
    """Return the path of the first place where two JSON values differ, None where they are equal."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(k for k in after if k not in before)]:
            here = f"{path}.{key}" if path else key
            if key not in before or key not in after:
                return here
            found = _difference(before[key], after[key], here)
            if found is not None:
                return found
        return None
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            found = _difference(one, other, f"{path}[{index}]")
            if found is not None:
                return found
        return None
    # 1 is 1.0 in JSON and in its Schema; true, which is 1 to Python, is not.
    same = before == after and isinstance(before, bool) is isinstance(after, bool)
    return None if same else path or "the object"
