"""Answers as they stand in one cell of a table: `solid`, `basic|solid`, `5-15`, `5-15~8`, `none`, `unknown`."""

from __future__ import annotations

import re

from pathfinder.answers.sheet import Answer
from pathfinder.answers.typed import NOT_SURE, parse_typed
from pathfinder.answers.validation import AnswerError, parse_answer
from pathfinder.rulebase.questions import Question

BAR = "|"
LONGEST = 1000
"""No answer needs more characters than this."""

_NONE_CHOSEN = ("none", "[]")
_DATE = re.compile(
    r"(?i)\d{1,4}[-/. ]+(jan|feb|mar|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-z]*\.?([-/. ]+\d+)?"
    r"|(jan|feb|mar|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-z]*\.?[-/. ]+\d{1,4}"
    r"|\d{4}-\d\d?-\d\d?.*|\d\d?/\d\d?(/\d+)?"
)


def parse_cell(question: Question, text: str) -> Answer | None:
    """The answer in a cell; None where it is empty. Raises `AnswerError` with a remedy that suits a table.

    Several values stand with a bar between them; a selection of nothing is `none` or `[]`. Numbers and scales take
    what can be typed at a prompt (`answers/typed.py`).
    """
    if len(text) > LONGEST:
        raise AnswerError(f"this is longer than {LONGEST} characters", _forms(question))
    words = text.strip()
    if not words:
        return None
    if words.lower() in NOT_SURE and words not in question.values:
        return parse_answer(question, "unknown")
    if question.kind == "multi":
        empty = words.lower() in _NONE_CHOSEN and words not in question.values
        return parse_answer(question, [] if empty else _parts(question, words))
    if BAR in words and question.kind != "number":
        return parse_answer(question, _parts(question, words))
    if question.kind in ("number", "scale"):
        return _number(question, words)
    return parse_answer(question, words)


def _parts(question: Question, words: str) -> list[object]:
    parts = [part.strip() for part in words.split(BAR)]
    if not all(parts):
        raise AnswerError("there is nothing on one side of a bar (|)", _forms(question))
    return list(parts)


def _number(question: Question, words: str) -> Answer | None:
    if BAR in words:
        raise AnswerError("a number is not a list", _forms(question))
    try:
        return parse_typed(question, words)
    except AnswerError as error:
        if _DATE.fullmatch(words):
            remedy = "If a spreadsheet made it out of a range such as 5-15, write '5 to 15'"
            raise AnswerError("this looks like a date", remedy) from None
        raise error from None


def _forms(question: Question) -> str:
    """How an answer to this question is written in a cell."""
    match question.kind:
        case "number":
            return "Write a number, or a range such as 5-15"
        case "multi":
            return "Write the values with a bar between them, e.g. a|b, or none"
    return "Write one value, or several with a bar between them, e.g. a|b"
