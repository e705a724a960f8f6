"""For every path that does not come first, the smallest set of changed answers under which it would, exactly.

Only answers that are told in a report are looked at: those to sensitive questions are left out. A question that does
not apply now counts as open to change where another change makes it apply.
"""

from __future__ import annotations

from collections.abc import Set

from msgspec import Struct

from pathfinder.assessment.changes.counterfactual import Change, Counterfactuals
from pathfinder.assessment.changes.hurdles import Hurdles
from pathfinder.assessment.changes.joint_effects import MOST, JointEffects
from pathfinder.assessment.changes.movers import MOST_REACH, UNIT, Movers, Reach
from pathfinder.assessment.changes.race import Found, Race
from pathfinder.assessment.changes.reach import can_work_towards, takes_back


class SmallestSet(Struct, frozen=True):
    """Changes under which `path` would come first, with its lead over the next open path in points; no changes where
    no set of up to three does it."""

    path: str
    changes: tuple[Change, ...]
    lead: float


def smallest_sets(what_if: Counterfactuals, movers: Movers | None = None) -> tuple[SmallestSet, ...]:
    """One set for every path that does not come first, in the base's order; none where the person belongs outside
    the paths.

    Of the smallest sets, one whose changes are all within reach is preferred, then one that takes nothing back;
    then the one with the largest lead, with the answers nearest to the present ones. `movers` are those of the rule
    base, where they were made before.
    """
    if what_if.now.outside:
        return ()
    base, movers = what_if.base, movers or Movers(what_if.tables)
    effects, tiers = JointEffects(movers, what_if.counts), _tiers(what_if, movers)
    order = {question: place for place, question in enumerate(base.questions)}
    found: list[SmallestSet] = []
    for path in base.paths:
        if path.id != what_if.first:
            best = _Search(what_if, movers, Hurdles(effects, path.id, base.general.verdict.enough), tiers).smallest()
            changes = sorted(best.changes, key=lambda one: order[one.question])
            found.append(SmallestSet(path.id, tuple(changes), best.lead))
    return tuple(found)


def _tiers(what_if: Counterfactuals, movers: Movers) -> list[Set[int]]:
    """The places of the changes that one would rather be told: those within reach, those that undo nothing, all."""
    every = set(range(len(movers.changes)))
    reached, undone = set[int](), set[int]()
    for question in movers.questions:
        found = _reach(what_if, movers, question)
        reached.update(found.reached)
        undone.update(found.undone)
    return [reached, every - undone, every]


def _reach(what_if: Counterfactuals, movers: Movers, question: str) -> Reach:
    """What other answers to a question can be worked towards, or undo something; kept for others who answer alike."""
    asked, answer = what_if.base.questions[question], what_if.sheet.get(question)
    found = movers.reach.get((question, answer))
    if found is None:
        if len(movers.reach) >= MOST_REACH:
            movers.reach.clear()
        placed = [
            (movers.place(question, what_if.book.code(question, change.value)), change.value)
            for change in what_if.alternatives(question)
        ]
        found = movers.reach[question, answer] = Reach(
            tuple([place for place, value in placed if can_work_towards(asked, answer, value)]),
            tuple([place for place, value in placed if takes_back(asked, answer, value)]),
        )
    return found


class _Search:
    """The smallest set for one path: the fewest changes first, and of these the ones that one would rather be told."""

    def __init__(self, what_if: Counterfactuals, movers: Movers, hurdles: Hurdles, tiers: list[Set[int]]) -> None:
        self._what_if, self._movers, self._hurdles, self._tiers = what_if, movers, hurdles, tiers

    def smallest(self) -> SmallestSet:
        """The set."""
        for size in range(1, MOST + 1):
            spoilers = self._hurdles.spoilers(size)
            rather, *others = self._tiers
            found, tier = Race(self._hurdles, size, rather - spoilers).best(), rather
            if found is None and Race(self._hurdles, size, others[-1] - spoilers).best(whichever=True) is not None:
                tries = ((Race(self._hurdles, size, tier - spoilers).best(), tier) for tier in others)
                found, tier = next(one for one in tries if one[0] is not None)
            if found is not None:
                return self._nearest(tier, found)
        return SmallestSet(self._hurdles.path, (), 0.0)

    def _nearest(self, tier: Set[int], found: Found) -> SmallestSet:
        """The set with each answer in turn replaced by the nearest one that gives the same lead."""
        places = list(found.places)
        changes: list[Change] = []
        for spot, place in enumerate(found.places):
            question = self._movers.changes[place]
            for change in self._what_if.alternatives(question):
                places[spot] = self._movers.place(question, self._what_if.book.code(question, change.value))
                alike = places[spot] in tier and self._hurdles.lead(self._hurdles.after(places)) == found.lead
                if alike or places[spot] == place:
                    changes.append(change)
                    break
        return SmallestSet(self._hurdles.path, tuple(changes), found.lead / UNIT)
