"""What must hold for anybody on the built-in rule base."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from itertools import combinations, product
from typing import Any

import pytest
from msgspec import structs, to_builtins

from naive import Person, Raw, RawBase, Reference, Sheet, read_raw
from pathfinder.answers.facts import set_aside
from pathfinder.answers.sheet import AnswerSheet
from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.scoring.scorer import Fired, Scorer
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import built_in_folder, load_built_in
from random_sheets import as_answers, random_answer, random_completion, random_sheet

TECHNICAL = {"phd", "research_contributor", "independent_research"}


TWO_OFFERS: Sheet = {
    "goal_role": "research_lead",
    "timeline_years": 12,
    "new_agendas_needed": True,
    "top_problem": "technical_alignment",
    "coding": "strong",
    "maths": "strong",
    "ml_experience": "own_experiments",
    "research_record": "publication",
    "tried_research": "months",
    "research_reaction": "enjoyed",
    "self_directed_record": "thrived",
    "mental_health_risk": "low",
    "enjoys": ["coding_experiments"],
    "mentor_hours": 0,
    "own_agenda": "none",
    "phd_option": "offer",
    "phd_supervisor_safety": 3,
    "phd_freedom": 3,
    "job_option": "offer",
    "job_kind": "industry_lab",
    "job_team": 4,
    "job_mentoring": 4,
    "job_own_ideas": 4,
    "pay_cut": "accepted",
    "policy_interest": 1,
    "governance_option": "none",
    "stage": "masters",
}
"""A good post and a place for a PhD; what the supervisor is like is left to say."""
GREAT_PHD: Sheet = {
    "goal_role": "research_lead",
    "timeline_years": 15,
    "new_agendas_needed": True,
    "top_problem": "technical_alignment",
    "coding": "strong",
    "tried_research": "months",
    "research_reaction": "enjoyed",
    "phd_option": "offer",
    "phd_supervisor_research": 5,
    "phd_supervisor_mentoring": 5,
    "phd_supervisor_safety": 5,
    "job_option": "not_searched",
    "own_agenda": "none",
    "governance_option": "none",
    "policy_interest": 1,
    "stage": "masters",
}
NOTHING_YET: Sheet = {
    "goal_role": "research_contributor",
    "top_problem": "technical_alignment",
    "enjoys": [],
    "coding": "none",
    "phd_option": "none",
    "job_option": "not_searched",
    "policy_interest": 1,
    "governance_record": "none",
    "governance_option": "none",
}


@cache
def raw_base() -> RawBase:
    """The built-in rule base as plain YAML data."""
    return read_raw(built_in_folder())


@pytest.fixture(scope="module")
def assessor(base: RuleBase) -> Assessor:
    return Assessor(base)


@pytest.fixture
def reference() -> Reference:
    return raw_base().reference


def read(base: RuleBase, raw: Sheet) -> AnswerSheet:
    sheet, problems = validate_sheet({"answers": raw}, base.questions)
    assert not problems
    return sheet


def some_sheets(seed: int, *shares: float, uncertain: bool = True) -> list[dict[str, Any]]:
    """One random sheet for each share of questions answered."""
    source = random.Random(seed)
    return [random_sheet(raw_base().reference, source, share=share, uncertain=uncertain) for share in shares]


def test_everybody_about_whom_all_is_known_scores_what_the_plain_rules_say(assessor: Assessor) -> None:
    for raw in some_sheets(1, *[1.0] * 12, uncertain=False):
        result = assessor.assess(read(assessor.base, raw))
        person = {key: frozenset(value) if isinstance(value, list) else value for key, value in raw.items()}
        for path in raw_base().paths:
            found = result.path(path["id"])
            points = sum(raw_base().reference.points_of(rule, person) for rule in path["rules"])
            blocked = any(raw_base().reference.truth(gate["when"], person) for gate in path["gates"])
            assert (found.score, found.low, found.high) == (points, points, points)
            assert found.status == ("blocked" if blocked else "open")
        assert result.top.chance_best == (1 if result.top.status == "open" else 0)


@pytest.mark.parametrize("raw", some_sheets(2, 0.3, 0.6, 0.8, 0.95))
def test_what_counts_now_is_what_the_plain_rules_make_of_each_argument(base: RuleBase, raw: Sheet) -> None:
    scorer, sheet = Scorer(base), read(base, raw)
    plain = {rule["id"]: rule for path in raw_base().paths for rule in path["rules"]}
    assert set(plain) == set(base.rules)
    small = {key: rule for key, rule in plain.items() if ways(rule, raw) <= 3000}
    assert len(small) >= len(plain) / 2
    for key, rule in small.items():
        found, expected = scorer.score(base.rules[key], sheet), raw_base().reference.score(rule, raw)
        assert found.points == pytest.approx(expected.points, abs=2e-6)
        assert (found.low, found.high, frozenset(found.open)) == (expected.low, expected.high, expected.moves)


def ways(rule: dict[str, Any], raw: Sheet) -> int:
    """How many completions there are of what a rule rests on."""
    reference, count = raw_base().reference, 1
    for key in reference.rests_on([case["when"] for case in rule["cases"]] + [rule.get("unless", {})]):
        open_now = reference.is_open(key, raw)
        count *= len(reference.options(key) if open_now else reference.possible(key, raw[key]))
    return count


@pytest.mark.parametrize("raw", some_sheets(3, 0.5, 0.9))
def test_the_order_of_the_answers_changes_nothing(assessor: Assessor, raw: Sheet) -> None:
    found = assessor.assess(read(assessor.base, raw))
    keys = list(raw)
    random.Random(4).shuffle(keys)
    assert assessor.assess(read(assessor.base, {key: raw[key] for key in keys})) == found


@pytest.mark.parametrize(
    "raw", [{**raw, "phd_option": "none", "job_option": "searching"} for raw in some_sheets(5, 0.7, 0.9)]
)
def test_answers_to_questions_that_do_not_apply_change_nothing_but_a_notice_each(
    assessor: Assessor, reference: Reference, raw: Sheet
) -> None:
    source, base = random.Random(6), assessor.base
    irrelevant = [key for key in reference.questions if reference.applies_on(key, raw) is False]
    assert irrelevant
    kept = {key: answer for key, answer in raw.items() if key not in irrelevant}
    full = kept | {key: random_answer(reference, key, source) for key in irrelevant}
    found, expected = assessor.assess(read(base, full)), assessor.assess(read(base, kept))
    assert len(found.notices) == len(expected.notices) + len(irrelevant)
    assert all(any(f"({key})" in notice for notice in found.notices) for key in irrelevant)
    given = tuple(answer for answer in found.answers if answer.state != "set aside")
    assert structs.replace(found, notices=expected.notices, answers=given) == expected


@pytest.mark.parametrize("raw", some_sheets(7, 0.7, 0.9))
def test_saying_unknown_where_nothing_was_said_changes_no_score(assessor: Assessor, raw: Sheet) -> None:
    unasked = {key: "unknown" for key in raw_base().reference.questions if key not in raw}
    found, expected = (assessor.assess(read(assessor.base, sheet)) for sheet in ({**raw, **unasked}, raw))
    assert found.paths == expected.paths
    assert found.verdict == expected.verdict


def test_arguments_on_technical_work_as_a_whole_count_on_every_technical_path(base: RuleBase) -> None:
    assert base.shared
    assert all(set(group.paths) == TECHNICAL for group in base.shared)


@pytest.mark.parametrize("raw", some_sheets(19, 0.5, 0.7, 0.9, 1.0))
def test_arguments_on_technical_work_as_a_whole_never_reorder_the_technical_paths(base: RuleBase, raw: Sheet) -> None:
    parts = {name: getattr(base, name) for name in RuleBase.__struct_fields__}
    without = RuleBase(**{**parts, "shared": ()})
    whole = technical_scores(base, raw)
    alone = technical_scores(without, raw)
    assert whole != alone
    for one, other in combinations(sorted(TECHNICAL), 2):
        assert whole[one] - whole[other] == pytest.approx(alone[one] - alone[other], abs=1e-5)


def technical_scores(base: RuleBase, raw: Sheet) -> dict[str, float]:
    scorer, (sheet, _) = Scorer(base), set_aside(base, read(base, raw))
    return {path: sum(scorer.score(rule, sheet).points for rule in base.rules_of(path)) for path in TECHNICAL}


@pytest.mark.parametrize("raw", [NOTHING_YET, *({**raw, "coding": "none"} for raw in some_sheets(9, 0.6, 0.8, 0.9))])
def test_a_blocked_path_ranks_after_every_open_one(assessor: Assessor, raw: Sheet) -> None:
    paths = assessor.assess(read(assessor.base, raw)).paths
    assert [path.rank for path in paths] == [1, 2, 3, 4]
    states = [path.status for path in paths]
    assert states == sorted(states, key=lambda state: state == "blocked")
    assert "blocked" in states
    for status in ("open", "blocked"):
        scores = [path.score for path in paths if path.status == status]
        assert scores == sorted(scores, reverse=True)
    assert all(bool(path.blocked_by) is (path.status == "blocked") for path in paths)


def test_a_gate_closes_only_on_what_is_known(assessor: Assessor) -> None:
    found = {
        answer: assessor.assess(read(assessor.base, {"coding": answer})).path("phd").status
        for answer in ("none", "unknown", "basic")
    }
    either = assessor.assess(read(assessor.base, {"coding": ["none", "basic"]})).path("phd").status
    assert found == {"none": "blocked", "unknown": "open", "basic": "open"}
    assert either == "open"


@pytest.mark.parametrize("raw", [{}, *some_sheets(10, 0.8)])
def test_an_assessment_is_plain_data_that_json_can_hold(assessor: Assessor, raw: Sheet) -> None:
    plain = to_builtins(assessor.assess(read(assessor.base, raw)))
    written = json.dumps(plain, allow_nan=False)
    assert json.loads(written)["verdict"]["kind"] == plain["verdict"]["kind"]


@pytest.mark.parametrize("raw", some_sheets(11, 0.4, 0.6, 0.8, 0.95, 1.0))
def test_the_numbers_of_a_path_fit_together(assessor: Assessor, raw: Sheet) -> None:
    result = assessor.assess(read(assessor.base, raw))
    for path in result.paths:
        assert path.low <= path.high
        assert path.score == pytest.approx(sum(path.criteria.values()), abs=1e-5)
        assert path.points_for + path.points_against == pytest.approx(path.score, abs=1e-5)
        assert 0 <= path.chance_best <= (0 if path.status == "blocked" else 1)
    always_open = [path for path in assessor.base.paths if not path.gates]
    assert always_open
    assert sum(path.chance_best for path in result.paths) == pytest.approx(1, abs=3e-4)


@pytest.mark.parametrize(
    ("raw", "kind", "path"),
    [
        (GREAT_PHD, "clear", "phd"),
        ({}, "unsettled", None),
        ({"goal_role": "research_lead", "timeline_years": 15}, "unsettled", "phd"),
        (NOTHING_YET, "none_fits", None),
        ({"goal_role": "operations"}, "outside", None),
        ({**GREAT_PHD, "top_problem": "another_cause"}, "outside", None),
    ],
)
def test_a_verdict_is_of_the_kind_a_person_would_name(
    assessor: Assessor, raw: Sheet, kind: str, path: str | None
) -> None:
    verdict = assessor.assess(read(assessor.base, raw)).verdict
    assert (verdict.kind, verdict.path) == (kind, path)
    assert verdict.summary


def test_between_a_better_and_a_worse_offer_lies_one_that_is_close(assessor: Assessor) -> None:
    offers = {
        (strength, mentoring): assessor.assess(
            read(
                assessor.base,
                {**TWO_OFFERS, "phd_supervisor_research": strength, "phd_supervisor_mentoring": mentoring},
            )
        )
        for strength, mentoring in product((1, 2, 3, 4, 5), repeat=2)
    }
    worst, best = offers[1, 1].verdict, offers[5, 5].verdict
    assert (worst.kind, worst.path) == ("clear", "research_contributor")
    assert (best.kind, best.path) == ("clear", "phd")
    assert "close" in {found.verdict.kind for found in offers.values()}
    for (strength, mentoring), found in offers.items():
        for better in ((strength + 1, mentoring), (strength, mentoring + 1)):
            if better in offers:
                assert offers[better].path("phd").score >= found.path("phd").score


def nearly_complete(seed: int, count: int) -> list[dict[str, Any]]:
    """Sheets with a few answers left open."""
    return some_sheets(seed, *[0.97] * count)


def test_a_settled_verdict_is_never_contradicted_by_a_completion(assessor: Assessor) -> None:
    source, settled = random.Random(12), 0
    for raw in [NOTHING_YET, *nearly_complete(13, 14)]:
        result = assessor.assess(read(assessor.base, raw))
        if result.verdict.settled:
            settled += 1
            for _ in range(200):
                person = random_completion(raw_base().reference, raw, source)
                if result.verdict.kind == "outside":
                    again = assessor.assess(read(assessor.base, as_answers(person)))
                    assert again.verdict.kind == "outside"
                    break
                assert raw_base().reference.best(raw_base().paths, person) == result.top.id
    assert settled >= 3


def test_completing_a_sheet_keeps_every_path_within_its_range(assessor: Assessor) -> None:
    source = random.Random(14)
    for raw in some_sheets(15, 0.3, 0.8):
        result = assessor.assess(read(assessor.base, raw))
        for _ in range(60):
            person = random_completion(raw_base().reference, raw, source)
            for path in raw_base().paths:
                points = sum(raw_base().reference.points_of(rule, person) for rule in path["rules"])
                found = result.path(path["id"])
                assert found.low <= points <= found.high


CASES = [(key, case) for key, rule in load_built_in().rules.items() for case in range(len(rule.cases))]


@pytest.mark.parametrize(("key", "case"), CASES, ids=[f"{key}-{case + 1}" for key, case in CASES])
def test_every_case_of_every_rule_is_the_one_that_counts_for_somebody(base: RuleBase, key: str, case: int) -> None:
    (rule,) = {rule["id"]: rule for path in raw_base().paths for rule in path["rules"] if rule["id"] == key}.values()
    person = next((person for person in candidates(rule) if deciding(rule, person) == case), None)
    assert person is not None, "no answers make this case count"
    score = Scorer(base).score(base.rules[key], read(base, as_answers(person)))
    assert score.fired == (Fired(case, 1.0),)
    assert score.points == rule["cases"][case]["points"]


def deciding(rule: Raw, person: Person) -> int | None:
    """The case that counts for somebody who may have left questions open: the one nearest zero."""
    reference = raw_base().reference
    if reference.is_void(rule, person):
        return None
    left = [key for key in reference.named([one["when"] for one in rule["cases"]]) if key not in person]
    found = {reference.case(rule, full) for full in reference.filled(left, person)}
    points = {place: rule["cases"][place]["points"] for place in found if place is not None}
    if None in found or (len(found) > 1 and min(points.values()) <= 0 <= max(points.values())):
        return None
    return min(points, key=lambda place: abs(points[place]))


def candidates(rule: Raw) -> Iterator[Person]:
    """People who differ in the questions a rule looks at, and then the same with one question left open. Of the
    values of a selection those matter that the rule mentions."""
    reference = raw_base().reference
    conditions = [one["when"] for one in rule["cases"]] + [rule.get("unless", {})]
    asked = sorted(reference.rests_on(conditions))
    mentioned = json.dumps(conditions)
    values = [
        [
            one
            for one in reference.options(key)
            if not isinstance(one, frozenset) or all(f'"{w}"' in mentioned for w in one)
        ]
        for key in asked
    ]
    for chosen in product(*values):
        yield dict(zip(asked, chosen, strict=True))
    for place, key in enumerate(asked):
        for chosen in product(*values[:place], *values[place + 1 :]):
            yield dict(zip([one for one in asked if one != key], chosen, strict=True))
