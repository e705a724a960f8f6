"""One path of a report: what blocks it, what speaks for and against it, what to ask and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pathfinder.assessment.results.assessment import Assessment, PathResult
from pathfinder.assessment.results.items import Citation, Reason, StepItem
from pathfinder.report.blocks import Block, Heading, Item, Items, Line, Paragraph, line, paragraph, strong
from pathfinder.report.citing import citation, citations
from pathfinder.report.redaction import no_answers
from pathfinder.report.summary import step_in_words
from pathfinder.report.words import (
    in_part,
    number,
    plain_number,
    points_in_words,
    range_text,
    sentence,
    signed,
    ways,
    weighed,
)

HORIZONS = (("week", "this week"), ("quarter", "this quarter"), ("year", "this year"))
"""How soon a step is due, nearest first."""


def path_blocks(assessment: Assessment, path: PathResult, told: dict[tuple[str, str], str]) -> list[Block]:
    """Everything about one path. `told` holds the arguments whose passages an earlier path has shown already
    (argument and text, to that path's title), and is added to."""
    blocks: list[Block] = [
        Heading(2, _title(assessment, path)),
        paragraph(path.summary),
        _standing(assessment, path),
    ]
    blocks += [gate_paragraph(one.text, one.opens, one.claims) for one in path.blocked_by]
    blocks += _reasons(assessment, path, told)
    blocks += _notes(path)
    blocks += _checklist(path)
    blocks += _steps(path)
    return blocks


def _title(assessment: Assessment, path: PathResult) -> str:
    blocked = ", blocked" if path.status == "blocked" else ""
    return f"{path.title}: rank {path.rank} of {len(assessment.paths)}, {points_in_words(path.score)}{blocked}"


def _standing(assessment: Assessment, path: PathResult) -> Paragraph:
    told = f"{plain_number(path.points_for)} for it, {plain_number(abs(path.points_against))} against it"
    told += f", {signed(path.left_out)} from answers left out here" if path.left_out else ""
    still = sentence(range_text(path.low, path.high)) + "."
    if path.undecided:
        verb = "is" if len(path.undecided) == 1 else "are"
        some = f"{sentence(number(len(path.undecided)))} of its arguments {verb}"
        still += f" {some} not fully counted, because answers are open."
    often = f" It comes first {ways(path.chance_best)}." if assessment.open_questions and path.status == "open" else ""
    return paragraph(strong("Points: "), f"{told}, {signed(path.score)} in all. {still}{often}")


def gate_paragraph(text: str, opens: str, claims: Sequence[Citation]) -> Paragraph:
    """What blocks a path, and what would open it."""
    found = "; ".join(citations(claims))
    return paragraph(
        strong("Blocked: "),
        text,
        strong(" What would open it: ") if opens else "",
        opens,
        f" ({found})" if found else "",
    )


def _reasons(assessment: Assessment, path: PathResult, told: dict[tuple[str, str], str]) -> list[Block]:
    blocks: list[Block] = []
    titles = {criterion.id: criterion.title for criterion in assessment.criteria}
    for word, sign in (("for", 1), ("against", -1)):
        found = [reason for reason in path.reasons if reason.points * sign > 0]
        blocks.append(Heading(3, f"Reasons {word} {path.title}"))
        if not found:
            blocks.append(paragraph(f"{sentence(no_answers(assessment))} speaks {word} it."))
            continue
        items = []
        for reason in found:
            earlier = told.setdefault((reason.rule, reason.text), path.title)
            items.append(reason_item(assessment, reason, titles, "" if earlier == path.title else earlier))
        blocks.append(Items(tuple(items)))
    return blocks


def reason_item(assessment: Assessment, reason: Reason, titles: dict[str, str], earlier: str = "") -> Item:
    """One reason with its criterion, its limits and its passages, or where those were shown `earlier`."""
    details: list[Line] = [
        line(
            strong("About: "),
            f"{titles.get(reason.criterion, reason.criterion)}. {reason.asks} (argument {reason.rule})",
        )
    ]
    if in_part(reason):
        details.append(line(in_part(reason)))
    if reason.misleads_when:
        details.append(line(strong("Misleads when: "), reason.misleads_when))
    if earlier:
        details.append(line(f"Its passages are listed under {earlier}."))
    else:
        details += [claim_line(claim) for claim in reason.claims]
    return Item(line(strong(f"{weighed(reason, assessment.scale)}: "), reason.text), tuple(details))


@lru_cache(maxsize=1024)  # a part of the rule base cites the same claims in every report
def claim_line(claim: Citation) -> Line:
    """A claim with where it stands."""
    state = f" ({claim.status})" if claim.status else ""
    return line(f"{citation(claim)}{state}: {claim.claim}")


def with_sources(text: Line, claims: Sequence[Citation]) -> Item:
    """A line with its sources below it."""
    return Item(text, _sources(tuple(claims)))


@lru_cache(maxsize=1024)
def _sources(claims: tuple[Citation, ...]) -> tuple[Line, ...]:
    found = citations(claims)
    return (line(f"{'Source' if len(found) == 1 else 'Sources'}: {'; '.join(found)}"),) if found else ()


def _notes(path: PathResult) -> list[Block]:
    if not path.cautions:
        return []
    items = tuple(with_sources(line(note.text), note.claims) for note in path.cautions)
    return [Heading(3, f"Cautions about {path.title}"), Items(items)]


def _checklist(path: PathResult) -> list[Block]:
    """What to ask before committing, what nobody has answered yet first."""
    if not path.checklist:
        return []
    ordered = sorted(path.checklist, key=lambda one: not one.open)
    settled = sum(not one.open for one in ordered)
    note = " What is ticked you have answered already." if settled else ""
    items = tuple(
        Item(
            line(strong(one.ask)),
            (line("Look for: ", one.look_for), *with_sources((), one.claims).details),
            done=not one.open,
        )
        for one in ordered
    )
    return [
        Heading(3, f"What to ask before you commit to {path.title}"),
        paragraph(f"Take these to the people concerned.{note}"),
        Items(items),
    ]


def _steps(path: PathResult) -> list[Block]:
    """Next steps under one heading, by how soon they are due."""
    if not path.steps:
        if path.rank > 1 or path.status == "blocked":
            return []
        told = "They depend on answers that are still open; the questions below say which."
        return [Heading(3, f"Next steps towards {path.title}"), paragraph(told)]
    known = dict(HORIZONS)
    order = [*known, *dict.fromkeys(step.horizon for step in path.steps if step.horizon not in known)]
    blocks: list[Block] = [Heading(3, f"Next steps towards {path.title}")]
    for horizon in order:
        due = [step for step in path.steps if step.horizon == horizon]
        if due:
            blocks += [
                paragraph(strong(f"{sentence(known.get(horizon, horizon))}:")),
                Items(tuple(_step(step) for step in due)),
            ]
    return blocks


def _step(step: StepItem) -> Item:
    return with_sources(line(step_in_words(step)), step.claims)
