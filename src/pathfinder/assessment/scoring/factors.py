"""Tables of points over a few variables, the terms of the sums that `elimination` maximises."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property, lru_cache
from math import prod
from typing import NamedTuple

NEVER = float("-inf")
"""The value of a combination that is ruled out."""


MOST_SHAPES = 2_000
"""Shapes of tables that are kept."""


class Kinds(NamedTuple):
    """How a table tells the choices of a variable apart: the kind of each choice, and the first choice of each kind."""

    of: tuple[int, ...]
    firsts: tuple[int, ...]


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
    return Kinds(tuple(of), tuple(firsts))


@lru_cache(maxsize=MOST_SHAPES)
def _kinds(steps: tuple[int, ...]) -> Kinds:
    """The kinds of choices that lead equally far."""
    return told_apart(steps)


class Shape:
    """How a table tells the choices of its variables apart; `sizes` are the kinds of choice of each variable, and
    `strides` how far one leads from one kind to the next. Equal shapes are one object, for the most part (`shape_of`),
    so that what hangs on shapes alone can be looked up."""

    def __init__(self, kinds: Mapping[str, Kinds]) -> None:
        self.kinds = kinds
        self.sizes = {variable: len(mine.firsts) for variable, mine in kinds.items()}
        sizes = list(self.sizes.values())
        self.strides = {variable: prod(sizes[place:]) for place, variable in enumerate(kinds, start=1)}

    def place(self, choices: Mapping[str, int]) -> int:
        """The place in a table, the last variable varying fastest, to which some choices lead."""
        place, strides = 0, self.strides
        for variable, mine in self.kinds.items():
            place += mine.of[choices[variable]] * strides[variable]
        return place


@lru_cache(maxsize=MOST_SHAPES)
def shape_of(kinds: tuple[tuple[str, Kinds], ...]) -> Shape:
    """The shape of a table that tells so much apart."""
    return Shape(dict(kinds))


Values = Sequence[Sequence[float]]
"""The values of tables of one shape, one table for each of some sums that are found together."""


class Sides(NamedTuple):
    """The best that a table can add to some sums for every combination of some of its variables, the last of which
    varies fastest, with the choices of its other variables, if there are any, that do so. `by_choice` are the same
    values for every choice of the variable, where it is one."""

    values: Values
    by_choice: Values
    choices: Sequence[Sequence[Mapping[str, int]]]


class Reduced:
    """What a table comes to by some of its variables alone, where the others, if there are any (`chosen`), are chosen
    as is best."""

    def __init__(self, factor: Factor, kept: Sequence[str]) -> None:
        self.shape = shape_of(tuple([(one, factor.kinds[one]) for one in kept]))
        self.count = len(kept)
        private = {one: kinds.firsts for one, kinds in factor.kinds.items() if one not in kept}
        self.chosen = bool(private)
        steps = dict(zip(factor.scope, factor.steps, strict=True))
        firsts = {**{one: factor.kinds[one].firsts for one in kept}, **private}
        values = factor.dense([[steps[one][choice] for choice in choices] for one, choices in firsts.items()])
        width = prod([len(choices) for choices in private.values()])
        rows = [values[start : start + width] for start in range(0, len(values), width)]
        self.most = self._sides(rows, list(map(max, rows)), private)
        """Where the table is added to one sum."""
        least = self._sides(rows, list(map(min, rows)), private)
        self.least = Sides(_negated(least.values), _negated(least.by_choice), least.choices)
        """Where it is taken off one: its values with their signs turned."""
        self.both = Sides(
            (*self.least.values, *self.most.values),
            (*self.least.by_choice, *self.most.by_choice),
            (*self.least.choices, *self.most.choices),
        )
        """Where it is taken off one sum and added to another."""

    def _sides(self, rows: Sequence[list[float]], best: list[float], private: Mapping[str, Sequence[int]]) -> Sides:
        alone = next(iter(self.shape.kinds.values())).of if self.count == 1 else ()
        by_choice = [best[kind] for kind in alone]
        if not private:
            return Sides((best,), (by_choice,), ((),))
        places = [row.index(value) for row, value in zip(rows, best, strict=True)]
        choices = {place: _choices(place, private) for place in dict.fromkeys(places)}
        return Sides((best,), (by_choice,), ([choices[place] for place in places],))


def _negated(values: Values) -> Values:
    return tuple([[-value for value in one] for one in values])


def _choices(place: int, firsts: Mapping[str, Sequence[int]]) -> dict[str, int]:
    """The choices of some variables that a place stands for, the last one's varying fastest."""
    found = {}
    for variable, choices in reversed(list(firsts.items())):
        place, choice = divmod(place, len(choices))
        found[variable] = choices[choice]
    return found


class Factor:
    """A table over variables.

    `steps[i][choice]` is how far a choice of the i-th variable of `scope` leads into `values`, counted from `start`; so
    choices that lead equally far are alike to the table, and many factors can share one list of values.
    """

    def __init__(
        self, scope: Sequence[str], steps: Sequence[Sequence[int]], values: Sequence[float], start: int = 0
    ) -> None:
        self.scope, self.steps, self.values, self.start = tuple(scope), tuple(steps), values, start
        self._reduced: dict[Collection[str], Reduced] = {}

    def reduced(self, shared: frozenset[str]) -> Reduced:
        """What it comes to by those of its variables that are `shared`; worked out once for each of them."""
        found = self._reduced.get(shared)
        if found is None:
            kept = tuple([variable for variable in self.scope if variable in shared])
            found = self._reduced.get(kept) or Reduced(self, kept)
            self._reduced[kept] = self._reduced[shared] = found
        return found

    @cached_property
    def kinds(self) -> dict[str, Kinds]:
        """How it tells the choices of each of its variables apart."""
        return {one: _kinds(tuple(steps)) for one, steps in zip(self.scope, self.steps, strict=True)}

    @property
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

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """Its least and its largest value."""
        entries = self.entries()
        return min(entries), max(entries)

    @cached_property
    def moving(self) -> frozenset[str]:
        """The variables of which one choice can make its value another than another choice does."""
        entries, found, stride = self.entries(), [], 1
        for variable in reversed(self.scope):
            block = stride * len(self.kinds[variable].firsts)
            starts = range(0, len(entries), block)
            if any(entries[one : one + block - stride] != entries[one + stride : one + block] for one in starts):
                found.append(variable)
            stride = block
        return frozenset(found)

    @cached_property
    def ruled_out(self) -> Mapping[str, int] | None:
        """The first combination of choices that it rules out; None where it rules out none."""
        entries = self.entries()
        if NEVER not in entries:
            return None
        return _choices(entries.index(NEVER), {one: kinds.firsts for one, kinds in self.kinds.items()})

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
