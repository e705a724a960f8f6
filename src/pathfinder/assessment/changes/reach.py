"""Which changed answers a person could bring about."""

from __future__ import annotations

from pathfinder.answers.sheet import Among, Answer, Certain, Interval
from pathfinder.assessment.changes.counterfactual import Change, Counterfactuals
from pathfinder.rulebase.conditions import Value
from pathfinder.rulebase.questions import Question

WITHIN_REACH = {"skill", "trial", "offer"}
"""Natures of question whose answer one can work on."""

_KEPT = {"skill", "trial"}
"""Natures of question whose answer stays behind one: nobody unlearns, or has not tried."""


def within_reach(what_if: Counterfactuals, change: Change) -> bool:
    """Whether one can work towards a change: it gains a skill, makes a trial or brings an offer."""
    workable = what_if.base.questions[change.question].nature in WITHIN_REACH
    return workable and not undoes(what_if, change) and not gives_up(what_if, change)


def can_be_lost(question: Question) -> bool:
    """Whether some change of an answer to a question would undo something, or give something up."""
    return question.nature in WITHIN_REACH or bool(question.lasting or question.in_hand)


def undoes(what_if: Counterfactuals, change: Change) -> bool:
    """Whether a change would take back a skill or a trial: less than the least that the present answer leaves
    possible, or a selection without something that is in it now. Or whether it would take back what lasts."""
    question = what_if.base.questions[change.question]
    answer = what_if.sheet.get(question.id)
    if _leaves(answer, change.value, question.lasting):
        return True
    if question.nature not in _KEPT:
        return False
    if isinstance(answer, Certain) and isinstance(answer.value, frozenset) and isinstance(change.value, frozenset):
        return not answer.value <= change.value
    return _steps_down(question, answer, change.value)


def gives_up(what_if: Counterfactuals, change: Change) -> bool:
    """Whether a change would give up a place in hand for none, or something that a place offers."""
    question = what_if.base.questions[change.question]
    answer = what_if.sheet.get(question.id)
    less = question.nature == "offer" and _steps_down(question, answer, change.value)
    return less or _leaves(answer, change.value, question.in_hand)


def _steps_down(question: Question, answer: Answer | None, value: Value) -> bool:
    """Whether a value lies below everything that an answer leaves possible."""
    least = _least(question, answer) if question.rises else None
    return least is not None and _height(question, value) < least


def _leaves(answer: Answer | None, value: Value, listed: tuple[str, ...]) -> bool:
    """Whether every value that an answer leaves possible is one of these, and a value is not."""
    match answer:
        case Certain(now):
            return now in listed and value not in listed
        case Among(values):
            return set(values) <= set(listed) and value not in listed
    return False


def _least(question: Question, answer: Answer | None) -> float | None:
    """How high the lowest value stands that an answer leaves possible; None where nothing is known."""
    match answer:
        case Certain(value):
            return _height(question, value)
        case Among(values):
            return min(_height(question, value) for value in values)
        case Interval(low, _, _):
            return low
    return None


def _height(question: Question, value: Value) -> float:
    """How high a value stands on a question whose values rise."""
    if isinstance(value, (bool, int, float)):
        return float(value)
    return question.options.index(value)
