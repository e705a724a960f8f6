"""One known person on the mutants of a rule base.

Of a mutant only what differs is worked out anew: one argument, one gate or one other role. Completions are drawn
once, and then serve the base and all of its mutants.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec.structs import replace

from pathfinder.answers.facts import Facts, set_aside
from pathfinder.answers.scope import truth
from pathfinder.assessment.completions.completing import Completions
from pathfinder.assessment.completions.placing import firsts
from pathfinder.assessment.scoring.scorer import RuleScore, Scorer
from pathfinder.assessment.verdict import decides
from pathfinder.authoring.differences import differences
from pathfinder.authoring.equivalence import Outcomes, outcomes
from pathfinder.authoring.mutants import Mutant
from pathfinder.authoring.standing import Bench, RankedPath, Standing, judged, total
from pathfinder.rulebase.columns import evaluate
from pathfinder.rulebase.models import Gate, OtherRole, Rule, RuleBase
from pathfinder.store.cases import KnownCase


class Witness:
    """A known person, with everything about the unchanged base that a mutant may leave as it is."""

    def __init__(self, bench: Bench, case: KnownCase) -> None:
        self.base, self.case, self.id = bench.base, case, case.person.id
        self.sheet, _ = set_aside(bench.base, case.sheet)
        self.scores = {rule.id: bench.scorer.score(rule, self.sheet) for rule in self.base.rules.values()}
        self.completions = bench.completer.complete(self.sheet)
        self.shut = [gate.id for path in self.base.paths for gate in path.gates if self._holds(gate)]
        self.outside = [role.id for role in self.base.other_roles if decides(Facts(self.base, self.sheet), role)]
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
            now = decides(Facts(self.base, self.sheet), mutant.after)
            outside = [role for role in self.outside if role != mutant.part] + [mutant.part] * now
            if len(outside) == len(self.outside):
                return None
            return self._standing(self.scores, self.completions, self.shut, outside)
        return self._on_gate(mutant.part, mutant.after if isinstance(mutant.after, Gate) else None)

    def _on_rule(self, rule: str, after: Rule | None, scorer: Scorer) -> Standing | None:
        score = scorer.score(after, self.sheet) if after else RuleScore(rule, 0.0, 0, 0, (), 0.0, ())
        before = self._outcomes.get(rule)
        if before is None:
            before = self._outcomes[rule] = outcomes(self.base.rules[rule], self.completions.frame)
        now = outcomes(after, self.completions.frame)
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
        best = firsts(self.completions.frame.everyone, self.completions.sums, all_blocked)
        completions = replace(self.completions, blocked=all_blocked, best=best)
        return self._standing(self.scores, completions, shut, self.outside)

    def _standing(
        self,
        scores: Mapping[str, RuleScore],
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
        return judged(self.base, paths, scores, list(outside), completions.reach(self.base.general.verdict.enough))


def _moved(base: RuleBase, completions: Completions, rule: str, before: Outcomes, now: Outcomes) -> Completions:
    """The completions with one argument's points replaced, on every path on which it counts."""
    sums = dict(completions.sums)
    for path in base.paths_of(rule):
        moved = sums[path] = sums[path].copy()
        for points, people in before.items():
            moved.add(people, -points)
        for points, people in now.items():
            moved.add(people, points)
    return replace(completions, sums=sums, best=firsts(completions.frame.everyone, sums, completions.blocked))
