"""Numbers and ranges as people type them: `8`, `5-15`, `5 to 15`, `about 8`, `3-30, likely 5`, `3-30~5`."""

from __future__ import annotations

import re

from pathfinder.answers.sheet import Answer
from pathfinder.answers.validation import AnswerError, parse_answer
from pathfinder.rulebase.questions import Question

ABOUT = 0.25
"""How far `about` reaches to either side, as a share of the number (at least one whole unit)."""

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_LIKELY = rf"[,;]? ?(?:(?:likely|probably|mostly) |~ ?){_NUMBER}"
_RANGE = re.compile(rf"^(?:between )?{_NUMBER}(?: ?(?:-|–|—|to|and|\.\.) ?){_NUMBER}(?:{_LIKELY})?$")
_ABOUT = re.compile(rf"^(?:about|around|roughly|approximately|circa|ca\.?|c\.?|~|maybe|probably) ?{_NUMBER}$")
_PLAIN = re.compile(rf"^{_NUMBER}$")
NOT_SURE = {"?", "not sure", "unsure", "unknown", "don't know", "dont know", "no idea"}


def parse_typed(question: Question, text: str) -> Answer | None:
    """The answer in what was typed for a number or scale; None where nothing was typed.

    Raises `AnswerError` with a remedy that shows the forms that work.
    """
    words = " ".join(text.lower().split())
    for unit in (question.unit, "years", "year", "months", "month", "hours", "hour", "yrs", "h", "%"):
        if unit and words.endswith(f" {unit}"):
            words = words.removesuffix(f" {unit}")
            break
    if not words:
        return None
    if words in NOT_SURE:
        return parse_answer(question, "unknown")
    if found := _PLAIN.match(words):
        return parse_answer(question, _number(found[1]))
    if found := _RANGE.match(words):
        raw = {"min": _number(found[1]), "max": _number(found[2])}
        return parse_answer(question, raw if found[3] is None else {**raw, "likely": _number(found[3])})
    if found := _ABOUT.match(words):
        return _about(question, _number(found[1]))
    low, high = question.bounds
    raise AnswerError(
        "this is not a number that can be read",
        f"Type a number from {low:g} to {high:g}, a range such as 5-15, or 'about 8'",
    )


def _about(question: Question, text: str) -> Answer | None:
    """`about 8`: a quarter to either side, most likely in the middle, within the question's range."""
    low, high = question.bounds
    number = float(text)
    if question.kind == "scale" or number > high:
        return parse_answer(question, text)
    reach = max(1.0, round(number * ABOUT))
    raw = {"min": max(low, number - reach), "max": min(high, number + reach), "likely": number}
    return parse_answer(question, raw)


def _number(text: str) -> str:
    return text.replace(",", ".")
