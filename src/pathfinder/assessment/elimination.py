"""The largest sum of many small tables over shared variables, exactly (bucket elimination).

Each table (a factor) gives points for every combination of a few variables. Eliminating a variable joins the tables
that hold it into one without it, keeping for each entry the best choice; what remains in the end is the maximum, and
the kept choices lead back to an assignment that reaches it. Every table tells only those choices apart that it has to,
so that joined ones stay small. Where one would grow too large all the same, a variable is split on instead: slower,
still exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import NamedTuple

from pathfinder.assessment.factors import NEVER, Factor, Kinds, told_apart

LARGEST = 200_000
"""Entries of a joined table from which on a variable is split on instead."""


class Optimum(NamedTuple):
    """The largest sum and an assignment (place of a choice, by variable) that reaches it. `value` is `NEVER` where
    every combination is ruled out; the assignment is then empty."""

    value: float
    assignment: Mapping[str, int]


class _Table(NamedTuple):
    """Values for every combination of kinds; the last variable varies fastest."""

    kinds: Mapping[str, Kinds]
    values: list[float]


class _Trace(NamedTuple):
    """How some variables were eliminated: their choices, the last one's varying fastest, and which of these is best for
    every entry of the table that was left, whose kinds these are."""

    choices: Mapping[str, Sequence[int]]
    kinds: Mapping[str, Kinds]
    best: list[int]


def maximise(factors: Sequence[Factor]) -> Optimum:
    """The largest sum of the factors over all combinations."""
    shared = _shared(factors)
    tables: list[_Table] = []
    traces: list[_Trace] = []
    for factor in factors:
        kinds = factor.kinds
        steps = dict(zip(factor.scope, factor.steps, strict=True))
        kept = {one: mine for one, mine in kinds.items() if one in shared}
        private = {one: mine.firsts for one, mine in kinds.items() if one not in shared}
        order = [[steps[one][choice] for choice in kinds[one].firsts] for one in (*kept, *private)]
        values = factor.dense(order)
        if private:
            values = _best(values, private, kept, traces)
        tables.append(_Table(kept, values))
    return _maximise(tables, traces)


def _shared(factors: Sequence[Factor]) -> set[str]:
    """The variables that several factors hold."""
    seen: set[str] = set()
    shared: set[str] = set()
    for factor in factors:
        shared.update(variable for variable in factor.scope if variable in seen)
        seen.update(factor.scope)
    return shared


def _best(
    values: list[float], choices: Mapping[str, Sequence[int]], left: Mapping[str, Kinds], traces: list[_Trace]
) -> list[float]:
    """The largest value for each entry of the table that is `left`, where some variables, each with these choices, are
    the last of a table; keeps what reaches it."""
    width = prod([len(one) for one in choices.values()])
    rows = [values[start : start + width] for start in range(0, len(values), width)] if width > 1 else None
    best = list(map(max, rows)) if rows else values
    chosen = [row.index(top) for row, top in zip(rows, best, strict=True)] if rows else [0] * len(best)
    traces.append(_Trace(choices, left, chosen))
    return best


def _maximise(tables: Sequence[_Table], traces: list[_Trace]) -> Optimum:
    live = [table for table in tables if table.kinds]
    constant = sum([table.values[0] for table in tables if not table.kinds])
    order = _Order(live)
    while live:
        variable = order.next()
        touched = [table for table in live if variable in table.kinds]
        joined = _joined(touched, variable)
        if joined is None:
            found = _split(live)
            return _complete(found.value + constant, traces, dict(found.assignment))
        left, choices, values = joined
        best = _best(values, {variable: choices}, left, traces)
        live = [table for table in live if variable not in table.kinds]
        if left:
            live.append(_Table(left, best))
        else:
            constant += best[0]
        order.eliminate(variable)
    return _complete(constant, traces, {})


class _Order:
    """Which variable to eliminate next: the one whose tables have the fewest entries when they are joined."""

    def __init__(self, live: Sequence[_Table]) -> None:
        self._sizes: dict[str, int] = {}
        self._beside: dict[str, dict[str, None]] = {}
        for table in live:
            for variable, kinds in table.kinds.items():
                self._beside.setdefault(variable, {}).update(dict.fromkeys(table.kinds))
                self._sizes[variable] = max(self._sizes.get(variable, 1), len(kinds.firsts))
        self._entries = {variable: self._product(variable) for variable in self._beside}

    def _product(self, variable: str) -> int:
        return prod([self._sizes[one] for one in self._beside[variable]])

    def next(self) -> str:
        """The variable."""
        entries = self._entries
        return min(entries, key=lambda one: (entries[one], one))

    def eliminate(self, variable: str) -> None:
        """Forget a variable; those beside it now stand beside each other."""
        beside = self._beside.pop(variable)
        del self._entries[variable], beside[variable]
        for one in beside:
            others = self._beside[one]
            del others[variable]
            others.update(beside)
            self._entries[one] = self._product(one)


def _joined(touched: Sequence[_Table], variable: str) -> tuple[Mapping[str, Kinds], Sequence[int], list[float]] | None:
    """The sum of the tables that hold a variable: the kinds of what is left without it, the choices of the variable
    that can be best, and the values, the variable varying fastest; None where they would be too many.

    Of the choices that no table but those of this variable alone tells apart, only the best ones are needed.
    """
    alone = [table for table in touched if len(table.kinds) == 1]
    others = [table for table in touched if len(table.kinds) > 1]
    kinds: dict[str, Kinds] = {}
    for one in dict.fromkeys(one for table in others for one in table.kinds):
        kinds[one] = _together([table.kinds[one] for table in others if one in table.kinds])
    own = kinds.pop(variable, Kinds([0] * len(touched[0].kinds[variable].of), [0]))
    if prod([len(one.firsts) for one in kinds.values()]) * len(own.firsts) > LARGEST:
        return None
    choices, gains = list(own.firsts), [0.0] * len(own.firsts)
    if alone:
        points = [sum([one.values[one.kinds[variable].of[choice]] for one in alone]) for choice in range(len(own.of))]
        for choice, kind in enumerate(own.of):
            if points[choice] > points[choices[kind]]:
                choices[kind] = choice
        gains = [points[choice] for choice in choices]
    values = gains * prod([len(one.firsts) for one in kinds.values()])
    shape = {**{one: mine.firsts for one, mine in kinds.items()}, variable: choices}
    for table in others:
        values = [one + more for one, more in zip(values, _spread(table, shape), strict=True)]
    return kinds, choices, values


def _together(several: Sequence[Kinds]) -> Kinds:
    """The kinds of choices that some tables tell apart together."""
    if len(several) == 1:
        return several[0]
    return told_apart(list(zip(*[one.of for one in several], strict=True)))


def _spread(table: _Table, shape: Mapping[str, Sequence[int]]) -> list[float]:
    """A table's values for every entry of a larger one, which has these choices of each variable."""
    strides: dict[str, int] = {}
    stride = 1
    for variable, kinds in reversed(list(table.kinds.items())):
        strides[variable] = stride
        stride *= len(kinds.firsts)
    places = [0]
    for variable, choices in shape.items():
        kinds_of = table.kinds.get(variable)
        if kinds_of is None:
            places = [place for place in places for _ in choices]
        else:
            steps = [kinds_of.of[choice] * strides[variable] for choice in choices]
            places = [place + step for place in places for step in steps]
    values = table.values
    return [values[place] for place in places]


