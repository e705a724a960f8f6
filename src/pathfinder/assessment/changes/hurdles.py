"""What changed answers gain one path towards coming first.

The path has hurdles to clear: to be ahead of each rival, and to have the points that it takes to win. Gains towards all
of them are packed into one number (`packed`), so that a set of changes is added up in a few additions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from operator import mul

from pathfinder.assessment.changes.joint_effects import JointEffects
from pathfinder.assessment.changes.movers import CLOSED, UNIT
from pathfinder.assessment.changes.packed import Lanes
from pathfinder.assessment.changes.pattern_effects import Extras

Gains = int
"""Parts of points towards every hurdle, packed: the rivals, then the points that it takes to win."""


class _Joined:
    """What a last change gains by joining some others, towards one path's hurdles.

    `most` is the most that one can gain by joining changes, by their places, where that is not nothing; `gaining` are
    all changes that gain something so, `places` those that gain or lose something.
    """

    def __init__(self, towards: Sequence[Gains], effects: Sequence[Extras], lanes: Lanes) -> None:
        self._found: dict[tuple[int, ...], list[tuple[Gains, Mapping[int, int]]]] = {}
        self._extras: dict[tuple[int, ...], dict[int, Gains]] = {}
        self.gaining: set[int] = set()
        self.places: set[int] = set()
        most: dict[tuple[tuple[int, ...], str], Gains] = {}
        for gains, found in zip(towards, effects, strict=True):
            if gains and found.joining:
                self.places.update(found.rising, found.falling)
                # A part speaks for the path or for some of its rivals, so that it gains or loses towards all hurdles.
                self.gaining.update(found.rising if gains > 0 else found.falling)
                for places, key, extras, up, down in found.joining:
                    self._found.setdefault(places, []).append((gains, extras))
                    best = up if gains > 0 else down
                    if best:
                        most[key] = most.get(key, 0) + gains * best
        self.most: dict[tuple[int, ...], Gains] = {}
        for (places, _), gains in most.items():
            known = self.most.get(places)
            self.most[places] = gains if known is None else lanes.larger(known, gains)

    def extras(self, places: tuple[int, ...]) -> dict[int, Gains]:
        """What each last change gains by joining others."""
        found = self._extras.get(places)
        if found is None:
            found = self._extras[places] = {}
            for gains, extras in self._found.get(places, ()):
                for place, parts in extras.items():
                    found[place] = found.get(place, 0) + gains * parts
        return found


class Hurdles:
    """The hurdles of one path for one person; changes go by their places.

    `now` is how the path stands to them, `alone[place]` what one change gains. `enough` are the points that it takes to
    win.
    """

    def __init__(self, effects: JointEffects, path: str, enough: float) -> None:
        self._effects, self.path = effects, path
        self._towards = effects.movers.towards[path]
        self._rivals = len(effects.movers.paths) - 1
        self.lanes = Lanes(self._rivals + 1)
        self._enough = round(enough * UNIT) - 1
        self.now: Gains = sum(map(mul, self._towards, effects.now))
        self.alone: list[Gains] = [0] * len(effects.movers.changes)
        for towards, found in zip(self._towards, effects.alone, strict=True):
            if towards:
                for place, parts in found:
                    self.alone[place] += towards * parts
        self._worth: dict[tuple[int, ...], list[int]] = {}
        self._spans: dict[int, list[list[int]]] = {}

    @cached_property
    def _twos(self) -> _Joined:
        return _Joined(self._towards, self._effects.twos, self.lanes)

    @cached_property
    def _threes(self) -> _Joined:
        return _Joined(self._towards, self._effects.threes, self.lanes)

    @cached_property
    def with_later(self) -> list[Gains]:
        """The most that each change can gain by playing together with one later change."""
        found = [0] * len(self.alone)
        for (one,), gains in self._twos.most.items():
            found[one] = gains
        return found

    @cached_property
    def third(self) -> dict[int, dict[int, Gains]]:
        """The most that two changes can gain by playing together with a third, where that is not nothing: the later
        one's by the earlier one's place."""
        found: dict[int, dict[int, Gains]] = {}
        for (one, two), gains in self._threes.most.items():
            found.setdefault(one, {})[two] = gains
        return found

    @cached_property
    def with_two_later(self) -> list[Gains]:
        """The most that each change can gain by playing together with two later ones."""
        found = [2 * gains for gains in self.with_later]
        for one, extras in self.third.items():
            found[one] += self.lanes.largest(extras.values())
        return found

    def spans(self, size: int) -> list[list[int]]:
        """The changes that a smallest set of `size` can need, those of one question together: that gain something
        towards some hurdle, by themselves or by playing together with others."""
        found = self._spans.get(size)
        if found is None:
            gaining = self._gaining_alone
            if size > 1:
                gaining = gaining | self._twos.gaining
            if size > 2:
                gaining = gaining | self._threes.gaining
            spans = ([place for place in places if place in gaining] for places in self._effects.movers.places.values())
            found = self._spans[size] = [span for span in spans if span]
        return found

    @cached_property
    def _gaining_alone(self) -> set[int]:
        high = self.lanes.high
        return {place for place, gains in enumerate(self.alone) if (high - gains) & high != high}

    def _playing_together(self, size: int) -> set[int]:
        """The changes that gain or lose something in a set of `size` by playing together with others."""
        if size < 2:
            return set()
        return self._twos.places | self._threes.places if size > 2 else self._twos.places

    def worth_trying(self, span: Sequence[int], size: int) -> list[int]:
        """Of some changes to one question, those that can be best in a set of `size`."""
        if len(span) < 2:
            return list(span)
        key = (*span, size)
        found = self._worth.get(key)
        if found is None:
            together = self._playing_together(size)
            found = self.best_alone([place for place in span if place not in together])
            found = self._worth[key] = sorted([*found, *(place for place in span if place in together)])
        return found

    def best_alone(self, span: Sequence[int]) -> list[int]:
        """Of some changes, those than which no other one gains as much by itself towards every hurdle; of equals the
        first stays."""
        if len(span) < 2:
            return list(span)
        alone, high = self.alone, self.lanes.high
        found: list[int] = []
        for place in span:
            mine = alone[place]
            ahead = [other for other in found if (alone[other] - mine + high) & high == high]
            if not ahead:
                found = [other for other in found if (mine - alone[other] + high) & high != high]
                found.append(place)
        return found

    def spoilers(self, size: int) -> set[int]:
        """The changes with which no set of `size` puts the path first: they close it, or call for a role outside the
        paths, and nothing that can join them undoes that."""
        closing = self._effects.closing
        found = {place for (place,), parts in closing(self.path, 1) if parts < 0}
        for joining in range(2, size + 1) if found else ():
            for chosen, parts in closing(self.path, joining):
                if parts > 0 and not found.issuperset(chosen):  # of several that close it, none opens it again
                    found = found.difference(chosen)
        return found

    def after(self, places: Sequence[int]) -> Gains:
        """How the path stands after some changes, given in rising order."""
        gains = self.now
        for spot, place in enumerate(places):
            gains += self.alone[place] + self.beside(tuple(places[:spot])).get(place, 0)
        return gains

    def beside(self, chosen: tuple[int, ...]) -> Mapping[int, Gains]:
        """What later changes gain, besides what they do alone, when one of them joins some chosen ones (0 to 2)."""
        if len(chosen) < 2:
            return self._twos.extras(chosen) if chosen else {}
        one, two = self._twos.extras(chosen[:1]), self._twos.extras(chosen[1:])
        several = [one, two, self._threes.extras(chosen)]
        filled = [extras for extras in several if extras]
        if len(filled) < 2:
            return filled[0] if filled else {}
        found = dict(filled[0])
        for extras in filled[1:]:
            for place, gains in extras.items():
                found[place] = found.get(place, 0) + gains
        return found

    def bar(self, lead: int) -> int:
        """What has to be passed to come first with a lead of more than `lead`."""
        return self.lanes.bar([lead] * self._rivals + [self._enough])

    def limit(self, gains: Gains) -> int:
        """The lead over the nearest rival, where that of a closed one is endless; 0 where some hurdle is not cleared.
        Of gains that are bounds, a bound of the lead."""
        *leads, points = self.lanes.unpacked(gains)
        nearest = min(leads)
        return nearest if nearest > 0 and points > self._enough else 0

    def lead(self, gains: Gains) -> int:
        """The lead over the nearest rival that no gate closes or, where none is open, the path's own points; 0 where
        the path does not come first."""
        nearest = self.limit(gains)
        return nearest if nearest < CLOSED // 2 else self.lanes.unpacked(gains)[-1]
