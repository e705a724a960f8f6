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
from itertools import product

from pathfinder.assessment.counterfactual import Change, Counterfactuals
from pathfinder.assessment.movers import Mover, movers
from pathfinder.assessment.pattern_effects import Together

MOST = 3
"""Changes in the largest sets whose effect is known."""


Extra = tuple[tuple[int, ...], int]
"""Changes (places in rising order), and parts of points (`movers.UNIT`) that one mover moves by when all of them are
made, beyond what it does when fewer are."""


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
        self._movers = [(one, self._places_by_step(one), one.effects(what_if.counts, self.questions)) for one in found]
        self._extras: list[list[tuple[frozenset[str], list[Extra]]]] = []

    def extras(self, size: int) -> list[tuple[frozenset[str], list[Extra]]]:
        """The extras of sets of `size` changes (0 to 3) that are not nothing, by mover, with the paths it moves; worked
        out when first asked for."""
        while len(self._extras) <= size:
            fewer = len(self._extras)
            moved = ((one.on, list(_spelled(effects.of(fewer), places))) for one, places, effects in self._movers)
            self._extras.append([one for one in moved if one[1]])
        return self._extras[size]

    def _places_by_step(self, mover: Mover) -> dict[str, dict[int, list[int]]]:
        """For each question the changes that a mover cannot tell apart, by what they add to the place of a pattern."""
        found: dict[str, dict[int, list[int]]] = {}
        for question, steps in mover.table.steps.items():
            alike = found[question] = {}
            for place in self.places.get(question, ()):
                alike.setdefault(steps[self.codes[place]], []).append(place)
        return found


def _spelled(found: Iterable[Together], places: Mapping[str, Mapping[int, Sequence[int]]]) -> Iterator[Extra]:
    """Every set of changes to which the effects of one mover belong."""
    for questions, steps, parts in found:
        alike = [places[question].get(step, ()) for question, step in zip(questions, steps, strict=True)]
        for chosen in product(*alike):
            yield chosen, parts


def _most_shared_first(found: Sequence[Mover], questions: Iterable[str]) -> tuple[str, ...]:
    """The questions that any mover looks at, by how many others it looks at beside them."""
    beside: dict[str, set[str]] = {question: set() for question in questions}
    for mover in found:
        for question in mover.table.steps:
            if question in beside:
                beside[question].update(mover.table.steps)
    return tuple(sorted((one for one in beside if beside[one]), key=lambda one: -len(beside[one])))
