"""The smallest sets of changed answers that would put another path first, in words."""

from __future__ import annotations

from itertools import product

from pathfinder.answers.sheet import in_words as answer_in_words
from pathfinder.assessment.changes.counterfactual import Change, Counterfactuals
from pathfinder.assessment.changes.movers import Movers
from pathfinder.assessment.changes.reach import within_reach
from pathfinder.assessment.changes.singles import beyond, in_words
from pathfinder.assessment.changes.smallest import SmallestSet, smallest_sets
from pathfinder.assessment.results.certainty import ChangedAnswer, SmallestChange


def smallest_items(what_if: Counterfactuals, movers: Movers) -> tuple[SmallestChange, ...]:
    """For every path that does not come first, the smallest set of changed answers under which it would."""
    return tuple(_together(what_if, found) for found in smallest_sets(what_if, movers))


def _together(what_if: Counterfactuals, found: SmallestSet) -> SmallestChange:
    told: list[ChangedAnswer] = []
    covered = {change.question: [change] for change in found.changes}
    for change in found.changes:
        wider = [change, *beyond(what_if, change)]
        others = [covered[question] for question in covered if question != change.question]
        alike = all(_leads(what_if, found, chosen) for chosen in product(wider, *others))
        if alike:
            covered[change.question] = wider
        question = what_if.base.questions[change.question]
        told.append(
            ChangedAnswer(
                question=question.id,
                title=question.title,
                now=answer_in_words(question, what_if.sheet.get(question.id)),
                change=in_words(what_if, change, beyond_too=alike),
                nature=question.nature,
                within_reach=within_reach(what_if, change),
            )
        )
    reachable = bool(told) and all(one.within_reach for one in told)
    return SmallestChange(found.path, tuple(told), found.lead, reachable)


def _leads(what_if: Counterfactuals, found: SmallestSet, chosen: tuple[Change, ...]) -> bool:
    """Whether other answers to the questions of a set do for its path what the set does."""
    winner, lead = what_if.standing(chosen).winner()
    return winner == found.path and lead >= found.lead
