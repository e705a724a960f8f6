"""Which questions describe a concrete place on which path: worked out from what the parts of each path look at."""

from __future__ import annotations

from collections.abc import Iterator

from pathfinder.rulebase.conditions import Condition, tests
from pathfinder.rulebase.models import PathParts, RuleBase


def offers_by_path(base: RuleBase) -> dict[str, tuple[str, ...]]:
    """For each path the questions about a concrete place on it, in the order of the interview.

    These are the questions on offers in the sections that are about the path, as far as anything on the path looks at
    them. A section is about the path whose parts look at its offers most often; the base's order breaks a tie.
    """
    looks = {path.id: list(_looked_at(base, path)) for path in base.paths}
    found: dict[str, list[str]] = {path: [] for path in looks}
    for section in base.sections:
        offers = [question.id for question in section.questions if question.nature == "offer"]
        counts = {path: sum(seen.count(key) for key in offers) for path, seen in looks.items()}
        home = max(counts, key=lambda path: counts[path])
        found[home] += [key for key in offers if key in looks[home]]
    return {path: tuple(keys) for path, keys in found.items()}


def _looked_at(base: RuleBase, path: PathParts) -> Iterator[str]:
    """The questions that the parts of a path look at, each once for every part."""
    parts: list[tuple[Condition | None, ...]] = [rule.conditions for rule in base.rules_of(path.id)]
    parts += [(gate.when,) for gate in path.gates]
    parts += [(caution.when,) for caution in path.cautions]
    parts += [(step.when, step.skip) for step in path.steps]
    for conditions in parts:
        yield from {test.question for condition in conditions if condition is not None for test in tests(condition)}
    for item in path.checklist:
        asked = {test.question for test in tests(item.when)} if item.when is not None else set()
        yield from asked | set(item.settles)
