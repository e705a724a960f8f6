"""Which changed answers a person could bring about, and which would take back what is done."""

from __future__ import annotations

from collections.abc import Sequence

from pathfinder.answers.sheet import Among, Answer, Certain, Interval
from pathfinder.assessment.changes.counterfactual import Change, Counterfactuals
from pathfinder.rulebase.conditions import Value
from pathfinder.rulebase.questions import Question

WITHIN_REACH = {"skill", "trial", "offer"}
"""Natures of question whose answer one can work on."""

_KEPT = {"skill", "trial"}
"""Natures of question whose answer stays behind one: nobody unlearns, or has not tried."""


def within_reach(what_if: Counterfactuals, change: Change) -> bool:
    """Whether one can work towards a change (see `can_work_towards`)."""
    question = what_if.base.questions[change.question]
    return can_work_towards(question, what_if.sheet.get(question.id), change.value)


def can_work_towards(question: Question, answer: Answer | None, value: Value) -> bool:
    """Whether somebody with an answer can work towards another value: it gains a skill, tries more, or brings a place
    or a better one.

    How a trial turns out is nothing to work towards. Where the answer is open, so that nobody knows where one would
    start, values in the upper half of a scale are.
    """
    if question.nature not in WITHIN_REACH or takes_back(question, answer, value):
        return False
    if isinstance(value, frozenset):
        return value > _chosen(answer)
    if question.rises:
        start = _least(question, answer)
        start = _middle(question) if start is None else start
        return start is not None and _height(question, value) > start
    if question.nature == "trial":
        return False
    return not question.towards or _is_further(question.towards, answer, value)


def takes_back(question: Question, answer: Answer | None, value: Value) -> bool:
    """Whether a value would take back a skill or a trial that somebody with an answer has: less than the least that the
    answer leaves possible, or a selection without something that is in it. Or whether it would take back what lasts."""
    if _are_among(answer, question.lasting) and value not in question.lasting:
        return True
    if question.nature not in _KEPT:
        return False
    if isinstance(value, frozenset):
        return not _chosen(answer) <= value
    least = _least(question, answer) if question.rises else None
    return least is not None and _height(question, value) < least


def _are_among(answer: Answer | None, values: Sequence[str]) -> bool:
    """Whether everything that an answer leaves possible is among some values of a choice."""
    possible = _possible(answer)
    return bool(possible) and all(one in values for one in possible)


def _is_further(towards: Sequence[str], answer: Answer | None, value: Value) -> bool:
    """Whether a value is one to work towards, and further than everything that an answer leaves possible."""
    behind = [towards.index(str(one)) for one in _possible(answer) if one in towards]
    return value in towards and towards.index(str(value)) > max(behind, default=-1)


def _possible(answer: Answer | None) -> tuple[Value, ...]:
    """The values that an answer leaves possible; none where it is open, or a range."""
    match answer:
        case Certain(value):
            return (value,)
        case Among(values):
            return tuple(values)
    return ()


def _chosen(answer: Answer | None) -> frozenset[str]:
    """What is in a selection for certain."""
    return answer.value if isinstance(answer, Certain) and isinstance(answer.value, frozenset) else frozenset()


def _least(question: Question, answer: Answer | None) -> float | None:
    """How high the lowest value stands that an answer leaves possible; None where nothing is known."""
    if isinstance(answer, Interval):
        return answer.low
    return min((_height(question, value) for value in _possible(answer)), default=None)


def _middle(question: Question) -> float | None:
    """How high the middle of a scale stands; None of numbers, which have none."""
    heights = [_height(question, value) for value in question.options]
    return (min(heights) + max(heights)) / 2 if heights else None


def _height(question: Question, value: Value) -> float:
    """How high a value stands on a question whose values rise."""
    if isinstance(value, (bool, int, float)):
        return float(value)
    return question.options.index(value)
