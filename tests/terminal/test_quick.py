"""`assess --quick`: asks what tells most, says why, stops when that is enough; and weighing what matters most."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import pytest
import yaml
from people import PERSON, Answered, Start, answers_file, sessions, to_the_end
from rich.console import Console

from pathfinder.answers.sheet import UNKNOWN, Answer, AnswerSheet, Certain
from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import Assessor
from pathfinder.questionnaire.interview import Interview
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.questions import Question
from pathfinder.terminal.interview import run_interview
from pathfinder.terminal.prompting import Move, Option, Reply
from pathfinder.terminal.quick import Guide

answered, start = answers_file, sessions  # fixtures


class Answering:
    """A prompter that gives a person's answers, `not sure` to what they do not hold, and first some other moves."""

    def __init__(self, person: Mapping[str, Answer], moves: Mapping[int, Move]) -> None:
        self.person, self.moves = person, dict(moves)
        self.asked: list[str] = []

    def ask(self, question: Question, given: Answer | None) -> Reply:
        move = self.moves.pop(len(self.asked), None)
        if move is not None:
            return move
        self.asked.append(question.id)
        return self.person.get(question.id, UNKNOWN)

    def choose(self, message: str, options: Sequence[Option]) -> str:
        raise AssertionError(message)

    def pause(self, message: str) -> None:
        pass

    def more(self) -> bool:
        return True

    def text(self, message: str, default: str) -> str:
        raise AssertionError(message)


@pytest.fixture(scope="module")
def person(base: RuleBase) -> AnswerSheet:
    sheet, problems = validate_sheet({"answers": PERSON}, base.questions)
    assert not problems
    return sheet


def quick(
    base: RuleBase, person: Mapping[str, Answer], moves: Mapping[int, Move]
) -> tuple[Answering, Guide, str, bool]:
    told = io.StringIO()
    guide, prompter = Guide(Assessor(base)), Answering(person, moves)
    console = Console(file=told, width=200, color_system=None)
    ended = run_interview(console, prompter, Interview(base), lambda _: None, guide)
    return prompter, guide, told.getvalue(), ended.finished


def test_somebody_who_belongs_elsewhere_is_told_so_as_soon_as_that_is_known(base: RuleBase) -> None:
    prompter, guide, told, finished = quick(base, {"goal_role": Certain("operations")}, {})
    assert finished
    assert prompter.asked[-1] == "goal_role"
    assert guide.end().startswith("That is enough: your answers point outside the four paths")
    assert "question 1\n" in told


def test_every_question_says_why_it_is_asked_now(base: RuleBase, person: AnswerSheet) -> None:
    prompter, guide, told, finished = quick(base, person.answers, {5: Move.QUIT})
    assert not finished
    assert len(prompter.asked) == 5
    assert told.count("This answer is expected to settle most of what is open.") == 3
    assert told.count("this answer is expected to narrow that most.") == 3
    assert "So far " in told
    assert "likely" in told
    assert guide.end() == ""


def test_going_back_asks_the_last_question_again_and_then_goes_on(base: RuleBase, person: AnswerSheet) -> None:
    straight, *_ = quick(base, person.answers, {4: Move.QUIT})
    returning, *_ = quick(base, person.answers, {2: Move.BACK, 5: Move.QUIT})
    first, second, third, fourth = straight.asked
    assert returning.asked == [first, second, second, third, fourth]


def test_quick_begins_by_saying_what_it_does_and_numbers_no_end(start: Start) -> None:
    session = start("--quick")
    session.see("stops as soon as no answer still open can change which path comes first")
    session.see("Enter begins.")
    session.press("enter")
    session.see("question 1")
    assert "of about" not in session.raw


def test_what_matters_most_counts_twice_and_is_kept(start: Start, answered: Answered) -> None:
    session = start(answered())
    to_the_end(session)
    session.pick("Say what matters most")
    session.see("Does one of these matter more to you than the others?")
    session.pick("Wellbeing")
    session.see("As you weigh it: Wellbeing counts twice.")
    draft = yaml.safe_load((session.home / "draft.yaml").read_text(encoding="utf-8"))
    assert draft["weights"] == {"wellbeing": 2}
