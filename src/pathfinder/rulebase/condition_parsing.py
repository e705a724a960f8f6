"""Parsing conditions: from what stands in a rule base's files to tests of answers.

A condition is parsed once against the questions it names, so that a wrong id, a wrong value or a wrong comparison
is found when the rule base is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from pathfinder.errors import nearest
from pathfinder.rulebase.conditions import ALWAYS, AllOf, AnyOf, Condition, Not, OneOf, Selects, Test, Value, Within

MAX_DEPTH = 8


class Askable(Protocol):
    """What parsing needs to know of a question."""

    @property
    def kind(self) -> str:
        """choice, multi, scale, number or yes_no."""
        ...

    @property
    def ordered(self) -> bool:
        """Whether the values of a choice form a scale."""
        ...

    @property
    def options(self) -> tuple[Value, ...]:
        """Every value in order; empty for numbers."""
        ...

    @property
    def bounds(self) -> tuple[float, float]:
        """Smallest and largest number."""
        ...


class ConditionError(ValueError):
    """A condition cannot be used; carries every reason."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(reasons))


def parse_condition(raw: object, questions: Mapping[str, Askable]) -> Condition:
    """The condition written as `raw` (see docs/rule-format.md).

    Raises `ConditionError` with everything that is wrong with it.
    """
    reasons: list[str] = []
    condition = _parse(raw, questions, reasons, 0)
    if reasons:
        raise ConditionError(list(dict.fromkeys(reasons)))
    return condition


def _parse(raw: object, questions: Mapping[str, Askable], reasons: list[str], depth: int) -> Condition:
    if not isinstance(raw, Mapping):
        reasons.append("a condition is a mapping such as {goal_role: research_lead}")
        return ALWAYS
    if not raw:
        reasons.append("a condition cannot be empty; leave the key out where it always holds")
        return ALWAYS
    if depth > MAX_DEPTH:
        reasons.append(f"conditions can be nested {MAX_DEPTH} deep at most")
        return ALWAYS
    parts = [_parse_entry(str(key), value, questions, reasons, depth) for key, value in raw.items()]
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _parse_entry(
    key: str, value: object, questions: Mapping[str, Askable], reasons: list[str], depth: int
) -> Condition:
    if key == "not":
        return Not(_parse(value, questions, reasons, depth + 1))
    if key in ("all", "any"):
        if not isinstance(value, Sequence) or isinstance(value, str) or not value:
            reasons.append(f"'{key}' takes a list of conditions")
            return ALWAYS
        inner = tuple(_parse(one, questions, reasons, depth + 1) for one in value)
        return AllOf(inner) if key == "all" else AnyOf(inner)
    question = questions.get(key)
    if question is None:
        hint = nearest(key, questions)
        reasons.append(f"there is no question '{key}'" + (f". {hint}" if hint else ""))
        return ALWAYS
    check = _CHECKS[question.kind](key, question, value, reasons)
    return Test(key, check)


def _literals(key: str, question: Askable, raw: object, reasons: list[str]) -> frozenset[Value]:
    """The answer values named by one value or a list of them."""
    words = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else [raw]
    known = {_word(option): option for option in question.options}
    found: set[Value] = set()
    for word in words:
        text = _word(word)
        if question.kind == "yes_no":
            text = {"true": "yes", "false": "no"}.get(text.lower(), text.lower())
        if text in known:
            found.add(known[text])
        else:
            hint = nearest(text, known) or f"It is one of: {', '.join(known)}"
            reasons.append(f"'{text}' is no value of {key}. {hint}")
    if not words:
        reasons.append(f"an empty list names no value of {key}")
    return frozenset(found)


def _word(value: object) -> str:
    if value is True:
        return "yes"
    if value is False:
        return "no"
    return str(value)


def _check_listed(key: str, question: Askable, raw: object, reasons: list[str]) -> OneOf:
    """choice, scale, yes_no: values, `not`, and comparisons where the values have an order."""
    if not isinstance(raw, Mapping):
        return OneOf(_literals(key, question, raw, reasons))
    if not raw:
        reasons.append(f"a test of {key} cannot be empty")
    allowed = set(question.options)
    order = {option: place for place, option in enumerate(question.options)}
    for operator, bound in raw.items():
        if operator == "not":
            allowed -= _literals(key, question, bound, reasons)
        elif operator in _COMPARE and (question.ordered or question.kind == "scale"):
            for pivot in _literals(key, question, bound, reasons):
                holds = _COMPARE[operator]
                allowed = {option for option in allowed if holds(order[option], order[pivot])}
        elif operator in _COMPARE:
            reasons.append(f"{key} has no order, so '{operator}' cannot be used; list the values")
        else:
            reasons.append(f"'{operator}' cannot be used on {key}; use lt, lte, gt, gte or not")
    if not allowed:
        reasons.append(f"no answer to {key} can pass this test")
    return OneOf(frozenset(allowed))


def _check_number(key: str, question: Askable, raw: object, reasons: list[str]) -> Within:
    if not isinstance(raw, Mapping):
        raw = {"gte": raw, "lte": raw}
    if not raw:
        reasons.append(f"a test of {key} cannot be empty")
    if {"gt", "gte"} <= set(raw) or {"lt", "lte"} <= set(raw):
        reasons.append(f"{key} is bounded twice on one side; keep one of the two")
    low = high = None
    low_inclusive = high_inclusive = True
    for operator, bound in raw.items():
        number = _number(bound)
        if operator not in _COMPARE:
            reasons.append(f"'{operator}' cannot be used on {key}; use lt, lte, gt or gte")
        elif number is None:
            reasons.append(f"{key} is compared with a number, not with '{bound}'")
        elif not question.bounds[0] <= number <= question.bounds[1]:
            reasons.append(f"{number:g} lies outside the range of {key}")
        elif operator.startswith("g"):
            low, low_inclusive = number, operator == "gte"
        else:
            high, high_inclusive = number, operator == "lte"
    check = Within(low, low_inclusive, high, high_inclusive)
    least, most = question.bounds
    low, high = least if low is None else low, most if high is None else high
    if not check.holds((low + high) / 2):
        reasons.append(f"no answer to {key} can pass this test")
    return check


def _check_multi(key: str, question: Askable, raw: object, reasons: list[str]) -> Selects:
    if isinstance(raw, Mapping) and len(raw) == 1:
        operator, wanted = next(iter(raw.items()))
        how = {"has": "any", "has_any": "any", "has_all": "all", "has_none": "none"}.get(str(operator))
        if how is not None:
            values = _literals(key, question, wanted, reasons)
            return Selects(how, frozenset(str(value) for value in values))
    reasons.append(f"{key} is a selection: use has, has_any, has_all or has_none")
    return Selects("any", frozenset())


def _number(raw: object) -> float | None:
    try:
        number = float(str(raw))
    except ValueError:
        return None
    return number if number == number and abs(number) != float("inf") else None


_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "lt": lambda one, other: one < other,
    "lte": lambda one, other: one <= other,
    "gt": lambda one, other: one > other,
    "gte": lambda one, other: one >= other,
}
_CHECKS: dict[str, Callable[[str, Askable, object, list[str]], OneOf | Within | Selects]] = {
    "choice": _check_listed,
    "scale": _check_listed,
    "yes_no": _check_listed,
    "number": _check_number,
    "multi": _check_multi,
}
