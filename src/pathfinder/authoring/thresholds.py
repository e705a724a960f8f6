"""Thresholds: where the answer of a check changes along a number, a scale or an ordered choice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pathfinder.answers.sheet import Answer, Certain, Interval
from pathfinder.rulebase.conditions import Condition, OneOf, Value, Within, tests
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.questions import Question


@dataclass(frozen=True)
class Threshold:
    """One bound of one check. Answers from `least` on lie above it (`over`: only those beyond `least`).

    `part` and `place` say where it stands (`phd-too-late`, `case 1`). `least` is a number, or for a scale or an
    ordered choice the place of the first value above, counted from 0.
    """

    part: str
    place: str
    question: str
    least: float
    over: bool
    words: str

    def side(self, question: Question, answer: Answer | None) -> bool | None:
        """Whether an answer lies above the threshold; None where that is open or not answered."""
        match answer:
            case Certain(value):
                return self._above(question, value)
            case Interval(low, high):
                ends = {self._above(question, low), self._above(question, high)}
                return ends.pop() if len(ends) == 1 else None
        return None

    def _above(self, question: Question, value: Value) -> bool:
        place = float(str(value)) if question.kind == "number" else float(question.options.index(value))
        return place > self.least or (place == self.least and not self.over)


def thresholds(base: RuleBase) -> Iterator[Threshold]:
    """Every threshold of the arguments, gates and deciding other roles, each once per part and place."""
    for part, place, condition in scoring_parts(base):
        found: dict[Threshold, None] = {}
        for test in tests(condition):
            question = base.questions[test.question]
            match test.check:
                case Within():
                    bounds = _of_number(test.check, question)
                case OneOf(values) if question.ordered or question.kind == "scale":
                    bounds = _of_order(values, question)
                case _:
                    continue
            for least, over, words in bounds:
                found[Threshold(part, place, question.id, least, over, words)] = None
        yield from found


def scoring_parts(base: RuleBase) -> Iterator[tuple[str, str, Condition]]:
    """Every condition that scores, closes a path or decides for another role: id, place in it, condition."""
    for rule in base.rules.values():
        for index, case in enumerate(rule.cases):
            yield rule.id, f"case {index + 1}", case.when
        if rule.unless is not None:
            yield rule.id, "unless", rule.unless
    for path in base.paths:
        for gate in path.gates:
            yield gate.id, "when", gate.when
    for role in base.other_roles:
        if role.decides is not None:
            yield role.id, "decides", role.decides


def _of_number(check: Within, question: Question) -> Iterator[tuple[float, bool, str]]:
    unit = f" {question.unit}" if question.unit else ""
    if check.low is not None:
        word = "at least" if check.low_inclusive else "more than"
        yield check.low, not check.low_inclusive, f"{word} {check.low:g}{unit}"
    if check.high is not None:
        word = "more than" if check.high_inclusive else "at least"
        yield check.high, check.high_inclusive, f"{word} {check.high:g}{unit}"


def _of_order(values: frozenset[Value], question: Question) -> Iterator[tuple[float, bool, str]]:
    """Between two neighbouring values of which one passes and the other does not."""
    for place in range(1, len(question.options)):
        if (question.options[place - 1] in values) != (question.options[place] in values):
            yield float(place), False, f"at least {question.options[place]}"
