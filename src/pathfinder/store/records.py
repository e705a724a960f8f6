"""The records of a CSV text, each with the row a spreadsheet shows and its line; a broken one spoils no other.

A quotation mark that is never closed would make one cell of everything below it. So a record that cannot be right is
given up at its first line, and reading goes on at the next line.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from pathfinder.errors import Problem
from pathfinder.store.lines import Line

QUOTE = '"'

MOST_LINES = 20
"""A record runs over at most so many lines."""

_OPEN = Problem(
    "a quotation mark is opened here and not closed as it should be",
    'Close the cell with one, and write a quotation mark inside a cell twice ("")',
)
_HUGE = Problem("a cell is too long to be read", "Answers need far less; check the row")


@dataclass(frozen=True)
class Record:
    """One row of a table: its cells, or the `flaw` because of which they cannot be told apart."""

    row: int
    line: int
    cells: tuple[str, ...]
    flaw: Problem | None = None


@dataclass(frozen=True)
class Plain:
    """Records on lines of their own: the row and the line of the first, and the cells of each."""

    row: int
    line: int
    cells: list[list[str]]

    def record(self, place: int) -> Record:
        """One of them, by its place from 0."""
        return Record(self.row + place, self.line + place, tuple(self.cells[place]))


class Rows(Protocol):
    """The rows of a table, read once: from CSV, or from a form that is no text."""

    fits: Callable[[list[str]], bool]

    def __iter__(self) -> Iterator[Record]: ...

    def __next__(self) -> Record: ...

    def plain(self, count: int) -> Plain | None:
        """See `Records.plain`."""
        ...


class Records:
    """The records in some lines. Set `fits` to say whether cells that run over several lines can be a row."""

    def __init__(self, lines: Iterator[Line], delimiter: str) -> None:
        self._lines, self._delimiter = lines, delimiter
        self._again: deque[Line] = deque()
        self._row = 0
        self.fits: Callable[[list[str]], bool] = lambda _cells: True

    def __iter__(self) -> Iterator[Record]:
        return self

    def __next__(self) -> Record:
        """The next record; a blank line is one without cells."""
        taken: list[Line] = []
        flaw: Problem | None = None
        cells: list[str] = []
        try:
            cells = next(csv.reader(self._feed(taken), delimiter=self._delimiter, strict=True))
            if len(taken) > 1 and not self.fits(cells):
                flaw = _OPEN
        except _FlawedLineError as error:
            flaw = error.flaw if len(taken) == 1 else _OPEN
        except csv.Error as error:
            flaw = _HUGE if "limit" in str(error) else _OPEN
        self._row += 1
        if flaw is None:
            return Record(self._row, taken[0].number, tuple(cells))
        self._again.extendleft(reversed(taken[1:]))
        return Record(self._row, taken[0].number, (), flaw)

    def plain(self, count: int) -> Plain | None:
        """The next `count` records, or as many as there are, read at once; None where any of them is flawed or runs
        over several lines, and then nothing is taken."""
        taken = [self._again.popleft() for _ in range(min(count, len(self._again)))]
        taken += islice(self._lines, count - len(taken))
        cells = self._parted([line.text for line in taken])
        if len(cells) != len(taken) or any(line.flaw is not None for line in taken):
            self._again.extendleft(reversed(taken))
            return None
        found = Plain(self._row + 1, taken[0].number if taken else 0, cells)
        self._row += len(taken)
        return found

    def _parted(self, texts: list[str]) -> list[list[str]]:
        """The cells of some lines, or none where a record is flawed."""
        if not any(QUOTE in text or len(text) > csv.field_size_limit() for text in texts):
            return [text.rstrip("\r\n").split(self._delimiter) for text in texts]
        try:
            return list(csv.reader(texts, delimiter=self._delimiter, strict=True))
        except csv.Error:
            return []

    def _feed(self, taken: list[Line]) -> Iterator[str]:
        """Lines for one record, kept in `taken` so that they can be read again."""
        while len(taken) < MOST_LINES:
            line = self._again.popleft() if self._again else next(self._lines, None)
            if line is None:
                return
            taken.append(line)
            if line.flaw is not None:
                raise _FlawedLineError(line.flaw)
            yield line.text


class _FlawedLineError(Exception):
    def __init__(self, flaw: Problem) -> None:
        self.flaw = flaw
        super().__init__(flaw.message)
