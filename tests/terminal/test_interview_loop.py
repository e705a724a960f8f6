"""The interview loop with a prompter whose replies are written down: what is asked, kept and said, in which order."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence

import pytest
from rich.console import Console

from pathfinder.answers.sheet import UNKNOWN, Answer, AnswerSheet, Certain
from pathfinder.answers.validation import validate_sheet
from pathfinder.questionnaire.interview import Interview
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.questions import Question
from pathfinder.terminal.interview import Ended, run_interview
from pathfinder.terminal.prompting import Move, Option, Reply

LEAD = Certain("research_lead")


class Conversation:
    """A scripted prompter, a console and a place to keep, with one record of all that happens.

    `replies` are given in turn, a string at a menu; when they are used up, the person presses Ctrl-C.
    """

    def __init__(self, *replies: Reply | str) -> None:
        self.events: list[str] = []
        self.given: list[Answer | None] = []
        self.offered: list[str] = []
        self.states: list[Interview] = []
        self._replies: Iterator[Reply | str] = iter(replies)
        self._told = io.StringIO()

    def run(self, interview: Interview) -> Ended:
        console = Console(file=self._told, width=200, color_system=None)
        return run_interview(console, self, interview, self.keep)

    @property
    def told(self) -> str:
        """Everything said between the prompts, as running words."""
        return " ".join(self._told.getvalue().split())

    def keep(self, interview: Interview) -> None:
        self.events.append(f"keep {len(interview.sheet)}")
        self.states.append(interview)

    def ask(self, question: Question, given: Answer | None) -> Reply:
        self.events.append(f"ask {question.id}")
        self.given.append(given)
        reply = self._next()
        assert not isinstance(reply, str)
        return reply

    def choose(self, message: str, options: Sequence[Option]) -> str:
        self.events.append("menu")
        self.offered = [option.label for option in options]
        reply = self._next()
        assert isinstance(reply, str)
        assert reply in [option.key for option in options]
        return reply

    def pause(self, message: str) -> None:
        self.events.append("pause")

    def more(self) -> bool:
        raise NotImplementedError

    def text(self, message: str, default: str) -> str:
        raise NotImplementedError

    def _next(self) -> Reply | str:
        try:
            return next(self._replies)
        except StopIteration:
            raise KeyboardInterrupt from None


def interrupted(conversation: Conversation, interview: Interview) -> Conversation:
    """The conversation after it ran until the replies were used up."""
    with pytest.raises(KeyboardInterrupt):
        conversation.run(interview)
    return conversation


def at(base: RuleBase, answers: Mapping[str, object]) -> Interview:
    """An interview in which these answers were given."""
    sheet, problems = validate_sheet({"answers": dict(answers)}, base.questions)
    assert not problems
    return Interview(base, sheet, tuple(answers))


def test_every_answer_is_kept_before_the_next_question_is_asked(base: RuleBase) -> None:
    talk = interrupted(Conversation(LEAD, UNKNOWN, UNKNOWN), Interview(base))
    first = ["ask goal_role", "keep 1", "ask enjoys", "keep 2", "ask timeline_years", "keep 3"]
    assert talk.events == [*first, "ask new_agendas_needed"]
    assert talk.states[0].sheet == AnswerSheet({"goal_role": LEAD})


def test_nothing_more_is_asked_when_an_answer_cannot_be_kept(base: RuleBase) -> None:
    class Full(Conversation):
        def keep(self, interview: Interview) -> None:
            raise OSError("no space left")

    talk = Full(LEAD, UNKNOWN)
    with pytest.raises(OSError, match="no space"):
        talk.run(Interview(base))
    assert talk.events == ["ask goal_role"]


@pytest.mark.parametrize("move", [Move.WHY, Move.BACK, Move.LIST])
def test_a_move_changes_no_answer_and_keeps_nothing(move: Move, base: RuleBase) -> None:
    talk = interrupted(Conversation(move), Interview(base))
    assert [event for event in talk.events if event != "pause"] == ["ask goal_role", "ask goal_role"]
    assert talk.states == []


def test_why_shows_what_hangs_on_it_and_every_passage_then_asks_again(base: RuleBase) -> None:
    talk = interrupted(Conversation(Move.WHY), Interview(base))
    question = base.questions["goal_role"]
    assert question.why in talk.told
    for key in question.claims:
        claim = base.claim[key]
        assert base.source[claim.source].short in talk.told
        assert claim.claim in talk.told
    assert talk.events == ["ask goal_role", "pause", "ask goal_role"]


def test_back_asks_the_question_before_with_the_answer_it_has(base: RuleBase) -> None:
    talk = interrupted(Conversation(LEAD, UNKNOWN, Move.BACK, Move.BACK), Interview(base))
    assert talk.events[-2:] == ["ask enjoys", "ask goal_role"]
    assert talk.given[-2:] == [UNKNOWN, LEAD]


def test_after_a_changed_answer_it_goes_on_where_it_was(base: RuleBase) -> None:
    talk = interrupted(Conversation(LEAD, UNKNOWN, Move.BACK, Move.BACK, UNKNOWN), Interview(base))
    assert talk.events[-2:] == ["keep 2", "ask timeline_years"]
    assert talk.states[-1].sheet == AnswerSheet({"goal_role": UNKNOWN, "enjoys": UNKNOWN})


def test_there_is_nothing_before_the_first_question(base: RuleBase) -> None:
    assert "This is the first question." in interrupted(Conversation(Move.BACK), Interview(base)).told
    assert "Nothing has been answered yet." in interrupted(Conversation(Move.LIST), Interview(base)).told


def test_the_list_shows_each_answer_and_leads_to_the_one_picked(base: RuleBase) -> None:
    talk = interrupted(Conversation(LEAD, UNKNOWN, Move.LIST, "goal_role"), Interview(base))
    assert talk.offered[0] == "Stay where I am"
    assert talk.offered[1].startswith(f"{base.questions['goal_role'].title}: Research lead")
    assert talk.events[-2:] == ["menu", "ask goal_role"]


def test_the_list_can_be_left_as_it_is(base: RuleBase) -> None:
    talk = interrupted(Conversation(LEAD, Move.LIST, ""), Interview(base))
    assert talk.events[-2:] == ["menu", "ask enjoys"]


def test_answers_that_no_longer_apply_are_named_dropped_and_not_kept(base: RuleBase) -> None:
    given = {"phd_option": "offer", "phd_supervisor_research": 5, "policy_interest": 3}
    talk = interrupted(Conversation(Certain("none")), at(base, given).go_to("phd_option"))
    title = base.questions["phd_supervisor_research"].title
    assert f"With this answer, what you said on '{title}' no longer applies and was dropped." in talk.told
    assert set(talk.states[-1].sheet) == {"phd_option", "policy_interest"}


def test_it_ends_finished_when_nothing_is_left_to_ask(base: RuleBase) -> None:
    interview = Interview(base).with_queue(("maths", "writing"))
    ended = Conversation(UNKNOWN, Certain(4)).run(interview)
    assert ended.finished
    assert ended.interview.sheet == AnswerSheet({"maths": UNKNOWN, "writing": Certain(4)})


def test_it_ends_unfinished_with_every_answer_when_the_person_stops(base: RuleBase) -> None:
    ended = Conversation(LEAD, Move.QUIT).run(Interview(base))
    assert not ended.finished
    assert ended.interview.sheet == AnswerSheet({"goal_role": LEAD})


def test_a_section_is_introduced_once_also_when_one_comes_back_to_it(base: RuleBase) -> None:
    first, second = base.sections[:2]
    replies = (LEAD, UNKNOWN, Move.BACK, UNKNOWN, UNKNOWN)
    told = interrupted(Conversation(*replies), Interview(base)).told
    assert told.count(first.intro) == 1
    assert told.count(second.intro) == 1


def test_every_question_is_shown_with_its_place_its_prompt_and_its_help(base: RuleBase) -> None:
    told = interrupted(Conversation(LEAD), Interview(base)).told
    for number, key in enumerate(("goal_role", "enjoys"), start=1):
        question = base.questions[key]
        assert f"{base.sections[0].title} · question {number} of about " in told
        assert question.prompt in told
        assert question.help in told
