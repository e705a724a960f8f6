"""Rank acceptability: how often each path comes first and second.

Stochastic multicriteria acceptability analysis (Lahdelma, Hokkanen and Salminen 1998) asks it of two doubts, apart
from each other. Over the answers left open: their completions, by plausible shares. Over the points of the rule base,
on the answers as they stand: every argument's points move one step down or up the written scale, or stay. The answers
are listed where they are few; points are always drawn, each argument by itself.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import gcd

from pathfinder.assessment.completions.completing import SEED, Completions
from pathfinder.assessment.completions.mass import Mass
from pathfinder.assessment.completions.placing import placed, seconds
from pathfinder.assessment.completions.planes import Sums, Term, term
from pathfinder.assessment.results.certainty import Acceptability, RankShare
from pathfinder.assessment.scoring.scorer import RuleScore
from pathfinder.rulebase.models import RuleBase

DRAWS = 4096
"""Ways drawn in which the points could have been set."""

ERROR = 1.96 * 0.5
"""Half the width of the 95% interval of a share, times the root of the number of draws, at the most."""

_GRAIN = 60
"""Parts of a point that sums over varied points are counted in."""

_WIDTH = 16


def over_answers(completions: Completions) -> Acceptability:
    """How often each path comes first and second over the completions of the open answers."""
    mass, everyone = completions.mass, completions.frame.everyone
    second = seconds(everyone, completions.sums, completions.blocked)
    return _acceptability("answers", completions.best, second, mass, SEED)


def over_points(
    base: RuleBase, scores: Mapping[str, RuleScore], blocked: frozenset[str], seed: int = SEED, draws: int = DRAWS
) -> Acceptability:
    """How often each path would come first and second had every argument been given one step fewer (a quarter of the
    draws) or more (a quarter) on the rule base's scale, on the answers as they stand."""
    everyone = (1 << draws) - 1
    fired = [score for score in scores.values() if score.fired]
    parts = _parts(base, fired)
    grain = gcd(*[one for points in parts for one in points]) or 1  # sums rank alike, counted in fewer digits
    terms: dict[str, list[Term]] = {path.id: [] for path in base.paths}
    for score, points, people in zip(fired, parts, _steps(len(base.rules), seed, draws)[: len(fired)], strict=True):
        moved = term(everyone, [(some, one // grain) for some, one in zip(people, points, strict=True)])
        for path in base.paths_of(score.rule):
            terms[path].append(moved)
    sums = {path: Sums(draws, _WIDTH) for path in terms}
    for path, mine in terms.items():
        sums[path].add_all(mine)
    shut = {path.id: everyone if path.id in blocked else 0 for path in base.paths}
    first, second = placed(everyone, sums, shut)
    return _acceptability("points", first, second, Mass(draws), seed)


@lru_cache(maxsize=2)
def _steps(count: int, seed: int, draws: int) -> tuple[tuple[int, int, int], ...]:
    """For each of some arguments the draws in which its points stay, rise by a step, and fall by one."""
    source = random.Random(seed)
    everyone, found = (1 << draws) - 1, []
    for _ in range(count):
        usual, moved = source.getrandbits(draws), source.getrandbits(draws)
        found.append((usual, ~usual & moved & everyone, ~usual & ~moved & everyone))
    return tuple(found)


def _scales(base: RuleBase) -> dict[str, tuple[float, ...]]:
    """The sizes of points by criterion, rising, times its weight."""
    sizes = sorted(base.general.scale)
    weights = {criterion.id: base.weights.get(criterion.id, 1.0) for criterion in base.general.criteria}
    return {criterion: tuple([size * weight for size in sizes]) for criterion, weight in weights.items()}


def _parts(base: RuleBase, fired: Sequence[RuleScore]) -> list[list[int]]:
    """What each argument contributes when the points of its cases stay, are a step higher, and a step lower."""
    scales = _scales(base)
    found = []
    for score in fired:
        rule = base.rules[score.rule]
        moved = [(one.share, _around(rule.cases[one.case].points, scales[rule.criterion])) for one in score.fired]
        found.append([round(_GRAIN * sum([share * points[place] for share, points in moved])) for place in range(3)])
    return found


@lru_cache(maxsize=1000)
def _around(points: float, scale: tuple[float, ...]) -> tuple[float, float, float]:
    """Points, and those a step higher and a step lower on a scale."""
    return points, stepped(points, 1, scale), stepped(points, -1, scale)


def stepped(points: float, step: int, scale: Sequence[float]) -> float:
    """Points a step lower (-1) or higher (1) on a scale of sizes, their sign kept. Below its first step lies 0; above
    its last, as much as lies between the last two."""
    size, sign = abs(points), 1 if points > 0 else -1
    if not step or not points:
        return points
    if step < 0:
        return sign * max((one for one in scale if one < size), default=0)
    beyond = size + max((other - one for one, other in list(pairwise(scale))[-1:]), default=1)
    return sign * min((one for one in scale if one > size), default=beyond)


def _acceptability(
    over: str, first: Mapping[str, int], second: Mapping[str, int], mass: Mass, seed: int
) -> Acceptability:
    shares = tuple(
        RankShare(path, round(mass.share(first[path]), 4), round(mass.share(second[path]), 4)) for path in first
    )
    drawn = 0 if mass.exact else mass.size
    error = round(ERROR / drawn**0.5, 4) if drawn else 0.0
    return Acceptability("points" if over == "points" else "answers", shares, mass.exact, drawn, error, seed)
