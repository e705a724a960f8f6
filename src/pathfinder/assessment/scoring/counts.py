"""What every argument counts for one sheet, and would count were some answers others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from pathfinder.answers.cells import cells
from pathfinder.answers.scope import scope_of
from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.scoring.cellbook import CellBook, Codes
from pathfinder.assessment.scoring.factors import Factor
from pathfinder.assessment.scoring.kept import Kept
from pathfinder.assessment.scoring.scorer import RuleScore, Scorer, combined
from pathfinder.assessment.scoring.tables import Argument, PatternKey, Places, Table, Truth
from pathfinder.rulebase.conditions import Condition
from pathfinder.rulebase.models import RuleBase

MOST_FACTORS = 4_000
"""Factors that are kept, of all tables of a rule base together."""

Other = Mapping[str, int]
"""Answers that would be others, as codes by question."""

MOST_MOVED = 20_000
"""So many patterns, at most, are remembered with what another answer to one question does to them."""


class Terms(NamedTuple):
    """Tables that are added up, and others that are taken off; `shared` are the questions that several look at."""

    gains: tuple[Argument | Truth, ...]
    losses: tuple[Argument | Truth, ...]
    shared: frozenset[str]


class Span(NamedTuple):
    """How many points an argument can move between any two sheets, at most, and the paths that it is on."""

    points: float
    on: tuple[str, ...]


def _terms(gains: Sequence[Argument | Truth], losses: Sequence[Argument | Truth]) -> Terms:
    looked_at = Counter([question for table in (*gains, *losses) for question in table.steps])
    shared = frozenset([question for question, times in looked_at.items() if times > 1])
    return Terms(tuple(gains), tuple(losses), shared)


class Tables:
    """The tables of one rule base: its arguments, gates, and roles outside the paths that can decide."""

    def __init__(self, base: RuleBase, scorer: Scorer, book: CellBook, kept: Kept | None = None) -> None:
        self.base, self.scorer, self.book = base, scorer, book
        self._kept = kept
        self._arguments: dict[str, Argument] = {}
        self._terms: dict[tuple[str, ...], Terms] = {}
        self._spans: dict[str, Span] = {}
        self._factors: dict[tuple[Argument | Truth, PatternKey], Factor] = {}
        self.moved: dict[tuple[str, str, tuple[tuple[int, float], ...]], list[float]] = {}
        """What another answer to one question does to an argument, for each pattern that occurred (see `Counts`)."""

    def argument(self, rule: str) -> Argument:
        """The table of one argument."""
        found = self._arguments.get(rule)
        if found is None:
            kept = self._kept.arguments.get(rule) if self._kept else None
            found = self._arguments[rule] = Argument(self.book, self.scorer, self.base.rules[rule], kept)
        return found

    def span(self, rule: str) -> Span:
        """The span of one argument."""
        found = self._spans.get(rule)
        if found is None:
            points = [case.points for case in self.base.rules[rule].cases]
            found = self._spans[rule] = Span(max(0, *points) - min(0, *points), self.base.paths_of(rule))
        return found

    def factor(self, table: Argument | Truth, possible: Mapping[str, Sequence[int]]) -> Factor:
        """A part as a factor over the questions to which several codes are possible; kept for others of its pattern."""
        key = (table, table.pattern(possible))
        found = self._factors.get(key)
        if found is None:
            if len(self._factors) >= MOST_FACTORS:
                self._factors.clear()
            found = self._factors[key] = table.factor_of(key[1])
        return found

    def total(self, path: str) -> Terms:
        """What a path's score is a sum of."""
        found = self._terms.get((path,))
        if found is None:
            found = self._terms[path,] = _terms([self.argument(rule.id) for rule in self.base.rules_of(path)], [])
        return found

    def lead(self, path: str, over: str) -> Terms:
        """What a path's lead over another is a sum of, where the path is open."""
        found = self._terms.get((path, over))
        if found is None:
            mine, theirs = ([self.argument(rule.id) for rule in self.base.rules_of(one)] for one in (path, over))
            gains: list[Argument | Truth] = [one for one in mine if one not in theirs]
            gains += [gate for on, gate in self.gates if on == path]
            found = self._terms[path, over] = _terms(gains, [one for one in theirs if one not in mine])
        return found

    @cached_property
    def gates(self) -> tuple[tuple[str, Truth], ...]:
        """The gates, each with its path before it; those with one condition share a table."""
        gates = [(path.id, gate.when) for path in self.base.paths for gate in path.gates]
        kept = self._kept.gates if self._kept else [None] * len(gates)
        tables: dict[Condition, Truth] = {}
        for (_, when), one in zip(gates, kept, strict=True):
            if when not in tables:
                tables[when] = Truth(self.book, [when], one)
        return tuple((path, tables[when]) for path, when in gates)

    @cached_property
    def roles(self) -> tuple[Truth, ...]:
        """The roles outside the paths that can decide."""
        roles = [[role.when, role.decides] for role in self.base.other_roles if role.decides is not None]
        kept = self._kept.roles if self._kept else [None] * len(roles)
        return tuple(Truth(self.book, when, one) for when, one in zip(roles, kept, strict=True))

    @cached_property
    def looking_at(self) -> dict[str, tuple[str, ...]]:
        """The arguments that look at each question."""
        found: dict[str, list[str]] = {}
        for rule in self.base.rules:
            for question in self.argument(rule).steps:
                found.setdefault(question, []).append(rule)
        return {question: tuple(rules) for question, rules in found.items()}

    @cached_property
    def shares_hang_on(self) -> dict[str, frozenset[str]]:
        """For each question the others on which its plausible shares hang."""
        if self._kept:
            return self._kept.shares_hang_on
        return {
            question: frozenset(scope_of(self.base, conditions).checks)
            for question, conditions in self.base.given.items()
            if conditions
        }


