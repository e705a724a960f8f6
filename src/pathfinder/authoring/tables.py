"""What an argument counts for every combination of some answers, as a list with an entry for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pathfinder.assessment.completions.completing import fires
from pathfinder.rulebase.columns import Frame
from pathfinder.rulebase.models import Rule


def points_of(rule: Rule, frame: Frame) -> list[int]:
    """The points an argument counts for each person of a frame."""
    found = [0] * frame.size
    for outcome in fires(rule, frame):
        if outcome.points:
            for place in members(outcome.people):
                found[place] = outcome.points
    return found


def members(people: int) -> Iterator[int]:
    """The places of the set bits of a bitmap, rising."""
    place = 0
    while people:
        skip = (people & -people).bit_length()
        place += skip
        people >>= skip
        yield place - 1


def digits(place: int, sizes: Sequence[int]) -> tuple[int, ...]:
    """The choice in each dimension of a layout at one place; the last dimension varies fastest."""
    found = []
    for size in reversed(sizes):
        place, choice = divmod(place, size)
        found.append(choice)
    return tuple(reversed(found))
