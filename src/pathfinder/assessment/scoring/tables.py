"""Parts of a rule base as tables: what each comes to for every pattern of answers to the questions it looks at.

A part (an argument, a gate) looks at few questions and tells few kinds of answer to each apart, so that everybody has
one of few patterns. What a pattern comes to is worked out when it first occurs, by the scorer that a single sheet has,
and looked up from then on; or all patterns are worked out beforehand and kept with a compiled rule base. A pattern's
place in a table is a sum of steps, one for the answer to each question, so that one changed answer is one addition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain, combinations
from typing import Generic, TypeVar

from msgspec import Struct

from pathfinder.answers.cells import Cell, cells
from pathfinder.answers.scope import Scope, layout, scope_of, truth
from pathfinder.answers.sheet import Answer, AnswerSheet, Certain
from pathfinder.assessment.scoring.cellbook import CellBook, Codes
from pathfinder.assessment.scoring.factors import NEVER, Factor, strides
from pathfinder.assessment.scoring.scorer import NOTHING, Outcome, RuleScore, Scorer, decide
from pathfinder.rulebase.columns import Frame, evaluate
from pathfinder.rulebase.conditions import AllOf, Condition, Value
from pathfinder.rulebase.models import Rule

T = TypeVar("T")
MOST_FOUND = 20_000
"""So many patterns of one table are remembered, where they are worked out as they occur."""

Places = list[tuple[int, float]]
"""Patterns that are possible, each with its probability."""


PatternKey = tuple[int, tuple[str, ...], tuple[tuple[int, ...], ...]]
"""A factor of a table: where it starts, its questions, and their steps."""


class KeptTable(Struct, Generic[T], frozen=True, array_like=True):
    """A table of which every pattern is worked out: its steps, those in the table in which nothing is open, what comes
    out for anybody, which of that for the pattern at each place, and what every pattern comes to in which nothing is
    open."""

    steps: dict[str, tuple[int, ...]]
    inner: dict[str, tuple[int, ...]]
    outcomes: tuple[T, ...]
    places: tuple[int, ...]
    complete: tuple[float, ...]


class Table(Generic[T]):
    """What one part comes to.

    `steps[question][code]` is what an answer adds to the place of a pattern; an open answer adds nothing.
    """

    def __init__(self, book: CellBook, kept: KeptTable[T] | None = None) -> None:
        self._book = book
        self._kept = kept
        self.steps: Mapping[str, tuple[int, ...]] = kept.steps if kept else self._steps()
        self._found: dict[int, T] = {}
        if kept is not None:
            self._inner = kept.inner
            self.complete = kept.complete

    @property
    def scope(self) -> Scope:
        """The questions it looks at, with what it asks of them."""
        raise NotImplementedError

    def _work(self, sheet: AnswerSheet) -> T:
        raise NotImplementedError

    def _steps(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        size = 1
        for question, checks in self.scope.checks.items():
            kinds: dict[tuple[bool, ...], int] = {}
            for cell in self._book.open(question):
                kinds.setdefault(tuple([check.holds(cell.value) for check in checks]), len(kinds) + 1)
            told_apart = [tuple([check.holds(cell.value) for check in checks]) for cell in self._book.open(question)]
            found[question] = (0, *(kinds[kind] * size for kind in told_apart))
            size *= len(kinds) + 1
        return found

    @cached_property
    def _firsts(self) -> dict[str, list[int]]:
        """For each question a code of every kind of answer that it tells apart, by how far they lead."""
        found = {}
        for question, steps in self.steps.items():
            codes = {step: code for code, step in reversed(list(enumerate(steps))) if code}
            found[question] = [codes[step] for step in sorted(codes)]
        return found

    @cached_property
    def size(self) -> int:
        """How many patterns there are."""
        size = 1
        for codes in self._firsts.values():
            size *= len(codes) + 1
        return size

    def at(self, place: int) -> T:
        """What the pattern at a place comes to."""
        try:
            return self._found[place]
        except KeyError:
            if self._kept is not None:
                outcomes = self._kept.outcomes
                self._found = dict(enumerate([outcomes[one] for one in self._kept.places]))
                self._kept = None
            else:
                if len(self._found) >= MOST_FOUND:
                    self._found.clear()
                self._found[place] = self._work(self._sheet(place))
            return self._found[place]

    def _sheet(self, place: int) -> AnswerSheet:
        """A sheet of the pattern at a place."""
        answers: dict[str, Answer] = {}
        for question, codes in self._firsts.items():
            place, kind = divmod(place, len(codes) + 1)
            if kind:
                answers[question] = Certain(self._value(question, codes[kind - 1]))
        return AnswerSheet(answers)

    def _value(self, question: str, code: int) -> Value:
        return self._book.open(question)[code - 1].value

    def place(self, known: Mapping[str, int]) -> int | None:
        """The pattern of some certain and open answers; None where one that it looks at is uncertain."""
        try:
            return sum([steps[known[question]] for question, steps in self.steps.items()])
        except KeyError:
            return None

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

    def pattern(self, possible: Mapping[str, Sequence[int]]) -> PatternKey:
        """What the part can tell of the codes that are possible to each question, everything answered."""
        start, scope, steps = 0, [], []
        for question, inner in self._inner.items():
            codes = possible[question]
            if len(codes) == 1:
                start += inner[codes[0]]
            else:
                scope.append(question)
                whole = isinstance(codes, range)  # of an open question
                steps.append(inner[codes[0] : codes[-1] + 1] if whole else tuple([inner[code] for code in codes]))
        return start, tuple(scope), tuple(steps)

    def factor_of(self, pattern: PatternKey) -> Factor:
        """The part as a factor over the questions to which several codes are possible."""
        start, scope, steps = pattern
        return Factor(scope, steps, self.complete, start)

    @cached_property
    def _inner(self) -> dict[str, tuple[int, ...]]:
        """What each code adds to the place of a pattern in which nothing is open; an open answer has no place there."""
        found, sizes = {}, [len(codes) for codes in self._firsts.values()]
        for (question, steps), stride in zip(self.steps.items(), strides(sizes), strict=True):
            least = min(steps[1:])
            found[question] = (-1, *(stride[step // least - 1] for step in steps[1:]))
        return found

    @cached_property
    def complete(self) -> Sequence[float]:
        """What every pattern comes to in which nothing is open, the last question varying fastest."""
        return self._complete()

    def _complete(self) -> Sequence[float]:
        raise NotImplementedError

    def _everybody(self) -> Frame:
        """Somebody of every pattern in which nothing is open, in that order."""
        return layout(self._book.base, {}, {question: self._cells(question) for question in self.steps}).frame

    def _cells(self, question: str) -> tuple[Cell, ...]:
        """An answer of each kind."""
        return tuple([Cell(self._value(question, code), 1.0) for code in self._firsts[question]])

    def work_out(self) -> KeptTable[T]:
        """The table with every pattern worked out."""
        found = [self.at(place) for place in range(self.size)]
        places: dict[T, int] = {}
        for one in found:
            places.setdefault(one, len(places))
        return KeptTable(
            steps=dict(self.steps),
            inner=self._inner,
            outcomes=tuple(places),
            places=tuple([places[one] for one in found]),
            complete=tuple(self.complete),
        )


class Argument(Table[RuleScore]):
    """What one argument contributes."""

    def __init__(self, book: CellBook, scorer: Scorer, rule: Rule, kept: KeptTable[RuleScore] | None = None) -> None:
        self.rule, self._scorer = rule, scorer
        super().__init__(book, kept)

    @property
    def scope(self) -> Scope:
        """The questions it looks at, with what it asks of them."""
        return self._scorer.scope(self.rule)

    def _work(self, sheet: AnswerSheet) -> RuleScore:
        return self._scorer.score(self.rule, sheet)

    def outcome(self, place: int) -> Outcome | None:
        """What counts for the pattern at a place; None where it is void."""
        found = self.at(place)
        if found.void:
            return None
        if not found.fired:
            return NOTHING
        case = found.fired[0].case
        return self.rule.cases[case].points, case

    def points(self, places: Places) -> float:
        """What counts by expectation over some patterns."""
        if len(places) == 1:
            return self.at(places[0][0]).points
        total = round(sum([weight * self.at(place).points for place, weight in places if weight]), 6)
        return 0.0 if total == 0 else total

    def _complete(self) -> Sequence[float]:
        frame = self._everybody()
        void = evaluate(self.rule.unless, frame).true if self.rule.unless else 0
        outcomes = decide(self.rule.cases, frame).items()
        return _spelled(frame.size, ((float(points), people & ~void) for (points, _), people in outcomes))

    def work_out(self) -> KeptTable[RuleScore]:
        """The table with every pattern worked out: those with the same questions open together."""
        questions = self._book.base.questions
        for unanswered in chain.from_iterable(combinations(self.steps, size) for size in range(len(self.steps) + 1)):
            answered = {key: self._cells(key) for key in self.steps if key not in unanswered}
            free = {key: cells(questions[key], None, self.scope.checks[key]) for key in unanswered}
            places = self.grid([0], {key: self._firsts[key] for key in answered})
            self._found.update(zip(places, self._scorer.scores(self.rule, answered, free), strict=True))
        return super().work_out()


class Truth(Table[bool | None]):
    """Whether some conditions are known to be true together, or known not to be."""

    def __init__(
        self, book: CellBook, conditions: Sequence[Condition], kept: KeptTable[bool | None] | None = None
    ) -> None:
        self._conditions = conditions
        super().__init__(book, kept)

    @cached_property
    def scope(self) -> Scope:
        """The questions they look at, with what they ask of them."""
        return scope_of(self._book.base, self._conditions)

    @cached_property
    def _together(self) -> Condition:
        return self._conditions[0] if len(self._conditions) == 1 else AllOf(tuple(self._conditions))

    def _work(self, sheet: AnswerSheet) -> bool | None:
        return truth(self._book.base, sheet, self._together)

    def _complete(self) -> Sequence[float]:
        """`NEVER` for every pattern in which they are true together, 0 for the others."""
        frame = self._everybody()
        return _spelled(frame.size, [(NEVER, evaluate(self._together, frame).true)])


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
