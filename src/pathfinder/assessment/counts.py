"""What every argument counts for one sheet, and would count were some answers others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from pathfinder.answers.scope import scope_of
from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.cellbook import CellBook, Codes
from pathfinder.assessment.kept import Kept
from pathfinder.assessment.pattern_effects import PatternEffects
from pathfinder.assessment.scoring import RuleScore, Scorer
from pathfinder.assessment.tables import Argument, Places, Table, Truth
from pathfinder.rulebase.conditions import Condition
from pathfinder.rulebase.models import RuleBase

Other = Mapping[str, int]
"""Answers that would be others, as codes by question."""

MOST_MOVED = 20_000
"""So many patterns, at most, are remembered with what another answer to one question does to them."""


class Tables:
    """The tables of one rule base: its arguments, gates, and roles outside the paths that can decide."""

    def __init__(self, base: RuleBase, scorer: Scorer, book: CellBook, kept: Kept | None = None) -> None:
        self.base, self.scorer, self.book = base, scorer, book
        self._kept = kept
        self._arguments: dict[str, Argument] = {}
        self.effects: dict[tuple[Argument | Truth, tuple[int, ...], tuple[str, ...]], PatternEffects] = {}
        """What other answers do to a part, kept by `movers` for each pattern that occurred."""
        self.moved: dict[tuple[str, str, int], list[float]] = {}
        """What another answer to one question does to an argument, for each pattern that occurred (see `Counts`)."""

    def argument(self, rule: str) -> Argument:
        """The table of one argument."""
        found = self._arguments.get(rule)
        if found is None:
            kept = self._kept.arguments.get(rule) if self._kept else None
            found = self._arguments[rule] = Argument(self.book, self.scorer, self.base.rules[rule], kept)
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
        self._places: dict[str, Places] = {}
        self._scores: dict[str, RuleScore] = {}
        self._held: dict[Truth, bool] = {}

    def score(self, rule: str) -> RuleScore:
        """What an argument contributes."""
        found = self._scores.get(rule)
        if found is None:
            places = self._of(rule)
            if len(places) == 1:
                found = self.tables.argument(rule).at(places[0][0])
            else:
                found = self.tables.scorer.score(self.tables.base.rules[rule], self.sheet)
            self._scores[rule] = found
        return found

    def _of(self, rule: str) -> Places:
        """The patterns of an argument that the sheet leaves possible."""
        found = self._places.get(rule)
        if found is None:
            found = self._places[rule] = self.tables.argument(rule).places(self.codes)
        return found

    def moved(self, rule: str, question: str) -> list[float]:
        """By how many points more an argument would count, were one answer another, by the code of that one."""
        places = self._of(rule)
        if len(places) > 1:
            return self._moves(rule, question)
        kept, key = self.tables.moved, (rule, question, places[0][0])
        found = kept.get(key)
        if found is None:
            if len(kept) >= MOST_MOVED:
                kept.clear()
            found = kept[key] = self._moves(rule, question)
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

    def of_pattern(self, table: Argument | Truth) -> Counts:
        """The same for nothing but the pattern of answers that one part sees, all of which are certain or open."""
        known = self.codes.known
        found = Counts.__new__(Counts)
        found.tables, found.codes = self.tables, Codes({question: known[question] for question in table.steps}, {})
        return found

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
