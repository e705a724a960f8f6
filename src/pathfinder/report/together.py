"""The fewest changed answers that would together put a path first, as sentences."""

from __future__ import annotations

from pathfinder.assessment.results.assessment import Assessment, PathResult
from pathfinder.assessment.results.certainty import ChangedAnswer, SmallestChange
from pathfinder.report.blocks import Block, Item, Items, line, paragraph, strong
from pathfinder.report.words import number, plain_points


def together_blocks(assessment: Assessment, path: PathResult, level: bool) -> list[Block]:
    """What it would take to put a path first, or that no three answers do it; nothing where that was not worked out.
    `level` tells that single answers were listed that bring it level."""
    found = next((one for one in assessment.smallest_changes if one.path == path.id), None)
    if found is None:
        return []
    first = "ahead" if level else "first"
    count = len(found.changes)
    if not count:
        return [paragraph(strong(f"{path.title}: "), f"no three changed answers would put it {first}.")]
    if count == 1:
        words = f"this answer would put it {first}"
    else:
        fewer = "no single answer" if count == 2 else f"no {number(count - 1)} answers"
        words = f"{fewer} would put it {first}. These {number(count)} together would"
    return [
        paragraph(strong(f"{path.title}: "), f"{words}, {_by(found)}:"),
        Items(tuple(_item(one) for one in found.changes)),
    ]


def _by(found: SmallestChange) -> str:
    return f"by {plain_points(found.margin)}"


def _item(answer: ChangedAnswer) -> Item:
    reach = "; within reach" if answer.within_reach else ""
    return Item(line(strong(f"{answer.title}: "), f"'{answer.change}' (now: {answer.now}){reach}."))
