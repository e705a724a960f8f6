"""A whole report as blocks, the answer first, everything it rests on below."""

from __future__ import annotations

from datetime import date

from pathfinder.assessment.results.assessment import Assessment
from pathfinder.assessment.results.items import Reason
from pathfinder.report.blocks import Block, Heading, Item, Items, Table, line, paragraph, strong
from pathfinder.report.certainty_blocks import weights_in_words
from pathfinder.report.citing import citations
from pathfinder.report.closing_blocks import closing_blocks
from pathfinder.report.option_blocks import option_blocks
from pathfinder.report.path_blocks import path_blocks
from pathfinder.report.redaction import column, left_out, no_answers, redaction_note
from pathfinder.report.summary import Summary, summarise
from pathfinder.report.words import number, of_ten, plain_number, scale_in_words, sentence, signed, weighed

RESERVE = "This is a default to argue with, not a verdict on a person."


def document(assessment: Assessment, made: date | None) -> list[Block]:
    """The report in full; the day it was made is left out where none is given."""
    paths = sentence(number(len(assessment.paths)))
    name = f" for {assessment.name}" if assessment.name else ""
    return [
        Heading(1, f"{paths} paths in AI safety, compared{name}"),
        *verdict_blocks(assessment),
        *detail_blocks(assessment),
        *closing_blocks(assessment, made),
    ]


def verdict_blocks(assessment: Assessment) -> list[Block]:
    """The first page: which path, how sure, why, what would change it, what to do this week."""
    summary = summarise(assessment)
    blocks: list[Block] = [Heading(2, summary.headline), paragraph(f"{summary.how_sure} {RESERVE}")]
    blocks += [paragraph(strong("Redacted. "), redaction_note(assessment))] if assessment.redacted else []
    blocks += [paragraph(text) for text in (summary.options, *summary.lead) if text]
    blocks += _why(assessment, summary)
    blocks += [Heading(3, "What would change this"), Items(tuple(Item(line(text)) for text in summary.change))]
    return [*blocks, Heading(3, "What to do this week"), Items(tuple(Item(line(text)) for text in summary.week))]


def _why(assessment: Assessment, summary: Summary) -> list[Block]:
    """The strongest reasons on both sides, where there is a path to argue about."""
    about = summary.about
    if about is None:
        return []
    ahead = {"unsettled": ", ahead so far", "none_fits": ", the nearest of the paths"}.get(assessment.verdict.kind, "")
    blocks: list[Block] = [Heading(3, f"What speaks for {about.title}{ahead}")]
    if summary.strengths:
        blocks.append(Items(tuple(_in_short(assessment, reason) for reason in summary.strengths)))
    else:
        blocks.append(paragraph(f"{sentence(no_answers(assessment))} speaks for it yet."))
    blocks.append(Heading(3, f"What speaks against {about.title}"))
    if summary.weakness:
        return [*blocks, Items((_in_short(assessment, summary.weakness),))]
    blocks.append(paragraph(f"{sentence(no_answers(assessment))} counts against it."))
    if summary.caution:
        blocks.append(Items((Item(line(strong("Keep in mind: "), summary.caution.text)),)))
    if summary.instead:
        rival, reason = summary.instead
        blocks += [
            paragraph(f"The strongest argument for {rival.title} instead:"),
            Items((_in_short(assessment, reason),)),
        ]
    return blocks


def _in_short(assessment: Assessment, reason: Reason) -> Item:
    found = "; ".join(citations(reason.claims))
    return Item(line(strong(f"{weighed(reason, assessment.scale)}: "), reason.text, f" ({found})" if found else ""))


def detail_blocks(assessment: Assessment) -> list[Block]:
    """The comparison, the options in hand and every path."""
    told: dict[tuple[str, str], str] = {}
    blocks = [*side_by_side(assessment), *option_blocks(assessment, told), *by_criterion(assessment)]
    for path in assessment.paths:
        blocks += path_blocks(assessment, path, told)
    return blocks


def side_by_side(assessment: Assessment) -> list[Block]:
    """The paths in rank order with their points, their range and how often they come first."""
    open_answers = bool(assessment.open_questions)
    rows = tuple(
        (
            path.title,
            str(path.rank),
            signed(path.score),
            f"{plain_number(path.low)} to {plain_number(path.high)}",
            signed(path.points_for),
            signed(path.points_against),
            *left_out(assessment, path),
            of_ten(path.chance_best) if open_answers else "first" if path.rank == 1 and path.status == "open" else "",
            path.status,
        )
        for path in assessment.paths
    )
    note = "For and against are the points of all reasons on each side, and score is their sum."
    if assessment.redacted:
        note = "For and against are the points of the reasons told here; with those left out, they make the score."
    if assessment.weights:
        note += f" {weights_in_words(assessment)}"
    if scale_in_words(assessment.scale):
        note += f" {scale_in_words(assessment.scale)}"
    if open_answers:
        note += (
            " Could end is where the score could still go, whatever you answer to the rest. Comes first is how often"
            " the path is ahead over the plausible ways your open answers could fall."
        )
    return [
        Heading(2, f"The {number(len(assessment.paths))} paths side by side"),
        Table(
            ("Path", "Rank", "Score", "Could end", "For", "Against", *column(assessment), "Comes first", "Status"), rows
        ),
        paragraph(note),
    ]


def by_criterion(assessment: Assessment) -> list[Block]:
    """Where each path's points come from, and what each column is about."""
    return [
        Heading(2, "Where the points come from"),
        criteria_table(assessment),
        Items(tuple(Item(line(strong(f"{one.title}: "), one.about)) for one in assessment.criteria)),
    ]


def criteria_table(assessment: Assessment) -> Table:
    """Paths by criteria, in points."""
    rows = tuple(
        (
            path.title,
            *(signed(path.criteria.get(criterion.id, 0.0)) for criterion in assessment.criteria),
            *left_out(assessment, path),
        )
        for path in assessment.paths
    )
    return Table(("Path", *(criterion.title for criterion in assessment.criteria), *column(assessment)), rows)
