"""The boundary between the program and the shell: what a command raises becomes one line on stderr and an exit code.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but some inputs failed, 130 interrupted.
"""

from __future__ import annotations

import errno
import os
import sys

import click

from onrecord.errors import OnRecordError, UsageError

SOME_FAILED = 3
INTERRUPTED = 130


class Boundary(click.Group):
    """The group of all commands, in the order in which they are best learnt; errors that a user can mend end here.

    What is our mistake and not the world's stays a traceback.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which they were added."""
        del ctx
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            result: object = super().invoke(ctx)
            sys.stdout.flush()
        except UsageError as error:
            _tell(error)
            ctx.exit(2)
        except OnRecordError as error:
            _tell(error)
            ctx.exit(1)
        except KeyboardInterrupt:
            tell("interrupted")
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            # Whoever read our output has had enough (`| head`). What is still buffered must not be tried again at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except SystemExit as end:
            # Rich ends the program itself on a broken pipe, after doing the same, and calls it a failure.
            if not isinstance(end.__context__, BrokenPipeError):
                raise
            ctx.exit(0)
        except OSError as error:
            if error.filename is None and error.errno != errno.ENOSPC:
                raise
            _tell(_disk(error))
            ctx.exit(1)
        return result


def tell(message: str) -> None:
    """Say something to the person at the terminal, on stderr; stdout is for data."""
    from onrecord.render.terminal import visible

    click.echo(visible(message), err=True)


def _tell(problem: OnRecordError | str) -> None:
    tell(f"onrecord: {problem}")


def _disk(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return f"no space left on the device{f' for {error.filename}' if error.filename else ''}; free some and run the command again"
    return f"{error.filename}: {error.strerror}; check the path and its permissions"
