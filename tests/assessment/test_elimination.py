"""The least and the largest sum of small tables are those of trying out every combination."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathfinder.assessment.ranges import elimination, joining
from pathfinder.assessment.ranges.elimination import Optimum, extremes, maximise
from pathfinder.assessment.scoring.factors import NEVER, Factor, strides

SIZES = {"a": 3, "b": 2, "c": 4, "d": 3, "e": 2}
Pick = Mapping[str, int]


@st.composite
def factors(draw: st.DrawFn, *, gate: bool = False) -> Factor:
    """A table of a few variables; some of their choices are alike to it."""
    scope = draw(st.lists(st.sampled_from(sorted(SIZES)), max_size=3, unique=True))
    kinds = [draw(st.lists(st.integers(0, 2), min_size=SIZES[one], max_size=SIZES[one])) for one in scope]
    steps = [[step[kind] for kind in mine] for step, mine in zip(strides([3] * len(scope)), kinds, strict=True)]
    point = st.sampled_from([0.0, NEVER]) if gate else st.integers(-4, 4).map(float)
    values = draw(st.lists(point, min_size=3 ** len(scope) + 1, max_size=3 ** len(scope) + 1))
    return Factor(scope, steps, values, start=draw(st.integers(0, 1)))


def value(factor: Factor, pick: Pick) -> float:
    steps = zip(factor.scope, factor.steps, strict=True)
    return factor.values[factor.start + sum(own[pick[variable]] for variable, own in steps)]


def total(gains: Sequence[Factor], losses: Sequence[Factor], pick: Pick) -> float:
    return sum(value(one, pick) for one in gains) - sum(value(one, pick) for one in losses)


def every_pick() -> list[Pick]:
    return [dict(zip(SIZES, places, strict=True)) for places in product(*map(range, SIZES.values()))]


def check(found: Optimum, best: float, gains: Sequence[Factor], losses: Sequence[Factor] = ()) -> None:
    """It is the best, and its assignment reaches it whatever is chosen for the variables that it leaves out."""
    assert found.value == best
    if best == NEVER:
        assert found.assignment == {}
    else:
        assert total(gains, losses, {**dict.fromkeys(SIZES, 1), **found.assignment}) == best
        assert set(found.assignment) == {one for factor in (*gains, *losses) for one in factor.scope}


def check_all(gains: Sequence[Factor], losses: Sequence[Factor], gates: Sequence[Factor]) -> None:
    least, most = extremes(gains)
    sums = [total(gains, [], pick) for pick in every_pick()]
    check(least, min(sums), gains)
    check(most, max(sums), gains)
    best = max(total([*gains, *gates], losses, pick) for pick in every_pick())
    check(maximise([*gains, *gates], losses), best, [*gains, *gates], losses)


tables = st.lists(factors(), max_size=6)


@settings(max_examples=200, deadline=None)
@given(tables, tables, st.lists(factors(gate=True), max_size=2))
def test_the_least_and_the_most_are_those_of_every_combination(
    gains: list[Factor], losses: list[Factor], gates: list[Factor]
) -> None:
    check_all(gains, losses, gates)


@settings(max_examples=60, deadline=None)
@given(tables, tables, st.lists(factors(gate=True), max_size=2))
def test_so_they_are_where_joined_tables_grow_too_large_or_their_places_are_not_kept(
    gains: list[Factor], losses: list[Factor], gates: list[Factor]
) -> None:
    for module, limit, few in ((elimination, "LARGEST", 5), (joining, "MOST_ENTRIES", 0)):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(module, limit, few)
            joining.joint_of.cache_clear()
            check_all(gains, losses, gates)
        joining.joint_of.cache_clear()


@given(tables)
def test_the_least_and_the_most_are_told_as_if_each_were_looked_for_alone(gains: list[Factor]) -> None:
    least, most = extremes(gains)
    turned = maximise([one.negated for one in gains])
    assert (least.value, least.assignment) == (-turned.value, turned.assignment)
    assert most == maximise(gains)


@given(factors(gate=True))
def test_what_a_table_rules_out_is_told_by_its_first_combination(factor: Factor) -> None:
    found = factor.ruled_out
    if found is None:
        assert all(value(factor, pick) != NEVER for pick in every_pick())
    else:
        assert set(found) == set(factor.scope)
        assert value(factor, {**dict.fromkeys(SIZES, 0), **found}) == NEVER


@given(factors())
def test_bounds_and_moving_variables_are_those_of_every_combination(factor: Factor) -> None:
    values = [value(factor, pick) for pick in every_pick()]
    assert factor.bounds == (min(values), max(values))
    for variable, size in SIZES.items():
        moves = any(
            len({value(factor, {**pick, variable: choice}) for choice in range(size)}) > 1 for pick in every_pick()
        )
        assert (variable in factor.moving) is moves
