"""How sure, what one would have to value, and what to find out next, in words and bars."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.results.assessment import Assessment
from pathfinder.assessment.results.certainty import Acceptability, Favoured, RankShare
from pathfinder.assessment.results.items import ExperimentItem
from pathfinder.report.blocks import Block, Heading, Items, Paragraph, Table
from pathfinder.report.certainty_blocks import acceptability_blocks, favoured_blocks, weights_in_words
from pathfinder.report.finding_blocks import finding_blocks, reason
from pathfinder.rulebase.models import RuleBase

ANSWERS = {
    "goal_role": "undecided",
    "coding": "solid",
    "timeline_years": {"min": 8, "max": 15},
    "stage": "undergraduate",
    "tried_research": "unknown",
    "phd_option": "would_apply",
    "mentor_hours": 0,
}


@pytest.fixture(scope="module")
def result(base: RuleBase) -> Assessment:
    sheet, problems = validate_sheet({"answers": ANSWERS}, base.questions)
    assert not problems
    return Assessor(base).assess(sheet, full=True)


def text(blocks: list[Block]) -> str:
    found = []
    for block in blocks:
        match block:
            case Heading(_, words):
                found.append(words)
            case Paragraph(line):
                found.append("".join(span.text for span in line))
            case Items(items):
                for item in items:
                    found += ["".join(span.text for span in line) for line in (item.line, *item.details)]
            case Table(columns, rows):
                found += [" | ".join(row) for row in (columns, *rows)]
    return "\n".join(found)


def acceptability(over: str, first: float, second: float, exact: bool = False) -> Acceptability:
    shares = (RankShare("phd", first, second),)
    return Acceptability("points" if over == "points" else "answers", shares, exact, 0 if exact else 4096, 0.0153, 1)


class TestHowOften:
    def test_bars_stand_for_five_in_a_hundred_and_never_pass_twenty_signs(self, result: Assessment) -> None:
        shown = text(acceptability_blocks(replace(result, acceptability=(acceptability("points", 0.62, 0.38),))))
        assert "PhD | 62 | 38 | " + "1" * 12 + "2" * 8 in shown
        assert "right to about 1.5 in 100" in shown
        half = text(acceptability_blocks(replace(result, acceptability=(acceptability("points", 0.3, 0.2),))))
        assert "PhD | 30 | 20 | " + "1" * 6 + "2" * 4 + "." * 10 in half

    @pytest.mark.parametrize(
        ("share", "words"), [(0, "0"), (0.009, "under 1"), (0.01, "1"), (0.99, "99"), (0.991, "over 99"), (1, "100")]
    )
    def test_what_is_not_quite_none_or_all_is_told_apart_from_it(
        self, result: Assessment, share: float, words: str
    ) -> None:
        shown = text(acceptability_blocks(replace(result, acceptability=(acceptability("points", share, 0.0),))))
        assert f"PhD | {words} | 0 |" in shown

    def test_listed_completions_are_told_as_counted(self, result: Assessment) -> None:
        shown = text(acceptability_blocks(replace(result, acceptability=(acceptability("answers", 0.5, 0.5, True),))))
        assert "All ways are counted." in shown
        assert "drawn" not in shown

    def test_with_nothing_open_only_other_points_are_told(self, result: Assessment) -> None:
        both = (acceptability("answers", 1, 0, True), acceptability("points", 0.9, 0.1))
        known = text(acceptability_blocks(replace(result, acceptability=both, open_questions=())))
        assert "Over other points" in known
        assert "open answers" not in known


class TestWhatToValue:
    def test_what_weighs_more_and_less_is_named(self, result: Assessment) -> None:
        weights = {"goal": 2.1, "fit": 1.0, "wellbeing": 0.3}
        shown = text(favoured_blocks(replace(result, favoured=(Favoured("phd", 0.3, weights, 2048, 1),))))
        assert "PhD: comes first about 3 times in 10; typically for somebody who goes more by Goal (2.1 times)" in shown
        assert "and less by Wellbeing (0.3 times) than by the rest." in shown
        assert "Fit" not in shown

    def test_a_path_that_no_weighing_favours_is_told_so(self, result: Assessment) -> None:
        shown = text(favoured_blocks(replace(result, favoured=(Favoured("phd", 0.0, {}, 2048, 1),))))
        assert "PhD: no weighing that was drawn puts it first." in shown

    def test_weights_are_told_in_words(self, result: Assessment) -> None:
        told = weights_in_words(replace(result, weights={"goal": 2.0, "fit": 0.0, "option": 1.5}))
        assert told == "As you weigh it: Goal counts twice, Fit counts not at all and In reach counts 1.5 times."
        assert weights_in_words(result) == ""


class TestFindingOut:
    def test_questions_come_with_their_worth_and_the_chance_that_they_change_the_first_path(
        self, result: Assessment
    ) -> None:
        best = next(one for one in result.find_out if one.kind == "question")
        shown = text(finding_blocks(result))
        asked = next(one for one in result.open_questions if one.question == best.id)
        assert best.value == max(one.value for one in result.open_questions if one.state == "not answered")
        assert f"{asked.title}. {asked.prompt} Worth " in shown
        assert "The answer puts another path first" in shown

    def test_every_open_question_is_named(self, result: Assessment) -> None:
        shown = text(finding_blocks(result))
        assert [one.title for one in result.open_questions if one.title not in shown] == []

    def test_an_experiment_says_what_it_would_tell_and_what_that_is_worth(self) -> None:
        one = ExperimentItem("x", "X", "Do it.", "Read it.", "", (2, 6), "", ("a", "b", "c"), (), ("a", "b"), 1.2, 0.3)
        titles = {"a": "First", "b": "Second", "c": "Third"}
        assert reason(one, titles) == "First and Second. Knowing these is worth 1.2 points, 0.3 points an hour."
        assert reason(replace(one, answers=("a",), per_hour=0.04), titles) == (
            "First. Knowing this is worth 1.2 points, under 0.1 point an hour."
        )
        assert reason(replace(one, answers=(), value=0.0, per_hour=None), titles) == "First, Second and Third"

    def test_experiments_are_in_order_of_worth_for_each_hour(self, result: Assessment) -> None:
        each = [one.per_hour or 0.0 for one in result.experiments]
        assert each == sorted(each, reverse=True)
        assert all(one.per_hour for one in result.experiments if one.value)

    def test_with_nothing_to_find_out_it_says_so(self, result: Assessment) -> None:
        shown = text(finding_blocks(replace(result, open_questions=(), experiments=(), find_out=())))
        assert "Every question that counts for your result is answered." in shown
