"""The changed answers that put one path ahead of all others by the most, exactly (branch and bound).

A set of changes is dropped as soon as the best that could still join it, each hurdle looked at by itself, would not
give a larger lead than the best set found so far.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from pathfinder.assessment.hurdles import Gains, Hurdles
from pathfinder.assessment.joint_effects import JointEffects
from pathfinder.assessment.packed import packed

_ENDLESS = 1 << 90
_NEVER = -_ENDLESS


class Found(Struct, frozen=True):
    """Changes, by their places in rising order, and the lead that they give in parts of points."""

    places: tuple[int, ...]
    lead: int


class Race:
    """The search for one path among the changes `allowed`, by place."""

    def __init__(self, effects: JointEffects, hurdles: Hurdles, allowed: Collection[int]) -> None:
        self._hurdles, self._passes = hurdles, hurdles.lanes.passes
        spans = ([place for place in effects.places[question] if place in allowed] for question in effects.questions)
        self._questions = [span for span in spans if span]
        self._never = packed([_NEVER] * len(effects.paths))
        self._tops: dict[int, list[Gains]] = {}
        self._found: Found | None = None
        self._whichever = False
        self._lead = self._bar = 0

    def _top(self, more: int) -> list[Gains]:
        """For each question the most that one of its changes can gain when `more` later ones join it."""
        found = self._tops.get(more)
        if found is None:
            largest, most = self._hurdles.lanes.largest, self._hurdles.most(more)
            found = self._tops[more] = [largest([most[place] for place in span]) for span in self._questions]
        return found

    @cached_property
    def _one_of_the_rest(self) -> list[Gains]:
        """The most that one change can gain that is of the questions from each one on."""
        found = [self._never]
        for alone in reversed(self._top(0)):
            found.append(self._hurdles.lanes.larger(found[-1], alone))
        return found[::-1]

    @cached_property
    def _two_of_the_rest(self) -> list[Gains]:
        """The most that two changes can gain, and play together, that are of the questions from each one on."""
        found = [self._never]
        later = reversed(self._one_of_the_rest[1:])
        for first, one in zip(reversed(self._top(1)), later, strict=True):
            found.append(self._hurdles.lanes.larger(found[-1], first + one))
        return found[::-1]

    def best(self, size: int, *, whichever: bool = False) -> Found | None:
        """The set of exactly `size` changes (1 to 3), of as many questions, that gives the largest lead, or `whichever`
        is found first; None where none puts the path first."""
        self._found, self._whichever = None, whichever
        self._raise(0)
        if size == 1:
            for span in self._questions:
                self._try((), self._hurdles.now, span, [])
        else:
            self._extend((), self._hurdles.now, 0, 0, size - 1)
        return self._found

    def _raise(self, lead: int) -> None:
        self._lead, self._bar = lead, self._hurdles.bar(lead)

    def _extend(self, chosen: tuple[int, ...], gains: Gains, first: int, extras: Gains, more: int) -> None:
        """Add one change, of the questions from `first` on, and then `more` others; the most promising first.
        `extras` is the most that they can gain by playing together with the chosen ones."""
        hurdles = self._hurdles
        alone, beside = hurdles.alone, hurdles.beside(chosen)
        rests, top = self._two_of_the_rest if more == 2 else self._one_of_the_rest, self._top(more)
        promising: list[tuple[int, int, int, Gains, Gains]] = []
        for question in range(first, len(self._questions)):
            rest = rests[question + 1]
            if not self._passes(gains + top[question] + rest + extras, self._bar):
                continue
            for place in self._questions[question]:
                after = gains + alone[place]
                for joint in beside:
                    after += joint.get(place, 0)
                still = hurdles.extras((*chosen, place), more)
                most = after + rest + still
                if self._passes(most, self._bar):
                    promising.append((-hurdles.limit(most), place, question, after, still))
        for limit, place, question, after, still in sorted(promising):
            if -limit <= self._lead:
                return
            if more == 1:
                self._finish((*chosen, place), after, question + 1, still)
            else:
                self._extend((*chosen, place), after, question + 1, still, more - 1)

    def _finish(self, chosen: tuple[int, ...], gains: Gains, first: int, extras: Gains) -> None:
        """Add the last change, of the questions from `first` on."""
        top, beside = self._top(0), self._hurdles.beside(chosen)
        for question in range(first, len(self._questions)):
            if self._passes(gains + top[question] + extras, self._bar):
                self._try(chosen, gains, self._questions[question], beside)

    def _try(
        self, chosen: tuple[int, ...], gains: Gains, span: Sequence[int], beside: Sequence[Mapping[int, Gains]]
    ) -> None:
        """Add each of some changes as the last one."""
        alone = self._hurdles.alone
        for place in span:
            after = gains + alone[place]
            for joint in beside:
                after += joint.get(place, 0)
            if self._passes(after, self._bar):
                lead = self._hurdles.lead(after)
                if lead > self._lead:
                    self._found = Found((*chosen, place), lead)
                    self._raise(_ENDLESS if self._whichever else lead)
