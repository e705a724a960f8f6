"""`pathfinder history` and `--keep`: nothing is written unasked, and what is kept can be listed, shown, compared and
forgotten."""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.assess import assess
from pathfinder.report.json_form import to_json
from pathfinder.report.keeping import content_of
from pathfinder.report.look_again import HALF_A_YEAR
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.answers import parse_sheet, to_yaml
from pathfinder.store.history import History, Result
from running import Run

MARCH = """name: Ada Lovelace
answers:
  goal_role: research_lead
  coding: solid
  timeline_years: 12
  phd_option: offer
"""
SEPTEMBER = MARCH.replace("12", "3")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs in a folder of its own, with the answers of two times in it and a history to be in `home`."""
    (tmp_path / "march.yaml").write_text(MARCH, encoding="utf-8")
    (tmp_path / "september.yaml").write_text(SEPTEMBER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATHFINDER_HOME", str(tmp_path / "home"))
    return tmp_path


def keep(base: RuleBase, text: str, days: float = 0, name: str = "Ada", **other: str) -> None:
    """Keep the result of some answers as of so many days ago; `other` stands instead of parts of what is kept."""
    sheet = parse_sheet(text, "test", base.questions, base.path, base.criterion)
    assessment = assess(base, sheet)
    kept = {
        "program": assessment.program["version"],
        "base_version": assessment.rulebase["version"],
        "base_hash": content_of(assessment.rulebase),
        "answers": to_yaml(sheet, base.questions),
        "assessment": to_json(assessment),
        **other,
    }
    when = datetime.now(UTC) - timedelta(days=days)
    History().keep(name, f"{len(History().of(name))}-{name}", when, Result(**kept))


def words(text: str) -> str:
    """The text, wherever its lines end."""
    return " ".join(text.split())


class TestKeeping:
    @pytest.mark.parametrize(
        "arguments",
        [
            ("score", "march.yaml"),
            ("history",),
            ("history", "list", "--format", "json"),
            ("history", "Ada"),
            ("history", "forget", "--all"),
        ],
    )
    def test_without_keep_nothing_is_written(self, run: Run, folder: Path, arguments: tuple[str, ...]) -> None:
        before = sorted(folder.rglob("*"))
        run(*arguments)
        assert sorted(folder.rglob("*")) == before

    def test_the_result_is_the_same_and_the_person_is_told_where_it_is_and_how_to_forget_it(
        self, run: Run, folder: Path
    ) -> None:
        plain = run("score", "march.yaml", "--format", "json")
        kept = run("score", "march.yaml", "--format", "json", "--keep", "Ada's")
        assert (kept.code, kept.out, plain.err) == (0, plain.out, "")
        assert f"Kept under 'Ada's' as number 1, answers and all, in {folder / 'home' / 'history.sqlite3'}" in kept.err
        assert """To delete it: pathfinder history forget 'Ada'"'"'s'""" in kept.err
        assert [one.name for one in (folder / "home").iterdir()] == ["history.sqlite3"]

    def test_each_run_keeps_a_result_of_its_own(self, run: Run) -> None:
        run("score", "march.yaml", "--keep", "Ada")
        outcome = run("score", "march.yaml", "--weigh", "goal=2", "--keep", " ada ")
        assert "as number 2" in outcome.err
        first, second = History().of("Ada")
        assert "weights" not in first.result.answers
        assert "goal: 2" in second.result.answers

    @pytest.mark.parametrize("name", ["", " ", "x" * 81])
    def test_a_name_that_cannot_be_used_is_refused_and_nothing_printed(self, run: Run, folder: Path, name: str) -> None:
        outcome = run("score", "march.yaml", "--keep", name)
        assert (outcome.code, outcome.out) == (2, "")
        assert "name" in outcome.err
        assert not (folder / "home").exists()

    def test_a_history_that_cannot_be_used_is_refused_and_nothing_printed(self, run: Run, folder: Path) -> None:
        (folder / "home").mkdir()
        (folder / "home" / "history.sqlite3").write_text("mine\n" * 1000)
        outcome = run("score", "march.yaml", "--keep", "Ada")
        assert (outcome.code, outcome.out) == (2, "")
        assert "this history is damaged. Move it away or delete it" in outcome.err


class TestListing:
    def test_without_anything_kept_it_says_how_to_keep(self, run: Run) -> None:
        outcome = run("history")
        assert (outcome.code, outcome.err) == (0, "")
        assert "Nothing is kept. 'pathfinder assess --keep NAME'" in words(outcome.out)

    def test_names_with_how_much_and_since_when(self, run: Run, base: RuleBase) -> None:
        keep(base, MARCH, 40)
        keep(base, SEPTEMBER)
        keep(base, MARCH, name="Ben")
        first, last = ((datetime.now(UTC) - timedelta(days=days)).astimezone().date() for days in (40, 0))
        out = run("history").out
        assert f"- Ada: 2 results, from {first} to {last}" in out
        assert f"- Ben: 1 result, on {last}" in out
        found = json.loads(run("history", "--format", "json").out)
        assert (found["schema_version"], found["kind"]) == (1, "history")
        assert [(one["name"], one["count"]) for one in found["names"]] == [("Ada", 2), ("Ben", 1)]

    def test_results_of_a_name_with_verdict_scores_and_how_many_answers_changed(self, run: Run, base: RuleBase) -> None:
        keep(base, MARCH, 40)
        keep(base, SEPTEMBER)
        out = words(run("history", "ada").out)
        assert re.search(r"- 1, \d{4}-\d\d-\d\d \d\d:\d\d: [A-Z].*?\. PhD [+-]\d+", out)
        assert out.count("changed since the one before") == 1
        assert "1 answer changed since the one before." in out
        found = json.loads(run("history", "ada", "--format", "json").out)
        scored = json.loads(run("score", "march.yaml", "--format", "json").out)
        first, second = found["results"]
        assert first["verdict"] == {key: scored["verdict"][key] for key in ("kind", "path")}
        assert first["scores"] == {path["id"]: path["score"] for path in scored["paths"]}
        assert (first["answers_changed"], second["answers_changed"]) == (None, 1)
        assert first["rulebase"] == {"version": base.general.version, "hash": base.hash}
        assert "coding" not in json.dumps(found), "a listing repeats no answers"

    def test_a_result_that_this_version_cannot_read_is_listed_all_the_same(self, run: Run, base: RuleBase) -> None:
        keep(base, MARCH, assessment='{"schema_version": 9}', answers="answers: [")
        keep(base, MARCH)
        assert "this version of pathfinder cannot read it" in words(run("history", "Ada").out)
        first, second = json.loads(run("history", "Ada", "--format", "json").out)["results"]
        assert (first["verdict"], first["scores"], second["answers_changed"]) == (None, None, None)
        assert second["verdict"]

    def test_an_unknown_name_is_refused_with_the_nearest(self, run: Run, base: RuleBase) -> None:
        keep(base, MARCH, name="Katherine")
        outcome = run("history", "Kathrine")
        assert outcome.code == 2
        assert "nothing is kept under 'Kathrine'. Did you mean 'Katherine'?" in outcome.err
        assert "'pathfinder history' lists the names" in run("history", "Zoe").err

    def test_a_name_that_is_a_verb_is_reached_by_list(self, run: Run, base: RuleBase) -> None:
        keep(base, MARCH, name="show")
        assert "Kept under 'show'" in run("history", "list", "show").out

    def test_names_do_nothing_on_a_terminal(self, run: Run, base: RuleBase, folder: Path) -> None:
        keep(base, MARCH, name="[red]A[/]")
        with sqlite3.connect(folder / "home" / "history.sqlite3") as other:
            other.execute("UPDATE kept SET name = ? || name", ("\x1b[31m\x9b\u202e\n",))
        other.close()
        for outcome in (run("history"), run("history", "[red]A[/]"), run("history", "--format", "json")):
            assert outcome.code == 0
            assert "[red]A[/]" in outcome.out
            assert not any(sign in outcome.out for sign in ("\x1b", "\x9b", "\u202e"))

    def test_help_is_the_groups_own(self, run: Run) -> None:
        for flag in ("-h", "--help"):
            outcome = run("history", flag)
            assert outcome.code == 0
            assert "forget" in outcome.out


class TestShowing:
    def test_a_kept_result_is_the_same_again_without_the_rule_base(
        self, run: Run, base: RuleBase, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        keep(base, MARCH, 3)
        keep(base, SEPTEMBER)
        scored = {one: run("score", f"{one}.yaml", "--format", "json").out for one in ("march", "september")}
        text = run("score", "march.yaml").out

        def unwanted(*_: object) -> RuleBase:
            raise AssertionError("the rule base was read")

        monkeypatch.setattr("pathfinder.store.rules.load_built_in", unwanted)
        assert run("history", "show", "Ada", "1", "--format", "json").out == scored["march"]
        assert run("history", "show", "Ada", "--format", "json").out == scored["september"]
        shown = run("history", "show", "Ada", "1")
        assert shown.out.partition("For more:")[0] == text.partition("For more:")[0]
        assert "kept on " in shown.err
        assert f"version {base.general.version} of the rule base" in shown.err
        markdown = run("history", "show", "Ada", "1", "--format", "markdown").out
        assert str((datetime.now(UTC) - timedelta(days=3)).astimezone().date()) in markdown

    def test_its_answers_are_an_answers_file_that_scores_the_same(self, run: Run, base: RuleBase, folder: Path) -> None:
        keep(base, MARCH)
        outcome = run("history", "show", "--answers", "Ada")
        assert (outcome.code, outcome.err) == (0, "")
        (folder / "again.yaml").write_text(outcome.out, encoding="utf-8")
        again, first = (run("score", file, "--format", "json").out for file in ("again.yaml", "march.yaml"))
        assert again == first

    @pytest.mark.parametrize(("number", "said"), [("0", "There are 1 to 2"), ("3", "There are 1 to 2")])
    def test_a_number_that_is_none_is_refused(self, run: Run, base: RuleBase, number: str, said: str) -> None:
        keep(base, MARCH)
        keep(base, MARCH)
        outcome = run("history", "show", "Ada", number)
        assert (outcome.code, outcome.out) == (2, "")
        assert f"there is no result number {number}. {said}" in outcome.err

    def test_one_that_this_version_cannot_read_is_refused_with_the_way_to_its_answers(
        self, run: Run, base: RuleBase
    ) -> None:
        keep(base, MARCH, assessment="{}")
        outcome = run("history", "show", "Ada")
        assert (outcome.code, outcome.out) == (2, "")
        assert "prints its answers, to be scored anew" in outcome.err
        assert "coding: solid" in run("history", "show", "Ada", "--answers").out


class TestComparing:
    def look(self, run: Run, *more: str) -> dict[str, object]:
        outcome = run("history", "compare", "Ada", *more, "--format", "json")
        assert (outcome.code, outcome.err) == (0, "")
        found: dict[str, object] = json.loads(outcome.out)
        return found

    def test_the_last_two_are_compared_as_two_files_would_be(self, run: Run, base: RuleBase) -> None:
        for text, days in ((SEPTEMBER, 90), (MARCH, 60), (SEPTEMBER, 30)):
            keep(base, text, days)
        found = self.look(run)
        files = json.loads(run("compare", "march.yaml", "september.yaml", "--format", "json").out)
        comparison = found["comparison"]
        assert isinstance(comparison, dict)
        for key in ("verdict_changed", "lead", "paths", "arguments", "answers"):
            assert comparison[key] == files[key]
        assert (found["number"], found["days"], found["due"]) == (3, 30, False)
        assert self.look(run, "2", "3") == self.look(run, "3", "2") == self.look(run, "2") == found
        first = self.look(run, "1", "3")["comparison"]
        assert isinstance(first, dict)
        assert first["answers"] == []

    def test_one_result_alone_is_put_beside_what_it_comes_to_now(self, run: Run, base: RuleBase) -> None:
        keep(base, MARCH)
        found = self.look(run)
        assert (found["comparison"], found["due"], found["rules_changed"]) == (None, False, False)
        assert found["verdict_kept"] == found["verdict_today"]
        out = words(run("history", "compare", "Ada").out)
        assert "Not yet." in out
        assert "unchanged since" in out
        assert "pathfinder assess --answers FILE --keep Ada" in out

    def test_answers_of_now_that_change_the_verdict_are_a_reason_and_others_are_none(
        self, run: Run, base: RuleBase, folder: Path
    ) -> None:
        keep(base, MARCH)
        changed = self.look(run, "--with", "september.yaml")
        assert (changed["due"], changed["situation_changed"]) == (True, True)
        assert changed["reasons"] == ["Your answers have changed, and the verdict with them."]
        (folder / "slightly.yaml").write_text(MARCH.replace("12", "13"), encoding="utf-8")
        slightly = self.look(run, "--with", "slightly.yaml")
        assert (slightly["due"], slightly["situation_changed"]) == (False, False)
        assert "not so much that the verdict changes" in words(
            run("history", "compare", "Ada", "--with", "slightly.yaml").out
        )
        assert "Your answers are the same" in words(run("history", "compare", "Ada", "--with", "march.yaml").out)

    @pytest.mark.parametrize(("days", "due"), [(HALF_A_YEAR - 1, False), (HALF_A_YEAR, True)])
    def test_half_a_year_is_a_reason(self, run: Run, base: RuleBase, days: int, due: bool) -> None:
        keep(base, MARCH, days)
        found = self.look(run)
        assert (found["due"], found["days"]) == (due, days)

    def test_changed_rules_that_change_the_verdict_are_a_reason(self, run: Run, base: RuleBase, folder: Path) -> None:
        keep(base, MARCH)
        dropped = "drop: [phd-trains-leads, phd-time-left, phd-place-in-hand]"
        (folder / "mine.yaml").write_text(f"name: Mine\nabout: A test.\n{dropped}\n", encoding="utf-8")
        changed = self.look(run, "--overlay", "mine.yaml")
        assert (changed["rules_changed"], changed["due"]) == (True, True)
        assert changed["verdict_kept"] != changed["verdict_today"]
        out = words(run("history", "compare", "Ada", "--overlay", "mine.yaml").out)
        assert "come to another verdict today, as the rule base has changed since." in out
        assert f"changed since: version {base.general.version}" in out
        assert "the overlay 'Mine'" in out

    def test_another_content_of_the_rules_with_the_same_verdict_is_no_reason(
        self, run: Run, base: RuleBase, rules_copy: Path
    ) -> None:
        keep(base, MARCH)
        general = rules_copy / "rulebase.yaml"
        general.write_text(general.read_text(encoding="utf-8").replace("title:", "title: Another", 1), encoding="utf-8")
        found = self.look(run, "--rules", str(rules_copy))
        assert (found["rules_changed"], found["due"]) == (True, False)

    def test_answers_that_no_longer_fit_are_counted_and_a_reason(self, run: Run, base: RuleBase) -> None:
        keep(base, MARCH, answers=MARCH.replace("coding: solid", "hat_size: 7"))
        found = self.look(run)
        assert found["answers_lost"] == 1
        assert "One of the kept answers no longer fits the questionnaire." in found["reasons"]  # type: ignore[operator]

    def test_markdown_has_one_title(self, run: Run, base: RuleBase) -> None:
        keep(base, MARCH, 9, name="A_da*")
        keep(base, SEPTEMBER, name="A_da*")
        out = run("history", "compare", "A_da*", "--format", "markdown").out
        assert [line for line in out.splitlines() if line.startswith("# ")] == [
            "# Is it time to look again at 'A\\_da\\*'?"
        ]

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("1", "1"), "this names the same result twice"),
            (("2",), "this names the same result twice"),
            (("1", "2", "--with", "march.yaml"), "--with takes the place of M"),
            (("--with", "nowhere.yaml"), "nowhere.yaml: there is no such file"),
            (("7",), "there is no result number 7"),
        ],
    )
    def test_what_cannot_be_compared_is_refused(
        self, run: Run, base: RuleBase, arguments: tuple[str, ...], said: str
    ) -> None:
        keep(base, MARCH)
        keep(base, SEPTEMBER)
        outcome = run("history", "compare", "Ada", *arguments)
        assert (outcome.code, outcome.out) == (2, "")
        assert said in outcome.err


class TestForgetting:
    def test_a_name_and_its_answers_are_in_no_file_any_more(self, run: Run, base: RuleBase, folder: Path) -> None:
        keep(base, MARCH, name="Zebedee")
        keep(base, SEPTEMBER, name="Zebedee")
        keep(base, "answers: {stage: phd_student}\n", name="Ben")
        whole = b"".join(file.read_bytes() for file in (folder / "home").iterdir())
        assert all(word in whole for word in (b"Zebedee", b"Lovelace", b"coding: solid"))
        outcome = run("history", "forget", "zebedee")
        assert (outcome.code, outcome.err) == (0, "pathfinder: 2 results forgotten\n")
        whole = b"".join(file.read_bytes() for file in (folder / "home").iterdir())
        assert not any(word in whole for word in (b"ebedee", b"Lovelace", b"coding: solid"))
        assert run("history", "list", "Ben").code == 0
        assert run("history", "forget", "zebedee").code == 2

    def test_all(self, run: Run, base: RuleBase, folder: Path) -> None:
        keep(base, MARCH)
        keep(base, MARCH, name="Ben")
        assert run("history", "forget", "--all").err == "pathfinder: 2 results forgotten\n"
        assert "Nothing is kept." in run("history").out
        assert b"Lovelace" not in (folder / "home" / "history.sqlite3").read_bytes()
        assert run("history", "forget", "--all").code == 0

    @pytest.mark.parametrize("arguments", [(), ("Ada", "--all")])
    def test_what_to_forget_is_said_one_way(self, run: Run, base: RuleBase, arguments: tuple[str, ...]) -> None:
        keep(base, MARCH)
        outcome = run("history", "forget", *arguments)
        assert outcome.code == 2
        assert "say what to forget" in outcome.err
        assert len(History().of("Ada")) == 1


def test_an_empty_sheet_can_be_kept(run: Run, base: RuleBase) -> None:
    keep(base, to_yaml(AnswerSheet(), base.questions))
    assert run("history", "Ada").code == 0


class TestShowingToOthers:
    STRAIN = (
        MARCH
        + "  mental_health_risk: high\nweights: {wellbeing: 2}\n"
        + ("options:\n- {name: Leeds, path: phd, answers: {phd_supervisor_research: 5, mental_health_risk: low}}\n")
    )

    @pytest.mark.parametrize("form", ["text", "json"])
    def test_a_kept_result_is_redacted_as_score_redacts_it(self, run: Run, folder: Path, form: str) -> None:
        (folder / "march.yaml").write_text(self.STRAIN, encoding="utf-8")
        scored = run("score", "march.yaml", "--redact", "--format", form, "--keep", "Ada")
        shown = run("history", "show", "Ada", "--redact", "--format", form)
        assert shown.code == 0
        if form == "json":
            assert shown.out == scored.out
        for text in (shown.out, shown.err):
            assert "mental_health_risk" not in text
            assert "Lovelace" not in text
            assert "Strain" not in text
        assert "Strain" in run("history", "show", "Ada", "--full").out

    @pytest.mark.parametrize("other", ["base_hash", "program"])
    def test_one_that_was_made_otherwise_is_refused_with_the_way_to_score_it_anew(
        self, run: Run, base: RuleBase, other: str
    ) -> None:
        keep(base, self.STRAIN, 0, "Ada", **{other: "0.0.9"})
        outcome = run("history", "show", "Ada", "--redact")
        assert (outcome.code, outcome.out) == (2, "")
        assert "made with another rule base or another version of pathfinder" in outcome.err
        assert "pathfinder score FILE --redact" in outcome.err
        assert run("history", "show", "Ada").code == 0

    def test_the_rule_base_it_was_made_with_can_be_named(
        self, run: Run, base: RuleBase, folder: Path, rules_copy: Path
    ) -> None:
        (folder / "mine.yaml").write_text("name: Mine\nabout: A test.\ndrop: [phd-too-late]\n", encoding="utf-8")
        mine = ("--rules", str(rules_copy), "--overlay", "mine.yaml")
        run("score", "march.yaml", *mine, "--keep", "Ada")
        assert run("history", "show", "Ada", "--redact", *mine).code == 0
        assert run("history", "show", "Ada", "--redact").code == 2

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            (("--redact", "--answers"), "--redact does not take private answers out of an answers file"),
            (("--rules", "x"), "a result is shown as it was kept"),
        ],
    )
    def test_what_means_nothing_is_refused(self, run: Run, given: tuple[str, ...], said: str) -> None:
        run("score", "march.yaml", "--keep", "Ada")
        outcome = run("history", "show", "Ada", *given)
        assert (outcome.code, outcome.out) == (2, "")
        assert said in outcome.err

    @pytest.mark.parametrize("form", ["text", "markdown", "json"])
    def test_two_kept_results_are_compared_without_names_and_private_answers(
        self, run: Run, base: RuleBase, folder: Path, form: str
    ) -> None:
        keep(base, self.STRAIN, 30, "Lovelace")
        keep(base, self.STRAIN.replace("high", "low").replace("12", "3"), 1, "Lovelace")
        (folder / "now.yaml").write_text(self.STRAIN.replace("high", "some"), encoding="utf-8")
        for more in ((), ("--with", "now.yaml")):
            whole = run("history", "compare", "Lovelace", *more, "--format", form).out
            outcome = run("history", "compare", "Lovelace", *more, "--redact", "--format", form)
            assert (outcome.code, outcome.err) == (0, "")
            for word in ("Lovelace", "Strain on", "phd-strain"):
                assert word in whole
                assert word not in outcome.out
            assert "Years to transformative AI" in outcome.out

    def test_roles_outside_that_other_rules_named_are_not_told(self, run: Run, base: RuleBase) -> None:
        answers = "answers: {goal_role: operations}\n"
        keep(base, answers)
        kept = words(run("history", "compare", "Ada", "--redact").out)
        assert "Your answers point outside the four paths: Operations" in kept
        keep(
            base,
            answers,
            0,
            "Ben",
            base_hash="0123",
            assessment=History().of("Ada")[0].result.assessment.replace(base.hash, "0123"),
        )
        changed = words(run("history", "compare", "Ben", "--redact").out)
        assert "Your answers point outside the four paths." in changed
        assert "Operations" not in changed
        assert "Not yet." in changed
