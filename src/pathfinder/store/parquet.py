"""The rows of a Parquet table, some thousands at a time, as the cells that a CSV table would have.

So a person in Parquet is read, and their problems told, by the very code that reads a row of CSV.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pathfinder.errors import InputError, refused
from pathfinder.store.records import Plain, Record

if TYPE_CHECKING:
    import polars as pl

ENDING = ".parquet"

BATCH = 20_000
"""Rows that are in memory as cells."""


def is_parquet(path: Path | str) -> bool:
    """Whether an input is a Parquet table by its name: a file, or the folder of files that an engine makes of one."""
    return str(path).lower().rstrip("/\\").endswith(ENDING)


class ParquetRows:
    """The rows of a Parquet table, the names of its columns first as row 1, so that rows count as in a spreadsheet.

    Raises `InputError` where polars is not installed or the table cannot be read.
    """

    def __init__(self, path: Path, shown: str) -> None:
        self.shown = shown
        self.fits: Callable[[list[str]], bool] = lambda _cells: True
        self._row, self._read = 0, 0
        try:
            import polars
        except ImportError:
            remedy = "Install it with: pip install 'career-pathfinder[cohort]'"
            raise refused("reading Parquet needs polars", remedy, shown) from None
        self._wrong = (polars.exceptions.PolarsError, OSError)
        files = _files(path, shown)
        try:
            self._frame = polars.scan_parquet(files, glob=False)
            names = self._frame.collect_schema().names()
            self._size = int(self._frame.select(polars.len()).collect().item())
        except self._wrong as error:
            raise self._unreadable(error) from None
        self._waiting = deque([names])

    def share(self) -> float | None:
        """How much of it has been read, 0 to 1."""
        return min(1.0, self._row / (self._size + 1))

    def __iter__(self) -> Iterator[Record]:
        return self

    def __next__(self) -> Record:
        """The next row."""
        found = self.plain(1)
        if not found.cells:
            raise StopIteration
        return found.record(0)

    def plain(self, count: int) -> Plain:
        """The next `count` rows, or as many as there are."""
        while len(self._waiting) < count and (batch := self._next_batch()) is not None:
            self._waiting.extend(_cells(batch))
        cells = [self._waiting.popleft() for _ in range(min(count, len(self._waiting)))]
        found = Plain(self._row + 1, self._row + 1, cells)
        self._row += len(cells)
        return found

    def _next_batch(self) -> pl.DataFrame | None:
        if self._read >= self._size:
            return None
        try:
            # One slice at a time: what polars hands out in batches of its own, it reads far ahead.
            batch = self._frame.slice(self._read, BATCH).collect()
        except self._wrong as error:
            raise self._unreadable(error) from None
        self._read += BATCH
        return batch

    def _unreadable(self, error: Exception) -> InputError:
        if isinstance(error, OSError) and error.strerror:
            return refused(f"this cannot be read ({error.strerror})", "Check the name and its permissions", self.shown)
        return refused("this cannot be read as Parquet", "Write it anew, or give it as CSV", self.shown)


def _files(path: Path, shown: str) -> list[Path]:
    """The files of a table."""
    if not os.path.isdir(path):
        if not os.path.isfile(path):
            raise refused("there is no such file", "Check the name", shown)
        return [path]
    found = sorted(one for one in path.iterdir() if one.name.endswith(ENDING) and not one.name.startswith((".", "_")))
    if not found:
        raise refused("there is no Parquet file in this folder", "Check the name", shown)
    return found


def _cells(batch: pl.DataFrame) -> Iterator[list[str]]:
    columns = [_texts(column) for column in batch]
    return map(list, zip(*columns, strict=True)) if columns else iter([])


def _texts(column: pl.Series) -> Sequence[str]:
    """A column as the cells of a CSV table."""
    import polars

    if column.dtype == polars.String:
        return column.fill_null("").to_list()
    if column.dtype.is_integer():
        return column.cast(polars.String).fill_null("").to_list()
    return [cell(value) for value in column.to_list()]


def cell(value: object) -> str:
    """A value of any type as it would stand in a CSV table."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return str(int(value)) if value.is_integer() else str(value)
        case Mapping():
            return _interval(value)
        case list():
            return "|".join(map(cell, value)) or "[]"
    return str(value)


def _interval(value: Mapping[str, object]) -> str:
    """`{min: 5, max: 15, likely: 8}` as `5-15~8`."""
    if all(part is None for part in value.values()):
        return ""
    if not set(value) <= {"min", "max", "likely"}:
        return str(dict(value))
    likely = cell(value.get("likely"))
    return f"{cell(value.get('min'))}-{cell(value.get('max'))}" + (f"~{likely}" if likely else "")
