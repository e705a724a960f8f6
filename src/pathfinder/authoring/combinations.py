"""Every combination of answers that some conditions can tell apart, as the people of one frame.

Everybody in such a frame has answered everything the conditions look at, so that what holds for nobody in it holds
for nobody at all. Exact: the cells of `answers/cells.py` leave out no kind of answer.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pathfinder.answers.cells import AnyCheck, Cell, cells
from pathfinder.answers.scope import layout, scope_of
from pathfinder.rulebase.columns import Frame
from pathfinder.rulebase.conditions import Condition, Selects, Value, Within
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.questions import Question

OPEN: Value = "\0open"
"""Stands for no answer while combinations are laid out."""

MOST = 1 << 18
"""More combinations than this are not laid out (built-in arguments have at most a few hundred)."""


def too_many(base: RuleBase, conditions: Sequence[Condition]) -> bool:
    """Whether the conditions tell apart more combinations than can be looked at."""
    total = 1
    for question, checks in scope_of(base, conditions).checks.items():
        total *= _at_most(base.questions[question], checks)
    return total > MOST


def everyone(
    base: RuleBase, conditions: Sequence[Condition], leaving_open: str = "", or_open: Container[str] = ()
) -> Frame:
    """One person for every combination of answers that the conditions can tell apart.

    Nobody in it has answered the question `leaving_open`, and of the questions in `or_open` "not answered" is one
    more answer.
    """
    return _frame(base, _kinds(base, conditions, leaving_open, or_open))


def _kinds(
    base: RuleBase, conditions: Sequence[Condition], without: str, or_open: Container[str]
) -> dict[str, tuple[Cell, ...]]:
    """The cells of every question the conditions rest on, but one."""
    checks = scope_of(base, conditions).checks
    found = {key: cells(base.questions[key], None, checks[key]) for key in checks if key != without}
    return {key: (*options, Cell(OPEN, 0.0)) if key in or_open else options for key, options in found.items()}


def _frame(base: RuleBase, kinds: Mapping[str, tuple[Cell, ...]]) -> Frame:
    laid_out = layout(base, {}, kinds).frame
    answers = {
        key: {value: people for value, people in columns.items() if value != OPEN}
        for key, columns in laid_out.answers.items()
    }
    return Frame(laid_out.size, answers, base.relevance)


@dataclass(frozen=True)
class Line:
    """Combinations laid out along one question: for each of its `values`, in order, the same `rest` combinations
    of everything else, called contexts here.

    `frame` is everybody, `unanswered` one person per context who leaves the question open.
    """

    question: Question
    values: tuple[Value, ...]
    frame: Frame
    unanswered: Frame
    rest: int

    def contexts(self, people: int) -> list[int]:
        """People of `frame` as a bitmap of contexts for each value."""
        window = (1 << self.rest) - 1
        return [people >> (place * self.rest) & window for place in range(len(self.values))]

    def always(self, people: int) -> int:
        """The contexts in which they are among the people whatever the value."""
        found = (1 << self.rest) - 1
        for one in self.contexts(people):
            found &= one
        return found

    def ever(self, people: int) -> int:
        """The contexts in which they are among the people for some value."""
        found = 0
        for one in self.contexts(people):
            found |= one
        return found

    def described(self, context: int) -> str:
        """The answers of a context in words: `coding basic and maths ok`."""
        words = []
        for key, options in self.unanswered.answers.items():
            if not self.unanswered.irrelevant(key) >> context & 1:
                words += [f"{key} {plain(value)}" for value, people in options.items() if people >> context & 1]
        return " and ".join(words)


def along(base: RuleBase, conditions: Sequence[Condition], question: str, or_open: Container[str] = ()) -> Line:
    """The combinations that the conditions can tell apart, laid out along one question of theirs."""
    asked = base.questions[question]
    values = ladder(asked, scope_of(base, conditions).checks[question])
    others = _kinds(base, conditions, question, or_open)
    unanswered = _frame(base, others)
    whole = _frame(base, {question: tuple(Cell(value, 0.0) for value in values), **others})
    return Line(asked, values, whole, unanswered, unanswered.size)


def ladder(question: Question, checks: Sequence[AnyCheck]) -> tuple[Value, ...]:
    """Values in order, at least one for every way the checks can turn out; for a number, points and stretches."""
    if question.kind == "number":
        bounds = {bound for check in checks if isinstance(check, Within) for bound in check.bounds}
        points = sorted({*question.bounds, *bounds})
        return tuple(sorted([*points, *((low + high) / 2 for low, high in pairwise(points))]))
    if question.kind == "multi":
        return tuple(cell.value for cell in cells(question, None, checks))
    return question.options


def plain(value: Value) -> str:
    """A value as a rule base writes it."""
    if isinstance(value, frozenset):
        return f"[{', '.join(sorted(value))}]"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else f"{value:g}"


def _at_most(question: Question, checks: Sequence[AnyCheck]) -> int:
    """How many values of a question are told apart, at most (cheap, unlike laying them out)."""
    if question.kind == "multi":
        return 1 << len({value for check in checks if isinstance(check, Selects) for value in check.values})
    return len(ladder(question, checks))
