"""What the open answers could still make of it: ranges and proofs are those of trying out every completion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings

from naive import Person, Sheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.ranges.possibilities import Possibilities
from pathfinder.rulebase.conditions import Value
from small_bases import Small, small_cases


def every_completion(small: Small, raw: Sheet) -> list[Person]:
    return list(small.reference.completions(raw, frozenset(small.reference.questions)))


def filled(small: Small, raw: Sheet, answers: Mapping[str, Value]) -> Person:
    """A completion of a sheet with these answers; what they leave out may come out in any possible way."""
    left = next(small.reference.completions(raw, frozenset(small.reference.questions)))
    assert all(question not in raw or raw[question] == "unknown" or uncertain(raw[question]) for question in answers)
    return {**left, **answers}


def uncertain(answer: object) -> bool:
    return isinstance(answer, (dict, list))


def score(small: Small, path: str, person: Person) -> int:
    (rules,) = [one["rules"] for one in small.paths if one["id"] == path]
    return sum(small.reference.points_of(rule, person) for rule in rules)


@settings(max_examples=300, deadline=None)
@given(small_cases(count=4))
def test_low_and_high_of_a_path_are_reached_by_some_completion_and_passed_by_none(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    completions = every_completion(small, raw)
    possible = Possibilities(small.base, small.sheet(raw))
    for path in small.base.path:
        scores = [score(small, path, person) for person in completions]
        low, high = possible.range_of(path)
        assert (low.score, high.score) == (min(scores), max(scores))
        assert score(small, path, filled(small, raw, low.answers)) == low.score
        assert score(small, path, filled(small, raw, high.answers)) == high.score


@settings(max_examples=300, deadline=None)
@given(small_cases(count=4))
def test_settled_means_that_the_same_path_comes_first_in_every_completion(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    winners = {small.reference.best(small.paths, person) for person in every_completion(small, raw)}
    possible = Possibilities(small.base, small.sheet(raw))
    for path in small.base.path:
        found = possible.settle(path)
        assert found.settled is (winners == {path})
        if found.counterexample is not None:
            assert small.reference.best(small.paths, filled(small, raw, found.counterexample)) != path


@settings(max_examples=300, deadline=None)
@given(small_cases(count=4))
def test_the_least_lead_over_a_rival_is_the_least_of_all_completions_in_which_it_is_open(
    case: tuple[Small, Sheet],
) -> None:
    small, raw = case
    first, *rivals = small.base.path
    gates: dict[str, Any] = {path["id"]: path["gates"] for path in small.paths}
    found = {one.rival: one.margin for one in Possibilities(small.base, small.sheet(raw)).settle(first).rivalries}
    assert list(found) == rivals
    completions = every_completion(small, raw)
    for rival in rivals:
        leads = [
            score(small, first, person) - score(small, rival, person)
            for person in completions
            if not any(small.reference.truth(gate["when"], person) for gate in gates[rival])
        ]
        assert found[rival] == min(leads, default=None)


@settings(max_examples=60, deadline=None)
@given(small_cases(count=4))
def test_a_settled_verdict_is_the_one_of_every_completion(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    result = Assessor(small.base).assess(small.sheet(raw))
    winners = {small.reference.best(small.paths, person) for person in every_completion(small, raw)}
    assert not result.verdict.settled or winners == {result.top.id}
