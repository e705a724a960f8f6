"""Whether a rule base keeps the promises in its `expectations.yaml`. A proof, not a sample.

An answer that goes up its scale passes finitely many points at which anything can change. At each of them the
largest possible fall of the path's score is found exactly, over every combination of the other answers: each
argument gives a table of how far it falls, and elimination finds the largest sum of such tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pathfinder.answers.cells import Cell, cells
from pathfinder.answers.facts import set_aside
from pathfinder.answers.scope import Scope, layout, scope_of
from pathfinder.answers.sheet import AnswerSheet, Certain
from pathfinder.assessment.completions.completing import Completer, fires
from pathfinder.assessment.ranges.elimination import maximise
from pathfinder.assessment.scoring.factors import NEVER, Factor, dense
from pathfinder.authoring.combinations import ladder
from pathfinder.authoring.population import person
from pathfinder.authoring.tables import digits, members, points_of
from pathfinder.rulebase.columns import Frame, evaluate
from pathfinder.rulebase.conditions import Condition, Value
from pathfinder.rulebase.models import Expectation, Rule, RuleBase

Choice = Mapping[str, tuple[Value, ...]]
"""The answers to choose from, by question."""


@dataclass(frozen=True)
class Breach:
    """An expectation that does not hold, with one way in which it does not.

    As the answer to `question` goes from `low` to `high` while the rest of `answers` stays, the score of `path`
    moves by `change` points the wrong way through `rules`, or the gates in `gates` close (open, where it was never
    to rise). `person` is somebody to whom this happens, fully answered with `low`, and with what `answers` say of
    questions that apply only with `high`.
    """

    expectation: Expectation
    question: str
    path: str
    low: Value
    high: Value
    change: int
    rules: tuple[str, ...]
    gates: tuple[str, ...]
    answers: Mapping[str, Value]
    person: AnswerSheet


def breaches(base: RuleBase) -> tuple[Breach, ...]:
    """Every expectation of the base that is broken, the worst way for each question and path."""
    found = []
    for one in base.expectations:
        for question in one.question:
            for path in one.path:
                breach = _Trial(base, one, question, path).breach()
                if breach is not None:
                    found.append(breach)
    return tuple(found)


class _Trial:
    """One expectation of one question on one path."""

    def __init__(self, base: RuleBase, expectation: Expectation, question: str, path: str) -> None:
        self.base, self.expectation, self.question, self.path = base, expectation, question, path
        self.sign = 1 if expectation.direction == "never_falls" else -1
        self.rules = [rule for rule in base.rules_of(path) if self._hangs(rule.conditions)]
        gates = base.path[path].gates
        self.gates = gates if any(self._hangs([gate.when]) for gate in gates) else ()
        self.given = [expectation.given] if expectation.given else []
        looked_at = [condition for rule in self.rules for condition in rule.conditions]
        self.scope = scope_of(base, [*looked_at, *(gate.when for gate in self.gates), *self.given])

    def _hangs(self, conditions: Sequence[Condition]) -> bool:
        return self.question in scope_of(self.base, conditions).checks

    def breach(self) -> Breach | None:
        """The largest fall of the score, else a gate that closes, else None."""
        steps = list(pairwise(self._rungs()))
        falls = [self._fall(low, high) for low, high in steps]
        worst = max(falls, key=lambda fall: fall[0], default=(0.0, {}))
        if worst[0] > 0:
            low, high = steps[falls.index(worst)]
            return self._told(low, high, int(worst[0]), worst[1], ())
        return next(self._shutting(steps), None)

    def _rungs(self) -> tuple[Value, ...]:
        """The question's values, rising; for a number the points at which anything can change, and between them."""
        question = self.base.questions[self.question]
        found = ladder(question, self.scope.checks.get(self.question, ()))
        return found[::-1] if question.kind == "yes_no" else found

    def _choices(self, scope: Scope, low: Value, high: Value) -> Choice:
        """The step itself first, then every kind of answer to the other questions of a scope."""
        others = {key: self._kinds(key) for key in scope.checks if key != self.question}
        return {self.question: (low, high), **others}

    def _kinds(self, question: str) -> tuple[Value, ...]:
        """The kinds of answer to another question that anything on trial can tell apart."""
        found = cells(self.base.questions[question], None, self.scope.checks[question])
        return tuple(cell.value for cell in found)

    def _laid_out(self, conditions: Sequence[Condition], low: Value, high: Value) -> tuple[Choice, Frame]:
        choices = self._choices(scope_of(self.base, conditions), low, high)
        dimensions = {key: tuple(Cell(value, 0.0) for value in values) for key, values in choices.items()}
        return choices, layout(self.base, {}, dimensions).frame

    def _fall(self, low: Value, high: Value) -> tuple[float, dict[str, Value]]:
        """The largest fall over one step, and the other answers that go with it."""
        factors: list[Factor] = []
        kinds: dict[str, tuple[Value, ...]] = {}
        for rule in self.rules:
            choices, frame = self._laid_out(rule.conditions, low, high)
            points, half = points_of(rule, frame), frame.size // 2
            drops = tuple(self.sign * float(points[place] - points[place + half]) for place in range(half))
            factors.append(_factor(choices, drops))
            kinds.update(choices)
        for condition in self.given:
            choices, frame = self._laid_out([condition], low, high)
            factors.append(_factor(choices, _ruled_out(evaluate(condition, frame).true, frame.size // 2)))
            kinds.update(choices)
        found = maximise(factors)
        return found.value, {key: values[found.assignment.get(key, 0)] for key, values in kinds.items()}

    def _shutting(self, steps: list[tuple[Value, Value]]) -> Iterator[Breach]:
        """Steps over which a gate closes that was open (or opens, where the path is never to gain)."""
        if not self.gates:
            return
        for low, high in steps:
            conditions = [gate.when for gate in self.gates] + self.given
            choices, frame = self._laid_out(conditions, low, high)
            half = frame.size // 2
            blocked = 0
            for gate in self.gates:
                blocked |= evaluate(gate.when, frame).true
            before, after = blocked & ((1 << half) - 1), blocked >> half
            wrong = after & ~before if self.sign > 0 else before & ~after
            for condition in self.given:
                holds = evaluate(condition, frame).true
                wrong &= holds & (holds >> half)
            for place in members(wrong):
                others = tuple(choices.items())[1:]
                picked = digits(place, [len(values) for _, values in others])
                answers = {key: values[choice] for (key, values), choice in zip(others, picked, strict=True)}
                at = place + half if self.sign > 0 else place
                shut = tuple(gate.id for gate in self.gates if evaluate(gate.when, frame).true >> at & 1)
                yield self._told(low, high, 0, answers, shut)

    def _told(
        self, low: Value, high: Value, change: int, answers: Mapping[str, Value], gates: tuple[str, ...]
    ) -> Breach:
        before, after = (
            AnswerSheet({key: Certain(value) for key, value in {**answers, self.question: rung}.items()})
            for rung in (low, high)
        )
        rules = () if gates else tuple(rule.id for rule in self.rules if self._drop(rule, before, after) > 0)
        applies = {key for sheet in (before, after) for key in set_aside(self.base, sheet)[0]}
        told = {key: answers[key] for key in self.base.questions if key in answers and key in applies}
        somebody = self._somebody(AnswerSheet({key: before.answers[key] for key in before if key in applies}))
        return Breach(self.expectation, self.question, self.path, low, high, change, rules, gates, told, somebody)

    def _drop(self, rule: Rule, before: AnswerSheet, after: AnswerSheet) -> int:
        """How far one argument moves the wrong way between two sheets that answer all it looks at."""
        one, other = (_points(self.base, rule, sheet) for sheet in (before, after))
        return self.sign * (one - other)

    def _somebody(self, sheet: AnswerSheet) -> AnswerSheet:
        """A plausible person with these answers, and what else they would answer."""
        others = person(self.base, Completer(self.base, 1).drawn(sheet), 0)
        return AnswerSheet({**others.answers, **sheet.answers})


def _factor(choices: Choice, values: Sequence[float]) -> Factor:
    """A table over all questions but the first, the one that takes a step."""
    others = tuple(choices)[1:]
    return dense(others, values, {question: len(choices[question]) for question in others})


def _ruled_out(holds: int, half: int) -> tuple[float, ...]:
    """0 where a condition holds on both sides of a step, `NEVER` elsewhere."""
    both = holds & (holds >> half)
    return tuple(0.0 if both >> place & 1 else NEVER for place in range(half))


def _points(base: RuleBase, rule: Rule, sheet: AnswerSheet) -> int:
    answers = {question: {answer.value: 1} for question, answer in sheet.answers.items() if isinstance(answer, Certain)}
    return sum(outcome.points for outcome in fires(rule, Frame(1, answers, base.relevance)))
