"""Rank acceptability: how often each path comes first and second.

Stochastic multicriteria acceptability analysis (Lahdelma, Hokkanen and Salminen 1998) asks it of two doubts, apart
from each other. Over the answers left open: their completions, by plausible shares. Over the points of the rule base,
on the answers as they stand: every argument's points move one step down or up the written scale, or stay. The answers
are listed where they are few; points are always drawn, each argument by itself.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pathfinder.assessment.completions import SEED, Completions
from pathfinder.assessment.mass import Mass
from pathfinder.assessment.placing import firsts, seconds
from pathfinder.assessment.planes import Sums
from pathfinder.assessment.result_certainty import Acceptability, RankShare
from pathfinder.assessment.scoring import RuleScore
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
    source = random.Random(seed)
    sums = {path.id: Sums(draws, _WIDTH) for path in base.paths}
    everyone = (1 << draws) - 1
    for rule, score in scores.items():
        if not score.fired:
            continue
        usual, moved = source.getrandbits(draws), source.getrandbits(draws)
        for people, step in ((usual, 0), (~usual & moved & everyone, 1), (~usual & ~moved & everyone, -1)):
            parts = round(_GRAIN * _moved_points(base, rule, score, step))
            for path in base.paths_of(rule):
                sums[path].add(people, parts)
    shut = {path.id: everyone if path.id in blocked else 0 for path in base.paths}
    return _acceptability("points", firsts(everyone, sums, shut), seconds(everyone, sums, shut), Mass(draws), seed)


def _moved_points(base: RuleBase, rule: str, score: RuleScore, step: int) -> float:
    """What an argument contributes when the points of its cases are a step lower (-1) or higher (1)."""
    weight = base.weights.get(base.rules[rule].criterion, 1.0)
    scale = [size * weight for size in sorted(base.general.scale)]
    cases = base.rules[rule].cases
    return sum(fired.share * stepped(cases[fired.case].points, step, scale) for fired in score.fired)


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
