"""Who comes first and who second, for many people at once.

The ranking is that of an assessment: open paths before blocked ones, then by points; the order of the rule base
breaks a tie.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pathfinder.assessment.planes import Sums


def firsts(everyone: int, sums: Mapping[str, Sums], blocked: Mapping[str, int]) -> dict[str, int]:
    """The people for whom each path is open and comes first."""
    best: dict[str, int] = {}
    for path in sums:
        best[path] = everyone & ~blocked[path]
        for behind in _behind(path, everyone, sums, blocked):
            best[path] &= behind
    return best


def seconds(everyone: int, sums: Mapping[str, Sums], blocked: Mapping[str, int]) -> dict[str, int]:
    """The people for whom each path is open and exactly one other comes before it."""
    found: dict[str, int] = {}
    for path in sums:
        one = several = 0
        for behind in _behind(path, everyone, sums, blocked):
            several |= one & ~behind
            one |= everyone & ~behind
        found[path] = one & ~several & ~blocked[path]
    return found


def _behind(path: str, everyone: int, sums: Mapping[str, Sums], blocked: Mapping[str, int]) -> Iterator[int]:
    """For each other path the people for whom it stands behind an open `path`."""
    order = list(sums)
    for other in order:
        if other != path:
            if order.index(path) < order.index(other):
                beaten = everyone & ~sums[other].above(sums[path])
            else:
                beaten = sums[path].above(sums[other])
            yield beaten | blocked[other]
