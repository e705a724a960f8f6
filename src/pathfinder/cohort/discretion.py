"""Problems with somebody's answers, told without what is private."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from msgspec import structs

from pathfinder.errors import Problem
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.without import private_questions
from pathfinder.store.person import Person

PRIVATE = Problem("a private answer cannot be used as it stands", "Without --redact the batch says which, and why")
"""In place of a problem that names a private question, or quotes what stands there."""


def discreet(base: RuleBase) -> Callable[[Person], Person]:
    """Makes of people those whose problems can be passed on: every one that has to do with a private question becomes
    `PRIVATE`, several of them one."""
    names = sorted(private_questions(base))
    if not names:
        return lambda person: person
    private = re.compile(rf"\b({'|'.join(map(re.escape, names))})\b")

    def told(person: Person) -> Person:
        problems = [_told(private, problem) for problem in person.problems]
        return replace(person, problems=tuple(dict.fromkeys(problems)))

    return told


def _told(private: re.Pattern[str], problem: Problem) -> Problem:
    text = f"{problem.key or ''} {problem.message} {problem.remedy}"
    return structs.replace(PRIVATE, file=problem.file, line=problem.line) if private.search(text) else problem
