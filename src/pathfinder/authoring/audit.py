"""What a rule base does to a population of plausible people, and what it promises and does not keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.completions.completing import compared
from pathfinder.assessment.results.assessment import VerdictKind
from pathfinder.authoring.audit_figures import (
    CrossingAudit,
    GroupAudit,
    PathAudit,
    core_kinds,
    crossing_audits,
    group_audits,
    path_audit,
)
from pathfinder.authoring.expectations import Breach, breaches
from pathfinder.authoring.firing import RuleFiring, firing
from pathfinder.authoring.movers import Mover, Movers
from pathfinder.authoring.population import SEED, SIZE, completer
from pathfinder.rulebase.models import RuleBase

CORE_SIZE = 200
"""People whose core answers alone are assessed: a share is exact to about 0.07 (95%)."""

LEAST_WINS = 0.1
"""Of the verdicts that name a path, the least share that has to name each."""


@dataclass(frozen=True)
class Failure:
    """Something that an audit does not let pass: what it is about, in a word and by id, and what is wrong."""

    what: str
    id: str
    text: str


@dataclass(frozen=True)
class Audit:
    """The whole audit. `kinds` are the shares of the verdict kinds among people who answered everything,
    `core_kinds` among `core_size` of them with their core answers alone."""

    size: int
    seed: int
    questions: int
    core_size: int
    kinds: Mapping[VerdictKind, float]
    core_kinds: Mapping[VerdictKind, float]
    paths: tuple[PathAudit, ...]
    groups: tuple[GroupAudit, ...]
    crossings: tuple[CrossingAudit, ...]
    rules: tuple[RuleFiring, ...]
    moving_rules: tuple[Mover, ...]
    moving_questions: tuple[Mover, ...]
    expectations: int
    breaches: tuple[Breach, ...]
    rulebase: Mapping[str, str]

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Everything for which a strict audit fails."""
        found = [
            Failure(
                "path", path.id, f"wins {path.wins:.1%} of the verdicts that name a path; wanted is {LEAST_WINS:.0%}"
            )
            for path in self.paths
            if path.wins < LEAST_WINS
        ]
        found += [
            Failure(
                "crossing", one.id, f"{one.share:.1%} come out at {' or '.join(one.winner)}, above {one.at_most:.0%}"
            )
            for one in self.crossings
            if not one.holds
        ]
        found += [Failure("rule", rule.id, "counts for nobody") for rule in self.rules if not rule.fires]
        found += [
            Failure("expectation", one.expectation.id, f"is broken for {one.question} on {one.path}")
            for one in self.breaches
        ]
        return tuple(found)


def audit(base: RuleBase, size: int = SIZE, seed: int = SEED, core_size: int = CORE_SIZE) -> Audit:
    """Audit a rule base on `size` plausible people, and the core answers of `core_size` of them."""
    draws = completer(base, size, seed)
    people = compared(base, draws.drawn(AnswerSheet()))
    movers = Movers(base, people)
    found = movers.before
    return Audit(
        size=size,
        seed=seed,
        questions=len(base.questions),
        core_size=min(core_size, size),
        kinds={kind: people.share(members) for kind, members in found.kinds.items()},
        core_kinds=core_kinds(base, people, min(core_size, size)),
        paths=tuple(path_audit(base, path, people, movers) for path in base.path),
        groups=group_audits(base, people, found),
        crossings=crossing_audits(base, people, found),
        rules=firing(base, movers.fired, people),
        moving_rules=movers.rules(),
        moving_questions=movers.questions(draws, seed),
        expectations=sum(len(one.question) * len(one.path) for one in base.expectations),
        breaches=breaches(base),
        rulebase=base.identity,
    )
