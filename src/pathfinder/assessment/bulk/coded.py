"""Answers of many people to one question as a column of small codes, a byte for each person.

Code 0 is an open answer (missing or unknown); every other code stands for one certain answer. A column is translated
at the speed of memory (`bytes.translate`), whatever its codes stand for.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from pathfinder.answers.cells import AnyCheck
from pathfinder.answers.sheet import Answer, Certain, Unknown
from pathfinder.rulebase.conditions import Value

OPEN = 0
"""The code of an open answer."""

APART = 255
"""Stands for an answer that has no code, where a column is being put together; no `Column` holds it."""

MOST_CODES = 254
"""So many values, at most, have a code in one column."""


class Column(Struct, frozen=True):
    """The answers of many people to one question: `codes[i]` is 0 where person i left it open, else the place of their
    answer in `values`, counted from 1. Raises `ValueError` where a code stands for nothing."""

    codes: bytes
    values: tuple[Value, ...]

    def __post_init__(self) -> None:
        if len(self.values) > MOST_CODES:
            raise ValueError(f"a column has at most {MOST_CODES} values")
        if self.codes.translate(None, bytes(range(len(self.values) + 1))):
            raise ValueError("a code stands for no value")


def column_of(size: int, bitmaps: Iterable[tuple[Value, int]]) -> Column:
    """The column of one question of a `Frame`: the bitmap of the people who gave each answer."""
    found, values = 0, []
    for code, (value, people) in enumerate(bitmaps, start=1):
        values.append(value)
        found |= int.from_bytes(flags_of(people, size).translate(_repeated(code)), "little")
    return Column(found.to_bytes(size, "little"), tuple(values))


def bitmap_of(codes: bytes, code: int) -> int:
    """The people who have a code in a column, as a bitmap."""
    digits = bytearray(b"0" * 256)
    digits[code] = ord("1")
    return int(codes.translate(bytes(digits))[::-1] or b"0", 2)


def flags_of(people: int, size: int) -> bytes:
    """A bitmap as the digits 0 and 1, the first person first."""
    return f"{people:0{size}b}".encode()[::-1] if size else b""


def _repeated(code: int) -> bytes:
    """A translation of the digits 0 and 1 into 0 and a code."""
    return bytes(code if byte == ord("1") else 0 for byte in range(256))


class Coder:
    """Gives codes to certain answers to one question; answers that none of some checks can tell apart get the same."""

    def __init__(self, checks: Iterable[AnyCheck]) -> None:
        self._checks = tuple(checks)
        self._codes: dict[tuple[bool, ...], int] = {}
        self.values: tuple[Value, ...] = ()
        """What the codes from 1 on stand for."""

    def code(self, value: Value) -> int:
        """The code of a certain answer; `APART` where none is left."""
        kind = tuple(check.holds(value) for check in self._checks)
        found = self._codes.get(kind)
        if found is None:
            if len(self.values) == MOST_CODES:
                return APART
            self.values = (*self.values, value)
            found = self._codes[kind] = len(self.values)
        return found

    def answer_code(self, answer: Answer | None) -> int:
        """The code of any answer; `APART` where it is uncertain."""
        match answer:
            case Certain(value):
                return self.code(value)
            case Unknown() | None:
                return OPEN
        return APART
