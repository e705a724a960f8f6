"""Everything that moves paths when answers change: arguments, gates and other roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pathfinder.assessment.cellbook import OPEN
from pathfinder.assessment.counterfactual import Counterfactuals
from pathfinder.assessment.counts import Counts
from pathfinder.assessment.pattern_effects import Parts, PatternEffects
from pathfinder.assessment.tables import Argument, Truth

UNIT = 1_000_000
"""Parts of a point: points are rounded to six digits, so that sums of parts are exact."""

CLOSED = 1_000_000 * UNIT
"""Parts that a gate, or another role that decides, takes from a path."""

MOST_KEPT = 10_000
"""Patterns whose effects are kept, of all movers of a rule base together."""


class Mover(NamedTuple):
    """Something that moves the paths `on` by the same parts of points: a table, with what it comes to."""

    table: Argument | Truth
    on: frozenset[str]

    def parts(self, counts: Counts) -> Parts:
        """What it takes from its paths, or adds to them, for one person's other answers."""
        table = self.table
        if isinstance(table, Truth):
            return lambda other: [-CLOSED if shut else 0 for shut in counts.truths(table, other)]
        return lambda other: [round(points * UNIT) for points in counts.grid(table, other)]

    def effects(self, counts: Counts, questions: Sequence[str]) -> PatternEffects:
        """What other answers to some questions do to it; worked out once for all who have its pattern of answers."""
        known, steps = counts.codes.known, self.table.steps
        asked = [question for question in questions if question in steps]
        told_apart = ((question, self._others(question, known.get(question, OPEN))) for question in asked)
        others = {question: answers for question, answers in told_apart if answers}
        if any(question not in known for question in steps):
            return PatternEffects(self.parts(counts), others)
        kept = counts.tables.effects
        key = (self.table, tuple([known[question] for question in steps]), tuple(asked))
        found = kept.get(key)
        if found is None:
            if len(kept) >= MOST_KEPT:
                kept.clear()
            found = kept[key] = PatternEffects(self.parts(counts.of_pattern(self.table)), others)
        return found

    def _others(self, question: str, now: int) -> Mapping[int, int]:
        """Other answers to a question that it can tell from the present one and from each other."""
        steps = self.table.steps[question]
        found = {step: code for code, step in reversed(list(enumerate(steps))) if code != OPEN}
        if now != OPEN:
            found.pop(steps[now], None)
        return found


def movers(what_if: Counterfactuals) -> list[Mover]:
    """All of one rule base."""
    base, tables = what_if.base, what_if.tables
    everywhere = frozenset(path.id for path in base.paths)
    shut: dict[Truth, set[str]] = {}
    for path, gate in tables.gates:
        shut.setdefault(gate, set()).add(path)
    return [
        *(Mover(tables.argument(rule), frozenset(base.paths_of(rule))) for rule in base.rules),
        *(Mover(gate, frozenset(paths)) for gate, paths in shut.items()),
        *(Mover(role, everywhere) for role in tables.roles),
    ]
