"""What other answers do to one part of a rule base, alone and together, for one pattern of answers to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations, product
from typing import NamedTuple, Protocol

Values = Callable[[int], int]
"""What a part comes to, in parts of points, were the answers to some questions others: by what these add, together, to
the place of the pattern."""


class Pattern(Protocol):
    """A part of a rule base and one pattern of answers to it."""

    @property
    def others(self) -> Mapping[str, Sequence[tuple[int, Sequence[int]]]]:
        """Other answers to each question that the part tells apart: what each adds to the place of the pattern, with
        the places of all changes to it."""

    def values(self, questions: Sequence[str]) -> Values:
        """What it comes to with other answers to some questions."""


class Joining(NamedTuple):
    """What a last change to one question moves a part by, besides what fewer changes do, when it joins the change or
    the two changes at `places`: parts of points by its own place, none of them 0. `most` and `least` are the largest
    and the smallest of these and 0; `key` is the places with that question."""

    places: tuple[int, ...]
    key: tuple[tuple[int, ...], str]
    extras: Mapping[int, int]
    most: int
    least: int


class Extras(NamedTuple):
    """What changes to several questions do to a part by playing together, with the places of all of them that move it
    up, and down."""

    joining: Sequence[Joining] = ()
    rising: frozenset[int] = frozenset()
    falling: frozenset[int] = frozenset()


class PatternEffects:
    """The effects of other answers, worked out when they are first asked for."""

    def __init__(self, pattern: Pattern) -> None:
        self._pattern: Pattern | None = pattern  # takes much space, and is dropped once all is worked out

    @property
    def _worked_from(self) -> Pattern:
        assert self._pattern is not None, "everything is known already"
        return self._pattern

    @cached_property
    def now(self) -> int:
        """What the answers that are there come to."""
        return self._worked_from.values(())(0)

    @cached_property
    def alone(self) -> list[tuple[int, int]]:
        """What each change does by itself, by its place, where that is not nothing."""
        found: list[tuple[int, int]] = []
        for question, others in self._worked_from.others.items():
            value = self._worked_from.values((question,))
            for added, places in others:
                moved = value(added) - self.now
                if moved:
                    found += [(place, moved) for place in places]
        return found

    @cached_property
    def twos(self) -> Extras:
        """What a second change does when it joins a first one."""
        return _extras(list(self._twos(self._worked_from)))

    @cached_property
    def threes(self) -> Extras:
        """What a third change does when it joins two others."""
        _ = self.now, self.alone, self.twos
        found = _extras(list(self._threes(self._worked_from)))
        self._pattern = None
        return found

    def _twos(self, pattern: Pattern) -> Iterator[Joining]:
        values, now = pattern.values, self.now
        for one, last in combinations(pattern.others, 2):
            first, second, both = values((one,)), values((last,)), values((one, last))
            for added, places in pattern.others[one]:
                before = first(added) - now
                moved = [(both(added + more) - second(more) - before, more_) for more, more_ in pattern.others[last]]
                yield from _joining((places,), last, moved)

    def _threes(self, pattern: Pattern) -> Iterator[Joining]:
        values, now = pattern.values, self.now
        for one, two, last in combinations(pattern.others, 3):
            first, second, third = values((one,)), values((two,)), values((last,))
            both, first_last, second_last = values((one, two)), values((one, last)), values((two, last))
            whole = values((one, two, last))
            for (added, places), (also, others) in product(pattern.others[one], pattern.others[two]):
                before = both(added + also) - first(added) - second(also) + now
                moved = []
                for more, lasts in pattern.others[last]:
                    fewer = first_last(added + more) + second_last(also + more) - third(more)
                    moved.append((whole(added + also + more) - fewer - before, lasts))
                yield from _joining((places, others), last, moved)


def _joining(
    before: Sequence[Sequence[int]], last: str, moved: Sequence[tuple[int, Sequence[int]]]
) -> Iterator[Joining]:
    """What a last change does that joins any of the changes before, which are alike."""
    extras = {place: parts for parts, places in moved if parts for place in places}
    if extras:
        most, least = max(0, *extras.values()), min(0, *extras.values())
        for places in product(*before):
            yield Joining(places, (places, last), extras, most, least)


def _extras(joining: Sequence[Joining]) -> Extras:
    if not joining:
        return Extras()
    rising, falling = set[int](), set[int]()
    for one in joining:
        up = [place for place, moved in one.extras.items() if moved > 0]
        if up:
            rising.update(one.places, up)
        if len(up) < len(one.extras):
            falling.update(one.places, one.extras.keys() - up)
    return Extras(joining, frozenset(rising), frozenset(falling))
