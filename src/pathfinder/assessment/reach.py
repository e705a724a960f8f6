"""Which changed answers a person could bring about."""

from __future__ import annotations

from pathfinder.answers.sheet import Among, Answer, Certain, Interval
from pathfinder.assessment.counterfactual import Change, Counterfactuals
from pathfinder.rulebase.conditions import Value
from pathfinder.rulebase.questions import Question

WITHIN_REACH = {"skill", "trial", "offer"}
"""Natures of question whose answer one can work on."""

KEPT = {"skill", "trial"}
"""Natures of question whose answer stays behind one: nobody unlearns, or has not tried."""


def within_reach(what_if: Counterfactuals, change: Change) -> bool:
    """Whether one can work towards a change: it gains a skill, makes a trial or brings an offer."""
    return what_if.base.questions[change.question].nature in WITHIN_REACH and not undoes(what_if, change)


def undoes(what_if: Counterfactuals, change: Change) -> bool:
    """Whether a change would take back a skill or a trial: less than the least that the present answer leaves
    possible, or a selection without something that is in it now."""
    question = what_if.base.questions[change.question]
    if question.nature not in KEPT:
        return False
    answer = what_if.sheet.get(question.id)
    if isinstance(answer, Certain) and isinstance(answer.value, frozenset) and isinstance(change.value, frozenset):
        return not answer.value <= change.value
    least = _least(question, answer) if question.rises else None
    return least is not None and _height(question, change.value) < least


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
