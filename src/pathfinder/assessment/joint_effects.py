"""What changed answers do to the points of every path, alone and together, exactly.

An argument that looks at one changed question moves by itself; where it looks at several, what they do together is
not the sum of what each does alone. So the effect of a set of changes is a sum over its members, plus an extra for
every two of them, and for all three, that one argument looks at. Such extras are few; with them any set of up to
three changes is added up instead of scored.

A gate counts as an argument with more points against its path than all others could make up, another role that
decides as one against every path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

from pathfinder.assessment.cellbook import OPEN
from pathfinder.assessment.counterfactual import Change, Counterfactuals
from pathfinder.assessment.movers import Mover, movers

MOST = 3
"""Changes in the largest sets whose effect is known."""


class Extra(NamedTuple):
    """What one mover does when all the `chosen` changes (places in rising order) are made, beyond what it does when
    fewer are: parts of points (`movers.UNIT`) on some paths."""

    chosen: tuple[int, ...]
    parts: int
    on: frozenset[str]


class JointEffects:
    """The effects of changed answers to some questions.

    `changes` holds every change, those of one question beside each other, the nearest first, and `codes` what they
    change the answers to. `questions` are the questions in that order, those that share arguments with the most others
    first, and `places` the places of their changes.
    """

    def __init__(self, what_if: Counterfactuals, questions: Iterable[str]) -> None:
        found = movers(what_if)
        self.paths = tuple(path.id for path in what_if.base.paths)
        self.questions = _most_shared_first(found, questions)
        self.changes: list[Change] = []
        self.codes: list[int] = []
        self.places: dict[str, range] = {}
        for question in self.questions:
            others = what_if.alternatives(question)
            self.places[question] = range(len(self.changes), len(self.changes) + len(others))
            self.changes += others
            self.codes += [what_if.book.code(question, one.value) for one in others]
        known = what_if.counts.codes.known
        self._moved = [_Moved(mover, self._kinds(mover, known), self.codes) for mover in found]
        self._extras: list[list[Extra]] = []

    def extras(self, size: int) -> list[Extra]:
        """The extras of sets of `size` changes (0 to 3) that are not nothing; worked out when first asked for."""
        while len(self._extras) <= size:
            fewer = len(self._extras)
            self._extras.append(
                [Extra(chosen, parts, one.mover.on) for one in self._moved for chosen, parts in one.extras(fewer)]
            )
        return self._extras[size]

    def _kinds(self, mover: Mover, known: Mapping[str, int]) -> dict[str, list[list[int]]]:
        """For each question that a mover looks at its changes, those together that the mover cannot tell apart;
        without those that it cannot tell from the present answer, and without questions where none is left."""
        found: dict[str, list[list[int]]] = {}
        for question in self.questions:
            if question in mover.steps:
                steps, alike = mover.steps[question], dict[int, list[int]]()
                for place in self.places[question]:
                    alike.setdefault(steps[self.codes[place]], []).append(place)
                now = known.get(question, OPEN)
                if now != OPEN:
                    alike.pop(steps[now], None)
                if alike:
                    found[question] = list(alike.values())
        return found


class _Moved:
    """What sets of changes do to one mover."""

    def __init__(self, mover: Mover, kinds: Mapping[str, list[list[int]]], codes: Sequence[int]) -> None:
        self.mover, self._kinds = mover, kinds
        self._codes = {one: [codes[kind[0]] for kind in found] for one, found in kinds.items()}
        self._done: dict[tuple[str, ...], dict[tuple[int, ...], int]] = {}

    def extras(self, size: int) -> Iterator[tuple[tuple[int, ...], int]]:
        """Sets of `size` changes with what they do beyond what fewer of them do, where that is not nothing; smaller
        sets have to be asked for before."""
        smaller = [part for fewer in range(size) for part in combinations(range(size), fewer)]
        for together in combinations(self._kinds, size):
            below = [(part, self._done[tuple([together[spot] for spot in part])]) for part in smaller]
            kinds = [self._kinds[one] for one in together]
            picks = product(*map(range, map(len, kinds)))
            extras = self._done[together] = {}
            for pick, points in zip(picks, self.mover.table({one: self._codes[one] for one in together}), strict=True):
                extra = points - sum([known[tuple([pick[spot] for spot in part])] for part, known in below])
                extras[pick] = extra
                if extra:
                    alike = [kind[place] for kind, place in zip(kinds, pick, strict=True)]
                    yield from ((chosen, extra) for chosen in product(*alike))


def _most_shared_first(found: Sequence[Mover], questions: Iterable[str]) -> tuple[str, ...]:
    """The questions that any mover looks at, by how many others it looks at beside them."""
    beside: dict[str, set[str]] = {question: set() for question in questions}
    for mover in found:
        for question in mover.steps:
            if question in beside:
                beside[question].update(mover.steps)
    return tuple(sorted((one for one in beside if beside[one]), key=lambda one: -len(beside[one])))
