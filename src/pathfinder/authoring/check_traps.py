"""Cases that an unanswered question would undo.

An argument that open answers leave undecided counts the outcome nearest zero among those still possible. A question
that some cases look at can so take away another case, which is decided without it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathfinder.assessment.scoring.scorer import decide
from pathfinder.authoring.combinations import Line, along, too_many
from pathfinder.authoring.findings import Finding
from pathfinder.rulebase.columns import evaluate
from pathfinder.rulebase.conditions import tests
from pathfinder.rulebase.models import Rule, RuleBase


def check_traps(base: RuleBase) -> Iterator[Finding]:
    """PF105."""
    for rule in base.rules.values():
        if not too_many(base, rule.conditions):
            yield from _traps(base, rule)


def _traps(base: RuleBase, rule: Rule) -> Iterator[Finding]:
    asking: dict[str, set[int]] = {}
    for index, case in enumerate(rule.cases):
        for test in tests(case.when):
            asking.setdefault(test.question, set()).add(index)
    for question, cases in asking.items():
        line = along(base, rule.conditions, question)
        for undone, by in _undone(rule, line, cases):
            message = (
                f"while {question} is unanswered, its {rule.cases[undone].points:+} counts 0, because case {by + 1} "
                f"({rule.cases[by].points:+}) could still decide"
            )
            yield Finding("PF105", rule.id, message, f"cases.{undone}")


def _undone(rule: Rule, line: Line, asking: set[int]) -> Iterator[tuple[int, int]]:
    """Cases that decide without the question, each with the first of the cases `asking` for it that undoes it."""
    void = evaluate(rule.unless, line.unanswered).true if rule.unless is not None else 0
    in_play = ~(void | line.unanswered.irrelevant(line.question.id))
    deciding = decide(rule.cases, line.frame)
    others = [index for index in range(len(rule.cases)) if index not in asking]
    without = decide([rule.cases[index] for index in others], line.frame)
    for place, index in enumerate(others):
        points = rule.cases[index].points
        settled = line.always(without.get((points, place), 0)) & in_play
        for by in sorted(asking):
            other = rule.cases[by].points
            if points and points * other <= 0 and settled & line.ever(deciding.get((other, by), 0)):
                yield index, by
                break
