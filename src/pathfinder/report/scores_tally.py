"""What the scores of a whole cohort add up to, counted crowd by crowd, so that memory does not grow with people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import accumulate, compress

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.bulk.coded import flags_of
from pathfinder.assessment.bulk.cohort_counts import ArgumentCounts, OpenCounts
from pathfinder.assessment.bulk.cohort_scores import NONE, CohortScores
from pathfinder.assessment.bulk.sheet_scores import SheetReasons, SheetScores
from pathfinder.rulebase.models import RuleBase

Points = Counter[float]
"""How many people come to each number of points, rounded to tenths, so that there are not too many of them."""


class ScoresTally:
    """A cohort's scores in figures.

    `first` counts the path that ranks first, None where every path is blocked. Of those with another open path, `leads`
    counts how far the first lies before it, `level` those with as many points on both, and `near` those with a lead
    below the margin of the rule base's verdict; for the others it is the only one open (`alone`). `arguments` has to be
    told by whoever scores.
    """

    def __init__(self, base: RuleBase) -> None:
        self.people = self.failed = self.level = self.near = self.alone = 0
        self.first: Counter[str | None] = Counter()
        self.leads = Points()
        self.points = {path: Points() for path in base.path}
        self.blocked: Counter[str] = Counter()
        self.arguments, self.open = ArgumentCounts(), OpenCounts(base)
        self._margin = base.general.verdict.margin

    def add(self, found: CohortScores) -> None:
        """Count people who were scored together."""
        self.people += found.size
        for place, people in Counter(found.best).items():
            self.first[None if place == NONE else found.paths[place]] += people
        compared = self._compared(found)
        self._lead(found.margin if compared is None else compress(found.margin, compared))
        for path in found.paths:
            _count(self.points[path], found.scores[path])
            self.blocked[path] += found.blocked[path].bit_count()

    def _compared(self, found: CohortScores) -> list[bool] | None:
        """Who has a path beside the first one that is open; None for everybody."""
        one = several = 0
        everyone = (1 << found.size) - 1
        for path in found.paths:
            is_open = everyone & ~found.blocked[path]
            several |= one & is_open
            one |= is_open
        self.alone += (one & ~several).bit_count()
        return None if several == everyone else [flag == ord("1") for flag in flags_of(several, found.size)]

    def _lead(self, margins: Iterable[float]) -> None:
        for margin, people in Counter(margins).items():
            self.leads[round(margin, 1)] += people
            self.level += people if margin == 0 else 0
            self.near += people if margin < self._margin else 0

    def add_one(self, sheet: AnswerSheet, reasons: SheetReasons, scores: SheetScores) -> None:
        """Count one person, their arguments and open answers included."""
        self.people += 1
        self.first[scores.best] += 1
        beside = len(scores.scores) - len(scores.blocked)
        self.alone += beside == 1
        self._lead([scores.margin] if beside > 1 else [])
        for path, points in zip(self.points, scores.scores, strict=True):
            _count(self.points[path], [points])
        self.blocked.update(scores.blocked)
        for score in reasons.scores:
            self.arguments.add_one(score.rule, score.points)
        self.open.add_sheet(sheet)


def _count(points: Points, found: Iterable[float]) -> None:
    for one, people in Counter(found).items():
        points[round(one, 1)] += people


def quantile(points: Points, share: float) -> float:
    """The least number of points that this share of people, 0 to 1, do not pass: 0.5 is the median, 1 the most. So at
    most a quarter of all are below the one of 0.25, and at most a quarter above the one of 0.75."""
    ordered = sorted(points)
    reached = accumulate(points[one] for one in ordered)
    wanted = max(1, share * points.total())
    return next(one for one, people in zip(ordered, reached, strict=True) if people >= wanted)
