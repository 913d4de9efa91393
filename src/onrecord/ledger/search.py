"""What a person types into a search, as a query that FTS5 takes: the input itself never reaches it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, product

from onrecord.errors import UsageError
from onrecord.folding import fold

_MARKS = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_TOKEN = re.compile(r'"(?P<phrase>[^"]*)"?|(?P<parenthesis>[()])|(?P<word>[^\s"()]+)')
"""A phrase (its last mark may be missing), a parenthesis, or anything else up to white space: ``cease-fire``, ``km/h``, ``AND``."""

_OPERATORS = ("AND", "OR", "NOT")
_DEEPEST = 50
_MOST_SPELLINGS = 16


def query(words: str, columns: Sequence[str]) -> str:
    """Return the FTS5 query for words, "exact phrases", AND, OR, NOT and parentheses, in some columns.

    Words side by side must all occur. A missing quotation mark or closing parenthesis is taken to stand at the end.

    Raises:
        UsageError: there is nothing to look for, or an operator has nothing beside it.
    """
    reader = _Reader(words)
    return _in_columns(columns, reader.whole())


def phrase(words: str, columns: Sequence[str], *, option: str) -> str:
    """Return the FTS5 query for words that must stand in a row.

    Raises:
        UsageError: there is no letter or digit in them.
    """
    return _in_columns(columns, _phrase(folded(words, option=option)))


def folded(words: str, *, option: str) -> str:
    """Return the folded words of an option's value.

    Raises:
        UsageError: there is no letter or digit in them.
    """
    result = fold(words)
    if not result:
        raise UsageError(f"{option} is {words!r}, which has no letter or digit to look for")
    return result


class _Reader:
    """Reads a search from left to right; OR binds loosest, then words side by side and AND, then NOT."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._tokens = list(_tokens(words))
        self._next = 0
        self._depth = 0

    def whole(self) -> str:
        parts = []
        while self._peek() is not None:
            if self._peek() == ")":  # closes nothing: left out
                self._next += 1
            else:
                parts.append(self._any_of())
        if not parts:
            raise UsageError(f"the search {self._words!r} has no letter or digit to look for")
        return " AND ".join(parts)

    def _any_of(self) -> str:
        parts = [self._all_of()]
        while self._peek() == "OR":
            self._next += 1
            parts.append(self._all_of())
        return f"({' OR '.join(parts)})"

    def _all_of(self) -> str:
        parts: list[str] = []
        while (sign := self._peek()) not in (None, "OR", ")"):
            if sign in ("AND", "NOT"):
                if not parts:
                    raise self._alone(sign)
                self._next += 1
            operand = self._operand(sign)
            parts = [f"(({' AND '.join(parts)}) NOT {operand})"] if sign == "NOT" else [*parts, operand]
        if not parts:
            raise self._alone("OR")
        return f"({' AND '.join(parts)})"

    def _operand(self, before: str | None) -> str:
        sign = self._peek()
        if sign is None or sign in _OPERATORS or sign == ")":
            raise self._alone(before)
        self._next += 1
        if sign != "(":
            return _phrase(sign.removeprefix('"'))
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UsageError(f"the search has more than {_DEEPEST} parentheses inside one another; use fewer")
        inner = self._any_of()
        self._depth -= 1
        self._next += self._peek() == ")"
        return inner

    def _peek(self) -> str | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _alone(self, operator: str | None) -> UsageError:
        return UsageError(
            f"{operator} stands without words on both sides of it in the search {self._words!r};"
            f' to look for the word itself write it in small letters or as "{operator}"'
        )


def _tokens(words: str) -> Iterator[str]:
    """Yield operators and parentheses as they are, and what is looked for folded, with a quotation mark before it."""
    for match in _TOKEN.finditer(words.translate(_MARKS)):
        text = match["phrase"] or match["word"] or ""
        if match["parenthesis"] or match["word"] in _OPERATORS:
            yield match[0]
        elif fold(text):
            yield f'"{fold(text)}'


def _phrase(words: str) -> str:
    """Return the FTS5 query for folded words in a row, in every spelling with and without a possessive apostrophe."""
    spellings = islice(product(*_alternatives(words.split())), _MOST_SPELLINGS)
    return "(" + " OR ".join(f'"{" ".join(sum(spelling, ()))}"' for spelling in spellings) + ")"


def _alternatives(words: list[str]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Yield the forms of each word: "its" is also "it s", which is how "it's" is folded, and the reverse."""
    index = 0
    while index < len(words):
        word = words[index]
        if words[index + 1 : index + 2] == ["s"]:
            yield ((word, "s"), (word + "s",))
            index += 1
        elif word.endswith("s") and len(word) > 1:
            yield ((word,), (word[:-1], "s"))
        else:
            yield ((word,),)
        index += 1


def _in_columns(columns: Sequence[str], expression: str) -> str:
    return f"{{{' '.join(columns)}}} : ({expression})"
