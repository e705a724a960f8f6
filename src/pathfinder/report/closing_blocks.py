"""The second half of a report: what crosses the paths, what is open, the answers, and how to read it all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pathfinder.assessment.results.assessment import Assessment
from pathfinder.assessment.results.certainty import OpenQuestion
from pathfinder.assessment.results.items import AnswerItem, Citation
from pathfinder.report.blocks import Block, Heading, Item, Items, Line, line, paragraph, strong
from pathfinder.report.certainty_blocks import acceptability_blocks, favoured_blocks
from pathfinder.report.debate_blocks import dispute_blocks, topic_blocks
from pathfinder.report.finding_blocks import finding_blocks
from pathfinder.report.flips import flip_blocks
from pathfinder.report.path_blocks import with_sources
from pathfinder.report.words import listed, overlay_in_words, plain_number


def closing_blocks(assessment: Assessment, made: date | None = None) -> list[Block]:
    """Everything that comes after the paths; the day it was made is left out where none is given."""
    return [
        *acceptability_blocks(assessment),
        *flip_blocks(assessment),
        *favoured_blocks(assessment),
        *finding_blocks(assessment),
        *_tensions(assessment),
        *dispute_blocks(assessment),
        *_roles(assessment),
        *_routes(assessment),
        *topic_blocks(assessment),
        *_answers(assessment),
        *_reading(assessment),
        *_making(assessment, made),
    ]


def _labelled(head: Line, details: Sequence[tuple[str, str]], claims: Sequence[Citation]) -> Item:
    """An item with labelled lines below it, empty ones left out, and its sources."""
    shown = tuple(line(strong(f"{label}: "), text) for label, text in details if text)
    return Item(head, (*shown, *with_sources((), claims).details))


def _tensions(assessment: Assessment) -> list[Block]:
    """Answers that pull apart."""
    if not assessment.tensions:
        return []
    items = (
        _labelled(line(strong(f"{one.title}. "), one.text), [("Ask yourself", one.ask)], one.claims)
        for one in assessment.tensions
    )
    return [Heading(2, "Answers that pull apart"), Items(tuple(items))]


def _roles(assessment: Assessment) -> list[Block]:
    """Places outside the paths."""
    if not assessment.other_roles:
        return []
    items = (
        _labelled(line(strong(f"{one.title}. "), one.text), [("What to do next", one.next)], one.claims)
        for one in assessment.other_roles
    )
    return [Heading(2, "Roles outside these paths"), Items(tuple(items))]


def _routes(assessment: Assessment) -> list[Block]:
    if not assessment.routes:
        return []
    blocks: list[Block] = [Heading(2, "Routes in stages")]
    for one in assessment.routes:
        stages = [Item(line(strong(f"Stage {place}: "), stage)) for place, stage in enumerate(one.stages, start=1)]
        ends = [Item(line(strong("When to leave it: "), one.ends))] if one.ends else []
        sources = [Item(detail) for detail in with_sources((), one.claims).details]
        blocks += [paragraph(strong(f"{one.title}. "), one.text), Items((*stages, *ends, *sources))]
    return blocks


def open_blocks(assessment: Assessment, most: int | None = None) -> list[Block]:
    """What is not known yet, the most useful to know first, at most `most` questions."""
    waiting = assessment.open_questions
    heading = Heading(2, "What is not known yet")
    if not waiting:
        told = "Every question that counts for your result is answered."
        if assessment.redacted:
            told = "Of the questions told here, every one that counts for your result is answered."
        return [heading, paragraph(told)]
    titles = {path.id: path.title for path in assessment.paths}
    items = tuple(Item(line(strong(f"{one.title}. "), f"{one.prompt} {_moves(one, titles)}")) for one in waiting[:most])
    left = len(waiting) - len(items)
    more = [paragraph(f"And {left} more, which would tell less.")] if left > 0 else []
    return [heading, paragraph("The answers that would tell the most come first."), Items(items), *more]


def _moves(question: OpenQuestion, titles: dict[str, str]) -> str:
    """How far an open question can still move things."""
    state = {"not sure": "You were not sure.", "uncertain": "You left several possible."}.get(question.state, "")
    everywhere = len(question.paths) == len(titles)
    moved = "any path" if everywhere else listed([titles.get(path, path) for path in question.paths], "or")
    points = plain_number(question.swing)
    swing = f"It can move {moved} by up to {points} point{'' if points == '1' else 's'}"
    first = " and bears on which path comes first." if question.matters else "."
    return " ".join(part for part in (state, swing + first) if part)


_STATES = {"uncertain": "a range", "not sure": "left open", "set aside": "set aside, as it does not apply"}


def _answers(assessment: Assessment) -> list[Block]:
    blocks: list[Block] = [Heading(2, "What you answered")]
    if any(answer.sensitive and answer.state != "not answered" for answer in assessment.answers):
        blocks.append(
            paragraph(
                "Before you pass this on, take out what is private: answers marked so, and reasons that repeat them."
            )
        )
    for section in dict.fromkeys(answer.section for answer in assessment.answers):
        mine = [answer for answer in assessment.answers if answer.section == section]
        given = [Item(_answer(answer)) for answer in mine if answer.state != "not answered"]
        missing = [answer.title for answer in mine if answer.state == "not answered"]
        left = [Item(line(strong("Left open: "), "; ".join(missing)))] if missing else []
        blocks += [Heading(3, section), Items((*given, *left))]
    return blocks


def _answer(answer: AnswerItem) -> Line:
    note, private = _STATES.get(answer.state, ""), "private" if answer.sensitive else ""
    told = f"{note}, {private}" if note and private else note or private
    return line(strong(f"{answer.title}: "), answer.answer, f" ({told})" if told else "")


def _reading(assessment: Assessment) -> list[Block]:
    """The reservations every result is to be read with."""
    items = tuple(with_sources(line(note.text), note.claims) for note in assessment.reservations)
    return [Heading(2, "How to read this"), Items(items)] if items else []


def _making(assessment: Assessment, made: date | None) -> list[Block]:
    """Sources and versions."""
    sources = tuple(Item(line(text)) for text in assessment.sources.values())
    program, base = assessment.program, assessment.rulebase
    day = f" on {made.isoformat()}" if made else ""
    overlay = overlay_in_words(base)
    notices = [Items(tuple(Item(line(notice)) for notice in assessment.notices))] if assessment.notices else []
    return [
        Heading(2, "Sources"),
        paragraph(
            "Line numbers are those of the plain-text copies of these essays that the rule base was written from."
        ),
        Items(sources),
        Heading(2, "How this was made"),
        paragraph(
            f"Made{day} with {program.get('name', 'pathfinder')} {program.get('version', '')} and the rule base"
            f" '{base.get('title', '')}', version {base.get('version', '')} (content {base.get('hash', '')})"
            + (f", with {overlay} on it." if overlay else ".")
        ),
        *notices,
    ]