def _complete(constant: float, traces: Sequence[_Trace], known: dict[str, int]) -> Optimum:
    """The optimum with the choices that lead to it, from the last variable eliminated back to the first."""
    if constant == NEVER:
        return Optimum(NEVER, {})
    for trace in reversed(traces):
        place = 0
        for variable, kinds in trace.kinds.items():
            place = place * len(kinds.firsts) + kinds.of[known[variable]]
        best = trace.best[place]
        for variable, choices in reversed(list(trace.choices.items())):
            best, choice = divmod(best, len(choices))
            known[variable] = choices[choice]
    return Optimum(constant, known)


def _split(live: Sequence[_Table]) -> Optimum:
    """The optimum by trying each value of the variable that most tables share."""
    counts: dict[str, int] = {}
    for table in live:
        for variable in table.kinds:
            counts[variable] = counts.get(variable, 0) + 1
    shared = max(counts, key=lambda one: (counts[one], one))
    choices = _together([table.kinds[shared] for table in live if shared in table.kinds]).firsts
    best = Optimum(NEVER, {})
    for choice in choices:
        found = _maximise([_fixed(table, shared, choice) for table in live], [])
        if found.value > best.value:
            best = Optimum(found.value, {**found.assignment, shared: choice})
    return best


def _fixed(table: _Table, variable: str, choice: int) -> _Table:
    """A table with one of its variables held at a value."""
    if variable not in table.kinds:
        return table
    shape = {one: [choice] if one == variable else kinds.firsts for one, kinds in table.kinds.items()}
    return _Table({one: kinds for one, kinds in table.kinds.items() if one != variable}, _spread(table, shape))
