"""The largest sum of many small tables over shared variables, exactly (bucket elimination).

Each table (a factor) gives points for every combination of a few variables. Eliminating a variable joins the
tables that hold it into one without it, keeping for each entry the best choice; what remains in the end is the
maximum, and the kept choices lead back to an assignment that reaches it. Where a joined table would grow too
large, a variable is split on instead: slower, still exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NEVER = float("-inf")
"""The value of a combination that is ruled out."""

LARGEST = 200_000
"""Entries of a joined table from which on a variable is split on instead."""


@dataclass(frozen=True)
class Factor:
    """A table over variables; the last variable varies fastest."""

    scope: tuple[str, ...]
    values: tuple[float, ...]

    @property
    def negated(self) -> Factor:
        """The same table with every value's sign turned, so that a maximum becomes a minimum."""
        return Factor(self.scope, tuple(-value for value in self.values))

    def best_by(self, variable: str, sizes: Mapping[str, int]) -> list[float]:
        """The largest value of the table for each value of one of its variables."""
        best = [NEVER] * sizes[variable]
        for value, place in zip(self.values, _choices(self, variable, sizes), strict=True):
            best[place] = max(best[place], value)
        return best


@dataclass(frozen=True)
class Optimum:
    """The largest sum and an assignment (place of a cell, by variable) that reaches it. `value` is `NEVER` where
    every combination is ruled out; the assignment is then empty."""

    value: float
    assignment: Mapping[str, int]


@dataclass(frozen=True)
class _Trace:
    """How a variable was eliminated: its best choice for each entry of the scope that was left."""

    variable: str
    scope: tuple[str, ...]
    choices: tuple[int, ...]


def maximise(factors: Sequence[Factor], sizes: Mapping[str, int]) -> Optimum:
    """The largest sum of the factors over all combinations. `sizes` gives the number of values of each variable."""
    constant = sum(factor.values[0] for factor in factors if not factor.scope)
    live = [factor for factor in factors if factor.scope]
    traces: list[_Trace] = []
    while live:
        variable, scope = _cheapest(live, sizes)
        if _entries((*scope, variable), sizes) > LARGEST:
            return _split(live, sizes, constant, traces)
        touched = [factor for factor in live if variable in factor.scope]
        joined = _joined(touched, (*scope, variable), sizes)
        width = sizes[variable]
        rows = [joined[start : start + width] for start in range(0, len(joined), width)]
        best = tuple(max(row) for row in rows)
        traces.append(_Trace(variable, scope, tuple(row.index(top) for row, top in zip(rows, best, strict=True))))
        live = [factor for factor in live if variable not in factor.scope]
        if scope:
            live.append(Factor(scope, best))
        else:
            constant += best[0]
    if constant == NEVER:
        return Optimum(NEVER, {})
    return Optimum(constant, _traced(traces, {}, sizes))


def _cheapest(factors: Sequence[Factor], sizes: Mapping[str, int]) -> tuple[str, tuple[str, ...]]:
    """The variable whose elimination leaves the smallest table, and the scope of that table."""
    found: dict[str, dict[str, None]] = {}
    for factor in factors:
        for variable in factor.scope:
            found.setdefault(variable, {}).update(dict.fromkeys(factor.scope))
    variable = min(found, key=lambda one: (_entries(tuple(found[one]), sizes), one))
    return variable, tuple(one for one in found[variable] if one != variable)


def _entries(scope: tuple[str, ...], sizes: Mapping[str, int]) -> int:
    entries = 1
    for variable in scope:
        entries *= sizes[variable]
    return entries


def _places(factor: Factor, scope: tuple[str, ...], sizes: Mapping[str, int]) -> list[int]:
    """For every entry of a table over `scope`, the place of the matching entry of a factor."""
    strides: dict[str, int] = {}
    stride = 1
    for variable in reversed(factor.scope):
        strides[variable] = stride
        stride *= sizes[variable]
    places = [0]
    for variable in scope:
        step = strides.get(variable, 0)
        steps = [step * choice for choice in range(sizes[variable])]
        places = [place + extra for place in places for extra in steps]
    return places


def _joined(factors: Sequence[Factor], scope: tuple[str, ...], sizes: Mapping[str, int]) -> list[float]:
    """The sum of some factors as a table over `scope`."""
    columns = [[factor.values[place] for place in _places(factor, scope, sizes)] for factor in factors]
    return [sum(row) for row in zip(*columns, strict=True)] if len(columns) > 1 else columns[0]


def _traced(traces: Sequence[_Trace], assignment: dict[str, int], sizes: Mapping[str, int]) -> dict[str, int]:
    """The choices that lead to the optimum, from the last variable eliminated back to the first."""
    for trace in reversed(traces):
        place = 0
        for variable in trace.scope:
            place = place * sizes[variable] + assignment[variable]
        assignment[trace.variable] = trace.choices[place]
    return assignment


def _split(factors: Sequence[Factor], sizes: Mapping[str, int], constant: float, traces: Sequence[_Trace]) -> Optimum:
    """The optimum by trying each value of the variable that most factors share."""
    counts: dict[str, int] = {}
    for factor in factors:
        for variable in factor.scope:
            counts[variable] = counts.get(variable, 0) + 1
    shared = max(counts, key=lambda one: (counts[one], one))
    best = Optimum(NEVER, {})
    for choice in range(sizes[shared]):
        found = maximise([_fixed(factor, shared, choice, sizes) for factor in factors], sizes)
        if found.value > best.value:
            best = Optimum(found.value, {**found.assignment, shared: choice})
    if best.value + constant == NEVER:
        return Optimum(NEVER, {})
    return Optimum(best.value + constant, _traced(traces, dict(best.assignment), sizes))


def _fixed(factor: Factor, variable: str, choice: int, sizes: Mapping[str, int]) -> Factor:
    """A factor with one of its variables held at a value."""
    if variable not in factor.scope:
        return factor
    scope = tuple(one for one in factor.scope if one != variable)
    return Factor(
        scope,
        tuple(
            value
            for value, place in zip(factor.values, _choices(factor, variable, sizes), strict=True)
            if place == choice
        ),
    )


def _choices(factor: Factor, variable: str, sizes: Mapping[str, int]) -> list[int]:
    """For every entry of a factor, the value its variable has there."""
    places = [0]
    for one in factor.scope:
        steps = range(sizes[one])
        places = [step if one == variable else place for place in places for step in steps]
    return places
