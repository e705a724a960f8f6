"""The common ranking of options in hand and paths, in words and as a table."""

from __future__ import annotations

from itertools import pairwise

from pathfinder.assessment.results.assessment import Assessment
from pathfinder.assessment.results.options import StandingItem
from pathfinder.report.blocks import Table
from pathfinder.report.words import number, plain_number, plain_points, sentence, signed


def options_in_a_sentence(assessment: Assessment) -> str:
    """Where the best option stands among everything ranked, in one sentence; empty where there is no option."""
    mine = [one for one in assessment.standings if one.kind == "option"]
    if not mine:
        return ""
    first, best = assessment.standings[0], mine[0]
    if best.status == "blocked":
        return _blocked(len(mine), best)
    if first is not best:
        return _outranked(assessment, first, best, len(mine))
    head = f"Your option '{best.id}'" if len(mine) == 1 else f"Of your {number(len(mine))} options, '{best.id}'"
    return f"{head} comes first with {_points(best)}, {_before(assessment, best, assessment.standings[1])}."


def _blocked(count: int, best: StandingItem) -> str:
    if count == 1:
        return f"Your option '{best.id}' is blocked; below is what would open it."
    return f"Each of your {number(count)} options is blocked; below is what would open them."


def _outranked(assessment: Assessment, first: StandingItem, best: StandingItem, count: int) -> str:
    """A path comes before every option."""
    ahead = sentence(_with_points(assessment, first))
    close = ", which is close" if first.close and assessment.standings[1] is best else ""
    if count == 1:
        return f"{ahead} outranks your option '{best.id}', which has {_points(best)}{close.replace('which', 'and')}."
    all_of_them = "both of your options" if count == 2 else f"all {number(count)} of your options"
    return f"{ahead} outranks {all_of_them}: the best, '{best.id}', has {_points(best)}{close}."


def _before(assessment: Assessment, best: StandingItem, following: StandingItem) -> str:
    """How the best option stands to the one after it."""
    if following.status == "blocked":
        return "and all else is blocked"
    other = _with_points(assessment, following)
    if best.score == following.score:
        return f"level with {other}"
    return f"{'close to' if best.close else 'ahead of'} {other}"


def _points(item: StandingItem) -> str:
    return plain_points(item.score)


def _with_points(assessment: Assessment, item: StandingItem) -> str:
    """`'PhD in Leeds' (14)`, `Governance (3)`, `the typical PhD path as your answers describe it (9)`."""
    name = f"'{item.id}'"
    if item.kind == "path":
        title = assessment.path(item.id).title
        typical = f"the typical {title} path as your answers describe it"
        name = typical if _has_options(assessment, item.id) else title
    return f"{name} ({plain_number(item.score)})"


def _has_options(assessment: Assessment, path: str) -> bool:
    return any(option.path == path for option in assessment.options)


def standings_table(assessment: Assessment, brief: bool = False) -> Table:
    """Options and paths in rank order, with the lead of each over the next open one; `brief` leaves out the points on
    either side."""
    rows = []
    for item, lead in zip(assessment.standings, _leads(assessment), strict=True):
        found = assessment.option(item.id) if item.kind == "option" else assessment.path(item.id)
        sides = () if brief else (signed(found.points_for), signed(found.points_against))
        could_end = f"{plain_number(found.low)} to {plain_number(found.high)}"
        rows.append((_label(assessment, item), signed(item.score), could_end, *sides, lead, item.status))
    sides = () if brief else ("For", "Against")
    return Table(("Place", "Score", "Could end", *sides, "Ahead by", "Status"), tuple(rows))


def _label(assessment: Assessment, item: StandingItem) -> str:
    place = assessment.standings.index(item) + 1
    if item.kind == "option":
        return f"{place} {item.id}"
    typical = " (typical)" if _has_options(assessment, item.id) else ""
    return f"{place} {assessment.path(item.id).title}{typical}"


def _leads(assessment: Assessment) -> list[str]:
    """How many points each is ahead of the next open one, and whether that is close; nothing for the last."""
    found = [
        "" if following.status == "blocked" else plain_number(one.score - following.score) + (", close" * one.close)
        for one, following in pairwise(assessment.standings)
    ]
    return [*found, ""]


def table_in_words(assessment: Assessment) -> str:
    """How to read the table."""
    typical = [path for path in assessment.paths if _has_options(assessment, path.id)]
    told = "Each option is scored on your answers with its own in their place."
    told += " A path marked typical is that path as your answers describe it, without any concrete option." * bool(
        typical
    )
    return f"{told} Ahead by is the lead over the next one that is open."
