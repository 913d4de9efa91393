"""docs/commands.md and ``--help`` say the same, and its examples run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from onrecord.cli import main

DOCS = (Path(__file__).parent.parent / "docs" / "commands.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", DOCS, re.MULTILINE | re.DOTALL))
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")
EXAMPLES = re.findall(r"^```sh\n(.*?)^```", DOCS, re.MULTILINE | re.DOTALL)


def documented(name: str) -> set[str]:
    """Return the options that a command's section lists: those in code at the beginning of its bullets."""
    bullets = re.findall(r"^- (.*?)(?=^- |^  - |\n\n|\Z)", SECTIONS[name], re.MULTILINE | re.DOTALL)
    heads = [re.match(r"(?:`[^`]+`(?:, (?:\n  )?)?)+", bullet) for bullet in bullets]
    return {option for head in heads if head for option in OPTION.findall(head.group())}


def test_every_command_has_its_section_in_the_order_of_use() -> None:
    assert [title for title in SECTIONS if title in main.commands] == [
        n for n in SECTIONS if n != "What they have in common"
    ]
    assert set(main.commands) == set(SECTIONS) - {"What they have in common"}


@pytest.mark.parametrize("name", list(main.commands))
def test_docs_and_help_agree_on_options(name: str) -> None:
    options = (p for p in main.commands[name].params if isinstance(p, click.Option))
    assert documented(name) == {o for option in options for o in (*option.opts, *option.secondary_opts)}


@pytest.mark.parametrize("name", list(main.commands))
def test_every_section_has_an_example_of_its_command(name: str) -> None:
    assert re.search(rf"^```sh\n(?:.*\n)*?onrecord {name}\b", SECTIONS[name], re.MULTILINE)


@pytest.mark.parametrize("name", list(main.commands))
def test_the_example_of_every_help_is_worded_rightly(name: str) -> None:
    example = main.commands[name].epilog or ""
    words = shlex.split(example.removeprefix("Example: onrecord "))
    end = next((n for n, word in enumerate(words) if word in {"|", ">", ">>"}), len(words))
    command = main.commands[name]
    assert words[0] == name
    command.make_context(name, words[1:end])


@pytest.mark.parametrize("name", ["said", "commitments", "add", "export"])
def test_choices_are_listed_in_the_docs(name: str) -> None:
    for option in main.commands[name].params:
        if isinstance(option.type, click.Choice):
            assert all(re.search(rf"\b{choice}\b", SECTIONS[name]) for choice in option.type.choices), option.name


def test_no_id_is_printed_that_the_next_release_would_not_find() -> None:
    assert re.findall(r"\b[a-z]?[0-9a-f]{16}\b", DOCS) == []


@pytest.mark.model
def test_the_examples_run_in_order(tmp_path: Path) -> None:
    script = f'set -e\nonrecord() {{ {sys.executable} -m onrecord "$@"; }}\npython() {{ {sys.executable} "$@"; }}\n'
    script += "\n".join(EXAMPLES)
    ran = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr
    for made in (
        "onrecord-demo.db",
        "news.db",
        "report-marked.html",
        "findings.jsonl",
        "tables/statements.csv",
        "findings.schema.json",
    ):
        assert (tmp_path / made).stat().st_size > 0
