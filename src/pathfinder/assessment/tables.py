"""Parts of a rule base as tables: what each comes to for every pattern of answers to the questions it looks at.

A part (an argument, a gate) looks at few questions and tells few kinds of answer to each apart, so that everybody has
one of few patterns. What a pattern comes to is worked out when it first occurs, by the scorer that a single sheet has,
and looked up from then on. A pattern's place in a table is a sum of steps, one for the answer to each question, so that
one changed answer is one addition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Generic, TypeVar

from pathfinder.answers.cells import Cell
from pathfinder.answers.scope import Scope, layout, scope_of, truth
from pathfinder.answers.sheet import Answer, AnswerSheet, Certain
from pathfinder.assessment.cellbook import CellBook, Codes
from pathfinder.assessment.factors import NEVER, Factor, strides
from pathfinder.assessment.scoring import RuleScore, Scorer, decide
from pathfinder.rulebase.columns import Frame, evaluate
from pathfinder.rulebase.conditions import AllOf, Condition, Value
from pathfinder.rulebase.models import Rule

T = TypeVar("T")
Places = list[tuple[int, float]]
"""Patterns that are possible, each with its probability."""


class Table(Generic[T]):
    """What one part comes to.

    `steps[question][code]` is what an answer adds to the place of a pattern; an open answer adds nothing.
    """

    def __init__(self, book: CellBook, scope: Scope, work: Callable[[AnswerSheet], T]) -> None:
        self.steps: dict[str, tuple[int, ...]] = {}
        self.found: dict[int, T] = {}
        self._book = book
        self._values: dict[str, tuple[Value, ...]] = {}
        self._work = work
        size = 1
        for question, checks in scope.checks.items():
            kinds: dict[tuple[bool, ...], int] = {}
            places, values = [0], []
            for cell in book.open(question):
                kind = tuple([check.holds(cell.value) for check in checks])
                if kind not in kinds:
                    kinds[kind] = len(kinds) + 1
                    values.append(cell.value)
                places.append(kinds[kind] * size)
            self.steps[question] = tuple(places)
            self._values[question] = tuple(values)
            size *= len(kinds) + 1
        self.size = size

    def at(self, place: int) -> T:
        """What the pattern at a place comes to."""
        try:
            return self.found[place]
        except KeyError:
            found = self.found[place] = self._work(self.sheet(place))
            return found

    def sheet(self, place: int) -> AnswerSheet:
        """A sheet of the pattern at a place."""
        answers: dict[str, Answer] = {}
        for question, values in self._values.items():
            place, kind = divmod(place, len(values) + 1)
            if kind:
                answers[question] = Certain(values[kind - 1])
        return AnswerSheet(answers)

    def places(self, codes: Codes, without: Iterable[str] = ()) -> Places:
        """The patterns that a sheet leaves possible, the answers to some questions left out."""
        known = codes.known
        whole = 0
        weighted: list[dict[int, float]] = []
        for question, steps in self.steps.items():
            if question in without:
                continue
            code = known.get(question)
            if code is not None:
                whole += steps[code]
            else:
                shares: dict[int, float] = {}
                for one, weight in codes.uncertain[question]:
                    shares[steps[one]] = shares.get(steps[one], 0.0) + weight
                weighted.append(shares)
        found = [(whole, 1.0)]
        for shares in weighted:
            found = [(place + step, weight * share) for place, weight in found for step, share in shares.items()]
        return found

    def grid(self, places: Iterable[int], changed: Mapping[str, Sequence[int]]) -> list[int]:
        """The places of every combination of some answers, each laid on each of `places`; the last varies fastest."""
        found = list(places)
        for question, codes in changed.items():
            steps = self.steps[question]
            added = [steps[code] for code in codes]
            found = [place + step for place in found for step in added]
        return found

    def factor(self, cells: Mapping[str, Sequence[int]]) -> Factor:
        """The part as a factor over the questions to which several of some codes are possible, everything answered."""
        start, scope, steps = 0, [], []
        for question, inner in self._inner.items():
            own = [inner[code] for code in cells[question]]
            if len(own) > 1:
                scope.append(question)
                steps.append(own)
            else:
                start += own[0]
        return Factor(scope, steps, self.complete, start)

    @cached_property
    def _inner(self) -> dict[str, tuple[int, ...]]:
        """What each code adds to the place of a pattern in which nothing is open; nothing stands for an open answer."""
        found, sizes = {}, [len(values) for values in self._values.values()]
        for (question, steps), stride in zip(self.steps.items(), strides(sizes), strict=True):
            least = steps[1]
            found[question] = (-1, *(stride[step // least - 1] for step in steps[1:]))
        return found

    @property
    def complete(self) -> Sequence[float]:
        """What every pattern comes to in which nothing is open, the last question varying fastest."""
        raise NotImplementedError

    def _everybody(self) -> Frame:
        """Somebody of every pattern in which nothing is open, in that order."""
        answers = {key: tuple(Cell(value, 1.0) for value in values) for key, values in self._values.items()}
        return layout(self._book.base, {}, answers).frame


class Argument(Table[RuleScore]):
    """What one argument contributes."""

    def __init__(self, book: CellBook, scorer: Scorer, rule: Rule) -> None:
        self.rule = rule
        super().__init__(book, scorer.scope(rule), lambda sheet: scorer.score(rule, sheet))

    def points(self, places: Places) -> float:
        """What counts by expectation over some patterns."""
        if len(places) == 1:
            return self.at(places[0][0]).points
        total = round(sum([weight * self.at(place).points for place, weight in places if weight]), 6)
        return 0.0 if total == 0 else total

    @cached_property
    def complete(self) -> Sequence[float]:
        """The points of every pattern in which nothing is open."""
        frame = self._everybody()
        void = evaluate(self.rule.unless, frame).true if self.rule.unless else 0
        outcomes = decide(self.rule.cases, frame).items()
        return _spelled(frame.size, ((float(points), people & ~void) for (points, _), people in outcomes))


class Truth(Table[bool | None]):
    """Whether some conditions are known to be true together, or known not to be."""

    def __init__(self, book: CellBook, conditions: Sequence[Condition]) -> None:
        self._conditions = conditions
        together = conditions[0] if len(conditions) == 1 else AllOf(tuple(conditions))
        super().__init__(book, scope_of(book.base, conditions), lambda sheet: truth(book.base, sheet, together))

    def holds(self, places: Places) -> bool:
        """Whether they are known to be true in each of some patterns."""
        return all(self.at(place) is True for place, _ in places)

    @cached_property
    def complete(self) -> Sequence[float]:
        """`NEVER` for every pattern in which they are true together, 0 for the others."""
        frame = self._everybody()
        true = frame.everyone
        for condition in self._conditions:
            true &= evaluate(condition, frame).true
        return _spelled(frame.size, [(NEVER, true)])


def _spelled(size: int, outcomes: Iterable[tuple[float, int]]) -> tuple[float, ...]:
    """Points for each of `size` people, from the bitmaps of those who have them; 0 for the others."""
    found = [0.0] * size
    for points, people in outcomes:
        if points:
            bits = bin(people)[:1:-1]
            place = bits.find("1")
            while place >= 0:
                found[place] = points
                place = bits.find("1", place + 1)
    return tuple(found)
