"""Conditions: what a rule asks of a person's answers, as data (see `condition_parsing` for how they are written).

Comparisons on scales and ordered choices are sets of values here; only numbers keep bounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

Value = str | int | float | bool | frozenset[str]
"""An answer's value: a choice, a scale point (int), a number (float), yes/no (bool), a selection (frozenset)."""


class Check(Protocol):
    """A test of one answer's value."""

    def holds(self, value: Value) -> bool:
        """Whether a known value passes."""
        ...


@dataclass(frozen=True)
class OneOf:
    """The value is among these (choice, scale, yes_no)."""

    values: frozenset[Value]

    def holds(self, value: Value) -> bool:
        """Whether the value is one of them."""
        return value in self.values


@dataclass(frozen=True)
class Within:
    """The number lies between two bounds; a missing bound is open. Bounds belong to it where inclusive."""

    low: float | None = None
    low_inclusive: bool = True
    high: float | None = None
    high_inclusive: bool = True

    def holds(self, value: Value) -> bool:
        """Whether the value is a number within the bounds."""
        if isinstance(value, (bool, str, frozenset)):
            return False
        above = self.low is None or value > self.low or (self.low_inclusive and value == self.low)
        below = self.high is None or value < self.high or (self.high_inclusive and value == self.high)
        return above and below

    @property
    def bounds(self) -> tuple[float, ...]:
        """The points at which the answer of this check can change."""
        return tuple(bound for bound in (self.low, self.high) if bound is not None)


@dataclass(frozen=True)
class Selects:
    """A selection (multi) holds any, all or none of these values."""

    how: str  # "any", "all" or "none"
    values: frozenset[str]

    def holds(self, value: Value) -> bool:
        """Whether the value is a selection that holds them so."""
        if not isinstance(value, frozenset):
            return False
        if self.how == "all":
            return self.values <= value
        return bool(self.values & value) == (self.how == "any")


@dataclass(frozen=True)
class Test:
    """The answer to one question passes a check."""

    __test__ = False  # not a test class of pytest's

    question: str
    check: OneOf | Within | Selects


@dataclass(frozen=True)
class AllOf:
    """Every part is true; true when there is no part."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one part is true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    """The part is false."""

    part: Condition


Condition = Test | AllOf | AnyOf | Not
ALWAYS = AllOf(())


def tests(condition: Condition) -> Iterator[Test]:
    """Every test in a condition, from left to right."""
    match condition:
        case Test():
            yield condition
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from tests(part)
        case Not(part):
            yield from tests(part)
