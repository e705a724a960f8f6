"""What changed answers do to the points of every path, alone and together, exactly.

An argument that looks at one changed question moves by itself; where it looks at several, what they do together is
not the sum of what each does alone. So the effect of a set of changes is a sum over its members, plus an extra for
every two of them, and for all three, that one argument looks at. Such extras are few; with them any set of up to
three changes is added up instead of scored.

A gate counts as an argument with more points against its path than all others could make up, another role that
decides as one against every path.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from pathfinder.assessment.changes.movers import Movers
from pathfinder.assessment.changes.pattern_effects import Extras
from pathfinder.assessment.scoring.counts import Counts

MOST = 3
"""Changes in the largest sets whose effect is known."""


class JointEffects:
    """The effects of changed answers for one person: lists for every mover, in the order of all movers."""

    def __init__(self, movers: Movers, counts: Counts) -> None:
        self.movers = movers
        self._effects = [mover.effects(counts) for mover in movers.all]

    @cached_property
    def now(self) -> list[int]:
        """What each mover comes to."""
        return [one.now for one in self._effects]

    @cached_property
    def alone(self) -> list[list[tuple[int, int]]]:
        """What changes do by themselves."""
        return [one.alone for one in self._effects]

    @cached_property
    def twos(self) -> list[Extras]:
        """What they do beyond that in twos."""
        return [one.twos for one in self._effects]

    @cached_property
    def threes(self) -> list[Extras]:
        """What they do beyond that in threes."""
        return [one.threes for one in self._effects]

    def closing(self, path: str, size: int) -> Iterator[tuple[tuple[int, ...], int]]:
        """What sets of `size` changes (1 to 3) do to gates of a path and to roles outside the paths: their places, and
        parts of points."""
        for number in self.movers.closing[path]:
            if size == 1:
                yield from (((place,), parts) for place, parts in self.alone[number])
            else:
                for one in (self.twos if size == 2 else self.threes)[number].joining:
                    yield from (((*one.places, last), parts) for last, parts in one.extras.items())
