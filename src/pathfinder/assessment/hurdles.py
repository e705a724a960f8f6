"""What changed answers gain one path towards coming first.

The path has hurdles to clear: to be ahead of each rival, and to have the points that it takes to win.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import add

from pathfinder.assessment.joint_effects import JointEffects, Parts
from pathfinder.assessment.movers import CLOSED, UNIT

Gains = tuple[int, ...]
"""Parts of points towards every hurdle: the rivals, the strongest first, then the points that it takes to win."""


class Hurdles:
    """The hurdles of one path for one person; changes go by their places in the joint effects.

    `now` is how the path stands to them, `alone[place]` what one change gains, `nothing` no gain at all. `enough` are
    the points that it takes to win.
    """

    def __init__(self, effects: JointEffects, path: str, enough: float) -> None:
        mine, now = effects.paths.index(path), effects.now
        rivals = sorted((place for place in range(len(now)) if place != mine), key=lambda place: -now[place])

        def towards(parts: Parts) -> Gains:
            return (*(parts[mine] - parts[rival] for rival in rivals), parts[mine])

        self.now = towards(now)
        self.nothing: Gains = (0,) * len(now)
        self.alone = [towards(parts) for parts in effects.alone]
        self._twos = [{two: towards(parts) for two, parts in extras.items()} for extras in effects.twos]
        self._threes = {
            pair: {last: towards(parts) for last, parts in extras.items()} for pair, extras in effects.threes.items()
        }
        self._bars = (0,) * len(rivals) + (round(enough * UNIT) - 1,)
        self._with_later = [self._most(extras.values()) for extras in self._twos]
        self._third = {pair: self._most(extras.values()) for pair, extras in self._threes.items()}
        third = [self.nothing] * len(self.alone)
        for (one, _), extra in self._third.items():
            third[one] = tuple(map(max, third[one], extra))
        self._with_two_later = [plus(one, plus(one, more)) for one, more in zip(self._with_later, third, strict=True)]

    def _most(self, gains: Iterable[Gains]) -> Gains:
        """The most towards each hurdle that any of some extras gives, or nothing."""
        return tuple(map(max, zip(self.nothing, *gains, strict=True)))

    def after(self, places: Sequence[int]) -> Gains:
        """How the path stands after some changes, given in rising order."""
        gains = self.now
        for spot, place in enumerate(places):
            gains = self.joined(gains, tuple(places[:spot]), place)
        return gains

    def joined(self, gains: Gains, chosen: tuple[int, ...], place: int) -> Gains:
        """How it stands when a later change joins the chosen ones, after which it stood at `gains`."""
        found = plus(gains, self.alone[place])
        for one in chosen:
            extra = self._twos[one].get(place)
            found = plus(found, extra) if extra else found
        if len(chosen) == 2:
            extra = self._threes.get((chosen[0], chosen[1]), {}).get(place)
            found = plus(found, extra) if extra else found
        return found

    def extras(self, chosen: tuple[int, ...], more: int) -> Gains:
        """The most that playing together with the chosen changes can add when `more` later ones (1 or 2) join them."""
        if more == 2:
            return self._with_two_later[chosen[0]]
        found = self._with_later[chosen[-1]]
        if len(chosen) == 2:
            found = plus(found, self._with_later[chosen[0]])
            found = plus(found, self._third.get((chosen[0], chosen[1]), self.nothing))
        return found

    def most(self, place: int, more: int) -> Gains:
        """The most that a change can gain, by itself and together with as many later ones as `more` (0 to 2)."""
        return plus(self.alone[place], self.extras((place,), more)) if more else self.alone[place]

    def limit(self, gains: Gains) -> int:
        """The lead over the nearest rival, where that of a closed one is endless; 0 where some hurdle is not cleared.
        Of gains that are bounds, a bound of the lead."""
        cleared = all(gain > bar for gain, bar in zip(gains, self._bars, strict=True))
        return min(gains[:-1]) if cleared else 0

    def lead(self, gains: Gains) -> int:
        """The lead over the nearest rival that no gate closes or, where none is open, the path's own points; 0 where
        the path does not come first."""
        nearest = self.limit(gains)
        return nearest if nearest < CLOSED // 2 else gains[-1]


def plus(one: Gains, other: Gains) -> Gains:
    """The sum, hurdle by hurdle."""
    return tuple(map(add, one, other))
