"""Every completion of a sheet with its probability, where they are few enough to be listed."""

from __future__ import annotations

from math import prod

from msgspec import Struct

from pathfinder.answers.cells import Cell
from pathfinder.answers.scope import layout
from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.completions.mass import Mass
from pathfinder.assessment.scoring.cellbook import CellBook
from pathfinder.rulebase.columns import Frame, evaluate
from pathfinder.rulebase.models import RuleBase

MOST = 2048
"""Where more combinations of answers are open, completions are drawn instead."""


class Listed(Struct, frozen=True):
    """Every combination of the open and uncertain answers, as the people of a frame, and how probable each is."""

    frame: Frame
    mass: Mass


def listed(base: RuleBase, sheet: AnswerSheet, book: CellBook, most: int = MOST) -> Listed | None:
    """The completions of a sheet, or None where there are more than `most`.

    Answers that no argument, gate or role can tell apart count as one; single points of a continuous number have no
    probability and are left out.
    """
    if prod([len(book.probable(question)) for question in base.questions if sheet.is_open(question)]) > most:
        return None
    kinds = {question: _probable(sheet, book, question) for question in base.questions}
    if prod(len(found) for found in kinds.values()) > most:
        return None
    frame = layout(base, {}, kinds).frame
    weights = [1.0] * frame.size
    for question, found in kinds.items():
        if len(found) > 1:
            _weigh(base, sheet, book, frame, question, weights)
    return Listed(frame, Mass(frame.size, weights))


def _variants(base: RuleBase, sheet: AnswerSheet, book: CellBook, question: str) -> list[tuple[Cell, ...]]:
    """The cells of a question under each of its shares: those with a condition in their order, the plain ones last."""
    if not sheet.is_open(question):
        return [book.of(sheet, question)]
    return [book.open(question, place) for place in (*range(len(base.given.get(question, ()))), -1)]


def _probable(sheet: AnswerSheet, book: CellBook, question: str) -> tuple[Cell, ...]:
    """The cells of a question that have a probability."""
    if sheet.is_open(question):
        return book.probable(question)
    return tuple([cell for cell in book.of(sheet, question) if cell.weight > 0])


def _weigh(
    base: RuleBase, sheet: AnswerSheet, book: CellBook, frame: Frame, question: str, weights: list[float]
) -> None:
    """Multiply everybody's weight by the probability of their answer to a question, given the earlier ones."""
    remaining = frame.everyone
    variants = _variants(base, sheet, book, question)
    given = base.given.get(question, ()) if len(variants) > 1 else ()
    for place, cells in enumerate(variants):
        people = remaining & evaluate(given[place], frame).true if place < len(given) else remaining
        remaining &= ~people
        shares = {cell.value: cell.weight for cell in cells}
        for value, mine in frame.answers[question].items():
            _scale(weights, mine & people, shares.get(value, 0.0))


def _scale(weights: list[float], people: int, factor: float) -> None:
    while people:
        low = people & -people
        weights[low.bit_length() - 1] *= factor
        people ^= low
