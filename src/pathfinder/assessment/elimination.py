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

from collections.abc import Iterable, Mapping, Sequence
from math import prod
from operator import add
from typing import NamedTuple

from pathfinder.assessment.factors import NEVER, Factor, Kinds, Reduced, Side, told_apart

LARGEST = 200_000
"""Entries of a joined table from which on a variable is split on instead."""

Values = Sequence[Sequence[float]]
"""The values of a table for each of the sums that are found together."""


class Optimum(NamedTuple):
    """The largest sum and an assignment (place of a choice, by variable) that reaches it. `value` is `NEVER` where
    every combination is ruled out; the assignment is then empty."""

    value: float
    assignment: Mapping[str, int]


class _Table(NamedTuple):
    """Values for every combination of kinds; the last variable varies fastest."""

    kinds: Mapping[str, Kinds]
    values: Values


class _Trace(NamedTuple):
    """How a variable was eliminated: for each sum its best choice for every entry of the table that was left, whose
    kinds these are."""

    variable: str
    kinds: Mapping[str, Kinds]
    best: Sequence[Sequence[int]]


def maximise(gains: Sequence[Factor], losses: Sequence[Factor] = ()) -> Optimum:
    """The largest sum over all combinations of some factors, less that of others."""
    shared = _shared([*gains, *losses])
    parts = [(one, (one.most,)) for one in _reduced(gains, shared)]
    parts += [(one, (one.least,)) for one in _reduced(losses, shared)]
    (found,) = _optima(parts, 1)
    return found


def extremes(factors: Sequence[Factor]) -> tuple[Optimum, Optimum]:
    """The least and the largest sum of the factors over all combinations."""
    parts = [(one, (one.least, one.most)) for one in _reduced(factors, _shared(factors))]
    least, most = _optima(parts, 2)
    return Optimum(-least.value, least.assignment), most


def _shared(factors: Sequence[Factor]) -> set[str]:
    """The variables that several factors hold."""
    seen: set[str] = set()
    shared: set[str] = set()
    for factor in factors:
        for variable in factor.scope:
            if variable in seen:
                shared.add(variable)
            else:
                seen.add(variable)
    return shared


def _reduced(factors: Iterable[Factor], shared: set[str]) -> list[Reduced]:
    """The factors by the variables alone that several of them share."""
    return [factor.reduced(tuple([one for one in factor.scope if one in shared])) for factor in factors]


def _optima(parts: Sequence[tuple[Reduced, Sequence[Side]]], count: int) -> list[Optimum]:
    """The largest of each of `count` sums; the parts have a side for each."""
    tables = [_Table(part.kinds, [side.values for side in sides]) for part, sides in parts]
    found = _Elimination(tables, count).optima()
    for place, (value, assignment) in enumerate(found):
        if value != NEVER:
            known = dict(assignment)
            for part, sides in parts:
                known.update(sides[place].choices[_entry(part.kinds, known)])
            found[place] = Optimum(value, known)
    return found


def _entry(kinds: Mapping[str, Kinds], known: Mapping[str, int]) -> int:
    """The place in a table to which some choices lead."""
    place = 0
    for variable, (of, firsts) in kinds.items():
        place = place * len(firsts) + of[known[variable]]
    return place


