"""Everything the open answers could still make of the scores, exactly.

Open and uncertain questions become variables whose values are their cells (the kinds of answer that the rule
base can tell apart), each argument a table over the few variables it looks at, `asked_if` included. Ranges,
proofs that a verdict is settled, and counterexamples are then optima over all completions, not samples.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from pathfinder.answers.cells import Cell
from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.ranges.elimination import extremes, maximise
from pathfinder.assessment.scoring.cellbook import CellBook, Codes
from pathfinder.assessment.scoring.counts import Tables
from pathfinder.assessment.scoring.factors import NEVER, Factor
from pathfinder.assessment.scoring.scorer import Scorer
from pathfinder.assessment.scoring.tables import Argument, Truth
from pathfinder.rulebase.conditions import Value
from pathfinder.rulebase.models import RuleBase


class Extreme(Struct, frozen=True):
    """A bound of a path's score with the answers to open questions that reach it."""

    score: float
    answers: Mapping[str, Value]


class Rivalry(Struct, frozen=True):
    """How the first path stands against a rival over all completions in which the rival is open.

    `margin` is the least lead the first path can have (None where the rival is never open), `answers` the
    answers that reach it.
    """

    rival: str
    margin: float | None
    answers: Mapping[str, Value]


class Settlement(Struct, frozen=True):
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

    def __init__(
        self,
        base: RuleBase,
        sheet: AnswerSheet,
        book: CellBook | None = None,
        tables: Tables | None = None,
        codes: Codes | None = None,
    ) -> None:
        self.base, self.sheet = base, sheet
        self.book = tables.book if tables else book or CellBook(base)
        self.tables = tables or Tables(base, Scorer(base), self.book)
        self._codes = self.book.possible(codes or self.book.codes(sheet))
        self._cells: dict[str, tuple[Cell, ...]] = {}
        self._factors: dict[Argument | Truth, Factor] = {}

    def cells_of(self, question: str) -> tuple[Cell, ...]:
        """The kinds of answer that are possible to a question; one where it is certain."""
        found = self._cells.get(question)
        if found is None:
            found = self._cells[question] = self.book.of(self.sheet, question)
        return found

    def factor(self, rule: str) -> Factor:
        """An argument's points over every combination of the open answers it looks at."""
        return self._factor(self.tables.argument(rule))

    def _factor(self, table: Argument | Truth) -> Factor:
        found = self._factors.get(table)
        if found is None:
            found = self._factors[table] = self.tables.factor(table, self._codes)
        return found

    def _answers(self, assignment: Mapping[str, int]) -> dict[str, Value]:
        """The answers to open questions that some choices stand for."""
        return {question: self.cells_of(question)[place].value for question, place in assignment.items()}

    def range_of(self, path: str) -> tuple[Extreme, Extreme]:
        """The least and the most a path can score over every completion, exactly."""
        terms = self.tables.total(path)
        least, most = extremes([self._factor(table) for table in terms.gains], terms.shared)
        low, high = (Extreme(_tidy(found.value), self._answers(found.assignment)) for found in (least, most))
        return low, high

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

    def _blocked(self, path: str) -> dict[str, Value] | None:
        """Answers under which a gate closes the path; None where none can."""
        return self._any([gate for on, gate in self.tables.gates if on == path])

    def _outside(self) -> dict[str, Value] | None:
        """Answers under which another role decides; None where none can."""
        return self._any(self.tables.roles)

    def _any(self, truths: Sequence[Truth]) -> dict[str, Value] | None:
        """Answers under which the first of some conditions that can be true is; None where none can."""
        for truth in truths:
            found = self._factor(truth).ruled_out
            if found is not None:
                return self._answers(found)
        return None

    def _lead(self, first: str, rival: str) -> Rivalry:
        terms = self.tables.lead(rival, first)
        gains, losses = ([self._factor(table) for table in tables] for tables in (terms.gains, terms.losses))
        found = maximise(gains, losses, terms.shared)
        margin = None if found.value == NEVER else _tidy(-found.value)
        return Rivalry(rival, margin, self._answers(found.assignment))


def _tidy(points: float) -> float:
    """Points without the noise of sums of fractions, and without a negative zero."""
    return round(points, 6) + 0.0
