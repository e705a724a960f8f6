"""What to find out next: questions to answer and experiments to make, by what knowing is worth for each hour."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from pathfinder.assessment.certainty.information import Information
from pathfinder.assessment.results.certainty import FindOut, OpenQuestion
from pathfinder.assessment.results.items import ExperimentItem

ANSWERING = 1 / 60
"""Hours it takes to answer a question that was not asked yet."""


def valued(
    experiments: Sequence[ExperimentItem], waiting: Sequence[OpenQuestion], information: Information
) -> tuple[ExperimentItem, ...]:
    """The experiments with what they would answer and what that is worth, the most for each hour first.

    The answers to all its questions are valued together, and its hours count once.
    """
    found = []
    for one in experiments:
        answers = tuple(question.question for question in waiting if question.question in one.settles)
        value = information.value(answers)
        hours = sum(one.hours) / 2 if one.hours else None
        per_hour = round(value / hours, 6) if hours else None
        found.append(replace(one, answers=answers, value=round(value, 4), per_hour=per_hour))
    return tuple(sorted(found, key=lambda one: (-(one.per_hour or 0.0), -one.value)))


def find_out(waiting: Sequence[OpenQuestion], experiments: Sequence[ExperimentItem]) -> tuple[FindOut, ...]:
    """Everything that is worth finding out, the most for each hour first; what takes an unknown time comes last."""
    asked = [
        FindOut(
            "question",
            one.question,
            one.title,
            (one.question,),
            one.value,
            one.chance,
            round(ANSWERING, 4),
            round(one.value / ANSWERING, 4),
        )
        for one in waiting
        if one.state == "not answered" and (one.value or one.chance)
    ]
    chances = {one.question: one.chance for one in waiting}
    tried = [
        FindOut(
            "experiment",
            one.id,
            one.title,
            one.answers,
            one.value,
            max((chances[question] for question in one.answers), default=0.0),
            sum(one.hours) / 2 if one.hours else None,
            one.per_hour,
        )
        for one in experiments
        if one.value or any(chances[question] for question in one.answers)
    ]
    return tuple(sorted([*asked, *tried], key=_order))


def _order(one: FindOut) -> tuple[bool, float, float, float]:
    """By worth for each hour, then by the chance of another winner for each hour; an unknown time comes last."""
    if one.hours is None:
        return (True, 0.0, -one.value, -one.chance)
    return (False, -(one.per_hour or 0.0), -one.chance / one.hours, -one.value)
