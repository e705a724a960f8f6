"""Scores alone for one sheet after another: the way for answers that have no place in a column."""

from __future__ import annotations

from msgspec import Struct

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.assess import set_aside
from pathfinder.assessment.ledger import Ledger, in_points
from pathfinder.assessment.scoring import Scorer
from pathfinder.rulebase.models import RuleBase

MOST_KEPT = 1000
"""After so many sheets, what was kept of them is forgotten, so that memory stays flat."""


class SheetScores(Struct, frozen=True):
    """What one person comes to: points on each path in the base's order, the paths that a gate closes, the open path
    that comes first (None where none is open) and its margin (see `CohortScores`)."""

    scores: tuple[float, ...]
    blocked: tuple[str, ...]
    best: str | None
    margin: float


class SheetScorer:
    """Scores sheets on one rule base, as each weighs the criteria."""

    def __init__(self, base: RuleBase) -> None:
        self.base = base
        self._scorer = Scorer(base)
        self._ledger = Ledger(base, self._scorer)
        self._count = 0

    def score(self, sheet: AnswerSheet) -> SheetScores:
        """What a sheet comes to; answers that do not apply are set aside first."""
        self._count += 1
        if self._count % MOST_KEPT == 0:
            self._ledger = Ledger(self.base, self._scorer)
        standing = self._ledger.standing(set_aside(self.base, sheet)[0])
        points = {path: in_points(millionths) for path, millionths in standing.scores.items()}
        ranked = sorted((path for path in points if path not in standing.blocked), key=lambda path: -points[path])
        margin = points[ranked[0]] - (points[ranked[1]] if len(ranked) > 1 else 0) if ranked else 0
        return SheetScores(
            tuple(points.values()),
            tuple(path for path in points if path in standing.blocked),
            ranked[0] if ranked else None,
            round(float(margin), 6),
        )
