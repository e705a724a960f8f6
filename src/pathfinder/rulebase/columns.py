"""Three-valued truth over columns of people.

A column holds one thing about many people as a bitmap: a Python integer whose bit i belongs to person i.
One person is a column of length one. A `Frame` gives, for every question, which people are known to have
which answer; a condition is an expression over such bitmaps. The same evaluation serves a single answer
sheet, the completions of open answers, a cohort and an audit, so they cannot disagree.

Pure: no input, no output, no state outside the frame.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pathfinder.rulebase.conditions import AllOf, AnyOf, Condition, Test, Value


class Truth(NamedTuple):
    """Bitmaps of the people for whom a condition is known to be true and known to be false.

    The two never overlap; who is in neither is unknown.
    """

    true: int
    false: int


class Frame:
    """People as columns.

    `answers[question][value]` is the bitmap of the people known to have answered that value; people in no
    bitmap of a question have not answered it. `relevance[question]` is the question's `asked_if`, where it
    has one. For people for whom it is false the question is irrelevant: their answer to it is not looked at,
    and every test on it is false.
    """

    def __init__(
        self,
        size: int,
        answers: Mapping[str, Mapping[Value, int]],
        relevance: Mapping[str, Condition],
    ) -> None:
        self.size = size
        self.everyone = (1 << size) - 1
        self.answers = answers
        self.relevance = relevance
        self._irrelevant: dict[str, int] = {}

    def irrelevant(self, question: str) -> int:
        """Bitmap of the people to whom the question does not apply (its `asked_if` is known to be false)."""
        found = self._irrelevant.get(question)
        if found is None:
            asked_if = self.relevance.get(question)
            found = evaluate(asked_if, self).false if asked_if is not None else 0
            self._irrelevant[question] = found
        return found


def evaluate(condition: Condition, frame: Frame) -> Truth:
    """Whom the condition is true for, and whom it is false for (Kleene's three-valued logic)."""
    # Called for every condition of a base and every person: `isinstance` takes half as long as `match`.
    if isinstance(condition, Test):
        return _passed(condition, frame)
    if isinstance(condition, AllOf):
        true, false = frame.everyone, 0
        for part in condition.parts:
            holds, fails = evaluate(part, frame)
            true &= holds
            false |= fails
        return Truth(true, false)
    if isinstance(condition, AnyOf):
        true, false = 0, frame.everyone
        for part in condition.parts:
            holds, fails = evaluate(part, frame)
            true |= holds
            false &= fails
        return Truth(true, false)
    holds, fails = evaluate(condition.part, frame)
    return Truth(fails, holds)


def true_for(condition: Condition, frame: Frame) -> int:
    """Whom the condition is true for, where everybody has answered every question that it looks at: it is false for all
    others, so that half of the work is saved."""
    if isinstance(condition, Test):
        return _passing(condition, frame)
    if isinstance(condition, AllOf):
        true = frame.everyone
        for part in condition.parts:
            true &= true_for(part, frame)
            if not true:
                break
        return true
    if isinstance(condition, AnyOf):
        true = 0
        for part in condition.parts:
            true |= true_for(part, frame)
        return true
    return frame.everyone & ~true_for(condition.part, frame)


def _passing(test: Test, frame: Frame) -> int:
    """Whose answer passes a test."""
    question, passes = test.question, test.check.holds
    true = 0
    for value, people in frame.answers[question].items():
        if passes(value):
            true |= people
    return true & ~frame.irrelevant(question) if true and question in frame.relevance else true


def _passed(test: Test, frame: Frame) -> Truth:
    """Whose answer passes a test; nobody's to whom its question does not apply."""
    question, passes = test.question, test.check.holds
    true = false = 0
    for value, people in frame.answers.get(question, {}).items():
        if passes(value):
            true |= people
        else:
            false |= people
    irrelevant = frame.irrelevant(question) if question in frame.relevance else 0
    return Truth(true & ~irrelevant, false | irrelevant) if irrelevant else Truth(true, false)
