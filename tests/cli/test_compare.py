"""`pathfinder compare` on the command line: formats, what it reads, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pathfinder.answers.sheet import AnswerSheet, OptionInHand
from pathfinder.cli.places import chosen
from pathfinder.errors import InputError
from running import Run

MARCH = "answers:\n  goal_role: research_lead\n  coding: solid\n  timeline_years: 12\n  phd_option: offer\n"
SEPTEMBER = MARCH.replace("12", "3")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs in a folder of its own, with the answers of two times in it."""
    (tmp_path / "march.yaml").write_text(MARCH, encoding="utf-8")
    (tmp_path / "september.yaml").write_text(SEPTEMBER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_text_begins_with_what_became_of_the_verdict(run: Run) -> None:
    outcome = run("compare", "march.yaml", "september.yaml")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("The verdict ")
    assert "march.yaml  september.yaml  Change" in outcome.out
    assert "\x1b" not in outcome.out


def test_markdown_is_a_report_with_a_title_and_tables(run: Run) -> None:
    outcome = run("compare", "march.yaml", "september.yaml", "--format", "markdown")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("# The verdict ")
    assert "| Path | march.yaml | september.yaml | Change |" in outcome.out


def test_json_is_one_object_of_its_kind(run: Run) -> None:
    outcome = run("compare", "march.yaml", "september.yaml", "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    found = json.loads(outcome.out)
    assert (found["schema_version"], found["kind"]) == (1, "comparison")
    assert [answer["question"] for answer in found["answers"]] == ["timeline_years"]


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_nothing_changed_is_no_error(run: Run, form: str) -> None:
    outcome = run("compare", "march.yaml", "march.yaml", "--format", form)
    assert (outcome.code, outcome.err) == (0, "")
    assert json.loads(outcome.out)["answers"] == [] if form == "json" else "Nothing changed" in outcome.out


def test_either_file_may_come_from_standard_input(run: Run) -> None:
    named = json.loads(run("compare", "march.yaml", "september.yaml", "--format", "json").out)
    first = json.loads(run("compare", "-", "september.yaml", "--format", "json", stdin=MARCH.encode()).out)
    second = json.loads(run("compare", "march.yaml", "-", "--format", "json", stdin=SEPTEMBER.encode()).out)
    assert first["before"]["label"] == second["after"]["label"] == "standard input"
    for found in (first, second):
        assert found["lead"] == named["lead"]
        assert found["arguments"] == named["arguments"]


def test_the_names_in_the_files_tell_two_people_apart(run: Run, folder: Path) -> None:
    (folder / "march.yaml").write_text("name: Ada\n" + MARCH, encoding="utf-8")
    (folder / "september.yaml").write_text("name: Ben\n" + SEPTEMBER, encoding="utf-8")
    out = run("compare", "march.yaml", "september.yaml").out
    assert "For Ada: " in out
    assert "For Ben: " in out
    assert "march.yaml" not in out


def test_colour_comes_when_asked_for(run: Run) -> None:
    assert "\x1b[" in run("compare", "march.yaml", "september.yaml", "--color", "always").out


def test_another_rule_base_and_an_overlay_are_used_for_both(run: Run, folder: Path, rules_copy: Path) -> None:
    overlay = "name: Mine\nabout: A test.\ndrop: [phd-too-late]\n"
    (folder / "mine.yaml").write_text(overlay, encoding="utf-8")
    plain, mine = (
        json.loads(run("compare", "march.yaml", "september.yaml", "--format", "json", *more).out)
        for more in ((), ("--rules", str(rules_copy), "--overlay", "mine.yaml"))
    )
    assert "phd-too-late" in [one["rule"] for one in plain["arguments"]]
    assert "phd-too-late" not in [one["rule"] for one in mine["arguments"]]
    assert mine["rulebase"]["overlay"] == "Mine"


def test_weights_in_a_file_are_a_difference_like_any_other(run: Run, folder: Path) -> None:
    (folder / "september.yaml").write_text(MARCH + "weights: {option: 2}\n", encoding="utf-8")
    found = json.loads(run("compare", "march.yaml", "september.yaml", "--format", "json").out)
    assert [answer["question"] for answer in found["answers"]] == ["(weights)"]
    assert found["arguments"]
    assert {one["criterion"] for one in found["arguments"]} == {"option"}
    text = run("compare", "march.yaml", "september.yaml").out
    assert "'Weights of the criteria' ('1 for each' before, 'In reach 2' now)" in " ".join(text.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Missing argument 'A'"),
        (("march.yaml",), "there is nothing to compare it with. Name a second answers file"),
        (("march.yaml", "september.yaml", "--options", "a", "b"), "--options compares two options of one file"),
        (("-", "-"), "both files cannot come from standard input"),
        (("march.yaml", "--options", "One", "one"), "--options names the same option twice"),
        (("march.yaml", "--options", "One"), "requires 2 arguments"),
        (("march.yaml", "--options", "One", "Two"), "march.yaml: options: this file holds no options in hand"),
        (("march.yaml", "nowhere.yaml"), "nowhere.yaml: there is no such file"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_what_to_do(run: Run, arguments: tuple[str, ...], said: str) -> None:
    outcome = run("compare", *arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert said in outcome.err


def test_the_problems_of_both_files_are_told_at_once(run: Run, folder: Path) -> None:
    (folder / "a.yaml").write_text("answers:\n  coding: superb\n", encoding="utf-8")
    (folder / "b.yaml").write_text("answers:\n  nothing: 1\n", encoding="utf-8")
    outcome = run("compare", "a.yaml", "b.yaml")
    assert outcome.code == 2
    assert "a.yaml:2: answers.coding" in outcome.err
    assert "b.yaml:2: answers.nothing" in outcome.err


class TestOptions:
    SHEET = AnswerSheet(options=(OptionInHand("Leeds", "phd"), OptionInHand("Acme", "research_contributor")))

    def test_they_are_found_by_name_whatever_the_capitals(self) -> None:
        assert chosen(self.SHEET, ("acme", "LEEDS"), "a.yaml") == [self.SHEET.options[1], self.SHEET.options[0]]

    def test_all_that_are_missing_are_told_with_what_was_meant(self) -> None:
        with pytest.raises(InputError) as raised:
            chosen(self.SHEET, ("Leds", "Oxford"), "a.yaml")
        told = [str(problem) for problem in raised.value.problems]
        assert told == [
            "a.yaml: options: there is no option 'Leds' here. Did you mean 'Leeds'?",
            "a.yaml: options: there is no option 'Oxford' here. There are: Leeds, Acme",
        ]

    def test_two_options_of_a_file_are_compared(self, run: Run, folder: Path) -> None:
        options = (
            "options:\n"
            "- {name: Leeds, path: phd, answers: {phd_option: offer, phd_supervisor_research: 5}}\n"
            "- {name: Acme, path: research_contributor, answers: {job_option: offer, job_own_ideas: 1}}\n"
        )
        (folder / "ada.yaml").write_text(MARCH + options, encoding="utf-8")
        outcome = run("compare", "ada.yaml", "--options", "Leeds", "acme")
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out.startswith("'Leeds' is ahead of 'Acme' by ")
        assert "- With 'Leeds': +" in outcome.out
        assert "Each on its own path" in outcome.out
        found = json.loads(run("compare", "ada.yaml", "--options", "Leeds", "Acme", "--format", "json").out)
        assert (found["about"], found["before"]["label"], found["after"]["label"]) == ("options", "Leeds", "Acme")
        assert run("compare", "ada.yaml", "--options", "Leeds", "Bath").code == 2
