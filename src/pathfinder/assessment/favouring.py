"""What somebody would have to value for each path to come first.

Criteria are weighed in every possible way alike: weights of 0 or more that are 1 on average, drawn evenly. Of the
weighings under which a path comes first, the average is its central weight vector (Lahdelma, Hokkanen and Salminen
1998), the most typical weighing of somebody whose path it is.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence

from pathfinder.assessment.completions import SEED
from pathfinder.assessment.result import Favoured
from pathfinder.assessment.scoring import RuleScore
from pathfinder.rulebase.models import RuleBase

DRAWS = 2048
"""Weighings drawn: shares are exact to about 0.02 (95%)."""


def by_criterion(base: RuleBase, scores: Mapping[str, RuleScore]) -> dict[str, dict[str, float]]:
    """The points of each path by criterion."""
    found: dict[str, dict[str, float]] = {}
    for path in base.paths:
        points = found[path.id] = {criterion.id: 0.0 for criterion in base.general.criteria}
        for rule in base.rules_of(path.id):
            points[rule.criterion] = round(points[rule.criterion] + scores[rule.id].points, 6)
    return found


def favoured(
    points: Mapping[str, Mapping[str, float]], blocked: Collection[str], seed: int = SEED, draws: int = DRAWS
) -> tuple[Favoured, ...]:
    """For each open path how often it comes first over all weighings of the criteria, and the central one; `points`
    are those of each path by criterion, in the order of the base."""
    source = random.Random(seed)
    open_paths = [path for path in points if path not in blocked]
    criteria = list(next(iter(points.values())))
    won = dict.fromkeys(open_paths, 0)
    totals = {path: [0.0] * len(criteria) for path in open_paths}
    for _ in range(draws if open_paths else 0):
        weights = _weighing(source, len(criteria))
        first = max(open_paths, key=lambda path: _score(points[path].values(), weights))
        won[first] += 1
        totals[first] = [total + weight for total, weight in zip(totals[first], weights, strict=True)]
    return tuple(
        Favoured(
            path,
            round(won[path] / draws, 4),
            {
                criterion: round(total / won[path], 2)
                for criterion, total in zip(criteria, totals[path], strict=True)
                if won[path]
            },
            draws,
            seed,
        )
        for path in open_paths
    )


def _weighing(source: random.Random, count: int) -> Sequence[float]:
    """Weights that are 1 on average, all such as likely as any other."""
    drawn = [source.expovariate(1.0) for _ in range(count)]
    whole = sum(drawn)
    return [count * one / whole for one in drawn]


def _score(points: Collection[float], weights: Sequence[float]) -> float:
    return sum(one * weight for one, weight in zip(points, weights, strict=True))
