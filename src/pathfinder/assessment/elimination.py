"""The largest sum of many small tables over shared variables, exactly (bucket elimination).

Each table (a factor) gives points for every combination of a few variables. Choices that no table tells apart are
joined first. Eliminating a variable joins the tables that hold it into one without it, keeping for each entry the best
choice; what remains in the end is the maximum, and the kept choices lead back to an assignment that reaches it. Where a
joined table would grow too large, a variable is split on instead: slower, still exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import NamedTuple

from pathfinder.assessment.factors import NEVER, Factor

LARGEST = 200_000
"""Entries of a joined table from which on a variable is split on instead."""

Scope = tuple[str, ...]
Live = tuple[Scope, list[float]]
"""A table with a value for every combination of choices; the last variable varies fastest."""


class Optimum(NamedTuple):
    """The largest sum and an assignment (place of a choice, by variable) that reaches it. `value` is `NEVER` where
    every combination is ruled out; the assignment is then empty."""

    value: float
    assignment: Mapping[str, int]


class _Trace(NamedTuple):
    """How some variables were eliminated together: the place of their best choices for each entry of the scope that
    was left."""

    variables: Scope
    scope: Scope
    choices: list[int]


def maximise(factors: Sequence[Factor]) -> Optimum:
    """The largest sum of the factors over all combinations."""
    alike = _alike(factors)
    sizes = {variable: len(choices) for variable, choices in alike.items() if len(choices) > 1}
    shared = _shared(factors)
    constant = 0.0
    live: list[Live] = []
    traces: list[_Trace] = []
    for factor in factors:
        steps = {
            variable: [one[choice] for choice in alike[variable]]
            for variable, one in zip(factor.scope, factor.steps, strict=True)
        }
        scope = tuple([variable for variable in factor.scope if variable in sizes and variable in shared])
        private = tuple([variable for variable in factor.scope if variable not in shared])
        fixed = [variable for variable in factor.scope if variable in shared and variable not in sizes]
        values = factor.dense([steps[variable] for variable in (*fixed, *scope, *private)])
        if private:
            values = _best(values, private, scope, sizes, traces)
        if scope:
            live.append((scope, values))
        else:
            constant += values[0]
    found = _maximise(live, sizes, constant, traces)
    return Optimum(found.value, {variable: alike[variable][place] for variable, place in found.assignment.items()})


def _shared(factors: Sequence[Factor]) -> set[str]:
    """The variables that several factors hold."""
    seen: set[str] = set()
    shared: set[str] = set()
    for factor in factors:
        shared.update(variable for variable in factor.scope if variable in seen)
        seen.update(factor.scope)
    return shared


def _best(
    values: list[float], variables: Scope, scope: Scope, sizes: Mapping[str, int], traces: list[_Trace]
) -> list[float]:
    """The largest value for each entry of `scope`, where `variables` are a table's last; keeps what reaches it."""
    own = tuple([variable for variable in variables if variable in sizes])
    width = prod([sizes[variable] for variable in own])
    if width == 1:
        return values
    rows = [values[start : start + width] for start in range(0, len(values), width)]
    best = list(map(max, rows))
    traces.append(_Trace(own, scope, [row.index(top) for row, top in zip(rows, best, strict=True)]))
    return best


def _alike(factors: Sequence[Factor]) -> dict[str, list[int]]:
    """For each variable the first of all choices that no factor tells apart."""
    looked_at: dict[str, list[Sequence[int]]] = {}
    for factor in factors:
        for variable, steps in zip(factor.scope, factor.steps, strict=True):
            looked_at.setdefault(variable, []).append(steps)
    found: dict[str, list[int]] = {}
    for variable, several in looked_at.items():
        firsts: dict[tuple[int, ...], int] = {}
        for choice, kind in enumerate(zip(*several, strict=True)):
            firsts.setdefault(kind, choice)
        found[variable] = list(firsts.values())
    return found


def _maximise(live: list[Live], sizes: Mapping[str, int], constant: float, traces: list[_Trace]) -> Optimum:
    order = _Order(live, sizes)
    while live:
        variable, scope = order.next()
        if order.entries(variable) > LARGEST:
            found = _split(live, sizes)
            return _complete(found.value + constant, traces, dict(found.assignment), sizes)
        joined = _joined([one for one in live if variable in one[0]], (*scope, variable), sizes)
        best = _best(joined, (variable,), scope, sizes, traces)
        live = [one for one in live if variable not in one[0]]
        if scope:
            live.append((scope, best))
        else:
            constant += best[0]
        order.eliminate(variable)
    return _complete(constant, traces, {}, sizes)


