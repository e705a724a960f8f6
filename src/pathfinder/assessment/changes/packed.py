"""A few whole numbers side by side in one, so that all of them are added up, or compared, at once.

Each has a lane of its own. Numbers below zero borrow from the lane above, which evens out when they are told apart.
"""

from __future__ import annotations

from collections.abc import Iterable

LANE = 96
"""Bits of a lane; numbers lie well within."""

_HIGH = 1 << (LANE - 1)


def packed(numbers: Iterable[int]) -> int:
    """Numbers in one, the first in the lowest lane."""
    return sum([number << LANE * place for place, number in enumerate(numbers)])


class Lanes:
    """What is done to `count` packed numbers at once."""

    def __init__(self, count: int) -> None:
        self._places = range(0, count * LANE, LANE)
        self.high = self.every(_HIGH)
        """A bit above every number; together with a bar, numbers that pass set all of them."""

    def every(self, number: int) -> int:
        """The same number in every lane."""
        return packed([number] * len(self._places))

    def unpacked(self, together: int) -> list[int]:
        """The numbers that were packed into one."""
        shifted = together + self.high
        return [(shifted >> place & (2 * _HIGH - 1)) - _HIGH for place in self._places]

    def larger(self, one: int, other: int) -> int:
        """The larger of two numbers in every lane."""
        more = one - other + self.high
        positive = more & self.high
        return other + (more & (positive - (positive >> (LANE - 1))))

    def largest(self, several: Iterable[int]) -> int:
        """The largest of at least one number in every lane."""
        first, *others = several
        for other in others:
            first = self.larger(first, other)
        return first

    def bar(self, numbers: Iterable[int]) -> int:
        """Numbers to be passed, for `passes`."""
        return self.high - packed([number + 1 for number in numbers])

    def passes(self, together: int, bar: int) -> bool:
        """Whether every number is greater than that of the bar."""
        return (together + bar) & self.high == self.high
