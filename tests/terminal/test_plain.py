"""Prompts on plain input: what every typed line does at every kind of question."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from asking import EARLIER, QUESTIONS

from pathfinder.answers.sheet import UNKNOWN, Among, Answer, Certain, Interval
from pathfinder.terminal.plain import PlainPrompter
from pathfinder.terminal.prompting import Move, Option, Reply


class Sitting:
    """A plain prompter whose lines are known beforehand; `written` is what it says. After the lines, input ends."""

    def __init__(self, *lines: str) -> None:
        self.written: list[str] = []
        self._lines: Iterator[str] = iter(lines)
        self.prompter = PlainPrompter(self.written.append, self._read)

    def _read(self) -> str:
        try:
            return next(self._lines) + "\n"
        except StopIteration:
            raise EOFError from None

    def ask(self, question: str, given: Answer | None = None) -> Reply:
        return self.prompter.ask(QUESTIONS[question], given)


@pytest.mark.parametrize(
    ("question", "line", "answer"),
    [
        ("colour", "1", Certain("red")),
        ("colour", " 3 ", Certain("blue")),
        ("colour", "green", Certain("green")),
        ("colour", "Green", Certain("green")),
        ("colour", "Green: like grass", Certain("green")),
        ("colour", "1,3", Among(("red", "blue"))),
        ("colour", "3, 1", Among(("red", "blue"))),
        ("colour", "red or blue", Among(("red", "blue"))),
        ("colour", "0", UNKNOWN),
        ("colour", "not sure", UNKNOWN),
        ("secret", "0", UNKNOWN),
        ("secret", "prefer not to say", UNKNOWN),
        ("ready", "1", Certain(True)),
        ("ready", "no", Certain(False)),
        ("ready", "1,2", Among((True, False))),
        ("skill", "4", Certain(4)),
        ("skill", "2-4", Interval(2, 4)),
        ("skill", "1,5", Among((1, 5))),
        ("skill", "0", UNKNOWN),
        ("tools", "1,3", Certain(frozenset({"saw", "nail"}))),
        ("tools", "2", Certain(frozenset({"axe"}))),
        ("tools", "an axe", Certain(frozenset({"axe"}))),
        ("tools", "none", Certain(frozenset())),
        ("tools", "0", UNKNOWN),
        ("wait", "0", Certain(0.0)),
        ("wait", "8", Certain(8.0)),
        ("wait", "5-15", Interval(5, 15)),
        ("wait", "between 5 and 15", Interval(5, 15)),
        ("wait", "3-30, likely 5", Interval(3, 30, 5)),
        ("wait", "about 8", Interval(6, 10, 8)),
        ("wait", "unsure", UNKNOWN),
    ],
)
def test_a_line_gives_an_answer(question: str, line: str, answer: Answer) -> None:
    assert Sitting(line).ask(question) == answer


@pytest.mark.parametrize(("question", "given"), EARLIER)
def test_an_empty_line_keeps_an_earlier_answer_which_is_said(question: str, given: Answer) -> None:
    sitting = Sitting("")
    assert sitting.ask(question, given) == given
    assert sitting.written[-1].startswith("Your answer so far: ")
    assert sitting.written[-1].endswith("An empty line keeps it.")


def test_an_empty_line_is_no_answer_where_there_was_none() -> None:
    sitting = Sitting("", "2")
    assert sitting.ask("colour") == Certain("green")
    assert sitting.written[-2:] == ["Type an answer, 'not sure', or ? for why I ask.", "Noted: Green: like grass."]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    ("line", "move"),
    [
        ("?", Move.WHY),
        ("why", Move.WHY),
        ("help", Move.WHY),
        ("back", Move.BACK),
        ("BACK", Move.BACK),
        ("b", Move.BACK),
        ("list", Move.LIST),
        ("l", Move.LIST),
        ("quit", Move.QUIT),
        ("q", Move.QUIT),
        ("exit", Move.QUIT),
    ],
)
def test_a_word_can_be_a_move_at_every_question(question: str, line: str, move: Move) -> None:
    assert Sitting(line).ask(question) is move


@pytest.mark.parametrize(
    ("question", "line", "complaint"),
    [
        ("colour", "4", "There is no option 4. Type a number from 1 to 3, or 0 for not sure."),
        ("colour", "gren", "This is none of the options. Did you mean 'green'?"),
        ("colour", "1,x", "This is none of the options. Type their numbers."),
        ("secret", "burnt out", "This is none of the options. Type their numbers."),
        ("ready", "maybe", "This is none of the options. Type their numbers."),
        ("skill", "6", "This is out of range. Write a whole number from 1 to 5."),
        ("skill", "2.5", "A scale has whole numbers only. Write a whole number from 1 to 5."),
        ("tools", "1,9", "There is no option 9. Type a number from 1 to 3, or 0 for not sure."),
        (
            "wait",
            "soon",
            "This is not a number that can be read. Type a number from 0 to 100, a range such as 5-15, or",
        ),
        ("wait", "101", "This is out of range. Write a number from 0 to 100 (years)."),
        ("wait", "15-5", "The range is upside down: min is above max. Swap them."),
    ],
)
def test_what_cannot_be_understood_is_told_with_a_remedy_and_asked_again(
    question: str, line: str, complaint: str
) -> None:
    sitting = Sitting(line, "1")
    assert sitting.ask(question) == Sitting("1").ask(question)
    assert sitting.written[-2].startswith(complaint)
    assert sitting.written[-1].startswith("Noted: ")


def test_options_are_numbered_and_zero_leaves_it_open() -> None:
    sitting = Sitting("0")
    sitting.ask("colour")
    assert sitting.written[:4] == ["  1. Red: like fire", "  2. Green: like grass", "  3. Blue", "  0. Not sure"]
    sitting = Sitting("0")
    sitting.ask("secret")
    assert sitting.written[3] == "  0. Prefer not to say"


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_says_how_to_answer_and_which_moves_there_are(question: str) -> None:
    sitting = Sitting("q")
    sitting.ask(question)
    assert sitting.written[-1].startswith("Type ")
    assert sitting.written[-1].endswith("Also: ? back list quit")


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_end_of_input_comes_out_as_such(question: str) -> None:
    with pytest.raises(EOFError):
        Sitting().ask(question)


def test_a_menu_asks_until_one_of_its_numbers_is_typed() -> None:
    options = [Option("", "Stay"), Option("on", "On")]
    sitting = Sitting("3", "on", "2")
    assert sitting.prompter.choose("Where to?", options) == "on"
    assert sitting.written == ["Where to?", "  1. Stay", "  2. On", *["Type a number from 1 to 2."] * 2]
    assert Sitting("1").prompter.choose("Where to?", options) == ""


def test_an_empty_line_of_text_is_the_default() -> None:
    assert Sitting("").prompter.text("File name", "report.md") == "report.md"
    assert Sitting("mine.md").prompter.text("File name", "report.md") == "mine.md"


def test_a_pause_waits_for_a_line_and_pages_are_not_waited_for() -> None:
    sitting = Sitting("", "8")
    sitting.prompter.pause("Enter goes back.")
    assert sitting.prompter.more()
    assert sitting.ask("wait") == Certain(8.0)


def test_a_line_without_default_shows_none_and_may_stay_empty() -> None:
    sitting = Sitting("", " York ")
    assert sitting.prompter.text("Name", "") == ""
    assert sitting.prompter.text("Name", "") == "York"
    assert sitting.written == ["Name", "Name"]
