"""Questions on which nothing hangs."""

from __future__ import annotations

from collections.abc import Iterator

from pathfinder.authoring.findings import Finding
from pathfinder.authoring.parts import clauses
from pathfinder.rulebase.conditions import tests
from pathfinder.rulebase.models import RuleBase


def check_questions(base: RuleBase) -> Iterator[Finding]:
    """PF401."""
    used = used_questions(base)
    for question in base.questions:
        if question not in used:
            yield Finding("PF401", question, "no condition looks at it, and nothing settles it")


def used_questions(base: RuleBase) -> set[str]:
    """The questions on which something hangs for somebody: something a report says or counts, or whether another
    such question is asked. How plausible an answer is, and what is expected of the base, does not count."""
    own = {"asked_if", "given", "among"}
    used = {
        test.question
        for clause in clauses(base)
        if clause.inside not in own and not clause.inside.startswith("plausible")
        for test in tests(clause.condition)
    }
    used |= {question for experiment in base.experiments for question in experiment.settles}
    used |= {question for path in base.paths for item in path.checklist for question in item.settles}
    for question in reversed(base.questions):  # `asked_if` only looks back
        if question in used and question in base.relevance:
            used |= {test.question for test in tests(base.relevance[question])}
    return used
