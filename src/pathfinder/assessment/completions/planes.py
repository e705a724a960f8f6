"""Whole-number sums for many people at once, one bitmap per binary digit (vertical counters).

Plane k holds bit k of everybody's sum in two's complement. Adding points to a set of people is a ripple of
a few bitmap operations, whatever the number of people.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

WIDTH = 12
"""Binary digits of a sum: -2048 to 2047."""


class Term(NamedTuple):
    """A whole number for each of some people: `whole` for all of them, and what is beyond it for each, one bitmap per
    binary digit, none of it below zero."""

    whole: int
    planes: Sequence[int]


def term(everyone: int, parts: Sequence[tuple[int, int]]) -> Term:
    """A term of disjoint sets of people, each with its points; 0 for the others."""
    if len(parts) == 1 and parts[0][0] == everyone:
        return Term(parts[0][1], ())
    rest = everyone
    for people, _ in parts:
        rest &= ~people
    every = [*parts, (rest, 0)] if rest else parts
    values = [points for _, points in every]
    least = min(values, default=0)
    planes = [0] * (max(values, default=0) - least).bit_length()
    for people, points in every:
        for place in _digits(points - least):
            planes[place] |= people
    return Term(least, planes)


@lru_cache(maxsize=1000)
def _digits(number: int) -> tuple[int, ...]:
    """The places of the binary digits of a number that are set."""
    return tuple([place for place in range(number.bit_length()) if number >> place & 1])


class Sums:
    """One whole number for each of `size` people, all zero at first, of `width` binary digits with the sign."""

    def __init__(self, size: int, width: int = WIDTH) -> None:
        self.everyone = (1 << size) - 1
        self.planes = [0] * width

    @property
    def width(self) -> int:
        """Binary digits of a sum, with the sign."""
        return len(self.planes)

    def copy(self) -> Sums:
        """The same sums, to be changed by themselves."""
        found = Sums(0, self.width)
        found.everyone, found.planes = self.everyone, list(self.planes)
        return found

    def wider(self, digits: int) -> Sums:
        """The same sums with some more digits."""
        found = self.copy()
        found.planes += [self.planes[-1]] * digits
        return found

    def less(self, other: Sums) -> Sums:
        """Everybody's sum here less that there, in as many digits; both have the same number."""
        found = Sums(0, self.width)
        found.everyone = self.everyone
        borrowed = 0
        for place, (mine, theirs) in enumerate(zip(self.planes, other.planes, strict=True)):
            differ = mine ^ theirs
            found.planes[place] = differ ^ borrowed
            borrowed = (theirs & differ) | (borrowed & ~differ)
        return found

    def add(self, people: int, points: int) -> None:
        """Add points (negative ones too) to everybody in the bitmap `people`."""
        size, place, carry = abs(points), 0, 0
        planes, last = self.planes, self.width
        while place < last and (size or carry):
            plane = planes[place]
            if size & 1:
                half = plane ^ people
                planes[place] = half ^ carry
                # What is carried over: a sum of two or more, or what is taken from nothing.
                carry = (plane & people) | (carry & half) if points > 0 else (people & ~plane) | (carry & ~half)
            elif carry:
                planes[place] = plane ^ carry
                carry &= plane if points > 0 else ~plane
            size >>= 1
            place += 1

    def add_all(self, terms: Iterable[Term]) -> None:
        """Add many terms, digit by digit: three bitmaps of one digit come to one of it and one of the next. That
        takes far fewer steps than adding the terms one by one."""
        waiting: list[list[int]] = [[plane] if plane else [] for plane in self.planes]
        whole = 0
        for term in terms:
            whole += term.whole
            for digit, people in zip(waiting, term.planes):  # noqa: B905 (what a sum cannot hold is lost, as in `add`)
                digit.append(people)
        for place, digit in enumerate(waiting):
            carried = waiting[place + 1] if place + 1 < len(waiting) else []
            while len(digit) > 2:
                one, other, third = digit.pop(), digit.pop(), digit.pop()
                half = one ^ other
                digit.append(half ^ third)
                carried.append((one & other) | (half & third))
            if len(digit) == 2:
                one, other = digit
                digit[:] = [one ^ other]
                carried.append(one & other)
        self.planes = [digit[0] if digit else 0 for digit in waiting]
        self.add(self.everyone, whole)

    def join(self, other: Sums, people: int, sign: int) -> None:
        """Add the sums of some people, none of them below zero, or take them off where `sign` is -1."""
        for place, plane in enumerate(other.planes):
            if plane & people:
                self.add(plane & people, sign << place)

    def above(self, other: Sums) -> int:
        """Bitmap of the people whose sum here is greater than there."""
        greater, sign = 0, self.width - 1
        for mine, theirs in zip(self.planes[:sign], other.planes[:sign], strict=True):
            unlike = mine ^ theirs
            greater ^= unlike & (greater ^ mine)  # where the digits are alike, the lower ones decide
        unlike = self.planes[sign] ^ other.planes[sign]
        return (greater ^ unlike & (greater ^ other.planes[sign])) & self.everyone  # a set sign means less

    def at_least(self, points: int) -> int:
        """Bitmap of the people whose sum is `points` or more."""
        constant = Sums(0, self.width)
        constant.everyone = self.everyone
        constant.planes = [self.everyone if points >> place & 1 else 0 for place in range(self.width)]
        return self.everyone & ~constant.above(self)

    def from_zero(self) -> int:
        """Count everybody's sum from the least one, which is given back, in as few digits as that takes."""
        least = self.least()
        self.add(self.everyone, -least)
        while len(self.planes) > 1 and not self.planes[-2]:
            self.planes.pop()  # the sign is no longer needed, and stays as an empty digit
        return least

    def negative(self) -> int:
        """Bitmap of the people whose sum is below zero."""
        return self.planes[-1]

    def most(self) -> int:
        """The largest sum of anybody."""
        return self._furthest(self.everyone & ~self.planes[-1] or self.everyone, 0)

    def least(self) -> int:
        """The smallest sum of anybody."""
        return self._furthest(self.planes[-1] or self.everyone, self.everyone)

    def _furthest(self, left: int, turned: int) -> int:
        """The largest sum among some people of one sign or, where every digit is turned, the smallest."""
        for plane in reversed(self.planes):
            left = left & (plane ^ turned) or left
        return self.of((left & -left).bit_length() - 1)

    def total(self, people: int) -> int:
        """Sum over the people in a bitmap."""
        sign = self.width - 1
        found = -((self.planes[sign] & people).bit_count() << sign) if self.planes[sign] else 0
        for place, plane in enumerate(self.planes[:sign]):
            found += (plane & people).bit_count() << place
        return found

    def of(self, person: int) -> int:
        """The sum of one person."""
        return self.total(1 << person)
