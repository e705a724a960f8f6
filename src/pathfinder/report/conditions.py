"""Conditions in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pathfinder.rulebase.conditions import AllOf, AnyOf, Condition, Not, OneOf, Selects, Test, Value, Within
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.questions import Question


@dataclass(frozen=True)
class Naming:
    """What questions and their values are called in a condition."""

    question: Callable[[Question], str]
    value: Callable[[Question, Value], str]


def condition_in_words(condition: Condition, base: RuleBase, naming: Naming | None = None) -> str:
    """A condition as a phrase: `coding is solid, strong or expert and timeline_years is at most 5`. Questions and
    values go by their ids, as in an answers file, unless `naming` says otherwise."""
    names = naming or _IDS
    match condition:
        case Test(question, check):
            asked = base.questions[question]
            return f"{names.question(asked)} {_check(check, asked, names)}"
        case AllOf(parts):
            return " and ".join(_grouped(part, base, names) for part in parts) or "always"
        case AnyOf(parts):
            return " or ".join(_grouped(part, base, names) for part in parts)
        case Not(part):
            return f"not ({condition_in_words(part, base, names)})"


def numbered(numbers: Mapping[str, int]) -> Naming:
    """How a form for people calls things: `question 12 (PhD within reach) is 'Offer in hand'`, where `numbers` says
    which number a question has in it."""
    return Naming(
        lambda question: f"question {numbers[question.id]} ({question.title})",
        lambda question, value: f"'{_short_label(question, value)}'",
    )


def _short_label(question: Question, value: Value) -> str:
    """A value's label up to its colon, where that still tells it apart; 'Solid' of 'Solid: complete programs'."""
    label = question.label(value)
    short = [option.partition(": ")[0] for option in question.values.values()]
    head = label.partition(": ")[0]
    return head if short.count(head) == 1 else label


def _grouped(part: Condition, base: RuleBase, names: Naming) -> str:
    words = condition_in_words(part, base, names)
    return f"({words})" if isinstance(part, (AllOf, AnyOf)) and len(part.parts) > 1 else words


def _check(check: OneOf | Within | Selects, question: Question, names: Naming) -> str:
    match check:
        case OneOf(values):
            words = [names.value(question, value) for value in question.options if value in values]
            if len(words) > 1 and len(words) == len(question.options) - 1:
                left = next(names.value(question, value) for value in question.options if value not in values)
                return f"is anything but {left}"
            return "is " + _listed(words, "or")
        case Selects(how, chosen):
            words = [names.value(question, value) for value in question.values if value in chosen]
            return {"any": "includes ", "all": "includes all of ", "none": "includes none of "}[how] + _listed(
                words, "and" if how == "all" else "or"
            )
        case Within():
            return _within(check, question.unit)


def _within(check: Within, unit: str) -> str:
    if check.low is not None and check.low == check.high:
        return f"is {check.low:g} {unit}".rstrip()
    parts = []
    if check.low is not None:
        parts.append(f"{'at least' if check.low_inclusive else 'more than'} {check.low:g}")
    if check.high is not None:
        parts.append(f"{'at most' if check.high_inclusive else 'less than'} {check.high:g}")
    return f"is {' and '.join(parts)} {unit}".rstrip()


def _listed(words: list[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _word(value: Value) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


_IDS = Naming(lambda question: question.id, lambda _, value: _word(value))
