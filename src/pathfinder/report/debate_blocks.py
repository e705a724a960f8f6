"""Where the sources disagree, and the topics they suggest: shown beside the ranking, never part of it."""

from __future__ import annotations

from pathfinder.assessment.results.assessment import Assessment
from pathfinder.assessment.results.items import DisputeItem, TopicItem
from pathfinder.report.blocks import Block, Heading, Item, Items, line, paragraph, strong
from pathfinder.report.citing import citations
from pathfinder.report.path_blocks import with_sources


def dispute_blocks(assessment: Assessment, most: int | None = None) -> list[Block]:
    """Points on which the advisers disagree, both sides, and what decides each; at most `most` of them."""
    if not assessment.disputes:
        return []
    blocks: list[Block] = [
        Heading(2, "Your advisers disagree"),
        paragraph("On these points that touch you the authors pull apart. Both sides count at their own strength."),
    ]
    return [*blocks, Items(tuple(_dispute(one) for one in assessment.disputes[:most]))]


def _dispute(one: DisputeItem) -> Item:
    sides = []
    for side in one.sides:
        found = "; ".join(citations(side.claims))
        sides.append(line(strong(f"{side.who}: "), side.says, f" ({found})" if found else ""))
    return Item(line(strong(f"{one.title}. ")), (*sides, line(strong("What decides it: "), one.decides)))


def topic_blocks(assessment: Assessment) -> list[Block]:
    """Research directions and governance topics that fit the answers."""
    blocks: list[Block] = []
    for field, title in (("research", "Research directions"), ("governance", "Governance topics")):
        mine = [_topic(one) for one in assessment.topics if one.field == field]
        if mine:
            blocks += [Heading(3, title), Items(tuple(mine))]
    if not blocks:
        return []
    note = "Suggested by what you know and what draws you. They do not move the ranking."
    return [Heading(2, "Topics you could look into"), paragraph(note), *blocks]


def _topic(one: TopicItem) -> Item:
    labelled = (("A first step", one.begin), ("Not everybody agrees", one.dissent))
    details = tuple(line(strong(f"{label}: "), text) for label, text in labelled if text)
    return Item(
        line(strong(f"{one.title} ({one.standing}). "), one.text), (*details, *with_sources((), one.claims).details)
    )
