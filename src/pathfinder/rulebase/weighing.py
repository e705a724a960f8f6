"""A rule base as somebody weighs it: every argument's points times what its criterion counts for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from pathfinder.cleaning import one_line
from pathfinder.errors import Problem, nearest
from pathfinder.rulebase.arguments import Rule
from pathfinder.rulebase.models import RuleBase

MOST = 5.0
"""A criterion counts at most so many times as much as the rule base lets it."""

DECIMALS = 2
"""Decimals of a weight."""


def read_weights(
    pairs: Iterable[tuple[object, object]], criteria: Iterable[str], key: str
) -> tuple[dict[str, float], list[Problem]]:
    """The weights in some pairs of a criterion and a number, and what is wrong with any of them; `key` names the place
    they come from."""
    known = tuple(criteria)
    found: dict[str, float] = {}
    problems = []
    for criterion, raw in pairs:
        shown = one_line(str(criterion), 40)
        weight = _weight(raw)
        if criterion not in known:
            meant = nearest(shown, known) or f"It is one of: {', '.join(known)}"
            problems.append(Problem(f"there is no criterion '{shown}'", meant, key=f"{key}.{shown}"))
        elif weight is None:
            remedy = f"Write a number from 0 to {MOST:g}, such as 2 or 0.5; 1 is what the rule base has"
            problems.append(Problem("this is no weight", remedy, key=f"{key}.{shown}"))
        elif shown in found:
            problems.append(Problem(f"'{shown}' is weighed twice", "Keep one of them", key=f"{key}.{shown}"))
        else:
            found[shown] = weight
    return found, problems


def _weight(raw: object) -> float | None:
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
        return None
    try:
        number = float(raw)
    except ValueError:
        return None
    return number if 0 <= number <= MOST and round(number, DECIMALS) == number else None


def weighed(base: RuleBase, weights: Mapping[str, float]) -> RuleBase:
    """The base with each argument's points multiplied by the weight of its criterion (1 where none is given).

    Points of a weighed base may be fractions. Weights lie between 0 and `MOST`; those of 1 change nothing.
    """
    told = {criterion: float(weight) for criterion, weight in weights.items() if weight != 1}
    if not told:
        return base

    def times(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        return tuple(_times(rule, told.get(rule.criterion, 1.0)) for rule in rules)

    return base.with_parts(
        paths=tuple(replace(path, rules=times(path.rules)) for path in base.paths),
        shared=tuple(replace(group, rules=times(group.rules)) for group in base.shared),
        weights=told,
    )


def _times(rule: Rule, weight: float) -> Rule:
    if weight == 1:
        return rule
    cases = tuple(replace(case, points=round(case.points * weight, DECIMALS)) for case in rule.cases)
    return replace(rule, cases=cases)
