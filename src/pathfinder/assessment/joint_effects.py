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
from operator import add

from pathfinder.assessment.cellbook import OPEN
from pathfinder.assessment.counterfactual import Change, Counterfactuals
from pathfinder.assessment.movers import Mover, movers

MOST = 3
"""Changes in the largest sets whose effect is known."""

Parts = tuple[int, ...]
"""Parts of points (`movers.UNIT`) for every path, in the base's order."""


class JointEffects:
    """The effects of changed answers to some questions.

    `changes` holds every change, those of one question beside each other, the nearest first; `codes` are
    what they change the answers to; `questions` are the questions in that order, those that share arguments with the most others first, and `places` the places of their
    changes. `now` is how the paths stand. `alone[place]` is what one change does, `twos[place][later]` the extra of
    two, `threes[place, later][last]` that of three; extras of nothing are left out.
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
        self.now: Parts = (0,) * len(self.paths)
        self.alone: list[Parts] = [self.now] * len(self.changes)
        self.twos: list[dict[int, Parts]] = [{} for _ in self.changes]
        self.threes: dict[tuple[int, int], dict[int, Parts]] = {}
        for mover in found:
            for chosen, points in self._extras(mover, what_if.counts.codes.known):
                self._put(chosen, tuple(points if path in mover.on else 0 for path in self.paths))

    def _put(self, chosen: tuple[int, ...], parts: Parts) -> None:
        """Add what one mover does when all the chosen changes are made, beyond what it does when fewer are."""
        match chosen:
            case ():
                self.now = _sum(self.now, parts)
            case (one,):
                self.alone[one] = _sum(self.alone[one], parts)
            case (one, two):
                known = self.twos[one]
                known[two] = _sum(known[two], parts) if two in known else parts
            case (one, two, last):
                known = self.threes.setdefault((one, two), {})
                known[last] = _sum(known[last], parts) if last in known else parts

    def _extras(self, mover: Mover, known: Mapping[str, int]) -> Iterator[tuple[tuple[int, ...], int]]:
        """Sets of changes with what they do to a mover beyond what fewer of them do, where that is not nothing."""
        kinds = {one: self._kinds(one, mover, known.get(one, OPEN)) for one in self.questions if one in mover.steps}
        told_apart = [question for question, found in kinds.items() if found]
        done: dict[tuple[str, ...], dict[tuple[int, ...], int]] = {}
        for size in range(MOST + 1):
            for together in combinations(told_apart, size):
                smaller = [part for fewer in range(size) for part in combinations(range(size), fewer)]
                below = [(part, done[tuple(together[spot] for spot in part)]) for part in smaller]
                values = {one: [self.codes[kind[0]] for kind in kinds[one]] for one in together}
                picks = product(*(range(len(kinds[one])) for one in together))
                extras = done[together] = {}
                for pick, points in zip(picks, mover.table(values), strict=True):
                    extra = points - sum(extras_of[tuple(pick[spot] for spot in part)] for part, extras_of in below)
                    extras[pick] = extra
                    if extra:
                        alike = (kinds[one][kind] for one, kind in zip(together, pick, strict=True))
                        yield from ((chosen, extra) for chosen in product(*alike))

    def _kinds(self, question: str, mover: Mover, now: int) -> list[list[int]]:
        """The changes of a question, those together that a mover cannot tell apart; without those that it cannot
        tell from the present answer, whose code is `now`."""
        steps = mover.steps[question]
        found: dict[int, list[int]] = {}
        for place in self.places[question]:
            found.setdefault(steps[self.codes[place]], []).append(place)
        if now != OPEN:
            found.pop(steps[now], None)
        return list(found.values())


def _sum(one: Parts, other: Parts) -> Parts:
    return tuple(map(add, one, other))


def _most_shared_first(found: Sequence[Mover], questions: Iterable[str]) -> tuple[str, ...]:
    """The questions that any mover looks at, by how many others it looks at beside them."""
    beside: dict[str, set[str]] = {question: set() for question in questions}
    for mover in found:
        for question in mover.steps:
            if question in beside:
                beside[question].update(mover.steps)
    return tuple(sorted((one for one in beside if beside[one]), key=lambda one: -len(beside[one])))
