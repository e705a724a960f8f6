"""Mutants that no answer sheet can tell from the rule base they were made of.

Proved over cells: each question that either of the two looks at is divided into the kinds of answer that their
checks can tell apart, and both have to say the same of every combination.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from pathfinder.answers.cells import Cell, cells
from pathfinder.answers.scope import layout, scope_of
from pathfinder.assessment.completions import fires
from pathfinder.authoring.mutants import Mutant
from pathfinder.rulebase.columns import Frame, evaluate
from pathfinder.rulebase.conditions import AllOf, Condition
from pathfinder.rulebase.models import Gate, OtherRole, Rule, RuleBase

MOST = 1 << 20
"""Combinations laid out at most; a mutant with more is taken to differ."""


def is_equivalent(base: RuleBase, mutant: Mutant) -> bool:
    """Whether every completely answered sheet gets the same from the mutant as from the base."""
    if mutant.part in base.rules:
        rule = base.rules[mutant.part]
        after = mutant.after if isinstance(mutant.after, Rule) else None
        frame = _every_combination(base, [*_conditions(rule), *_conditions(after)])
        return frame is not None and _points(rule, frame) == _points(after, frame)
    for path in base.paths:
        if any(gate.id == mutant.part for gate in path.gates):
            changed = [mutant.after if gate.id == mutant.part else gate for gate in path.gates]
            return _same(
                base, [gate.when for gate in path.gates], [one.when for one in changed if isinstance(one, Gate)]
            )
    roles = [mutant.after if role.id == mutant.part else role for role in base.other_roles]
    return _same(base, _deciding(base.other_roles), _deciding([one for one in roles if isinstance(one, OtherRole)]))


def _conditions(rule: Rule | None) -> list[Condition]:
    if rule is None:
        return []
    return [case.when for case in rule.cases] + ([rule.unless] if rule.unless else [])


def _deciding(roles: Sequence[OtherRole]) -> list[Condition]:
    return [AllOf((role.when, role.decides)) for role in roles if role.decides is not None]


def _every_combination(base: RuleBase, conditions: Sequence[Condition]) -> Frame | None:
    """Everybody that these conditions can tell apart; None where they are too many."""
    found: dict[str, tuple[Cell, ...]] = {
        question: cells(base.questions[question], None, checks)
        for question, checks in scope_of(base, conditions).checks.items()
    }
    if prod(len(options) for options in found.values()) > MOST:
        return None
    return layout(base, {}, found).frame


def _points(rule: Rule | None, frame: Frame) -> dict[int, int]:
    """Who gets how many points, those with none left out."""
    if rule is None:
        return {}
    found: dict[int, int] = {}
    for outcome in fires(rule, frame):
        if outcome.points:
            found[outcome.points] = found.get(outcome.points, 0) | outcome.people
    return found


def _same(base: RuleBase, before: Sequence[Condition], after: Sequence[Condition]) -> bool:
    """Whether some condition of the one holds just where some of the other does."""
    frame = _every_combination(base, [*before, *after])
    return frame is not None and _any(before, frame) == _any(after, frame)


def _any(conditions: Sequence[Condition], frame: Frame) -> int:
    people = 0
    for condition in conditions:
        people |= evaluate(condition, frame).true
    return people