class Counts:
    """The arguments, gates and roles for one sheet."""

    def __init__(self, tables: Tables, sheet: AnswerSheet) -> None:
        self.tables, self.sheet = tables, sheet
        self.codes: Codes = tables.book.codes(sheet)
        self._scores: dict[str, RuleScore] = {}
        self._held: dict[Truth, bool] = {}
        self._patterns: dict[Argument | Truth, tuple[tuple[int, float], ...]] = {}

    @cached_property
    def possible(self) -> dict[str, Sequence[int]]:
        """The codes that are possible to each question."""
        return self.tables.book.possible(self.codes)

    def score(self, rule: str) -> RuleScore:
        """What an argument contributes."""
        found = self._scores.get(rule)
        if found is None:
            table = self.tables.argument(rule)
            place = table.place(self.codes.known)
            found = self._scores[rule] = table.at(place) if place is not None else self._expected(table)
        return found

    def _expected(self, table: Argument) -> RuleScore:
        """What an argument contributes that looks at uncertain answers: what it would for each of them, weighed."""
        known, uncertain = self.codes.known, self.codes.uncertain
        own = {question: self._cells(table, question) for question in table.steps if question in uncertain}
        places = table.places(Codes(known, own))
        if len(places) == 1:
            return table.at(places[0][0])
        factor = self.tables.factor(table, self.possible)
        order = [*own, *(question for question in table.steps if question not in own)]
        still = tuple([question for question in order if question in factor.moving])
        return combined(table.rule, [(weight, table.outcome(place)) for place, weight in places], *factor.bounds, still)

    def _cells(self, table: Argument, question: str) -> tuple[tuple[int, float], ...]:
        """The answers, told apart by nothing but the argument, that are possible to a question, with their weights."""
        book, checks = self.tables.book, table.scope.checks[question]
        found = cells(self.tables.base.questions[question], self.sheet.get(question), checks)
        return tuple([(book.code(question, cell.value), cell.weight) for cell in found])

    def moved(self, rule: str, question: str) -> list[float]:
        """By how many points more an argument would count, were one answer another, by the code of that one."""
        kept, key = self.tables.moved, (rule, question, self.pattern(self.tables.argument(rule)))
        found = kept.get(key)
        if found is None:
            if len(kept) >= MOST_MOVED:
                kept.clear()
            found = kept[key] = self._moves(rule, question)
        return found

    def pattern(self, table: Argument | Truth) -> tuple[tuple[int, float], ...]:
        """All that a part can tell of the sheet: the patterns that are possible, each with its probability."""
        found = self._patterns.get(table)
        if found is None:
            place = table.place(self.codes.known)
            found = tuple(table.places(self.codes)) if place is None else ((place, 1.0),)
            self._patterns[table] = found
        return found

    def _moves(self, rule: str, question: str) -> list[float]:
        table = self.tables.argument(rule)
        steps = table.steps[question]
        codes = dict(zip(steps, range(len(steps)), strict=True))
        now, after = self.score(rule).points, self.grid(table, {question: list(codes.values())})
        moved = dict(zip(codes, [points - now for points in after], strict=True))
        return [moved[step] for step in steps]

    def points(self, rule: str, other: Other) -> float:
        """What an argument would count, were some answers others."""
        return self.grid(self.tables.argument(rule), {question: (code,) for question, code in other.items()})[0]

    def grid(self, table: Argument, other: Mapping[str, Sequence[int]]) -> list[float]:
        """The points that an argument would count for every combination of other answers, the last question varying
        fastest."""
        left = self._left(table, other)
        if len(left) == 1:
            return [table.at(place).points for place in table.grid([left[0][0]], other)]
        whole = [table.grid([place], other) for place, _ in left]
        return [
            table.points([(place, weight) for place, (_, weight) in zip(places, left, strict=True)])
            for places in zip(*whole, strict=True)
        ]

    def truths(self, table: Truth, other: Mapping[str, Sequence[int]]) -> list[bool]:
        """Whether conditions would be known to be true, for every combination of other answers."""
        whole = [table.grid([place], other) for place, _ in self._left(table, other)]
        return [all(table.at(place) is True for place in places) for places in zip(*whole, strict=True)]

    def _left(self, table: Table[RuleScore] | Table[bool | None], other: Mapping[str, object]) -> Places:
        """The patterns of everything but some answers."""
        return table.places(self.codes, other)

    def blocked(self, other: Other | None = None) -> frozenset[str]:
        """The paths that a gate would close, were some answers others."""
        return frozenset([path for path, gate in self.tables.gates if self._holds(gate, other or {})])

    def blocked_by(self, question: str) -> list[frozenset[str]]:
        """The paths that a gate would close, were one answer another, by the code of that one, from 1."""
        codes = range(1, len(self.tables.book.open(question)) + 1)
        closing: list[tuple[str, list[bool]]] = []
        tables: dict[Truth, list[bool]] = {}
        for path, gate in self.tables.gates:
            if gate not in tables:
                looks = question in gate.steps
                tables[gate] = self.truths(gate, {question: codes}) if looks else [self._holds(gate, {})] * len(codes)
            closing.append((path, tables[gate]))
        return [frozenset([path for path, shut in closing if shut[code - 1]]) for code in codes]

    def outside(self, other: Other | None = None) -> bool:
        """Whether the person would belong outside the paths."""
        return any(self._holds(role, other or {}) for role in self.tables.roles)

    def _holds(self, table: Truth, other: Other) -> bool:
        mine = {question: (code,) for question, code in other.items() if question in table.steps}
        if mine:
            return self.truths(table, mine)[0]
        found = self._held.get(table)
        if found is None:
            found = self._held[table] = self.truths(table, {})[0]
        return found
