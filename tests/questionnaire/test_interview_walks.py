"""The interview, walked through at random: it ends, asks nothing twice or in vain, and going back loses nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naive import Reference, read_raw
from pathfinder.answers.sheet import Answer, AnswerSheet, to_plain
from pathfinder.answers.validation import parse_answer, validate_sheet
from pathfinder.questionnaire.interview import Interview
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.questions import Question
from pathfinder.store.rules import built_in_folder, load_built_in
from random_sheets import random_answer, random_sheet
from small_bases import Small, small_bases

MOST_CORE_QUESTIONS = 32
SEEDS = st.integers(0, 10**6)


@cache
def built_in() -> Reference:
    return read_raw(built_in_folder()).reference


@dataclass(frozen=True)
class Walk:
    """Somebody who answers at random, on one rule base."""

    base: RuleBase
    reference: Reference
    source: random.Random

    def reply(self, question: Question) -> Answer:
        answer = parse_answer(question, random_answer(self.reference, question.id, self.source))
        assert answer is not None
        return answer

    def applies(self, interview: Interview, question: str) -> bool | None:
        """Whether a question applies, by the naive reference."""
        plain = {key: to_plain(self.base.questions[key], one) for key, one in interview.sheet.answers.items()}
        numbers = {key: by_step(value) for key, value in plain.items()}
        return self.reference.applies_on(question, numbers)

    def straight(self, interview: Interview, look: Callable[[Interview], None] = lambda _: None) -> Interview:
        """Answer whatever is asked until nothing is."""
        for _ in range(len(self.base.questions) + 1):
            question = interview.current
            if question is None:
                return interview
            look(interview)
            interview, _ = interview.answer(self.reply(question))
        pytest.fail("the interview does not end")

    def wander(self, interview: Interview, steps: int) -> Interview:
        """Answer, go back, jump to earlier questions and leave them again."""
        for _ in range(steps):
            move = self.source.choice(["answer", "answer", "answer", "back", "go to", "forward"])
            if move == "answer" and (question := interview.current) is not None:
                interview, _ = interview.answer(self.reply(question))
            elif move == "back":
                interview = interview.back() or interview
            elif move == "go to" and interview.asked:
                interview = interview.go_to(self.source.choice(interview.asked))
            elif move == "forward":
                interview = interview.forward()
        return interview


def by_step(plain: object) -> object:
    """A plain answer as the reference reads it: the ends of ranges are whole numbers here."""
    if isinstance(plain, dict):
        return {key: int(value) for key, value in plain.items()}
    return plain


def walk(small: Small | None, seed: int) -> Walk:
    """A walk on a small rule base, or on the built-in one."""
    if small is None:
        return Walk(load_built_in(), built_in(), random.Random(seed))
    return Walk(small.base, small.reference, random.Random(seed))


def whole_queue(base: RuleBase, source: random.Random) -> tuple[str, ...]:
    """Every further question, in some order."""
    further = [key for key, question in base.questions.items() if question.depth == "further"]
    source.shuffle(further)
    return tuple(further)


@pytest.mark.parametrize("seed", range(12))
def test_the_core_of_the_built_in_interview_is_short_enough_whatever_one_answers(seed: int) -> None:
    person = walk(None, seed)
    done = person.straight(Interview(person.base))
    assert 0 < len(done.asked) <= MOST_CORE_QUESTIONS
    assert all(person.base.questions[key].depth == "core" for key in done.asked)


@settings(max_examples=35, deadline=None)
@given(st.none() | small_bases(), SEEDS)
def test_going_straight_through_asks_exactly_what_applies_once_and_in_order(small: Small | None, seed: int) -> None:
    person = walk(small, seed)
    asked: list[str] = []

    def look(interview: Interview) -> None:
        question = interview.current
        assert question is not None
        assert person.applies(interview, question.id) is not False
        assert question.id not in asked
        assert question.id not in interview.sheet
        asked.append(question.id)

    done = person.straight(Interview(person.base), look)
    order = [key for key, question in person.base.questions.items() if question.depth == "core"]
    assert asked == [key for key in order if key in done.sheet]
    assert done.asked == tuple(asked)
    for key in order:
        if person.applies(done, key) is True:
            assert key in asked


@settings(max_examples=35, deadline=None)
@given(small_bases(), SEEDS)
def test_further_questions_are_asked_in_the_order_they_are_queued(small: Small, seed: int) -> None:
    person = walk(small, seed)
    core = person.straight(Interview(person.base))
    queue = whole_queue(person.base, person.source)
    done = person.straight(core.with_queue(queue))
    asked = done.asked[len(core.asked) :]
    assert done.asked[: len(core.asked)] == core.asked
    assert set(asked) <= set(queue)
    assert len(set(asked)) == len(asked)


@settings(max_examples=25, deadline=None)
@given(st.none() | small_bases(), SEEDS)
def test_the_interview_ends_from_wherever_one_has_wandered(small: Small | None, seed: int) -> None:
    person = walk(small, seed)
    interview = person.wander(Interview(person.base), 25)
    if person.source.random() < 0.5:
        interview = interview.with_queue(whole_queue(person.base, person.source))
    left = len(person.base.questions) - len(interview.sheet) + 1
    for _ in range(left):
        if (question := interview.current) is None:
            break
        interview, _ = interview.answer(person.reply(question))
    assert interview.current is None
    with pytest.raises(ValueError, match="no question left"):
        interview.answer(person.reply(next(iter(person.base.questions.values()))))


@settings(max_examples=35, deadline=None)
@given(small_bases(), SEEDS)
def test_nothing_known_not_to_apply_is_asked_or_kept_however_one_wanders(small: Small, seed: int) -> None:
    person = walk(small, seed)
    interview = Interview(person.base)
    for _ in range(20):
        interview = person.wander(interview, 1)
        question = interview.current
        assert question is None or person.applies(interview, question.id) is not False
        assert all(person.applies(interview, key) is not False for key in interview.sheet)
        assert sorted(interview.asked) == sorted(interview.sheet)


@settings(max_examples=35, deadline=None)
@given(small_bases(), SEEDS)
def test_a_changed_answer_drops_exactly_what_no_longer_applies_and_says_so(small: Small, seed: int) -> None:
    person = walk(small, seed)
    interview = person.straight(Interview(person.base))
    interview = person.straight(interview.with_queue(whole_queue(person.base, person.source)))
    for key in interview.asked:
        at = interview.go_to(key)
        question = at.current
        assert question is not None
        assert question.id == key
        answer = person.reply(question)
        changed = Interview(person.base, interview.sheet.with_answer(key, answer))
        gone = [one for one in interview.sheet if person.applies(changed, one) is False]
        after, dropped = at.answer(answer)
        assert sorted(one.id for one in dropped) == sorted(gone)
        assert after.sheet == changed.sheet.without(*gone)
        assert after.asked == tuple(one for one in interview.asked if one not in gone)


@settings(max_examples=35, deadline=None)
@given(st.none() | small_bases(), SEEDS)
def test_going_back_and_answering_the_same_changes_nothing(small: Small | None, seed: int) -> None:
    person = walk(small, seed)
    interview = person.wander(Interview(person.base), 15).forward()
    at = interview.back()
    while at is not None:
        question = at.current
        assert question is not None
        answer = interview.sheet.get(question.id)
        assert answer is not None
        again, dropped = at.answer(answer)
        assert again == interview
        assert list(again.sheet) == list(interview.sheet)
        assert dropped == ()
        at = at.back()


@settings(max_examples=25, deadline=None)
@given(small_bases(), SEEDS)
def test_going_back_steps_through_all_that_was_asked_and_forward_returns(small: Small, seed: int) -> None:
    person = walk(small, seed)
    interview = person.wander(Interview(person.base), 10).forward()
    seen: list[str] = []
    at = interview.back()
    while at is not None:
        question = at.current
        assert question is not None
        seen.append(question.id)
        assert at.forward() == interview
        at = at.back()
    assert seen == list(reversed(interview.asked))


def test_only_a_question_already_asked_can_be_gone_back_to(base: RuleBase) -> None:
    with pytest.raises(KeyError):
        Interview(base).go_to("coding")
    assert Interview(base).back() is None


@settings(max_examples=25, deadline=None)
@given(small_bases(), SEEDS)
def test_answers_given_beforehand_are_not_asked_again_and_irrelevant_ones_never_shown(small: Small, seed: int) -> None:
    person = walk(small, seed)
    raw = random_sheet(person.reference, person.source)
    given_answers, _ = validate_sheet({"answers": raw}, person.base.questions)
    interview = Interview(person.base, given_answers, tuple(given_answers))

    def look(one: Interview) -> None:
        assert one.current is not None
        assert one.current.id not in raw or person.applies(one, one.current.id) is not False

    at: Interview | None = interview
    while at is not None:
        question = at.current
        assert question is None or person.applies(interview, question.id) is not False
        at = at.back()
    person.straight(interview, look)


@settings(max_examples=35, deadline=None)
@given(st.none() | small_bases(), SEEDS)
def test_progress_counts_up_and_never_past_its_total(small: Small | None, seed: int) -> None:
    person = walk(small, seed)
    numbers: list[int] = []

    def look(interview: Interview) -> None:
        progress = interview.progress
        assert 1 <= progress.number <= progress.total <= len(person.base.questions)
        numbers.append(progress.number)

    done = person.straight(Interview(person.base), look)
    assert numbers == list(range(1, len(numbers) + 1))
    with pytest.raises(ValueError, match="over"):
        _ = done.progress


@pytest.mark.parametrize("seed", range(8))
def test_the_last_core_question_of_the_built_in_interview_is_known_to_be_the_last(seed: int) -> None:
    person = walk(None, seed)
    ends: list[tuple[int, int]] = []
    person.straight(Interview(person.base), lambda one: ends.append((one.progress.number, one.progress.total)))
    number, total = ends[-1]
    assert number == total == len(ends)


def test_not_sure_is_an_answer_and_is_not_asked_again(base: RuleBase) -> None:
    interview = Interview(base)
    first = interview.current
    assert first is not None
    unknown = parse_answer(first, "unknown")
    assert unknown is not None
    following, _ = interview.answer(unknown)
    assert following.asked == (first.id,)
    assert following.current is not None
    assert following.current.id != first.id


def test_a_question_that_hangs_on_one_left_open_is_not_asked(base: RuleBase) -> None:
    sheet, _ = validate_sheet({"answers": {"tried_research": "unknown"}}, base.questions)
    assert not Interview(base, sheet).askable("research_reaction")
    either, _ = validate_sheet({"answers": {"tried_research": ["not_yet", "weeks"]}}, base.questions)
    assert Interview(base, either).askable("research_reaction")
    assert Interview(base, AnswerSheet()).askable("tried_research")
