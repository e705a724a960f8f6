"""Weights on criteria: a weighed base, its ranges and shares, and which weighing favours which path."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from naive import Sheet
from pathfinder.answers.sheet import AnswerSheet, Certain
from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.certainty.favouring import (
    DRAWS,
    _filled,
    _paired,
    _totals,
    _weighings,
    by_criterion,
    favoured,
)
from pathfinder.assessment.scoring.scorer import Scorer
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.weighing import read_weights, weighed
from pathfinder.store.rules import load_built_in
from small_bases import Small, small_cases

WEIGHTS = [0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 5.0]


@pytest.fixture(scope="module")
def base() -> RuleBase:
    return load_built_in()


@settings(max_examples=60, deadline=None)
@given(small_cases(count=3), st.sampled_from(WEIGHTS))
def test_with_one_criterion_every_figure_is_that_many_times_as_large(case: tuple[Small, Sheet], weight: float) -> None:
    small, raw = case
    assessor, sheet = Assessor(small.base), small.sheet(raw)
    plain = assessor.assess(sheet)
    found = assessor.assess(replace(sheet, weights={"fit": weight}))
    for path in plain.paths:
        mine = found.path(path.id)
        assert mine.score == pytest.approx(weight * path.score, abs=1e-5)
        assert (mine.low, mine.high) == pytest.approx((weight * path.low, weight * path.high))
        if weight:
            assert (mine.rank, mine.chance_best) == (path.rank, path.chance_best)
        for reason, other in zip(mine.reasons, path.reasons, strict=False):
            assert reason.points == pytest.approx(weight * other.points, abs=1e-5)
            assert reason.weight == weight
    assert dict(found.weights) == ({} if weight == 1 else {"fit": weight})


def test_scores_are_the_weighed_sums_of_the_criteria(base: RuleBase) -> None:
    sheet = AnswerSheet({"goal_role": Certain("research_lead"), "coding": Certain("strong")})
    plain = Assessor(base).assess(sheet)
    weights = {"goal": 2.0, "option": 0.25, "fit": 0.0}
    found = Assessor(base).assess(replace(sheet, weights=weights))
    for path in plain.paths:
        expected = sum(points * weights.get(criterion, 1.0) for criterion, points in path.criteria.items())
        assert found.path(path.id).score == pytest.approx(expected, abs=0.02)


def test_an_assessor_goes_from_one_weighing_to_another_and_back(base: RuleBase) -> None:
    sheet = AnswerSheet({"goal_role": Certain("research_lead")})
    assessor = Assessor(base)
    once = assessor.assess(sheet)
    for weights in ({"goal": 2.0}, {"goal": 3.0}, {"goal": 2.0}):
        again = Assessor(base).assess(replace(sheet, weights=weights))
        assert assessor.assess(replace(sheet, weights=weights)) == again
    assert assessor.assess(sheet) == once
    assert assessor.assess(replace(sheet, weights={"goal": 1.0})) == once


def test_weights_are_read_with_every_problem_named() -> None:
    pairs: list[tuple[object, object]] = [("fit", "2"), ("fitt", "2"), ("goal", "x"), ("option", 5.01)]
    pairs += [("goal", "0.333"), ("fit", 1), ("goal", True)]
    found, problems = read_weights(pairs, ["goal", "fit", "option"], "weights")
    assert found == {"fit": 2.0}
    assert [problem.key for problem in problems] == [
        "weights.fitt",
        "weights.goal",
        "weights.option",
        "weights.goal",
        "weights.fit",
        "weights.goal",
    ]
    assert read_weights([("fit", 0), ("goal", 5)], ["goal", "fit"], "weights") == ({"fit": 0.0, "goal": 5.0}, [])


def test_weights_stand_in_an_answers_file(base: RuleBase) -> None:
    document = {"answers": {}, "weights": {"wellbeing": 2, "goal": 0.5}}
    sheet, problems = validate_sheet(document, base.questions, base.path, base.criterion)
    assert (sheet.weights, problems) == ({"wellbeing": 2.0, "goal": 0.5}, [])
    _, problems = validate_sheet({"answers": {}, "weights": [2]}, base.questions, base.path, base.criterion)
    assert [problem.key for problem in problems] == ["weights"]


def test_the_weighing_that_favours_a_path_goes_by_where_it_leads() -> None:
    points = {"one": {"a": 4.0, "b": 0.0}, "two": {"a": 0.0, "b": 4.0}, "three": {"a": 1.0, "b": 1.0}}
    one, two, three = favoured(points, [])
    assert one.share == pytest.approx(0.5, abs=0.05)
    assert two.share == pytest.approx(0.5, abs=0.05)
    # Evenly drawn weights that add up to 2: the mean over the half in which `a` weighs more is 1.5 to 0.5.
    assert one.weights == pytest.approx({"a": 1.5, "b": 0.5}, abs=0.05)
    assert two.weights == pytest.approx({"a": 0.5, "b": 1.5}, abs=0.05)
    assert (three.share, three.weights) == (0.0, {})


def test_a_blocked_path_is_favoured_by_no_weighing() -> None:
    points = {"one": {"a": 4.0}, "two": {"a": 0.0}}
    assert [one.path for one in favoured(points, ["one"])] == ["two"]
    assert favoured(points, ["one", "two"]) == ()


def test_points_by_criterion_add_up_to_the_scores(base: RuleBase) -> None:
    sheet = AnswerSheet({"goal_role": Certain("research_lead"), "coding": Certain("strong")})
    scores = {rule.id: Scorer(base).score(rule, sheet) for rule in base.rules.values()}
    for path in Assessor(base).assess(sheet).paths:
        assert by_criterion(base, scores)[path.id] == dict(path.criteria)


def test_a_weighed_base_leaves_the_plain_one_alone(base: RuleBase) -> None:
    before = {rule.id: [case.points for case in rule.cases] for rule in base.rules.values()}
    doubled = weighed(base, {"fit": 2})
    for rule in base.rules.values():
        times = 2 if rule.criterion == "fit" else 1
        assert [case.points for case in doubled.rules[rule.id].cases] == [times * points for points in before[rule.id]]
        assert [case.points for case in rule.cases] == before[rule.id]
    assert weighed(base, {"fit": 1}) is base


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("draws", [1, 7, DRAWS])
def test_weights_of_some_draws_are_added_up_exactly(count: int, draws: int) -> None:
    picked = [draw for draw in range(draws) if draw % 3 != 1]
    high = sum(1 << (64 * draw + 63) for draw in picked)
    found = _totals(_paired(count, 5, draws), _filled(high), draws)
    lanes = [[mine >> 64 * draw & (1 << 64) - 1 for draw in picked] for mine in _weighings(count, 5, draws)]
    assert found[:count] == [sum(one) for one in lanes]
