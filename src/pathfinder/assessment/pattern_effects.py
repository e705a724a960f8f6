"""What other answers do to one part of a rule base, alone and together, for one pattern of answers to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

Parts = Callable[[Mapping[str, Sequence[int]]], list[int]]
"""Parts of points for every combination of other answers (codes by question), the last question varying fastest, all
else as it was answered."""


class Together(NamedTuple):
    """What other answers to some questions do together beyond what fewer of them do, in parts of points. `steps` are
    what the answers add to the place of a pattern."""

    questions: tuple[str, ...]
    steps: tuple[int, ...]
    parts: int


class PatternEffects:
    """The effects of other answers, worked out when they are first asked for. `others` are the other answers to each
    question: what they add to the place of a pattern, with a code that does so."""

    def __init__(self, parts: Parts, others: Mapping[str, Mapping[int, int]]) -> None:
        self._parts = parts
        self._steps = {question: list(found) for question, found in others.items()}
        self._codes = {question: list(found.values()) for question, found in others.items()}
        self._known: dict[tuple[str, ...], dict[tuple[int, ...], int]] = {}
        self._found: list[list[Together]] = []

    def of(self, size: int) -> list[Together]:
        """What other answers to `size` questions do together, where that is not nothing."""
        while len(self._found) <= size:
            self._found.append(list(self._together(len(self._found))))
        return self._found[size]

    def _together(self, size: int) -> Iterator[Together]:
        smaller = [part for fewer in range(size) for part in combinations(range(size), fewer)]
        for questions in combinations(self._steps, size):
            below = [(part, self._known[tuple([questions[spot] for spot in part])]) for part in smaller]
            known = self._known[questions] = {}
            picks = product(*[self._steps[question] for question in questions])
            parts = self._parts({question: self._codes[question] for question in questions})
            for steps, points in zip(picks, parts, strict=True):
                extra = points - sum([fewer[tuple([steps[spot] for spot in part])] for part, fewer in below])
                known[steps] = extra
                if extra:
                    yield Together(questions, steps, extra)
