"""Answers out of the history: read under whatever rule base is at hand, and counted where they differ."""

from __future__ import annotations

from collections.abc import Mapping

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.answers.validation import validate_sheet
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.answers import read_document
from pathfinder.store.yaml_text import entry


def kept_sheet(text: str, shown: str, base: RuleBase) -> tuple[AnswerSheet, int]:
    """The kept answers that the present rule base can read, and how many it cannot.

    Raises `InputError`, naming the text as `shown`, when none of it can be read.
    """
    data = read_document(text, shown).data
    sheet, problems = validate_sheet(data, base.questions, base.path, base.criterion)
    return sheet, len(problems)


def answers_changed(before: str, after: str, shown: str) -> int:
    """How many answers differ between two kept texts; those given or taken back count. The weights of the criteria
    count as one together, and so does each option in hand."""
    one, other = (_units(read_document(text, shown).data) for text in (before, after))
    return sum(one.get(key) != other.get(key) for key in one.keys() | other.keys())


def _units(data: object) -> dict[tuple[str, str], object]:
    answers, weights, options = (entry(data, key) for key in ("answers", "weights", "options"))
    found: dict[tuple[str, str], object] = {}
    if isinstance(answers, Mapping):
        found |= {("answers", str(key)): value for key, value in answers.items()}
    if weights:
        found["weights", ""] = weights
    if isinstance(options, list):
        found |= {("options", str(entry(option, "name"))): option for option in options}
    return found
