"""Who comes first and who second, for many people at once.

The ranking is that of an assessment: open paths before blocked ones, then by points; the order of the rule base
breaks a tie.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from pathfinder.assessment.completions.planes import Sums


def firsts(everyone: int, sums: Mapping[str, Sums], blocked: Mapping[str, int]) -> dict[str, int]:
    """The people for whom each path is open and comes first."""
    return _firsts(everyone, blocked, _ahead(everyone, sums, blocked))


def seconds(everyone: int, sums: Mapping[str, Sums], blocked: Mapping[str, int]) -> dict[str, int]:
    """The people for whom each path is open and exactly one other comes before it."""
    return _seconds(everyone, blocked, _ahead(everyone, sums, blocked))


def placed(
    everyone: int, sums: Mapping[str, Sums], blocked: Mapping[str, int]
) -> tuple[dict[str, int], dict[str, int]]:
    """Both: the people for whom each path is open and comes first, and second."""
    ahead = _ahead(everyone, sums, blocked)
    return _firsts(everyone, blocked, ahead), _seconds(everyone, blocked, ahead)


def _firsts(everyone: int, blocked: Mapping[str, int], ahead: Mapping[str, list[int]]) -> dict[str, int]:
    best: dict[str, int] = {}
    for path in ahead:
        best[path] = everyone & ~blocked[path]
        for before in ahead[path]:
            best[path] &= before
    return best


def _seconds(everyone: int, blocked: Mapping[str, int], ahead: Mapping[str, list[int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for path in ahead:
        one = several = 0
        for before in ahead[path]:
            several |= one & ~before
            one |= everyone & ~before
        found[path] = one & ~several & ~blocked[path]
    return found


def _ahead(everyone: int, sums: Mapping[str, Sums], blocked: Mapping[str, int]) -> dict[str, list[int]]:
    """For each path, and each other one, the people for whom it stands before that one where it is open itself."""
    found: dict[str, list[int]] = {path: [] for path in sums}
    for earlier, later in combinations(sums, 2):
        more = sums[later].above(sums[earlier])
        found[earlier].append(everyone & ~more | blocked[later])
        found[later].append(more | blocked[earlier])
    return found
