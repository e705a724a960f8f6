"""Lines on a console: wrapped between words, with a hanging indent, and no data that acts."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from pathfinder.cleaning import clean

WIDEST = 100
"""Lines longer than this are hard to read, however wide the terminal."""

LEAST = 20
"""Below so many columns lines may run over."""

NARROW = 60
"""Below so many columns tables are told line by line."""


def room(console: Console) -> int:
    """The columns to fill."""
    return max(LEAST, min(console.width, WIDEST))


def plain(text: str, style: str = "") -> Text:
    """Foreign text on one line, without control characters."""
    return Text(" ".join(clean(text).split()), style=style)


def put(console: Console, body: Text, marker: Text | str = "", indent: int = 0) -> None:
    """Print text after a marker such as a bullet, its further lines under the first word."""
    head = Text(" " * indent) + (marker if isinstance(marker, Text) else Text(marker))
    space = max(8, room(console) - head.cell_len)
    for place, row in enumerate(body.wrap(console, space, overflow="fold") or [Text()]):
        row.rstrip()
        console.print((head if place == 0 else Text(" " * head.cell_len)) + row, soft_wrap=True)


def put_labelled(console: Console, label: str, text: str) -> None:
    """Print `label: text`, the label in bold and further lines a little to the right."""
    body = Text.assemble(plain(f"{label}:", "bold"), " ", plain(text))
    first, *rest = body.wrap(console, room(console) - 2, overflow="fold")
    for row, before in ((first, ""), *((row, "  ") for row in rest)):
        row.rstrip()
        console.print(Text(before) + row, soft_wrap=True)


def gap(console: Console) -> None:
    """An empty line."""
    console.print()
