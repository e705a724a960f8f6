"""A population of plausible people, fully answered, and the verdict that each of them gets.

People are drawn by the shares that stand with each question in the rule base, with what they answered before
(`given`); a question that does not apply to somebody is unanswered. The draw is seeded: the same base, size and
seed always give the same people.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pathfinder.answers.cells import AnyCheck
from pathfinder.answers.sheet import Answer, AnswerSheet, Certain
from pathfinder.assessment.completions.completing import Completer, Completions
from pathfinder.assessment.results.assessment import VerdictKind
from pathfinder.assessment.scoring.cellbook import CellBook, all_checks
from pathfinder.rulebase.columns import Frame, evaluate
from pathfinder.rulebase.conditions import tests
from pathfinder.rulebase.models import RuleBase, Thresholds

SIZE = 20_000
"""People drawn: a share is exact to about 0.007 (95%)."""

SEED = 1


def plausible_people(base: RuleBase, size: int = SIZE, seed: int = SEED, also: Iterable[RuleBase] = ()) -> Frame:
    """Plausible people of a rule base, told apart by everything that it, or one of `also`, looks at."""
    return completer(base, size, seed, also).drawn(AnswerSheet())


def completer(base: RuleBase, size: int, seed: int, also: Iterable[RuleBase] = ()) -> Completer:
    """What draws such people."""
    book = CellBook(base)
    for other in (base, *also):
        for question, checks in _all_checks(other).items():
            if question in book.checks:
                book.checks[question] = tuple(dict.fromkeys((*book.checks[question], *checks)))
    return Completer(base, size, seed, book)


def _all_checks(base: RuleBase) -> dict[str, tuple[AnyCheck, ...]]:
    """What tells answers apart: the checks of the score, those that make another role speak up, and those by which
    crossings pick people."""
    found = all_checks(base)
    for condition in [role.when for role in base.other_roles] + [crossing.among for crossing in base.crossings]:
        for test in tests(condition):
            found[test.question] = (*found[test.question], test.check)
    return found


@dataclass(frozen=True)
class Verdicts:
    """Who gets which verdict, as bitmaps of people who answered everything.

    `kinds` divides everybody (nobody is `unsettled`, as nothing is open); `names[path]` are those whose verdict
    names the path.
    """

    kinds: Mapping[VerdictKind, int]
    names: Mapping[str, int]

    @property
    def named(self) -> int:
        """Everybody whose verdict names a path."""
        return self.kinds["clear"] | self.kinds["close"]

    def moved(self, other: Verdicts) -> int:
        """The people for whom the two name different paths, or only one of them names any."""
        found = self.named ^ other.named
        for path, people in self.names.items():
            found |= people ^ other.names.get(path, 0)
        return found


def verdicts(base: RuleBase, compared: Completions) -> Verdicts:
    """The verdict of everybody, as `assessment.verdict` would give it one by one."""
    thresholds, everyone = base.general.verdict, compared.frame.everyone
    outside = _outside(base, compared.frame)
    names = {
        path: wins & compared.sums[path].at_least(math.ceil(thresholds.enough)) & ~outside
        for path, wins in compared.best.items()
    }
    named = clear = 0
    for path, people in names.items():
        named |= people
        clear |= people & _ahead(path, compared, thresholds)
    kinds: dict[VerdictKind, int] = {
        "clear": clear,
        "close": named & ~clear,
        "none_fits": everyone & ~named & ~outside,
        "outside": outside,
    }
    return Verdicts(kinds, names)


def _outside(base: RuleBase, frame: Frame) -> int:
    """The people whom another role claims."""
    found = 0
    for role in base.other_roles:
        if role.decides is not None:
            found |= evaluate(role.when, frame).true & evaluate(role.decides, frame).true
    return found


def _ahead(path: str, compared: Completions, thresholds: Thresholds) -> int:
    """The people for whom a path leads every other open one by the margin of a clear verdict."""
    found = compared.frame.everyone
    for other, sums in compared.sums.items():
        if other != path:
            raised = sums.copy()
            raised.add(compared.frame.everyone, math.ceil(thresholds.margin))
            found &= ~raised.above(compared.sums[path]) | compared.blocked[other]
    return found


def person(base: RuleBase, frame: Frame, place: int) -> AnswerSheet:
    """The answers of one person of a frame, without those to questions that do not apply to them."""
    answers: dict[str, Answer] = {}
    for question in base.questions:
        if not frame.irrelevant(question) >> place & 1:
            for value, people in frame.answers.get(question, {}).items():
                if people >> place & 1:
                    answers[question] = Certain(value)
    return AnswerSheet(answers)
