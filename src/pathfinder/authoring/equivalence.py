"""Mutants that no answer sheet can tell from the rule base they were made of.

Proved over cells: each question that either of the two looks at is divided into the kinds of answer that their
checks can tell apart, and both have to say the same of every combination.
"""

from __future__ import annotations

from collections.abc import Sequence

from pathfinder.assessment.completions.completing import fires
from pathfinder.authoring.combinations import everyone, too_many
from pathfinder.authoring.mutants import Mutant
from pathfinder.rulebase.columns import Frame, evaluate
from pathfinder.rulebase.conditions import AllOf, Condition
from pathfinder.rulebase.models import Gate, OtherRole, Rule, RuleBase

Outcomes = dict[int, int]
"""Points other than 0, and the bitmap of the people for whom they count."""


def outcomes(rule: Rule | None, frame: Frame) -> Outcomes:
    """Who gets how many points from an argument; nobody gets any from one that was dropped."""
    found: Outcomes = {}
    for decided in fires(rule, frame) if rule is not None else ():
        if decided.points:
            found[decided.points] = found.get(decided.points, 0) | decided.people
    return found


def is_equivalent(base: RuleBase, mutant: Mutant) -> bool:
    """Whether every completely answered sheet gets the same from the mutant as from the base.

    A mutant with too many combinations to look at is taken to differ.
    """
    if mutant.part in base.rules:
        return _same_points(base, base.rules[mutant.part], mutant.after if isinstance(mutant.after, Rule) else None)
    for path in base.paths:
        if any(gate.id == mutant.part for gate in path.gates):
            changed = [mutant.after if gate.id == mutant.part else gate for gate in path.gates]
            now = [gate.when for gate in changed if isinstance(gate, Gate)]
            return _same_people(base, [gate.when for gate in path.gates], now)
    roles = [mutant.after if role.id == mutant.part else role for role in base.other_roles]
    now = _deciding([role for role in roles if isinstance(role, OtherRole)])
    return _same_people(base, _deciding(base.other_roles), now)


def _same_points(base: RuleBase, before: Rule, after: Rule | None) -> bool:
    conditions = (*before.conditions, *(after.conditions if after is not None else ()))
    if too_many(base, conditions):
        return False
    frame = everyone(base, conditions)
    return outcomes(before, frame) == outcomes(after, frame)


def _same_people(base: RuleBase, before: Sequence[Condition], after: Sequence[Condition]) -> bool:
    """Whether some condition of the one holds just where some of the other does."""
    conditions = (*before, *after)
    if too_many(base, conditions):
        return False
    frame = everyone(base, conditions)
    return _any(before, frame) == _any(after, frame)


def _any(conditions: Sequence[Condition], frame: Frame) -> int:
    people = 0
    for condition in conditions:
        people |= evaluate(condition, frame).true
    return people


def _deciding(roles: Sequence[OtherRole]) -> list[Condition]:
    """Where each role speaks up and decides."""
    return [AllOf((role.when, role.decides)) for role in roles if role.decides is not None]
