"""What the scores of a whole cohort add up to, counted crowd by crowd, so that memory does not grow with people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import accumulate

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.bulk.cohort_counts import ArgumentCounts, OpenCounts
from pathfinder.assessment.bulk.cohort_scores import NONE, CohortScores
from pathfinder.assessment.bulk.sheet_scores import SheetReasons, SheetScores
from pathfinder.rulebase.models import RuleBase

Points = Counter[int]
"""How many people come to each number of points, rounded to whole ones."""


class ScoresTally:
    """A cohort's scores in figures. `first` counts the path that ranks first, None where every path is blocked, and
    `leads` how far it lies before the next open one; `arguments` has to be told by whoever scores."""

    def __init__(self, base: RuleBase) -> None:
        self.people = self.failed = 0
        self.first: Counter[str | None] = Counter()
        self.leads = Points()
        self.points = {path: Points() for path in base.path}
        self.blocked: Counter[str] = Counter()
        self.arguments, self.open = ArgumentCounts(), OpenCounts(base)

    def add(self, found: CohortScores) -> None:
        """Count people who were scored together."""
        self.people += found.size
        for place, people in Counter(found.best).items():
            self.first[None if place == NONE else found.paths[place]] += people
        _count(self.leads, found.margin)
        self.leads[0] -= found.best.count(NONE)  # the margin of those who have no first path
        for path in found.paths:
            _count(self.points[path], found.scores[path])
            self.blocked[path] += found.blocked[path].bit_count()

    def add_one(self, sheet: AnswerSheet, reasons: SheetReasons, scores: SheetScores) -> None:
        """Count one person, their arguments and open answers included."""
        self.people += 1
        self.first[scores.best] += 1
        if scores.best is not None:
            _count(self.leads, [scores.margin])
        for path, points in zip(self.points, scores.scores, strict=True):
            _count(self.points[path], [points])
        self.blocked.update(scores.blocked)
        for score in reasons.scores:
            self.arguments.add_one(score.rule, score.points)
        self.open.add_sheet(sheet)


def _count(points: Points, found: Iterable[float]) -> None:
    for one, people in Counter(found).items():
        points[round(one)] += people


def quantile(points: Points, share: float) -> int:
    """The points below which at most this share of people lie: 0 is the least, 0.5 the middle, 1 the most."""
    ordered = sorted(points)
    reached = accumulate(points[one] for one in ordered)
    wanted = share * (points.total() - 1)
    return next(one for one, people in zip(ordered, reached, strict=True) if people > wanted)
