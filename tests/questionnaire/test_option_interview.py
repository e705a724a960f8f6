"""The questions about one option: its own answers over the person's, one at a time, forth and back."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pathfinder.answers.sheet import UNKNOWN, Answer, AnswerSheet, Certain, OptionInHand
from pathfinder.answers.validation import validate_sheet
from pathfinder.questionnaire.option_interview import OptionInterview, holds_a_place
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.offers import offers_by_path

OWN: Mapping[str, object] = {"phd_option": "offer", "phd_supervisor_research": 3, "coding": "strong"}


def sheet(base: RuleBase, answers: Mapping[str, object]) -> AnswerSheet:
    found, problems = validate_sheet({"answers": answers}, base.questions)
    assert not problems
    return found


def begun(base: RuleBase, answers: Mapping[str, Answer] | None = None, path: str = "phd") -> OptionInterview:
    return OptionInterview.about(base, sheet(base, OWN), OptionInHand("Leeds", path, answers or {}))


def walked(asking: OptionInterview, *answers: Answer) -> OptionInterview:
    for answer in answers:
        asking, _ = asking.answer(answer)
    return asking


OFFER = Certain("offer")


def test_every_question_about_the_place_is_asked_once_in_order_also_what_the_person_answered(base: RuleBase) -> None:
    asking, seen = begun(base), []
    while (question := asking.current) is not None:
        seen.append(question.id)
        asking, _ = asking.answer(asking.sheet.get(question.id) or UNKNOWN)
    assert tuple(seen) == offers_by_path(base)["phd"]
    assert asking.option.answers["phd_option"] == OFFER
    assert asking.option.answers["phd_supervisor_research"] == Certain(3)
    assert asking.option.answers["phd_freedom"] is UNKNOWN
    assert "coding" not in asking.option.answers


def test_the_persons_answer_stands_until_the_option_has_its_own(base: RuleBase) -> None:
    asking = walked(begun(base), OFFER)
    assert asking.current is base.questions["phd_supervisor_research"]
    assert asking.sheet.get("phd_supervisor_research") == Certain(3)
    after = walked(asking, Certain(5))
    assert after.sheet.get("phd_supervisor_research") == Certain(5)
    assert after.own.get("phd_supervisor_research") == Certain(3)
    assert after.sheet.get("coding") == Certain("strong")


def test_what_hangs_on_an_answer_of_the_option_is_asked_by_it(base: RuleBase) -> None:
    assert walked(begun(base), Certain("none")).current is None
    job = begun(base, path="research_contributor")
    assert job.current is base.questions["job_option"]
    assert walked(job, OFFER).current is base.questions["job_kind"]
    assert walked(job, UNKNOWN).current is None


def test_answers_that_no_longer_apply_to_it_are_dropped_and_named(base: RuleBase) -> None:
    asking = walked(begun(base), OFFER, Certain(5), Certain(4)).go_to("phd_option")
    after, dropped = asking.answer(Certain("none"))
    assert [question.id for question in dropped] == ["phd_supervisor_research", "phd_supervisor_mentoring"]
    assert after.option.answers == {"phd_option": Certain("none")}
    assert after.own == sheet(base, OWN), "the person's own answers stay"


def test_back_goes_question_by_question_to_the_first(base: RuleBase) -> None:
    asking = walked(begun(base), OFFER, Certain(5))
    back = asking.back()
    assert back is not None
    assert back.current is base.questions["phd_supervisor_research"]
    first = back.back()
    assert first is not None
    assert first.current is base.questions["phd_option"]
    assert first.back() is None
    assert first.option == asking.option, "going back loses nothing"
    assert begun(base).back() is None
    assert walked(first, OFFER).current is asking.current, "after the change it goes on where it was"


def test_it_goes_on_where_an_option_was_left(base: RuleBase) -> None:
    half = walked(begun(base), OFFER, Certain(5)).option
    again = OptionInterview.about(base, sheet(base, OWN), half)
    assert again.asked == ("phd_option", "phd_supervisor_research")
    assert again.current is base.questions["phd_supervisor_mentoring"]
    assert again.progress == (3, 6)


def test_the_number_of_a_question_is_its_place(base: RuleBase) -> None:
    asking = begun(base)
    assert asking.progress == (1, 6)
    assert walked(asking, OFFER).progress == (2, 6)
    assert walked(asking, OFFER).go_to("phd_option").progress == (1, 6)


def test_only_a_question_already_asked_can_be_gone_back_to(base: RuleBase) -> None:
    with pytest.raises(KeyError):
        begun(base).go_to("phd_option")
    with pytest.raises(ValueError, match="no question left"):
        walked(begun(base), Certain("none")).answer(UNKNOWN)


@pytest.mark.parametrize(
    ("answers", "holds"),
    [
        ({}, False),
        ({"phd_option": "would_apply", "job_option": "searching", "funding": "savings"}, False),
        ({"phd_option": "offer"}, True),
        ({"job_option": "in_role"}, True),
        ({"programme_option": "offered"}, True),
        ({"funding": "granted"}, True),
        ({"governance_option": ["none", "offer"]}, True),
        ({"governance_option": ["none", "in_discussion"]}, False),
        ({"phd_option": "unknown"}, False),
        ({"phd_supervisor_research": 5}, False),
    ],
)
def test_who_holds_a_place(base: RuleBase, answers: Mapping[str, object], holds: bool) -> None:
    assert holds_a_place(base, sheet(base, answers)) is holds
