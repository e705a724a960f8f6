"""The figures of an audit: each path, each group of people, each crossing over, and the verdicts on core answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.completions.completing import Completions
from pathfinder.assessment.ranges.elimination import maximise
from pathfinder.assessment.ranges.possibilities import Possibilities
from pathfinder.assessment.results.assessment import VerdictKind
from pathfinder.authoring.movers import Movers
from pathfinder.authoring.population import Verdicts, person
from pathfinder.authoring.standing import Bench
from pathfinder.rulebase.columns import evaluate
from pathfinder.rulebase.conditions import tests
from pathfinder.rulebase.models import RuleBase


@dataclass(frozen=True)
class PathAudit:
    """One path. Shares lie between 0 and 1, points are on the rule base's scale.

    `wins` is its share of the verdicts that name a path, `blocked` the share of people for whom a gate closes it.
    `lowest` and `highest` bound the score that any answers at all can give it, `most_for` and `most_against` what
    its arguments on each side can add up to, all exactly. The means are over the population.
    """

    id: str
    title: str
    wins: float
    blocked: float
    lowest: float
    highest: float
    most_for: int
    most_against: int
    mean_score: float
    mean_for: float
    mean_against: float


@dataclass(frozen=True)
class GroupAudit:
    """People with one answer: their share of the population, and of their verdicts that name a path, the share of
    each path (all 0 where none names one). `named` is the share of them whose verdict names a path."""

    question: str
    value: str
    share: float
    named: float
    wins: Mapping[str, float]


@dataclass(frozen=True)
class CrossingAudit:
    """One crossing: of the people meant whose verdict names a path, the share that comes out at its winners."""

    id: str
    share: float
    at_most: float
    winner: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the share is within its limit."""
        return self.share <= self.at_most


def _of(part: int, whole: int) -> float:
    return part.bit_count() / whole.bit_count() if whole else 0.0


def path_audit(base: RuleBase, path: str, people: Completions, movers: Movers) -> PathAudit:
    """The figures of one path over a population."""
    found = movers.before
    lowest, highest = Possibilities(base, AnswerSheet()).range_of(path)
    sides = {1: 0, -1: 0}
    for rule in base.rules_of(path):
        for outcome in movers.fired[rule.id]:
            sides[1 if outcome.points > 0 else -1] += outcome.points * outcome.people.bit_count()
    return PathAudit(
        id=path,
        title=base.path[path].title,
        wins=_of(found.names[path], found.named),
        blocked=people.share(people.blocked[path]),
        lowest=lowest.score,
        highest=highest.score,
        most_for=_most(base, path, 1),
        most_against=-_most(base, path, -1),
        mean_score=(sides[1] + sides[-1]) / people.frame.size,
        mean_for=sides[1] / people.frame.size,
        mean_against=sides[-1] / people.frame.size,
    )


def _most(base: RuleBase, path: str, sign: int) -> int:
    """The most points that a path's arguments on one side can add up to for anybody."""
    possible = Possibilities(base, AnswerSheet())
    factors = [possible.factor(rule.id) for rule in base.rules_of(path)]
    return int(maximise([one.mapped([max(0.0, sign * value) for value in one.values]) for one in factors]).value)


def core_kinds(base: RuleBase, people: Completions, size: int) -> dict[VerdictKind, float]:
    """The shares of the verdict kinds among the first `size` people with their core answers alone."""
    bench = Bench(base)
    found: dict[VerdictKind, float] = dict.fromkeys(("clear", "close", "unsettled", "none_fits", "outside"), 0.0)
    for place in range(size):
        sheet = person(base, people.frame, place)
        further = [key for key in sheet if base.questions[key].depth != "core"]
        found[bench.standing(sheet.without(*further)).kind] += 1 / size
    return found


def crossing_audits(base: RuleBase, people: Completions, found: Verdicts) -> tuple[CrossingAudit, ...]:
    """How many people cross over, for every crossing that the base limits."""
    result = []
    for crossing in base.crossings:
        meant = evaluate(crossing.among, people.frame).true & found.named
        crossed = 0
        for path in crossing.winner:
            crossed |= meant & found.names[path]
        result.append(CrossingAudit(crossing.id, _of(crossed, meant), crossing.at_most, crossing.winner))
    return tuple(result)


def group_audits(base: RuleBase, people: Completions, found: Verdicts) -> tuple[GroupAudit, ...]:
    """By every value of the choices that crossings pick people by."""
    asked = dict.fromkeys(test.question for crossing in base.crossings for test in tests(crossing.among))
    result = []
    for question in asked:
        if base.questions[question].kind != "choice":
            continue
        for value in base.questions[question].options:
            meant = people.frame.answers[question].get(value, 0) & ~people.frame.irrelevant(question)
            named = meant & found.named
            wins = {path: _of(named & names, named) for path, names in found.names.items()}
            result.append(GroupAudit(question, str(value), people.share(meant), _of(named, meant), wins))
    return tuple(result)
