"""Whole-number sums for many people at once, one bitmap per binary digit (vertical counters).

Plane k holds bit k of everybody's sum in two's complement. Adding points to a set of people is a ripple of
a few bitmap operations, whatever the number of people.
"""

from __future__ import annotations

from collections.abc import Sequence

WIDTH = 12
"""Binary digits of a sum: -2048 to 2047."""


class Sums:
    """One whole number for each of `size` people, all zero at first."""

    def __init__(self, size: int) -> None:
        self.everyone = (1 << size) - 1
        self.planes = [0] * WIDTH

    def copy(self) -> Sums:
        """The same sums, to be changed by themselves."""
        found = Sums(0)
        found.everyone, found.planes = self.everyone, list(self.planes)
        return found

    def add(self, people: int, points: int) -> None:
        """Add points (negative ones too) to everybody in the bitmap `people`."""
        carry = 0
        for place in range(WIDTH):
            addend = people if points >> place & 1 else 0
            plane = self.planes[place]
            self.planes[place] = plane ^ addend ^ carry
            carry = (plane & addend) | (carry & (plane ^ addend))

    def above(self, other: Sums) -> int:
        """Bitmap of the people whose sum here is greater than there."""
        greater, equal = 0, self.everyone
        for place in reversed(range(WIDTH)):
            mine, theirs = self.planes[place], other.planes[place]
            if place == WIDTH - 1:  # the sign: a set bit means less
                mine, theirs = theirs, mine
            greater |= equal & mine & ~theirs
            equal &= ~(mine ^ theirs)
        return greater & self.everyone

    def at_least(self, points: int) -> int:
        """Bitmap of the people whose sum is `points` or more."""
        constant = Sums(0)
        constant.everyone = self.everyone
        constant.planes = [self.everyone if points >> place & 1 else 0 for place in range(WIDTH)]
        return self.everyone & ~constant.above(self)

    def total(self, people: int) -> int:
        """Sum over the people in a bitmap."""
        weights: Sequence[int] = [1 << place for place in range(WIDTH - 1)] + [-(1 << (WIDTH - 1))]
        return sum(weight * (plane & people).bit_count() for weight, plane in zip(weights, self.planes, strict=True))

    def of(self, person: int) -> int:
        """The sum of one person."""
        return self.total(1 << person)
