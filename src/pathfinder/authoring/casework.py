"""Whether the people with a known answer get it, and if not, which arguments decided otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.results.assessment import VerdictKind
from pathfinder.authoring.differences import Difference, What, differences, not_mentioned
from pathfinder.authoring.standing import Bench, Standing
from pathfinder.errors import InputError, Problem, nearest
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.cases import KnownCase

VERDICTS: tuple[str, ...] = get_args(VerdictKind)


@dataclass(frozen=True)
class Decider:
    """An argument by which one path leads another: its points on either, and whether the order hangs on it alone."""

    rule: str
    ahead: float
    behind: float
    alone: bool

    @property
    def gives(self) -> float:
        """How much of the lead it makes."""
        return self.ahead - self.behind


@dataclass(frozen=True)
class CaseResult:
    """One case: where the paths stand, and what differs from what was expected."""

    case: KnownCase
    standing: Standing
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        """Whether everything is as expected."""
        return not self.differences


@dataclass(frozen=True)
class Casework:
    """All cases together. `pairs` maps the tag of people who differ in one fact to whether all of them hold."""

    results: tuple[CaseResult, ...]

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """The cases that do not hold."""
        return tuple(result for result in self.results if not result.holds)

    @property
    def pairs(self) -> dict[str, bool]:
        """Tags that at least two people share, and whether all of them hold."""
        members: dict[str, list[bool]] = {}
        for result in self.results:
            for tag in result.case.person.pairs:
                members.setdefault(tag, []).append(result.holds)
        return {tag: all(holds) for tag, holds in members.items() if len(holds) > 1}


def run_cases(base: RuleBase, cases: Sequence[KnownCase], report: Callable[[AnswerSheet], str]) -> Casework:
    """Try every case on a rule base. `report` writes the report in which `mentions` are looked for.

    Raises `InputError` where an expectation names something that is not in the rule base.
    """
    check_names(base, cases)
    bench = Bench(base)
    return Casework(tuple(_result(bench, case, report) for case in cases))


def check_names(base: RuleBase, cases: Iterable[KnownCase]) -> None:
    """Raise `InputError` with every path, rule and verdict that an expectation names and that does not exist."""
    problems = [problem for case in cases for problem in _unknown_names(base, case)]
    if problems:
        raise InputError(problems)


def _unknown_names(base: RuleBase, case: KnownCase) -> Iterable[Problem]:
    expect = case.person.expect
    paths = list(base.path)
    outranking = tuple(path for pair in expect.must_outrank for path in pair)
    named: tuple[tuple[What, Iterable[str], Sequence[str]], ...] = (
        ("best", expect.best, [*paths, "none", "any"]),
        ("not_best", expect.not_best, paths),
        ("must_outrank", outranking, paths),
        ("blocked", expect.blocked, paths),
        ("open", expect.open, paths),
        ("fires", expect.fires, list(base.rules)),
        ("verdict", expect.verdict, VERDICTS),
    )
    for key, names, known in named:
        for name in names:
            if name not in known:
                remedy = nearest(name, known) or f"It is one of: {', '.join(known[:8])}"
                yield Problem(f"there is no '{name}'", remedy, case.file, key=f"expect.{key}")


def _result(bench: Bench, case: KnownCase, report: Callable[[AnswerSheet], str]) -> CaseResult:
    standing = bench.standing(case.sheet)
    found = differences(case.person.expect, standing)
    if case.person.expect.mentions:
        found += not_mentioned(case.person.expect, report(case.sheet))
    return CaseResult(case, standing, tuple(found))


def deciders(base: RuleBase, standing: Standing, difference: Difference) -> tuple[Decider, ...]:
    """The arguments by which a path leads where it should not, the weightiest first; none where no path leads."""
    if not difference.ahead:
        return ()
    ahead, behind = _points(base, standing, difference.ahead), _points(base, standing, difference.behind)
    lead = standing.path(difference.ahead).score - standing.path(difference.behind).score
    one_status = standing.path(difference.ahead).status == standing.path(difference.behind).status
    found = []
    for rule in dict.fromkeys((*ahead, *behind)):
        gives = ahead.get(rule, 0.0) - behind.get(rule, 0.0)
        if gives > 0:
            alone = one_status and gives > lead
            found.append(Decider(rule, ahead.get(rule, 0.0), behind.get(rule, 0.0), alone))
    return tuple(sorted(found, key=lambda one: -one.gives))


def _points(base: RuleBase, standing: Standing, path: str) -> Mapping[str, float]:
    return {rule.id: standing.scores[rule.id].points for rule in base.rules_of(path)}
