"""Every error that onrecord raises on purpose.

    OnRecordError
      UsageError            the command or call is worded wrongly                     exit 2
      PageError             one page cannot be read; a batch goes on without it       exit 3
      LedgerError           the ledger cannot do what was asked                       exit 1
        NotALedger            the file is something else
        NotFound              no row has that id
      ReaderError           the language model or a table is missing or broken        exit 1

A message says what happened, the value, what was expected, and what to do next.
"""

from __future__ import annotations


class OnRecordError(Exception):
    """Base of all errors that a user can do something about."""


class UsageError(OnRecordError):
    """The command or call is worded wrongly."""


class PageError(OnRecordError):
    """One page cannot be read as an article; the message is the reason."""


class LedgerError(OnRecordError):
    """The ledger cannot do what was asked of it."""


class NotALedger(LedgerError):
    """The file exists and is no ledger of ours, or is one of a newer release."""


class NotFound(LedgerError):
    """No row of the ledger has that id."""


class ReaderError(OnRecordError):
    """The language model or a table of the package is missing or broken."""
