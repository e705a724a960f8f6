"""The changes that would put another path first, in words."""

from __future__ import annotations

from pathfinder.answers.segments import Segment, segments
from pathfinder.answers.sheet import in_words as answer_in_words
from pathfinder.assessment.changes.counterfactual import Change, Counterfactuals, Flip, middle_of
from pathfinder.assessment.changes.reach import within_reach
from pathfinder.assessment.results.certainty import ChangeItem
from pathfinder.rulebase.questions import Question


def change_items(what_if: Counterfactuals) -> tuple[ChangeItem, ...]:
    """Every single other answer that would change who wins; those that put another path first before those under
    which none would fit, the larger lead before the smaller."""
    found = [_item(what_if, flip) for flip in what_if.singles()]
    return tuple(sorted(found, key=lambda item: (item.winner is None, -item.margin, not item.within_reach)))


def _item(what_if: Counterfactuals, flip: Flip) -> ChangeItem:
    (change,) = flip.changes
    question = what_if.base.questions[change.question]
    alike = all(what_if.winner(one)[0] == flip.winner for one in beyond(what_if, change))
    return ChangeItem(
        question=question.id,
        title=question.title,
        now=answer_in_words(question, what_if.sheet.get(question.id)),
        change=in_words(what_if, change, beyond_too=alike),
        winner=flip.winner,
        margin=flip.margin,
        nature=question.nature,
        within_reach=within_reach(what_if, change),
    )


def beyond(what_if: Counterfactuals, change: Change) -> list[Change]:
    """The numbers that lie beyond a change, seen from the present answer; none for other kinds of question, or where
    there is no number now."""
    question = what_if.base.questions[change.question]
    middle = middle_of(what_if.sheet.get(question.id))
    if question.kind != "number" or middle is None:
        return []
    value = float(str(change.value))
    numbers = [one.value for one in segments(question, what_if.book.checks[question.id])]
    return [Change(question.id, one) for one in numbers if (one > value > middle or one < value < middle)]


def in_words(what_if: Counterfactuals, change: Change, beyond_too: bool) -> str:
    """The other answer in words; a number by the bound from which on it would do (`5 years or less`), where all
    those beyond it would do too."""
    question = what_if.base.questions[change.question]
    if question.kind != "number":
        return question.label(change.value)
    value = float(str(change.value))
    found = segments(question, what_if.book.checks[question.id])
    mine = next(one for one in found if one.holds(value))
    middle = middle_of(what_if.sheet.get(question.id))
    if mine.low == mine.high and mine in (found[0], found[-1]):
        return question.label(mine.low)
    if mine == found[-1] or (beyond_too and middle is not None and value > middle):
        return _bound(question, mine.low, "or more" if mine.low_closed else "more than")
    if mine == found[0] or (beyond_too and middle is not None and value < middle):
        return _bound(question, mine.high, "or less" if mine.high_closed else "less than")
    return _segment(question, mine)


def _bound(question: Question, bound: float, words: str) -> str:
    number = f"{bound:g}{question.unit_for(bound)}"
    return f"{number} {words}" if words.startswith("or") else f"{words} {number}"


def _segment(question: Question, mine: Segment) -> str:
    unit = question.unit_for(mine.high)
    if mine.low == mine.high:
        return f"{mine.low:g}{unit}"
    if mine.low_closed == mine.high_closed:
        return f"between {mine.low:g} and {mine.high:g}{unit}"
    least = "at least" if mine.low_closed else "more than"
    return f"{least} {mine.low:g} and {'at most' if mine.high_closed else 'less than'} {mine.high:g}{unit}"
