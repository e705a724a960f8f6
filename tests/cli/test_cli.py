"""The verbs on the command line: what each prints where, with which exit code, and what it leaves unloaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from pathfinder import __version__
from pathfinder.report.certainty import headline
from pathfinder.report.json_form import from_json
from pathfinder.rulebase.models import RuleBase
from running import Outcome, Run, run_command

PERSON = "name: Ada\nanswers:\n  goal_role: research_lead\n  coding: solid\n  timeline_years: {min: 5, max: 15}\n"
VERBS = ["assess", "score", "compare", "batch", "explain", "questions", "template", "schema"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs in a folder of its own, with one person's answers in it."""
    (tmp_path / "ada.yaml").write_text(PERSON, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestScore:
    def test_text_begins_with_the_verdict_and_holds_every_path(self, run: Run, base: RuleBase) -> None:
        outcome = run("score", "ada.yaml")
        data = run("score", "ada.yaml", "--format", "json").out
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out.startswith(headline(from_json(data)))
        assert all(path.title in outcome.out for path in base.paths)
        assert "\x1b" not in outcome.out

    def test_full_text_says_more(self, run: Run) -> None:
        short, full = run("score", "ada.yaml").out, run("score", "ada.yaml", "--full").out
        assert len(full) > 2 * len(short)

    def test_markdown_is_the_report_with_the_name(self, run: Run) -> None:
        outcome = run("score", "ada.yaml", "--format", "markdown")
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out.startswith("# ")
        assert "Ada" in outcome.out.splitlines()[0]

    def test_json_is_the_output_contract(self, run: Run) -> None:
        outcome = run("score", "ada.yaml", "--format", "json")
        assert (outcome.code, outcome.err) == (0, "")
        assert json.loads(outcome.out)["schema_version"] == 1
        assert from_json(outcome.out).name == "Ada"

    def test_what_takes_longer_to_work_out_is_in_the_json_only_when_asked_for(self, run: Run) -> None:
        usual = json.loads(run("score", "ada.yaml", "--format", "json").out)
        full = json.loads(run("score", "ada.yaml", "--format", "json", "--full").out)
        assert usual["smallest_changes"] == []
        assert {one["path"] for one in full["smallest_changes"]} < {path["id"] for path in full["paths"]}
        assert {**full, "smallest_changes": [], "favoured": []} == usual

    def test_report_markdown_and_full_text_tell_what_several_answers_would_change_together(
        self, run: Run, folder: Path
    ) -> None:
        together = "no single answer would put it first. These two together would"
        assert together in " ".join(run("score", "ada.yaml", "--full").out.split())
        assert together in run("score", "ada.yaml", "--format", "markdown").out
        assert together not in " ".join(run("score", "ada.yaml").out.split())
        run("score", "ada.yaml", "--report", "report.md")
        assert together in (folder / "report.md").read_text(encoding="utf-8")

    def test_a_dash_reads_standard_input_as_yaml_or_json(self, run: Run) -> None:
        named = run("score", "ada.yaml", "--format", "json").out
        as_json = json.dumps(yaml.safe_load(PERSON))
        assert run("score", "-", "--format", "json", stdin=PERSON.encode()).out == named
        assert run("score", "-", "--format", "json", stdin=as_json.encode()).out == named

    def test_the_same_answers_in_another_order_give_the_same_output(self, run: Run) -> None:
        answers = dict(reversed(yaml.safe_load(PERSON)["answers"].items()))
        turned = json.dumps({"answers": answers, "name": "Ada"}).encode()
        for form in ("text", "markdown", "json"):
            straight = run("score", "ada.yaml", "--format", form)
            assert run("score", "-", "--format", form, stdin=turned) == straight

    def test_a_report_is_written_beside_the_result_and_private(self, run: Run, folder: Path) -> None:
        outcome = run("score", "ada.yaml", "--format", "json", "--report", "ada.md")
        assert outcome.code == 0
        assert outcome.err == "pathfinder: the report is in ada.md\n"
        assert json.loads(outcome.out)["schema_version"] == 1
        report = folder / "ada.md"
        assert report.read_text(encoding="utf-8") == run("score", "ada.yaml", "--format", "markdown").out
        assert report.stat().st_mode & 0o777 == 0o600

    def test_a_report_is_never_replaced_unless_forced(self, run: Run, folder: Path) -> None:
        report = folder / "ada.md"
        report.write_text("mine", encoding="utf-8")
        outcome = run("score", "ada.yaml", "--report", "ada.md")
        assert (outcome.code, outcome.out) == (2, "")
        assert "ada.md: this file exists already. Choose another name, or use --force to replace it" in outcome.err
        assert report.read_text(encoding="utf-8") == "mine"
        assert run("score", "ada.yaml", "--report", "ada.md", "--force").code == 0
        assert report.read_text(encoding="utf-8").startswith("# ")

    def test_an_answer_that_does_not_apply_is_set_aside_with_a_notice_on_standard_error(self, run: Run) -> None:
        outcome = run("score", "-", stdin=b"answers: {phd_option: none, phd_freedom: 5}")
        assert outcome.code == 0
        assert outcome.err == (
            "pathfinder: Your answer on 'Freedom of topic' (phd_freedom) was set aside, because it does not apply "
            "given your other answers.\n"
        )

    def test_colour_comes_when_asked_for(self, run: Run) -> None:
        assert "\x1b[" in run("score", "ada.yaml", "--color", "always").out
        assert "\x1b[" not in run("score", "ada.yaml", "--color", "never").out


class TestQuestions:
    def test_text_names_every_question_with_its_values(self, run: Run, base: RuleBase) -> None:
        outcome = run("questions")
        assert (outcome.code, outcome.err) == (0, "")
        for question in base.questions.values():
            assert f"\n{question.id}  (" in outcome.out
            assert all(f"    {value}: " in outcome.out for value in question.values)

    def test_json_holds_what_an_answers_file_can_say(self, run: Run, base: RuleBase) -> None:
        found = json.loads(run("questions", "--format", "json").out)
        assert found["schema_version"] == 1
        assert [one["id"] for one in found["questions"]] == list(base.questions)
        coding = next(one for one in found["questions"] if one["id"] == "coding")
        assert list(coding["values"]) == list(base.questions["coding"].options)


class TestTemplate:
    def test_as_printed_it_is_an_empty_answers_file(self, run: Run, base: RuleBase) -> None:
        template = run("template")
        assert (template.code, template.err) == (0, "")
        data = yaml.safe_load(template.out)
        assert list(data["answers"]) == list(base.questions)
        assert set(data["answers"].values()) == {None}
        scored = run("score", "-", "--format", "json", stdin=template.out.encode())
        assert (scored.code, scored.err) == (0, "")
        assert scored.out == run("score", "-", "--format", "json", stdin=b"answers: {}").out

    def test_filled_in_it_is_scored(self, run: Run) -> None:
        filled = run("template").out
        for empty, line in (("\n  coding:\n", "\n  coding: solid\n"), ("\nname:\n", "\nname: Ada\n")):
            assert filled.count(empty) == 1
            filled = filled.replace(empty, line)
        found = json.loads(run("score", "-", "--format", "json", stdin=filled.encode()).out)
        assert found["name"] == "Ada"
        alone = json.loads(run("score", "-", "--format", "json", stdin=b"answers: {coding: solid}").out)
        assert [path["score"] for path in found["paths"]] == [path["score"] for path in alone["paths"]]

    def test_its_example_of_options_works_once_the_marks_are_taken_away(self, run: Run, base: RuleBase) -> None:
        text, options = run("template").out.split("# options:\n")
        shown = text + "options:\n" + "".join(line.removeprefix("# ") for line in options.splitlines(keepends=True))
        found = json.loads(run("score", "-", "--format", "json", stdin=shown.encode()).out)
        assert [(one["name"], one["path"]) for one in found["options"]] == [
            ("Option 1", "phd"),
            ("Option 2", "research_contributor"),
        ]
        assert all(f"{path}" in text for path in base.path)


class TestOptions:
    @pytest.fixture(autouse=True)
    def _answers(self, folder: Path) -> None:
        offers = "- {name: Leeds, path: phd, answers: {phd_option: offer, phd_supervisor_research: 5}}\n"
        offers += "- {name: Moon, path: phd, answers: {phd_option: none, phd_freedom: 3}}\n"
        (folder / "options.yaml").write_text(f"{PERSON}options:\n{offers}", encoding="utf-8")

    @pytest.mark.parametrize("options", [(), ("--full",), ("--format", "markdown"), ("--format", "json")])
    def test_they_are_told_in_every_form(self, options: tuple[str, ...], run: Run) -> None:
        outcome = run("score", "options.yaml", *options)
        assert outcome.code == 0
        assert "Leeds" in outcome.out
        assert outcome.err == (
            "pathfinder: In your option 'Moon', the answer on 'Freedom of topic' (phd_freedom) was set aside, because "
            "it does not apply given the other answers.\n"
        )

    def test_other_verbs_read_the_same_file(self, run: Run) -> None:
        assert run("explain", "options.yaml", "phd") == run("explain", "ada.yaml", "phd")


class TestExplain:
    def test_an_argument_comes_with_its_cases_the_answers_and_the_lines_of_its_sources(
        self, run: Run, base: RuleBase
    ) -> None:
        rule = next(rule for rule in base.rules.values() if "goal_role" in str([case.when for case in rule.cases]))
        text = " ".join(run("explain", "ada.yaml", rule.id).out.split())
        assert rule.asks in text
        assert f"Argument {rule.id}, on: " in text
        assert base.questions["goal_role"].title in text
        for key in rule.claims:
            assert f"({key})" in text
        assert "line" in text

    def test_a_path_comes_with_every_argument_that_counts_and_they_add_up(self, run: Run) -> None:
        found = json.loads(run("score", "ada.yaml", "--format", "json").out)
        path = found["paths"][0]
        text = run("explain", "ada.yaml", path["id"]).out
        assert text.startswith(f"{path['title']}: ")
        assert all(f"  {reason['rule']}" in text for reason in path["reasons"])

    def test_a_gate_says_whether_it_is_closed_why_and_what_would_open_it(self, run: Run, base: RuleBase) -> None:
        gate = next(gate for gate in base.path["phd"].gates if gate.id == "phd-completed")
        for answer, state in (("completed", "closed for you"), ("offer", "open for you")):
            answers = f"answers: {{phd_option: {answer}}}".encode()
            text = " ".join(run("explain", "-", gate.id, stdin=answers).out.split())
            assert f"Gate {gate.id} (PhD): {state}" in text
            assert (gate.because in text) == (answer == "completed")
            assert gate.opens in text

    def test_a_question_says_why_it_is_asked_and_which_arguments_look_at_it(self, run: Run, base: RuleBase) -> None:
        text = " ".join(run("explain", "ada.yaml", "coding").out.split())
        question = base.questions["coding"]
        assert text.startswith(f"{question.prompt} Your answer: {question.label('solid')}")
        assert question.why in text
        assert "Arguments that look at it:" in text

    def test_an_unknown_id_is_refused_with_the_nearest_one(self, run: Run) -> None:
        outcome = run("explain", "ada.yaml", "codding")
        assert (outcome.code, outcome.out) == (2, "")
        wanted = "pathfinder: there is no argument, path or question 'codding'. Did you mean 'coding'?\n"
        assert outcome.err == wanted


class TestUsage:
    def test_v_prints_the_version(self, run: Run) -> None:
        for option in ("-V", "--version"):
            assert run(option) == Outcome(0, f"pathfinder {__version__}\n", "")

    def test_h_names_every_verb_with_a_whole_sentence(self, run: Run) -> None:
        outcome = run("-h")
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out == run("--help").out
        commands = outcome.out.split("Commands:\n")[1].splitlines()
        assert {line.split()[0] for line in commands} >= set(VERBS)
        assert all(line.endswith(".") and not line.endswith("...") for line in commands)

    @pytest.mark.parametrize("verb", VERBS)
    def test_every_verb_has_help(self, verb: str, run: Run) -> None:
        outcome = run(verb, "-h")
        assert outcome.code == 0
        assert verb in outcome.out

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("scor",), "Did you mean 'score'?"),
            (("score",), "Missing argument 'FILE'"),
            (("score", "ada.yaml", "--format", "xml"), "'xml' is not one of 'text', 'markdown', 'json'"),
            (("score", "ada.yaml", "--reprot", "x"), "--report"),
            ((), "Usage: "),
        ],
        ids=["verb", "argument", "value", "option", "nothing"],
    )
    def test_a_wrong_command_line_exits_2_and_helps(self, arguments: tuple[str, ...], said: str, run: Run) -> None:
        outcome = run(*arguments)
        assert outcome.code == 2
        assert said in outcome.out + outcome.err


