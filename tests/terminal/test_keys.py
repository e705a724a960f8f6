"""Prompts with arrow keys: what every key does at every kind of question."""

from __future__ import annotations

import pytest
from asking import EARLIER, QUESTIONS
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from pathfinder.answers.sheet import UNKNOWN, Among, Answer, Certain, Interval
from pathfinder.terminal.keys import KeyPrompter
from pathfinder.terminal.prompting import Move, Option, Reply

ENTER, SPACE, UP, DOWN, LEFT, ESCAPE, CTRL_C = "\r", " ", "\x1b[A", "\x1b[B", "\x1b[D", "\x1b", "\x03"


class Sitting:
    """A key prompter whose keys are known beforehand; `written` is what it says above its prompts.

    Ctrl-C comes after the keys, so that a prompt that waits for more ends the test instead of hanging it.
    """

    def __init__(self, width: int = 80) -> None:
        self.written: list[str] = []
        self.prompter = KeyPrompter(self.written.append, lambda: width)

    def ask(self, question: str, keys: str, given: Answer | None = None) -> Reply:
        with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
            pipe.send_text(keys + CTRL_C)
            return self.prompter.ask(QUESTIONS[question], given)

    def choose(self, keys: str) -> str:
        with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
            pipe.send_text(keys + CTRL_C)
            return self.prompter.choose("Where to?", [Option("", "Stay"), Option("on", "On"), Option("off", "Off")])

    def text(self, keys: str) -> str:
        with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
            pipe.send_text(keys + CTRL_C)
            return self.prompter.text("File name", "report.md")

    def more(self, keys: str) -> bool:
        with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
            pipe.send_text(keys + CTRL_C)
            return self.prompter.more()


@pytest.fixture
def sitting() -> Sitting:
    return Sitting()


@pytest.mark.parametrize(
    ("question", "keys", "answer"),
    [
        ("colour", ENTER, Certain("red")),
        ("colour", DOWN + DOWN + ENTER, Certain("blue")),
        ("colour", DOWN * 3 + ENTER, UNKNOWN),
        ("colour", UP + ENTER + SPACE + DOWN + SPACE + ENTER, Among(("red", "green"))),
        ("colour", UP + ENTER + DOWN + SPACE + ENTER, Certain("green")),
        ("secret", DOWN * 3 + ENTER, UNKNOWN),
        ("ready", ENTER, Certain(True)),
        ("ready", DOWN + ENTER, Certain(False)),
        ("ready", UP + ENTER, UNKNOWN),
        ("skill", ENTER, Certain(1)),
        ("skill", DOWN * 4 + ENTER, Certain(5)),
        ("skill", UP + ENTER + (DOWN + SPACE) * 3 + ENTER, Among((2, 3, 4))),
        ("tools", SPACE + DOWN + DOWN + SPACE + ENTER, Certain(frozenset({"saw", "nail"}))),
        ("tools", ENTER, Certain(frozenset())),
        ("tools", "n", UNKNOWN),
        ("wait", "8" + ENTER, Certain(8.0)),
        ("wait", "5-15" + ENTER, Interval(5, 15)),
        ("wait", "5 to 15 years" + ENTER, Interval(5, 15)),
        ("wait", "about 8" + ENTER, Interval(6, 10, 8)),
        ("wait", "not sure" + ENTER, UNKNOWN),
    ],
)
def test_keys_give_an_answer(question: str, keys: str, answer: Answer, sitting: Sitting) -> None:
    assert sitting.ask(question, keys) == answer


@pytest.mark.parametrize(("question", "given"), EARLIER)
def test_enter_keeps_an_earlier_answer(question: str, given: Answer, sitting: Sitting) -> None:
    several = question != "wait" and isinstance(given, (Among, Interval))
    assert sitting.ask(question, ENTER * 2 if several else ENTER, given) == given
    assert sitting.written[0].startswith("Your answer so far: ")


@pytest.mark.parametrize("question", ["colour", "secret", "ready", "skill", "tools"])
@pytest.mark.parametrize(
    ("key", "move"),
    [("?", Move.WHY), ("b", Move.BACK), (LEFT, Move.BACK), (ESCAPE, Move.BACK), ("l", Move.LIST), ("q", Move.QUIT)],
)
def test_a_key_can_be_a_move_where_options_are_picked(question: str, key: str, move: Move, sitting: Sitting) -> None:
    assert sitting.ask(question, key) is move


