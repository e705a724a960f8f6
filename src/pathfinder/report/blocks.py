"""A report as plain blocks, before anybody decides whether it becomes Markdown or a screen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """A stretch of text, which may be strong. The text is data: whoever renders it escapes it."""

    text: str
    strong: bool = False


Line = tuple[Span, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title, 2 a section, 3 a part of one."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph."""

    line: Line


@dataclass(frozen=True)
class Item:
    """A list item with lines of detail below it; `done` makes it a box to tick, ticked or not."""

    line: Line
    details: tuple[Line, ...] = ()
    done: bool | None = None


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple[Item, ...]


@dataclass(frozen=True)
class Table:
    """A table whose first column names the row; the other cells are short."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Items | Table


def line(*parts: str | Span) -> Line:
    """A line out of plain text and spans; empty parts are left out."""
    spans = (part if isinstance(part, Span) else Span(part) for part in parts)
    return tuple(span for span in spans if span.text)


def strong(text: str) -> Span:
    """Strong text."""
    return Span(text, True)


def paragraph(*parts: str | Span) -> Paragraph:
    """A paragraph out of plain text and spans."""
    return Paragraph(line(*parts))
