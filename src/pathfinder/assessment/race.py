"""The changed answers that put one path ahead of all others by the most, exactly (branch and bound).

A set of changes is dropped as soon as the best that could still join it, each hurdle looked at by itself, would not
give a larger lead than the best set found so far.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pathfinder.assessment.hurdles import Gains, Hurdles, plus
from pathfinder.assessment.joint_effects import MOST, JointEffects
from pathfinder.assessment.movers import CLOSED

_NEVER = -(CLOSED**2)


@dataclass(frozen=True)
class Found:
    """Changes, by their places in rising order, and the lead that they give in parts of points."""

    places: tuple[int, ...]
    lead: int


class Race:
    """The search for one path among the changes `allowed`, by place."""

    def __init__(self, effects: JointEffects, hurdles: Hurdles, allowed: Collection[int]) -> None:
        self._hurdles = hurdles
        spans = ([place for place in effects.places[question] if place in allowed] for question in effects.questions)
        self._questions = [span for span in spans if span]
        self._tops = [
            [_top([hurdles.most(place, more) for place in span]) for span in self._questions] for more in range(MOST)
        ]
        self._rest = self._most_of_the_rest()
        self._found: Found | None = None
        self._bar = 0

    def _most_of_the_rest(self) -> dict[int, list[Gains]]:
        """The most that one or two changes can gain, and play together, when they are of the questions from each one
        on."""
        never: Gains = (_NEVER,) * len(self._hurdles.now)
        one, two = [never], [never]
        for alone, first in zip(reversed(self._tops[0]), reversed(self._tops[1]), strict=True):
            two.append(_top([two[-1], plus(first, one[-1])]))
            one.append(_top([one[-1], alone]))
        return {1: one[::-1], 2: two[::-1]}

    def best(self, size: int) -> Found | None:
        """The set of exactly `size` changes (1 to 3), of as many questions, that gives the largest lead; None where
        none puts the path first."""
        self._found, self._bar = None, 0
        if size == 1:
            self._finish((), self._hurdles.now, 0, self._hurdles.nothing)
        else:
            self._extend((), self._hurdles.now, 0, self._hurdles.nothing, size - 1)
        return self._found

    def _extend(self, chosen: tuple[int, ...], gains: Gains, first: int, extras: Gains, more: int) -> None:
        """Add one change, of the questions from `first` on, and then `more` others; the most promising first.
        `extras` is the most that they can gain by playing together with the chosen ones."""
        promising: list[tuple[int, int, int, Gains, Gains]] = []
        for question in range(first, len(self._questions)):
            rest = self._rest[more][question + 1]
            if self._limit(gains, self._tops[more][question], rest, extras) <= self._bar:
                continue
            for place in self._questions[question]:
                after = self._hurdles.joined(gains, chosen, place)
                still = self._hurdles.extras((*chosen, place), more)
                limit = self._limit(after, rest, still)
                if limit > self._bar:
                    promising.append((-limit, place, question, after, still))
        for limit, place, question, after, still in sorted(promising):
            if -limit <= self._bar:
                return
            if more == 1:
                self._finish((*chosen, place), after, question + 1, still)
            else:
                self._extend((*chosen, place), after, question + 1, still, more - 1)

    def _finish(self, chosen: tuple[int, ...], gains: Gains, first: int, extras: Gains) -> None:
        """Add the last change, of the questions from `first` on."""
        for question in range(first, len(self._questions)):
            if self._limit(gains, self._tops[0][question], extras) <= self._bar:
                continue
            for place in self._questions[question]:
                lead = self._hurdles.lead(self._hurdles.joined(gains, chosen, place))
                if lead > self._bar:
                    self._bar, self._found = lead, Found((*chosen, place), lead)

    def _limit(self, *gains: Gains) -> int:
        return self._hurdles.limit(tuple(map(sum, zip(*gains, strict=True))))


def _top(gains: list[Gains]) -> Gains:
    """The most towards each hurdle that any of some gains gives."""
    return tuple(map(max, zip(*gains, strict=True)))
