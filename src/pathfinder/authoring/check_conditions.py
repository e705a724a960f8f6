"""Conditions that nobody meets, everybody meets, or nobody can check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pathfinder.answers.cells import cells
from pathfinder.authoring.combinations import everyone, too_many
from pathfinder.authoring.findings import Finding
from pathfinder.authoring.parts import Clause, clauses
from pathfinder.rulebase.columns import evaluate
from pathfinder.rulebase.conditions import ALWAYS, AllOf, Condition, Test, tests
from pathfinder.rulebase.models import OtherRole, Rule, RuleBase, Step, Tension


def check_conditions(base: RuleBase) -> Iterator[Finding]:
    """Every condition by itself (PF101, PF103, PF108), then where several stand together (PF101, PF102, PF104)."""
    for clause in clauses(base):
        yield from _alone(base, clause)
    for rule in base.rules.values():
        if not too_many(base, rule.conditions):
            yield from _cases(base, rule)
    for question, given in base.given.items():
        if not too_many(base, given):
            yield from _in_order(base, question, "plausible.given", given)
    yield from _together(base)


def _alone(base: RuleBase, clause: Clause) -> Iterator[Finding]:
    if too_many(base, [clause.condition]):
        yield Finding("PF108", clause.part, f"`{_key(clause)}` tells too many answers apart", clause.inside)
        return
    touching_nothing = [test for test in tests(clause.condition) if _always_passes(base, test)]
    for test in touching_nothing:
        message = f"`{_key(clause)}`: every answer to {test.question} passes its test"
        yield Finding("PF103", clause.part, message, clause.inside)
    frame = everyone(base, [clause.condition])
    true = evaluate(clause.condition, frame).true
    if not true:
        yield Finding("PF101", clause.part, f"nobody can meet `{_key(clause)}`", clause.inside)
    elif true == frame.everyone and not touching_nothing:
        yield Finding("PF103", clause.part, f"everybody meets `{_key(clause)}`", clause.inside)


def _key(clause: Clause) -> str:
    return "when" if clause.inside.startswith("cases.") else clause.inside


def _always_passes(base: RuleBase, test: Test) -> bool:
    return all(test.check.holds(cell.value) for cell in cells(base.questions[test.question], None, [test.check]))


def _cases(base: RuleBase, rule: Rule) -> Iterator[Finding]:
    yield from _in_order(base, rule.id, "cases", [case.when for case in rule.cases])
    if rule.unless is None:
        return
    frame = everyone(base, rule.conditions)
    left = frame.everyone
    void = evaluate(rule.unless, frame).true
    for index, case in enumerate(rule.cases):
        here = left & evaluate(case.when, frame).true
        left &= ~here
        if here and not here & ~void:
            yield Finding("PF104", rule.id, "`unless` holds wherever this case decides", f"cases.{index}")


def _in_order(base: RuleBase, part: str, key: str, conditions: Sequence[Condition]) -> Iterator[Finding]:
    """Conditions of which the first that holds decides: those that are left nobody by the ones before."""
    frame = everyone(base, conditions)
    taken = 0
    for index, condition in enumerate(conditions):
        here = evaluate(condition, frame).true
        if here and not here & ~taken:
            which = "it" if key == "cases" else f"`{key}.{index}`"
            message = f"earlier ones already decide for everybody {which} speaks of"
            yield Finding("PF102", part, message, f"{key}.{index}")
        taken |= here


def _together(base: RuleBase) -> Iterator[Finding]:
    """Conditions of one part that have to hold, or not to hold, at the same time."""
    for path in base.paths:
        yield from (finding for step in path.steps for finding in _step(base, step))
    for role in base.other_roles:
        yield from _role(base, role)
    for tension in base.tensions:
        yield from _tension(base, tension)


def _step(base: RuleBase, step: Step) -> Iterator[Finding]:
    when = step.when or ALWAYS
    if step.skip is None or too_many(base, [when, step.skip]):
        return
    frame = everyone(base, [when, step.skip])
    shown = evaluate(when, frame).true
    if shown and not shown & ~evaluate(step.skip, frame).true:
        yield Finding("PF104", step.id, "`skip` holds wherever `when` does", "skip")


def _role(base: RuleBase, role: OtherRole) -> Iterator[Finding]:
    if role.decides is not None and _exclude(base, role.when, role.decides):
        yield Finding("PF101", role.id, "nobody can meet `decides` and `when` at once", "decides")


def _tension(base: RuleBase, tension: Tension) -> Iterator[Finding]:
    for index, alternative in enumerate(tension.undecided_between):
        if tension.when is not None and _exclude(base, tension.when, alternative):
            message = f"nobody can meet `undecided_between.{index}` and `when` at once"
            yield Finding("PF101", tension.id, message, f"undecided_between.{index}")


def _exclude(base: RuleBase, one: Condition, other: Condition) -> bool:
    """Whether two conditions can each be met, but never both."""
    if too_many(base, [one, other]):
        return False
    frame = everyone(base, [one, other])
    return (
        bool(evaluate(one, frame).true and evaluate(other, frame).true)
        and not evaluate(AllOf((one, other)), frame).true
    )
