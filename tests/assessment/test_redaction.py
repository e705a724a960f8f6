"""A redacted assessment tells nothing of private answers but what its figures give away."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from msgspec import structs

from naive import Raw, Reference, Sheet, read_raw
from pathfinder.answers.sheet import AnswerSheet, Certain, OptionInHand
from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.redaction import BLOCKED, Redactor, redacted
from pathfinder.assessment.results.assessment import Assessment, PathResult
from pathfinder.assessment.results.options import OptionResult
from pathfinder.report.json_form import from_json, plain, to_json
from pathfinder.report.markdown import to_markdown
from pathfinder.rulebase.models import Gate, RuleBase
from pathfinder.rulebase.without import private_questions, questions_in, without_questions
from pathfinder.store.rules import built_in_folder
from private_bases import OTHER, SECRET, SURE, PrivateCase, base_with_secret, private_cases, with_private
from random_sheets import random_answer, random_sheet

DAY = date(2025, 3, 1)
NAME = "Zyxomma Petiolatum"
FIGURES = ("rank", "score", "low", "high", "chance_best", "status", "left_out")
"""What a redacted path has from the full assessment; so has an option in hand, but for the chance."""
WORTH = {"matters": 0, "value": 0, "chance": 0, "per_hour": None}
"""What is not told where the verdict rests on private answers, or on none that is open."""


@cache
def reference() -> Reference:
    return read_raw(built_in_folder()).reference


def sheet_of(base: RuleBase, person: Raw) -> AnswerSheet:
    sheet, problems = validate_sheet({**person, "name": NAME}, base.questions, base.path, base.criterion)
    assert not problems
    return sheet


def both(base: RuleBase, person: Raw) -> tuple[Assessment, Assessment]:
    """The full assessment of a person, and the redacted one."""
    sheet = sheet_of(base, person)
    full = Assessor(base).assess(sheet)
    return full, redacted(base, sheet, full)


def pair(base: RuleBase, answers: Sheet) -> tuple[Assessment, Assessment]:
    """The same of somebody who gave these answers and nothing else."""
    return both(base, {"answers": dict(answers)})


def figures(result: Assessment) -> Any:
    """Every figure that private answers may still move, with the verdict."""
    parts = [(one, [getattr(one, name, None) for name in FIGURES]) for one in (*result.paths, *result.options)]
    rows = [(getattr(one, "id", getattr(one, "name", "")), row) for one, row in parts]
    return result.verdict, rows, result.standings, result.acceptability


def told(result: Assessment, worth: bool) -> Any:
    """All that a result tells beside its figures; `worth`: with what it is worth to know more."""
    found: Any = plain(result)
    for name in ("verdict", "changes", "standings", "acceptability"):
        del found[name]
    found["paths"].sort(key=lambda path: path["id"])
    for one in (*found["paths"], *found["options"]):
        one["blocked_by"] = [note for note in one["blocked_by"] if note["id"] != BLOCKED.id]
        for name in FIGURES:
            one.pop(name, None)
    if not worth:
        found["find_out"] = []
        for one in (*found["open_questions"], *found["experiments"]):
            one |= {name: nothing for name, nothing in WORTH.items() if name in one}
    return found


def tells_worth(result: Assessment) -> bool:
    return bool(result.find_out) or any(one.matters or one.value or one.chance for one in result.open_questions)


def assert_alike(one: Assessment, other: Assessment) -> None:
    """Two redacted results of people who differ in private answers alone give nothing away but by figures."""
    worth = tells_worth(one) and tells_worth(other)
    assert told(one, worth) == told(other, worth)
    if figures(one) == figures(other):
        assert one == other


class TestNothingIsGivenAway:
    @settings(max_examples=60, deadline=None)
    @given(private_cases())
    def test_private_answers_move_figures_alone_on_any_rule_base(self, case: PrivateCase) -> None:
        results = [both(case.base, person)[1] for person in (case.person, *case.others)]
        for place, one in enumerate(results):
            for other in results[place + 1 :]:
                assert_alike(one, other)

    @pytest.mark.parametrize("seed", range(12))
    def test_private_answers_move_figures_alone_on_the_built_in_base(self, base: RuleBase, seed: int) -> None:
        source = random.Random(seed)
        private = source.sample(list(base.questions), 3) if seed % 2 else []
        made = with_private(base, ("mental_health_risk", *private))
        person = random_sheet(reference(), source)
        other = {key: answer for key, answer in person.items() if not made.questions[key].sensitive}
        other |= {key: random_answer(reference(), key, source) for key in ("mental_health_risk", *private)}
        assert_alike(pair(made, person)[1], pair(made, other)[1])

    @pytest.mark.parametrize("answer", ["low", "some", "high", ["some", "high"], "unknown"], ids=str)
    def test_neither_name_nor_label_nor_prompt_of_a_private_answer_occurs(self, base: RuleBase, answer: object) -> None:
        for seed in range(6):
            person = {**random_sheet(reference(), random.Random(seed)), "mental_health_risk": answer}
            found = pair(base, person)[1]
            question = base.questions["mental_health_risk"]
            words = [NAME, question.id, question.title, question.prompt, question.help, *question.values.values()]
            for text in (to_json(found), to_markdown(found, DAY)):
                assert [word for word in words if word in text] == []

    def test_the_name_of_an_answer_that_applies_only_after_a_private_one_is_gone_too(self, base: RuleBase) -> None:
        made = with_private(base, ("phd_option",))
        assert "phd_freedom" in private_questions(made)
        text = to_json(pair(made, {"phd_option": "offer", "phd_freedom": 5})[1])
        assert "Freedom of topic" not in text
        assert "phd-freedom" not in text

    def test_an_answer_that_is_set_aside_because_of_a_private_one_is_not_noticed(self, base: RuleBase) -> None:
        full, found = pair(with_private(base, ("phd_option",)), {"phd_option": "none", "phd_freedom": 5})
        assert len(full.notices) == 1
        assert found.notices == ()

    def test_what_only_an_outside_role_says_because_of_private_answers_is_gone(self, base: RuleBase) -> None:
        full, found = pair(with_private(base, ("goal_role",)), {"goal_role": "operations"})
        assert full.verdict.kind == found.verdict.kind == "outside"
        title = next(role.title for role in full.other_roles if role.decides)
        assert title in full.verdict.summary
        assert title not in to_json(found) + to_markdown(found, DAY)

    def test_a_gate_that_looks_at_private_answers_blocks_without_saying_why(self, base: RuleBase) -> None:
        answers, path, gate = a_shut_gate(base)
        full, found = pair(with_private(base, tuple(questions_in(base_gate(base, gate)))), answers)
        assert [note.id for note in full.path(path).blocked_by] == [gate]
        assert found.path(path).status == "blocked"
        assert found.path(path).blocked_by == (BLOCKED,)
        assert full.path(path).blocked_by[0].text not in to_json(found)
        assert BLOCKED.text in to_markdown(found, DAY)


def a_shut_gate(base: RuleBase) -> tuple[Sheet, str, str]:
    """A person for whom one gate alone blocks a path, with the path and the gate."""
    for seed in range(400):
        answers = random_sheet(reference(), random.Random(seed), share=0.9)
        for path in pair(base, answers)[0].paths:
            if len(path.blocked_by) == 1:
                return answers, path.id, path.blocked_by[0].id
    raise AssertionError("nobody is blocked by one gate alone")


def base_gate(base: RuleBase, gate: str) -> Gate:
    return next(one for path in base.paths for one in path.gates if one.id == gate)


WON = ({SURE: True}, 4)
"""An argument that makes its path win."""


@pytest.mark.parametrize(
    "base",
    [
        base_with_secret({"one": {"rules": [({SECRET: True, OTHER: "b"}, 5)]}, "two": {"rules": [WON]}}),
        base_with_secret(
            {"one": {"rules": [(WON[0], 6)], "gates": [{OTHER: "a"}, {SECRET: True}]}, "two": {"rules": [WON]}}
        ),
        base_with_secret(
            {"one": {"rules": [({OTHER: "b"}, 1)]}, "two": {"rules": [WON]}},
            [{"id": "role", "when": {OTHER: "b"}, "decides": {SECRET: True}}],
        ),
    ],
    ids=["an argument", "gates of one path", "a role that decides"],
)
def test_a_change_whose_effect_depends_on_a_private_answer_is_not_told(base: RuleBase) -> None:
    (full, found), (other_full, other) = (
        pair(base, {SECRET: secret, OTHER: "a", SURE: True}) for secret in (True, False)
    )
    assert full.changes != other_full.changes
    assert figures(found) == figures(other)
    assert found == other
    assert {change.question for change in found.changes} == {SURE}


class TestWorthOfKnowing:
    """The public answers alone put `two` first, and one question left open can change that."""

    PARTS: ClassVar[Mapping[str, Any]] = {
        "one": {"rules": [({SECRET: True}, 8), ({OTHER: "b"}, 6)]},
        "two": {"rules": [({SURE: True}, 5)]},
    }

    def test_it_is_told_where_the_same_path_is_named_without_private_answers(self) -> None:
        full, found = pair(base_with_secret(self.PARTS), {SECRET: False, SURE: True})
        assert (full.verdict.path, full.verdict.settled) == ("two", False)
        assert [one.id for one in found.find_out] == [OTHER]
        assert [one.question for one in found.open_questions if one.value and one.chance] == [OTHER]

    def test_it_is_not_told_where_private_answers_put_another_path_first(self) -> None:
        parts = {**self.PARTS, "three": {"rules": [({OTHER: "a"}, 10)]}}
        full, found = pair(base_with_secret(parts), {SECRET: True, SURE: True})
        assert (full.verdict.path, full.verdict.settled) == ("one", False)
        assert [one.id for one in full.find_out] == [OTHER]
        assert not tells_worth(found)

    def test_it_is_not_told_where_private_answers_settle_the_verdict(self) -> None:
        parts = {"two": {"rules": [(WON[0], 4), ({SECRET: True}, 9)]}, "one": {"rules": [({OTHER: "b"}, 6)]}}
        full, found = pair(base_with_secret(parts), {SECRET: True, SURE: True})
        assert (full.verdict.path, full.verdict.settled) == ("two", True)
        assert tells_worth(pair(base_with_secret(parts), {SECRET: False, SURE: True})[1])
        assert not tells_worth(found)


class TestWhatIsKept:
    @settings(max_examples=60, deadline=None)
    @given(private_cases())
    def test_verdict_and_figures_are_those_of_the_full_result_and_sums_add_up(self, case: PrivateCase) -> None:
        full, found = both(case.base, case.person)
        assert found.redacted
        assert structs.replace(found.verdict, summary="") == structs.replace(full.verdict, summary="")
        assert [path.id for path in found.paths] == [path.id for path in full.paths]
        assert found.standings == full.standings
        assert found.acceptability == tuple(one for one in full.acceptability if one.over == "points")
        was: dict[str, PathResult | OptionResult] = {path.id: path for path in full.paths}
        was |= {option.name: option for option in full.options}
        now: dict[str, PathResult | OptionResult] = {path.id: path for path in found.paths}
        now |= {option.name: option for option in found.options}
        assert list(was) == list(now)
        for key, one in now.items():
            for name in FIGURES[:-1]:
                assert getattr(one, name, None) == getattr(was[key], name, None)
            assert one.points_for + one.points_against + one.left_out == pytest.approx(one.score, abs=1e-5)
            assert sum(one.criteria.values()) + one.left_out == pytest.approx(one.score, abs=1e-5)

    @settings(max_examples=60, deadline=None)
    @given(private_cases())
    def test_what_is_told_was_told_before(self, case: PrivateCase) -> None:
        full, found = both(case.base, case.person)
        assert set(found.changes) <= set(full.changes)
        assert {one.question for one in found.answers} <= {one.question for one in full.answers}
        for path in found.paths:
            was = full.path(path.id)
            assert set(path.reasons) <= set(was.reasons)
            assert set(path.cautions) <= set(was.cautions)
            assert set(path.steps) <= set(was.steps)
        for name in ("tensions", "other_roles", "routes", "topics", "disputes", "reservations"):
            assert set(getattr(found, name)) <= set(getattr(full, name)), name

    def test_what_looks_at_no_private_question_stays(self, base: RuleBase) -> None:
        person = {"goal_role": "research_lead", "coding": "strong", "mental_health_risk": "high", "job_management": 4}
        person |= {"job_option": "offer", "structure_need": "much"}
        full, found = pair(base, person)
        private = without_questions(base, private_questions(base))
        for path in full.paths:
            kept = {rule.id for rule in private.rules_of(path.id)}
            assert [one for one in path.reasons if one.rule in kept] == list(found.path(path.id).reasons)
        gone = {one.rule for path in full.paths for one in path.reasons} - {
            one.rule for path in found.paths for one in path.reasons
        }
        assert gone == {"phd-strain", "contributor-structure", "independent-strain"}

    def test_without_private_questions_only_the_name_goes(self, base: RuleBase) -> None:
        made = with_private(base, ())
        full, found = pair(made, {"goal_role": "research_lead", "coding": "strong"})
        assert found == structs.replace(full, name="", redacted=True)

    def test_it_is_saved_and_read_back_as_redacted(self, base: RuleBase) -> None:
        found = pair(base, {"goal_role": "research_lead", "mental_health_risk": "high"})[1]
        assert from_json(to_json(found)) == found
        assert json.loads(to_json(found))["redacted"] is True

    def test_every_part_of_a_result_has_been_thought_of(self) -> None:
        """A new part comes from the assessment without private answers: right for texts, wrong for figures of the
        full result. Decide which it is, see to it in `redaction.py`, and add it here."""
        full = {"verdict", "paths", "standings", "acceptability", "options", "changes"}
        nothing = {"favoured", "smallest_changes", "proof"}
        without_private = {
            *("tensions", "other_roles", "experiments", "routes", "answers", "name", "notices", "topics", "disputes"),
            *("reservations", "criteria", "scale", "rulebase", "sources", "program", "schema_version", "weights"),
            *("open_questions", "find_out"),
        }
        parts = set(Assessment.__struct_fields__)
        assert parts == full | nothing | without_private | {"redacted"}


class TestRuleBaseWithoutQuestions:
    @settings(max_examples=60, deadline=None)
    @given(private_cases())
    def test_nothing_that_is_left_looks_at_them(self, case: PrivateCase) -> None:
        gone = private_questions(case.base)
        left = without_questions(case.base, gone)
        assert set(left.questions) == set(case.base.questions) - gone
        assert set(left.relevance) | set(left.given) <= set(left.questions)
        parts = (left.paths, left.shared, left.extras, list(left.relevance.values()), list(left.given.values()))
        assert not gone & set(questions_in(parts))
        settled = [one.settles for one in left.experiments] + [
            item.settles for path in left.paths for item in path.checklist
        ]
        assert not gone & {question for questions in settled for question in questions}

    def test_private_are_the_sensitive_and_what_is_asked_after_them(self, base: RuleBase) -> None:
        assert private_questions(base) == {"mental_health_risk"}
        made = private_questions(with_private(base, ("coding", "maths_evidence")))
        assert made == {"coding", "coding_interview", "maths_evidence"}


def test_one_redactor_serves_many_sheets(base: RuleBase) -> None:
    redactor, assessor = Redactor(base), Assessor(base)
    for seed in range(4):
        sheet = sheet_of(base, {"answers": random_sheet(reference(), random.Random(seed))})
        full = assessor.assess(sheet)
        assert redactor.redacted(sheet, full) == redacted(base, sheet, full)


def test_answers_of_options_in_hand_lose_what_is_private(base: RuleBase) -> None:
    answers: Mapping[str, Any] = {"mental_health_risk": Certain("high"), "coding": Certain("solid")}
    sheet = AnswerSheet(answers, NAME, {"wellbeing": 2.0}, (OptionInHand("A place", "phd", answers),))
    kept = Redactor(base).without_private(sheet)
    assert kept == AnswerSheet(
        {"coding": Certain("solid")},
        "",
        {"wellbeing": 2.0},
        (OptionInHand("A place", "phd", {"coding": Certain("solid")}),),
    )
