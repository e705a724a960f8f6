"""The largest sum of many small tables over shared variables, exactly (bucket elimination).

Each table (a factor) gives points for every combination of a few variables. Eliminating a variable joins the tables
that hold it into one without it, keeping for each entry the best choice; what remains in the end is the maximum, and
the kept choices lead back to an assignment that reaches it. Every table tells only those choices apart that it has to,
so that joined ones stay small. Where one would grow too large all the same, a variable is split on instead: slower,
still exact.

Which tables are joined, and how, hangs on what they tell apart, not on their points. So the least and the largest sum
of the same tables are found together: the least is the largest with all signs turned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import cycle
from math import prod
from operator import add
from typing import NamedTuple

from pathfinder.assessment.ranges.joining import joint_of, places_in, together
from pathfinder.assessment.scoring.factors import (
    NEVER,
    Factor,
    Kinds,
    Reduced,
    Shape,
    Sides,
    Values,
    shape_of,
    told_apart,
)

LARGEST = 200_000
"""Entries of a joined table from which on a variable is split on instead."""


class Optimum(NamedTuple):
    """The largest sum and an assignment (place of a choice, by variable) that reaches it. `value` is `NEVER` where
    every combination is ruled out; the assignment is then empty."""

    value: float
    assignment: Mapping[str, int]


class _Table(NamedTuple):
    """Values for every combination of kinds; the last variable varies fastest."""

    shape: Shape
    values: Values


class _Trace(NamedTuple):
    """How a variable was eliminated: for each sum its best choice for every entry of the table that was left."""

    variable: str
    left: Shape
    best: Sequence[Sequence[int]]


def maximise(gains: Sequence[Factor], losses: Sequence[Factor] = (), shared: frozenset[str] | None = None) -> Optimum:
    """The largest sum over all combinations of some factors, less that of others. `shared` are the variables that
    several of the factors hold (others may be among them), where that is known."""
    every = _shared([*gains, *losses]) if shared is None else shared
    parts = [(one, one.most) for one in [factor.reduced(every) for factor in gains]]
    parts += [(one, one.least) for one in [factor.reduced(every) for factor in losses]]
    (found,) = _optima(parts, 1)
    return found


def extremes(factors: Sequence[Factor], shared: frozenset[str] | None = None) -> tuple[Optimum, Optimum]:
    """The least and the largest sum of the factors over all combinations; `shared` as for `maximise`."""
    every = _shared(factors) if shared is None else shared
    parts = [(one, one.both) for one in [factor.reduced(every) for factor in factors]]
    least, most = _optima(parts, 2)
    return Optimum(-least.value, least.assignment), most


def _shared(factors: Iterable[Factor]) -> frozenset[str]:
    """The variables that several factors hold."""
    held = Counter([variable for factor in factors for variable in factor.scope])
    return frozenset([variable for variable, times in held.items() if times > 1])


def _optima(parts: Sequence[tuple[Reduced, Sides]], count: int) -> list[Optimum]:
    """The largest of each of `count` sums, to all of which the parts add something."""
    fixed = [sides.values for part, sides in parts if not part.count]
    work = _Elimination([sum([values[place][0] for values in fixed]) for place in range(count)])
    for part, sides in parts:
        if part.count > 1:
            work.add(part.shape, sides.values)
        elif part.count:
            work.add_alone(part.shape, sides.by_choice)
    found = work.optima()
    chosen = [(part.shape, sides.choices) for part, sides in parts if part.chosen]
    for place, (value, assignment) in enumerate(found):
        if value != NEVER:
            known = dict(assignment)
            for shape, choices in chosen:
                known.update(choices[place][shape.place(known)])
            found[place] = Optimum(value, known)
    return found


class _Elimination:
    """Some sums of tables, from which one variable after the other is eliminated. Each of the sums has a table of every
    shape.

    Tables of one variable alone are added up by its choices as they come.
    """

    def __init__(self, constants: Sequence[float]) -> None:
        self._constants = list(constants)
        self._alone: dict[str, Values] = {}
        self._live: list[_Table] = []
        self._sizes: dict[str, int] = {}
        self._known: list[dict[str, int]] = [{} for _ in constants]
        self._traces: list[_Trace] = []

    def add(self, shape: Shape, values: Values) -> None:
        """Add a table of a shape to each sum."""
        kinds = shape.kinds
        if not kinds:
            self._constants = [whole + more[0] for whole, more in zip(self._constants, values, strict=True)]
        elif len(kinds) == 1:
            (mine,) = kinds.values()
            self.add_alone(shape, [[more[kind] for kind in mine.of] for more in values])
        else:
            self._live.append(_Table(shape, values))
            for variable, size in shape.sizes.items():
                if size > self._sizes.get(variable, 0):
                    self._sizes[variable] = size

    def add_alone(self, shape: Shape, values: Values) -> None:
        """Add a table of one variable to each sum, the values by its choices."""
        ((variable, size),) = shape.sizes.items()
        if size > self._sizes.get(variable, 0):
            self._sizes[variable] = size
        before = self._alone.get(variable)
        if before is not None:
            values = [list(map(add, one, more)) for one, more in zip(before, values, strict=True)]
        self._alone[variable] = values

    def optima(self) -> list[Optimum]:
        """The largest sums; to be asked for once."""
        order = _Order([table.shape for table in self._live], dict(self._sizes))
        for variable in [one for one in self._alone if one not in order]:
            self._choose(variable)
        while order:
            variable = order.next()
            touched = [table for table in self._live if variable in table.shape.kinds]
            if not touched:
                self._choose(variable)
            elif not self._join(variable, touched):
                return self._split()
            order.eliminate(variable)
        return [self._traced(place, whole, {}) for place, whole in enumerate(self._constants)]

    def _choose(self, variable: str) -> None:
        """Take the best choice of a variable that nothing else hangs on."""
        for place, points in enumerate(self._alone.pop(variable)):
            best = max(points)
            self._constants[place] += best
            self._known[place][variable] = points.index(best)

    def _join(self, variable: str, touched: Sequence[_Table]) -> bool:
        """Join the tables that hold a variable into one without it; whether that is small enough.

        Of the choices of the variable that none of the tables tells apart, only the best ones are needed.
        """
        joint = joint_of(variable, tuple([table.shape for table in touched]))
        if joint.entries > LARGEST:
            return False
        spread = joint.places or [places_in(table.shape, joint.choices) for table in touched]
        alone = self._alone.pop(variable, None)
        left: list[list[float]] = []
        best: list[list[int]] = []
        for side in range(len(self._constants)):
            choices, gains = _by_kind(joint.own, alone[side]) if alone else (joint.own.firsts, ())
            values = map(touched[0].values[side].__getitem__, spread[0])
            if alone:
                values = map(add, cycle(gains), values)
            for table, places in zip(touched[1:], spread[1:], strict=True):
                values = map(add, values, map(table.values[side].__getitem__, places))
            blocks = list(zip(*[iter(values)] * len(choices), strict=True))
            tops = list(map(max, blocks))
            left.append(tops)
            best.append([choices[block.index(top)] for block, top in zip(blocks, tops, strict=True)])
        self._traces.append(_Trace(variable, joint.left, best))
        self._live = [table for table in self._live if variable not in table.shape.kinds]
        self.add(joint.left, left)
        return True

    def _traced(self, place: int, value: float, known: Mapping[str, int]) -> Optimum:
        """An optimum with the choices that lead to it, from the last variable eliminated back to the first."""
        if value == NEVER:
            return Optimum(NEVER, {})
        found = {**self._known[place], **known}
        for variable, left, best in reversed(self._traces):
            found[variable] = best[place][left.place(found)]
        return Optimum(value, found)

    def _split(self) -> list[Optimum]:
        """The optima by trying each value of the variable that most tables share."""
        counts = Counter([variable for table in self._live for variable in table.shape.kinds])
        shared = max(counts, key=lambda one: (counts[one], one))
        tables = list(self._live)
        for variable, values in self._alone.items():
            tables.append(_Table(shape_of(((variable, told_apart(range(len(values[0])))),)), values))
        choices = together([table.shape.kinds[shared] for table in tables if shared in table.shape.kinds]).firsts
        best = [Optimum(NEVER, {})] * len(self._constants)
        for choice in choices:
            work = _Elimination([0.0] * len(best))
            for table in tables:
                work.add(*_fixed(table, shared, choice))
            for place, (value, assignment) in enumerate(work.optima()):
                if value > best[place].value:
                    best[place] = Optimum(value, {**assignment, shared: choice})
        wholes = enumerate(zip(self._constants, best, strict=True))
        return [self._traced(place, whole + found.value, found.assignment) for place, (whole, found) in wholes]


class _Order:
    """Which variable to eliminate next: the one whose tables have the fewest entries when they are joined. `sizes` are
    how many choices of each variable some table tells apart."""

    def __init__(self, shapes: Iterable[Shape], sizes: Mapping[str, int]) -> None:
        self._sizes = sizes
        self._beside: dict[str, set[str]] = {}
        for shape in shapes:
            for variable in shape.kinds:
                self._beside.setdefault(variable, set()).update(shape.kinds)
        self._entries = {variable: self._product(variable) for variable in self._beside}

    def __contains__(self, variable: str) -> bool:
        return variable in self._beside

    def __len__(self) -> int:
        return len(self._beside)

    def _product(self, variable: str) -> int:
        return prod(map(self._sizes.__getitem__, self._beside[variable]))

    def next(self) -> str:
        """The variable."""
        return min(zip(self._entries.values(), self._entries, strict=True))[1]

    def eliminate(self, variable: str) -> None:
        """Forget a variable; those beside it now stand beside each other."""
        beside = self._beside.pop(variable)
        del self._entries[variable]
        beside.remove(variable)
        for one in beside:
            others = self._beside[one]
            others.remove(variable)
            others |= beside
            self._entries[one] = self._product(one)


def _by_kind(own: Kinds, points: Sequence[float]) -> tuple[Sequence[int], Sequence[float]]:
    """The best choice of each kind, the first of several, and its points."""
    if len(own.firsts) == len(own.of):
        return own.firsts, points
    choices = list(own.firsts)
    for choice, kind in enumerate(own.of):
        if points[choice] > points[choices[kind]]:
            choices[kind] = choice
    return choices, [points[choice] for choice in choices]


def _fixed(table: _Table, variable: str, choice: int) -> _Table:
    """A table with one of its variables held at a value."""
    kinds = table.shape.kinds
    if variable not in kinds:
        return table
    places = places_in(table.shape, {one: (choice,) if one == variable else mine.firsts for one, mine in kinds.items()})
    left = shape_of(tuple([(one, mine) for one, mine in kinds.items() if one != variable]))
    return _Table(left, [[values[place] for place in places] for values in table.values])
