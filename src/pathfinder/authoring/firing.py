"""For how many people each argument and each of its cases counts, and which can count for nobody at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pathfinder.assessment.completions.completing import Completions, Decided, fires
from pathfinder.authoring.combinations import everyone
from pathfinder.rulebase.models import Rule, RuleBase


@dataclass(frozen=True)
class CaseFiring:
    """One case, counted from 1: the share of people (0 to 1) for whom it decides, and whether any answers at all
    can make it decide."""

    number: int
    fires: float
    possible: bool


@dataclass(frozen=True)
class RuleFiring:
    """One argument: the share of people for whom it gives or takes points."""

    id: str
    fires: float
    cases: tuple[CaseFiring, ...]


def firing(base: RuleBase, fired: Mapping[str, Sequence[Decided]], people: Completions) -> tuple[RuleFiring, ...]:
    """Every argument of the base over a population; `fired` says what each of them decides there."""
    return tuple(_rule(base, rule, fired[rule.id], people) for rule in base.rules.values())


def _rule(base: RuleBase, rule: Rule, fired: Sequence[Decided], people: Completions) -> RuleFiring:
    possible = possible_cases(base, rule)
    counts, counted = {outcome.case: outcome.people for outcome in fired}, 0
    for outcome in fired:
        counted |= outcome.people if outcome.points else 0
    cases = tuple(
        CaseFiring(place + 1, people.share(counts.get(place, 0)), place in possible) for place in range(len(rule.cases))
    )
    return RuleFiring(rule.id, people.share(counted), cases)


def possible_cases(base: RuleBase, rule: Rule) -> frozenset[int]:
    """The places of the cases that decide for somebody who answers everything; exact, over all kinds of answers."""
    return frozenset(outcome.case for outcome in fires(rule, everyone(base, rule.conditions)))
