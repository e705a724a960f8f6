"""An open answer falls into finitely many kinds, exactly as finely as the checks on it can tell apart.

The weights are held against an independent reckoning: two thousand people, evenly spread over the answer's
distribution by its quantile function, and how many of them each combination of checks picks out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathfinder.answers.cells import AnyCheck, Cell, cells
from pathfinder.answers.sheet import UNKNOWN, Among, Answer, Certain, Interval
from pathfinder.rulebase import conditions as language
from pathfinder.rulebase.conditions import OneOf, Selects, Value, Within
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.questions import Question, Shares
from samples import LIKES, QUESTIONS, RATING, ROLE, SKILL, TRIED, YEARS, question

PEOPLE = 2000
UNDER_10, UPTO_10 = Within(high=10, high_inclusive=False), Within(high=10)
GOOD = OneOf(frozenset({4, 5}))

NUMBERS = st.floats(0, 100).map(lambda number: round(number, 1))
BOUNDS = NUMBERS | st.sampled_from([0.0, 5.0, 10.0, 50.0, 100.0])
CHECKS = st.lists(st.builds(Within, st.none() | BOUNDS, st.booleans(), st.none() | BOUNDS, st.booleans()), max_size=3)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, likely, high = sorted(draw(st.lists(NUMBERS, min_size=3, max_size=3, unique=True)))
    return Interval(low, high, draw(st.sampled_from([None, low, likely, high])))


def signature(value: Value, checks: Iterable[AnyCheck]) -> tuple[bool, ...]:
    return tuple(check.holds(value) for check in dict.fromkeys(checks))


def weights(found: Sequence[Cell], checks: Iterable[AnyCheck]) -> dict[tuple[bool, ...], float]:
    """The weight of every way the checks turn out; each has a cell of its own."""
    checks = tuple(checks)
    shares = {signature(cell.value, checks): cell.weight for cell in found}
    assert len(shares) == len(found), "two cells that no check can tell apart"
    return shares


def quantiles_of(answer: Answer) -> dict[float, float]:
    """Percent of people -> number, linear in between; by definition of the answer."""
    match answer:
        case Interval(low, high, None):
            return {0: low, 100: high}
        case Interval(low, high, float() as likely):
            return {0: low, 50: likely, 100: high}
    return YEARS.plausible.quantiles


def person(quantiles: dict[float, float]) -> Callable[[float], float]:
    """The quantile function: what the person at this percentage of all would answer."""
    percents, numbers = list(quantiles), list(quantiles.values())

    def at(percent: float) -> float:
        place = bisect_right(percents, percent) - 1
        share = (percent - percents[place]) / (percents[place + 1] - percents[place])
        return numbers[place] + share * (numbers[place + 1] - numbers[place])

    return at


@given(answer=intervals() | st.just(UNKNOWN), checks=CHECKS)
@settings(max_examples=60, deadline=None)
def test_weights_of_a_number_match_two_thousand_people_spread_over_it(answer: Answer, checks: list[Within]) -> None:
    answers_at = person(quantiles_of(answer))
    counted = Counter(signature(answers_at((one + 0.5) * 100 / PEOPLE), checks) for one in range(PEOPLE))
    found = weights(cells(YEARS, answer, checks), checks)
    assert set(counted) <= set(found)
    edges = 2 * len(checks) + 4  # every edge of a check or of a piece can put one person on the wrong side
    for kind, weight in found.items():
        assert weight == pytest.approx(counted[kind] / PEOPLE, abs=edges / PEOPLE)


@given(answer=intervals() | st.just(UNKNOWN), checks=CHECKS, at=st.floats(0, 1))
@settings(deadline=None)
def test_every_number_that_is_possible_has_a_cell_and_every_cell_a_number_that_is(
    answer: Answer, checks: list[Within], at: float
) -> None:
    low, high = (answer.low, answer.high) if isinstance(answer, Interval) else YEARS.bounds
    found = cells(YEARS, answer, checks)
    possible = {low, high, low + at * (high - low), *(b for check in checks for b in check.bounds if low <= b <= high)}
    assert {signature(number, checks) for number in possible} <= set(weights(found, checks))
    assert all(isinstance(cell.value, (int, float)) and low <= cell.value <= high for cell in found)


@given(answer=intervals() | st.just(UNKNOWN), checks=CHECKS)
@settings(deadline=None)
def test_weights_add_up_to_one_and_none_is_negative(answer: Answer, checks: list[Within]) -> None:
    found = cells(YEARS, answer, checks)
    assert sum(cell.weight for cell in found) == pytest.approx(1)
    assert all(cell.weight >= 0 for cell in found)


def test_weights_add_up_to_one_for_every_question_of_the_built_in_rule_base(base: RuleBase) -> None:
    used = [case.when for rule in base.rules.values() for case in rule.cases]
    checks: dict[str, list[AnyCheck]] = {key: [] for key in base.questions}
    for condition in [*used, *base.relevance.values()]:
        for test in language.tests(condition):
            checks[test.question].append(test.check)
    for key, asked in base.questions.items():
        for shares in (asked.plausible, *asked.plausible.given):
            few = checks[key][:10] if asked.kind == "multi" else checks[key]
            assert sum(cell.weight for cell in cells(asked, None, few, shares)) == pytest.approx(1), key


@pytest.mark.parametrize("asked", QUESTIONS.values(), ids=list(QUESTIONS))
def test_a_certain_answer_is_one_cell_whatever_the_checks(asked: Question) -> None:
    value: Value = frozenset(asked.values) if asked.kind == "multi" else next(iter(asked.options), 10.0)
    assert cells(asked, Certain(value), [UNDER_10, UPTO_10, GOOD]) == (Cell(value, 1.0),)


@pytest.mark.parametrize("asked", QUESTIONS.values(), ids=list(QUESTIONS))
def test_without_checks_every_open_answer_is_one_cell(asked: Question) -> None:
    for answer in (None, UNKNOWN):
        (only,) = cells(asked, answer, [])
        assert only.weight == pytest.approx(1)


def test_unknown_counts_like_no_answer() -> None:
    assert cells(SKILL, UNKNOWN, [OneOf(frozenset({"solid"}))]) == cells(SKILL, None, [OneOf(frozenset({"solid"}))])


def test_values_that_no_check_tells_apart_are_merged_with_their_weights_added() -> None:
    upper, lower = OneOf(frozenset({"strong", "expert"})), OneOf(frozenset({"none", "basic"}))
    found = cells(SKILL, None, [upper, upper, lower])
    assert weights(found, [upper, lower]) == pytest.approx(
        {(False, True): 0.3, (False, False): 0.4, (True, False): 0.3}
    )
    assert [cell.value for cell in found] == ["none", "solid", "strong"], "the first value stands for its kind"


def test_a_choice_left_open_is_weighted_by_its_plausible_shares_and_a_set_evenly() -> None:
    checks = [OneOf(frozenset({"lead"}))]
    assert weights(cells(ROLE, None, checks), checks) == pytest.approx({(True,): 0.75, (False,): 0.25})
    among = Among(("lead", "engineer"))
    assert weights(cells(ROLE, among, checks), checks) == pytest.approx({(True,): 0.5, (False,): 0.5})
    yes = [OneOf(frozenset({True}))]
    assert weights(cells(TRIED, None, yes), yes) == pytest.approx({(True,): 0.75, (False,): 0.25})


def test_other_shares_can_take_the_place_of_the_questions_own() -> None:
    checks = [OneOf(frozenset({"lead"}))]
    other = Shares(weights={"lead": 1, "engineer": 9})
    assert weights(cells(ROLE, None, checks, other), checks) == pytest.approx({(True,): 0.1, (False,): 0.9})
    assert weights(cells(ROLE, Among(("lead", "engineer")), checks, other), checks) == pytest.approx(
        {(True,): 0.5, (False,): 0.5}
    )


def test_scale_points_of_an_interval_are_even_and_likely_halves_them() -> None:
    each = [OneOf(frozenset({point})) for point in (1, 2, 3, 4, 5)]

    def shares(answer: Interval) -> dict[Value, float]:
        return {cell.value: cell.weight for cell in cells(RATING, answer, each)}

    assert shares(Interval(2, 5)) == pytest.approx({2: 1 / 4, 3: 1 / 4, 4: 1 / 4, 5: 1 / 4})
    assert shares(Interval(2, 5, 3)) == pytest.approx({2: 1 / 4, 3: 1 / 4 + 1 / 6, 4: 1 / 6, 5: 1 / 6})
    assert shares(Interval(2, 4, 2)) == pytest.approx({2: 1 / 2 + 1 / 6, 3: 1 / 6, 4: 1 / 6})
    assert shares(Interval(2, 4, 4)) == pytest.approx({2: 1 / 6, 3: 1 / 6, 4: 1 / 2 + 1 / 6})


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ([UNDER_10], {(True,): 0.4, (False,): 0.6}),
        ([UPTO_10], {(True,): 0.6, (False,): 0.4}),
        ([UNDER_10, UPTO_10], {(True, True): 0.4, (False, True): 0.2, (False, False): 0.4}),
        ([Within(low=10, high=10)], {(True,): 0.2, (False,): 0.8}),
        ([Within(low=10, low_inclusive=False)], {(True,): 0.4, (False,): 0.6}),
    ],
)
def test_people_who_answer_exactly_the_threshold_fall_on_the_side_that_includes_it(
    checks: list[Within], expected: dict[tuple[bool, ...], float]
) -> None:
    assert weights(cells(YEARS, None, checks), checks) == pytest.approx(expected)


def test_many_at_one_number_inside_a_stretch_count_with_the_stretch() -> None:
    checks = [Within(high=9), Within(low=11)]
    found = weights(cells(YEARS, None, checks), checks)
    assert found == pytest.approx({(True, False): 0.36, (False, False): 0.25, (False, True): 0.39})


def test_many_at_the_ends_of_the_range_are_not_lost() -> None:
    ends = question("ends", "number", {"quantiles": {0: 0, 30: 0, 60: 10, 100: 10}}, range=[0, 10])
    checks = [Within(high=0), Within(low=10)]
    found = weights(cells(ends, None, checks), checks)
    assert found == pytest.approx({(True, False): 0.3, (False, False): 0.3, (False, True): 0.4})


def test_a_single_point_of_an_interval_is_possible_but_has_no_probability() -> None:
    checks = [Within(low=10, high=10)]
    assert weights(cells(YEARS, Interval(5, 15), checks), checks) == pytest.approx({(True,): 0.0, (False,): 1.0})


def test_a_threshold_at_the_end_of_an_interval_can_be_met_there_alone() -> None:
    checks = [Within(low=15)]
    assert weights(cells(YEARS, Interval(5, 15), checks), checks) == pytest.approx({(True,): 0.0, (False,): 1.0})
    checks = [Within(low=15, low_inclusive=False)]
    assert weights(cells(YEARS, Interval(5, 15), checks), checks) == pytest.approx({(False,): 1.0})


def test_thresholds_outside_an_interval_split_nothing() -> None:
    found = cells(YEARS, Interval(5, 15, 8), [Within(low=20), Within(high=4), Within(low=4, high=20)])
    assert [cell.weight for cell in found] == pytest.approx([1.0])


def test_likely_is_the_median_of_an_interval() -> None:
    checks = [Within(high=5)]
    assert weights(cells(YEARS, Interval(3, 30, 5), checks), checks) == pytest.approx({(True,): 0.5, (False,): 0.5})


def test_each_value_of_a_selection_is_picked_independently_by_its_share() -> None:
    both = [Selects("any", frozenset({"code"})), Selects("any", frozenset({"maths"}))]
    expected = {(True, True): 0.125, (True, False): 0.375, (False, True): 0.125, (False, False): 0.375}
    assert weights(cells(LIKES, None, both), both) == pytest.approx(expected)
    every, none = [Selects("all", frozenset({"code", "maths"}))], [Selects("none", frozenset({"code", "maths"}))]
    assert weights(cells(LIKES, None, every), every) == pytest.approx({(True,): 0.125, (False,): 0.875})
    assert weights(cells(LIKES, None, none), none) == pytest.approx({(True,): 0.375, (False,): 0.625})


def test_values_of_a_selection_that_no_check_names_do_not_multiply_the_cells() -> None:
    found = cells(LIKES, None, [Selects("any", frozenset({"policy"}))])
    assert [cell.value for cell in found] == [frozenset(), frozenset({"policy"})]
    assert [cell.weight for cell in found] == pytest.approx([0.9, 0.1])
