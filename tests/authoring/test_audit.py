"""What an audit says of a rule base over plausible people, and what a strict one does not pass."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from changed_bases import SOUND, crossing, expecting, overlaid, rule, sound, with_role
from hypothesis import given, settings
from msgspec import structs

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.completions.completing import compared
from pathfinder.authoring.audit import Audit, audit
from pathfinder.authoring.movers import Movers
from pathfinder.authoring.population import completer, person, plausible_people, verdicts
from pathfinder.report.audit_report import audit_as_json, audit_as_text
from pathfinder.rulebase.editing import Edits, edited
from pathfinder.rulebase.models import RuleBase
from running import Run
from small_bases import Small, small_bases

SEVERAL = 2000


def small_audit(base: RuleBase) -> Audit:
    return audit(base, SEVERAL, seed=1, core_size=20)


class TestPopulation:
    def test_the_same_seed_draws_the_same_people_and_another_seed_others(self) -> None:
        one, same, other = (plausible_people(sound(), 50, seed).answers for seed in (1, 1, 2))
        assert one == same
        assert one != other

    def test_everybody_answers_what_applies_to_them_and_nothing_else(self) -> None:
        base = sound()
        frame = plausible_people(base, 50, 1)
        for place in range(50):
            answers = person(base, frame, place).answers
            offered = getattr(answers["offer"], "value", None)
            assert set(base.questions) - set(answers) == (set() if offered else {"offer_pay"})

    def test_answers_are_as_frequent_as_their_shares(self) -> None:
        frame = plausible_people(sound(), 20_000, 1)
        shares = [people.bit_count() / 20_000 for people in frame.answers["skill"].values()]
        assert shares == pytest.approx([1 / 3] * len(shares), abs=0.02)

    @settings(max_examples=15, deadline=None)
    @given(small_bases())
    def test_everybody_gets_the_verdict_that_an_assessment_gives_them(self, small: Small) -> None:
        _compare_one_by_one(small.base, 12)

    def test_people_whom_another_role_claims_are_outside(self) -> None:
        base = with_role(sound(), {"calm": 5, "years": {"gte": 17}})
        assert _compare_one_by_one(base, 100)["outside"]


def _compare_one_by_one(base: RuleBase, size: int) -> dict[str, int]:
    frame = plausible_people(base, size, 1)
    found = verdicts(base, compared(base, frame))
    assessor = Assessor(base)
    for place in range(size):
        verdict = assessor.assess(person(base, frame, place)).verdict
        assert [kind for kind, people in found.kinds.items() if people >> place & 1] == [verdict.kind]
        named = [path for path, people in found.names.items() if people >> place & 1]
        assert named == ([verdict.path] if verdict.path else [])
    return {kind: people.bit_count() for kind, people in found.kinds.items()}


class TestMovers:
    @settings(max_examples=15, deadline=None)
    @given(small_bases())
    def test_a_rule_moves_as_many_verdicts_as_change_without_it(self, small: Small) -> None:
        base = small.base
        people = compared(base, plausible_people(base, 100, 1))
        before = verdicts(base, people)
        for mover in Movers(base, people).rules():
            without = edited(base, Edits(drop=frozenset([mover.id])))
            after = verdicts(base, compared(without, people.frame))
            assert mover.moves == before.moved(after).bit_count() / 100

    def test_a_question_that_no_argument_looks_at_moves_nothing(self) -> None:
        base = sound()
        draws = completer(base, SEVERAL, 1)
        movers = Movers(base, compared(base, draws.drawn(AnswerSheet())))
        moved = {mover.id: mover.moves for mover in movers.questions(draws, 1)}
        assert moved["tools"] == 0
        assert min(moved[question] for question in ("skill", "calm", "years", "offer", "offer_pay")) > 0.02
        assert list(moved.values()) == sorted(moved.values(), reverse=True)

    def test_a_question_moves_verdicts_through_the_gates_it_opens(self) -> None:
        shut = {"id": "shut", "because": "So.", "opens": "That.", "claims": ["spare-for"], "path": "lab"}
        base = overlaid(sound(), gates=[{**shut, "when": {"tools": {"has": "pen"}}}])
        moved = {mover.id: mover.moves for mover in small_audit(base).moving_questions}
        assert moved["tools"] > 0.05


class TestFigures:
    def test_what_a_path_can_attain_is_exact(self) -> None:
        """Two arguments for the lab that no one person can have both."""
        either = {**rule("either", ({"skill": "none"}, 3), ({"skill": "strong"}, -1)), "path": "lab"}
        lab = small_audit(overlaid(sound(), rules=[either])).paths[0]
        assert (lab.id, lab.most_for, lab.most_against) == ("lab", 4, -3)
        assert (lab.lowest, lab.highest) == (-1, 2)

    def test_means_are_over_everybody(self) -> None:
        base = overlaid(
            sound(), drop=["lab-skill", "lab-pay"], rules=[{**rule("all", ({"calm": {"gte": 1}}, 2)), "path": "lab"}]
        )
        lab = small_audit(base).paths[0]
        assert (lab.mean_for, lab.mean_against, lab.mean_score) == (2, 0, 2)

    def test_shares_of_kinds_add_up_to_everybody(self) -> None:
        found = small_audit(sound())
        assert sum(found.kinds.values()) == pytest.approx(1)
        assert sum(found.core_kinds.values()) == pytest.approx(1)
        assert sum(path.wins for path in found.paths) == pytest.approx(1)

    def test_those_who_answered_only_core_questions_may_be_unsettled(self) -> None:
        base = sound()
        section = base.sections[0]
        later = tuple(
            structs.replace(one, depth="further") if one.id in ("skill", "calm") else one for one in section.questions
        )
        base = base.with_parts(sections=(structs.replace(section, questions=later),))
        found = small_audit(base)
        assert found.core_kinds["unsettled"] > 0
        assert found.kinds.get("unsettled", 0) == 0

    def test_a_case_behind_a_broader_one_is_said_to_decide_for_nobody(self) -> None:
        behind = {**rule("behind", ({"calm": {"gte": 3}}, 1), ({"calm": 5}, 2)), "path": "desk"}
        base = overlaid(sound(), rules=[behind])
        found = next(one for one in small_audit(base).rules if one.id == "behind")
        assert [(case.number, case.possible) for case in found.cases] == [(1, True), (2, False)]
        assert "case 2 of behind decides only where answers are missing" in _words(base)

    def test_a_case_that_is_only_rare_is_told_apart(self) -> None:
        rare = {**rule("rare", ({"calm": {"gte": 3}}, 1), ({"years": 17}, 2)), "path": "desk"}
        assert "case 2 of rare decides for nobody here" in _words(overlaid(sound(), rules=[rare]))


def _words(base: RuleBase) -> str:
    return " ".join(audit_as_text(base, small_audit(base)).split())


class TestStrict:
    def test_a_sound_base_passes(self) -> None:
        assert small_audit(sound()).failures == ()
        assert "A strict audit passes" in _words(sound())

    def test_a_path_that_hardly_wins_does_not_pass(self) -> None:
        hopeless = {**rule("hopeless", ({"calm": {"gte": 1}}, -3)), "path": "lab"}
        failures = small_audit(overlaid(sound(), rules=[hopeless])).failures
        assert [(one.what, one.id) for one in failures] == [("path", "lab")]

    def test_an_argument_that_counts_for_nobody_does_not_pass(self) -> None:
        dead = {**rule("dead", ({"years": 17}, 2)), "path": "desk"}
        failures = small_audit(overlaid(sound(), rules=[dead])).failures
        assert [(one.what, one.id) for one in failures] == [("rule", "dead")]

    def test_too_much_crossing_over_does_not_pass(self) -> None:
        failures = small_audit(crossing(sound(), {"skill": "strong"}, "desk", 0.01)).failures
        assert [(one.what, one.id) for one in failures] == [("crossing", "limit")]
        assert small_audit(crossing(sound(), {"skill": "strong"}, "desk", 0.9)).failures == ()

    def test_a_broken_expectation_does_not_pass_and_names_rule_and_answers(self) -> None:
        base = expecting(sound(), "offer", "lab")
        failures = small_audit(base).failures
        assert [(one.what, one.id) for one in failures] == [("expectation", "promise")]
        assert "promise: as offer goes up from no to yes, Lab falls by 1 point, through lab-pay" in _words(base)


def test_groups_are_by_the_choice_that_crossings_pick_people_by() -> None:
    found = small_audit(crossing(sound(), {"skill": ["none", "basic"]}, "desk", 1))
    assert [group.value for group in found.groups] == ["none", "basic", "strong"]
    assert found.groups[2].wins["lab"] > found.groups[0].wins["lab"]
    assert sum(group.share for group in found.groups) == pytest.approx(1)


def test_json_holds_the_person_of_a_broken_expectation_as_an_answers_file() -> None:
    base = expecting(sound(), "offer", "lab")
    found: dict[str, Any] = json.loads(audit_as_json(base, small_audit(base)))
    assert found["breaches"][0]["rules"] == ["lab-pay"]
    assert found["breaches"][0]["person"]["answers"]["offer"] is False
    assert {path["id"] for path in found["paths"]} == {"lab", "desk"}


class TestCommand:
    def test_the_same_command_prints_the_same(self, run: Run) -> None:
        one, other = (run("rules", "audit", str(SOUND), "--people", "500", "--core", "5") for _ in range(2))
        assert one.code == 0
        assert one.out == other.out

    def test_a_strict_audit_fails_with_one(self, run: Run, tmp_path: Path) -> None:
        mine = tmp_path / "mine.yaml"
        mine.write_text("name: No lab\nabout: Test.\ndrop: [lab-skill, lab-pay]\n", encoding="utf-8")
        arguments = ("rules", "audit", str(SOUND), "--people", "500", "--core", "5", "--strict")
        assert run(*arguments).code == 0
        failed = run(*arguments, "--overlay", str(mine))
        assert failed.code == 1
        assert "the overlay 'No lab'" in " ".join(failed.out.split())


@pytest.fixture(scope="module")
def built_in(base: RuleBase) -> Audit:
    return audit(base, core_size=60)


class TestBuiltIn:
    def test_each_path_wins_for_at_least_one_person_in_ten(self, built_in: Audit) -> None:
        assert {path.id: path.wins for path in built_in.paths if path.wins < 0.1} == {}

    def test_research_and_governance_seldom_cross_over(self, built_in: Audit) -> None:
        assert len(built_in.crossings) == 2
        assert {one.id: one.share for one in built_in.crossings if one.share > 0.1} == {}

    def test_no_rule_is_dead(self, built_in: Audit) -> None:
        assert [one.id for one in built_in.rules if not one.fires] == []

    def test_every_kind_of_verdict_occurs(self, built_in: Audit) -> None:
        assert all(built_in.kinds[kind] > 0 for kind in ("clear", "close", "none_fits", "outside"))
        assert built_in.core_kinds["unsettled"] > 0
