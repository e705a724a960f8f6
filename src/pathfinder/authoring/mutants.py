"""Mutants of a rule base: the same base with one thing changed, as a slip of the author might change it.

Changed are the parts that score: arguments, gates, and what sends a person to another role. Nothing is written to disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Literal

from msgspec.structs import replace

from pathfinder.rulebase.conditions import AllOf, AnyOf, Condition, Not, OneOf, Selects, Test, Value, Within
from pathfinder.rulebase.models import Case, Gate, OtherRole, Rule, RuleBase
from pathfinder.rulebase.questions import Question

Kind = Literal["sign", "points", "threshold", "value", "condition", "case", "order", "rule", "unless", "gate", "role"]
"""What was changed: the sign or the size of a case's points, a threshold, a value of a list, a part of a condition;
or dropped: a case, a whole argument, its `unless`, a gate, an other role; or the order of two cases."""

Part = Rule | Gate | OtherRole
Change = tuple[Kind, Condition, Condition | None, Condition]
"""A changed condition: kind, the piece as it was, the piece as it is (None: dropped), and the whole."""


@dataclass(frozen=True)
class Mutant:
    """One change. `part` is the id of the argument, gate or role, `after` that part when changed (None: dropped).

    `place` says where in it (`case 2`, `unless`, `when`, `decides`; empty for the whole part). `points` holds
    those of the case before and after, `tests` the changed piece of the condition before and after.
    """

    kind: Kind
    part: str
    after: Part | None
    place: str = ""
    points: tuple[int, int] | None = None
    tests: tuple[Condition, Condition | None] | None = None


def mutants(base: RuleBase) -> Iterator[Mutant]:
    """Every mutant of a rule base, in its own order."""
    for rule in base.rules.values():
        yield from _of_rule(base, rule)
    for path in base.paths:
        for gate in path.gates:
            yield Mutant("gate", gate.id, None)
            for kind, old, new, whole in variants(gate.when, base.questions):
                yield Mutant(kind, gate.id, replace(gate, when=whole), "when", tests=(old, new))
    for role in base.other_roles:
        if role.decides is not None:
            yield Mutant("role", role.id, replace(role, decides=None))
            for kind, old, new, whole in variants(role.decides, base.questions):
                yield Mutant(kind, role.id, replace(role, decides=whole), "decides", tests=(old, new))


def _of_rule(base: RuleBase, rule: Rule) -> Iterator[Mutant]:
    yield Mutant("rule", rule.id, None)
    if rule.unless is not None:
        yield Mutant("unless", rule.id, replace(rule, unless=None), "unless")
        for kind, old, new, whole in variants(rule.unless, base.questions):
            yield Mutant(kind, rule.id, replace(rule, unless=whole), "unless", tests=(old, new))
    for index, case in enumerate(rule.cases):
        yield from _of_case(base, rule, index, case)


def _of_case(base: RuleBase, rule: Rule, index: int, case: Case) -> Iterator[Mutant]:
    place = f"case {index + 1}"
    before, following = rule.cases[:index], rule.cases[index + 1 :]
    if len(rule.cases) > 1:
        yield Mutant("case", rule.id, _with_cases(rule, (*before, *following)), place)
    if following:
        swapped = (*before, following[0], case, *following[1:])
        yield Mutant("order", rule.id, _with_cases(rule, swapped), place)
    for kind, points in _other_points(case.points, base.general.scale):
        changed = replace(case, points=points)
        yield Mutant(
            kind, rule.id, _with_cases(rule, (*before, changed, *following)), place, points=(case.points, points)
        )
    for kind, old, new, whole in variants(case.when, base.questions):
        changed = replace(case, when=whole)
        yield Mutant(kind, rule.id, _with_cases(rule, (*before, changed, *following)), place, tests=(old, new))


def _with_cases(rule: Rule, cases: tuple[Case, ...]) -> Rule:
    return replace(rule, cases=cases)


def _other_points(points: int, scale: Mapping[int, str]) -> Iterator[tuple[Kind, int]]:
    """The opposite sign, and the next steps of the scale up and down; from 0 the first step to either side."""
    steps = sorted(scale)
    if points == 0:
        yield from (("points", points) for points in (steps[0], -steps[0]))
        return
    yield "sign", -points
    sign, size = (1 if points > 0 else -1), abs(points)
    smaller, larger = [step for step in steps if step < size], [step for step in steps if step > size]
    if smaller:
        yield "points", sign * smaller[-1]
    if larger:
        yield "points", sign * larger[0]


def variants(condition: Condition, questions: Mapping[str, Question]) -> Iterator[Change]:
    """Every condition that differs in one place: a threshold one step off, a value or a part missing."""
    match condition:
        case Test(question, check):
            for kind, other in _other_checks(check, questions[question]):
                changed = Test(question, other)
                yield kind, condition, changed, changed
        case AllOf(parts) | AnyOf(parts):
            for place, part in enumerate(parts):
                before, following = parts[:place], parts[place + 1 :]
                if len(parts) > 1:
                    yield "condition", part, None, type(condition)((*before, *following))
                for kind, old, new, inner in variants(part, questions):
                    yield kind, old, new, type(condition)((*before, inner, *following))
        case Not(part):
            for kind, old, new, inner in variants(part, questions):
                yield kind, old, new, Not(inner)


def _other_checks(
    check: OneOf | Within | Selects, question: Question
) -> Iterator[tuple[Kind, OneOf | Within | Selects]]:
    match check:
        case Within():
            yield from (("threshold", moved) for moved in _moved_bounds(check, question))
        case Selects(how, values):
            if len(values) > 1:
                yield from (("value", Selects(how, values - {value})) for value in question.values if value in values)
        case OneOf(values) if question.ordered or question.kind == "scale":
            yield from (("threshold", OneOf(moved)) for moved in _moved_ends(values, question.options))
        case OneOf(values):
            if len(values) > 1:
                yield from (("value", OneOf(values - {value})) for value in question.options if value in values)


def _moved_bounds(check: Within, question: Question) -> Iterator[Within]:
    """Either bound at the neighbouring whole numbers, as long as some answer still passes."""
    found = []
    if check.low is not None and check.low == check.high:
        found += [Within(near, True, near, True) for near in _neighbours(check.low)]
    else:
        for near in _neighbours(check.low):
            found.append(Within(near, check.low_inclusive, check.high, check.high_inclusive))
        for near in _neighbours(check.high):
            found.append(Within(check.low, check.low_inclusive, near, check.high_inclusive))
    least, most = question.bounds
    for moved in found:
        low, high = max(least, moved.low or least), most if moved.high is None else min(most, moved.high)
        inside = all(least <= bound <= most for bound in moved.bounds)
        if inside and any(moved.holds(number) for number in (low, (low + high) / 2, high)):
            yield moved


def _neighbours(bound: float | None) -> tuple[float, ...]:
    return () if bound is None else (ceil(bound) - 1.0, floor(bound) + 1.0)


def _moved_ends(values: frozenset[Value], options: Sequence[Value]) -> Iterator[frozenset[Value]]:
    """Of values that have an order: each end of each run of neighbouring values, one value further in or out."""
    for place, option in enumerate(options):
        beside = [options[near] for near in (place - 1, place + 1) if 0 <= near < len(options)]
        if option in values and len(values) > 1 and any(near not in values for near in beside):
            yield values - {option}
        if option not in values and any(near in values for near in beside):
            yield values | {option}
