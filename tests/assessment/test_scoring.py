"""What one argument contributes: exact, never outside its range, and equal to a naive reference."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naive import Raw, Reference, Sheet
from pathfinder.answers.scope import relevance, truth
from pathfinder.assessment.scoring.scorer import RuleScore, Scorer
from pathfinder.rulebase.condition_parsing import parse_condition
from small_bases import Small, built, small_cases

CLOSE = 2e-6
"""Points are rounded to six digits."""

GOAL: Raw = {"kind": "choice", "values": {"lead": "L", "help": "H"}, "plausible": {"weights": {"lead": 1, "help": 1}}}
YEARS: Raw = {"kind": "number", "range": [0, 20], "plausible": {"quantiles": {0: 0, 100: 20}}}
NEED: Raw = {"kind": "yes_no", "plausible": {"weights": {"yes": 1, "no": 1}}}
OFFER: Raw = {"kind": "yes_no", "plausible": {"weights": {"yes": 1, "no": 1}}}
TEAM: Raw = {"kind": "scale", "asked_if": {"offer": True}, "plausible": {"weights": dict.fromkeys("12345", 1)}}
ASKED: dict[str, Raw] = {
    key: {"id": key, "depth": "core", **raw}
    for key, raw in {"goal": GOAL, "years": YEARS, "need": NEED, "offer": OFFER, "team": TEAM}.items()
}


def score(sheet: Sheet, *cases: tuple[Raw, int], unless: Raw | None = None) -> RuleScore:
    """What a rule with these cases comes to on the example questions."""
    rule: dict[str, Any] = {"id": "rule", "criterion": "fit", "asks": "Does it?", "claims": ["c"]}
    rule["cases"] = [{"when": when, "points": points, "because": "Because."} for when, points in cases]
    if unless is not None:
        rule["unless"] = unless
    paths = [{"id": "one", "title": "One", "summary": "A path.", "rules": [rule]}]
    small = Small(Reference(ASKED), (), built(ASKED, [*paths, {"id": "two", "title": "Two", "summary": "A path."}]))
    return Scorer(small.base).score(small.base.rules["rule"], small.sheet(sheet))


SHORT: tuple[Raw, int] = ({"goal": "lead", "years": {"lte": 5}}, -6)
LONG: tuple[Raw, int] = ({"goal": "lead", "years": {"gte": 10}}, 3)


def test_the_first_case_that_matches_decides_alone() -> None:
    assert score({"years": 3}, ({"years": {"lte": 5}}, -6), ({"years": {"lte": 8}}, -2)).points == -6
    assert score({"years": 7}, ({"years": {"lte": 5}}, -6), ({"years": {"lte": 8}}, -2)).points == -2
    assert score({"years": 9}, ({"years": {"lte": 5}}, -6), ({"years": {"lte": 8}}, -2)).points == 0


def test_an_uncertain_answer_counts_by_its_expectation() -> None:
    found = score({"goal": "lead", "years": {"min": 0, "max": 20}}, SHORT, LONG)
    assert found.points == pytest.approx(-6 * 5 / 20 + 3 * 10 / 20)
    assert (found.low, found.high) == (-6, 3)
    assert [one.case for one in found.fired] == [0, 1]
    assert [one.share for one in found.fired] == pytest.approx([0.25, 0.5])


def test_the_likely_number_of_a_range_is_its_median() -> None:
    found = score({"goal": "lead", "years": {"min": 5, "max": 20, "likely": 10}}, SHORT, LONG)
    assert found.points == pytest.approx(3 * 0.5)
    assert found.low == -6, "the very end of the range is possible"


def test_open_answers_count_by_the_outcome_nearest_zero() -> None:
    graded: list[tuple[Raw, int]] = [({"goal": "lead"}, 2), ({"goal": "help"}, 5)]
    assert score({}, *graded).points == 2
    assert score({}, ({"goal": "lead"}, -2), ({"goal": "help"}, -5)).points == -2


def test_open_answers_under_which_outcomes_differ_in_sign_count_nothing_but_widen_the_range() -> None:
    found = score({"goal": "lead"}, SHORT, LONG)
    assert (found.points, found.low, found.high, found.open) == (0, -6, 3, ("years",))


def test_open_answers_under_which_no_case_may_match_count_nothing() -> None:
    assert score({}, ({"goal": "lead"}, 4)).points == 0


def test_unknown_is_not_no() -> None:
    assert score({"need": "unknown"}, ({"need": False}, -4)).points == 0


def test_unless_voids_only_what_is_known_to_be_true() -> None:
    void = {"need": False}
    assert score({"goal": "lead", "need": False}, ({"goal": "lead"}, 4), unless=void).points == 0
    still = score({"goal": "lead"}, ({"goal": "lead"}, 4), unless=void)
    assert (still.points, still.low, still.high, still.open) == (4, 0, 4, ("need",))


def test_unless_voids_an_uncertain_answer_in_part() -> None:
    found = score({"goal": "lead", "need": [True, False]}, ({"goal": "lead"}, 4), unless={"need": False})
    assert (found.points, found.void, found.low, found.high) == (2, 0.5, 0, 4)


def test_a_condition_on_a_question_that_does_not_apply_is_false() -> None:
    found = score({"offer": False, "team": 5}, ({"team": {"gte": 4}}, 3))
    assert (found.points, found.low, found.high, found.open) == (0, 0, 0, ())


def test_a_given_answer_counts_while_it_is_open_whether_its_question_applies() -> None:
    found = score({"team": 5}, ({"team": {"gte": 4}}, 3))
    assert (found.points, found.low, found.high, found.open) == (3, 0, 3, ("offer",))


def test_a_given_answer_counts_though_unless_asks_whether_its_question_applies() -> None:
    assert score({"team": 5}, ({"team": {"gte": 4}}, 3), unless={"offer": False}).points == 3


def test_an_open_question_known_to_apply_is_not_taken_for_one_that_may_not() -> None:
    anyway: list[tuple[Raw, int]] = [({"team": {"lte": 3}}, 2), ({"team": {"gte": 4}}, 4)]
    assert score({"offer": True}, *anyway).points == 2
    assert score({"offer": [True, False]}, *anyway).points == 1
    assert score({}, ({"offer": False}, 1), *anyway).points == 1


def test_only_questions_that_can_still_move_an_argument_are_named_open() -> None:
    either: Raw = {"any": [{"goal": "lead", "need": True}, {"years": {"lte": 5}}]}
    assert score({"need": False}, (either, 3)).open == ("years",)


@settings(max_examples=50, deadline=None)
@given(small_cases())
def test_a_condition_on_a_sheet_is_known_where_every_meaning_of_the_answers_agrees(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    sheet, reference = small.sheet(raw), small.reference
    for rule in small.rules.values():
        for one in rule["cases"]:
            expected = reference.truth_on(one["when"], raw)
            assert truth(small.base, sheet, parse_condition(one["when"], small.base.questions)) is expected
    for question in reference.questions:
        assert relevance(small.base, sheet, question) is reference.applies_on(question, raw)


@settings(max_examples=90, deadline=None)
@given(small_cases())
def test_points_low_and_high_are_those_of_trying_out_every_completion(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    scorer, sheet = Scorer(small.base), small.sheet(raw)
    for key, rule in small.rules.items():
        found, expected = scorer.score(small.base.rules[key], sheet), small.reference.score(rule, raw)
        assert found.points == pytest.approx(expected.points, abs=CLOSE)
        assert (found.low, found.high) == (expected.low, expected.high)
        assert found.void == pytest.approx(expected.void)
        assert frozenset(found.open) == expected.moves


@settings(max_examples=50, deadline=None)
@given(small_cases(), st.integers(0, 10**6))
def test_the_range_holds_whatever_the_answers_turn_out_to_be(case: tuple[Small, Sheet], seed: int) -> None:
    small, raw = case
    scorer, sheet = Scorer(small.base), small.sheet(raw)
    source = random.Random(seed)
    ranges = {key: scorer.score(rule, sheet) for key, rule in small.base.rules.items()}
    for _ in range(10):
        full = completed(small.reference, raw, source)
        certain = small.sheet(full)
        for key, rule in small.base.rules.items():
            found = scorer.score(rule, certain)
            assert found.decided
            assert ranges[key].low <= found.points <= ranges[key].high


@settings(max_examples=50, deadline=None)
@given(small_cases())
def test_unknown_says_no_more_than_no_answer(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    asked = dict.fromkeys(small.reference.questions, "unknown") | dict(raw)
    scorer = Scorer(small.base)
    for rule in small.base.rules.values():
        assert scorer.score(rule, small.sheet(asked)) == scorer.score(rule, small.sheet(raw))


@settings(max_examples=50, deadline=None)
@given(small_cases())
def test_an_answer_to_a_question_that_does_not_apply_changes_no_score(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    kept = {
        key: answer
        for key, answer in raw.items()
        if small.reference.applies_on(key, raw) is not False or not small.reference.never_applies(key, raw)
    }
    scorer = Scorer(small.base)
    for rule in small.base.rules.values():
        found, expected = scorer.score(rule, small.sheet(raw)), scorer.score(rule, small.sheet(kept))
        assert found.points == pytest.approx(expected.points, abs=CLOSE)
        assert (found.low, found.high, found.open) == (expected.low, expected.high, expected.open)


def completed(reference: Reference, raw: Sheet, source: random.Random) -> dict[str, Any]:
    """One way in which everything open or uncertain may come out, as a raw sheet."""
    full: dict[str, Any] = {}
    for key in reference.questions:
        if reference.is_open(key, raw):
            value = source.choice(reference.options(key))
        else:
            value = source.choice(reference.possible(key, raw[key]))[0]
        full[key] = sorted(value) if isinstance(value, frozenset) else value
    return full
