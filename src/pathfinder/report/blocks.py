"""A report as plain blocks, before anybody decides whether it becomes Markdown or a screen."""

from __future__ import annotations

from msgspec import Struct


class Span(Struct, frozen=True):
    """A stretch of text, which may be strong. The text is data: whoever renders it escapes it."""

    text: str
    strong: bool = False


Line = tuple[Span, ...]


class Heading(Struct, frozen=True):
    """A heading; level 1 is the title, 2 a section, 3 a part of one."""

    level: int
    text: str


class Paragraph(Struct, frozen=True):
    """One paragraph."""

    line: Line


class Item(Struct, frozen=True):
    """A list item with lines of detail below it; `done` makes it a box to tick, ticked or not."""

    line: Line
    details: tuple[Line, ...] = ()
    done: bool | None = None


class Items(Struct, frozen=True):
    """A list."""

    items: tuple[Item, ...]


class Table(Struct, frozen=True):
    """A table whose first column names the row; the other cells are short."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Items | Table


def line(*parts: str | Span) -> Line:
    """A line out of plain text and spans; empty parts are left out."""
    spans = [Span(part) if isinstance(part, str) else part for part in parts if part]
    return tuple([span for span in spans if span.text])


def strong(text: str) -> Span:
    """Strong text."""
    return Span(text, True)


def paragraph(*parts: str | Span) -> Paragraph:
    """A paragraph out of plain text and spans."""
    return Paragraph(line(*parts))
