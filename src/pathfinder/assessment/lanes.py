"""Whole numbers for many people, added up for everybody at once: a byte for each person, side by side in one integer.

Numbers are counted from the least that they can be, so that none is below zero and no byte runs over into the next.
"""

from __future__ import annotations

import sys
from array import array

BYTE = 255
WIDTH = 4
"""Bytes of a sum."""

_SIGN = b"\x00\x00\x00\x80"


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

    def sums(self) -> array[int]:
        """Everybody's sum."""
        size = self._size
        found = int.from_bytes((self._least + (1 << 31)).to_bytes(WIDTH, "little") * size, "little")
        for place, lanes in (*self._full, *((place, lanes) for place, (_, lanes) in self._open.items())):
            wide = bytearray(WIDTH * size)
            wide[place::WIDTH] = lanes.to_bytes(size, "little")
            found += int.from_bytes(wide, "little")
        found ^= int.from_bytes(_SIGN * size, "little")  # counted from -2^31 until here: now two's complement
        sums = array("i", found.to_bytes(WIDTH * size, "little"))
        if sys.byteorder == "big":
            sums.byteswap()
        return sums
