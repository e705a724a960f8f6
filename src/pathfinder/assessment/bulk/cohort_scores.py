"""Scores alone, for a whole cohort at once, from columns of certain and open answers.

They are those of `assess`, for everybody: an open answer counts by the outcome nearest zero among those still possible,
and answers that do not apply count for nothing. What is uncertain (a set, an interval) has no place in a column; such
people are scored one by one (`sheet_scores.py`).
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping

from msgspec import Struct

from pathfinder.assessment.bulk.coded import Column, bitmap_of
from pathfinder.assessment.bulk.cohort_counts import ArgumentCounts
from pathfinder.assessment.bulk.lanes import Ranking, Total, digits, numbers
from pathfinder.assessment.bulk.pattern import MOST_PATTERNS, Pattern, Reader, Translations, argument, known_truth
from pathfinder.assessment.scoring.scorer import Scorer
from pathfinder.rulebase.conditions import Condition
from pathfinder.rulebase.models import RuleBase

CHUNK = 1 << 15
"""People who are scored together: as many as a processor keeps at hand."""

NONE = -1
"""Stands for no path."""


class CohortScores(Struct):
    """What every person of a cohort comes to.

    `scores[path]` holds everybody's points on a path (whole numbers unless the base is weighed), and `blocked[path]` is
    the bitmap of those for whom a gate closes it. `best` holds the place (from 0) of the open path with most points,
    where the order of the rule base breaks a tie, or `NONE` where every path is blocked; `margin` is how many points it
    lies before the next open path, its own points where no other is open, and 0 where none is.
    """

    paths: tuple[str, ...]
    size: int
    scores: Mapping[str, array[float]]
    blocked: dict[str, int]
    best: array[int]
    margin: array[float]

    def best_path(self, person: int) -> str | None:
        """The open path that comes first for a person."""
        return None if self.best[person] == NONE else self.paths[self.best[person]]


class _Argument(Struct, frozen=True):
    """An argument: what it can count, the translations of its outcomes into bytes to add, the least of them, and where
    it counts."""

    rule: str
    values: tuple[float, ...]
    pattern: Pattern
    digits: tuple[bytes, ...]
    least: int
    paths: tuple[str, ...]


class CohortScorer:
    """Scores cohorts on one rule base; keeps what each part of the base makes of each pattern of answers.

    Parts of up to `most` patterns are worked out at once.
    """

    def __init__(self, base: RuleBase, most: int = MOST_PATTERNS) -> None:
        self.base = base
        self._grain = base.grain
        self._typecode = "i" if base.grain == 1 else "d"
        scorer = Scorer(base)
        self._arguments = []
        for rule in base.rules.values():
            values = tuple(sorted({0, *(case.points for case in rule.cases)}))
            parts = tuple(round(value * self._grain) for value in values)
            pattern = argument(scorer, rule, values, most)
            self._arguments.append(_Argument(rule.id, values, pattern, digits(parts), parts[0], base.paths_of(rule.id)))
        closing: dict[Condition, list[str]] = {}
        for path in base.paths:
            for gate in path.gates:
                closing.setdefault(gate.when, []).append(path.id)
        self._gates = [(paths, known_truth(base, when, most)) for when, paths in closing.items()]
        self._translations = Translations()

    def scores(self, columns: Mapping[str, Column], size: int, counts: ArgumentCounts | None = None) -> CohortScores:
        """What `size` people come to; a question without a column is open for everybody. What each argument counts for
        them is added to `counts`.

        Raises `ValueError` where a column is of another length or is for no question.
        """
        for question, column in columns.items():
            if question not in self.base.questions:
                raise ValueError(f"there is no question {question}")
            if len(column.codes) != size:
                raise ValueError(f"the column of {question} has {len(column.codes)} people, not {size}")
        paths = tuple(path.id for path in self.base.paths)
        found = CohortScores(
            paths,
            size,
            {path: array(self._typecode) for path in paths},
            dict.fromkeys(paths, 0),
            array("b"),
            array(self._typecode),
        )
        for start in range(0, size, CHUNK):
            self._chunk(found, Reader(columns, min(CHUNK, size - start), start, self._translations), counts)
        return found

    def _chunk(self, found: CohortScores, reader: Reader, counts: ArgumentCounts | None) -> None:
        start = len(found.best)
        totals = {path: Total(reader.size) for path in found.paths}
        for part in self._arguments:
            for path in part.paths:
                totals[path].start(part.least)
            outcomes = part.pattern.outcomes(reader.size, reader)
            if counts is not None:
                counts.add(part.rule, part.values, outcomes)
            for place, digit in enumerate(part.digits):
                added = int.from_bytes(outcomes.translate(digit), "little")
                for path in part.paths:
                    totals[path].add(place, max(digit), added)
        shut = self._shut(reader)
        ranking = Ranking(reader.size)
        for path, total in totals.items():
            lanes = total.lanes()
            ranking.add(lanes, shut[path])
            found.scores[path].extend(self._points(numbers(reader.size, lanes)))
            found.blocked[path] |= bitmap_of(shut[path], 1) << start
        found.best.frombytes(ranking.first())
        found.margin.extend(self._points(numbers(reader.size, ranking.margins())))

    def _shut(self, reader: Reader) -> dict[str, bytes]:
        """For each path 1 for those for whom a gate is known to close it, else 0."""
        found = dict.fromkeys((path.id for path in self.base.paths), 0)
        for paths, gate in self._gates:
            closed = int.from_bytes(gate.outcomes(reader.size, reader), "little")
            for path in paths:
                found[path] |= closed
        return {path: flags.to_bytes(reader.size, "little") for path, flags in found.items()}

    def _points(self, parts: array[int]) -> array[float]:
        if self._grain == 1:
            return array(self._typecode, parts)
        return array(self._typecode, [round(one / self._grain, 6) for one in parts])