class _Elimination:
    """Sums of some tables from which one variable after the other is eliminated: those of the same shape together.

    Tables of one variable alone are added up by its choices as they come.
    """

    def __init__(self, tables: Iterable[_Table], count: int) -> None:
        self._constants = [0.0] * count
        self._alone: dict[str, Values] = {}
        self._live: list[_Table] = []
        self._sizes: dict[str, int] = {}
        for table in tables:
            self._add(table)
            for variable, kinds in table.kinds.items():
                self._sizes[variable] = max(self._sizes.get(variable, 1), len(kinds.firsts))
        self._known: list[dict[str, int]] = [{} for _ in range(count)]
        self._traces: list[_Trace] = []

    def _add(self, table: _Table) -> None:
        if not table.kinds:
            self._constants = [whole + values[0] for whole, values in zip(self._constants, table.values, strict=True)]
        elif len(table.kinds) == 1:
            ((variable, kinds),) = table.kinds.items()
            added = [[values[kind] for kind in kinds.of] for values in table.values]
            before = self._alone.get(variable)
            if before is not None:
                added = [list(map(add, one, more)) for one, more in zip(before, added, strict=True)]
            self._alone[variable] = added
        else:
            self._live.append(table)

    def optima(self) -> list[Optimum]:
        """The largest sums; to be asked for once."""
        order = _Order(self._live, self._sizes)
        for variable in [one for one in self._alone if one not in order]:
            self._choose(variable)
        while order:
            variable = order.next()
            touched = [table for table in self._live if variable in table.kinds]
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
        kinds = {
            one: _together([table.kinds[one] for table in touched if one in table.kinds])
            for one in dict.fromkeys([one for table in touched for one in table.kinds])
        }
        own = kinds.pop(variable)
        rows, width = prod([len(one.firsts) for one in kinds.values()]), len(own.firsts)
        if rows * width > LARGEST:
            return False
        shape = {**{one: mine.firsts for one, mine in kinds.items()}, variable: own.firsts}
        places = [_places(table.kinds, shape) for table in touched]
        alone = self._alone.pop(variable, None)
        left: list[list[float]] = []
        best: list[list[int]] = []
        for side in range(len(self._constants)):
            choices, gains = _by_kind(own, alone[side]) if alone else (own.firsts, [0.0] * width)
            values = gains * rows
            for table, mine in zip(touched, places, strict=True):
                values = list(map(add, values, map(table.values[side].__getitem__, mine)))
            blocks = [values[start : start + width] for start in range(0, len(values), width)]
            tops = [max(block) for block in blocks]
            left.append(tops)
            best.append([choices[block.index(top)] for block, top in zip(blocks, tops, strict=True)])
        self._traces.append(_Trace(variable, kinds, best))
        self._live = [table for table in self._live if variable not in table.kinds]
        self._add(_Table(kinds, left))
        return True

    def _traced(self, place: int, value: float, known: Mapping[str, int]) -> Optimum:
        """An optimum with the choices that lead to it, from the last variable eliminated back to the first."""
        if value == NEVER:
            return Optimum(NEVER, {})
        found = {**self._known[place], **known}
        for variable, kinds, best in reversed(self._traces):
            found[variable] = best[place][_entry(kinds, found)]
        return Optimum(value, found)

    def _split(self) -> list[Optimum]:
        """The optima by trying each value of the variable that most tables share."""
        counts: dict[str, int] = {}
        for table in self._live:
            for variable in table.kinds:
                counts[variable] = counts.get(variable, 0) + 1
        shared = max(counts, key=lambda one: (counts[one], one))
        alone = [_Table({one: told_apart(range(len(values[0])))}, values) for one, values in self._alone.items()]
        tables = [*self._live, *alone]
        choices = _together([table.kinds[shared] for table in tables if shared in table.kinds]).firsts
        best = [Optimum(NEVER, {})] * len(self._constants)
        for choice in choices:
            found = _Elimination([_fixed(table, shared, choice) for table in tables], len(best)).optima()
            for place, (value, assignment) in enumerate(found):
                if value > best[place].value:
                    best[place] = Optimum(value, {**assignment, shared: choice})
        wholes = enumerate(zip(self._constants, best, strict=True))
        return [self._traced(place, whole + found.value, found.assignment) for place, (whole, found) in wholes]


class _Order:
    """Which variable to eliminate next: the one whose tables have the fewest entries when they are joined. `sizes` are
    how many choices of each variable some table tells apart."""

    def __init__(self, live: Sequence[_Table], sizes: Mapping[str, int]) -> None:
        self._sizes = sizes
        self._beside: dict[str, dict[str, None]] = {}
        for table in live:
            beside = dict.fromkeys(table.kinds)
            for variable in beside:
                self._beside.setdefault(variable, {}).update(beside)
        self._entries = {variable: self._product(variable) for variable in self._beside}

    def __contains__(self, variable: str) -> bool:
        return variable in self._beside

    def __len__(self) -> int:
        return len(self._beside)

    def _product(self, variable: str) -> int:
        return prod([self._sizes[one] for one in self._beside[variable]])

    def next(self) -> str:
        """The variable."""
        return min(zip(self._entries.values(), self._entries, strict=True))[1]

    def eliminate(self, variable: str) -> None:
        """Forget a variable; those beside it now stand beside each other."""
        beside = self._beside.pop(variable)
        del self._entries[variable], beside[variable]
        for one in beside:
            others = self._beside[one]
            del others[variable]
            others.update(beside)
            self._entries[one] = self._product(one)


def _by_kind(own: Kinds, points: Sequence[float]) -> tuple[list[int], list[float]]:
    """The best choice of each kind, the first of several, and its points."""
    choices = list(own.firsts)
    for choice, kind in enumerate(own.of):
        if points[choice] > points[choices[kind]]:
            choices[kind] = choice
    return choices, [points[choice] for choice in choices]


def _together(several: Sequence[Kinds]) -> Kinds:
    """The kinds of choices that some tables tell apart together."""
    for one in several:
        if len(several) == 1 or len(one.firsts) == len(one.of):
            return one
    return told_apart(list(zip(*[one.of for one in several], strict=True)))


def _places(held: Mapping[str, Kinds], shape: Mapping[str, Sequence[int]]) -> list[int]:
    """For every entry of a table that has these choices of each variable, its place in one that tells apart less."""
    strides: dict[str, int] = {}
    stride = 1
    for variable, kinds in reversed(held.items()):
        strides[variable] = stride
        stride *= len(kinds.firsts)
    places = [0]
    for variable, choices in shape.items():
        kinds_of = held.get(variable)
        if kinds_of is None:
            places = [place for place in places for _ in choices]
        else:
            of, stride = kinds_of.of, strides[variable]
            steps = [of[choice] * stride for choice in choices]
            places = [place + step for place in places for step in steps]
    return places


def _fixed(table: _Table, variable: str, choice: int) -> _Table:
    """A table with one of its variables held at a value."""
    if variable not in table.kinds:
        return table
    shape = {one: [choice] if one == variable else kinds.firsts for one, kinds in table.kinds.items()}
    places = _places(table.kinds, shape)
    left = {one: kinds for one, kinds in table.kinds.items() if one != variable}
    return _Table(left, [[values[place] for place in places] for values in table.values])
