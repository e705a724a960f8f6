"""Everything that moves paths when answers change: arguments, gates and other roles.

The changes are numbered once for a rule base: those of one question beside each other, one for every kind of answer
that the base tells apart. Wherever *places* are spoken of, they are these numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property, partial
from typing import NamedTuple

from pathfinder.answers.sheet import Answer
from pathfinder.assessment.changes.packed import packed
from pathfinder.assessment.changes.pattern_effects import PatternEffects, Values
from pathfinder.assessment.scoring.cellbook import Codes
from pathfinder.assessment.scoring.counts import Counts, Tables
from pathfinder.assessment.scoring.tables import Argument, Places, Truth

UNIT = 1_000_000
"""Parts of a point: points are rounded to six digits, so that sums of parts are exact."""

CLOSED = 1_000_000 * UNIT
"""Parts that a gate, or another role that decides, takes from a path."""

MOST_KEPT = 500
"""Patterns of one mover whose effects are kept."""


MOST_REACH = 5000
"""Answers to questions with which it is kept what can be worked towards from them."""


class Reach(NamedTuple):
    """The places of the changes of one answer that can be worked towards, and of those that take something back."""

    reached: tuple[int, ...]
    undone: tuple[int, ...]


class Mover:
    """Something that moves the paths `on` by the same parts of points: a table, with what other answers do to it."""

    def __init__(self, table: Argument | Truth, on: frozenset[str], places: Mapping[str, range]) -> None:
        self.table, self.on = table, on
        self.places: dict[str, dict[int, list[int]]] = {}
        """For each question the changes that it cannot tell apart, by what they add to the place of a pattern."""
        for question in (one for one in places if one in table.steps):
            alike = self.places[question] = {}
            for step, place in zip(table.steps[question][1:], places[question], strict=True):
                alike.setdefault(step, []).append(place)
        self.kept: dict[tuple[tuple[int, float], ...], PatternEffects] = {}
        """Effects by the patterns that somebody's answers leave possible, with their probabilities."""

    def effects(self, counts: Counts) -> PatternEffects:
        """What other answers do to it; worked out once for all who have its pattern of answers."""
        key = counts.pattern(self.table)
        found = self.kept.get(key)
        if found is None:
            if len(self.kept) >= MOST_KEPT:
                self.kept.clear()
            found = self.kept[key] = PatternEffects(_Pattern(self, counts.codes))
        return found


class _Pattern:
    """A mover and one pattern of answers to it."""

    def __init__(self, mover: Mover, codes: Codes) -> None:
        table = self._table = mover.table
        self._codes = codes.about(table.steps)
        self._values: dict[tuple[str, ...], Values] = {}
        self.others: dict[str, list[tuple[int, list[int]]]] = {}
        for question, alike in mover.places.items():
            code = codes.known.get(question)
            now = 0 if code is None else table.steps[question][code]
            others = [(step - now, places) for step, places in alike.items() if code is None or step != now]
            if others:
                self.others[question] = others

    def values(self, questions: Sequence[str]) -> Values:
        """What it comes to with other answers to some questions."""
        unknown = tuple([question for question in questions if question in self._codes.uncertain])
        found = self._values.get(unknown)
        if found is None:
            left = self._table.places(self._codes, unknown)
            found = self._values[unknown] = cache(partial(_parts, self._table, left))
        return found


def _parts(table: Argument | Truth, left: Places, added: int) -> int:
    """What a mover takes from its paths, or adds to them, where some patterns are possible and others' steps added."""
    if isinstance(table, Truth):
        return -CLOSED if all(table.at(place + added) is True for place, _ in left) else 0
    return round(table.points([(place + added, weight) for place, weight in left]) * UNIT)


class Movers:
    """All movers of a rule base, gates and roles last. A change to a sensitive question has no place.

    `questions` are those that any mover looks at, those that share movers with the most others first, and `places` the
    places of their changes, by code from 1.
    """

    def __init__(self, tables: Tables) -> None:
        base = tables.base
        self.paths = tuple(base.path)
        shut: dict[Truth, set[str]] = {}
        for path, gate in tables.gates:
            shut.setdefault(gate, set()).add(path)
        parts: list[tuple[Argument | Truth, frozenset[str]]] = [
            *((tables.argument(rule), frozenset(base.paths_of(rule))) for rule in base.rules),
            *((gate, frozenset(paths)) for gate, paths in shut.items()),
            *((role, frozenset(self.paths)) for role in tables.roles),
        ]
        told = [question.id for question in base.questions.values() if not question.sensitive]
        self.questions = _most_shared_first([table.steps for table, _ in parts], told)
        self.places: dict[str, range] = {}
        self.changes: list[str] = []
        """The question of each change, by place."""
        for question in self.questions:
            count = len(tables.book.open(question))
            self.places[question] = range(len(self.changes), len(self.changes) + count)
            self.changes += [question] * count
        self.reach: dict[tuple[str, Answer | None], Reach] = {}
        """What can be worked towards from the answers to a question that were met (see `smallest`)."""
        self.all = tuple(Mover(table, on, self.places) for table, on in parts)

    def place(self, question: str, code: int) -> int:
        """The place of a change."""
        return self.places[question][code - 1]

    @cached_property
    def towards(self) -> dict[str, list[int]]:
        """For each path what one part of a point of every mover is towards its hurdles, packed: to be ahead of each
        other path, and to have the points that it takes to win."""
        found: dict[str, list[int]] = {}
        for path in self.paths:
            rivals = [other for other in self.paths if other != path]
            ons = {mover.on for mover in self.all}
            gains = {on: packed([(path in on) - (rival in on) for rival in rivals] + [int(path in on)]) for on in ons}
            found[path] = [gains[mover.on] for mover in self.all]
        return found

    @cached_property
    def closing(self) -> dict[str, list[int]]:
        """For each path the gates on it, and the roles outside the paths, by their numbers among all movers."""
        truths = [(number, mover.on) for number, mover in enumerate(self.all) if isinstance(mover.table, Truth)]
        return {path: [number for number, on in truths if path in on] for path in self.paths}


def _most_shared_first(scopes: Sequence[Mapping[str, object]], questions: Sequence[str]) -> tuple[str, ...]:
    """The questions that any mover looks at, by how many others it looks at beside them."""
    beside: dict[str, set[str]] = {question: set() for question in questions}
    for scope in scopes:
        for question in scope:
            if question in beside:
                beside[question].update(scope)
    return tuple(sorted((one for one in beside if beside[one]), key=lambda one: -len(beside[one])))
