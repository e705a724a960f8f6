"""For every path that does not come first, the smallest set of changed answers under which it would, exactly.

Only answers that are told in a report are looked at: those to sensitive questions are left out. A question that does
not apply now counts as open to change where another change makes it apply.
"""

from __future__ import annotations

from collections.abc import Set

from msgspec import Struct

from pathfinder.assessment.counterfactual import Change, Counterfactuals
from pathfinder.assessment.hurdles import Hurdles
from pathfinder.assessment.joint_effects import MOST, JointEffects
from pathfinder.assessment.movers import UNIT
from pathfinder.assessment.race import Found, Race
from pathfinder.assessment.reach import undoes, within_reach


class SmallestSet(Struct, frozen=True):
    """Changes under which `path` would come first, with its lead over the next open path in points; no changes where
    no set of up to three does it."""

    path: str
    changes: tuple[Change, ...]
    lead: float


def smallest_sets(what_if: Counterfactuals) -> tuple[SmallestSet, ...]:
    """One set for every path that does not come first, in the base's order; none where the person belongs outside
    the paths.

    Of the smallest sets, one whose changes are all within reach is preferred, then one that undoes no skill or trial;
    then the one with the largest lead, with the answers nearest to the present ones.
    """
    if what_if.now.outside:
        return ()
    base = what_if.base
    told = [question.id for question in base.questions.values() if not question.sensitive]
    effects = JointEffects(what_if, told)
    order = {question: place for place, question in enumerate(base.questions)}
    first, _ = what_if.now.winner()
    tiers = _tiers(what_if, effects)
    found: list[SmallestSet] = []
    for path in base.paths:
        if path.id != first:
            best = _smallest(effects, Hurdles(effects, path.id, base.general.verdict.enough), tiers)
            changes = sorted((effects.changes[place] for place in best.places), key=lambda one: order[one.question])
            found.append(SmallestSet(path.id, tuple(changes), best.lead / UNIT))
    return tuple(found)


def _tiers(what_if: Counterfactuals, effects: JointEffects) -> list[Set[int]]:
    """The changes that one would rather be told, by place: those within reach, those that undo nothing, all."""
    every = list(enumerate(effects.changes))
    return [
        {place for place, change in every if within_reach(what_if, change)},
        {place for place, change in every if not undoes(what_if, change)},
        {place for place, _ in every},
    ]


def _smallest(effects: JointEffects, hurdles: Hurdles, tiers: list[Set[int]]) -> Found:
    for size in range(1, MOST + 1):
        spoilers = hurdles.spoilers(size)
        races = [Race(effects, hurdles, tier - spoilers) for tier in tiers]
        if races[-1].best(size, whichever=True) is not None:
            for race, tier in zip(races, tiers, strict=True):
                found = race.best(size)
                if found is not None:
                    return _nearest(effects, hurdles, tier, found)
    return Found((), 0)


def _nearest(effects: JointEffects, hurdles: Hurdles, tier: Set[int], found: Found) -> Found:
    """The set with each answer in turn replaced by the nearest one that gives the same lead."""
    places = list(found.places)
    for spot, place in enumerate(found.places):
        others = effects.places[effects.changes[place].question]
        for nearer in range(others.start, place):
            places[spot] = nearer
            if nearer in tier and hurdles.lead(hurdles.after(places)) == found.lead:
                break
        else:
            places[spot] = place
    return Found(tuple(places), found.lead)
