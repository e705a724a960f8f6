"""What changed answers gain one path towards coming first.

The path has hurdles to clear: to be ahead of each rival, and to have the points that it takes to win. Gains towards all
of them are packed into one number (`packed`), so that a set of changes is added up in a few additions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import add

from pathfinder.assessment.joint_effects import Extra, JointEffects
from pathfinder.assessment.movers import CLOSED, UNIT
from pathfinder.assessment.packed import Lanes, packed

Gains = int
"""Parts of points towards every hurdle, packed: the rivals, then the points that it takes to win."""


class Hurdles:
    """The hurdles of one path for one person; changes go by their places in the joint effects.

    `now` is how the path stands to them, `alone[place]` what one change gains. `enough` are the points that it takes to
    win.
    """

    def __init__(self, effects: JointEffects, path: str, enough: float) -> None:
        self._effects = effects
        self._rivals = [other for other in effects.paths if other != path]
        self._path = path
        self.lanes = Lanes(len(effects.paths))
        self._enough = round(enough * UNIT) - 1
        self.now: Gains = sum([towards * parts for (_, parts), towards in self._extras(0)])
        self.alone: list[Gains] = [0] * len(effects.changes)
        for ((place,), parts), towards in self._extras(1):
            self.alone[place] += towards * parts

    def _extras(self, size: int) -> Iterator[tuple[Extra, Gains]]:
        """The extras of sets of `size` changes, with what one part of a point is towards each hurdle."""
        for on, extras in self._effects.extras(size):
            mine = self._path in on
            towards = packed([mine - (rival in on) for rival in self._rivals] + [int(mine)])
            if towards:
                for extra in extras:
                    yield extra, towards

    @cached_property
    def _twos(self) -> list[dict[int, Gains]]:
        """What two changes gain beyond what each does: the later one's by the earlier one's place."""
        found: list[dict[int, Gains]] = [{} for _ in self.alone]
        for ((one, two), parts), towards in self._extras(2):
            found[one][two] = found[one].get(two, 0) + towards * parts
        return found

    @cached_property
    def _threes(self) -> dict[tuple[int, int], dict[int, Gains]]:
        """What three changes gain beyond what fewer of them do: the last one's by the places of the other two."""
        found: dict[tuple[int, int], dict[int, Gains]] = {}
        for ((one, two, last), parts), towards in self._extras(3):
            known = found.setdefault((one, two), {})
            known[last] = known.get(last, 0) + towards * parts
        return found

    @cached_property
    def _with_later(self) -> list[Gains]:
        """The most that each change can gain by playing together with one later change."""
        return [self.lanes.largest([0, *extras.values()]) for extras in self._twos]

    @cached_property
    def _third(self) -> dict[tuple[int, int], Gains]:
        """The most that two changes can gain by playing together with a third."""
        return {pair: self.lanes.largest([0, *extras.values()]) for pair, extras in self._threes.items()}

    @cached_property
    def _with_two_later(self) -> list[Gains]:
        """The most that each change can gain by playing together with two later ones."""
        third = [0] * len(self.alone)
        for (one, _), extra in self._third.items():
            third[one] = self.lanes.larger(third[one], extra)
        return [2 * one + more for one, more in zip(self._with_later, third, strict=True)]

    def spoilers(self, size: int) -> set[int]:
        """The changes with which no set of `size` puts the path first: they close it, or call for a role outside the
        paths, and nothing that can join them undoes that."""
        found = {place for (place,), parts in self._closings(1) if parts < 0}
        for joining in range(2, size + 1) if found else ():
            for chosen, parts in self._closings(joining):
                if parts > 0 and not found.issuperset(chosen):  # of several that close it, none opens it again
                    found = found.difference(chosen)
        return found

    def _closings(self, size: int) -> Iterator[Extra]:
        """The extras of gates on the path, and of roles outside the paths."""
        for on, extras in self._effects.extras(size):
            if self._path in on and abs(extras[0][1]) >= CLOSED:
                yield from extras

    def after(self, places: Sequence[int]) -> Gains:
        """How the path stands after some changes, given in rising order."""
        gains = self.now
        for spot, place in enumerate(places):
            gains += self.alone[place]
            for extras in self.beside(tuple(places[:spot])):
                gains += extras.get(place, 0)
        return gains

    def beside(self, chosen: tuple[int, ...]) -> list[dict[int, Gains]]:
        """What a later change gains, besides what it does alone, when it joins some chosen ones: the sum of what these
        hold for its place."""
        found = [self._twos[one] for one in chosen]
        if len(chosen) == 2:
            found.append(self._threes.get((chosen[0], chosen[1]), {}))
        return [extras for extras in found if extras]

    def extras(self, chosen: tuple[int, ...], more: int) -> Gains:
        """The most that playing together with the chosen changes can add when `more` later ones (1 or 2) join them."""
        if more == 2:
            return self._with_two_later[chosen[0]]
        found = self._with_later[chosen[-1]]
        if len(chosen) == 2:
            found += self._with_later[chosen[0]] + self._third.get((chosen[0], chosen[1]), 0)
        return found

    def most(self, more: int) -> list[Gains]:
        """The most that each change can gain, by itself and together with as many later ones as `more` (0 to 2)."""
        if not more:
            return self.alone
        return self._most_with_two if more == 2 else self._most_with_one

    @cached_property
    def _most_with_one(self) -> list[Gains]:
        return list(map(add, self.alone, self._with_later))

    @cached_property
    def _most_with_two(self) -> list[Gains]:
        return list(map(add, self.alone, self._with_two_later))

    def bar(self, lead: int) -> int:
        """What has to be passed to come first with a lead of more than `lead`."""
        return self.lanes.bar([lead] * len(self._rivals) + [self._enough])

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
