"""A sheet scored from bundles has the reasons that its arguments have one by one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathfinder.answers.facts import set_aside
from pathfinder.answers.scope import truth
from pathfinder.answers.sheet import AnswerSheet, Certain
from pathfinder.assessment.bulk import bundles
from pathfinder.assessment.bulk.bundles import HALF, LANE, MILLION, Lanes
from pathfinder.assessment.bulk.sheet_scores import SheetScorer
from pathfinder.assessment.scoring.scorer import RuleScore, Scorer
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.weighing import weighed
from small_bases import sheets, small_bases

WEIGHTS = st.sampled_from([{}, {}, {"fit": 1.0}, {"fit": 0.35}, {"fit": 2.0}])


def one_by_one(base: RuleBase, sheet: AnswerSheet) -> tuple[dict[str, RuleScore], list[tuple[str, str]]]:
    """Every argument's score, and the gates that close."""
    kept = set_aside(base, sheet)[0]
    scorer = Scorer(weighed(base, sheet.weights))
    gates = [(path.id, gate) for path in base.paths for gate in path.gates]
    return (
        {rule.id: scorer.score(rule, kept) for rule in scorer.base.rules.values()},
        [(path, gate.id) for path, gate in gates if truth(base, kept, gate.when) is True],
    )


def agree(base: RuleBase, scorer: SheetScorer, sheet: AnswerSheet) -> None:
    scores, shut = one_by_one(base, sheet)
    found = scorer.reasons(sheet)
    silent = {rule: RuleScore(rule, 0, 0, 0, (), 0, ()) for rule in base.rules}
    assert silent | {one.rule: one for one in found.scores} == scores
    assert sorted(found.shut) == sorted(shut)
    assert found.points == tuple(
        round(sum(scores[rule.id].points for rule in base.rules_of(path)), 6) for path in base.path
    )


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from([1, 6, bundles.MOST_PATTERNS]), st.sampled_from([5, bundles.MOST_PLACES]))
def test_on_any_rule_base_a_sheet_has_the_reasons_of_each_argument(data: st.DataObject, most: int, places: int) -> None:
    small = data.draw(small_bases())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bundles, "MOST_PATTERNS", most)
        patch.setattr(bundles, "MOST_PLACES", places)
        scorer = SheetScorer(small.base)
    for _ in range(4):
        given_ = small.sheet(data.draw(sheets(small.reference.questions)))
        agree(small.base, scorer, AnswerSheet(given_.answers, weights=data.draw(WEIGHTS)))


def test_answers_met_for_the_first_time_count_as_those_met_before(base: RuleBase) -> None:
    scorer = SheetScorer(base)
    question = next(key for key, one in base.questions.items() if one.kind == "number")
    low, high = base.questions[question].bounds
    for number in (low, high, low, (low + high) / 3):
        agree(base, scorer, AnswerSheet({question: Certain(float(number))}))


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=6))
def test_points_of_many_paths_stand_in_one_number_and_come_out_again(millionths: list[int]) -> None:
    packed = sum(one << LANE * place for place, one in enumerate(millionths))
    assert Lanes(len(millionths)).points(packed) == tuple(round(one / MILLION, 6) for one in millionths)
    assert max(map(abs, millionths)) < HALF
