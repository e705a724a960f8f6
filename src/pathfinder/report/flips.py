"""The answers that would put another path first, as sentences."""

from __future__ import annotations

from pathfinder.assessment.results.assessment import Assessment
from pathfinder.assessment.results.certainty import ChangeItem
from pathfinder.report.blocks import Block, Heading, Item, Items, line, paragraph, strong
from pathfinder.report.together import together_blocks
from pathfinder.report.words import listed, plain_number

_TELLING = ("belief", "offer", "trial", "aim", "skill", "circumstance")
"""What kind of change is told first: what is most often mistaken, or most often still moves."""


def flip_sentences(assessment: Assessment) -> tuple[str, ...]:
    """`If 'Years to transformative AI' were '5 years or less', Research contributor would come first.`, the most
    telling first; answers that would leave no path at all are not told."""
    titles = {path.id: path.title for path in assessment.paths}
    return tuple(
        f"If '{first.title}' were {_values(items)}, {titles.get(first.winner or '', '')} would come first."
        for items in sorted(_grouped(assessment), key=_order)
        for first in items[:1]
    )


def flip_blocks(assessment: Assessment) -> list[Block]:
    """By path, every single answer that would put it first or, where there is none, the fewest that would together.
    Answers that would leave no path, and those to sensitive questions, are not told."""
    found: list[Block] = []
    for path in assessment.paths:
        mine = [items for items in _grouped(assessment) if items[0].winner == path.id]
        if mine:
            found += [
                paragraph(strong(f"{path.title} would come first")),
                Items(tuple(_item(items) for items in mine)),
            ]
        if all(items[0].margin <= 0 for items in mine):
            found += together_blocks(assessment, path, level=bool(mine))
    if not found:
        return []
    private = any(answer.sensitive for answer in assessment.answers)
    intro = "Each by itself, or those listed together, with everything else as you answered it."
    return [
        Heading(2, "Answers that would change the result"),
        paragraph(intro + (" Answers to private questions are left out of this." if private else "")),
        *found,
    ]


def _grouped(assessment: Assessment) -> list[list[ChangeItem]]:
    """Changes of the same question with the same winner together; those with no winner, and those of sensitive
    questions, left out."""
    sensitive = {answer.question for answer in assessment.answers if answer.sensitive}
    found: dict[tuple[str, str], list[ChangeItem]] = {}
    for item in assessment.changes:
        if item.winner is not None and item.question not in sensitive:
            found.setdefault((item.question, item.winner), []).append(item)
    return list(found.values())


def _order(items: list[ChangeItem]) -> tuple[bool, int, float]:
    first = items[0]
    place = _TELLING.index(first.nature) if first.nature in _TELLING else len(_TELLING)
    return (first.margin <= 0, place, -first.margin)


def _values(items: list[ChangeItem]) -> str:
    return listed([f"'{item.change}'" for item in items], "or")


def _item(items: list[ChangeItem]) -> Item:
    first = items[0]
    lead = f"by {plain_number(first.margin)}" if first.margin else "level on points"
    reach = "; within reach" if all(item.within_reach for item in items) else ""
    return Item(line(strong(f"{first.title}: "), f"{_values(items)} (now: {first.now}), {lead}{reach}."))
