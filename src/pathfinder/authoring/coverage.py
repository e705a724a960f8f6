"""What the known people of a rule base reach of it, and what becomes of its claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from pathfinder.answers.facts import set_aside
from pathfinder.answers.scope import truth
from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.results.assessment import VerdictKind
from pathfinder.authoring.standing import Bench, Standing
from pathfinder.authoring.thresholds import Threshold, thresholds
from pathfinder.rulebase.conditions import Condition
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.cases import KnownCase

People = tuple[str, ...]
"""Ids of cases."""


@dataclass(frozen=True)
class Reached:
    """One thing that should be so for somebody and otherwise for somebody else.

    `part` is the id of an argument, gate, path or kind of verdict; `place` says what of it (`case 2`, `unless`,
    `when`, or a threshold such as `case 1: timeline_years at 5`). `yes` are the people who fire the case, void the
    argument, close the gate, win the path, get the verdict, or pass the threshold, `no` those known to do otherwise.
    """

    part: str
    place: str
    yes: People
    no: People

    @property
    def complete(self) -> bool:
        """Whether there is somebody on both sides."""
        return bool(self.yes and self.no)


@dataclass(frozen=True)
class Coverage:
    """The coverage of a rule base. `claims` maps each claim to `used`, `set aside`, `both` or `neither`."""

    claims: dict[str, str]
    paths: tuple[Reached, ...]
    verdicts: tuple[Reached, ...]
    cases: tuple[Reached, ...]
    voids: tuple[Reached, ...]
    gates: tuple[Reached, ...]
    roles: tuple[Reached, ...]
    thresholds: tuple[Reached, ...]

    @property
    def sections(self) -> dict[str, tuple[Reached, ...]]:
        """Everything that known people can reach, by what it is."""
        return {
            "paths that win": self.paths,
            "kinds of verdict": self.verdicts,
            "cases of arguments": self.cases,
            "arguments with 'unless'": self.voids,
            "gates": self.gates,
            "other roles that decide": self.roles,
            "thresholds": self.thresholds,
        }

    @property
    def full(self) -> bool:
        """Whether every claim is used or set aside, and everything is reached from both sides."""
        settled = all(use in ("used", "set aside") for use in self.claims.values())
        return settled and all(one.complete for section in self.sections.values() for one in section)


@dataclass(frozen=True)
class _Known:
    """A known person without the answers that do not apply."""

    id: str
    sheet: AnswerSheet
    standing: Standing


def measure(base: RuleBase, cases: Sequence[KnownCase]) -> Coverage:
    """How much of a rule base its known people reach."""
    bench = Bench(base)
    people = [_Known(case.person.id, set_aside(base, case.sheet)[0], bench.standing(case.sheet)) for case in cases]
    return Coverage(
        claims=claim_use(base),
        paths=tuple(_winners(base, people)),
        verdicts=tuple(_verdicts(people)),
        cases=tuple(_cases(base, people)),
        voids=tuple(_voids(base, people)),
        gates=tuple(_gates(base, people)),
        roles=tuple(_roles(base, people)),
        thresholds=tuple(_sides(base, people, threshold) for threshold in thresholds(base)),
    )


def claim_use(base: RuleBase) -> dict[str, str]:
    """What becomes of each claim: `used`, `set aside`, `both` (a contradiction) or `neither`."""
    used = {claim for _, claims in base.all_cited() for claim in claims}
    words = {(True, False): "used", (False, True): "set aside", (True, True): "both", (False, False): "neither"}
    return {claim.id: words[claim.id in used, bool(claim.set_aside)] for claim in base.claims}


def _split(part: str, place: str, people: Sequence[_Known], outcome: Sequence[bool | None]) -> Reached:
    """The people by whether something is so; None means that it is not known for them."""
    yes = tuple(one.id for one, so in zip(people, outcome, strict=True) if so)
    no = tuple(one.id for one, so in zip(people, outcome, strict=True) if so is False)
    return Reached(part, place, yes, no)


def _winners(base: RuleBase, people: Sequence[_Known]) -> Iterator[Reached]:
    """A path wins for those whose verdict is about the paths and ranks it first."""
    for path in base.paths:
        wins = [one.standing.top.id == path.id and one.standing.kind not in ("none_fits", "outside") for one in people]
        yield _split(path.id, "wins", people, wins)


def _verdicts(people: Sequence[_Known]) -> Iterator[Reached]:
    for kind in get_args(VerdictKind):
        yield _split(kind, "verdict", people, [one.standing.kind == kind for one in people])


def _cases(base: RuleBase, people: Sequence[_Known]) -> Iterator[Reached]:
    for rule in base.rules.values():
        fired = [{one.case for one in person.standing.scores[rule.id].fired} for person in people]
        known = [person.standing.scores[rule.id].decided for person in people]
        for index in range(len(rule.cases)):
            so = [True if index in cases else False if sure else None for cases, sure in zip(fired, known, strict=True)]
            yield _split(rule.id, f"case {index + 1}", people, so)


def _voids(base: RuleBase, people: Sequence[_Known]) -> Iterator[Reached]:
    for rule in base.rules.values():
        if rule.unless is not None:
            yield _split(rule.id, "unless", people, _truths(base, people, rule.unless))


def _gates(base: RuleBase, people: Sequence[_Known]) -> Iterator[Reached]:
    for path in base.paths:
        for gate in path.gates:
            yield _split(gate.id, "when", people, _truths(base, people, gate.when))


def _roles(base: RuleBase, people: Sequence[_Known]) -> Iterator[Reached]:
    for role in base.other_roles:
        if role.decides is not None:
            yield _split(role.id, "decides", people, _truths(base, people, role.decides))


def _sides(base: RuleBase, people: Sequence[_Known], threshold: Threshold) -> Reached:
    place = f"{threshold.place}: {threshold.question} {threshold.words}"
    above = [threshold.side(base.questions[threshold.question], one.sheet.get(threshold.question)) for one in people]
    return _split(threshold.part, place, people, above)


def _truths(base: RuleBase, people: Sequence[_Known], condition: Condition) -> list[bool | None]:
    return [truth(base, person.sheet, condition) for person in people]
