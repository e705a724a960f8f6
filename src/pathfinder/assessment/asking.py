"""What to ask next, so that as few questions as possible settle who comes first.

A verdict is settled when no rival can catch up with the first path whatever the open answers turn out to be. So the
question to ask is the one whose answer is expected to take most away from the rivals' best case: for each argument that
tells a rival from the first path, by how much its best outcome for the rival falls with each answer, weighed by how
plausible the answer is and by how far the rival could still get ahead. What an argument could move at most is shared
out over the questions it hangs on, so that arguments which take several answers come in as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from pathfinder.answers.facts import Facts
from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.completions.completing import Completions
from pathfinder.assessment.ranges.possibilities import Possibilities, Rivalry
from pathfinder.assessment.scoring.factors import Factor
from pathfinder.assessment.verdict import decides


class Asking(Struct, frozen=True):
    """How the paths stand, and what to ask next.

    `first` is the path that comes first most often over completions of the open answers, `chance` how often (0 to 1).
    `settled` is proved: no open answer can change who comes first, or the person belongs `outside` the paths.
    `question` is None where it is settled or nothing is left to ask. `rival` is the path that could still get furthest
    ahead, by `behind` points; None where no rival can, and only a gate or a role outside the paths is in question.
    """

    first: str
    chance: float
    settled: bool
    outside: bool
    question: str | None
    rival: str | None
    behind: float


def next_question(assessor: Assessor, sheet: AnswerSheet, askable: Callable[[str], bool]) -> Asking:
    """What to ask the person next; `askable` tells which of the open questions can be asked."""
    base = assessor.base
    completions = assessor.completer.complete(sheet)
    chances = {path: completions.share(best) for path, best in completions.best.items()}
    first = max(chances, key=lambda path: chances[path])
    facts = Facts(base, sheet)
    if any(decides(facts, role) for role in base.other_roles):
        return Asking(first, chances[first], True, True, None, None, 0.0)
    possible = Possibilities(base, sheet, tables=assessor.tables)
    found = possible.settle(first)
    if found.settled:
        return Asking(first, chances[first], True, False, None, None, 0.0)
    live = [one for one in found.rivalries if one.margin is not None and one.margin <= 0]
    worth = _worth(assessor, possible, completions, first, live)
    asked = [key for key in base.questions if sheet.get(key) is None and askable(key)]
    question = max(asked, key=lambda key: worth.get(key, 0.0), default=None)
    if question is None or not worth.get(question):
        deciding = found.counterexample or {}
        question = next((key for key in asked if key in deciding), None) or next(
            (key for key in asked if len(possible.cells_of(key)) > 1), None
        )
    nearest = min(live, key=lambda one: one.margin or 0.0, default=None)
    rival, behind = (nearest.rival, -(nearest.margin or 0.0)) if nearest else (None, 0.0)
    return Asking(first, chances[first], False, False, question, rival, behind)


def _worth(
    assessor: Assessor, possible: Possibilities, completions: Completions, first: str, live: list[Rivalry]
) -> Mapping[str, float]:
    """What asking each question is expected to take from the rivals' best case, in points times how far ahead they
    could get."""
    base = assessor.base
    mine = {rule.id for rule in base.rules_of(first)}
    worth: dict[str, float] = {}
    for rivalry in live:
        theirs = {rule.id for rule in base.rules_of(rivalry.rival)}
        ahead = 1 - (rivalry.margin or 0.0)
        for rule in mine ^ theirs:
            factor = possible.factor(rule)
            for question, points in _falls(factor if rule in theirs else factor.negated, possible, completions):
                worth[question] = worth.get(question, 0.0) + ahead * points
    return worth


def _falls(factor: Factor, possible: Possibilities, completions: Completions) -> list[tuple[str, float]]:
    """For each question of an argument, the expected fall of its best outcome with the answer, and its part of all
    the argument could move."""
    entries = factor.entries()
    top = max(entries)
    part = (top - min(entries)) / max(len(factor.scope), 1)
    if not part:
        return []
    found = []
    for question in factor.scope:
        columns = completions.frame.answers[question]
        fall = sum(
            completions.share(columns.get(cell.value, 0)) * (top - best)
            for cell, best in zip(possible.cells_of(question), factor.best_by(question), strict=True)
        )
        found.append((question, fall + part))
    return found
