"""What known people reach of a rule base."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import combinations
from typing import Any

import pytest
from changed_bases import SOUND, gate, overlaid, rule, sound, with_role
from known_people import known
from msgspec import structs

from pathfinder.authoring.coverage import Coverage, Reached, claim_use, measure
from pathfinder.authoring.thresholds import thresholds
from pathfinder.report.coverage_report import coverage_as_text
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.cases import KnownCase, read_cases
from pathfinder.store.rules import built_in_folder, load_built_in
from running import Run

STEADY = {"skill": "strong", "calm": 5, "years": 20, "offer": True, "offer_pay": 5}
SHAKY = {"skill": "none", "calm": 1, "years": 2, "offer": True, "offer_pay": 1}


def covered(base: RuleBase, *people: dict[str, Any]) -> Coverage:
    return measure(base, [known(base, answers, f"p{place}") for place, answers in enumerate(people)])


def only(found: tuple[Reached, ...], part: str, place: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    one = next(one for one in found if (one.part, one.place) == (part, place))
    return one.yes, one.no


class TestCases:
    def test_who_fires_a_case_and_who_does_not_are_named(self) -> None:
        assert only(covered(sound(), STEADY, SHAKY).cases, "desk-calm", "case 2") == (("p1",), ("p0",))

    def test_who_left_it_open_is_on_neither_side(self) -> None:
        found = covered(sound(), {key: value for key, value in STEADY.items() if key != "calm"})
        assert only(found.cases, "desk-calm", "case 1") == ((), ())

    def test_unless_gates_and_other_roles_need_both_sides_too(self) -> None:
        base = overlaid(
            sound(),
            rules=[{**rule("new", ({"skill": "strong"}, 1), unless={"calm": 5}), "path": "lab"}],
            gates=[{**gate("shut", {"skill": "none"}), "path": "lab"}],
        )
        found = covered(with_role(base, {"tools": {"has": "pen"}}), {**STEADY, "tools": ["pen"]}, SHAKY)
        assert only(found.voids, "new", "unless") == (("p0",), ("p1",))
        assert only(found.gates, "shut", "when") == (("p1",), ("p0",))
        assert only(found.roles, "sea", "decides") == (("p0",), ())

    def test_a_path_wins_only_where_it_is_recommended(self) -> None:
        base = with_role(sound(), {"tools": {"has": "pen"}})
        lab = {**STEADY, "calm": 1}
        assert only(covered(base, lab, {**lab, "tools": ["pen"]}).paths, "lab", "wins") == (("p0",), ("p1",))


class TestThresholds:
    def test_numbers_scales_and_ordered_choices_have_them(self) -> None:
        found = [(one.part, one.place, one.question, one.words) for one in thresholds(sound())]
        assert found == [
            ("lab-skill", "case 1", "skill", "at least strong"),
            ("lab-skill", "case 2", "skill", "at least basic"),
            ("lab-pay", "case 1", "offer_pay", "at least 4"),
            ("lab-pay", "case 2", "offer_pay", "at least 3"),
            ("desk-calm", "case 1", "calm", "at least 4"),
            ("desk-calm", "case 2", "calm", "at least 3"),
            ("desk-pay", "case 1", "years", "at least 5 years"),
            ("desk-pay", "case 2", "years", "at least 10 years"),
        ]

    @pytest.mark.parametrize(
        ("years", "above"),
        [(4.5, False), (5, True), ({"min": 6, "max": 9}, True), ({"min": 3, "max": 6}, None), ("unknown", None)],
    )
    def test_an_answer_lies_above_below_or_across(self, years: Any, above: bool | None) -> None:
        yes, no = only(covered(sound(), {"years": years}).thresholds, "desk-pay", "case 1: years at least 5 years")
        assert (bool(yes), bool(no)) == (above is True, above is False)


class TestClaims:
    def test_a_claim_is_used_set_aside_both_or_neither(self) -> None:
        base = sound()
        why = {"spare-for": "Not ours to score.", "lab-skill-helps": "Too vague."}
        claims = tuple(structs.replace(claim, set_aside=why.get(claim.id, "")) for claim in base.claims)
        use = claim_use(overlaid(base.with_parts(claims=claims), drop=["desk-pay"]))
        assert {key: use[key] for key in ("desk-calm-helps", "lab-skill-helps")} == {
            "desk-calm-helps": "used", "lab-skill-helps": "both",
        }  # fmt: skip

    def test_what_nobody_uses_is_missing(self) -> None:
        base = overlaid(sound(), drop=["desk-calm"])
        assert claim_use(base)["desk-calm-lacks"] == "neither"
        assert "claim desk-calm-lacks is neither used nor set aside" in coverage_as_text(base, covered(base, STEADY))


class TestTheVerb:
    def test_what_is_missing_has_file_and_line_and_fails_only_when_strict(self, run: Run, tmp_path: Any) -> None:
        text = "id: a\ndescription: X.\nanswers: {calm: 5}\nexpect: {}\nbecause: Y.\n"
        (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
        outcome = run("rules", "coverage", str(SOUND), "--cases", str(tmp_path))
        assert outcome.code == 0
        assert "cases of arguments: 0 of 8" in outcome.out
        assert "paths/desk.yaml:10: desk-calm, case 2: nobody for whom it is so\n" in outcome.out
        assert run("rules", "coverage", str(SOUND), "--cases", str(tmp_path), "--strict").code == 1

    def test_full_names_people(self, run: Run) -> None:
        outcome = run("rules", "coverage", "--full")
        assert any(line.startswith("  phd-completed, when: ") and "; not " in line for line in outcome.out.splitlines())


@cache
def own_people() -> tuple[KnownCase, ...]:
    base = load_built_in()
    return read_cases(built_in_folder() / "cases", base.questions)


class TestTheBuiltInBase:
    def test_everything_is_reached_from_both_sides_and_no_claim_is_left_over(self) -> None:
        base = load_built_in()
        found = measure(base, own_people())
        assert "Nothing is missing.\n" in coverage_as_text(base, found)
        assert found.full

    def test_the_project_has_people_of_its_own(self) -> None:
        assert sum(not case.person.id.startswith("S") for case in own_people()) >= 60

    def test_many_pairs_differ_in_a_single_fact(self) -> None:
        assert len(_tags(lambda differing: differing == 1)) >= 20


def _tags(wanted: Callable[[int], bool]) -> set[str]:
    """Tags shared by two people who differ in so many answers."""
    found = set()
    for one, other in combinations(own_people(), 2):
        keys = {*one.sheet, *other.sheet}
        if wanted(sum(one.sheet.get(key) != other.sheet.get(key) for key in keys)):
            found |= {*one.person.pairs} & {*other.person.pairs}
    return found
