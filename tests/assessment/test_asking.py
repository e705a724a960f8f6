"""What to ask next: it stops only when nothing can change who comes first, and agrees with the full interview then."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathfinder.answers.facts import set_aside
from pathfinder.answers.sheet import UNKNOWN, AnswerSheet, Certain
from pathfinder.assessment.asking import next_question
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.completions.completing import Completer
from pathfinder.questionnaire.interview import Interview
from pathfinder.store.answers import read_sheet
from pathfinder.store.rules import built_in_folder, load_built_in

ASSESSOR = Assessor(load_built_in())
PEOPLE = ("S06", "S18", "S31", "C06", "C27")


def somebody(name: str) -> AnswerSheet:
    """A person of the cases who answers whatever is asked."""
    base = ASSESSOR.base
    sheet = read_sheet(Path(built_in_folder()) / "cases" / f"{name}.yaml", base.questions)
    drawn = Completer(base, draws=1, seed=5, book=ASSESSOR.book).drawn(sheet)
    answers = dict(sheet.answers)
    for question in base.questions:
        if sheet.is_open(question):
            answers[question] = Certain(next(value for value, people in drawn.answers[question].items() if people))
    return set_aside(base, AnswerSheet(answers))[0]


def interviewed(person: AnswerSheet) -> tuple[Interview, str, bool]:
    """The interview as it stands when it stops, who comes first then, and whether that is settled."""
    interview = Interview(ASSESSOR.base)
    while True:
        asking = next_question(ASSESSOR, interview.sheet, interview.askable)
        if asking.question is None:
            return interview, asking.first, asking.settled
        assert asking.question not in interview.sheet
        assert not asking.settled
        assert asking.rival != asking.first
        interview, _ = interview.with_queue((asking.question,)).answer(person.get(asking.question) or UNKNOWN)


@pytest.mark.parametrize("name", PEOPLE)
def test_when_it_stops_as_settled_the_full_interview_agrees(name: str) -> None:
    person = somebody(name)
    interview, first, settled = interviewed(person)
    assert settled
    result = ASSESSOR.assess(person)
    assert result.top.id == first
    assert ASSESSOR.assess(interview.sheet).verdict.settled
    assert len(interview.asked) < len(person)


def test_somebody_who_is_sure_of_nothing_is_asked_everything_and_nothing_is_settled() -> None:
    interview, _, settled = interviewed(AnswerSheet())
    assert not settled
    assert all(ASSESSOR.base.questions[key].asked_if is None for key in interview.asked)


def test_a_person_who_belongs_outside_the_paths_is_not_asked_on() -> None:
    asking = next_question(ASSESSOR, AnswerSheet({"goal_role": Certain("operations")}), lambda _: True)
    assert asking.outside
    assert asking.settled
    assert asking.question is None


def test_only_what_can_be_asked_is_asked() -> None:
    asking = next_question(ASSESSOR, AnswerSheet(), lambda question: question == "writing")
    assert asking.question == "writing"
    assert next_question(ASSESSOR, AnswerSheet(), lambda _: False).question is None
