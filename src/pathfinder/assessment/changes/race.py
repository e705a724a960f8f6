"""The changed answers that put one path ahead of all others by the most, exactly (branch and bound).

A set of changes is dropped as soon as the best that could still join it, each hurdle looked at by itself, would not
give a larger lead than the best set found so far.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cached_property
from typing import NamedTuple

from pathfinder.assessment.changes.hurdles import Gains, Hurdles

_ENDLESS = 1 << 90


class Found(NamedTuple):
    """Changes, by their places in rising order, and the lead that they give in parts of points."""

    places: tuple[int, ...]
    lead: int


class Race:
    """The search for one path among sets of `size` changes (1 to 3), of as many questions, that are `allowed`; there
    must be no smaller set that puts it first."""

    def __init__(self, hurdles: Hurdles, size: int, allowed: Set[int]) -> None:
        self._hurdles, self._size = hurdles, size
        spans = [[place for place in span if place in allowed] for span in hurdles.spans(size)]
        self._questions = [hurdles.worth_trying(span, size) for span in spans if span] if size > 1 else spans
        self._never = hurdles.lanes.every(-_ENDLESS)
        self._high = hurdles.lanes.high
        self._found: Found | None = None
        self._whichever = False
        self._lead = self._bar = 0

    def best(self, *, whichever: bool = False) -> Found | None:
        """The set that gives the largest lead, or `whichever` is found first; None where none puts the path first."""
        self._found, self._whichever = None, whichever
        self._raise(0)
        now = self._hurdles.now
        if self._size == 1:
            for span in self._questions:
                for place in span:
                    self._try((place,), now + self._hurdles.alone[place])
        elif self._size == 2:
            self._second((), now, 0)
        else:
            self._first_of_three(now)
        return self._found

    def _raise(self, lead: int) -> None:
        self._lead, self._bar = lead, self._hurdles.bar(lead)

    def _try(self, places: tuple[int, ...], gains: Gains) -> None:
        """Keep a set that gives a larger lead than the best one so far."""
        if (gains + self._bar) & self._high == self._high:
            lead = self._hurdles.lead(gains)
            if lead > self._lead:
                self._found = Found(places, lead)
                self._raise(_ENDLESS if self._whichever else lead)

    def _first_of_three(self, now: Gains) -> None:
        """Choose the first change of three, the most promising first."""
        hurdles, high = self._hurdles, self._high
        alone, with_two = hurdles.alone, hurdles.with_two_later
        promising = []
        for question, span in enumerate(self._questions[:-2]):
            rest = now + self._two_of_the_rest[question + 1]
            for place in span:
                most = rest + alone[place] + with_two[place]
                if (most + self._bar) & high == high:
                    promising.append((-hurdles.limit(most), place, question))
        for limit, place, question in sorted(promising):
            if -limit <= self._lead:
                return
            self._second((place,), now + alone[place], question + 1)

    def _second(self, chosen: tuple[int, ...], gains: Gains, first: int) -> None:
        """Choose the last change but one, of the questions from `first` on, the most promising first."""
        hurdles, high, bar = self._hurdles, self._high, self._bar
        alone, later, beside = hurdles.alone, hurdles.with_later, hurdles.beside(chosen)
        third: Mapping[int, Gains] = {}
        with_both = with_last = 0
        if chosen:
            third = hurdles.third.get(chosen[0], third)
            with_both, with_last = hurdles.with_two_later[chosen[0]], later[chosen[0]]
        promising: list[tuple[int, int, int, Gains]] = []
        for question in range(first, len(self._questions) - 1):
            rest = self._one_of_the_rest[question + 1]
            if (gains + self._with_one[question] + rest + with_both + bar) & high != high:
                continue
            rest += with_last
            for place in self._questions[question]:
                after = gains + alone[place]
                if beside:
                    after += beside.get(place, 0)
                most = after + rest + later[place]
                if third:
                    most += third.get(place, 0)
                if (most + bar) & high == high:
                    promising.append((-hurdles.limit(most), place, question, after))
        for limit, place, question, after in sorted(promising):
            if -limit <= self._lead:
                return
            self._last((*chosen, place), after, question + 1)

    def _last(self, chosen: tuple[int, ...], gains: Gains, first: int) -> None:
        """Choose the last change, of the questions from `first` on."""
        alone, beside = self._hurdles.alone, self._hurdles.beside(chosen)
        high, needed, rest = self._high, gains + self._bar, self._one_of_the_rest
        for question in range(first, len(self._questions)):
            if question % 8 == 0 and (needed + rest[question]) & high != high:
                break  # nor will any later one do; not looked at each time, as it seldom helps
            if (needed + self._alone[question]) & high == high:
                span = self._plain[question]
                if not beside.keys().isdisjoint(span):
                    span = [place for place in self._questions[question] if place not in beside]
                for place in span:
                    self._try((*chosen, place), gains + alone[place])
                needed = gains + self._bar
        for place, extra in beside.items():
            if self._spots.get(place, -1) >= first:
                self._try((*chosen, place), gains + alone[place] + extra)

    @cached_property
    def _spots(self) -> dict[int, int]:
        """The question of every change."""
        return {place: question for question, span in enumerate(self._questions) for place in span}

    @cached_property
    def _plain(self) -> list[list[int]]:
        """The changes to each question that are the best by themselves."""
        return [self._hurdles.best_alone(span) for span in self._questions]

    @cached_property
    def _alone(self) -> list[Gains]:
        """For each question the most that one of its changes gains by itself."""
        alone, largest = self._hurdles.alone, self._hurdles.lanes.largest
        return [largest([alone[place] for place in span]) for span in self._plain]

    @cached_property
    def _with_one(self) -> list[Gains]:
        """For each question the most that one of its changes gains when a later one joins it."""
        alone, later = self._hurdles.alone, self._hurdles.with_later
        largest = self._hurdles.lanes.largest
        return [largest([alone[place] + later[place] for place in span]) for span in self._questions]

    @cached_property
    def _one_of_the_rest(self) -> list[Gains]:
        """The most that one change gains by itself that is of the questions from each one on."""
        found = [self._never]
        for alone in reversed(self._alone):
            found.append(self._hurdles.lanes.larger(found[-1], alone))
        return found[::-1]

    @cached_property
    def _two_of_the_rest(self) -> list[Gains]:
        """The most that two changes gain, and play together, that are of the questions from each one on."""
        found = [self._never]
        later = reversed(self._one_of_the_rest[1:])
        for first, one in zip(reversed(self._with_one), later, strict=True):
            found.append(self._hurdles.lanes.larger(found[-1], first + one))
        return found[::-1]
