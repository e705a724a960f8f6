"""What a whole cohort adds up to: for how many people each argument counts how much, and which answers are open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pathfinder.answers.facts import Facts
from pathfinder.answers.known import Known
from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.bulk.coded import OPEN, Column
from pathfinder.assessment.bulk.pattern import MOST_PATTERNS, Reader, Translations, known_truth
from pathfinder.rulebase.models import RuleBase

_IS_OPEN = bytes(code == OPEN for code in range(256))


@dataclass
class Counted:
    """What an argument comes to over everybody: with how many people it speaks for its paths and against them, their
    points on it together, and the same without signs."""

    people_for: int = 0
    people_against: int = 0
    points: float = 0.0
    moved: float = 0.0

    def add(self, points: float, people: int) -> None:
        """Count some people for whom it counts so much."""
        if points > 0:
            self.people_for += people
        elif points < 0:
            self.people_against += people
        self.points += points * people
        self.moved += abs(points) * people


class ArgumentCounts:
    """What each argument comes to over everybody, by id."""

    def __init__(self) -> None:
        self.found: dict[str, Counted] = {}

    def add(self, rule: str, values: Sequence[float], places: bytes) -> None:
        """Count some people, given where what an argument counts for each of them stands among `values`."""
        counted = self._counted(rule)
        for place, points in enumerate(values):
            if points:
                counted.add(points, places.count(place))

    def add_one(self, rule: str, points: float) -> None:
        """Count one person."""
        self._counted(rule).add(points, 1)

    def _counted(self, rule: str) -> Counted:
        return self.found.setdefault(rule, Counted())


class OpenCounts:
    """For each question how many people left it open whom it is known to concern."""

    def __init__(self, base: RuleBase, most: int = MOST_PATTERNS) -> None:
        self.found = Counter(dict.fromkeys(base.questions, 0))
        self._base, self._known = base, Known(base)
        self._concerns = {when: known_truth(base, when, most) for when in base.relevance.values()}
        self._translations = Translations()

    def add(self, columns: Mapping[str, Column], size: int) -> None:
        """Count people by their answers; a question without a column is open for everybody."""
        reader = Reader(columns, size, 0, self._translations)
        concerned = {
            when: int.from_bytes(concerns.outcomes(size, reader), "little") for when, concerns in self._concerns.items()
        }
        for key in self._base.questions:
            column, when = columns.get(key), self._base.relevance.get(key)
            left = (column.codes if column is not None else bytes(size)).translate(_IS_OPEN)
            if when is None:
                self.found[key] += left.count(1)
            else:
                self.found[key] += (concerned[when] & int.from_bytes(left, "little")).bit_count()

    def add_sheet(self, sheet: AnswerSheet) -> None:
        """Count one person."""
        facts = Facts(self._base, sheet, self._known)
        for key in self._base.questions:
            if sheet.is_open(key) and facts.relevance(key):
                self.found[key] += 1
