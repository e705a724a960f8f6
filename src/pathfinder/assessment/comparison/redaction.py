"""A comparison to pass on: without names, the private answers, and everything that is said because of them.

As with a redacted assessment, nothing is picked out of the whole comparison. The sheets are compared as if the private
questions did not exist, and only figures of the whole sheets are put in: the verdicts, the places of paths and options,
both ends of the lead that decides, and whether points, gates or roles made the result another one. Which paths that
lead is between follows from these figures. Whether one answer by itself leads to the other result is not told, as that
hangs on the private ones.
"""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from pathfinder.answers.options import overlaid
from pathfinder.answers.sheet import AnswerSheet, OptionInHand
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.comparison.comparing import Comparing, whose
from pathfinder.assessment.comparison.leads import Rivals, Turning
from pathfinder.assessment.comparison.ledger import MILLION, Standing, in_points
from pathfinder.assessment.redaction import BLOCKED, Redactor
from pathfinder.assessment.results.assessment import Assessment
from pathfinder.assessment.results.comparison import About, Comparison, GateChange, Lead
from pathfinder.rulebase.models import RuleBase

LABELS = ("the first", "the second")
"""What the sheets are called, as names and names of files may tell whose they are."""


def compare_redacted(
    base: RuleBase, before: AnswerSheet, after: AnswerSheet, labels: tuple[str, str] = LABELS
) -> Comparison:
    """What may be told of what differs between two sheets, and why. Places in hand are left out; `labels` are told."""
    sheets = replace(before, options=()), replace(after, options=())
    return _Redacting(base, *sheets).comparison(whose(before, after), labels)


def compare_options_redacted(
    base: RuleBase, sheet: AnswerSheet, first: OptionInHand, second: OptionInHand
) -> Comparison:
    """The same of two places in hand, which are told by their names."""
    return _Redacting(base, overlaid(sheet, first), overlaid(sheet, second)).of_options(first, second)


class _Redacting(Comparing):
    """Two sheets without what is private, with the figures of the whole ones."""

    def __init__(self, base: RuleBase, before: AnswerSheet, after: AnswerSheet) -> None:
        whole, redactor = Assessor(base), Redactor(base)
        super().__init__(redactor.public, *map(redactor.without_private, (before, after)))
        self.first, self.second = (redactor.redacted(sheet, whole.assess(sheet)) for sheet in (before, after))
        told = self.differing.before, self.differing.after
        standings = self._standing(self.first, told[0]), self._standing(self.second, told[1])
        self.figures = Turning(self.ledger, self.differing, standings)

    def comparison(self, about: About, labels: tuple[str, str], rivals: Rivals | None = None) -> Comparison:
        """Everything that differs and may be told."""
        found = super().comparison(about, labels, rivals or self.figures.rivals())
        return replace(
            found,
            winner_changed=self.figures.changed,
            drivers=self.figures.drivers(),
            lead=self._lead(found.lead),
            gates=(*found.gates, *self._shut_by_private(found)),
            redacted=True,
        )

    def _lead(self, told: Lead) -> Lead:
        """The lead between the whole scores, moved by what is told and by what is left out."""
        rivals = told.ahead, told.behind
        before, after = (self.figures.gap(one, rivals) for one in (self.figures.before, self.figures.after))
        moved = round(told.after * MILLION) - round(told.before * MILLION)
        return replace(
            told,
            before=in_points(before),
            after=in_points(after),
            moves=tuple(replace(move, turns=False, needed=False) for move in told.moves),
            left_out=in_points(after - before - moved),
        )

    def _shut_by_private(self, found: Comparison) -> list[GateChange]:
        """A change of a path from open to blocked, or back, that none of the gates that are told accounts for."""
        changes = []
        for path in found.paths:
            if path.before.status != path.after.status:
                side: Literal["before", "after"] = "after" if path.after.status == "blocked" else "before"
                if not any((gate.path, gate.closes) == (path.id, side) for gate in found.gates):
                    changes.append(GateChange(path.id, BLOCKED.id, side, BLOCKED.text, "", (), ()))
        return changes

    def _standing(self, assessment: Assessment, told: AnswerSheet) -> Standing:
        """How the paths of a whole sheet stand, by the figures of it and the roles that are `told` to decide."""
        roles = self.ledger.deciding(told) or (("left out",) if assessment.verdict.kind == "outside" else ())
        return Standing(
            {path.id: round(assessment.path(path.id).score * MILLION) for path in self.base.paths},
            frozenset(path.id for path in assessment.paths if path.status == "blocked"),
            roles,
        )
