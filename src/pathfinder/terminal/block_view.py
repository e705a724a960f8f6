"""Report blocks on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from pathfinder.report.blocks import Block, Heading, Items, Line, Paragraph, Table
from pathfinder.terminal.lines import NARROW, gap, plain, put, room


def show_blocks(console: Console, blocks: Iterable[Block]) -> None:
    """Print blocks one below the other."""
    after: Block | None = None
    for block in blocks:
        if not isinstance(after, Heading) and after is not None and not _belongs(after, block):
            gap(console)
        _show(console, block)
        after = block


def _belongs(before: Block, block: Block) -> bool:
    """A list stands directly under the paragraph that introduces it."""
    return isinstance(before, Paragraph) and isinstance(block, Items)


def _show(console: Console, block: Block) -> None:
    match block:
        case Heading(level, text):
            put(console, plain(text, "bold"))
            if level < 3:
                put(console, Text("-" * min(cell_len(plain(text).plain), room(console))))
        case Paragraph(line):
            put(console, styled(line))
        case Items():
            _items(console, block)
        case Table():
            show_table(console, block)


def _items(console: Console, block: Items) -> None:
    for item in block.items:
        box = "- " if item.done is None else "[x] " if item.done else "[ ] "
        put(console, styled(item.line), box)
        for detail in item.details:
            put(console, styled(detail), indent=len(box))


def styled(line: Line) -> Text:
    """A line with its strong spans in bold."""
    text = Text()
    for span in line:
        before = " " if span.text[:1].isspace() and text else ""
        after = " " if span.text[-1:].isspace() else ""
        text.append(before)
        text.append_text(plain(span.text, "bold" if span.strong else ""))
        text.append(after)
    return text


def show_table(console: Console, table: Table) -> None:
    """A table where there is room for it, otherwise each row as lines of its own."""
    cells = [tuple(plain(cell).plain for cell in row) for row in (table.columns, *table.rows)]
    widths = [max(cell_len(row[place]) for row in cells) for place in range(len(table.columns))]
    if room(console) < NARROW or sum(widths) + 2 * (len(widths) - 1) > room(console):
        _stacked(console, cells)
        return
    for row in cells:
        padded = [_padded(cell, width, place > 0) for place, (cell, width) in enumerate(zip(row, widths, strict=True))]
        console.print(Text("  ".join(padded).rstrip(), style="bold" if row is cells[0] else ""), soft_wrap=True)


def _padded(cell: str, width: int, right: bool) -> str:
    blanks = " " * (width - cell_len(cell))
    return blanks + cell if right else cell + blanks


def _stacked(console: Console, cells: list[tuple[str, ...]]) -> None:
    columns, *rows = cells
    for row in rows:
        told = ", ".join(f"{column} {cell}" for column, cell in zip(columns[1:], row[1:], strict=True) if cell)
        put(console, Text(row[0] + ": ", style="bold").append(told, style="not bold"))
