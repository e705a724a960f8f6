"""Everything that moves paths when answers change: arguments, gates and other roles, each as tables of points."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pathfinder.assessment.counterfactual import Counterfactuals
from pathfinder.assessment.tables import Truth

UNIT = 1_000_000
"""Parts of a point: points are rounded to six digits, so that sums of parts are exact."""

CLOSED = 1_000_000 * UNIT
"""Parts that a gate, or another role that decides, takes from a path."""


Codes = Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Mover:
    """Something that moves the paths `on` by the same parts of points.

    `steps` tell the kinds of answer to each question it looks at apart: codes of the same step are alike to it. `table`
    gives the parts for every combination of other answers (codes) to some of them, the last question varying fastest,
    everything else as it was answered.
    """

    steps: Mapping[str, tuple[int, ...]]
    on: frozenset[str]
    table: Callable[[Codes], list[int]]


def movers(what_if: Counterfactuals) -> list[Mover]:
    """All of one rule base, for one person."""
    base, tables = what_if.base, what_if.tables
    everywhere = frozenset(path.id for path in base.paths)
    return [
        *(_argument(what_if, rule) for rule in base.rules),
        *(_closing(what_if, gate, frozenset({path})) for path, gate in tables.gates),
        *(_closing(what_if, role, everywhere) for role in tables.roles),
    ]


def _argument(what_if: Counterfactuals, rule: str) -> Mover:
    counts = what_if.counts

    def table(other: Codes) -> list[int]:
        return [round(points * UNIT) for points in counts.grid(rule, other)]

    return Mover(what_if.tables.argument(rule).steps, frozenset(what_if.base.paths_of(rule)), table)


def _closing(what_if: Counterfactuals, truth: Truth, on: frozenset[str]) -> Mover:
    """What closes paths while it is known to be true."""
    counts = what_if.counts

    def table(other: Codes) -> list[int]:
        return [-CLOSED if shut else 0 for shut in counts.truths(truth, other)]

    return Mover(truth.steps, on, table)