@pytest.mark.parametrize(
    "arguments",
    [
        "score ada.yaml",
        "score ada.yaml --full",
        "score ada.yaml --format markdown",
        "score ada.yaml --format json",
        "questions",
        "template",
        "explain ada.yaml phd",
    ],
)
def test_a_reader_who_stops_reading_is_no_error(arguments: str, folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)  # as `| head` does when it has seen enough
    try:
        command = [sys.executable, "-m", "pathfinder", *arguments.split()]
        done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, cwd=folder, timeout=20, check=False)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


class TestAHostileName:
    HOSTILE = "[red]x[/red] [/y] **b** <script>alert(1)</script> \x1b[31m \x07 | # h"

    @pytest.fixture(autouse=True)
    def _answers(self, folder: Path) -> None:
        data = {"name": self.HOSTILE, "answers": {"goal_role": "research_lead", "coding": "solid"}}
        (folder / "hostile.json").write_text(json.dumps(data), encoding="utf-8")

    @pytest.mark.parametrize("options", [(), ("--full",), ("--format", "markdown"), ("--format", "json")])
    def test_no_control_character_comes_out(self, options: tuple[str, ...], run: Run) -> None:
        outcome = run("score", "hostile.json", *options)
        assert outcome.code == 0
        assert not {"\x1b", "\x07"} & set(outcome.out + outcome.err)

    def test_in_markdown_it_is_text_and_nothing_else(self, run: Run) -> None:
        title = run("score", "hostile.json", "--format", "markdown").out.splitlines()[0]
        html = MarkdownIt("commonmark").render(title)
        assert html.startswith("<h1>")
        assert html.count("<") == 2
        assert "[red]x[/red] [/y] **b** &lt;script&gt;alert(1)&lt;/script&gt; [31m | # h" in html

    def test_in_json_it_is_the_name_without_control_characters(self, run: Run) -> None:
        found = json.loads(run("score", "hostile.json", "--format", "json").out)
        assert found["name"] == "[red]x[/red] [/y] **b** <script>alert(1)</script> [31m | # h"