@pytest.mark.parametrize(
    ("keys", "move"),
    [
        ("?" + ENTER, Move.WHY),
        ("help" + ENTER, Move.WHY),
        ("back" + ENTER, Move.BACK),
        ("Back " + ENTER, Move.BACK),
        ("b" + ENTER, Move.BACK),
        (LEFT, Move.BACK),
        (ESCAPE, Move.BACK),
        ("list" + ENTER, Move.LIST),
        ("l" + ENTER, Move.LIST),
        ("quit" + ENTER, Move.QUIT),
        ("q" + ENTER, Move.QUIT),
    ],
)
def test_a_move_is_typed_at_a_number_or_made_with_left_and_escape(keys: str, move: Move, sitting: Sitting) -> None:
    assert sitting.ask("wait", keys) is move
    assert sitting.ask("wait", keys, given=Certain(8.0)) is move


def test_the_left_arrow_moves_the_cursor_where_something_is_typed(sitting: Sitting) -> None:
    assert sitting.ask("wait", "2" + LEFT + "1" + ENTER) == Certain(12.0)


def test_back_from_several_leads_to_the_single_options(sitting: Sitting) -> None:
    assert sitting.ask("colour", UP + ENTER + LEFT + DOWN + ENTER) == Certain("green")
    assert sitting.ask("colour", UP + ENTER + LEFT + LEFT) is Move.BACK


@pytest.mark.parametrize(("key", "move"), [("?", Move.WHY), ("l", Move.LIST), ("q", Move.QUIT)])
def test_the_other_moves_work_within_several_too(key: str, move: Move, sitting: Sitting) -> None:
    assert sitting.ask("colour", UP + ENTER + key) is move


def test_several_with_nothing_marked_is_no_answer_yet(sitting: Sitting) -> None:
    assert sitting.ask("colour", UP + ENTER + ENTER + SPACE + DOWN + SPACE + ENTER) == Among(("red", "green"))
    assert "Nothing is marked yet." in sitting.written[-1]


def test_several_starts_with_what_was_possible_before(sitting: Sitting) -> None:
    assert sitting.ask("skill", ENTER + DOWN * 4 + SPACE + ENTER, Interval(2, 4)) == Among((2, 3, 4, 5))
    assert sitting.ask("colour", ENTER + SPACE + ENTER, Among(("red", "blue"))) == Certain("blue")


def test_a_selection_says_when_nothing_is_marked(sitting: Sitting) -> None:
    sitting.ask("tools", ENTER)
    assert "none of them fits" in sitting.written[-1]
    assert sitting.ask("tools", SPACE + ENTER, Certain(frozenset({"saw"}))) == Certain(frozenset())
    assert "none of them fits" in sitting.written[-1]


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("soon", "This is not a number that can be read. Type a number from 0 to 100, a range such as 5-15, or"),
        ("101", "This is out of range. Write a number from 0 to 100 (years)."),
        ("15-5", "The range is upside down: min is above max. Swap them."),
        ("1-9, likely 50", "Likely lies outside min and max. Move it between them."),
        ("", "Type a number, or 'not sure' to leave it open."),
    ],
)
def test_a_number_that_cannot_be_used_is_asked_again_with_a_remedy(
    typed: str, complaint: str, sitting: Sitting
) -> None:
    assert sitting.ask("wait", typed + ENTER + "7" + ENTER) == Certain(7.0)
    assert sitting.written[-2].startswith(complaint)
    assert sitting.written[-1].startswith("Noted: 7")


@pytest.mark.parametrize("question", QUESTIONS)
def test_ctrl_c_comes_out_as_an_interrupt(question: str, sitting: Sitting) -> None:
    with pytest.raises(KeyboardInterrupt):
        sitting.ask(question, "")


def test_where_labels_do_not_fit_the_first_words_are_shown_and_the_whole_above() -> None:
    narrow, wide = Sitting(width=40), Sitting(width=80)
    assert narrow.ask("colour", DOWN + ENTER) == wide.ask("colour", DOWN + ENTER) == Certain("green")
    assert narrow.written[:2] == ["- Red: like fire", "- Green: like grass"]
    assert wide.written == []


def test_a_menu_gives_the_key_of_the_option_and_an_empty_key_is_one() -> None:
    assert Sitting().choose(ENTER) == ""
    assert Sitting().choose(DOWN + DOWN + ENTER) == "off"
    with pytest.raises(KeyboardInterrupt):
        Sitting().choose("")


def test_a_line_of_text_has_its_default_filled_in(sitting: Sitting) -> None:
    assert sitting.text(ENTER) == "report.md"
    assert sitting.text("\x7f" * 3 + ENTER) == "report"
    assert sitting.text("\x7f" * 9 + ENTER) == "report.md", "an empty name is none"


def test_between_pages_any_key_goes_on_and_q_skips_the_rest(sitting: Sitting) -> None:
    assert sitting.more(ENTER)
    assert sitting.more(SPACE)
    assert not sitting.more("q")
