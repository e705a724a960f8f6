"""The interface for scripts: what docs/python.md shows is what happens, and `import pathfinder` costs nothing."""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

import pathfinder
import pathfinder.api
from pathfinder import Answers, AnswerSheet, InputError, RuleBase, assess, from_json, load_rules, to_json, to_markdown
from pathfinder.assessment.assess import Assessor
from pathfinder.store.answers import read_sheet
from running import Run

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
SCRIPT = ROOT / "tests" / "scripts" / "verdicts.py"
BLOCK = re.compile(r"(?:<!-- (\S+) -->\n)?```python\n([\s\S]*?)```(?:\n\n```text\n([\s\S]*?)```)?")


def examples() -> Iterator[tuple[str, str]]:
    """Each example of the page with what it is said to print; not the script, which is a file of its own."""
    for file, code, printed in BLOCK.findall(PAGE):
        if not file:
            yield code, printed


class TestPage:
    def test_every_example_prints_what_stands_below_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        names: dict[str, object] = {}
        shown = list(examples())
        assert len(shown) >= 7
        for code, printed in shown:
            output = io.StringIO()
            with contextlib.redirect_stdout(output):
                exec(compile(code, "docs/python.md", "exec"), names)
            assert output.getvalue() == printed, code

    def test_the_script_on_it_is_the_one_that_is_tested(self) -> None:
        (found,) = [code for file, code, _ in BLOCK.findall(PAGE) if file == "tests/scripts/verdicts.py"]
        assert found == SCRIPT.read_text(encoding="utf-8")

    def test_the_script_runs(self, tmp_path: Path) -> None:
        (tmp_path / "ada.yaml").write_text("answers: {goal_role: research_lead, phd_option: offer}\n")
        (tmp_path / "bob.yaml").write_text("answers: {codign: solid}\n")
        done = subprocess.run([sys.executable, SCRIPT, tmp_path], capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert done.stderr.startswith(f"{tmp_path / 'bob.yaml'}:1: answers.codign: there is no question 'codign'.")
        assert [line.split(",")[0] for line in done.stdout.splitlines()] == ["file", "ada.yaml"]


class TestInterface:
    def test_everything_that_is_listed_is_there_and_is_the_same_from_both_places(self) -> None:
        assert set(pathfinder.__all__) == {*pathfinder.api.__all__, "__version__"}
        for name in pathfinder.api.__all__:
            assert getattr(pathfinder, name) is getattr(pathfinder.api, name)
        assert set(pathfinder.__all__) <= set(dir(pathfinder))

    def test_anything_else_is_not_there(self) -> None:
        name = "astronaut"
        with pytest.raises(AttributeError, match="has no attribute 'astronaut'"):
            getattr(pathfinder, name)

    def test_importing_it_loads_nothing_of_what_it_offers(self) -> None:
        code = (
            "import sys, pathfinder; pathfinder.__version__; dir(pathfinder);"
            " print([name for name in sys.modules if name.split('.')[0] in ('pydantic', 'yaml', 'typer')"
            " or name.startswith('pathfinder.')])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout == "[]\n"

    def test_a_script_loads_nothing_that_draws(self) -> None:
        code = (
            "import sys; from pathfinder import load_rules, Answers, assess; assess(load_rules(), Answers({}));"
            " print([name for name in ('typer', 'rich', 'questionary', 'prompt_toolkit') if name in sys.modules])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout == "[]\n"


class TestRules:
    def test_the_built_in_ones_come_without_a_name(self, base: RuleBase) -> None:
        assert load_rules().with_parts() == base.with_parts(places={})
        assert load_rules() is load_rules()

    def test_others_come_from_a_folder_by_path_or_text(self, base: RuleBase, rules_copy: Path) -> None:
        assert load_rules(rules_copy).identity == load_rules(str(rules_copy)).identity == base.identity

    def test_an_overlay_can_lie_on_them(self, base: RuleBase, tmp_path: Path) -> None:
        rule = next(iter(base.rules))
        file = tmp_path / "mine.yaml"
        file.write_text(f"name: Mine\nabout: Less.\ndrop: [{rule}]\n")
        assert set(base.rules) - set(load_rules(overlay=file).rules) == {rule}

    def test_what_is_wrong_with_them_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="there is no such folder"):
            load_rules(tmp_path / "nowhere")


PLAIN: Mapping[str, object] = {
    "goal_role": "research_lead",
    "coding": ["solid", "strong"],
    "timeline_years": {"min": 5, "max": 15, "likely": 8},
    "enjoys": [],
    "new_agendas_needed": True,
    "maths": "unknown",
    "stage": None,
}
WRITTEN = """\
name: Ada
answers:
  goal_role: research_lead
  coding: [solid, strong]
  timeline_years: {min: 5, max: 15, likely: 8}
  enjoys: []
  new_agendas_needed: yes
  maths: unknown
  stage:
"""


class TestAnswers:
    def test_a_mapping_and_a_file_give_the_same_sheet(self, base: RuleBase, tmp_path: Path) -> None:
        file = tmp_path / "ada.yaml"
        file.write_text(WRITTEN)
        sheet = Answers(PLAIN, name="Ada").sheet(base)
        assert isinstance(sheet, AnswerSheet)
        assert sheet == Answers.read(file).sheet(base) == Answers.read(str(file)).sheet(base)
        assert sheet == read_sheet(file, base.questions)

    def test_weights_and_options_are_those_of_an_answers_file(self, base: RuleBase, tmp_path: Path) -> None:
        more = "weights: {wellbeing: 2}\noptions:\n- {name: Leeds, path: phd, answers: {phd_option: offer}}\n"
        (tmp_path / "ada.yaml").write_text("answers: {coding: solid}\n" + more)
        option = {"name": "Leeds", "path": "phd", "answers": {"phd_option": "offer"}}
        sheet = Answers({"coding": "solid"}, weights={"wellbeing": 2}, options=[option]).sheet(base)
        assert sheet == Answers.read(tmp_path / "ada.yaml").sheet(base)
        assert sheet.weights == {"wellbeing": 2}
        assert [one.name for one in sheet.options] == ["Leeds"]

    def test_what_is_wrong_with_weights_and_options_is_told_too(self, base: RuleBase) -> None:
        wrong = Answers({}, weights={"joy": 2}, options=[{"name": "Leeds", "path": "astronaut"}])
        with pytest.raises(InputError) as refused:
            assess(base, wrong)
        assert [problem.key for problem in refused.value.problems] == ["weights.joy", "options.0.path"]

    def test_a_full_result_is_that_of_the_full_report(self, base: RuleBase, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "ada.json"
        file.write_text('{"answers": {"coding": "solid", "goal_role": "research_lead"}}')
        found = assess(base, Answers.read(file), full=True)
        assert found.smallest_changes
        assert to_markdown(found, date.today()) == run("score", str(file), "--format", "markdown").out

    def test_the_command_line_gives_the_same_result(self, base: RuleBase, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "ada.json"
        file.write_text('{"name": "Ada", "answers": {"coding": "solid", "mental_health_risk": "high"}}')
        for redact in (False, True):
            found = assess(base, Answers({"coding": "solid", "mental_health_risk": "high"}, name="Ada"), redact=redact)
            printed = run("score", str(file), "--format", "json", *(["--redact"] if redact else [])).out
            assert to_json(found) + "\n" == printed
            assert from_json(printed) == found

    def test_every_problem_is_told_at_once_when_they_are_assessed(self, base: RuleBase) -> None:
        wrong = Answers({"codign": "solid", "coding": "splendid", "timeline_years": 500})
        with pytest.raises(InputError) as refused:
            assess(base, wrong)
        keys = [problem.key for problem in refused.value.problems]
        assert keys == ["answers.codign", "answers.coding", "answers.timeline_years"]

    def test_a_file_that_is_none_is_refused_when_it_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "odd.yaml").write_text("answers: [")
        for name in ("odd.yaml", "nobody.yaml"):
            with pytest.raises(InputError, match=name):
                Answers.read(tmp_path / name)

    def test_later_changes_of_the_mapping_change_nothing(self, base: RuleBase) -> None:
        plain: dict[str, object] = {"coding": "solid"}
        answers = Answers(plain)
        plain["coding"] = "none"
        assert answers.sheet(base) == Answers({"coding": "solid"}).sheet(base)

    def test_what_they_say_never_shows_in_a_traceback(self, tmp_path: Path) -> None:
        file = tmp_path / "ada.yaml"
        file.write_text("answers: {mental_health_risk: high}\n")
        shown = repr(Answers({"mental_health_risk": "high"}, name="Ada")) + repr(Answers.read(file))
        assert not re.search("high|mental|Ada", shown)


class TestAssess:
    def test_neither_files_nor_terminal_nor_answers_nor_rules_are_touched(
        self, base: RuleBase, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        answers = Answers({"coding": "solid", "mental_health_risk": "high"}, name="Ada")
        before = answers.sheet(base)

        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("a file was opened")

        with monkeypatch.context() as guarded:
            for place in ("builtins.open", "os.open", "io.open"):
                guarded.setattr(place, refuse)
            first, second = assess(base, answers), assess(base, answers, redact=True)
        assert capsys.readouterr() == ("", "")
        assert answers.sheet(base) == before
        assert (first.redacted, second.redacted) == (False, True)

    def test_it_gives_the_same_whatever_was_assessed_before(self, base: RuleBase, rules_copy: Path) -> None:
        other, people = load_rules(rules_copy), [Answers({"coding": "none"}), Answers({"coding": "expert"})]
        for rules in (base, other, base):
            for one in people:
                assert assess(rules, one) == Assessor(rules).assess(one.sheet(rules))

    def test_it_takes_the_rules_it_is_given(self, base: RuleBase) -> None:
        dropped = base.with_parts(paths=tuple(structs.replace(path, rules=()) for path in base.paths), shared=())
        assert assess(dropped, Answers({"coding": "expert"})).top.score == 0
