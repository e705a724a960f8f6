"""scores.md: what the scores of a whole cohort add up to, for whoever has more people than anybody reads one by one."""

from __future__ import annotations

from collections.abc import Iterator

from pathfinder.assessment.bulk.cohort_counts import Counted
from pathfinder.report.blocks import Block, Heading, Table, paragraph
from pathfinder.report.cohort_words import making, people, unusable
from pathfinder.report.scores_tally import Points, ScoresTally, quantile
from pathfinder.report.words import listed, number, plain_points, sentence, signed
from pathfinder.rulebase.models import RuleBase

MOST_ARGUMENTS = 6
"""So many arguments are listed for each group of paths."""

MOST_OPEN = 8
"""So many questions are listed."""


def scores_blocks(base: RuleBase, tally: ScoresTally) -> list[Block]:
    """The page on a cohort's scores."""
    return [
        Heading(1, f"{sentence(people(tally.people))}, scored on {number(len(base.paths))} paths"),
        *_head(tally),
        *(_in_figures(base, tally) if tally.people else []),
        *making(base),
    ]


def _head(tally: ScoresTally) -> list[Block]:
    about = (
        "Points alone: an open answer moves them as little as it still can, and nothing is said of how sure they are."
        " scores.csv has everybody, a row each. A batch without --scores-only looks at each person: verdicts, ranges,"
        " what to ask whom."
    )
    return [paragraph(about), *unusable(tally.failed)]


def _in_figures(base: RuleBase, tally: ScoresTally) -> list[Block]:
    return [*_first(base, tally), *_arguments(base, tally), *_open(base, tally)]


def _first(base: RuleBase, tally: ScoresTally) -> list[Block]:
    """Who ranks first how often, by how much, and how points are spread."""
    rows = [
        (
            path.title,
            *_of_all(tally.first[path.id], tally),
            str(tally.blocked[path.id]),
            *_spread(tally.points[path.id]),
        )
        for path in base.paths
    ]
    if shut := tally.first[None]:
        rows.append(("No path is open", *_of_all(shut, tally), "", "", "", ""))
    columns = ("Path", "First for", "Of all", "Blocked for", "Median points", "Middle half", "Lowest to highest")
    about = "At most a quarter of the people are below the middle half, and at most a quarter above it."
    told = " ".join(_leads(base, tally))
    return [
        Heading(2, "Which path ranks first"),
        Table(columns, tuple(rows)),
        paragraph(about),
        *([paragraph(told)] if told else []),
    ]


def _leads(base: RuleBase, tally: ScoresTally) -> Iterator[str]:
    """By how much the first path leads, and for how many that says little."""
    if tally.leads.total():
        yield f"The median lead over the next path that is open is {plain_points(quantile(tally.leads, 0.5))}."
    if tally.near:
        margin = plain_points(base.general.verdict.margin)
        yield f"The lead is under {margin}, too little to go by, for {people(tally.near)}."
    if tally.level:
        told = "several paths come first with as many points, and the uppermost of them in the table is counted"
        yield f"For {people(tally.level)} {told}."
    if tally.alone:
        yield f"For {people(tally.alone)} one path alone is open."


def _spread(points: Points) -> tuple[str, str, str]:
    """The median, the middle half and the range of some points."""
    least, low, half, high, most = (signed(quantile(points, share)) for share in (0, 0.25, 0.5, 0.75, 1))
    return half, f"{low} to {high}", f"{least} to {most}"


def _of_all(count: int, tally: ScoresTally) -> tuple[str, str]:
    """A count of people, and what part of all they are."""
    share = 100 * count / tally.people
    return str(count), "under 1%" if 0 < share < 1 else "over 99%" if 99 < share < 100 else f"{share:.0f}%"


def _arguments(base: RuleBase, tally: ScoresTally) -> list[Block]:
    """For each group of paths the arguments that move its points most, over everybody."""
    counted = {rule: found for rule, found in tally.arguments.found.items() if found.moved}
    groups: dict[tuple[str, ...], list[str]] = {}
    for rule in base.rules:
        if rule in counted:
            groups.setdefault(base.paths_of(rule), []).append(rule)
    if not groups:
        return []
    blocks: list[Block] = [
        Heading(2, "Which arguments move most"),
        paragraph(
            "Those come first that move people's points most, up or down. The last column is what that comes to on"
            " average over everybody, where ups and downs cancel out. 'pathfinder explain' takes the ids."
        ),
    ]
    for paths, rules in groups.items():
        ranked = sorted(rules, key=lambda rule: -counted[rule].moved)[:MOST_ARGUMENTS]
        title = listed([base.path[path].title for path in paths])
        blocks += [
            Heading(3, title),
            Table(
                ("Argument", "Id", "For, people", "Against, people", "Points"),
                tuple((base.rules[rule].asks, rule, *_counted(counted[rule], tally)) for rule in ranked),
            ),
        ]
    return blocks


def _counted(found: Counted, tally: ScoresTally) -> tuple[str, str, str]:
    return str(found.people_for), str(found.people_against), signed(round(found.points / tally.people, 1))


def _open(base: RuleBase, tally: ScoresTally) -> list[Block]:
    ranked = [(key, count) for key, count in tally.open.found.most_common(MOST_OPEN) if count]
    if not ranked:
        return []
    rows = tuple((base.questions[key].title, key, *_of_all(count, tally)) for key, count in ranked)
    return [
        Heading(2, "Which questions are open most often"),
        Table(("Question", "Id", "Open for", "Of all"), rows),
        paragraph("Only people are counted whom the question is known to concern."),
    ]
