"""What proves that a verdict is settled, or shows that it is not, as plain data that can be checked again."""

from __future__ import annotations

from collections.abc import Mapping

from pathfinder.answers.sheet import Certain, to_plain
from pathfinder.assessment.ranges.possibilities import Settlement
from pathfinder.assessment.results.certainty import LeastLead, PlainAnswer, Proof
from pathfinder.rulebase.conditions import Value
from pathfinder.rulebase.models import RuleBase


def proof(base: RuleBase, first: str, found: Settlement) -> Proof:
    """The least lead over every rival and, where the verdict is not settled, the counterexample."""
    leads = tuple(LeastLead(one.rival, one.margin, plain_answers(base, one.answers)) for one in found.rivalries)
    counterexample = found.counterexample
    return Proof(first, leads, None if counterexample is None else plain_answers(base, counterexample))


def plain_answers(base: RuleBase, answers: Mapping[str, Value]) -> dict[str, PlainAnswer]:
    """Answers in the form of an answers file, in the order of the interview."""
    return {key: _plain(base, key, answers[key]) for key in base.questions if key in answers}


def _plain(base: RuleBase, question: str, value: Value) -> PlainAnswer:
    found = to_plain(base.questions[question], Certain(value))
    if isinstance(found, list):
        return tuple(str(one) for one in found)
    assert isinstance(found, (bool, int, float, str))
    return found
