"""A result on a terminal: the answer on the first screen, what it rests on below."""

from __future__ import annotations

import math

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from pathfinder.assessment.results.assessment import Assessment, PathResult
from pathfinder.assessment.results.items import Reason
from pathfinder.report.blocks import Block
from pathfinder.report.certainty_blocks import weights_in_words
from pathfinder.report.citing import cited_in_short
from pathfinder.report.closing_blocks import closing_blocks
from pathfinder.report.document import detail_blocks
from pathfinder.report.redaction import no_answers, redaction_note
from pathfinder.report.short_form import second_part
from pathfinder.report.summary import Summary, summarise
from pathfinder.report.words import (
    counted,
    in_part,
    listed,
    overlay_in_words,
    plain_number,
    points_in_words,
    scale_in_words,
    signed,
)
from pathfinder.terminal.block_view import show_blocks
from pathfinder.terminal.lines import gap, plain, put, put_labelled, room

_FOR, _AGAINST = "green", "red"
_FIGURES = 24
"""Columns that the three figures of a path take, with the blanks around them."""

_LEAST_BAR = 22
"""With fewer columns for the bars and what they mean, the paths are told line by line."""

WHERE = "--full shows everything, --report FILE writes a report, 'pathfinder explain FILE ID' takes one number apart."


def show_result(console: Console, assessment: Assessment, full: bool = False, where: str = WHERE) -> None:
    """Print the result: first the answer in about a screen, then what it rests on, briefly or in `full`. `where`
    says where everything is to be found."""
    summary = summarise(assessment)
    show_first(console, assessment, summary)
    gap(console)
    show_blocks(console, _everything(assessment) if full else second_part(assessment, summary))
    gap(console)
    overlay = overlay_in_words(assessment.rulebase)
    if overlay and not full:
        put_labelled(console, "Made with", f"{overlay}, an adviser's own view, on the rule base.")
    put_labelled(console, "In short", f"{summary.headline}. This is a default to argue with, not a verdict on you.")
    if not full:
        put_labelled(console, "For more", where)


def _everything(assessment: Assessment) -> list[Block]:
    return [*detail_blocks(assessment), *closing_blocks(assessment)]


def show_first(console: Console, assessment: Assessment, summary: Summary) -> None:
    """The first screen: the verdict, the paths at a glance, why, what would change it and what to do."""
    put(console, plain(summary.headline, "bold"))
    put(console, plain(summary.how_sure))
    if summary.options:
        put(console, plain(summary.options))
    gap(console)
    for text in summary.lead:
        put(console, plain(text))
    if summary.lead:
        gap(console)
    _glance(console, assessment)
    if assessment.redacted:
        put_labelled(console, "Redacted", redaction_note(assessment))
    gap(console)
    if summary.about is not None:
        _why(console, assessment, summary, summary.about)
        gap(console)
    put_labelled(console, "What would change it", summary.change[0])
    put_labelled(console, "This week", summary.week[0])
    put_labelled(console, "Below", _below(assessment, summary))


def _why(console: Console, assessment: Assessment, summary: Summary, about: PathResult) -> None:
    if summary.strengths:
        put(console, plain(f"For {about.title}:", "bold"))
    else:
        put_labelled(console, f"For {about.title}", f"{no_answers(assessment)} yet.")
    for reason in summary.strengths:
        _reason(console, reason)
    if summary.weakness:
        put(console, plain(f"Against {about.title}:", "bold"))
        _reason(console, summary.weakness)
        return
    rival = f" For {summary.instead[0].title} instead:" if summary.instead else ""
    put_labelled(console, f"Against {about.title}", f"{no_answers(assessment)}.{rival}")
    if summary.instead:
        _reason(console, summary.instead[1])
    if summary.caution:
        put(console, plain(f"Keep in mind: {summary.caution.text}"), indent=2)


def _reason(console: Console, reason: Reason) -> None:
    cited = cited_in_short(reason.claims)
    points = Text(f"  {signed(reason.points)} ", style=_FOR if reason.points > 0 else _AGAINST)
    text = f"{reason.text} {in_part(reason)}".strip()
    put(console, plain(f"{text} ({cited})" if cited else text), points)


def _below(assessment: Assessment, summary: Summary) -> str:
    """What is further down, and where everything is."""
    cautions = len(summary.about.cautions) if summary.about else 0
    parts = [
        counted(count, noun)
        for count, noun in (
            (len(assessment.options), "option"),
            (cautions, "caution"),
            (len(assessment.tensions), "tension"),
            (0 if assessment.verdict.kind == "outside" else len(assessment.open_questions), "open question"),
        )
        if count
    ]
    return (listed(parts) or "reasons path by path") + "."


def _glance(console: Console, assessment: Assessment) -> None:
    """The paths with their points, and a bar of one sign for each point (or for several)."""
    labels = [_label(path) for path in assessment.paths]
    wide = max(map(cell_len, labels))
    space = room(console) - wide - _FIGURES
    if space < _LEAST_BAR:
        _stacked(console, assessment)
    else:
        _columns(console, assessment, [label + " " * (wide - cell_len(label)) for label in labels], space)
    if scale_in_words(assessment.scale):
        put(console, plain(scale_in_words(assessment.scale)))
    if assessment.weights:
        put(console, plain(weights_in_words(assessment)))


def _label(path: PathResult) -> str:
    return plain(f"{path.rank} {path.title}" + (" (blocked)" if path.status == "blocked" else "")).plain


def _columns(console: Console, assessment: Assessment, labels: list[str], space: int) -> None:
    unit = _unit(assessment, space)
    legend = "one sign a point" if unit == 1 else f"one sign for {unit} points"
    head = " " * cell_len(labels[0])
    console.print(Text(f"{head}  score   for  against  {legend}", style="bold"), soft_wrap=True)
    for path, label in zip(assessment.paths, labels, strict=True):
        row = Text(f"{label}  {signed(path.score):>5}{signed(path.points_for):>6}{signed(path.points_against):>9}  ")
        row.append_text(_bar(path, unit)).rstrip()
        console.print(row, soft_wrap=True)


def _stacked(console: Console, assessment: Assessment) -> None:
    unit = _unit(assessment, room(console) - 2)
    for path in assessment.paths:
        sides = f"{plain_number(path.points_for)} for, {plain_number(-path.points_against)} against"
        rank, _, title = _label(path).partition(" ")
        put(console, plain(f"{title}: {points_in_words(path.score)}, {sides}"), f"{rank} ")
        bar = _bar(path, unit)
        if bar:
            put(console, bar, indent=2)


def _unit(assessment: Assessment, space: int) -> int:
    """How many points a sign stands for, so that the longest bar fits."""
    longest = max(path.points_for - path.points_against for path in assessment.paths)
    return max(1, math.ceil(longest / max(1, space - 2)))


def _bar(path: PathResult, unit: int) -> Text:
    return Text.assemble(
        ("+" * math.ceil(path.points_for / unit), _FOR), ("-" * math.ceil(-path.points_against / unit), _AGAINST)
    )
