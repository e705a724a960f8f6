"""Conditions: what a rule asks of a person's answers, as data (see `condition_parsing` for how they are written).

Comparisons on scales and ordered choices are sets of values here; only numbers keep bounds.
"""

from collections.abc import Iterator
from typing import Protocol

from msgspec import Struct

Value = str | int | float | bool | frozenset[str]
"""An answer's value: a choice, a scale point (int), a number (float), yes/no (bool), a selection (frozenset)."""


class Check(Protocol):
    """A test of one answer's value."""

    def holds(self, value: Value) -> bool:
        """Whether a known value passes."""
        ...


class OneOf(Struct, frozen=True, tag="one_of", array_like=True):
    """The value is among these (choice, scale, yes_no)."""

    values: frozenset[Value]

    def holds(self, value: Value) -> bool:
        """Whether the value is one of them."""
        return value in self.values


class Within(Struct, frozen=True, tag="within", array_like=True):
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


class Selects(Struct, frozen=True, tag="selects", array_like=True):
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


class Test(Struct, frozen=True, tag="test", array_like=True):
    """The answer to one question passes a check."""

    __test__ = False  # not a test class of pytest's

    question: str
    check: OneOf | Within | Selects


class AllOf(Struct, frozen=True, tag="all", array_like=True):
    """Every part is true; true when there is no part."""

    parts: "tuple[Condition, ...]"


class AnyOf(Struct, frozen=True, tag="any", array_like=True):
    """At least one part is true."""

    parts: "tuple[Condition, ...]"


class Not(Struct, frozen=True, tag="not", array_like=True):
    """The part is false."""

    part: "Condition"


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
