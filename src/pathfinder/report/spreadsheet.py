"""The questionnaire for people who work in a spreadsheet: a header to fill in under, and what may stand in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from pathfinder.cleaning import clean
from pathfinder.report.questionnaire import form_in_words, only_if
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.questions import Question

_FORMULA = ("=", "+", "-", "@")
"""A cell that begins so would be worked out by a spreadsheet instead of shown."""


def answers_header(base: RuleBase) -> str:
    """The first line of a table of people: `id`, `name`, and a column for every question."""
    return _table([["id", "name", *base.questions]])


def questions_table(base: RuleBase) -> str:
    """The key to such a table, a line for each of its columns: what is asked, how an answer is written, which values
    there are and what they mean, and when the question applies."""
    how = "how to answer (unknown: not sure; empty: not asked)"
    head = ["column", "title", "question", how, "values", "only if", "section", "depth", "private"]
    return _table([head, *(_row(base, question) for question in base.questions.values())])


def _row(base: RuleBase, question: Question) -> list[str]:
    return [
        question.id,
        question.title,
        question.prompt,
        how_to_write(question),
        "; ".join(f"{value} = {label}" for value, label in question.values.items()),
        only_if(base, question),
        question.section,
        question.depth,
        "yes" if question.sensitive else "",
    ]


def how_to_write(question: Question) -> str:
    """How an answer is written into a cell. Ranges are given as `5 to 15`: of 5-15, spreadsheets make a date."""
    form, several = form_in_words(question), "several possible as a|b"
    match question.kind:
        case "number":
            return f"{form}; a range as 5 to 15, or 5 to 15, likely 8"
        case "scale":
            return f"{form}; a range as 2 to 4"
        case "yes_no":
            return form
        case "multi":
            return f"all that fit, as a|b; {'[]' if 'none' in question.values else 'none'} for none of them"
    return f"one value, {form}; {several}" if question.ordered else f"one value; {several}"


def _table(rows: Iterable[list[str]]) -> str:
    """Rows as CSV."""
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows([_cell(text) for text in row] for row in rows)
    return made.getvalue()


def _cell(text: str) -> str:
    """Text on one line that no spreadsheet takes for a formula."""
    folded = " ".join(clean(text).split())
    return "'" + folded if folded.startswith(_FORMULA) else folded
