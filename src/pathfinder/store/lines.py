"""The lines of a table or of JSON Lines, one at a time: neither a huge line nor a bad byte stops the others."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from pathfinder.errors import InputError, Problem, refused
from pathfinder.store.files import MAX_BYTES, open_file, os_problem

LONGEST = MAX_BYTES
"""A line of more characters is not taken in."""

_UNDECODED = range(0xDC80, 0xDD00)
"""What a byte that is no UTF-8 becomes under `surrogateescape`."""


class Line(Struct, frozen=True):
    """A physical line with its end of line, numbered from 1; `flaw` says why it cannot be used."""

    number: int
    text: str
    flaw: Problem | None = None


class LineSource:
    """A file, or standard input for `-`, that is read once from its beginning."""

    def __init__(self, path: Path | str) -> None:
        self.shown = str(path)
        self._piped = self.shown == "-"
        self._file = _standard_input(self.shown) if self._piped else open_file(Path(path), self.shown)
        self._size = 0 if self._piped else os.fstat(self._file.fileno()).st_size

    def share(self) -> float | None:
        """How much of it has been read, 0 to 1; None where its size is not known."""
        if self._piped or not self._size or self._file.closed:
            return None
        return min(1.0, self._file.tell() / self._size)

    def __iter__(self) -> Iterator[Line]:
        """The lines, the end of each as it stands (\\n, \\r\\n or \\r). Raises `InputError` when reading fails."""
        text = io.TextIOWrapper(self._file, encoding="utf-8-sig", errors="surrogateescape", newline="")
        try:
            number = 0
            while line := text.readline(LONGEST):
                number += 1
                whole = line
                while len(line) == LONGEST and not line.endswith(("\n", "\r")):
                    line = text.readline(LONGEST)
                yield _checked(number, whole, whole is not line)
        except OSError as error:
            raise InputError([os_problem(error, self.shown)]) from None
        finally:
            if self._piped:
                text.detach()
            else:
                text.close()


def _checked(number: int, text: str, cut: bool) -> Line:
    if cut:
        return Line(number, "", Problem("this line is longer than 1 MiB", "Answers need far less; check the file"))
    if not text.isascii() and any(ord(character) in _UNDECODED for character in text):
        return Line(number, "", Problem("this is not UTF-8 text", "Save the file as UTF-8"))
    if "\0" in text:  # what UTF-16 has between letters; left in, it would make words that look right and are not
        return Line(number, "", Problem("there are NUL characters in this line", "Save the file as UTF-8 text"))
    return Line(number, text)


def _standard_input(shown: str) -> BinaryIO:
    if sys.stdin is None:
        raise refused("there is no standard input", "Name a file instead of -", shown)
    return sys.stdin.buffer
