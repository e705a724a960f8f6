"""What other answers do to one part of a rule base, alone and together, for one pattern of answers to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations, product
from operator import sub
from typing import NamedTuple

Parts = Callable[[Mapping[str, Sequence[int]]], list[int]]
"""Parts of points for every combination of other answers (codes by question), the last question varying fastest, all
else as it was answered."""


class Answers(NamedTuple):
    """Other answers to a question that a part tells apart: a code of each kind, and the places of all changes to it."""

    codes: Sequence[int] = ()
    places: Sequence[Sequence[int]] = ()


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

    def __init__(self, parts: Parts, others: Mapping[str, Answers]) -> None:
        self._working: _Working | None = _Working(parts, others)

    def _with(self, size: int) -> _Working:
        assert self._working is not None, f"effects of {size} are asked for when all are known"
        return self._working

    @cached_property
    def now(self) -> int:
        """What the answers that are there come to."""
        return self._with(0).effects(())[0]

    @cached_property
    def alone(self) -> list[tuple[int, int]]:
        """What each change does by itself, by its place, where that is not nothing."""
        return self._with(1).alone()

    @cached_property
    def twos(self) -> Extras:
        """What a second change does when it joins a first one."""
        return _extras(list(self._with(2).joining(2)))

    @cached_property
    def threes(self) -> Extras:
        """What a third change does when it joins two others."""
        _ = self.now, self.alone, self.twos  # what they are worked out from takes much space, and is dropped
        found = _extras(list(self._with(3).joining(3)))
        self._working = None
        return found


class _Working:
    """What effects are worked out from."""

    def __init__(self, parts: Parts, others: Mapping[str, Answers]) -> None:
        self._parts = parts
        self._others = {question: answers for question, answers in others.items() if answers.codes}
        self._known: dict[tuple[str, ...], list[int]] = {}

    def alone(self) -> list[tuple[int, int]]:
        """What each change does by itself, where that is not nothing."""
        found = ((self._others[one].places, self.effects((one,))) for one in self._others)
        moved = (pair for places, effects in found for pair in zip(places, effects, strict=True))
        return [(place, parts) for alike, parts in moved if parts for place in alike]

    def joining(self, size: int) -> Iterator[Joining]:
        """What the last of `size` changes does when it joins the others."""
        for questions in combinations(self._others, size):
            effects = iter(self.effects(questions))
            *before, last = (self._others[question].places for question in questions)
            for alike in product(*before):
                parts = [(places, next(effects)) for places in last]
                extras = {place: moved for places, moved in parts if moved for place in places}
                if extras:
                    most, least = max(0, *extras.values()), min(0, *extras.values())
                    for places in product(*alike):
                        yield Joining(places, (places, questions[-1]), extras, most, least)

    def effects(self, questions: tuple[str, ...]) -> list[int]:
        """What other answers to some questions do together beyond what those to fewer of them do, the last question
        varying fastest."""
        found = self._known.get(questions)
        if found is None:
            found = self._parts({question: self._others[question].codes for question in questions})
            for fewer in range(len(questions)):
                for part in combinations(questions, fewer):
                    found = [*map(sub, found, self._spread(part, questions))]
            self._known[questions] = found
        return found

    def _spread(self, part: tuple[str, ...], questions: tuple[str, ...]) -> list[int]:
        """The effects of answers to some of the questions, for every combination of answers to all of them."""
        places = [0]
        for question in questions:
            choices = range(len(self._others[question].codes))
            if question in part:
                places = [place * len(choices) + choice for place in places for choice in choices]
            else:
                places = [place for place in places for _ in choices]
        effects = self.effects(part)
        return [effects[place] for place in places]


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
