"""Why the lead that decides moved: what each changed answer adds to it by itself, and what only several add together.

Taken over one at a time, the changed answers seldom add up to the whole change, because some arguments look at
several of them. What is missing is laid on the answers that such an argument hangs on, so that it adds up exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from pathfinder.assessment.comparison.differing import Differing, Unit
from pathfinder.assessment.comparison.ledger import MILLION, Ledger, Standing, in_points
from pathfinder.assessment.results.comparison import WEIGHING, Driver, Joint, Lead, Move
from pathfinder.rulebase.models import RuleBase

DRIVERS: tuple[Driver, ...] = ("points", "gates", "roles")
Rivals = tuple[str, str | None]
"""The path whose lead it is, and the one it leads; None for the points it takes to be recommended."""


class Turning:
    """How the result on the first sheet became that on the second."""

    def __init__(
        self, ledger: Ledger, differing: Differing, standings: tuple[Standing, Standing] | None = None
    ) -> None:
        """`standings`: how the paths stand on both sheets, where that rests on more than the answers in `differing`."""
        self.base: RuleBase = ledger.base
        self.ledger, self.differing = ledger, differing
        self.before, self.after = standings or (ledger.standing(differing.before), ledger.standing(differing.after))
        self.units = differing.units()
        self._over = {unit: differing.taken_over(unit.questions) for unit in self.units}
        self._back = {unit: differing.taken_back(unit.questions) for unit in self.units}

    @property
    def changed(self) -> bool:
        """Whether another path comes first, or none, or another role decides."""
        return self.ledger.result(self.before) != self.ledger.result(self.after)

    def rivals(self) -> Rivals:
        """Whose lead decides: of the winner after over the winner before; where it stayed, over the next path;
        where either sheet has no winner, of the one there is, or else of the first path after, over enough points."""
        was, now = self.ledger.first(self.before), self.ledger.first(self.after)
        if was is None or now is None:
            return now or was or self.ledger.top(self.after), None
        if was != now:
            return now, was
        return now, self.ledger.second(self.after, now) or self.ledger.second(self.before, now)

    def drivers(self) -> tuple[Driver, ...]:
        """Which of points, gates and roles it takes for the result to change."""
        if not self.changed:
            return ()
        target = self.ledger.result(self.after)
        for size in range(1, len(DRIVERS) + 1):
            sets = [some for some in combinations(DRIVERS, size) if self.ledger.result(self._partly(some)) == target]
            if sets:
                return tuple(driver for driver in DRIVERS if any(driver in some for some in sets))
        return DRIVERS

    def _partly(self, drivers: tuple[Driver, ...]) -> Standing:
        """The first sheet's standing with some of the second's."""
        before, after = self.before, self.after
        return Standing(
            after.scores if "points" in drivers else before.scores,
            after.blocked if "gates" in drivers else before.blocked,
            after.roles if "roles" in drivers else before.roles,
        )

    def lead(self, rivals: Rivals) -> Lead:
        """The lead on both sheets, and what moved it."""
        before, after = self.gap(self.before, rivals), self.gap(self.after, rivals)
        moves = tuple(self._move(unit, rivals, before) for unit in self.units)
        together = self._together(rivals)
        return Lead(
            ahead=rivals[0],
            behind=rivals[1],
            before=in_points(before),
            after=in_points(after),
            moves=tuple(sorted(moves, key=lambda move: -abs(move.points))),
            together=tuple(sorted(together, key=lambda joint: -abs(joint.points))),
            remainder=round(sum(joint.points for joint in together), 6),
        )

    def gap(self, standing: Standing, rivals: Rivals) -> int:
        """The lead of one path over another, or over the points it takes, in millionths."""
        ahead, behind = rivals
        against = round(self.base.general.verdict.enough * MILLION) if behind is None else standing.scores[behind]
        return standing.scores[ahead] - against

    def _move(self, unit: Unit, rivals: Rivals, before: int) -> Move:
        over, back = (self.ledger.standing(sheets[unit]) for sheets in (self._over, self._back))
        target = self.ledger.result(self.after)
        return Move(
            question=unit.question,
            followers=unit.followers,
            points=in_points(self.gap(over, rivals) - before),
            turns=self.changed and self.ledger.result(over) == target,
            needed=self.changed and self.ledger.result(back) != target,
        )

    def _together(self, rivals: Rivals) -> list[Joint]:
        """What is left over when each unit's own part is taken out, argument by argument, for arguments that hang on
        the same units in one piece."""
        points: dict[tuple[str, ...], int] = {}
        rules: dict[tuple[str, ...], list[str]] = {}
        for rule in self.base.rules:
            sign = self._sign(rule, rivals)
            left = sign * self._left_over(rule) if sign else 0
            if left:
                moving = self.moving(rule)
                key = tuple(unit.question for unit in (moving if len(moving) > 1 else self._looked_at(rule)))
                points[key] = points.get(key, 0) + left
                rules.setdefault(key, []).append(rule)
        return [Joint(key, tuple(rules[key]), in_points(sum_)) for key, sum_ in points.items() if sum_]

    def _sign(self, rule: str, rivals: Rivals) -> int:
        """1 where an argument counts for the path ahead, -1 for the one behind, 0 for neither or both."""
        on = self.base.paths_of(rule)
        return int(rivals[0] in on) - int(rivals[1] in on)

    def _left_over(self, rule: str) -> int:
        """What an argument's change is beyond the sum of what each unit makes of it alone."""
        before, after = self._ends(rule)
        alone = sum(self.ledger.points(rule, self._over[unit]) - before for unit in self._looked_at(rule))
        return after - before - alone

    def _ends(self, rule: str) -> tuple[int, int]:
        return self.ledger.points(rule, self.differing.before), self.ledger.points(rule, self.differing.after)

    def _looked_at(self, rule: str) -> list[Unit]:
        scope = self.looks_at(rule)
        return [unit for unit in self.units if any(question in scope for question in unit.questions)]

    def looks_at(self, rule: str) -> tuple[str, ...]:
        """The questions that an argument rests on, and the weights where its criterion is weighed otherwise."""
        criterion = self.base.rules[rule].criterion
        before, after = (sheet.weights.get(criterion, 1) for sheet in self.differing.raw)
        return (*self.ledger.rule_looks_at(rule), *((WEIGHING,) if before != after else ()))

    def moving(self, rule: str) -> list[Unit]:
        """The units that by themselves move an argument on the first sheet, or taken back on the second; where none
        does, all that it looks at."""
        before, after = self._ends(rule)
        looked_at = self._looked_at(rule)
        found = [
            unit
            for unit in looked_at
            if self.ledger.points(rule, self._over[unit]) != before
            or self.ledger.points(rule, self._back[unit]) != after
        ]
        return found or looked_at

    def through(self, looked_at: Sequence[str], units: Sequence[Unit]) -> tuple[str, ...]:
        """The changed answers of some units among the questions that something looks at."""
        return tuple(question for unit in units for question in unit.questions if question in looked_at)
