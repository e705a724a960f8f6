"""Mutants: one change at a time, who notices it, and which changes nobody could notice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from changed_bases import SOUND, gate, overlaid, rule, sound, with_role
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from known_people import known, mutated

from pathfinder.assessment.scoring.scorer import Scorer
from pathfinder.authoring.differences import differences
from pathfinder.authoring.equivalence import is_equivalent
from pathfinder.authoring.mutants import mutants
from pathfinder.authoring.mutation import Mutation, analyse
from pathfinder.authoring.standing import Bench
from pathfinder.report.mutation_report import mutant_in_words, mutation_as_text
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.cases import read_cases
from pathfinder.store.rules import built_in_folder, load_built_in
from running import Run
from small_bases import Small, answers, small_bases

STEADY = {"skill": "strong", "calm": 5, "years": 20, "offer": True, "offer_pay": 5}


def only(raw: Mapping[str, Any]) -> RuleBase:
    """The sound base with this rule in place of all the others."""
    others = ["lab-skill", "lab-pay", "desk-calm", "desk-pay"]
    return overlaid(sound(), rules=[{**raw, "path": "desk"}], drop=others)


def in_words(base: RuleBase, *kinds: str) -> list[str]:
    return [mutant_in_words(base, one) for one in mutants(base) if one.kind in kinds]


class TestWhatIsChanged:
    def test_points_change_sign_and_move_one_step_of_the_scale(self) -> None:
        base = only(rule("r", ({"skill": "none"}, 2), ({"skill": "basic"}, 0), ({"skill": "strong"}, -3)))
        assert in_words(base, "sign", "points") == [
            "r, case 1: +2 -> -2 points",
            "r, case 1: +2 -> +1 points",
            "r, case 1: +2 -> +3 points",
            "r, case 2: 0 -> +1 points",
            "r, case 2: 0 -> -1 points",
            "r, case 3: -3 -> +3 points",
            "r, case 3: -3 -> -2 points",
        ]

    def test_numbers_move_to_the_neighbouring_whole_numbers(self) -> None:
        base = only(rule("r", ({"years": {"gt": 2.5, "lte": 50}}, 1)))
        assert in_words(base, "threshold") == [
            "r, case 1: years is more than 2.5 and at most 50 years -> is more than 2 and at most 50 years",
            "r, case 1: years is more than 2.5 and at most 50 years -> is more than 3 and at most 50 years",
            "r, case 1: years is more than 2.5 and at most 50 years -> is more than 2.5 and at most 49 years",
        ]

    def test_scales_and_ordered_choices_move_to_the_next_value(self) -> None:
        base = only(rule("r", ({"calm": {"gte": 4}}, 1), ({"skill": "basic"}, 1)))
        assert in_words(base, "threshold") == [
            "r, case 1: calm is 4 or 5 -> is 3, 4 or 5",
            "r, case 1: calm is 4 or 5 -> is 5",
            "r, case 2: skill is basic -> is anything but strong",
            "r, case 2: skill is basic -> is anything but none",
        ]

    def test_values_and_parts_of_conditions_are_left_out(self) -> None:
        base = only(rule("r", ({"tools": {"has_any": ["pen", "laser"]}, "offer": True}, 1)))
        assert in_words(base, "value", "condition") == [
            "r, case 1: tools includes pen or laser -> dropped",
            "r, case 1: tools includes pen or laser -> includes laser",
            "r, case 1: tools includes pen or laser -> includes pen",
            "r, case 1: offer is yes -> dropped",
        ]

    def test_whole_parts_are_dropped_and_neighbouring_cases_swapped(self) -> None:
        raw = rule("r", ({"skill": "none"}, 1), ({"calm": 1}, 2), unless={"offer": True})
        base = with_role(overlaid(only(raw), gates=[{**gate("g", {"calm": 3}), "path": "lab"}]), {"years": 3})
        assert in_words(base, "rule", "unless", "case", "order", "gate", "role") == [
            "r: dropped",
            "r, unless: dropped",
            "r, case 1: dropped",
            "r, case 1: swapped with the next",
            "r, case 2: dropped",
            "g: dropped",
            "sea: dropped",
        ]


class TestWhoNotices:
    def test_somebody_whose_case_fails(self) -> None:
        found = analyse(sound(), [known(sound(), STEADY, fires={"desk-calm": 2})])
        noticed = {mutant_in_words(sound(), one.mutant) for one in found.killed}
        assert "desk-calm, case 1: +2 -> -2 points" in noticed
        assert "desk-calm, case 1: calm is 4 or 5 -> is 3, 4 or 5" not in noticed

    def test_not_who_fails_on_the_base_itself(self) -> None:
        found = analyse(sound(), [known(sound(), STEADY, best=["none"])])
        assert (found.failing, found.killed, found.share) == (("ada",), (), 0.0)

    def test_changes_that_no_answers_could_tell_do_not_count(self) -> None:
        base = only(rule("r", ({"skill": "none"}, 1), ({"skill": ["none", "basic"]}, 0)))
        found = analyse(base, [])
        assert "r, case 2: dropped" in [mutant_in_words(base, one) for one in found.equivalent]
        assert found.total == len(list(mutants(base))) - len(found.equivalent)

    def test_the_text_lists_what_nobody_notices_with_file_and_line(self) -> None:
        found = analyse(sound(), [known(sound(), STEADY, fires={"desk-calm": 2})])
        lines = mutation_as_text(sound(), found).splitlines()
        assert f"{SOUND}/paths/desk.yaml:10: desk-calm, case 2: -2 -> +2 points" in lines
        assert lines[-1] == f"{len(found.killed)} of {found.total} mutants noticed ({found.share:.1%})"


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_an_equivalent_mutant_scores_every_complete_sheet_alike(data: st.DataObject) -> None:
    small = data.draw(small_bases(4))
    same = [one for one in mutants(small.base) if one.part in small.base.rules and is_equivalent(small.base, one)]
    assume(same)
    mutant = data.draw(st.sampled_from(same))
    other = mutated(small.base, mutant)
    for _ in range(5):
        sheet = small.sheet(data.draw(complete(small)))
        before = Scorer(small.base).score(small.base.rules[mutant.part], sheet).points
        after = Scorer(other).score(other.rules[mutant.part], sheet).points if mutant.after else 0.0
        assert before == after


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_a_mutant_is_noticed_just_when_the_case_fails_on_it(data: st.DataObject) -> None:
    """Against the slow way: the mutant as a rule base of its own, tried as `rules test` tries it."""
    small = data.draw(small_bases(4))
    raw = data.draw(complete(small))
    standing = Bench(small.base).standing(small.sheet(raw))
    best = "none" if standing.kind in ("none_fits", "outside") else standing.top.id
    fires = {rule: score.points for rule, score in standing.scores.items() if data.draw(st.booleans())}
    case = known(small.base, raw, best=[best], verdict=[standing.kind], fires=fires)
    noticed = [one.mutant for one in analyse(small.base, [case]).killed]
    for mutant in data.draw(st.lists(st.sampled_from(list(mutants(small.base))), max_size=8)):
        slow = Bench(mutated(small.base, mutant)).standing(case.sheet)
        assert bool(differences(case.person.expect, slow)) == (mutant in noticed)


@st.composite
def complete(draw: st.DrawFn, small: Small) -> dict[str, Any]:
    """One certain answer to every question."""
    return {key: draw(answers(raw, uncertain=False)) for key, raw in small.reference.questions.items()}


def test_open_answers_count_as_they_do_for_the_verdict() -> None:
    """What is left open is completed alike for the base and for the mutant, so that only the change is noticed."""
    base = sound()
    open_case = known(base, {"skill": "strong"}, verdict=["clear", "close", "unsettled", "none_fits"])
    assert analyse(base, [open_case]).killed == ()
    standing = Bench(base).standing(open_case.sheet)
    noticing = known(base, {"skill": "strong"}, verdict=[standing.kind], best=["lab"])
    words = {mutant_in_words(base, one.mutant) for one in analyse(base, [noticing]).killed}
    assert "lab-skill: dropped" in words


@cache
def built_in() -> Mutation:
    base = load_built_in()
    return analyse(base, read_cases(built_in_folder() / "cases", base.questions))


class TestTheBuiltInBase:
    def test_its_people_notice_nearly_every_mutant(self) -> None:
        assert built_in().failing == ()
        assert built_in().share >= 0.95, mutation_as_text(load_built_in(), built_in())

    def test_no_argument_and_no_gate_can_be_removed_unnoticed(self) -> None:
        assert [one.part for one in built_in().survivors if one.kind in ("rule", "gate")] == []


class TestTheVerb:
    def test_the_share_can_be_asked_for(self, run: Run, tmp_path: Path) -> None:
        text = "id: a\ndescription: X.\nanswers: {calm: 5}\nexpect: {fires: {desk-calm: 2}}\nbecause: Y.\n"
        (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
        arguments = ("rules", "mutate", str(SOUND), "--cases", str(tmp_path))
        outcome = run(*arguments, "--format", "json")
        form = json.loads(outcome.out)
        assert outcome.code == 0
        assert 0 < form["killed"] < form["total"]
        assert form["share"] == round(form["killed"] / form["total"], 4)
        assert {"kind": "rule", "part": "desk-calm", "place": "", "text": "desk-calm: dropped", "by": "a"} in form[
            "noticed"
        ]
        assert run(*arguments, "--least", "95").code == 1
