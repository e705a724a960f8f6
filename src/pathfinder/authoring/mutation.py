"""Mutation analysis: which mutants of a rule base make some known person's case fail.

Of a mutant only what differs is worked out anew: one argument, one gate or one other role. Completions are drawn
once per person, finely enough to tell the answers apart that any mutant tells apart, and then serve them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pathfinder.answers.cells import AnyCheck
from pathfinder.answers.scope import truth
from pathfinder.assessment.assess import set_aside
from pathfinder.assessment.cellbook import all_checks
from pathfinder.assessment.completions import Completions, fires, winners
from pathfinder.assessment.scoring import RuleScore, Scorer
from pathfinder.authoring.casework import check_names, differences
from pathfinder.authoring.equivalence import is_equivalent
from pathfinder.authoring.mutants import Mutant, mutants
from pathfinder.authoring.standing import Bench, RankedPath, Standing, decides, judged, reach, total
from pathfinder.rulebase.columns import Frame, evaluate
from pathfinder.rulebase.conditions import tests
from pathfinder.rulebase.models import Gate, OtherRole, Rule, RuleBase
from pathfinder.store.cases import KnownCase


@dataclass(frozen=True)
class Tried:
    """A mutant and the first known person who notices it (None: nobody)."""

    mutant: Mutant
    noticed_by: str | None


@dataclass(frozen=True)
class Mutation:
    """The analysis of one rule base.

    `killed` are the mutants that somebody notices, `survivors` those nobody does although an answer sheet could,
    `equivalent` those that no answer sheet can tell from the base; they do not count. `failing` names the cases
    that fail already on the base itself, and so cannot notice anything.
    """

    killed: tuple[Tried, ...]
    survivors: tuple[Mutant, ...]
    equivalent: tuple[Mutant, ...]
    failing: tuple[str, ...]

    @property
    def total(self) -> int:
        """Mutants that count."""
        return len(self.killed) + len(self.survivors)

    @property
    def share(self) -> float:
        """The share of mutants that somebody notices, 0 to 1 (1 where there is none)."""
        return len(self.killed) / self.total if self.total else 1.0


def analyse(base: RuleBase, cases: Sequence[KnownCase]) -> Mutation:
    """Try every mutant of a rule base on the known people, until one of them notices it.

    `mentions` are left out: a mutant changes numbers, and the texts follow from those.
    """
    check_names(base, cases)
    every = tuple(mutants(base))
    bench = Bench(base)
    bench.completer.book.checks = _checks(base, every)
    people = [Witness(bench, case) for case in cases]
    failing = tuple(person.id for person in people if person.fails(person.standing))
    able = [person for person in people if person.id not in failing]
    tried = [Tried(mutant, _first(base, able, mutant)) for mutant in every]
    missed = [one.mutant for one in tried if one.noticed_by is None]
    equivalent = tuple(mutant for mutant in missed if is_equivalent(base, mutant))
    return Mutation(
        tuple(one for one in tried if one.noticed_by is not None),
        tuple(mutant for mutant in missed if mutant not in equivalent),
        equivalent,
        failing,
    )


def _checks(base: RuleBase, every: Iterable[Mutant]) -> dict[str, tuple[AnyCheck, ...]]:
    """Every check that the base or a mutant makes on each question."""
    found = {question: dict.fromkeys(checks) for question, checks in all_checks(base).items()}
    for mutant in every:
        changed = mutant.tests[1] if mutant.tests else None
        for test in tests(changed) if changed is not None else ():
            found[test.question][test.check] = None
    return {question: tuple(checks) for question, checks in found.items()}


def _first(base: RuleBase, people: Sequence[Witness], mutant: Mutant) -> str | None:
    """The first person who notices; those who expect something of this very part are asked first."""
    order = sorted(people, key=lambda person: mutant.part not in person.case.person.expect.fires)
    scorer = Scorer(base)
    return next((person.id for person in order if person.notices(mutant, scorer)), None)


Outcomes = dict[int, int]
"""Points other than 0, and the bitmap of the completions in which they count."""


class Witness:
    """A known person, with everything about the unchanged base that a mutant may leave as it is."""

    def __init__(self, bench: Bench, case: KnownCase) -> None:
        self.base, self.case, self.id = bench.base, case, case.person.id
        self.sheet, _ = set_aside(bench.base, case.sheet)
        self.scores = {rule.id: bench.scorer.score(rule, self.sheet) for rule in self.base.rules.values()}
        self.completions = bench.completer.complete(self.sheet)
        self.shut = [gate.id for path in self.base.paths for gate in path.gates if self._holds(gate)]
        self.outside = [role.id for role in self.base.other_roles if decides(self.base, self.sheet, role)]
        self._outcomes: dict[str, Outcomes] = {}

    @cached_property
    def standing(self) -> Standing:
        """Where the paths stand on the unchanged base."""
        return self._standing(self.scores, self.completions, self.shut, self.outside)

    def fails(self, standing: Standing) -> bool:
        """Whether the case would fail if the paths stood so."""
        return bool(differences(self.case.person.expect, standing))

    def notices(self, mutant: Mutant, scorer: Scorer) -> bool:
        """Whether the case fails on the mutant. `scorer` may keep what it works out about the mutant."""
        changed = self._on(mutant, scorer)
        return changed is not None and self.fails(changed)

    def _holds(self, gate: Gate) -> bool:
        return truth(self.base, self.sheet, gate.when) is True

    def _on(self, mutant: Mutant, scorer: Scorer) -> Standing | None:
        """Where the paths stand on the mutant; None where nothing has changed for this person."""
        if mutant.part in self.base.rules:
            return self._on_rule(mutant.part, mutant.after if isinstance(mutant.after, Rule) else None, scorer)
        if isinstance(mutant.after, OtherRole):
            now = decides(self.base, self.sheet, mutant.after)
            outside = [role for role in self.outside if role != mutant.part] + [mutant.part] * now
            if len(outside) == len(self.outside):
                return None
            return self._standing(self.scores, self.completions, self.shut, outside)
        return self._on_gate(mutant.part, mutant.after if isinstance(mutant.after, Gate) else None)

    def _on_rule(self, rule: str, after: Rule | None, scorer: Scorer) -> Standing | None:
        score = scorer.score(after, self.sheet) if after else RuleScore(rule, 0.0, 0, 0, (), 0.0, ())
        before = self._outcomes.get(rule)
        if before is None:
            before = self._outcomes[rule] = _outcomes(self.base.rules[rule], self.completions.frame)
        now = _outcomes(after, self.completions.frame) if after else {}
        if score.points == self.scores[rule].points and now == before:
            return None
        completions = self.completions
        if now != before:
            completions = _moved(self.base, completions, rule, before, now)
        return self._standing({**self.scores, rule: score}, completions, self.shut, self.outside)

    def _on_gate(self, gate: str, after: Gate | None) -> Standing | None:
        path = next(path for path in self.base.paths if any(one.id == gate for one in path.gates))
        gates = [after if one.id == gate else one for one in path.gates]
        kept = [one for one in gates if one is not None]
        blocked = 0
        for one in kept:
            blocked |= evaluate(one.when, self.completions.frame).true
        shut = [one for one in self.shut if one != gate] + [gate] * (after is not None and self._holds(after))
        if blocked == self.completions.blocked[path.id] and len(shut) == len(self.shut):
            return None
        all_blocked = {**self.completions.blocked, path.id: blocked}
        best = winners(self.completions.frame, self.completions.sums, all_blocked)
        completions = replace(self.completions, blocked=all_blocked, best=best)
        return self._standing(self.scores, completions, shut, self.outside)

    def _standing(
        self,
        scores: dict[str, RuleScore],
        completions: Completions,
        shut: Sequence[str],
        outside: Sequence[str],
    ) -> Standing:
        paths = [
            RankedPath(
                path.id,
                path.title,
                total(self.base, path.id, scores),
                round(completions.share(completions.best[path.id]), 4),
                tuple(gate.id for gate in path.gates if gate.id in shut),
            )
            for path in self.base.paths
        ]
        return judged(self.base, paths, scores, list(outside), reach(self.base, completions))


def _outcomes(rule: Rule, frame: Frame) -> Outcomes:
    found: Outcomes = {}
    for outcome in fires(rule, frame):
        if outcome.points:
            found[outcome.points] = found.get(outcome.points, 0) | outcome.people
    return found


def _moved(base: RuleBase, completions: Completions, rule: str, before: Outcomes, now: Outcomes) -> Completions:
    """The completions with one argument's points replaced, on every path on which it counts."""
    sums = dict(completions.sums)
    for path in base.paths_of(rule):
        moved = sums[path] = sums[path].copy()
        for points, people in before.items():
            moved.add(people, -points)
        for points, people in now.items():
            moved.add(people, points)
    return replace(completions, sums=sums, best=winners(completions.frame, sums, completions.blocked))
