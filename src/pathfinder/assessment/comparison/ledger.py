"""What many similar sheets come to on one rule base: each part worked out once for the answers that it looks at.

Points are counted in millionths, whole numbers, so that sums and differences are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from pathfinder.answers.facts import Facts
from pathfinder.answers.scope import scope_of, truth
from pathfinder.answers.sheet import Answer, AnswerSheet
from pathfinder.assessment.scoring.scorer import Scorer
from pathfinder.assessment.verdict import decides
from pathfinder.rulebase.conditions import Condition
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.weighing import weighed

MILLION = 1_000_000
AnswerKey = tuple[Answer | None, ...]


def in_points(millionths: int) -> float:
    """Millionths as points."""
    return round(millionths / MILLION, 6)


class Standing(Struct, frozen=True):
    """The paths as they stand on one sheet: their points in millionths, which of them a gate closes, and the roles
    outside the paths that decide."""

    scores: Mapping[str, int]
    blocked: frozenset[str]
    roles: tuple[str, ...]


Result = tuple[tuple[str, ...], str | None]
"""The roles that decide, and the path that comes first; no path where roles decide or none has enough points."""


class Ledger:
    """Points, gates and deciding roles of sheets on one rule base, and which questions each looks at.

    The sheets hold no answers that do not apply; the points are as each sheet weighs the criteria.
    """

    def __init__(self, base: RuleBase, scorer: Scorer) -> None:
        self.base, self.scorer = base, scorer
        self._scorers: dict[tuple[tuple[str, float], ...], Scorer] = {(): scorer}
        self.gate_looks_at = {gate.id: self._questions([gate.when]) for path in base.paths for gate in path.gates}
        self.role_looks_at = {
            role.id: self._questions([role.when, role.decides]) for role in base.other_roles if role.decides is not None
        }
        self._points: dict[tuple[str, float, AnswerKey], int] = {}
        self._shut: dict[tuple[str, AnswerKey], bool] = {}
        self._decides: dict[tuple[str, AnswerKey], bool] = {}

    def _questions(self, conditions: Iterable[Condition]) -> tuple[str, ...]:
        return tuple(scope_of(self.base, conditions).checks)

    def rule_looks_at(self, rule: str) -> tuple[str, ...]:
        """The questions an argument rests on."""
        return tuple(self.scorer.scope(self.base.rules[rule]).checks)

    def points(self, rule: str, sheet: AnswerSheet) -> int:
        """What an argument counts, in millionths."""
        weight = sheet.weights.get(self.base.rules[rule].criterion, 1.0)
        key = (rule, weight, _answers(sheet, self.rule_looks_at(rule)))
        found = self._points.get(key)
        if found is None:
            scorer = self._scorer(sheet.weights)
            scored = scorer.score(scorer.base.rules[rule], sheet).points
            found = self._points[key] = round(scored * MILLION)
        return found

    def _scorer(self, weights: Mapping[str, float]) -> Scorer:
        """The scorer of the rule base as somebody weighs it."""
        told = tuple(sorted((criterion, weight) for criterion, weight in weights.items() if weight != 1))
        if told not in self._scorers:
            self._scorers[told] = Scorer(weighed(self.base, dict(told)))
        return self._scorers[told]

    def standing(self, sheet: AnswerSheet) -> Standing:
        """How the paths stand."""
        points = {rule: self.points(rule, sheet) for rule in self.base.rules}
        scores = {path.id: sum(points[rule.id] for rule in self.base.rules_of(path.id)) for path in self.base.paths}
        return Standing(scores, frozenset(path for path, _ in self.shut(sheet)), self.deciding(sheet))

    def shut(self, sheet: AnswerSheet) -> list[tuple[str, str]]:
        """The gates that close, each with its path before it."""
        found = []
        for path in self.base.paths:
            for gate in path.gates:
                key = (gate.id, _answers(sheet, self.gate_looks_at[gate.id]))
                if key not in self._shut:
                    self._shut[key] = truth(self.base, sheet, gate.when) is True
                if self._shut[key]:
                    found.append((path.id, gate.id))
        return found

    def deciding(self, sheet: AnswerSheet) -> tuple[str, ...]:
        """The roles outside the paths that decide."""
        found = []
        for role in self.base.other_roles:
            if role.id in self.role_looks_at:
                key = (role.id, _answers(sheet, self.role_looks_at[role.id]))
                if key not in self._decides:
                    self._decides[key] = decides(Facts(self.base, sheet), role)
                if self._decides[key]:
                    found.append(role.id)
        return tuple(found)

    def result(self, standing: Standing) -> Result:
        """Who comes first, or what decides instead."""
        return standing.roles, None if standing.roles else self.first(standing)

    def first(self, standing: Standing) -> str | None:
        """The open path with the most points, if these are enough; the base's order breaks a tie."""
        top = self.top(standing)
        enough = standing.scores[top] >= self.base.general.verdict.enough * MILLION
        return top if enough and top not in standing.blocked else None

    def top(self, standing: Standing) -> str:
        """The path that ranks first, whatever the verdict."""
        return min(standing.scores, key=lambda path: (path in standing.blocked, -standing.scores[path]))

    def second(self, standing: Standing, first: str) -> str | None:
        """The best open path besides `first`; None where every other one is blocked."""
        others = {
            path: score for path, score in standing.scores.items() if path != first and path not in standing.blocked
        }
        return max(others, key=lambda path: others[path], default=None)


def _answers(sheet: AnswerSheet, questions: Iterable[str]) -> AnswerKey:
    return tuple(sheet.get(question) for question in questions)