class _Order:
    """Which variable to eliminate next: the one that leaves the smallest table."""

    def __init__(self, live: Sequence[Live], sizes: Mapping[str, int]) -> None:
        self._sizes = sizes
        self._beside: dict[str, dict[str, None]] = {}
        for scope, _ in live:
            for variable in scope:
                self._beside.setdefault(variable, {}).update(dict.fromkeys(scope))
        self._entries = {variable: self._product(variable) for variable in self._beside}

    def _product(self, variable: str) -> int:
        return prod([self._sizes[one] for one in self._beside[variable]])

    def entries(self, variable: str) -> int:
        """How many entries the tables that hold a variable have when they are joined."""
        return self._entries[variable]

    def next(self) -> tuple[str, Scope]:
        """The variable, and the scope of what its elimination leaves."""
        entries = self._entries
        variable = min(entries, key=lambda one: (entries[one], one))
        return variable, tuple(one for one in self._beside[variable] if one != variable)

    def eliminate(self, variable: str) -> None:
        """Forget a variable; those beside it now stand beside each other."""
        beside = self._beside.pop(variable)
        del self._entries[variable], beside[variable]
        for one in beside:
            others = self._beside[one]
            del others[variable]
            others.update(beside)
            self._entries[one] = self._product(one)


def _joined(tables: Sequence[Live], scope: Scope, sizes: Mapping[str, int]) -> list[float]:
    """The sum of some tables as a table over `scope`."""
    first, *others = (_spread(table, scope, sizes) for table in tables)
    for other in others:
        first = [one + more for one, more in zip(first, other, strict=True)]
    return first


def _spread(table: Live, scope: Scope, sizes: Mapping[str, int]) -> list[float]:
    """A table's values for every entry of a larger scope."""
    own, values = table
    if own == scope:
        return values
    strides: dict[str, int] = {}
    stride = 1
    for variable in reversed(own):
        strides[variable] = stride
        stride *= sizes[variable]
    places = [0]
    for variable in scope:
        step, size = strides.get(variable, 0), sizes[variable]
        if step:
            steps = range(0, step * size, step)
            places = [place + extra for place in places for extra in steps]
        else:
            places = [place for place in places for _ in range(size)]
    return [values[place] for place in places]


def _complete(constant: float, traces: Sequence[_Trace], known: dict[str, int], sizes: Mapping[str, int]) -> Optimum:
    """The optimum with the choices that lead to it, from the last variable eliminated back to the first."""
    if constant == NEVER:
        return Optimum(NEVER, {})
    for trace in reversed(traces):
        place = 0
        for variable in trace.scope:
            place = place * sizes[variable] + known[variable]
        choice = trace.choices[place]
        for variable in reversed(trace.variables):
            choice, known[variable] = divmod(choice, sizes[variable])
    return Optimum(constant, known)


def _split(live: Sequence[Live], sizes: Mapping[str, int]) -> Optimum:
    """The optimum by trying each value of the variable that most tables share."""
    counts: dict[str, int] = {}
    for scope, _ in live:
        for variable in scope:
            counts[variable] = counts.get(variable, 0) + 1
    shared = max(counts, key=lambda one: (counts[one], one))
    best = Optimum(NEVER, {})
    for choice in range(sizes[shared]):
        constant, fixed = 0.0, []
        for table in live:
            scope, values = _fixed(table, shared, choice, sizes)
            if scope:
                fixed.append((scope, values))
            else:
                constant += values[0]
        found = _maximise(fixed, sizes, constant, [])
        if found.value > best.value:
            best = Optimum(found.value, {**found.assignment, shared: choice})
    return best


def _fixed(table: Live, variable: str, choice: int, sizes: Mapping[str, int]) -> Live:
    """A table with one of its variables held at a value."""
    scope, values = table
    if variable not in scope:
        return table
    block = prod([sizes[one] for one in scope[scope.index(variable) + 1 :]])
    period = block * sizes[variable]
    left = [value for start in range(choice * block, len(values), period) for value in values[start : start + block]]
    return tuple(one for one in scope if one != variable), left
