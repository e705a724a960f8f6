"""Tables of points over a few variables, the terms of the sums that `elimination` maximises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from math import prod
from typing import NamedTuple

NEVER = float("-inf")
"""The value of a combination that is ruled out."""


class Kinds(NamedTuple):
    """How a table tells the choices of a variable apart: the kind of each choice, and the first choice of each kind."""

    of: Sequence[int]
    firsts: Sequence[int]


def told_apart(keys: Sequence[object]) -> Kinds:
    """The kinds of choices with equal keys."""
    numbers: dict[object, int] = {}
    firsts: list[int] = []
    of: list[int] = []
    for choice, key in enumerate(keys):
        number = numbers.setdefault(key, len(numbers))
        if number == len(firsts):
            firsts.append(choice)
        of.append(number)
    return Kinds(of, firsts)


class Factor:
    """A table over variables.

    `steps[i][choice]` is how far a choice of the i-th variable of `scope` leads into `values`, counted from `start`; so
    choices that lead equally far are alike to the table, and many factors can share one list of values.
    """

    def __init__(
        self, scope: Sequence[str], steps: Sequence[Sequence[int]], values: Sequence[float], start: int = 0
    ) -> None:
        self.scope, self.steps, self.values, self.start = tuple(scope), tuple(steps), values, start

    @cached_property
    def kinds(self) -> dict[str, Kinds]:
        """How it tells the choices of each of its variables apart."""
        return {one: told_apart(steps) for one, steps in zip(self.scope, self.steps, strict=True)}

    @cached_property
    def negated(self) -> Factor:
        """The same table with every value's sign turned, so that a maximum becomes a minimum."""
        return self.mapped([-value for value in self.values])

    def entries(self) -> list[float]:
        """The values of all combinations, those of alike choices once; the last variable varies fastest."""
        return self.dense(tuple(dict.fromkeys(steps) for steps in self.steps))

    def dense(self, steps: Sequence[Sequence[int] | Mapping[int, None]]) -> list[float]:
        """The values of all combinations of some steps, one of each variable; the last variable varies fastest."""
        places = [self.start]
        for one in steps:
            places = [place + step for place in places for step in one]
        values = self.values
        return [values[place] for place in places]

    def best_by(self, variable: str) -> list[float]:
        """The largest value of the table for each choice of one of its variables."""
        spot = self.scope.index(variable)
        others = tuple(tuple(dict.fromkeys(steps)) for place, steps in enumerate(self.steps) if place != spot)
        best: dict[int, float] = {}
        for step in dict.fromkeys(self.steps[spot]):
            best[step] = max(Factor(self.scope, (), self.values, self.start + step).dense(others))
        return [best[step] for step in self.steps[spot]]

    def mapped(self, values: Sequence[float]) -> Factor:
        """A table of the same shape with other values."""
        found = Factor(self.scope, self.steps, values, self.start)
        found.kinds = self.kinds
        return found


def dense(scope: Sequence[str], values: Sequence[float], sizes: Mapping[str, int]) -> Factor:
    """The factor of a table with a value for every combination of choices; the last variable varies fastest."""
    return Factor(scope, strides([sizes[variable] for variable in scope]), values)


def strides(sizes: Sequence[int]) -> list[tuple[int, ...]]:
    """The steps of a table with a value for every combination."""
    found = []
    for place, size in enumerate(sizes):
        stride = prod(sizes[place + 1 :])
        found.append(tuple(stride * choice for choice in range(size)))
    return found
