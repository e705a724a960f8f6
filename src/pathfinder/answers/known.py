"""What conditions came to for other people whose answers they cannot tell from these.

A condition looks at few questions and tells few kinds of answer to each apart, so that what it comes to is worked out
for the first of many people and looked up for the others. Nothing here knows whose an answer was.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pathfinder.answers.cells import AnyCheck, cells
from pathfinder.answers.scope import Scope, questions_of, scope_of
from pathfinder.answers.sheet import AnswerSheet, Certain
from pathfinder.rulebase.conditions import Condition, Value
from pathfinder.rulebase.models import RuleBase

MOST_KNOWN = 20_000
"""So many conditions with the kinds of answer to them, at most, are remembered with what they come to."""

MOST_VALUES = 1000
"""So many values of a question, at most, are remembered with how some checks on it turn out."""

Kind = int | tuple[int, ...]
"""How some checks on a question turn out, a binary digit for each: for an answer, or for every kind that an uncertain
one leaves possible. -1 stands for no answer."""


class _Told(NamedTuple):
    """A question as a condition looks at it: with the checks made on it, and how these turned out for some values."""

    question: str
    checks: tuple[AnyCheck, ...]
    kinds: dict[Value, int]

    def kind(self, value: Value) -> int:
        found = self.kinds.get(value)
        if found is None:
            found = sum([check.holds(value) << place for place, check in enumerate(self.checks)])
            if len(self.kinds) < MOST_VALUES:
                self.kinds[value] = found
        return found


class _Met(NamedTuple):
    """A condition, with its scope and the questions in it."""

    condition: Condition
    scope: Scope
    told: tuple[_Told, ...]


class Known:
    """What is known of the conditions of one rule base. They go by their identity, which is far quicker than by their
    value, and as safe: each that was met is kept."""

    def __init__(self, base: RuleBase) -> None:
        self.base = base
        self._once: dict[int, Condition] = {}
        self._met: dict[int, _Met] = {}
        self._questions: dict[int, tuple[Condition, frozenset[str]]] = {}
        self._told: dict[tuple[str, tuple[AnyCheck, ...]], _Told] = {}
        self.found: dict[tuple[int, tuple[Kind, ...]], bool | None] = {}
        """What conditions came to, each with the kinds of answer to its questions."""

    def scope(self, condition: Condition) -> Scope:
        """The scope of one condition."""
        return self._of(condition).scope

    def questions(self, condition: Condition) -> frozenset[str]:
        """The questions in the scope of one condition; quicker than the scope where that is not known yet."""
        found = self._questions.get(id(condition))
        if found is None:
            found = self._questions[id(condition)] = (condition, questions_of(self.base, condition))
        return found[1]

    def find(self, condition: Condition, answers: Kinds, work: Callable[[Condition], bool | None]) -> bool | None:
        """What a condition comes to for somebody; worked out where it is not known.

        Somebody who is assessed alone meets most conditions once, so they are remembered from the second time on.
        """
        if id(condition) not in self._once:
            self._once[id(condition)] = condition
            return work(condition)
        key = (id(condition), tuple([answers.of(one) for one in self._of(condition).told]))
        try:
            return self.found[key]
        except KeyError:
            if len(self.found) >= MOST_KNOWN:
                self.found.clear()
            found = self.found[key] = work(condition)
            return found

    def _of(self, condition: Condition) -> _Met:
        met = self._met.get(id(condition))
        if met is None:
            scope = scope_of(self.base, [condition])
            told = [self._told.setdefault((key, one), _Told(key, one, {})) for key, one in scope.checks.items()]
            met = self._met[id(condition)] = _Met(condition, scope, tuple(told))
        return met


class Kinds:
    """The kinds of one sheet's answers."""

    def __init__(self, base: RuleBase, sheet: AnswerSheet) -> None:
        self._base, self._sheet = base, sheet
        self._found: dict[int, Kind] = {}

    def of(self, told: _Told) -> Kind:
        """The kind of an answer."""
        found = self._found.get(id(told))
        if found is None:
            found = self._found[id(told)] = self._kind(told)
        return found

    def _kind(self, told: _Told) -> Kind:
        answer = self._sheet.get(told.question)
        if isinstance(answer, Certain):
            return told.kind(answer.value)
        if self._sheet.is_open(told.question):
            return -1
        possible = cells(self._base.questions[told.question], answer, told.checks)
        return tuple(sorted([told.kind(cell.value) for cell in possible]))
