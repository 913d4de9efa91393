"""When two spellings are the same to a person: no case, accents, apostrophes or punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_POSSESSIVE = re.compile(r"(?<=\w)['’ʼ]s\b", re.IGNORECASE)
"""The end of "Lukashenko's" and of "it’s"; not that of "drivers'" or of "O'Shea"."""

_WORD = re.compile(r"[^\W_]+")

_LETTERS = str.maketrans(
    {
        **dict.fromkeys("'’‘ʼʹ′", None),
        # Letters that Unicode does not take apart, as newsrooms without them print them.
        "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ħ": "h", "Ħ": "H",
        "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th", "ı": "i",
    }
)  # fmt: skip


def fold(text: str) -> str:
    """Return the words of a text, folded, with one space between.

    A possessive ending becomes a word of its own, so that a name is found in either form; other apostrophes vanish.

    >>> fold("Lukashenko’s “cease-fire” won't hold, Wałęsa said")
    'lukashenko s cease fire wont hold walesa said'
    """
    return " ".join(_WORD.findall(plain(_POSSESSIVE.sub(" s", text)).casefold()))


def plain(text: str) -> str:
    """Return a text without accents and apostrophes, in Latin letters that every newsroom has.

    >>> plain("Lech Wałęsa, N’Djamena")
    'Lech Walesa, NDjamena'
    """
    text = text.translate(_LETTERS)
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def name_key(name: str) -> str:
    """Return what two names share when they are the same name: the folded words, or the bare name where it has no words."""
    return fold(name) or name.strip().casefold()


def names(wanted: str, candidates: Iterable[str]) -> bool:
    """Tell whether the folded words ``wanted`` stand, whole and in a row, in one of some names.

    >>> names("lukashenko", ["Alexander Lukashenko"]), names("lukashenko", ["Olga Lukashenkova"])
    (True, False)
    """
    return any(f" {wanted} " in f" {fold(name)} " for name in candidates)
