"""onrecord reads news and keeps the record: who said what, to whom, when, and on what condition."""

from __future__ import annotations

__version__ = "0.1.0"
