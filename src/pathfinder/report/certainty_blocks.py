"""How often each path comes first and second, and what somebody would have to value for it, as tables."""

from __future__ import annotations

from pathfinder.assessment.results.assessment import Assessment
from pathfinder.assessment.results.certainty import Acceptability, Favoured, RankShare
from pathfinder.report.blocks import Block, Heading, Item, Items, Table, line, paragraph, strong
from pathfinder.report.words import NEARLY_ALL, listed, of_ten, plain_number, times_in_words

_SIGNS = 20
"""Signs of a bar."""

_MORE, _LESS = 1.25, 0.75
"""A criterion that counts for more, or less, than this in a typical weighing is named."""


def acceptability_blocks(assessment: Assessment) -> list[Block]:
    """How often each path comes first and second when open answers, or the points, could be otherwise."""
    blocks: list[Block] = []
    for one in assessment.acceptability:
        if one.over == "answers" and not assessment.open_questions:
            continue
        blocks += [paragraph(strong(_about(one))), _table(assessment, one)]
    if not blocks:
        return []
    legend = "Each sign stands for 5 in 100: 1 where the path comes first, 2 where it comes second."
    return [Heading(2, "How often each path comes first"), *blocks, paragraph(legend)]


def _about(one: Acceptability) -> str:
    if one.over == "points":
        about = (
            "Over other points: your answers as they are, and every argument worth one step less on the scale (a"
            " quarter of the time), one step more (a quarter) or what it is worth now."
        )
    else:
        about = "Over the plausible ways your open answers could fall: the points as they are."
    if one.exact:
        return f"{about} All ways are counted."
    within = f"{100 * one.error:.1f}"
    return f"{about} Out of {one.draws} drawn; a share is right to about {within} in 100."


def _table(assessment: Assessment, one: Acceptability) -> Table:
    shares = {share.path: share for share in one.shares}
    rows = tuple(
        (
            path.title,
            _of_hundred(shares[path.id].first),
            _of_hundred(shares[path.id].second),
            _bar(shares[path.id]),
        )
        for path in assessment.paths
        if path.id in shares
    )
    return Table(("Path", "First, of 100", "Second", "As a bar"), rows)


def _of_hundred(share: float) -> str:
    return "under 1" if 0 < share < 0.01 else "over 99" if 0.99 < share < 1 else f"{100 * share:.0f}"


def _bar(share: RankShare) -> str:
    first = round(share.first * _SIGNS)
    return ("1" * first + "2" * (round((share.first + share.second) * _SIGNS) - first)).ljust(_SIGNS, ".")


def favoured_blocks(assessment: Assessment) -> list[Block]:
    """What somebody would have to value for each path to come first."""
    if not assessment.favoured:
        return []
    titles = {criterion.id: criterion.title for criterion in assessment.criteria}
    rank = {path.id: path.rank for path in assessment.paths}
    items = tuple(
        Item(line(strong(f"{assessment.path(one.path).title}: "), _favoured(one, titles)))
        for one in sorted(assessment.favoured, key=lambda one: rank.get(one.path, 0))
        if one.path in rank
    )
    draws = assessment.favoured[0].draws
    return [
        Heading(2, "What you would have to value"),
        paragraph(
            "The criteria can be weighed otherwise than this rule base does. This is how often each path comes first"
            f" over {draws} weighings, none preferred, and the weighing typical of those under which it does."
        ),
        Items(items),
    ]


def _favoured(one: Favoured, titles: dict[str, str]) -> str:
    if not one.share:
        return "no weighing that was drawn puts it first."
    often = f"comes first {of_ten(one.share)}"
    more = [name for name in one.weights if one.weights[name] >= _MORE]
    less = [name for name in one.weights if one.weights[name] <= _LESS]
    told = []
    if more:
        told.append("more by " + listed([_weight(titles.get(name, name), one.weights[name]) for name in more]))
    if less:
        told.append("less by " + listed([_weight(titles.get(name, name), one.weights[name]) for name in less]))
    if not told or one.share >= NEARLY_ALL:
        return f"{often}, under weighings of every kind."
    return f"{often}; typically for somebody who goes {' and '.join(told)} than by the rest."


def _weight(title: str, weight: float) -> str:
    return f"{title} ({plain_number(weight)} times)"


def weights_in_words(assessment: Assessment) -> str:
    """How the person weighs the criteria; an empty string where they weigh as the rule base does."""
    titles = {criterion.id: criterion.title for criterion in assessment.criteria}
    told = [f"{titles.get(one, one)} counts {times_in_words(weight)}" for one, weight in assessment.weights.items()]
    return f"As you weigh it: {listed(told)}." if told else ""
