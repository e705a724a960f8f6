"""The parts of a rule base with their conditions and texts, one by one, for everything that looks at all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pathfinder.rulebase.base import Acceptable
from pathfinder.rulebase.conditions import Condition
from pathfinder.rulebase.models import Case, RuleBase


@dataclass(frozen=True)
class Clause:
    """A condition with the part it stands in and its place there: `when`, `unless`, `cases.1`, `asked_if`."""

    part: str
    inside: str
    condition: Condition


def parts(base: RuleBase) -> Iterator[tuple[str, Acceptable]]:
    """Every part by its id as `RuleBase.places` has it. Cases are parts of their rule, `RULE.cases.N`."""
    for criterion in base.general.criteria:
        yield f"criterion:{criterion.id}", criterion
    yield from ((reservation.id, reservation) for reservation in base.general.reservations)
    yield from base.questions.items()
    yield from ((claim.id, claim) for claim in base.claims)
    for path in base.paths:
        yield f"path:{path.id}", path
    for rule in base.rules.values():
        yield rule.id, rule
        yield from ((f"{rule.id}.cases.{index}", case) for index, case in enumerate(rule.cases))
    for path in base.paths:
        yield from ((gate.id, gate) for gate in path.gates)
        yield from ((caution.id, caution) for caution in path.cautions)
        yield from ((step.id, step) for step in path.steps)
        yield from ((item.id, item) for item in path.checklist)
    yield from ((extra.id, extra) for extra in base.extras)
    yield from ((expectation.id, expectation) for expectation in base.expectations)
    yield from ((crossing.id, crossing) for crossing in base.crossings)


def clauses(base: RuleBase) -> Iterator[Clause]:
    """Every condition of the base."""
    for question, asked_if in base.relevance.items():
        yield Clause(question, "asked_if", asked_if)
    for question, given in base.given.items():
        yield from (Clause(question, f"plausible.given.{index}", one) for index, one in enumerate(given))
    for rule in base.rules.values():
        yield from (Clause(rule.id, f"cases.{index}", case.when) for index, case in enumerate(rule.cases))
    for key, part in parts(base):
        for name in ("when", "unless", "skip", "decides", "given", "among"):
            condition = getattr(part, name, None)
            if isinstance(condition, Condition) and not isinstance(part, Case):
                yield Clause(key, name, condition)
    for tension in base.tensions:
        for index, one in enumerate(tension.undecided_between):
            yield Clause(tension.id, f"undecided_between.{index}", one)
