from __future__ import annotations

import dataclasses
import json

import jsonschema
import pytest
from hypothesis import given, settings
from ledger_findings import made_up, rich

from onrecord.errors import PageError
from onrecord.records import Findings
from onrecord.schema import decode, encode, json_schema

RICH = rich()


def test_a_line_is_compact_ascii_without_a_break() -> None:
    line = encode(RICH)
    assert line.isascii()
    assert "\n" not in line
    assert json.loads(line)["article"]["text"] == RICH.article.text


@given(made_up())
@settings(max_examples=50, deadline=None)
def test_what_is_encoded_comes_back_equal_and_obeys_the_schema(some: Findings) -> None:
    assert decode(encode(some)) == some
    jsonschema.validate(json.loads(encode(some)), json_schema())


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ("[]", "not Findings JSON"),
        ("{}", "article"),
        (encode(RICH).replace('"act":"', '"act":"x', 1), "act"),
        (encode(RICH).replace('"statements":', '"mood":"bad","statements":', 1), "mood"),
        (encode(RICH).replace('"confidence":', '"confidence":"high","was":', 1), "confidence"),
    ],
)
def test_what_would_be_lost_is_refused_by_name(line: str, message: str) -> None:
    with pytest.raises(PageError, match=message):
        decode(line)


@pytest.mark.parametrize(
    ("value", "accepted", "why"),
    [
        ("1.0", True, "a float"),
        ("1", True, "the same number, as JavaScript writes it"),
        ("true", False, "1 to Python, but no number"),
        ('"1"', False, "a text"),
        ("null", False, "nothing"),
    ],
)
def test_a_number_is_what_the_json_schema_calls_one(value: str, accepted: bool, why: str) -> None:
    raw = json.loads(encode(RICH))
    raw["statements"][0]["confidence"] = json.loads(value)
    line = json.dumps(raw)
    validator = jsonschema.Draft202012Validator(json_schema())
    assert validator.is_valid(json.loads(line)) is accepted, why
    if accepted:
        assert decode(line).statements[0].confidence == 1, why
    else:
        with pytest.raises(PageError, match="confidence"):
            decode(line)


def test_every_field_of_the_records_is_in_the_schema() -> None:
    schema = json_schema()
    assert isinstance(schema["$defs"], dict)
    statement = schema["$defs"]["Statement"]
    assert isinstance(statement, dict)
    assert isinstance(statement["properties"], dict)
    assert list(statement["properties"]) == [field.name for field in dataclasses.fields(RICH.statements[0])]
