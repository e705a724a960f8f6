"""What somebody would have to value for each path to come first.

Criteria are weighed in every possible way alike: weights of 0 or more that are 1 on average, drawn evenly. Of the
weighings under which a path comes first, the average is its central weight vector (Lahdelma, Hokkanen and Salminen
1998), the most typical weighing of somebody whose path it is. All draws are worked out at once, side by side in whole
numbers of as many lanes.
"""

from __future__ import annotations

import random
import sys
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations

from pathfinder.assessment.completions.completing import SEED
from pathfinder.assessment.results.certainty import Favoured
from pathfinder.assessment.scoring.scorer import RuleScore
from pathfinder.rulebase.models import RuleBase

DRAWS = 2048
"""Weighings drawn: shares are exact to about 0.02 (95%)."""

_BITS = 64
"""Bits of a lane: what a path comes to in one draw."""

_HALF = _BITS // 2

_PARTS = 1 << 16
"""Parts that a weight is counted in."""

_MILLION = 1_000_000
"""Parts that points are counted in."""


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
    open_paths = [path for path in points if path not in blocked]
    criteria = list(next(iter(points.values())))
    weights, paired = _weighings(len(criteria), seed, draws), _paired(len(criteria), seed, draws)
    worth = [_worth(points[path].values(), weights, draws) for path in open_paths]
    found = []
    for path, people in zip(open_paths, _firsts(worth, draws), strict=True):
        won = people.bit_count()
        sums = _totals(paired, _filled(people), draws) if won else []
        central = {criterion: round(whole / _PARTS / won, 2) for criterion, whole in zip(criteria, sums, strict=False)}
        found.append(Favoured(path, round(won / draws, 4), central, draws, seed))
    return tuple(found)


@cache
def _weighings(count: int, seed: int, draws: int) -> tuple[int, ...]:
    """For each criterion its weight in every draw, a lane each: weights that are 1 on average, all such as likely as
    any other."""
    source = random.Random(seed)
    columns = [array("Q") for _ in range(count)]
    for _ in range(draws):
        drawn = [source.expovariate(1.0) for _ in range(count)]
        whole = sum(drawn)
        for column, one in zip(columns, drawn, strict=True):
            column.append(round(count * one / whole * _PARTS))
    return tuple(int.from_bytes(column.tobytes(), sys.byteorder) for column in columns)


@cache
def _paired(count: int, seed: int, draws: int) -> tuple[int, ...]:
    """The same weights, those of two criteria to a lane."""
    weights = (*_weighings(count, seed, draws), 0)
    return tuple([weights[place] | weights[place + 1] << _HALF for place in range(0, count, 2)])


def _worth(points: Iterable[float], weights: Sequence[int], draws: int) -> int:
    """What a path comes to in every draw, counted from a number that keeps all lanes above zero."""
    found = _every(draws, 1 << (_BITS - 2))
    for one, mine in zip(points, weights, strict=True):
        if one:
            found += round(one * _MILLION) * mine
    return found


def _firsts(worth: Sequence[int], draws: int) -> list[int]:
    """For each path the draws in which it comes first, as the highest bit of a lane; an earlier one wins a tie."""
    high = _every(draws, 1 << (_BITS - 1))
    found = [high] * len(worth)
    for earlier, later in combinations(range(len(worth)), 2):
        at_least = ((worth[earlier] | high) - worth[later]) & high
        found[earlier] &= at_least
        found[later] &= ~at_least
    return found


def _every(draws: int, number: int) -> int:
    """The same number in every lane."""
    return int.from_bytes(number.to_bytes(_BITS // 8, sys.byteorder) * draws, sys.byteorder)


def _filled(highest: int) -> int:
    """All lower bits of the lanes whose highest bit is set."""
    return highest - (highest >> (_BITS - 1))


def _totals(paired: Iterable[int], wanted: int, draws: int) -> list[int]:
    """For each criterion its weights in some draws, added up: the upper half of all lanes to the lower one, and so on,
    as long as there are several. Weights are 1 on average, so that no sum of them outgrows half of a lane."""
    found = []
    for mine in paired:
        left, lanes = mine & wanted, draws
        while lanes > 1:
            lanes = (lanes + 1) // 2
            left = (left >> lanes * _BITS) + (left & ((1 << lanes * _BITS) - 1))
        found += [left & ((1 << _HALF) - 1), left >> _HALF]
    return found
