"""How much each argument and each question moves: how many verdicts change when it is taken away or asked anew."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pathfinder.assessment.completions.completing import Completer, Completions, Decided, fires
from pathfinder.assessment.completions.placing import firsts
from pathfinder.assessment.scoring.scorer import Scorer
from pathfinder.authoring.population import Verdicts, verdicts
from pathfinder.rulebase.columns import Frame, evaluate
from pathfinder.rulebase.models import Rule, RuleBase


@dataclass(frozen=True)
class Mover:
    """A rule or question by id, and the share of people (0 to 1) for whom the verdict names another path without
    it, or stops or begins to name one."""

    id: str
    moves: float


class Movers:
    """What moves the verdicts of one population."""

    def __init__(self, base: RuleBase, people: Completions) -> None:
        self.base, self.people = base, people
        self.before: Verdicts = verdicts(base, people)
        self.fired = people.fired
        self._scorer = Scorer(base)

    def rules(self) -> tuple[Mover, ...]:
        """Every argument, by how many verdicts change when it is dropped, the most first."""
        nothing: tuple[Decided, ...] = ()
        return _sorted(
            Mover(rule, self._moved(self._rescored(self.people.frame, {rule: nothing}, self.people.blocked)))
            for rule in self.base.rules
        )

    def questions(self, completer: Completer, seed: int) -> tuple[Mover, ...]:
        """Every question, by how many verdicts change when everybody's answer to it is drawn anew (given what they
        answered before it, all else being equal), the most first."""
        return _sorted(Mover(key, self._moved(self._redrawn(key, completer, seed))) for key in self.base.questions)

    def _moved(self, after: Completions) -> float:
        return self.people.share(self.before.moved(verdicts(self.base, after)))

    def _redrawn(self, question: str, completer: Completer, seed: int) -> Completions:
        old = self.people.frame
        answers = dict(old.answers)
        answers[question] = completer.answers_to(question, old, random.Random(f"{seed} {question} anew"))
        frame = Frame(old.size, answers, old.relevance)
        changed = {rule.id: fires(rule, frame) for rule in self.base.rules.values() if self._hangs(rule, question)}
        return self._rescored(frame, changed, _blocked(self.base, frame))

    def _hangs(self, rule: Rule, question: str) -> bool:
        return question in self._scorer.scope(rule).checks

    def _rescored(
        self, frame: Frame, changed: Mapping[str, tuple[Decided, ...]], blocked: Mapping[str, int]
    ) -> Completions:
        """The comparison where some arguments fire otherwise, without scoring the others again."""
        sums = {path: total.copy() for path, total in self.people.sums.items()}
        for rule, now in changed.items():
            for path in self.base.paths_of(rule):
                for outcome in self.fired[rule]:
                    sums[path].add(outcome.people, -outcome.points)
                for outcome in now:
                    sums[path].add(outcome.people, outcome.points)
        best = firsts(frame.everyone, sums, blocked)
        return Completions(frame, sums, blocked, best, {**self.people.fired, **changed}, self.people.mass)


def _blocked(base: RuleBase, frame: Frame) -> dict[str, int]:
    found = {path.id: 0 for path in base.paths}
    for path in base.paths:
        for gate in path.gates:
            found[path.id] |= evaluate(gate.when, frame).true
    return found


def _sorted(movers: Iterable[Mover]) -> tuple[Mover, ...]:
    return tuple(sorted(movers, key=lambda one: (-one.moves, one.id)))
