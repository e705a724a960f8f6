"""Options at the terminal with a prompter whose replies are written down: what is asked, kept and said."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence

import pytest
from rich.console import Console

from pathfinder.answers.options import MOST_OPTIONS
from pathfinder.answers.sheet import UNKNOWN, Answer, AnswerSheet, Certain, OptionInHand
from pathfinder.answers.validation import validate_sheet
from pathfinder.questionnaire.interview import Interview
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.offers import offers_by_path
from pathfinder.rulebase.questions import Question
from pathfinder.terminal.interview import Ended
from pathfinder.terminal.options import Options
from pathfinder.terminal.prompting import Move, Option, Reply

OFFER = Certain("offer")
KEEP = "keep"
"""Enter at a question: the answer it begins with."""


class Sitting:
    """Everything a person says, in order: a string at a menu or a line of text, a reply at a question, or KEEP.

    When it is used up, the person presses Ctrl-C.
    """

    def __init__(self, *replies: Reply | str) -> None:
        self.asked: list[str] = []
        self.given: list[Answer | None] = []
        self.menus: list[list[str]] = []
        self.states: list[AnswerSheet] = []
        self._replies: Iterator[Reply | str] = iter(replies)
        self._told = io.StringIO()
        self.options = Options(Console(file=self._told, width=200, color_system=None), self, self._keep)

    @property
    def told(self) -> str:
        return " ".join(self._told.getvalue().split())

    def _keep(self, interview: Interview) -> None:
        self.states.append(interview.sheet)

    def ask(self, question: Question, given: Answer | None) -> Reply:
        self.asked.append(question.id)
        self.given.append(given)
        reply = self._next()
        if reply == KEEP:
            assert given is not None
            return given
        assert not isinstance(reply, str)
        return reply

    def choose(self, message: str, options: Sequence[Option]) -> str:
        self.menus.append([option.label for option in options])
        reply = self._next()
        assert isinstance(reply, str)
        assert reply in [option.key for option in options], (message, reply)
        return reply

    def text(self, message: str, default: str) -> str:
        reply = self._next()
        assert isinstance(reply, str)
        return reply or default

    def pause(self, message: str) -> None:
        self.asked.append("pause")

    def more(self) -> bool:
        raise NotImplementedError

    def _next(self) -> Reply | str:
        try:
            return next(self._replies)
        except StopIteration:
            raise KeyboardInterrupt from None


OWN: Mapping[str, object] = {"phd_option": "offer", "phd_supervisor_research": 3, "governance_option": "offer"}


def person(base: RuleBase, *options: OptionInHand) -> Interview:
    sheet, problems = validate_sheet({"answers": OWN}, base.questions)
    assert not problems
    return Interview(base, AnswerSheet(sheet.answers, options=options), tuple(OWN))


def names(ended: Ended) -> list[str]:
    return [option.name for option in ended.interview.sheet.options]


DESK = OptionInHand("A desk", "governance", {"governance_option": OFFER})


def test_whoever_has_no_several_goes_on_with_one_reply(base: RuleBase) -> None:
    sitting = Sitting("no")
    ended = sitting.options.offer(person(base))
    assert ended == Ended(person(base), True)
    assert sitting.menus == [["No, on to the result", "Yes: a few questions about each"]]
    assert sitting.states == []


def test_each_gets_a_name_its_path_and_the_questions_about_such_a_place(base: RuleBase) -> None:
    rest = [UNKNOWN] * 4
    sitting = Sitting("yes", "Leeds", "phd", KEEP, Certain(5), *rest, "yes", "A desk", "governance", KEEP, "no")
    ended = sitting.options.offer(person(base))
    assert ended.finished
    asked = offers_by_path(base)
    assert tuple(sitting.asked) == (*asked["phd"], *asked["governance"])
    assert sitting.given[:2] == [OFFER, Certain(3)], "the person's own answer is where each begins"
    leeds, desk = ended.interview.sheet.options
    assert (leeds.name, leeds.path) == ("Leeds", "phd")
    assert dict(leeds.answers) == dict(zip(asked["phd"], [OFFER, Certain(5), *rest], strict=True))
    assert desk == DESK
    assert ended.interview.sheet.get("phd_supervisor_research") == Certain(3)
    assert ended.interview.asked == tuple(OWN)


def test_everything_is_kept_before_the_next_question(base: RuleBase) -> None:
    sitting = Sitting("yes", "Leeds", "phd", KEEP, Certain(5))
    with pytest.raises(KeyboardInterrupt):
        sitting.options.offer(person(base))
    kept = [dict(state.options[0].answers) for state in sitting.states]
    assert kept == [{}, {"phd_option": OFFER}, {"phd_option": OFFER, "phd_supervisor_research": Certain(5)}]


def test_to_stop_in_the_middle_keeps_what_was_said(base: RuleBase) -> None:
    sitting = Sitting("yes", "Leeds", "phd", KEEP, Move.QUIT)
    ended = sitting.options.offer(person(base))
    assert not ended.finished
    assert ended.interview.sheet.options == (OptionInHand("Leeds", "phd", {"phd_option": OFFER}),)
    assert sitting.states[-1] == ended.interview.sheet


def test_back_list_and_why_work_as_at_any_question(base: RuleBase) -> None:
    moves: list[Reply | str] = [
        Move.BACK,
        Move.LIST,
        Move.WHY,
        KEEP,
        Certain(4),
        Move.BACK,
        Certain(5),
        Move.LIST,
        "phd_option",
        KEEP,
    ]
    sitting = Sitting("yes", "Leeds", "phd", *moves, Move.LIST, "", Move.QUIT)
    ended = sitting.options.offer(person(base))
    first, second, third = offers_by_path(base)["phd"][:3]
    assert sitting.asked == [first, first, first, "pause", first, second, third, second, third, first, third, third]
    assert "This is the first question about it." in sitting.told
    assert "Nothing has been answered about it yet." in sitting.told
    assert base.questions[first].why in sitting.told
    assert ended.interview.sheet.options[0].answers == {first: OFFER, second: Certain(5)}


def test_answers_that_no_longer_apply_are_named(base: RuleBase) -> None:
    sitting = Sitting("yes", "Leeds", "phd", KEEP, Certain(4), Move.BACK, Move.BACK, Certain("none"), "no")
    ended = sitting.options.offer(person(base))
    title = base.questions["phd_supervisor_research"].title
    assert f"With this answer, what you said of it on '{title}' no longer applies." in sitting.told
    assert ended.interview.sheet.options[0].answers == {"phd_option": Certain("none")}


def test_a_name_is_cleaned_made_up_where_none_is_given_and_taken_once(base: RuleBase) -> None:
    script = ("", "governance", KEEP, "yes", "option 1", " Desk\x1b[31m  two ", "governance", KEEP, "no")
    sitting = Sitting("yes", *script)
    assert names(sitting.options.offer(person(base))) == ["Option 1", "Desk[31m two"]
    assert sitting.told.count("has this name already") == 1
    sitting = Sitting("add", "", "governance", KEEP, "no")
    assert names(sitting.options.edit(person(base, OptionInHand("option 1", "phd")))) == ["option 1", "Option 2"]


def test_one_can_think_better_of_it_when_asked_for_the_path(base: RuleBase) -> None:
    sitting = Sitting("yes", "Leeds", "")
    assert sitting.options.offer(person(base)) == Ended(person(base), True)
    assert sitting.menus[-1] == [*(path.title for path in base.paths), "None of these; leave it out"]


def test_an_option_can_be_gone_on_with_where_it_was_left(base: RuleBase) -> None:
    half = OptionInHand("Leeds", "phd", {"phd_option": OFFER, "phd_supervisor_research": Certain(5)})
    sitting = Sitting("0", "on", *[UNKNOWN] * 4, "0", "back", "done")
    ended = sitting.options.edit(person(base, half, DESK))
    assert tuple(sitting.asked) == offers_by_path(base)["phd"][2:]
    assert sitting.menus[0] == ["None: show the result", "Add another", "Leeds (PhD)", "A desk (Governance)"]
    assert sitting.menus[1] == ["Go on with its questions", "Change an answer", "Remove it", "Leave it as it is"]
    assert sitting.menus[3] == ["Change an answer", "Remove it", "Leave it as it is"]
    assert len(ended.interview.sheet.options[0].answers) == 6


def test_an_answer_can_be_changed_and_the_option_stays_in_its_place(base: RuleBase) -> None:
    other = OptionInHand("Leeds", "governance")
    sitting = Sitting("0", "change", "governance_option", Certain("in_discussion"), "0", "change", "", "done")
    ended = sitting.options.edit(person(base, DESK, other))
    assert sitting.given == [OFFER]
    assert names(ended) == ["A desk", "Leeds"]
    assert ended.interview.sheet.options[0].answers == {"governance_option": Certain("in_discussion")}


def test_an_option_can_be_removed(base: RuleBase) -> None:
    sitting = Sitting("0", "remove", "done")
    ended = sitting.options.edit(person(base, DESK, OptionInHand("Leeds", "phd")))
    assert names(ended) == ["Leeds"]
    assert sitting.states[-1] == ended.interview.sheet


def test_to_stop_while_changing_one_is_to_stop(base: RuleBase) -> None:
    assert not Sitting("0", "on", Move.QUIT).options.edit(person(base, OptionInHand("Leeds", "phd"))).finished


def test_no_more_than_twenty_are_taken(base: RuleBase) -> None:
    many = [OptionInHand(f"Desk {number}", "governance") for number in range(MOST_OPTIONS - 1)]
    sitting = Sitting("add", "The last", "governance", KEEP)
    ended = sitting.options.edit(person(base, *many))
    assert len(ended.interview.sheet.options) == MOST_OPTIONS
    assert "These are 20; more are not compared." in sitting.told
    full = Sitting("done")
    full.options.edit(ended.interview)
    assert "Add another" not in full.menus[0]


def test_the_heading_names_the_option_and_cannot_act(base: RuleBase) -> None:
    sitting = Sitting("yes", "[red]Leeds[/x]", "phd", Move.QUIT)
    sitting.options.offer(person(base))
    assert "[red]Leeds[/x] · question 1 of about 6" in sitting.told
    assert base.questions["phd_option"].prompt in sitting.told
