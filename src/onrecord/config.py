"""Settings, and where each came from: the command line, the environment, or the default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

LEDGER_VARIABLE = "ONRECORD_LEDGER"
DEFAULT_LEDGER = "onrecord.db"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting in force; ``detail`` names the option or the variable that set it, or why the default stands."""

    name: Literal["ledger", "workers", "colour"]
    value: str
    origin: Literal["option", "environment", "default"]
    detail: str


def ledger(given: str | None = None, environ: Mapping[str, str] = os.environ) -> Setting:
    """Return the path of the ledger: as given, else ``ONRECORD_LEDGER``, else ``onrecord.db`` in the current folder."""
    if given:
        return Setting("ledger", given, "option", "--ledger")
    if environ.get(LEDGER_VARIABLE):
        return Setting("ledger", environ[LEDGER_VARIABLE], "environment", LEDGER_VARIABLE)
    return Setting("ledger", DEFAULT_LEDGER, "default", f"neither --ledger nor {LEDGER_VARIABLE} is set")


def workers() -> Setting:
    """Return how many processes read at once where no ``--workers`` is given."""
    return Setting("workers", str(os.cpu_count() or 1), "default", "one for each core; --workers N on extract and add")


def colour(environ: Mapping[str, str] = os.environ) -> Setting:
    """Return whether a terminal is written to in colour; any value of ``NO_COLOR`` but the empty one says no."""
    if environ.get("NO_COLOR"):
        return Setting("colour", "no", "environment", "NO_COLOR")
    return Setting("colour", "on a terminal", "default", "NO_COLOR is not set")
