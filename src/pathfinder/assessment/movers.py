"""Everything that moves paths when answers change: arguments, gates and other roles, each as tables of points."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from pathfinder.answers.cells import AnyCheck, Cell
from pathfinder.answers.scope import layout, scope_of, split_cells
from pathfinder.assessment.counterfactual import Counterfactuals
from pathfinder.rulebase.columns import evaluate
from pathfinder.rulebase.conditions import Condition, Value
from pathfinder.rulebase.models import Rule

UNIT = 1_000_000
"""Parts of a point: points are rounded to six digits, so that sums of parts are exact."""

CLOSED = 1_000_000 * UNIT
"""Parts that a gate, or another role that decides, takes from a path."""


@dataclass(frozen=True)
class Mover:
    """Something that moves the paths `on` by the same parts of points.

    `checks` are the questions it looks at with what it asks of them. `table` gives the parts for every combination of
    other answers to some of them, the last question varying fastest, everything else as it was answered.
    """

    checks: Mapping[str, tuple[AnyCheck, ...]]
    on: frozenset[str]
    table: Callable[[Mapping[str, tuple[Value, ...]]], list[int]]


def movers(what_if: Counterfactuals) -> list[Mover]:
    """All of one rule base, for one person."""
    base = what_if.base
    everywhere = frozenset(path.id for path in base.paths)
    return [
        *(_argument(what_if, rule) for rule in base.rules.values()),
        *(_closing(what_if, [gate.when], frozenset({path.id})) for path in base.paths for gate in path.gates),
        *(_closing(what_if, [role.when, role.decides], everywhere) for role in base.other_roles if role.decides),
    ]


def _argument(what_if: Counterfactuals, rule: Rule) -> Mover:
    scorer = what_if.scorer
    answered, free = split_cells(what_if.base, what_if.sheet, scorer.scope(rule))

    def table(changed: Mapping[str, tuple[Value, ...]]) -> list[int]:
        return [round(points * UNIT) for points in scorer.table(rule, answered, free, changed)]

    return Mover(scorer.scope(rule).checks, frozenset(what_if.base.paths_of(rule.id)), table)


def _closing(what_if: Counterfactuals, conditions: Sequence[Condition], on: frozenset[str]) -> Mover:
    """What closes paths while each of its conditions is known to be true."""
    base = what_if.base
    scope = scope_of(base, conditions)
    answered, _ = split_cells(base, what_if.sheet, scope)

    def table(changed: Mapping[str, tuple[Value, ...]]) -> list[int]:
        others = {question: tuple(Cell(value, 1.0) for value in values) for question, values in changed.items()}
        kept = {question: found for question, found in answered.items() if question not in changed}
        frame = layout(base, {**others, **kept}, {}).frame
        block = prod(len(found) for found in kept.values())
        window, true = (1 << block) - 1, frame.everyone
        for condition in conditions:
            true &= evaluate(condition, frame).true
        return [-CLOSED if true >> start & window == window else 0 for start in range(0, frame.size, block)]

    return Mover(scope.checks, on, table)
