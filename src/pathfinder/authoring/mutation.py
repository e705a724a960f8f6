"""Mutation analysis: which mutants of a rule base make some known person's case fail.

Completions of open answers are drawn once per person, finely enough to tell the answers apart that any mutant tells
apart, so that a mutant is noticed because of its change and not because other completions happened to be drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pathfinder.answers.cells import AnyCheck
from pathfinder.assessment.scoring.cellbook import all_checks
from pathfinder.assessment.scoring.scorer import Scorer
from pathfinder.authoring.casework import check_names
from pathfinder.authoring.equivalence import is_equivalent
from pathfinder.authoring.mutants import Mutant, mutants
from pathfinder.authoring.standing import Bench
from pathfinder.authoring.witness import Witness
from pathfinder.rulebase.conditions import tests
from pathfinder.rulebase.models import RuleBase
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
