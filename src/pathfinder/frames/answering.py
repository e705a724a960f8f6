"""The column of one question as expressions: whose value is no answer, and which kind of answer everybody gave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import reduce
from itertools import pairwise
from operator import add, and_, or_

import narwhals as nw
from narwhals.dtypes import DType

from pathfinder.answers.cells import AnyCheck, cells
from pathfinder.answers.typed import NOT_SURE
from pathfinder.errors import Problem
from pathfinder.rulebase.conditions import Selects, Value, Within
from pathfinder.rulebase.questions import Question

NO_VALUES = ("none", "[]")
"""A selection of nothing, where none of its values is called so."""

Checks = tuple[AnyCheck, ...]
Outcomes = tuple[bool, ...]
Numbers = Mapping[Outcomes, int]
"""The kinds of answer by how the checks turn out for them."""


def type_problem(question: Question, kind: DType) -> Problem | None:
    """What is wrong with a column's type for a question."""
    text = isinstance(kind, (nw.String, nw.Categorical, nw.Enum)) or _nothing(kind)
    fits = {
        "choice": text,
        "yes_no": text or isinstance(kind, nw.Boolean),
        "scale": text or kind.is_numeric(),
        "number": kind.is_numeric() or _nothing(kind),
        "multi": text or (isinstance(kind, nw.List) and isinstance(kind.inner, nw.String)),
    }[question.kind]
    if fits:
        return None
    if isinstance(kind, (nw.Struct, nw.List)):
        remedy = "A frame takes certain answers only; ranges and several possible answers are for 'pathfinder batch'"
        return Problem(f"a column of {kind} cannot hold certain answers to it", remedy, key=question.id)
    wanted = {
        "yes_no": "truth values, or text that says yes or no",
        "scale": "whole numbers",
        "number": "numbers",
        "multi": "text such as a|b, or lists of text",
    }.get(question.kind, "text")
    return Problem(f"a column of {kind} cannot hold answers to it", f"Make it {wanted}", key=question.id)


def _nothing(kind: DType) -> bool:
    """Whether a column has no type of its own, as one that holds nulls only; any value in it is no answer."""
    return isinstance(kind, nw.Unknown)


class Answering:
    """The answers in one column. `wrong` holds where a value is no certain answer; there, kinds are those of an open
    one."""

    def __init__(self, question: Question, kind: DType) -> None:
        self._question = question
        column = nw.col(question.id)
        self._nothing = _nothing(kind)
        self._listed = isinstance(kind, nw.List)
        self._text = not (self._listed or kind.is_numeric() or isinstance(kind, nw.Boolean))
        self._column = column.cast(nw.String).str.strip_chars() if self._text and not self._nothing else column
        self._open = column.is_null()
        if self._nothing:
            self._right = nw.lit(False)
            return
        if self._text:
            words = [word for word in NOT_SURE if word not in question.values]
            self._open = self._open | self._among([*words, ""], fold=True)
        self._right = self._acceptable()

    @property
    def wrong(self) -> nw.Expr:
        """Whose value is no certain answer."""
        if self._nothing:
            return ~self._open
        return ~(self._open | self._right)

    def kind(self, checks: Checks) -> nw.Expr:
        """Everybody's kind of answer as these checks tell them apart, numbered as in `pattern.Kinds`; 0 where it is
        open."""
        if self._nothing:
            return nw.lit(0)
        values = [cell.value for cell in cells(self._question, None, checks)]
        numbers = {outcomes_of(checks, value): number for number, value in enumerate(values, start=1)}
        match self._question.kind:
            case "multi":
                found = self._selected(checks, numbers)
            case "number":
                found = self._stretch(checks, numbers)
            case _:
                found = self._value(checks, numbers)
        return nw.when(self._right & ~self._open).then(found).otherwise(nw.lit(0))

    def _acceptable(self) -> nw.Expr:
        """Whose value is an answer; what it gives for an open one is nobody's business."""
        question = self._question
        if question.kind == "number":
            low, high = question.bounds
            return (self._column >= low) & (self._column <= high)
        if question.kind != "multi":
            return reduce(or_, [self._is(value) for value in question.options])
        if self._listed:
            held = [nw.when(self._holds(value)).then(nw.lit(1)).otherwise(nw.lit(0)) for value in question.values]
            return self._column.list.len() == reduce(add, held)
        one = "|".join(map(re.escape, question.values))
        return self._column.str.contains(rf"^({one})( *\| *({one}))*$") | self._among(self._none_chosen(), fold=True)

    def _none_chosen(self) -> list[str]:
        return [word for word in NO_VALUES if word not in self._question.values]

    def _among(self, words: Iterable[str], fold: bool = False) -> nw.Expr:
        column = self._column.str.to_lowercase() if fold else self._column
        return column.is_in(list(words))

    def _is(self, value: Value) -> nw.Expr:
        """Whose answer is this value."""
        if isinstance(value, bool):
            if self._text:
                return self._among(("yes", "true") if value else ("no", "false"), fold=True)
            return self._column if value else ~self._column
        return self._among((str(value),)) if self._text else self._column == value

    def _holds(self, value: str) -> nw.Expr:
        """Whose selection holds this value."""
        if self._listed:
            return self._column.list.contains(value)
        return self._column.str.contains(rf"(^|\|) *{re.escape(value)} *(\||$)")

    def _value(self, checks: Checks, numbers: Numbers) -> nw.Expr:
        found = nw.lit(0)
        for value in self._question.options:
            found = nw.when(self._is(value)).then(nw.lit(numbers[outcomes_of(checks, value)])).otherwise(found)
        return found

    def _stretch(self, checks: Checks, numbers: Numbers) -> nw.Expr:
        """By the bounds of the checks, from the highest down: what lies at each, and what just below it."""
        low, high = self._question.bounds
        bounds = {
            bound for check in checks if isinstance(check, Within) for bound in check.bounds if low < bound < high
        }
        points = sorted({low, high, *bounds})
        found = nw.lit(0)
        for below, point in reversed([*pairwise([low, *points])]):
            found = nw.when(self._column == point).then(nw.lit(numbers[outcomes_of(checks, point)])).otherwise(found)
            between = numbers[outcomes_of(checks, (below + point) / 2)]
            found = nw.when(self._column < point).then(nw.lit(between)).otherwise(found)
        return found

    def _selected(self, checks: Checks, numbers: Numbers) -> nw.Expr:
        """By which of the checks a selection passes, read as the digits of a number."""
        digits = [
            nw.when(self._passes(check)).then(nw.lit(1 << place)).otherwise(nw.lit(0))
            for place, check in enumerate(checks)
        ]
        read = reduce(add, digits)
        found = nw.lit(0)
        for outcomes, number in numbers.items():
            passed = sum(1 << place for place, held in enumerate(outcomes) if held)
            found = nw.when(read == passed).then(nw.lit(number)).otherwise(found)
        return found

    def _passes(self, check: AnyCheck) -> nw.Expr:
        assert isinstance(check, Selects)  # nothing else is asked of a selection
        held = [self._holds(value) for value in sorted(check.values)]
        if check.how == "all":
            return reduce(and_, held)
        return reduce(or_, held) if check.how == "any" else ~reduce(or_, held)


def outcomes_of(checks: Checks, value: Value) -> Outcomes:
    """How each of some checks turns out for a value."""
    return tuple(check.holds(value) for check in checks)
