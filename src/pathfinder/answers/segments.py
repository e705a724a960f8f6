"""The stretches of a number between which no check can tell, with where they begin and end."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from msgspec import Struct

from pathfinder.answers.cells import AnyCheck
from pathfinder.rulebase.conditions import Within
from pathfinder.rulebase.questions import Question


class Segment(Struct, frozen=True):
    """Numbers from `low` to `high` that every check treats alike; an end belongs to it where it is closed.

    `value` is one of them.
    """

    low: float
    low_closed: bool
    high: float
    high_closed: bool
    value: float

    def distance(self, number: float) -> float:
        """How far a number is from it; 0 inside and at its ends."""
        return max(self.low - number, number - self.high, 0.0)

    def holds(self, number: float) -> bool:
        """Whether a number belongs to it."""
        above = number > self.low or (self.low_closed and number == self.low)
        below = number < self.high or (self.high_closed and number == self.high)
        return above and below


def segments(question: Question, checks: Iterable[AnyCheck]) -> tuple[Segment, ...]:
    """The segments of a number question under some checks, in rising order; together they cover its range."""
    kinds = tuple(checks)
    low, high = question.bounds
    bounds = {bound for check in kinds if isinstance(check, Within) for bound in check.bounds if low < bound < high}
    points = sorted({low, high, *bounds})
    pieces = [Segment(point, True, point, True, point) for point in points]
    pieces += [Segment(one, False, other, False, (one + other) / 2) for one, other in pairwise(points)]
    found: list[Segment] = []
    for piece in sorted(pieces, key=lambda one: one.value):
        last = found[-1] if found else None
        if last is not None and all(check.holds(last.value) == check.holds(piece.value) for check in kinds):
            value = piece.value if last.low == last.high else last.value
            found[-1] = Segment(last.low, last.low_closed, piece.high, piece.high_closed, value)
        else:
            found.append(piece)
    return tuple(found)