class TestStartUp:
    """Importing costs more than working: a command loads what it needs and nothing else."""

    def loaded(self, *arguments: str) -> set[str]:
        """The modules that a run of the program has loaded at its end."""
        script = (
            "import sys\n"
            f"sys.argv = ['pathfinder', *{arguments!r}]\n"
            "from pathfinder.cli.main import main\n"
            "try:\n    main()\nexcept SystemExit:\n    pass\n"
            "print(*sorted(sys.modules), file=sys.stderr)\n"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=20, check=True)
        return set(done.stderr.split())

    def test_help_needs_neither_the_rule_base_nor_anything_that_draws(self) -> None:
        loaded = self.loaded("--help")
        assert "pathfinder.cli.main" in loaded
        assert not {"yaml", "pydantic", "rich", "questionary", "prompt_toolkit", "jinja2"} & loaded
        assert not {"pathfinder.rulebase.models", "pathfinder.store.rules", "pathfinder.assessment.assess"} & loaded

    @pytest.mark.parametrize("verb", ["assess", "rules", "history"])
    def test_help_of_a_verb_needs_little_more(self, verb: str) -> None:
        assert not {"yaml", "pydantic", "questionary", "prompt_toolkit"} & self.loaded(verb, "--help")

    def test_json_is_made_without_anything_that_draws(self) -> None:
        loaded = self.loaded("score", "ada.yaml", "--format", "json")
        assert "pathfinder.assessment.assess" in loaded
        assert not {"rich", "questionary", "prompt_toolkit", "jinja2"} & loaded

    @pytest.mark.parametrize(
        "arguments",
        [("score", "ada.yaml", "--format", "json"), ("template",), ("questions",), ("explain", "ada.yaml", "phd")],
        ids=["score", "template", "questions", "explain"],
    )
    def test_once_the_rule_base_was_read_nothing_is_loaded_that_reads_or_checks_it(
        self, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATHFINDER_CACHE", str(tmp_path / "cache"))
        assert "pydantic" in self.loaded(*arguments)
        loaded = self.loaded(*arguments)
        assert "pathfinder.store.compiled" in loaded
        slow = {"pydantic", "pydantic_core", "zoneinfo", "email", "hashlib", "secrets", "sqlite3", "importlib.metadata"}
        assert not (slow | {"rich", "questionary", "prompt_toolkit", "jinja2", "multiprocessing"}) & loaded

    def test_text_is_drawn_without_what_prompts(self) -> None:
        loaded = self.loaded("score", "ada.yaml")
        assert "rich" in loaded
        assert not {"questionary", "prompt_toolkit"} & loaded


def test_the_real_command_does_as_the_program_in_this_process(run: Run, folder: Path) -> None:
    for arguments in (["score", "ada.yaml"], ["questions"], ["explain", "ada.yaml", "phd"]):
        assert run_command(*arguments, folder=folder) == run(*arguments)


class TestExplainAnOption:
    OPTIONS = (
        "answers: {goal_role: research_lead, phd_option: none, mental_health_risk: high}\n"
        "weights: {wellbeing: 2}\n"
        "options:\n"
        "- {name: PhD in Leeds, path: phd, answers: {phd_option: offer, phd_supervisor_research: 5}}\n"
        "- {name: Acme, path: research_contributor, answers: {job_option: offer, mental_health_risk: low}}\n"
    )

    @pytest.fixture(autouse=True)
    def file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "options.yaml").write_text(self.OPTIONS, encoding="utf-8")
        monkeypatch.chdir(tmp_path)

    def test_every_number_of_an_option_in_a_report_can_be_traced(self, run: Run) -> None:
        options = json.loads(run("score", "options.yaml", "--format", "json").out)["options"]
        assert len(options) == 2
        for option in options:
            told = " ".join(run("explain", "options.yaml", option["name"]).out.split())
            assert f"{option['score']:+g} points in sum" in told
            for reason in option["reasons"]:
                text = run("explain", "options.yaml", reason["rule"], "--option", option["name"]).out
                assert f"It counts {reason['points']:+g} point" in text
                assert f"at your option '{option['name']}'" in " ".join(text.split())

    def test_a_path_at_an_option_is_the_option_and_capitals_make_no_difference(self, run: Run) -> None:
        named = run("explain", "options.yaml", "phd in leeds")
        assert named.code == 0
        assert named.out == run("explain", "options.yaml", "phd", "--option", "PHD IN LEEDS").out
        assert named.out != run("explain", "options.yaml", "phd").out
        assert "explain FILE ID --option 'PhD in Leeds'" in named.out

    def test_an_option_that_is_not_there_is_refused_with_the_nearest(self, run: Run) -> None:
        outcome = run("explain", "options.yaml", "phd", "--option", "Acmee")
        assert (outcome.code, outcome.out) == (2, "")
        assert "there is no option 'Acmee' here. Did you mean 'Acme'?" in outcome.err
        assert "Did you mean 'Acme'?" in run("explain", "options.yaml", "Acmee").err

    def test_an_id_goes_before_an_option_of_the_same_name(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "same.yaml").write_text(self.OPTIONS.replace("Acme", "phd"), encoding="utf-8")
        assert run("explain", "same.yaml", "phd").out == run("explain", "options.yaml", "phd").out
