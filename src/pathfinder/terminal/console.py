"""The console that everything is drawn on: colour where it is wanted, and nothing in data acts as markup."""

from __future__ import annotations

import io
import os
import shutil
import sys
from typing import Literal

from rich.console import Console

_DUMB = ("dumb", "unknown")


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the program's one error boundary, where rich would exit by itself."""
        raise BrokenPipeError from None


def console(
    stderr: bool = False, color: Literal["auto", "always", "never"] = "auto", width: int | None = None
) -> Console:
    """A console on standard output, or on standard error.

    `auto` colours on a terminal unless NO_COLOR is set or TERM says that it is dumb; `always` overrules both.
    `width` in columns overrules the terminal's own. Characters that the stream cannot encode become `?`.
    """
    stream = sys.stderr if stderr else sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")
    dumb = os.environ.get("TERM", "").lower() in _DUMB
    plain = color == "never" or (color == "auto" and (dumb or bool(os.environ.get("NO_COLOR"))))
    own = shutil.get_terminal_size()
    if width is None and dumb:
        width = own.columns
    return _Console(
        stderr=stderr,
        color_system=None if plain else "standard" if color == "always" else "auto",
        force_terminal=True if color == "always" else None,
        no_color=plain,
        width=width,
        # rich takes every dumb terminal to be 80 columns wide unless it is told both
        height=own.lines if dumb else None,
        markup=False,
        highlight=False,
        emoji=False,
    )
