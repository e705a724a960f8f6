"""Plain text in columns, for results that are read in a terminal or a log."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

WIDTH = 79


def wrapped(text: str, first: str = "", rest: str | None = None) -> list[str]:
    """A text in lines of at most `WIDTH` characters; `first` and `rest` indent its first and its other lines."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_on_hyphens=False,
        break_long_words=False,
    ) or [""]


def columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table: the first column to the left, the others to the right, two blanks between them."""
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    return [_row(row, widths) for row in (head, *rows)]


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    rest = (cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True))
    return "  " + "  ".join([cells[0].ljust(widths[0]), *rest])


def percent(share: float) -> str:
    """A share between 0 and 1 in percent, with one decimal; a trace is not rounded away to zero."""
    return "under 0.1%" if 0 < share < 0.0005 else f"{share:.1%}"
