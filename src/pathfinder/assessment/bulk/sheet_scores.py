"""One sheet after another, scored with all its reasons: the way for answers that have no place in a column.

Every answer is a number that holds what it adds to the place of the sheet in every bundle of arguments and gates, so
that a sheet is one sum and a look-up for each bundle. What looks at uncertain answers, and everything where somebody
weighs the criteria, is worked out by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import getitem
from struct import Struct as Layout

from msgspec import Struct

from pathfinder.answers.facts import set_aside
from pathfinder.answers.sheet import Among, Answer, AnswerSheet, Certain, Interval
from pathfinder.assessment.bulk.bundles import Lanes, Part, Together, bundled, parts_of, together
from pathfinder.assessment.scoring.cellbook import CellBook
from pathfinder.assessment.scoring.counts import Counts, Tables
from pathfinder.assessment.scoring.kept import kept_with
from pathfinder.assessment.scoring.scorer import RuleScore, Scorer
from pathfinder.assessment.scoring.tables import Argument
from pathfinder.rulebase.conditions import Value
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.weighing import weighed

PLACE = 16
"""Bits for the place in one bundle."""

MOST_VALUES = 1000
"""So many values of a question are remembered with what they add."""

MOST_KEPT = 5000
"""So many scores of arguments that are worked out by themselves are remembered, so that memory stays flat."""


class SheetReasons(Struct, frozen=True):
    """What one sheet comes to and why: the points of each path in the base's order; what every argument contributes
    that has something to say (a case of it counts, it is void, or it is open), in no order; and the gates that close,
    each with its path before it."""

    points: tuple[float, ...]
    scores: list[RuleScore]
    shut: list[tuple[str, str]]


class SheetScores(Struct, frozen=True):
    """What one person comes to: points on each path in the base's order, the paths that a gate closes, the open path
    that comes first (None where none is open) and its margin (see `CohortScores`)."""

    scores: tuple[float, ...]
    blocked: tuple[str, ...]
    best: str | None
    margin: float


class SheetScorer:
    """Scores sheets on one rule base, as each weighs the criteria; keeps what can be worked out once per base."""

    def __init__(self, base: RuleBase) -> None:
        self.base = base
        self._tables = _tables(base)
        self._bundles, self._large = bundled(parts_of(self._tables))
        in_order = (*(one.parts for one in self._bundles), self._large)
        self._gated = [place for place, parts in enumerate(in_order) if any(part.gate for part in parts)]
        self._lanes = Lanes(len(base.path))
        self._places = Layout(f"<{len(self._bundles)}H")
        self._doubt = 1 << PLACE * len(self._bundles)
        self._steps: dict[str, dict[Value, int]] = {question: {} for question in base.questions}
        self._remembered: dict[tuple[str, float, tuple[Answer | None, ...]], RuleScore] = {}
        self._weighed: Scorer | None = None

    def reasons(self, sheet: AnswerSheet) -> SheetReasons:
        """What a sheet comes to and why. Answers that do not apply count for nothing."""
        found = self._found(sheet)
        packed = 0
        scores: list[RuleScore] = []
        shut: list[tuple[str, str]] = []
        for one in found:
            packed += one.packed
            scores += one.scores
        for place in self._gated:
            shut += found[place].shut
        return SheetReasons(self._lanes.points(packed), scores, shut)

    def score(self, sheet: AnswerSheet) -> SheetScores:
        """What a sheet comes to, without its reasons."""
        return self.ranked(self.reasons(sheet))

    def ranked(self, found: SheetReasons) -> SheetScores:
        """What comes first by these reasons, and by how much."""
        closed = {path for path, _ in found.shut}
        points = dict(zip(self.base.path, found.points, strict=True))
        ranked = sorted((path for path in points if path not in closed), key=lambda path: -points[path])
        margin = points[ranked[0]] - (points[ranked[1]] if len(ranked) > 1 else 0) if ranked else 0
        return SheetScores(
            found.points,
            tuple(path for path in points if path in closed),
            ranked[0] if ranked else None,
            round(float(margin), 6),
        )

    def _found(self, sheet: AnswerSheet) -> list[Together]:
        """What every bundle comes to, and where something is in none, that at the end."""
        steps, total = self._steps, 0
        try:
            for question, answer in sheet.answers.items():
                total += steps[question][answer.value]  # type: ignore[union-attr]
        except (AttributeError, KeyError):  # not all are certain, or one was not met before
            total = self._total(sheet)
        if total < self._doubt and not self._large and not sheet.weights:
            places = self._places.unpack(total.to_bytes(self._places.size, "little"))
            return list(map(getitem, self._bundles, places))
        return self._apart(sheet, total % self._doubt)

    def _apart(self, sheet: AnswerSheet, total: int) -> list[Together]:
        """The same where something has to be worked out by itself."""
        places = self._places.unpack(total.to_bytes(self._places.size, "little"))
        uncertain = [question for question in sheet if sheet.is_uncertain(question)]
        counts = Counts(self._tables, set_aside(self.base, sheet)[0])
        found = []
        for bundle, place in zip(self._bundles, places, strict=True):
            alone = sheet.weights or not bundle.steps.keys().isdisjoint(uncertain)
            found.append(self._alone(bundle.parts, counts) if alone else bundle[place])
        return [*found, self._alone(self._large, counts)]

    def _total(self, sheet: AnswerSheet) -> int:
        """What all answers add up to; `_doubt` for each that is uncertain."""
        total = 0
        for question, answer in sheet.answers.items():
            if isinstance(answer, Certain):
                total += self._step(question, answer.value)
            elif isinstance(answer, (Among, Interval)):
                total += self._doubt
        return total

    def _step(self, question: str, value: Value) -> int:
        """What a certain answer adds."""
        steps = self._steps[question]
        found = steps.get(value)
        if found is None:
            code = self._tables.book.code(question, value)
            lanes = enumerate(self._bundles)
            found = sum([one.steps[question][code] << PLACE * lane for lane, one in lanes if question in one.steps])
            if len(steps) < MOST_VALUES:
                steps[value] = found
        return found

    def _alone(self, parts: Iterable[Part], counts: Counts) -> Together:
        """What some parts come to together, each worked out by itself."""
        return together(parts, [self._come_to(part, counts) for part in parts])

    def _come_to(self, part: Part, counts: Counts) -> RuleScore | bool:
        if not isinstance(part.table, Argument):
            return counts.truths(part.table, {})[0]
        rule, sheet = part.table.rule, counts.sheet
        weight = sheet.weights.get(rule.criterion, 1.0)
        key = (rule.id, weight, tuple([sheet.get(question) for question in part.table.steps]))
        found = self._remembered.get(key)
        if found is None:
            if len(self._remembered) >= MOST_KEPT:
                self._remembered.clear()
            found = counts.score(rule.id) if weight == 1 else self._as_weighed(rule.id, sheet)
            self._remembered[key] = found
        return found

    def _as_weighed(self, rule: str, sheet: AnswerSheet) -> RuleScore:
        """What an argument contributes for somebody who weighs the criteria otherwise; the last scorer is kept."""
        told = {criterion: weight for criterion, weight in sheet.weights.items() if weight != 1}
        if self._weighed is None or dict(self._weighed.base.weights) != told:
            self._weighed = Scorer(weighed(self.base, told))
        return self._weighed.score(self._weighed.base.rules[rule], sheet)


def _tables(base: RuleBase) -> Tables:
    kept = kept_with(base)
    return Tables(base, Scorer(base), CellBook(base, (kept.checks, kept.cells) if kept else None), kept)
