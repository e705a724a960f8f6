"""Whether known people get what they should, and which arguments decided where they do not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from changed_bases import SOUND, gate, overlaid, rule, sound, with_role
from hypothesis import given, settings
from known_people import known

from naive import Sheet
from pathfinder.assessment.assess import assess
from pathfinder.authoring.casework import CaseResult, deciders, run_cases
from pathfinder.authoring.standing import Bench
from pathfinder.errors import InputError
from pathfinder.report.casework_report import casework_as_text
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.cases import KnownCase
from running import Run
from small_bases import Small, small_cases

LAB = {"skill": "strong", "calm": 2, "years": 20, "offer": True, "offer_pay": 5}
"""lab 3 (skill +2, pay +1), desk -1 (calm -2, pay +1): a clear case for the lab."""


def result(base: RuleBase, case: KnownCase, report: str = "") -> CaseResult:
    return run_cases(base, [case], lambda _: report).results[0]


def texts(base: RuleBase, case: KnownCase, report: str = "") -> list[str]:
    return [difference.text for difference in result(base, case, report).differences]


class TestExpectations:
    @pytest.mark.parametrize(
        "expect",
        [
            {"best": ["lab"]},
            {"best": ["desk", "lab"], "not_best": ["desk"]},
            {"best": ["desk"], "accept_if_following_seeds": ["lab"], "must_outrank": [["desk", "lab"]]},
            {"must_outrank": [["lab", "desk"]]},
            {"verdict": ["close", "clear"]},
            {"fires": {"lab-skill": 2, "desk-calm": -2}},
            {"open": ["lab", "desk"]},
            {"mentions": ["patience  and\nink"]},
        ],
    )
    def test_what_is_as_expected_holds(self, expect: dict[str, Any]) -> None:
        assert texts(sound(), known(sound(), LAB, **expect), "Patience and ink.") == []

    @pytest.mark.parametrize(
        ("expect", "difference"),
        [
            ({"best": ["desk"]}, "lab ranks first, wanted desk"),
            ({"best": ["none"]}, "the verdict is clear (lab ranks first), wanted none_fits or outside"),
            ({"best": ["any"]}, "the verdict is clear (lab ranks first), wanted unsettled or close"),
            ({"not_best": ["lab"]}, "lab must not rank first"),
            ({"must_outrank": [["desk", "lab"]]}, "desk must stand above lab"),
            ({"verdict": ["close", "unsettled"]}, "the verdict is clear, wanted close or unsettled"),
            ({"fires": {"lab-skill": 3}}, "lab-skill counts 2, wanted 3"),
            ({"fires": {"desk-calm": 0}}, "desk-calm counts -2, wanted 0"),
            ({"blocked": ["desk"]}, "desk is open, wanted blocked"),
            ({"mentions": ["ink"]}, "the report does not mention 'ink'"),
        ],
    )
    def test_what_is_not_is_said(self, expect: dict[str, Any], difference: str) -> None:
        assert texts(sound(), known(sound(), LAB, **expect)) == [difference]

    def test_a_path_has_to_be_recommended_not_only_to_rank_first(self) -> None:
        base = with_role(sound(), {"tools": {"has": "pen"}})
        case = known(base, {**LAB, "tools": ["pen"]}, best=["lab"])
        assert texts(base, case) == ["the verdict is outside, wanted a path"]

    def test_an_open_path_stands_above_a_blocked_one_whatever_the_points(self) -> None:
        base = overlaid(sound(), gates=[{**gate("shut", {"skill": "strong"}), "path": "lab"}])
        expect: dict[str, Any] = {"best": ["desk"], "must_outrank": [["desk", "lab"]], "blocked": ["lab"]}
        assert texts(base, known(base, {**LAB, "calm": 5}, **expect)) == []

    def test_uncertain_answers_count_by_expectation(self) -> None:
        case = known(sound(), {**LAB, "calm": [4, 5, 1]}, fires={"desk-calm": 0.67})
        assert texts(sound(), case) == []

    def test_every_name_that_does_not_exist_is_reported_at_once(self) -> None:
        names: dict[str, Any] = {
            "best": ["lba"],
            "fires": {"desk-clam": 1},
            "verdict": ["clearly"],
            "must_outrank": [["lab", "sea"]],
        }
        with pytest.raises(InputError) as caught:
            run_cases(sound(), [known(sound(), LAB, **names)], lambda _: "")
        assert [(problem.key, problem.remedy) for problem in caught.value.problems] == [
            ("expect.best", "Did you mean 'lab'?"),
            ("expect.must_outrank", "It is one of: lab, desk"),
            ("expect.fires", "Did you mean 'desk-calm'?"),
            ("expect.verdict", "Did you mean 'clear'?"),
        ]


class TestWhatDecided:
    def test_the_arguments_that_make_a_wrong_lead_come_weightiest_first(self) -> None:
        wrong = result(sound(), known(sound(), {**LAB, "years": 2}, best=["desk"]))
        found = deciders(sound(), wrong.standing, wrong.differences[0])
        assert [(one.rule, one.gives) for one in found] == [
            ("lab-skill", 2), ("desk-calm", 2), ("lab-pay", 1), ("desk-pay", 1),
        ]  # fmt: skip

    def test_an_argument_without_which_the_order_turns_is_marked(self) -> None:
        answers = {"skill": "strong", "calm": 5, "years": 2, "offer": True, "offer_pay": 3}  # lab 2, desk 1
        wrong = result(sound(), known(sound(), answers, best=["desk"]))
        found = deciders(sound(), wrong.standing, wrong.differences[0])
        assert [(one.rule, one.alone) for one in found] == [("lab-skill", True), ("desk-pay", False)]

    def test_an_argument_that_counts_alike_on_both_decides_nothing(self) -> None:
        both = {**rule("both", ({"skill": "strong"}, 3)), "paths": ["lab", "desk"]}
        base = overlaid(sound(), rules=[both])
        wrong = result(base, known(base, LAB, best=["desk"]))
        assert "both" not in [one.rule for one in deciders(base, wrong.standing, wrong.differences[0])]

    def test_the_text_names_them_with_what_they_ask(self) -> None:
        work = run_cases(sound(), [known(sound(), LAB, best=["desk"])], lambda _: "")
        assert casework_as_text(sound(), work).splitlines() == [
            "ada: FAILED (ada.yaml)",
            "  clear: lab 3, desk -1",
            "  - lab ranks first, wanted desk",
            "    lab leads desk by 4; what makes the lead:",
            "       +2  lab-skill: Do you have the skill?",
            "       +2  desk-calm: Are you calm? (0 against -2)",
            "       +1  lab-pay: Does it pay?",
            "",
            "pairs: 0 of 0",
            "0 passed, 1 failed",
        ]

    def test_a_gate_is_named_where_it_decides(self) -> None:
        base = overlaid(sound(), gates=[{**gate("shut", {"skill": "strong"}), "path": "lab"}])
        work = run_cases(base, [known(base, LAB, best=["lab"])], lambda _: "")
        assert "    lab is blocked by shut\n" in casework_as_text(base, work)

    def test_a_wrong_number_of_points_is_traced_to_the_case(self) -> None:
        work = run_cases(sound(), [known(sound(), LAB, fires={"desk-calm": 2})], lambda _: "")
        assert "    case 2 counts: calm is 1 or 2\n" in casework_as_text(sound(), work)

    def test_a_wrong_verdict_is_traced_to_its_figures(self) -> None:
        work = run_cases(sound(), [known(sound(), LAB, verdict=["close"])], lambda _: "")
        assert "lab scores 3, leads by 4, and comes top in 100%" in casework_as_text(sound(), work)


def test_a_pair_holds_only_as_a_whole() -> None:
    people = [
        known(sound(), LAB, "one", ["SKILL", "ALONE"], best=["lab"]),
        known(sound(), {**LAB, "skill": "none"}, "two", ["SKILL"], best=["lab"]),
        known(sound(), LAB, "three", ["SAME"], best=["lab"]),
        known(sound(), LAB, "four", ["SAME"], best=["lab"]),
    ]
    assert run_cases(sound(), people, lambda _: "").pairs == {"SKILL": False, "SAME": True}


@given(small_cases())
@settings(max_examples=60, deadline=None)
def test_where_the_paths_stand_is_what_an_assessment_says(drawn: tuple[Small, Sheet]) -> None:
    small, raw = drawn
    sheet = small.sheet(raw)
    whole, standing = assess(small.base, sheet), Bench(small.base).standing(sheet)
    assert standing.kind == whole.verdict.kind
    assert [(path.id, path.score, path.status, path.chance_best) for path in standing.ranked] == [
        (path.id, path.score, path.status, path.chance_best) for path in whole.paths
    ]


class TestTheVerb:
    @pytest.fixture
    def people(self, tmp_path: Path) -> Path:
        answers = "answers: {skill: strong, calm: 2, years: 20, offer: true, offer_pay: 5}"
        for name, best in (("right", "lab"), ("wrong", "desk")):
            text = f"id: {name}\ndescription: X.\n{answers}\nexpect: {{best: [{best}]}}\nbecause: Y.\n"
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    def test_a_failing_case_exits_with_1_and_says_why(self, run: Run, people: Path) -> None:
        outcome = run("rules", "test", str(SOUND), "--cases", str(people))
        assert (outcome.code, outcome.err) == (1, "")
        assert outcome.out.startswith("wrong: FAILED")
        assert outcome.out.endswith("1 passed, 1 failed\n")

    def test_full_shows_those_who_pass_too(self, run: Run, people: Path) -> None:
        outcome = run("rules", "test", str(SOUND), "--cases", str(people), "--full")
        assert "right: ok. clear: lab 3, desk -1" in outcome.out

    def test_json_has_the_same(self, run: Run, people: Path) -> None:
        outcome = run("rules", "test", str(SOUND), "--cases", str(people), "--format", "json")
        form = json.loads(outcome.out)
        assert (form["passed"], form["failed"]) == (1, 1)
        wrong = next(case for case in form["cases"] if not case["holds"])
        assert wrong["differences"][0]["decided_by"][0] == {
            "rule": "lab-skill", "ahead": 2, "behind": 0, "alone": False,
        }  # fmt: skip

    def test_a_base_without_people_says_where_they_belong(self, run: Run) -> None:
        outcome = run("rules", "test", str(SOUND))
        assert outcome.code == 2
        assert "sound/cases: there is no such folder" in outcome.err
