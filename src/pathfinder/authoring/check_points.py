"""Points: their order along a question, their scale, and how evenly the paths are argued for and against."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from pathfinder.assessment.scoring.scorer import decide
from pathfinder.authoring.combinations import Line, along, plain, too_many
from pathfinder.authoring.findings import Finding
from pathfinder.rulebase.columns import evaluate
from pathfinder.rulebase.conditions import tests
from pathfinder.rulebase.models import Rule, RuleBase

UNEVEN = 2.0
"""A path that can get this many times more, or less, than the median path is reported."""


def check_points(base: RuleBase) -> Iterator[Finding]:
    """PF201 to PF207."""
    for rule in base.rules.values():
        yield from _scale(base, rule)
        if not any(case.points for case in rule.cases):
            yield Finding("PF203", rule.id, "all of its cases have 0 points")
        elif not too_many(base, rule.conditions):
            yield from _monotone(base, rule)
    yield from _criteria(base)
    yield from _evenness(base)
    used = {rule.criterion for rule in base.rules.values()}
    for criterion in base.general.criteria:
        if criterion.id not in used:
            yield Finding("PF207", f"criterion:{criterion.id}", "no argument stands under it")


def _scale(base: RuleBase, rule: Rule) -> Iterator[Finding]:
    steps = base.general.scale
    for index, case in enumerate(rule.cases):
        if case.points and abs(case.points) not in steps:
            known = ", ".join(str(step) for step in sorted(steps))
            yield Finding("PF202", rule.id, f"{case.points:+} is no step of the scale ({known})", f"cases.{index}")


def _monotone(base: RuleBase, rule: Rule) -> Iterator[Finding]:
    conditions = rule.conditions
    named = {test.question for condition in conditions for test in tests(condition)}
    for key in base.questions:
        if key in named and base.questions[key].rises:
            line = along(base, conditions, key)
            points = points_of(rule, line)
            if both := _rises(line, points) & _falls(line, points):
                context = (both & -both).bit_length() - 1
                yield Finding("PF201", rule.id, _described(line, points, context))


def points_of(rule: Rule, line: Line) -> dict[int, list[int]]:
    """For each number of points that the argument can come to, the contexts in which it does, for each value."""
    void = evaluate(rule.unless, line.frame).true if rule.unless is not None else 0
    found: dict[int, int] = {0: void}
    for (points, _), people in decide(rule.cases, line.frame).items():
        found[points] = found.get(points, 0) | people & ~void
    return {points: line.contexts(people) for points, people in found.items()}


def _rises(line: Line, points: dict[int, list[int]]) -> int:
    """The contexts in which the points are somewhere higher at the next value."""
    found = 0
    for low, before in points.items():
        for high, after in points.items():
            if low < high:
                for place in range(len(line.values) - 1):
                    found |= before[place] & after[place + 1]
    return found


def _falls(line: Line, points: dict[int, list[int]]) -> int:
    return _rises(line, {-number: where for number, where in points.items()})


def _described(line: Line, points: dict[int, list[int]], context: int) -> str:
    """`along coding the points go -4 from none, 1 from solid, where maths is ok`."""
    steps: list[str] = []
    last: int | None = None
    for place in range(len(line.values)):
        now = next(number for number, where in points.items() if where[place] >> context & 1)
        if now != last:
            steps.append(f"{now:+} {_from(line, place)}" if now else f"0 {_from(line, place)}")
        last = now
    where = line.described(context)
    return f"along {line.question.id} the points go {', '.join(steps)}" + (f" (with {where})" if where else "")


def _from(line: Line, place: int) -> str:
    """Where a stretch of values begins. Every second value of a number stands for what lies above the one before."""
    if line.question.kind == "number" and place % 2:
        return f"above {plain(line.values[place - 1])}"
    return f"from {plain(line.values[place])}"


def _criteria(base: RuleBase) -> Iterator[Finding]:
    for path in base.paths:
        for sign, word in ((1, "for"), (-1, "against")):
            speaking = [rule for rule in base.rules_of(path.id) if reach(rule, sign)]
            criteria = {rule.criterion for rule in speaking}
            if not speaking:
                yield Finding("PF205", f"path:{path.id}", f"no argument can ever speak {word} it")
            elif len(criteria) == 1:
                only = next(iter(criteria))
                yield Finding("PF204", f"path:{path.id}", f"all that can speak {word} it stands under '{only}'")


def reach(rule: Rule, sign: int) -> int:
    """The most points an argument can count for (sign 1) or against (sign -1) a path; never negative."""
    return max(0, *(sign * case.points for case in rule.cases))


def _evenness(base: RuleBase) -> Iterator[Finding]:
    for sign, word in ((1, "for"), (-1, "against")):
        sums = {path.id: sum(reach(rule, sign) for rule in base.rules_of(path.id)) for path in base.paths}
        middle = median(sums.values())
        for path, total in sums.items():
            if total and (total * UNEVEN < middle or total > middle * UNEVEN):
                message = f"what speaks {word} it adds up to at most {total}; the median path has {middle:g}"
                yield Finding("PF206", f"path:{path}", message)
