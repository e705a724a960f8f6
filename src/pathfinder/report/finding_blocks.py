"""What to find out next, with the reason: questions to answer, tests to make, and what is left open."""

from __future__ import annotations

from pathfinder.assessment.results.assessment import Assessment
from pathfinder.assessment.results.certainty import OpenQuestion
from pathfinder.assessment.results.items import ExperimentItem
from pathfinder.report.blocks import Block, Heading, Item, Items, line, paragraph, strong
from pathfinder.report.path_blocks import with_sources
from pathfinder.report.summary import cost_in_words
from pathfinder.report.words import NEARLY_ALL, listed, of_ten, plain_number

_MOST = 8
"""At most so many questions are told in full; the others by name."""


def finding_blocks(assessment: Assessment) -> list[Block]:
    """The list of what to find out next, and the open questions that would tell less."""
    waiting = assessment.open_questions
    if not waiting and not assessment.experiments:
        told = "Every question that counts for your result is answered."
        if assessment.redacted:
            told = "Of the questions told here, every one that counts for your result is answered."
        return [Heading(2, "What to find out next"), paragraph(told)]
    blocks: list[Block] = [Heading(2, "What to find out next")]
    if assessment.find_out:
        blocks.append(
            paragraph(
                "What tells most for the time it takes comes first. Its worth is how many points better your choice is"
                " expected to be for knowing it, over the plausible ways your open answers could fall."
            )
        )
    return [*blocks, *_questions(assessment), *_experiments(assessment), *_others(assessment)]


def _questions(assessment: Assessment) -> list[Block]:
    """The questions that were not asked yet and are worth answering."""
    asked = _asked(assessment)
    waiting = {one.question: one for one in assessment.open_questions}
    if not asked:
        return []
    items = tuple(Item(line(strong(f"{waiting[key].title}. "), _question(waiting[key]))) for key in asked)
    return [Heading(3, "Answer first, a minute each"), Items(items)]


def _asked(assessment: Assessment) -> list[str]:
    """The questions told in full: those worth something, or likely enough to change who comes first."""
    waiting = {one.question for one in assessment.open_questions}
    found = [one for one in assessment.find_out if one.kind == "question" and one.id in waiting]
    return [one.id for one in found if one.value or one.chance >= 1 - NEARLY_ALL][:_MOST]


def _question(one: OpenQuestion) -> str:
    worth = f" Worth {_points(one.value)}." if one.value else ""
    return f"{one.prompt}{worth}{_chance(one.chance)}"


def _chance(chance: float) -> str:
    return f" The answer puts another path first {of_ten(chance)}." if chance >= 1 - NEARLY_ALL else ""


def _points(value: float) -> str:
    """Points of worth in words."""
    shown = plain_number(value) if value >= 0.05 else "under 0.1"
    return f"{shown} point" + ("" if shown in ("1", "under 0.1") else "s")


def _experiments(assessment: Assessment) -> list[Block]:
    """The experiments, the most telling for each hour first."""
    if not assessment.experiments:
        return []
    titles = {answer.question: answer.title for answer in assessment.answers}
    items = tuple(_experiment(one, titles) for one in assessment.experiments)
    return [Heading(3, "Cheap tests"), Items(items)]


def _experiment(one: ExperimentItem, titles: dict[str, str]) -> Item:
    details = (
        ("Takes", cost_in_words(one)),
        ("Would tell", reason(one, titles)),
        ("How to read it", one.read),
        ("Wrong for", one.wrong_for),
    )
    shown = tuple(line(strong(f"{label}: "), text) for label, text in details if text)
    head = line(strong(f"{one.title}. "), one.text)
    return Item(head, (*shown, *with_sources((), one.claims).details))


def reason(one: ExperimentItem, titles: dict[str, str]) -> str:
    """Why an experiment is worth making: what it would answer, and what that is worth."""
    answers = listed([titles[question] for question in one.answers or one.settles if question in titles])
    if not one.value:
        return answers
    each = f", {_points(one.per_hour)} an hour" if one.per_hour else ""
    return f"{answers}. Knowing {'this' if len(one.answers) == 1 else 'these'} is worth {_points(one.value)}{each}."


def _others(assessment: Assessment) -> list[Block]:
    """What is open besides: what the person was not sure about, and what would tell little."""
    told = _asked(assessment)
    unsure = [one for one in assessment.open_questions if one.question not in told and one.state != "not answered"]
    left = [one.title for one in assessment.open_questions if one.question not in told and one.state == "not answered"]
    blocks: list[Block] = []
    if unsure:
        items = tuple(Item(line(strong(f"{one.title}. "), _unsure(one))) for one in unsure)
        blocks += [Heading(3, "What you were not sure about"), Items(items)]
    if left:
        lead = "Not answered, and telling less: " if told else "Not answered: "
        blocks.append(paragraph(f"{lead}{'; '.join(left)}."))
    return blocks


def _unsure(one: OpenQuestion) -> str:
    state = "You left several possible." if one.state == "uncertain" else "You were not sure."
    worth = f"worth {_points(one.value)}" if one.value else "not expected to change the choice by itself"
    points = plain_number(one.swing)
    return f"{state} Knowing it is {worth}; it can move a path by up to {points} point{'' if points == '1' else 's'}."
