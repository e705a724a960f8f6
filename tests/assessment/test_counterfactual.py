"""What would change the result: every answer that does, found by trying them all out."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naive import Raw, Sheet, read_raw
from pathfinder.answers.facts import set_aside
from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.changes.counterfactual import Change, Counterfactuals, middle_of
from pathfinder.rulebase.extras import OtherRole
from pathfinder.rulebase.forms import read_part
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import built_in_folder
from random_sheets import random_sheet
from small_bases import Small, built, small_cases


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


@settings(max_examples=300, deadline=None)
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


@settings(max_examples=100, deadline=None)
@given(small_cases(count=5), st.data())
def test_after_several_changes_the_paths_stand_as_they_would_on_the_changed_answers(
    case: tuple[Small, Sheet], data: st.DataObject
) -> None:
    small, raw = case
    answers = kept(small, raw)
    what_if = counterfactuals(small.base, answers)
    keys = data.draw(st.lists(st.sampled_from(list(small.reference.questions)), max_size=3, unique=True))
    values = {key: data.draw(st.sampled_from(small.reference.options(key))) for key in keys}
    changed = {**answers, **{key: plain(value) for key, value in values.items()}}
    found = what_if.standing([Change(key, value) for key, value in values.items()])
    for path in small.paths:
        points = sum(small.reference.score(rule, changed).points for rule in path["rules"])
        assert abs(found.scores[path["id"]] - points) < 1e-5
        blocked = any(small.reference.truth_on(gate["when"], changed) is True for gate in path["gates"])
        assert (path["id"] in found.blocked) == blocked


@pytest.mark.parametrize(
    ("chosen", "others"),
    [
        (["a", "b", "d"], [{"a", "d"}, {"a", "b", "c", "d"}, {"a", "c", "d"}]),
        (["c"], [set(), {"a", "b"}, {"a", "b", "c"}]),
        ([], [{"c"}, {"a", "b"}, {"a", "b", "c"}]),
    ],
)
def test_of_selections_that_no_check_tells_apart_the_nearest_is_named(
    chosen: list[str], others: list[set[str]]
) -> None:
    asked = {
        "likes": {
            "id": "likes",
            "kind": "multi",
            "depth": "core",
            "values": {word: word for word in "abcd"},
            "plausible": {"shares": dict.fromkeys("abcd", 0.5)},
        }
    }
    cases = [{"when": {"likes": {key: value}}, "points": 1, "because": "Because."} for key, value in CHECKS]
    rule = {"id": "rule", "criterion": "fit", "asks": "Does it?", "claims": ["c"], "cases": cases}
    paths = [{"id": key, "title": key, "summary": "A path.", "rules": [{**rule, "id": key}]} for key in ("one", "two")]
    what_if = counterfactuals(built(asked, paths), {"likes": chosen})
    found = [one.value for one in what_if.alternatives("likes") if isinstance(one.value, frozenset)]
    assert sorted(map(sorted, found)) == sorted(map(sorted, others))
    assert [len(set(chosen) ^ value) for value in found] == sorted(len(set(chosen) ^ value) for value in others)


@settings(max_examples=300, deadline=None)
@given(small_cases())
def test_where_the_winner_is_said_to_stand_no_answer_changes_it(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    what_if = counterfactuals(small.base, raw)
    first = what_if.now.winner()[0]
    for question in what_if.questions():
        if what_if.stands(question):
            assert {what_if.winner(change)[0] for change in what_if.alternatives(question)} <= {first}


def test_a_winner_stands_as_long_as_a_question_can_move_less_than_its_lead_and_what_it_takes_to_win() -> None:
    """One path has 9 points, the other 0; it takes 4 to win."""

    def worth(key: str, points: int) -> Raw:
        case = {"when": {key: True}, "points": points, "because": "Because."}
        return {"id": f"rule-{key}", "criterion": "fit", "asks": "Does it?", "claims": ["c"], "cases": [case]}

    yes_no = {"kind": "yes_no", "depth": "core", "plausible": {"weights": {"yes": 1, "no": 1}}}
    asked = {key: {"id": key, **yes_no} for key in ("now", "below", "level", "less", "little", "alike", "aside")}
    words = {"summary": "A path."}
    paths = [
        {"id": "one", "title": "One", **words, "rules": [worth("now", 9), worth("less", -6), worth("little", -4)]},
        {"id": "two", "title": "Two", **words, "rules": [worth("below", 8), worth("level", 9)]},
    ]
    shared = [{"paths": ["one", "two"], "rules": [worth("alike", 4)]}]
    what_if = counterfactuals(built(asked, paths, shared), {"now": True})
    assert what_if.now.winner() == ("one", 9.0)
    assert [key for key in asked if what_if.stands(key)] == ["below", "little", "alike", "aside"]
    nobody = counterfactuals(built(asked, paths, shared), {})
    assert nobody.now.winner()[0] is None
    assert [key for key in asked if nobody.stands(key)] == ["aside"]


def test_a_winner_may_not_stand_where_a_question_closes_a_path_or_calls_for_another_role() -> None:
    yes_no = {"kind": "yes_no", "depth": "core", "plausible": {"weights": {"yes": 1, "no": 1}}}
    asked = {key: {"id": key, **yes_no} for key in ("now", "shut", "opened", "elsewhere", "aside")}
    case = {"when": {"now": True}, "points": 9, "because": "Because."}
    rule = {"id": "rule", "criterion": "fit", "asks": "Does it?", "claims": ["c"], "cases": [case]}
    words = {"because": "Because.", "opens": "Something.", "claims": ["c"]}
    paths = [
        {
            "id": key,
            "title": key,
            "summary": "A path.",
            "rules": [rule] if key == "one" else [],
            "gates": [{"id": f"gate-{question}", "when": {question: value}, **words}],
        }
        for key, question, value in (("one", "shut", True), ("two", "opened", False))
    ]
    base = built(asked, paths)
    role: Raw = {"id": "role", "title": "Role", "text": "Elsewhere.", "next": "Go there.", "claims": ["c"]}
    role = {**role, "when": {"elsewhere": True}, "decides": {"elsewhere": True}}
    base = base.with_parts(other_roles=(read_part(OtherRole, role, context={"questions": base.questions}),))
    inside = counterfactuals(base, {"now": True, "opened": False, "elsewhere": False})
    assert inside.now.winner()[0] == "one"
    assert [key for key in asked if inside.stands(key)] == ["aside"]
    outside = counterfactuals(base, {"now": True, "elsewhere": True})
    assert outside.now.outside
    assert [key for key in asked if outside.stands(key)] == ["now", "aside"]


def test_on_the_built_in_base_the_winner_stands_where_it_is_said_to(base: RuleBase) -> None:
    reference, source = read_raw(Path(built_in_folder())).reference, random.Random(5)
    assessor, said = Assessor(base), 0
    for number in range(40):
        sheet, _ = validate_sheet({"answers": random_sheet(reference, source, share=number / 40)}, base.questions)
        what_if = Counterfactuals(base, set_aside(base, sheet)[0], assessor.scorer, assessor.book)
        first = what_if.now.winner()[0]
        for question in what_if.questions():
            if what_if.stands(question):
                said += 1
                assert {what_if.winner(change)[0] for change in what_if.alternatives(question)} <= {first}
    assert said > 300


def test_a_change_that_takes_away_what_a_gate_asks_opens_it() -> None:
    weights = {"weights": {"yes": 1, "no": 1}}
    yes_no = {"kind": "yes_no", "depth": "core", "plausible": weights}
    asked = {"job": {"id": "job", **yes_no}, "far": {"id": "far", "asked_if": {"job": True}, **yes_no}}
    words = {"opens": "Something.", "because": "Because.", "claims": ["c"]}
    gates = [{"id": "gate", "when": {"far": True}, **words}]
    paths = [
        {"id": key, "title": key, "summary": "A path.", "gates": gates if key == "one" else []}
        for key in ("one", "two")
    ]
    what_if = counterfactuals(built(asked, paths), {"job": True, "far": True})
    assert what_if.now.blocked == {"one"}
    assert what_if.standing([Change("job", False)]).blocked == set()


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


CHECKS = (("has_all", ["a", "b"]), ("has", "c"))
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
