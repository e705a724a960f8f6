"""How a report tells what it would take to put another path first."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs

from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import assess
from pathfinder.assessment.results.assessment import Assessment
from pathfinder.assessment.results.certainty import ChangedAnswer, ChangeItem, SmallestChange
from pathfinder.report.markdown import to_markdown
from pathfinder.rulebase.models import RuleBase

ANSWERS = {"goal_role": "research_lead", "timeline_years": 12, "coding": "strong", "phd_option": "offer"}
YEARS = ChangedAnswer("timeline_years", "Years", "12 years", "5 years or less", "belief", False)
OFFER = ChangedAnswer("job_option", "Research role", "Looking", "Offer in hand", "offer", True)
RECORD = ChangedAnswer("research_record", "Record", "None", "A paper", "skill", True)


@pytest.fixture
def plain(base: RuleBase) -> Assessment:
    """A clear result for a PhD, with nothing told that would change it."""
    sheet, problems = validate_sheet({"answers": ANSWERS}, base.questions)
    assert not problems
    found = structs.replace(assess(base, sheet), changes=())
    assert found.verdict.path == "phd"
    return found


def told(plain: Assessment, *changes: ChangedAnswer, margin: float = 2.5, single: float | None = None) -> str:
    """The section on changes of a report; with `single`, the lead of a single answer that is listed too."""
    smallest = SmallestChange("governance", changes, margin, all(one.within_reach for one in changes))
    flip = ChangeItem("coding", "Programming", "Strong", "None", "governance", single or 0, "skill", False)
    found = structs.replace(plain, smallest_changes=(smallest,), changes=(flip,) if single is not None else ())
    report = to_markdown(found, date(2025, 3, 1))
    return report.split("## Answers that would change the result\n")[1].split("\n## ")[0].strip()


def test_two_answers_are_told_together_with_what_they_are_now(plain: Assessment) -> None:
    assert told(plain, YEARS, OFFER).splitlines()[2:] == [
        "**Governance:** no single answer would put it first. These two together would, by 2.5 points:",
        "",
        "- **Years:** '5 years or less' (now: 12 years).",
        "- **Research role:** 'Offer in hand' (now: Looking); within reach.",
    ]


def test_three_answers_are_told_where_no_two_would_do(plain: Assessment) -> None:
    text = told(plain, YEARS, OFFER, RECORD, margin=1)
    assert "**Governance:** no two answers would put it first. These three together would, by 1 point:" in text


def test_one_answer_is_told_where_it_is_not_listed_already(plain: Assessment) -> None:
    assert "**Governance:** this answer would put it first, by 2.5 points:" in told(plain, OFFER)
    text = told(plain, OFFER, single=3)
    assert "**Governance would come first**" in text
    assert "Offer in hand" not in text


def test_a_path_that_single_answers_only_bring_level_is_told_what_puts_it_ahead(plain: Assessment) -> None:
    text = told(plain, YEARS, OFFER, single=0)
    assert "level on points" in text
    assert "**Governance:** no single answer would put it ahead. These two together would" in text
    assert "**Governance:** no three changed answers would put it ahead." in told(plain, single=0)


def test_that_nothing_would_do_is_told_too(plain: Assessment) -> None:
    assert "**Governance:** no three changed answers would put it first." in told(plain)


def test_without_a_full_assessment_only_single_answers_are_told(plain: Assessment) -> None:
    assert "Answers that would change the result" not in to_markdown(plain, date(2025, 3, 1))


def test_that_private_answers_are_left_out_is_said_where_there_are_any(plain: Assessment) -> None:
    left_out = "Answers to private questions are left out of this."
    assert left_out in told(plain, YEARS, OFFER)
    answers = tuple(answer for answer in plain.answers if not answer.sensitive)
    assert left_out not in told(structs.replace(plain, answers=answers), YEARS, OFFER)


def test_no_private_answer_is_told_as_one_that_would_change_the_result(base: RuleBase) -> None:
    private = [question for question in base.questions.values() if question.sensitive]
    answers = {**ANSWERS, **{question.id: list(question.values)[-1] for question in private}}
    sheet, problems = validate_sheet({"answers": answers}, base.questions)
    assert private
    assert not problems
    found = assess(base, sheet, full=True)
    report = to_markdown(found, date(2025, 3, 1))
    section = report.split("## Answers that would change the result\n")[1].split("\n## ")[0]
    assert found.smallest_changes
    assert not any(question.title in section for question in private)


@pytest.mark.parametrize(
    ("answers", "kind"), [({"goal_role": "operations"}, "outside"), ({"coding": "none", "policy_interest": 1}, None)]
)
def test_outside_the_paths_nothing_is_told_and_elsewhere_every_path_but_the_first(
    base: RuleBase, answers: dict[str, object], kind: str | None
) -> None:
    sheet, problems = validate_sheet({"answers": answers}, base.questions)
    assert not problems
    found = assess(base, sheet, full=True)
    losing = [path.id for path in base.paths if path.id != found.verdict.path]
    if kind:
        assert found.verdict.kind == kind
        losing = []
    assert [one.path for one in found.smallest_changes] == losing
