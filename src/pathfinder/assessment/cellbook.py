"""The cells of every question under everything the scoring parts of a rule base check, worked out once."""

from __future__ import annotations

from itertools import combinations

from pathfinder.answers.cells import AnyCheck, Cell, cells
from pathfinder.answers.sheet import AnswerSheet
from pathfinder.rulebase.conditions import Condition, Selects, tests
from pathfinder.rulebase.models import RuleBase


class CellBook:
    """Cells of one rule base. Those of open questions depend on the base alone and are kept."""

    def __init__(self, base: RuleBase) -> None:
        self.base = base
        self.checks = all_checks(base)
        self._open: dict[tuple[str, int], tuple[Cell, ...]] = {}
        self._selections: dict[str, tuple[tuple[frozenset[str], ...], ...]] = {}

    def of(self, sheet: AnswerSheet, question: str) -> tuple[Cell, ...]:
        """The kinds of answer that a sheet leaves possible to a question; one where it is certain."""
        if sheet.is_open(question):
            return self.open(question)
        return cells(self.base.questions[question], sheet.get(question), self.checks[question])

    def open(self, question: str, given: int = -1) -> tuple[Cell, ...]:
        """The cells of an open question, weighed by its own shares (-1) or by one of its `given` ones."""
        found = self._open.get((question, given))
        if found is None:
            asked = self.base.questions[question]
            shares = asked.plausible if given < 0 else asked.plausible.given[given]
            found = self._open[question, given] = cells(asked, None, self.checks[question], shares)
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
    conditions += [role.decides for role in base.other_roles if role.decides is not None]
    conditions += list(base.relevance.values())
    conditions += [condition for given in base.given.values() for condition in given]
    return conditions
