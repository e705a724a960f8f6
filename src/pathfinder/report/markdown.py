"""A report as Markdown. Nothing in the data can act as Markdown or HTML: every text is escaped here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from pathfinder.assessment.results.assessment import Assessment
from pathfinder.cleaning import clean
from pathfinder.report.blocks import Block, Heading, Item, Items, Line, Paragraph, Table
from pathfinder.report.document import document

_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#|~&$^=%@]")
_JOINED_COLON = re.compile(r":(?=\S)")
"""A colon in a link (`https://`) or an emoji name; one that is followed by a space does nothing."""
_NUMBER = re.compile(r"[-+]?[\d.]+")
_WEB_NAME = re.compile(r"(?i)(www)\.")
_STARTS_BLOCK = re.compile(r"^([-+:])(?=[-+:\s]|$)")
_STARTS_NUMBER = re.compile(r"^(\(?(?:\d{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]{1,6}))([.)])(?=\s|$)")


def to_markdown(assessment: Assessment, date: date | None) -> str:
    """The report in full, for a mentor to read; the same assessment and date always give the same text. Without a date
    it does not say when it was made."""
    return blocks_as_markdown(document(assessment, date))


def blocks_as_markdown(blocks: Iterable[Block]) -> str:
    """Any blocks as a Markdown document."""
    return "\n\n".join(_rendered(block) for block in blocks) + "\n"


@lru_cache(maxsize=8192)  # most texts are the rule base's and come again in the next report
def escape(text: str) -> str:
    """Text on one line in which nothing acts as Markdown or HTML, in a paragraph, a heading, a list or a cell.

    Only what could act is escaped, so that ordinary prose stays readable as it is.
    """
    folded = " ".join(clean(text).split())
    safe = _ACTIVE.sub(lambda found: "\\" + found[0], folded)
    safe = _JOINED_COLON.sub(r"\\:", safe)
    safe = _WEB_NAME.sub(r"\1\\.", safe)
    safe = _STARTS_BLOCK.sub(r"\\\1", safe)
    return _STARTS_NUMBER.sub(r"\1\\\2", safe)


def _rendered(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {escape(text)}"
        case Paragraph(line):
            return _line(line)
        case Items(items):
            return "\n".join([row for item in items for row in _item(item)])
        case Table(columns, rows):
            numeric = [all(_NUMBER.fullmatch(row[place]) for row in rows) for place in range(len(columns))]
            rule = "| " + " | ".join("--:" if right else "---" for right in numeric) + " |"
            return "\n".join([_row(columns), rule, *(_row(row) for row in rows)])


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join([escape(cell) for cell in cells]) + " |"


def _item(item: Item) -> list[str]:
    box = "" if item.done is None else "[x] " if item.done else "[ ] "
    return [f"- {box}{_line(item.line)}", *[f"  - {_line(detail)}" for detail in item.details]]


def _line(line: Line) -> str:
    """A line with its strong spans; the blanks around a span stay outside its stars."""
    if len(line) == 1:  # most are a single span, and what is escaped has no blanks around it
        text = escape(line[0].text)
        return f"**{text}**" if line[0].strong and text else text
    parts = []
    for span in line:
        text = escape(span.text)
        if span.strong and text:
            text = f"**{text}**"
        before = " " if span.text[:1].isspace() else ""
        after = " " if span.text[-1:].isspace() else ""
        parts.append(before + text + after)
    return "".join(parts).strip()
