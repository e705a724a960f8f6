"""Conditions in words."""

from __future__ import annotations

from pathfinder.rulebase.conditions import AllOf, AnyOf, Condition, Not, OneOf, Selects, Test, Within
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.questions import Question


def condition_in_words(condition: Condition, base: RuleBase) -> str:
    """A condition as a phrase: `coding is solid, strong or expert and timeline_years is at most 5`."""
    match condition:
        case Test(question, check):
            return f"{question} {_check(check, base.questions[question])}"
        case AllOf(parts):
            return " and ".join(_grouped(part, base) for part in parts) or "always"
        case AnyOf(parts):
            return " or ".join(_grouped(part, base) for part in parts)
        case Not(part):
            return f"not ({condition_in_words(part, base)})"


def _grouped(part: Condition, base: RuleBase) -> str:
    words = condition_in_words(part, base)
    return f"({words})" if isinstance(part, (AllOf, AnyOf)) and len(part.parts) > 1 else words


def _check(check: OneOf | Within | Selects, question: Question) -> str:
    match check:
        case OneOf(values):
            words = [_word(value) for value in question.options if value in values]
            if len(words) > 1 and len(words) == len(question.options) - 1:
                left = next(_word(value) for value in question.options if value not in values)
                return f"is anything but {left}"
            return "is " + _listed(words, "or")
        case Selects(how, chosen):
            words = [value for value in question.values if value in chosen]
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


def _word(value: object) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
