"""An adviser's own view on top of a rule base: what it changes, what it may not, and that it is always named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from changed_bases import SOUND, gate, overlaid, rule, sound, write_overlay

from pathfinder.answers.sheet import AnswerSheet, Certain
from pathfinder.assessment.assess import assess
from pathfinder.errors import InputError
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.overlay import with_overlay
from running import Run

SKILLED = AnswerSheet({"skill": Certain("strong")})

MINE = """\
name: Skill is everything
about: Somebody who hires for labs.
rules:
- id: lab-skill
  path: lab
  criterion: fit
  asks: Do you have the skill?
  cases:
  - {when: {skill: strong}, points: 6, because: You are skilled.}
  claims: [lab-skill-helps]
- id: mine-tools
  paths: [lab, desk]
  criterion: fit
  asks: Do you know a tool?
  cases:
  - {when: {tools: {has: pen}}, points: 1, because: You know the pen.}
  claims: [spare-for]
gates:
- id: mine-gate
  path: desk
  when: {calm: 1}
  because: You are not calm at all.
  opens: Calm down.
  claims: [desk-calm-lacks]
drop: [lab-pay]
""".splitlines()


def score(base: RuleBase, path: str, sheet: AnswerSheet = SKILLED) -> float:
    return assess(base, sheet).path(path).score


class TestWhatItChanges:
    def test_a_rule_with_a_known_id_replaces_the_old_one_where_it_stood(self) -> None:
        better = {**rule("lab-skill", ({"skill": "strong"}, 6)), "path": "lab"}
        base = overlaid(sound(), rules=[better])
        assert [one.id for one in base.rules_of("lab")] == ["lab-skill", "lab-pay"]
        assert (score(sound(), "lab"), score(base, "lab")) == (2, 6)

    def test_another_rule_is_added(self) -> None:
        base = overlaid(sound(), rules=[{**rule("more", ({"skill": "strong"}, 1)), "path": "desk"}])
        assert (score(sound(), "desk"), score(base, "desk")) == (0, 1)

    def test_a_rule_on_several_paths_counts_alike_on_each(self) -> None:
        base = overlaid(sound(), rules=[{**rule("both", ({"skill": "strong"}, 1)), "paths": ["lab", "desk"]}])
        assert base.paths_of("both") == ("lab", "desk")
        assert (score(base, "lab"), score(base, "desk")) == (3, 1)

    def test_a_shared_rule_is_replaced_on_all_of_its_paths(self) -> None:
        shared = overlaid(sound(), rules=[{**rule("both", ({"skill": "strong"}, 1)), "paths": ["lab", "desk"]}])
        base = overlaid(shared, rules=[{**rule("both", ({"skill": "strong"}, 3)), "paths": ["desk", "lab"]}])
        assert (score(base, "lab"), score(base, "desk")) == (5, 3)

    def test_a_dropped_rule_no_longer_counts(self) -> None:
        base = overlaid(sound(), drop=["lab-skill"])
        assert "lab-skill" not in base.rules
        assert score(base, "lab") == 0

    def test_gates_are_added_replaced_and_dropped(self) -> None:
        closed = overlaid(sound(), gates=[{**gate("shut", {"skill": "strong"}), "path": "lab"}])
        assert assess(closed, SKILLED).path("lab").status == "blocked"
        other = overlaid(closed, gates=[{**gate("shut", {"skill": "none"}), "path": "lab"}])
        assert assess(other, SKILLED).path("lab").status == "open"
        assert assess(overlaid(closed, drop=["shut"]), SKILLED).path("lab").status == "open"

    def test_the_base_below_stays_as_it_was(self) -> None:
        base = sound()
        before = score(base, "lab")
        overlaid(base, drop=["lab-skill"])
        assert score(base, "lab") == before


class TestProblems:
    @pytest.mark.parametrize(
        ("old", "new", "problems"),
        [
            ("  path: lab", "  path: lap", ["4: lab-skill: there is no path 'lap'. Did you mean 'lab'?"]),
            (
                "  path: lab",
                "  path: desk",
                [
                    "4: lab-skill: in the rule base 'lab-skill' belongs to lab. Give it the same, or another id"
                    " (and drop the old one)"
                ],
            ),
            (
                "- id: mine-tools",
                "- id: lab-learn-laser",
                [
                    f"11: lab-learn-laser: 'lab-learn-laser' is the id of another part ({SOUND / 'paths/lab.yaml'}:20)"
                    ". Choose another id"
                ],
            ),
            (
                "drop: [lab-pay]",
                "drop: [lab-pai, lab-skill]",
                [
                    "25: lab-pai: there is no rule or gate 'lab-pai' to drop. Did you mean 'lab-pay'?",
                    "4: lab-skill: 'lab-skill' is both dropped and given. Keep one of the two",
                ],
            ),
            ("  path: lab", "", ["4: rules.0: say on which 'path' it counts, or on which 'paths'"]),
            (
                "  criterion: fit",
                "  criterion: fits",
                [
                    "4: lab-skill: there is no criterion 'fits'. Did you mean 'fit'?",
                    "11: mine-tools: there is no criterion 'fits'. Did you mean 'fit'?",
                ],
            ),
            ("{skill: strong}", "{skil: strong}", ["9: rules.0.cases.0.when: there is no question 'skil'"]),
        ],
    )
    def test_every_problem_comes_with_file_and_line(
        self, tmp_path: Path, old: str, new: str, problems: list[str]
    ) -> None:
        file = write_overlay(tmp_path, [line.replace(old, new) for line in MINE])
        with pytest.raises(InputError) as refused:
            with_overlay(sound(), file)
        found = [str(problem) for problem in refused.value.problems]
        assert len(found) == len(problems)
        for one, wanted in zip(sorted(found), sorted(f"{file}:{problem}" for problem in problems), strict=True):
            assert one.startswith(wanted)

    def test_an_overlay_that_changes_nothing_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="an overlay has rules, gates or drop"):
            with_overlay(sound(), write_overlay(tmp_path, ["name: Empty", "about: Nothing."]))

    def test_a_missing_file_is_no_folder_of_rules(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"there is no such file\. Name an overlay"):
            with_overlay(sound(), tmp_path / "none.yaml")


class TestNaming:
    @pytest.fixture
    def mine(self, tmp_path: Path) -> tuple[str, ...]:
        """Options for the sound base with the overlay on it."""
        return ("--rules", str(SOUND), "--overlay", str(write_overlay(tmp_path, MINE)))

    @pytest.fixture
    def answers(self, tmp_path: Path) -> str:
        file = tmp_path / "answers.yaml"
        file.write_text("answers: {skill: strong}\n", encoding="utf-8")
        return str(file)

    def test_json_names_it_with_its_hash(self, run: Run, mine: tuple[str, ...], answers: str) -> None:
        made = json.loads(run("score", answers, "--format", "json", *mine).out)
        assert made["rulebase"]["overlay"] == "Skill is everything"
        assert len(made["rulebase"]["overlay_hash"]) == 16
        plain = json.loads(run("score", answers, "--format", "json", "--rules", str(SOUND)).out)
        assert made["rulebase"]["hash"] == plain["rulebase"]["hash"]
        assert "overlay" not in plain["rulebase"]

    @pytest.mark.parametrize("form", [("--format", "markdown"), ("--full",), ()])
    def test_every_report_to_be_read_names_it(
        self, run: Run, mine: tuple[str, ...], answers: str, form: tuple[str, ...]
    ) -> None:
        words = " ".join(run("score", answers, *form, *mine).out.split())
        assert "the overlay 'Skill is everything' (content " in words
        assert "overlay" not in run("score", answers, *form, "--rules", str(SOUND)).out

    def test_an_explanation_names_it_and_follows_it(self, run: Run, mine: tuple[str, ...], answers: str) -> None:
        told = run("explain", answers, "lab-skill", *mine).out
        assert "It counts +6 points for you." in told
        assert "the overlay 'Skill is everything'" in told

    def test_another_content_has_another_hash(self, tmp_path: Path) -> None:
        one = with_overlay(sound(), write_overlay(tmp_path, MINE)).overlay_hash
        other = with_overlay(sound(), write_overlay(tmp_path, [*MINE, "# a remark"])).overlay_hash
        assert one != other
