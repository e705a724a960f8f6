"""Parts of a rule base as functions of patterns: the kinds of answer that somebody gave to the few questions of a part.

Everybody with the same pattern has the same outcome. So each pattern is worked out once, by the same scorer and the
same evaluation as a single sheet, and then looked up for everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from math import prod

from pathfinder.answers.cells import AnyCheck, Cell, cells
from pathfinder.answers.scope import Scope, layout, scope_of
from pathfinder.assessment.bulk.coded import OPEN, Column
from pathfinder.assessment.bulk.decision_table import LANES, Chain, chain_of
from pathfinder.assessment.scoring.scorer import Scorer
from pathfinder.rulebase.columns import evaluate
from pathfinder.rulebase.conditions import Condition, Value
from pathfinder.rulebase.models import Rule, RuleBase

MOST_PATTERNS = 16_384
"""Up to so many patterns are all worked out beforehand; of more, those that occur."""

MOST_SEEN = 100_000
"""So many patterns that occurred are remembered."""

Checks = tuple[AnyCheck, ...]
Answered = Mapping[str, tuple[Value, ...]]
Worker = Callable[[Answered, Sequence[str]], list[int]]
"""Outcomes for every combination of some answers, the last varying fastest, while some other questions are open."""


class Kinds:
    """The kinds of answer to a question that some checks can tell apart, numbered from 1; an open answer is 0."""

    def __init__(self, cells_: tuple[Cell, ...], checks: Checks) -> None:
        self.values = tuple(cell.value for cell in cells_)
        self._checks = checks
        self._number = {self._kind(value): number for number, value in enumerate(self.values, start=1)}

    def __len__(self) -> int:
        return len(self.values) + 1

    def translation(self, values: Iterable[Value]) -> bytes:
        """From the codes of a column to kinds."""
        found = bytes([OPEN, *(self._number[self._kind(value)] for value in values)])
        return found + bytes(LANES - len(found))

    def _kind(self, value: Value) -> tuple[bool, ...]:
        return tuple(check.holds(value) for check in self._checks)


class Pattern:
    """One part of a rule base: its questions with the checks on them, and an outcome below 256 for each pattern."""

    def __init__(self, base: RuleBase, scope: Scope, work: Worker, most: int = MOST_PATTERNS) -> None:
        self.scope = scope
        self._kinds = {
            key: Kinds(cells(base.questions[key], None, checks), checks) for key, checks in scope.checks.items()
        }
        self._work = work
        self._seen: dict[tuple[int, ...], int] = {}
        sizes = self.sizes
        self._chain: Chain | None = None
        if self._kinds and prod(sizes) <= most:
            self._chain = chain_of(self._table(sizes), sizes)

    def outcomes(self, size: int, read: Reader) -> bytes:
        """What comes out for each of `size` people; `read` gives their kinds of answer."""
        asked = [(key, self.scope.checks[key], kinds) for key, kinds in self._kinds.items()]
        if self._chain is not None:
            states = (
                read.kinds(*asked[0])
                if len(asked) == 1
                else self._chain.states(size, [read.lanes(*one) for one in asked])
            )
            return self._chain.outcomes(states)
        columns = [read.kinds(*one) for one in asked]
        if not columns:
            return bytes(self._work({}, ())) * size
        return bytes(map(self._one, zip(*columns, strict=True)))

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many kinds of answer to each question are told apart."""
        return tuple(len(kinds) for kinds in self._kinds.values())

    def whole(self) -> tuple[dict[str, tuple[Value, ...]], bytes]:
        """The outcome of every pattern, the last question varying fastest, and what the kinds of answer to each
        question stand for, from 1 on; 0 is an open answer."""
        values = {key: kinds.values for key, kinds in self._kinds.items()}
        if not values:
            return values, bytes(self._work({}, ()))
        return values, self._table(self.sizes)

    def _one(self, pattern: tuple[int, ...]) -> int:
        found = self._seen.get(pattern)
        if found is None:
            kinds = list(zip(self._kinds.items(), pattern, strict=True))
            answered = {key: (one.values[number - 1],) for (key, one), number in kinds if number != OPEN}
            unanswered = [key for (key, _), number in kinds if number == OPEN]
            found = self._work(answered, unanswered)[0]
            if len(self._seen) < MOST_SEEN:
                self._seen[pattern] = found
        return found

    def _table(self, sizes: Sequence[int]) -> bytes:
        """An outcome for every pattern, the last question varying fastest."""
        steps = {key: prod(sizes[place + 1 :]) for place, key in enumerate(self._kinds)}
        table = bytearray(prod(sizes))
        for unanswered in _subsets(tuple(self._kinds)):
            answered = {key: kinds.values for key, kinds in self._kinds.items() if key not in unanswered}
            places = [0]
            for key, values in answered.items():
                places = [place + steps[key] * (number + 1) for place in places for number in range(len(values))]
            for place, outcome in zip(places, self._work(answered, unanswered), strict=True):
                table[place] = outcome
        return bytes(table)


