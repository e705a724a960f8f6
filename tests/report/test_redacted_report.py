"""What a redacted report says: that it is one, and why its sums need a further figure."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from rich.console import Console

from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.redaction import Redactor
from pathfinder.assessment.results.assessment import Assessment
from pathfinder.report.markdown import to_markdown
from pathfinder.rulebase.models import RuleBase
from pathfinder.terminal.result_screen import show_result
from private_bases import OTHER, SECRET, SURE, PrivateCase, base_with_secret, private_cases
from running import Run

DAY = date(2025, 3, 1)
NAME = "Zyxomma Petiolatum"
PERSON = """\
name: Zyxomma Petiolatum
answers:
  goal_role: research_lead
  coding: solid
  phd_option: offer
  phd_supervisor_research: 4
  mental_health_risk: high
"""
FORMS: tuple[list[str], ...] = ([], ["--full"], ["--format", "markdown"], ["--format", "json"])


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "person.yaml").write_text(PERSON, encoding="utf-8")
    return "person.yaml"


def redacted(base: RuleBase, answers: Mapping[str, object], more: Mapping[str, object] | None = None) -> Assessment:
    person = {"name": NAME, "answers": dict(answers), **(more or {})}
    sheet, problems = validate_sheet(person, base.questions, base.path, base.criterion)
    assert not problems
    return Redactor(base).redacted(sheet, Assessor(base).assess(sheet))


def as_text(found: Assessment, *, full: bool) -> str:
    console = Console(file=io.StringIO(), width=80, color_system=None, markup=False, highlight=False, emoji=False)
    show_result(console, found, full=full)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def folded(text: str) -> str:
    return " ".join(text.split())


class TestCommand:
    @pytest.mark.parametrize("form", FORMS, ids=" ".join)
    def test_no_form_holds_the_name_or_the_private_answer(self, run: Run, file: str, form: list[str]) -> None:
        plain, outcome = run("score", file, *form), run("score", file, "--redact", *form)
        assert (outcome.code, outcome.err) == (0, "")
        question = "Strain on mental health"
        assert NAME not in outcome.out
        assert question not in outcome.out
        assert "High: a serious concern" not in outcome.out
        if form:
            assert question in plain.out

    def test_the_report_is_redacted_with_it(self, run: Run, file: str, tmp_path: Path) -> None:
        run("score", file, "--redact", "--report", "copy.md")
        report = (tmp_path / "copy.md").read_text(encoding="utf-8")
        assert report == run("score", file, "--redact", "--format", "markdown").out
        assert NAME not in report
        assert "**Redacted.** This copy leaves out the name, the private answers," in report

    def test_scores_and_verdict_are_those_of_the_full_result(self, run: Run, file: str) -> None:
        full = json.loads(run("score", file, "--format", "json").out)
        copy = json.loads(run("score", file, "--redact", "--format", "json").out)
        assert (full["redacted"], copy["redacted"]) == (False, True)
        assert copy["verdict"] == full["verdict"]
        assert [path["score"] for path in copy["paths"]] == [path["score"] for path in full["paths"]]

    def test_a_notice_about_a_private_answer_stays_off_standard_error_too(
        self, run: Run, file: str, rules_copy: Path
    ) -> None:
        questions = rules_copy / "questions" / "07-phd.yaml"
        text = questions.read_text(encoding="utf-8")
        questions.write_text(text.replace("- id: phd_option\n", "- id: phd_option\n  sensitive: true\n"))
        answers = b"answers: {phd_option: none, phd_freedom: 5}"
        assert "phd_freedom" in run("score", "-", "--rules", str(rules_copy), stdin=answers).err
        assert run("score", "-", "--redact", "--rules", str(rules_copy), stdin=answers).err == ""


class TestWords:
    def test_it_says_what_is_left_out_and_which_points_come_from_it(self, run: Run, file: str) -> None:
        told = "The scores still count what comes from answers left out here: PhD -3, Independent research -3."
        for form in FORMS[:3]:
            assert told in folded(run("score", file, "--redact", *form).out)
            assert "left out here" not in run("score", file, *form).out

    def test_without_such_points_it_names_none(self, base: RuleBase) -> None:
        text = folded(as_text(redacted(base, {"coding": "solid"}), full=False))
        assert (
            "This copy leaves out the name, the private answers, and everything that is said because of them. " in text
        )
        assert "The scores still count" not in text

    def test_every_table_has_a_column_for_them(self, run: Run, file: str) -> None:
        report = run("score", file, "--redact", "--format", "markdown").out
        heads = [line for line in report.splitlines() if line.startswith("| Path ") and "First" not in line]
        assert len(heads) == 2
        assert all(" Left out |" in head for head in heads)
        rows = [line.split("|") for line in report.splitlines() if line.startswith("| PhD ")][:2]
        for head, row in zip(heads, rows, strict=True):
            assert row[head.split("|").index(" Left out ")] == " -3 "
        assert "Left out" not in run("score", file, "--format", "markdown").out

    def test_the_points_of_a_path_add_up_in_words(self, run: Run, file: str) -> None:
        report = run("score", file, "--redact", "--format", "markdown").out
        (found,) = re.findall(
            r"\*\*Points:\*\* (\S+) for it, (\S+) against it, (\S+) from answers left out here, "
            r"(\S+) in all.",
            report.partition("## PhD")[2].partition("\n## ")[0],
        )
        supporting, opposing, left_out, total = (float(one) for one in found)
        assert supporting - opposing + left_out == pytest.approx(total)

    @settings(max_examples=40, deadline=None)
    @given(private_cases())
    def test_it_never_says_that_nothing_was_answered(self, case: PrivateCase) -> None:
        found = redacted(case.base, {}, case.person)
        for text in (to_markdown(found, DAY), as_text(found, full=False), as_text(found, full=True)):
            assert "none of your answers" not in folded(text).lower()
            assert "Every question that counts" not in folded(text)
            assert "All that counts for it is" not in folded(text)
            assert "No answer speaks" not in folded(text)
            assert ("Only a changed answer would." in folded(text)) <= found.verdict.settled
            assert NAME not in text

    def test_where_only_private_answers_are_open_it_does_not_claim_to_know_what_would_change_it(self) -> None:
        parts = {"one": {"rules": [({SECRET: True}, 5)]}, "two": {"rules": [({SURE: True}, 4)]}}
        found = redacted(base_with_secret(parts), {SURE: True, OTHER: "a"})
        assert not found.open_questions
        assert not found.verdict.settled
        text = folded(as_text(replace(found, changes=()), full=False))
        assert "What would change it: Nothing that this copy can tell." in text
        assert "Of the questions told here, every one that counts for your result is answered." in text
