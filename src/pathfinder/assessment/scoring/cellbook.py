"""The kinds of answer that a rule base can tell apart, worked out once for each question, and numbered.

The kinds of a question are the cells of an open answer under everything the scoring parts of the base check. An answer
then is a code: 0 where nothing is known, else the number of its kind, counted from 1.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from msgspec import Struct

from pathfinder.answers.cells import AnyCheck, Cell, cells
from pathfinder.answers.sheet import AnswerSheet, Certain
from pathfinder.rulebase.conditions import Condition, Selects, Value, tests
from pathfinder.rulebase.models import RuleBase

KeptCells = tuple[dict[str, tuple[AnyCheck, ...]], Mapping[str, Sequence[tuple[Cell, ...]]]]

OPEN = 0
"""The code of an answer that is not known."""

MOST_VALUES = 1000
"""So many values of a question, at most, are remembered with their codes."""


class Codes(Struct, frozen=True):
    """One sheet as codes. `known` holds every question that is certain or open, `uncertain` the others: the codes that
    are still possible, each with its probability."""

    known: Mapping[str, int]
    uncertain: Mapping[str, tuple[tuple[int, float], ...]]

    def about(self, questions: Collection[str]) -> Codes:
        """The same of nothing but some questions."""
        return Codes(
            {question: code for question, code in self.known.items() if question in questions},
            {question: shares for question, shares in self.uncertain.items() if question in questions},
        )


class CellBook:
    """Cells of one rule base. Those of open questions depend on the base alone; `kept` holds the checks on each
    question, and its cells by each of its `given` shares and last by its own, where they were worked out before."""

    def __init__(self, base: RuleBase, kept: KeptCells | None = None) -> None:
        self.base = base
        self.checks = kept[0] if kept else all_checks(base)
        self._kept = kept[1] if kept else {}
        self._open: dict[tuple[str, int], tuple[Cell, ...]] = {}
        self._probable: dict[str, tuple[Cell, ...]] = {}
        self._selections: dict[str, tuple[tuple[frozenset[str], ...], ...]] = {}
        self._codes: dict[str, dict[Value, int]] = {}
        self._kinds: dict[str, dict[tuple[bool, ...], int]] = {}

    def of(self, sheet: AnswerSheet, question: str) -> tuple[Cell, ...]:
        """The kinds of answer that a sheet leaves possible to a question; one where it is certain."""
        if sheet.is_open(question):
            return self.open(question)
        return cells(self.base.questions[question], sheet.get(question), self.checks[question])

    def open(self, question: str, given: int = -1) -> tuple[Cell, ...]:
        """The cells of an open question, weighed by its own shares (-1) or by one of its `given` ones."""
        found = self._open.get((question, given))
        if found is None and question in self._kept:
            found = self._open[question, given] = self._kept[question][given]
        elif found is None:
            asked = self.base.questions[question]
            shares = asked.plausible if given < 0 else asked.plausible.given[given]
            found = self._open[question, given] = cells(asked, None, self.checks[question], shares)
        return found

    def probable(self, question: str) -> tuple[Cell, ...]:
        """The cells of an open question that have a probability under any of its shares."""
        found = self._probable.get(question)
        if found is None:
            cells: dict[Value, Cell] = {}
            for given in (*range(len(self.base.given.get(question, ()))), -1):
                cells.update((cell.value, cell) for cell in self.open(question, given) if cell.weight > 0)
            found = self._probable[question] = tuple(cells.values())
        return found

    def codes(self, sheet: AnswerSheet) -> Codes:
        """The answers of a sheet as codes."""
        known: dict[str, int] = {}
        uncertain: dict[str, tuple[tuple[int, float], ...]] = {}
        for question in self.base.questions:
            answer = sheet.get(question)
            if isinstance(answer, Certain):
                known[question] = self.code(question, answer.value)
            elif sheet.is_open(question):
                known[question] = OPEN
            else:
                found = self.of(sheet, question)
                uncertain[question] = tuple((self.code(question, cell.value), cell.weight) for cell in found)
        return Codes(known, uncertain)

    def possible(self, codes: Codes) -> dict[str, Sequence[int]]:
        """The codes that are possible to each question, in the order of its cells: a range of all where it is open."""
        found: dict[str, Sequence[int]] = {}
        for question, code in codes.known.items():
            found[question] = (code,) if code != OPEN else range(1, len(self.open(question)) + 1)
        for question, several in codes.uncertain.items():
            found[question] = tuple([code for code, _ in several])
        return found

    def code(self, question: str, value: Value) -> int:
        """The number of a value's kind, from 1."""
        codes = self._codes.setdefault(question, {})
        found = codes.get(value)
        if found is None:
            found = self._numbers(question)[tuple([check.holds(value) for check in self.checks[question]])]
            if len(codes) < MOST_VALUES:
                codes[value] = found
        return found

    def _numbers(self, question: str) -> dict[tuple[bool, ...], int]:
        """The number of each kind, by how the checks turn out."""
        found = self._kinds.get(question)
        if found is None:
            checks = self.checks[question]
            found = self._kinds[question] = {
                tuple([check.holds(cell.value) for check in checks]): number
                for number, cell in enumerate(self.open(question), start=1)
            }
        return found

    def selections(self, question: str) -> tuple[tuple[frozenset[str], ...], ...]:
        """Every selection of the values that any check mentions, those together that no check tells apart; the
        smallest first."""
        found = self._selections.get(question)
        if found is None:
            checks = self.checks[question]
            mentioned = sorted({value for check in checks if isinstance(check, Selects) for value in check.values})
            alike: dict[tuple[bool, ...], list[frozenset[str]]] = {}
            for size in range(len(mentioned) + 1):
                for chosen in map(frozenset, combinations(mentioned, size)):
                    alike.setdefault(tuple(check.holds(chosen) for check in checks), []).append(chosen)
            found = self._selections[question] = tuple(map(tuple, alike.values()))
        return found


def all_checks(base: RuleBase) -> dict[str, tuple[AnyCheck, ...]]:
    """Every check the scoring parts of the base make on each question."""
    found: dict[str, dict[AnyCheck, None]] = {question: {} for question in base.questions}
    for condition in _scoring_conditions(base):
        for test in tests(condition):
            found[test.question][test.check] = None
    return {question: tuple(checks) for question, checks in found.items()}


def _scoring_conditions(base: RuleBase) -> list[Condition]:
    conditions: list[Condition] = [case.when for rule in base.rules.values() for case in rule.cases]
    conditions += [rule.unless for rule in base.rules.values() if rule.unless is not None]
    conditions += [gate.when for path in base.paths for gate in path.gates]
    conditions += [one for role in base.other_roles if role.decides is not None for one in (role.when, role.decides)]
    conditions += list(base.relevance.values())
    conditions += [condition for given in base.given.values() for condition in given]
    return conditions
