"""The changes that would put another path first, in words."""

from __future__ import annotations

from pathfinder.answers.segments import Segment, segments
from pathfinder.answers.sheet import in_words as answer_in_words
from pathfinder.assessment.counterfactual import Change, Counterfactuals, Flip, middle_of
from pathfinder.assessment.result import ChangeItem

WITHIN_REACH = {"skill", "trial", "offer"}
"""Natures of question whose answer one can work on."""


def change_items(what_if: Counterfactuals) -> tuple[ChangeItem, ...]:
    """Every single other answer that would change who wins; those that put another path first before those under
    which none would fit, the larger lead before the smaller."""
    found = [_item(what_if, flip) for flip in what_if.singles()]
    return tuple(sorted(found, key=lambda item: (item.winner is None, -item.margin, not item.within_reach)))


def _item(what_if: Counterfactuals, flip: Flip) -> ChangeItem:
    (change,) = flip.changes
    question = what_if.base.questions[change.question]
    return ChangeItem(
        question=question.id,
        title=question.title,
        now=answer_in_words(question, what_if.sheet.get(question.id)),
        change=in_words(what_if, change),
        winner=flip.winner,
        margin=flip.margin,
        nature=question.nature,
        within_reach=question.nature in WITHIN_REACH,
    )


def in_words(what_if: Counterfactuals, change: Change) -> str:
    """The other answer in words; a number by the bound from which on it would do (`5 years or less`)."""
    question = what_if.base.questions[change.question]
    if question.kind != "number":
        return question.label(change.value)
    found = segments(question, what_if.book.checks[question.id])
    mine = next(one for one in found if one.holds(float(str(change.value))))
    middle = middle_of(what_if.sheet.get(question.id))
    if middle is not None and mine.value > middle and _all_alike(what_if, change, found, above=True):
        return (
            f"{mine.low:g}{question.unit_for(mine.low)} or more"
            if mine.low_closed
            else f"more than {mine.low:g}{question.unit_for(mine.low)}"
        )
    if middle is not None and mine.value < middle and _all_alike(what_if, change, found, above=False):
        return (
            f"{mine.high:g}{question.unit_for(mine.high)} or less"
            if mine.high_closed
            else f"less than {mine.high:g}{question.unit_for(mine.high)}"
        )
    if mine.low == mine.high:
        return f"{mine.low:g}{question.unit_for(mine.low)}"
    return f"between {mine.low:g} and {mine.high:g}{question.unit_for(mine.high)}"


def _all_alike(what_if: Counterfactuals, change: Change, found: tuple[Segment, ...], above: bool) -> bool:
    """Whether every number beyond this change, in its direction, has the same winner."""
    value = float(str(change.value))
    winner = what_if.standing([change]).winner()[0]
    beyond = [one.value for one in found if (one.value > value if above else one.value < value)]
    return all(what_if.standing([Change(change.question, one)]).winner()[0] == winner for one in beyond)
