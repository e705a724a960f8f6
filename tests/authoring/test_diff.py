"""What differs between two rule bases, and for whom the verdict flips because of what."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from changed_bases import SOUND, crossing, gate, overlaid, rule, sound, with_role
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.assess import assess
from pathfinder.authoring.diff import FieldChange, changes
from pathfinder.authoring.effects import Outcome, effects
from pathfinder.authoring.population import person, plausible_people
from pathfinder.authoring.undoing import undo
from pathfinder.report.diff_report import diff_as_text
from pathfinder.rulebase.editing import Edits, edited
from pathfinder.rulebase.forms import read_part
from pathfinder.rulebase.known import KnownPerson
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.cases import KnownCase, read_cases
from running import Run
from small_bases import Small, small_bases

CALM = {"when": {"calm": {"gte": 4}}, "points": 2, "because": "You are calm."}


def case(base: RuleBase, **answers: Any) -> KnownCase:
    """A known person with some answers."""
    raw = {"id": "somebody", "description": "Somebody.", "answers": answers, "expect": {}, "because": "So."}
    return KnownCase(read_part(KnownPerson, raw), AnswerSheet(), "somebody.yaml")


def calmer(*cases: Any) -> RuleBase:
    """The sound base with other cases of `desk-calm`."""
    rows = {**rule("desk-calm"), "asks": "Are you calm?", "claims": ["desk-calm-helps", "desk-calm-lacks"]}
    return overlaid(sound(), rules=[{**rows, "cases": list(cases), "path": "desk"}])


class TestWhatChanged:
    def test_a_base_does_not_differ_from_itself(self) -> None:
        assert changes(sound(), sound()) == ()

    def test_rules_and_gates_that_come_and_go_are_named_with_their_paths(self) -> None:
        other = overlaid(
            sound(),
            rules=[{**rule("new", ({"skill": "none"}, 1)), "paths": ["lab", "desk"]}],
            gates=[{**gate("shut", {"skill": "none"}), "path": "lab"}],
            drop=["lab-pay"],
        )
        found = [(one.kind, one.id, one.how, one.paths) for one in changes(sound(), other)]
        assert found == [
            ("rule", "new", "added", ("lab", "desk")),
            ("rule", "lab-pay", "removed", ("lab",)),
            ("gate", "shut", "added", ("lab",)),
        ]

    def test_a_changed_case_is_told_field_by_field(self) -> None:
        other = calmer(
            {**CALM, "points": 3}, {"when": {"calm": {"lte": 2}}, "points": -2, "because": "You are not calm."}
        )
        (change,) = changes(sound(), other)
        assert change.fields == (FieldChange("case 1, points", 2, 3),)

    def test_a_dropped_case_does_not_make_the_others_seem_changed(self) -> None:
        other = calmer({"when": {"calm": {"lte": 2}}, "points": -2, "because": "You are not calm."})
        (change,) = changes(sound(), other)
        assert [(field.field, field.new) for field in change.fields] == [("case 1", None)]

    def test_a_rule_that_counts_elsewhere_has_moved(self) -> None:
        old = sound()
        moved = edited(old, Edits(rules={"lab-skill": (old.rules["lab-skill"], ("desk",))}))
        (change,) = changes(old, moved)
        assert change.fields == (FieldChange("paths", ("lab",), ("desk",)),)

    def test_questions_thresholds_and_roles_are_compared_too(self) -> None:
        old = sound()
        strict = structs.replace(old.general, verdict=structs.replace(old.general.verdict, enough=3.0))
        other = with_role(_with_question(old, "skill", title="Ability"), {"calm": 5}).with_parts(general=strict)
        found = {one.id: [(field.field, field.old, field.new) for field in one.fields] for one in changes(old, other)}
        assert found["rulebase"] == [("verdict, enough", 2, 3)]
        assert found["skill"] == [("title", "Skill", "Ability")]
        assert found["sea"] == []

    def test_what_a_base_promises_is_compared(self) -> None:
        one, other = (crossing(sound(), {"skill": "strong"}, "desk", limit) for limit in (0.1, 0.2))
        (change,) = changes(one, other)
        assert (change.kind, change.fields) == ("crossing", (FieldChange("at_most", 0.1, 0.2),))

    def test_conditions_are_told_in_words(self) -> None:
        other = calmer({**CALM, "when": {"calm": 5}})
        words = " ".join(diff_as_text(sound(), other, effects(sound(), other)).split())
        assert "case 1, when: calm is 4 or 5 -> calm is 5" in words
        assert "case 2: removed: -2 if calm is 1 or 2" in words


def _with_question(base: RuleBase, key: str, **fields: Any) -> RuleBase:
    section = base.sections[0]
    questions = tuple(structs.replace(one, **fields) if one.id == key else one for one in section.questions)
    return base.with_parts(sections=(structs.replace(section, questions=questions),))


class TestKnownPeople:
    def test_a_flip_is_put_down_to_the_change_that_undoes_it(self) -> None:
        old = sound()
        other = overlaid(
            old,
            rules=[{**rule("harsh", ({"skill": "strong"}, -4)), "path": "lab"}],
            drop=["desk-pay"],
        )
        strong = case(old, skill="strong", calm=5, years=7, offer=True, offer_pay=5)
        (flip,) = effects(old, other, [strong]).flips
        assert (flip.before, flip.after) == (Outcome("clear", "lab"), Outcome("clear", "desk"))
        assert flip.because == ("harsh",)

    def test_a_flip_that_either_of_two_changes_undoes_is_put_down_to_both(self) -> None:
        old = sound()
        harsh = [{**rule(f"harsh-{n}", ({"skill": "strong"}, -1)), "path": "lab"} for n in (1, 2)]
        strong = case(old, skill="strong", calm=3, years=7, offer=True, offer_pay=5)
        (flip,) = effects(old, overlaid(old, rules=harsh), [strong]).flips
        assert flip.after.kind == "none_fits"
        assert flip.because == ("harsh-1", "harsh-2")

    def test_a_flip_that_no_single_change_undoes_is_put_down_to_several_together(self) -> None:
        old = sound()
        harsh = [{**rule(f"harsh-{n}", ({"skill": "strong"}, -4)), "path": "lab"} for n in (1, 2)]
        strong = case(old, skill="strong", calm=5, years=7, offer=True, offer_pay=5)
        (flip,) = effects(old, overlaid(old, rules=harsh), [strong]).flips
        assert flip.because == ()

    def test_a_person_whose_verdict_stays_is_not_named(self) -> None:
        other = overlaid(sound(), drop=["desk-pay"])
        assert effects(sound(), other, [case(sound(), skill="strong", calm=1, years=7, offer=False)]).flips == ()

    def test_answers_that_only_one_base_can_read_are_read_there_alone(self) -> None:
        old = sound()
        other = _with_question(old, "skill", values={"none": "None", "basic": "Basic", "master": "Master"})
        (flip,) = effects(old, other, [case(other, skill="master", calm=4, years=7, offer=False)]).flips
        assert (flip.before.kind, flip.after) == ("unsettled", Outcome("clear", "desk"))


class TestPopulation:
    def test_nobody_flips_where_nothing_changed(self) -> None:
        assert effects(sound(), sound(), size=500).moved == 0

    @settings(max_examples=8, deadline=None)
    @given(small_bases(), st.data())
    def test_streams_are_what_assessing_everybody_twice_gives(self, small: Small, data: st.DataObject) -> None:
        old = small.base
        gone = frozenset(data.draw(st.lists(st.sampled_from(list(old.rules)), min_size=1, max_size=2, unique=True)))
        new = edited(old, Edits(drop=gone))
        found = effects(old, new, size=10)
        frame = plausible_people(new, 10, 1, also=[old])
        moved = 0
        for place in range(10):
            sheet = person(new, frame, place)
            before, after = assess(old, sheet).verdict, assess(new, sheet).verdict
            moved += (before.kind, before.path) != (after.kind, after.path)
        assert found.moved == pytest.approx(moved / 10)

    def test_a_single_change_is_responsible_for_all_that_it_does(self) -> None:
        other = overlaid(sound(), rules=[{**rule("new", ({"calm": {"gte": 3}}, 3)), "path": "lab"}])
        found = effects(sound(), other, size=1000)
        assert found.moved > 0.1
        for stream in found.streams:
            assert stream.because == {"new": stream.share}
            assert stream.together == 0
            assert 1 <= len(stream.examples) <= 5

    def test_people_are_told_apart_by_what_only_the_old_base_looks_at(self) -> None:
        """The old base asks for 20 years where the new one asks for 10; those between them flip."""
        late = {**rule("desk-pay", ({"years": {"gte": 20}}, 3)), "path": "desk", "criterion": "money"}
        early = {**rule("desk-pay", ({"years": {"gte": 10}}, 3)), "path": "desk", "criterion": "money"}
        old, new = (overlaid(sound(), rules=[one], drop=["desk-calm", "lab-skill"]) for one in (late, early))
        found = effects(old, new, size=5000)
        assert found.moved == pytest.approx(0.2, abs=0.03)


class TestUndoing:
    def test_undoing_every_kind_of_change_gives_back_what_it_was(self) -> None:
        old = sound()
        strict = structs.replace(old.general, verdict=structs.replace(old.general.verdict, enough=3.0))
        variants = [
            overlaid(old, drop=["lab-pay"]),
            overlaid(old, rules=[{**rule("new", ({"skill": "none"}, 1)), "paths": ["lab", "desk"]}]),
            overlaid(old, gates=[{**gate("shut", {"skill": "none"}), "path": "lab"}]),
            with_role(old, {"calm": 5}),
            old.with_parts(general=strict),
            _with_question(old, "skill", title="Ability"),
        ]
        for other in variants:
            (change,) = changes(old, other)
            back = undo(old, other, change)
            assert back is not None
            assert changes(old, back) == ()


class TestCommand:
    @pytest.fixture
    def other(self, tmp_path: Path) -> Path:
        """The sound base with one point changed."""
        folder = tmp_path / "other"
        shutil.copytree(SOUND, folder)
        file = folder / "paths" / "lab.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("{skill: strong}, points: 2", "{skill: strong}, points: 1"), encoding="utf-8")
        return folder

    @pytest.fixture
    def people(self, tmp_path: Path) -> Path:
        folder = tmp_path / "people"
        folder.mkdir()
        text = (
            "id: a\ndescription: A.\nanswers: {skill: strong, calm: 3, years: 7, offer: no}\nexpect: {}\nbecause: So.\n"
        )
        (folder / "a.yaml").write_text(text, encoding="utf-8")
        return folder

    def test_text_names_rule_line_people_and_shares(self, run: Run, other: Path, people: Path) -> None:
        done = run("rules", "diff", str(SOUND), str(other), "--cases", str(people), "--population", "500")
        words = " ".join(done.out.split())
        assert done.code == 0
        assert f"{other}/paths/lab.yaml:5: rule lab-skill (Lab): changed case 1, points: 2 -> 1" in words
        assert "Of 1 known person, the verdict changes for 1 a: clear Lab -> none_fits, because of lab-skill" in words
        assert "All in all because of lab-skill" in words

    def test_json_holds_the_same(self, run: Run, other: Path, people: Path) -> None:
        done = run("rules", "diff", str(SOUND), str(other), "--cases", str(people), "--format", "json")
        found = json.loads(done.out)
        assert found["changes"][0]["fields"] == [{"field": "case 1, points", "old": "2", "new": "1"}]
        assert found["cases"]["flips"][0]["because"] == ["lab-skill"]

    def test_an_overlay_is_compared_with_what_lies_below_it(self, run: Run, tmp_path: Path, people: Path) -> None:
        mine = tmp_path / "mine.yaml"
        mine.write_text("name: Mine\nabout: Test.\ndrop: [lab-skill]\n", encoding="utf-8")
        done = run("rules", "diff", str(SOUND), "--overlay", str(mine), "--cases", str(people))
        assert "rule lab-skill (Lab): removed" in " ".join(done.out.split())

    def test_a_single_base_is_nothing_to_compare(self, run: Run) -> None:
        done = run("rules", "diff", str(SOUND))
        assert done.code == 2
        assert "there is nothing to compare with" in done.err


def test_the_built_in_people_do_not_flip_between_the_built_in_base_and_itself(base: RuleBase) -> None:
    cases = read_cases(Path(__file__).parents[2] / "rules" / "cases", base.questions)
    assert effects(base, base, cases[:10]).flips == ()