def _subsets(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(words, size) for size in range(len(words) + 1))


def argument(scorer: Scorer, rule: Rule, values: Sequence[float], most: int = MOST_PATTERNS) -> Pattern:
    """An argument: the outcome is the place of its points among `values`."""
    base, scope = scorer.base, scorer.scope(rule)
    places = {value: place for place, value in enumerate(values)}

    def work(answered: Answered, unanswered: Sequence[str]) -> list[int]:
        free = {key: cells(base.questions[key], None, scope.checks[key]) for key in unanswered}
        return [places[points] for points in scorer.table(rule, {}, free, answered)]

    return Pattern(base, scope, work, most)


def known_truth(base: RuleBase, condition: Condition, most: int = MOST_PATTERNS) -> Pattern:
    """A condition: 1 where it is known to be true, else 0."""

    def work(answered: Answered, _unanswered: Sequence[str]) -> list[int]:
        frame = layout(base, {key: tuple(Cell(value, 1.0) for value in values) for key, values in answered.items()}, {})
        true = evaluate(condition, frame.frame).true
        size = frame.frame.size
        return [true >> place & 1 for place in range(size)]

    return Pattern(base, scope_of(base, [condition]), work, most)


class Translations:
    """From the codes of columns to kinds of answer, kept as long as the codes stand for the same."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, Checks], tuple[tuple[Value, ...], bytes]] = {}

    def of(self, question: str, checks: Checks, kinds: Kinds, values: tuple[Value, ...]) -> bytes:
        """The translation of a question's column whose codes stand for these values."""
        known = self._known.get((question, checks))
        if known is None or known[0] != values:
            known = self._known[question, checks] = (values, kinds.translation(values))
        return known[1]


class Reader:
    """Kinds of answer of `size` people who follow one another, each worked out once: many parts tell the answers to a
    question apart alike."""

    def __init__(self, columns: Mapping[str, Column], size: int, start: int, translations: Translations) -> None:
        self._columns, self.size, self._start = columns, size, start
        self._translations = translations
        self._known: dict[tuple[str, Checks], bytes] = {}
        self._lanes: dict[tuple[str, Checks], int] = {}

    def kinds(self, question: str, checks: Checks, kinds: Kinds) -> bytes:
        """Everybody's kind of answer to a question."""
        found = self._known.get((question, checks))
        if found is None:
            found = self._known[question, checks] = self._read(question, checks, kinds)
        return found

    def lanes(self, question: str, checks: Checks, kinds: Kinds) -> int:
        """The same as one number, a byte for each person."""
        found = self._lanes.get((question, checks))
        if found is None:
            found = self._lanes[question, checks] = int.from_bytes(self.kinds(question, checks, kinds), "little")
        return found

    def _read(self, question: str, checks: Checks, kinds: Kinds) -> bytes:
        column = self._columns.get(question)
        if column is None:
            return bytes(self.size)
        codes = column.codes[self._start : self._start + self.size]
        return codes.translate(self._translations.of(question, checks, kinds, column.values))
