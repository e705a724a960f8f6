"""The standard streams, some of which may have been closed before the program began."""

from __future__ import annotations

import errno
import os
import sys

FULL = {getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EFBIG") if hasattr(errno, name)}
"""What a system says when there is no room for what is written to standard output."""


def with_streams() -> None:
    """Put something in the place of standard output and standard error where they were closed, so that what is said
    goes nowhere: not to the other one, and not into a file that happens to get their number."""
    if sys.stdin is None:
        os.open(os.devnull, os.O_RDONLY)  # takes the lowest number that is free
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


def written_out() -> OSError | None:
    """Write out what the standard streams still hold; what nobody can read any more goes nowhere.

    Gives the error where there is no room for the results; the interpreter would end with a code of its own.
    """
    full = None
    for stream in (sys.stderr, sys.stdout):
        try:
            stream.flush()
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
            if stream is sys.stdout and error.errno in FULL:
                full = error
    return full
