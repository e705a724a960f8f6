"""What would change the result: every answer that does, found by trying them all out."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from naive import Sheet
from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.counterfactual import Change, Counterfactuals, middle_of
from pathfinder.rulebase.models import RuleBase
from small_bases import Small, small_cases


def kept(small: Small, raw: Sheet) -> dict[str, Any]:
    """The answers without those that do not apply."""
    found = dict(raw)
    for key in small.reference.questions:
        if key in found and small.reference.applies_on(key, found) is False:
            del found[key]
    return found


def winner(small: Small, raw: Sheet) -> str | None:
    """Who wins, by the naive reference: the open path with most points, if these are enough."""
    best, most = None, 0.0
    for path in small.paths:
        points = round(sum(small.reference.score(rule, raw).points for rule in path["rules"]), 6)
        blocked = any(small.reference.truth_on(gate["when"], raw) is True for gate in path["gates"])
        if not blocked and (best is None or points > most):
            best, most = str(path["id"]), points
    return best if most >= small.base.general.verdict.enough else None


def plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def counterfactuals(base: RuleBase, answers: Any) -> Counterfactuals:
    sheet, problems = validate_sheet({"answers": answers}, base.questions)
    assert not problems
    assessor = Assessor(base)
    return Counterfactuals(base, sheet, assessor.scorer, assessor.book)


@settings(max_examples=60, deadline=None)
@given(small_cases(count=4))
def test_every_single_answer_that_changes_the_winner_is_found_and_no_other(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    answers = kept(small, raw)
    what_if = counterfactuals(small.base, answers)
    now = winner(small, answers)
    assert what_if.now.winner()[0] == now
    tried: set[tuple[str, str | None]] = set()
    for key in what_if.questions():
        for value in small.reference.options(key):
            other = winner(small, {**answers, key: plain(value)})
            if other != now:
                tried.add((key, other))
    found = {(flip.changes[0].question, flip.winner) for flip in what_if.singles()}
    assert found == tried


@settings(max_examples=60, deadline=None)
@given(small_cases(count=4))
def test_of_the_numbers_that_change_the_winner_the_nearest_kind_is_named(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    answers = kept(small, raw)
    what_if = counterfactuals(small.base, answers)
    for flip in what_if.singles():
        (change,) = flip.changes
        middle = middle_of(what_if.sheet.get(change.question))
        if small.base.questions[change.question].kind != "number" or middle is None:
            continue
        way = what_if.direction(change)
        nearer = [
            value
            for value in small.reference.options(change.question)
            if (value > middle if way == "up" else value < middle)
            and abs(value - middle) < abs(float(str(change.value)) - middle)
            and winner(small, {**answers, change.question: value}) == flip.winner
        ]
        kinds = {tuple(check.holds(one) for check in what_if.book.checks[change.question]) for one in nearer}
        own = tuple(check.holds(change.value) for check in what_if.book.checks[change.question])
        assert kinds <= {own}


def test_a_short_timeline_is_named_by_its_threshold_on_the_built_in_base(base: RuleBase) -> None:
    sheet, _ = validate_sheet({"answers": LEAD_WITH_A_GOOD_PLACE}, base.questions)
    (timeline,) = [one for one in Assessor(base).assess(sheet).changes if one.question == "timeline_years"]
    assert timeline.change == "5 years or less"
    assert timeline.winner == "research_contributor"
    assert not timeline.within_reach


def test_a_change_to_a_goal_outside_the_paths_leaves_no_winner(base: RuleBase) -> None:
    what_if = counterfactuals(base, LEAD_WITH_A_GOOD_PLACE)
    assert what_if.standing([Change("goal_role", "operations")]).winner()[0] is None


LEAD_WITH_A_GOOD_PLACE = {
    "goal_role": "research_lead",
    "timeline_years": 12,
    "coding": "strong",
    "research_record": "publication",
    "tried_research": "months",
    "research_reaction": "enjoyed",
    "phd_option": "offer",
    "phd_supervisor_research": 5,
    "phd_supervisor_mentoring": 4,
    "phd_supervisor_safety": 4,
    "phd_freedom": 4,
    "job_option": "in_role",
    "job_kind": "industry_lab",
    "job_team": 4,
    "job_own_ideas": 1,
    "stage": "early_career",
    "pay_cut": "accepted",
}
