"""Whole numbers for many people, added up for everybody at once: a byte for each person, side by side in one integer.

Numbers are counted from the least that they can be, so that none is below zero and no byte runs over into the next.
"""

from __future__ import annotations

import sys
from array import array

BYTE = 255
WIDTH = 4
"""Bytes of a sum."""

BITS = 8 * WIDTH

ZERO = 1 << (BITS - 2)
"""Stands for zero in a sum's lane: sums are kept above 0 and below the highest bit."""

_HIGH = 1 << (BITS - 1)


def digits(values: tuple[int, ...]) -> tuple[bytes, ...]:
    """Translations from the place of a value among `values` to each byte of how far it lies above the least, the
    lowest byte first."""
    least = min(values)
    count = max(1, ((max(values) - least).bit_length() + 7) // 8)
    spare = bytes(256 - len(values))
    return tuple(bytes((value - least) >> 8 * place & BYTE for value in values) + spare for place in range(count))


class Total:
    """A sum for each of `size` people."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._least = 0
        self._open: dict[int, tuple[int, int]] = {}
        self._full: list[tuple[int, int]] = []

    def start(self, least: int) -> None:
        """Take something into the sum that is at least `least`; what it is above that is added byte by byte."""
        self._least += least

    def add(self, place: int, most: int, lanes: int) -> None:
        """Add a byte for everybody, none above `most`, as the given byte of a number (0 is the lowest)."""
        bound, found = self._open.get(place, (0, 0))
        if bound + most > BYTE:
            self._full.append((place, found))
            bound, found = 0, 0
        self._open[place] = bound + most, found + lanes

    def lanes(self) -> int:
        """Everybody's sum, counted from `ZERO`, in a lane of `WIDTH` bytes."""
        found = every(self._size, ZERO + self._least)
        for place, lanes in (*self._full, *((place, lanes) for place, (_, lanes) in self._open.items())):
            found += spread(lanes.to_bytes(self._size, "little"), place)
        return found


def every(size: int, number: int) -> int:
    """The same number in everybody's lane."""
    return int.from_bytes(number.to_bytes(WIDTH, "little") * size, "little")


def spread(column: bytes, place: int = 0) -> int:
    """A column of bytes as one byte of everybody's lane."""
    wide = bytearray(WIDTH * len(column))
    wide[place::WIDTH] = column
    return int.from_bytes(wide, "little")


def numbers(size: int, lanes: int) -> array[int]:
    """Lanes that are counted from `ZERO` as numbers."""
    shifted = (lanes + every(size, _HIGH - ZERO)) ^ every(size, _HIGH)  # two's complement
    found = array("i", shifted.to_bytes(WIDTH * size, "little"))
    if sys.byteorder == "big":
        found.byteswap()
    return found


class Ranking:
    """Who comes first, by how much, in lanes; paths are added one by one, and an earlier one wins a tie.

    Lanes that are counted from `ZERO` are compared by setting the highest bit of one and taking the other off: the bit
    stays where there is at least as much.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._high, self._zero = every(size, _HIGH), every(size, ZERO)
        self._count = 0
        self._top = self._second = self._place = 0

    def add(self, lanes: int, shut: bytes) -> None:
        """Add a path: everybody's sum, and 1 for those for whom it is blocked, else 0."""
        lanes &= ~self._whole(spread(shut))  # 0 is below every sum
        keeps = self._at_least(self._top, lanes)
        more = _chosen(self._at_least(self._second, lanes), self._second, lanes)
        self._second = _chosen(keeps, more, self._top)
        self._top = _chosen(keeps, self._top, lanes)
        self._place = _chosen(keeps, self._place, every(self._size, self._count))
        self._count += 1

    def first(self) -> bytes:
        """The place of everybody's first path; 255 where every path is blocked."""
        place = self._place | self._none() & every(self._size, BYTE)
        return place.to_bytes(WIDTH * self._size, "little")[::WIDTH]

    def margins(self) -> int:
        """How much the first path has more than the second, in lanes counted from `ZERO`; its own sum where there is no
        second, and zero where every path is blocked."""
        top = self._top | self._none() & self._zero
        second = self._second | ~self._some(self._second) & self._zero
        return top + self._zero - second

    def _none(self) -> int:
        return self._whole(every(self._size, 1)) & ~self._some(self._top)

    def _some(self, lanes: int) -> int:
        """Whole lanes where there is a sum."""
        return self._at_least(lanes, every(self._size, 1))

    def _at_least(self, one: int, other: int) -> int:
        """Whole lanes where one is at least the other."""
        return self._whole((((one | self._high) - other) & self._high) >> (BITS - 1))

    def _whole(self, lowest: int) -> int:
        """Every bit of the lanes whose lowest bit is set."""
        return (lowest << BITS) - lowest


def _chosen(lanes: int, one: int, other: int) -> int:
    """One number in some whole lanes, the other elsewhere."""
    return other ^ ((one ^ other) & lanes)
