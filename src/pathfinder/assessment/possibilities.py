"""Everything the open answers could still make of the scores, exactly.

Open and uncertain questions become variables whose values are their cells (the kinds of answer that the rule
base can tell apart), each argument a table over the few variables it looks at, `asked_if` included. Ranges,
proofs that a verdict is settled, and counterexamples are then optima over all completions, not samples.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pathfinder.answers.cells import Cell
from pathfinder.answers.scope import layout, scope_of
from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.cellbook import CellBook
from pathfinder.assessment.elimination import NEVER, Factor, maximise
from pathfinder.assessment.scoring import decide
from pathfinder.rulebase.columns import evaluate
from pathfinder.rulebase.conditions import AllOf, Condition, Value
from pathfinder.rulebase.models import Rule, RuleBase


@dataclass(frozen=True)
class Extreme:
    """A bound of a path's score with the answers to open questions that reach it."""

    score: float
    answers: Mapping[str, Value]


@dataclass(frozen=True)
class Rivalry:
    """How the first path stands against a rival over all completions in which the rival is open.

    `margin` is the least lead the first path can have (None where the rival is never open), `answers` the
    answers that reach it.
    """

    rival: str
    margin: float | None
    answers: Mapping[str, Value]


@dataclass(frozen=True)
class Settlement:
    """Whether no completion can change who comes first, with the proof or the counterexample.

    `rivalries` hold the least lead over each rival: all of them winning leads prove it. Otherwise
    `counterexample` holds answers to open questions under which another path, or none, comes first, or under which
    the person belongs outside the paths.
    """

    settled: bool
    rivalries: tuple[Rivalry, ...]
    counterexample: Mapping[str, Value] | None


class Possibilities:
    """The completions of one sheet on one rule base."""

    def __init__(self, base: RuleBase, sheet: AnswerSheet, book: CellBook | None = None) -> None:
        self.base, self.sheet = base, sheet
        self.book = book or CellBook(base)
        self._cells: dict[str, tuple[Cell, ...]] = {}
        self._factors: dict[str, Factor] = {}

    def cells_of(self, question: str) -> tuple[Cell, ...]:
        """The kinds of answer that are possible to a question; one where it is certain."""
        found = self._cells.get(question)
        if found is None:
            found = self._cells[question] = self.book.of(self.sheet, question)
        return found

    @property
    def _sizes(self) -> dict[str, int]:
        return {question: len(found) for question, found in self._cells.items()}

    def factor(self, rule: Rule) -> Factor:
        """An argument's points over every combination of the open answers it looks at."""
        found = self._factors.get(rule.id)
        if found is None:
            found = self._factors[rule.id] = self._table(rule.conditions, rule)
        return found

    def best_by(self, factor: Factor, question: str) -> list[float]:
        """The most that a factor can come to with each cell of one of its questions."""
        return factor.best_by(question, self._sizes)

    def _table(self, conditions: Sequence[Condition], rule: Rule | None) -> Factor:
        """A factor over the scope of some conditions: a rule's points, or 0 and `NEVER` where its single
        condition is false and true."""
        scope = scope_of(self.base, conditions)
        dimensions = {question: self.cells_of(question) for question in scope.checks}
        frame = layout(self.base, {}, dimensions).frame
        values: list[float] = [0.0] * frame.size
        if rule is None:
            outcomes = [(NEVER, evaluate(conditions[0], frame).true)]
        else:
            void = evaluate(rule.unless, frame).true if rule.unless else 0
            outcomes = [(float(points), people & ~void) for (points, _), people in decide(rule.cases, frame).items()]
        for points, people in outcomes:
            if points:
                _write(values, people, points)
        varying = tuple(question for question, found in dimensions.items() if len(found) > 1)
        return Factor(varying, tuple(values))

    def _best(self, factors: Sequence[Factor]) -> tuple[float, dict[str, Value]]:
        """The largest sum of factors, and the answers to open questions that reach it."""
        found = maximise(factors, self._sizes)
        return found.value, {key: self._cells[key][place].value for key, place in found.assignment.items()}

    def range_of(self, path: str) -> tuple[Extreme, Extreme]:
        """The least and the most a path can score over every completion, exactly."""
        factors = [self.factor(rule) for rule in self.base.rules_of(path)]
        low, low_answers = self._best([factor.negated for factor in factors])
        high, high_answers = self._best(factors)
        return Extreme(_tidy(-low), low_answers), Extreme(_tidy(high), high_answers)

    def settle(self, first: str) -> Settlement:
        """Whether `first` comes first in every completion."""
        order = [path.id for path in self.base.paths]
        rivalries: list[Rivalry] = []
        counterexample: Mapping[str, Value] | None = self._blocked(first)
        if counterexample is None:
            counterexample = self._outside()
        for rival in order:
            if rival == first:
                continue
            found = self._lead(first, rival)
            rivalries.append(found)
            ahead = order.index(rival) < order.index(first)
            lost = found.margin is not None and (found.margin < 0 or (found.margin == 0 and ahead))
            if lost and counterexample is None:
                counterexample = found.answers
        return Settlement(counterexample is None, tuple(rivalries), counterexample)

    def _open(self, path: str) -> list[Factor]:
        """Factors that rule out the completions in which a gate closes a path."""
        return [self._table([gate.when], None) for gate in self.base.path[path].gates]

    def _blocked(self, path: str) -> dict[str, Value] | None:
        """Answers under which a gate closes the path; None where none can."""
        return self._any([AllOf((gate.when,)) for gate in self.base.path[path].gates])

    def _outside(self) -> dict[str, Value] | None:
        """Answers under which another role decides; None where none can."""
        deciding = [(role.when, role.decides) for role in self.base.other_roles if role.decides is not None]
        return self._any([AllOf(pair) for pair in deciding])

    def _any(self, conditions: Sequence[Condition]) -> dict[str, Value] | None:
        """Answers under which the first of some conditions that can be true is; None where none can."""
        for condition in conditions:
            factor = self._table([condition], None)
            true = Factor(factor.scope, tuple(0.0 if value == NEVER else NEVER for value in factor.values))
            value, answers = self._best([true])
            if value != NEVER:
                return answers
        return None

    def _lead(self, first: str, rival: str) -> Rivalry:
        shared = {rule.id for rule in self.base.rules_of(first)} & {rule.id for rule in self.base.rules_of(rival)}
        factors = [self.factor(rule) for rule in self.base.rules_of(rival) if rule.id not in shared]
        factors += [self.factor(rule).negated for rule in self.base.rules_of(first) if rule.id not in shared]
        value, answers = self._best([*factors, *self._open(rival)])
        return Rivalry(rival, None if value == NEVER else _tidy(-value), answers)


def _tidy(points: float) -> float:
    """Points without the noise of sums of fractions, and without a negative zero."""
    return round(points, 6) + 0.0


def _write(values: list[float], people: int, points: float) -> None:
    """Put points into the entries whose bit is set."""
    bits = bin(people)[:1:-1]
    place = bits.find("1")
    while place >= 0:
        values[place] = points
        place = bits.find("1", place + 1)
