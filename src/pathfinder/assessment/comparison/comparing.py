"""Two answer sheets compared: what changed in the answers, in the arguments and in the verdict, and why."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import structs

from pathfinder.answers.options import overlaid
from pathfinder.answers.sheet import AnswerSheet, OptionInHand
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.comparison.differing import Differing
from pathfinder.assessment.comparison.leads import Rivals, Turning
from pathfinder.assessment.comparison.ledger import Ledger, in_points
from pathfinder.assessment.presenting import citations
from pathfinder.assessment.results.assessment import Assessment, PathResult
from pathfinder.assessment.results.comparison import (
    About,
    ArgumentChange,
    ArgumentState,
    Comparison,
    GateChange,
    OptionPair,
    OptionPlace,
    PathChange,
    PathPlace,
    RoleChange,
    Side,
)

LABELS = ("before", "after")


def compare(
    assessor: Assessor, before: AnswerSheet, after: AnswerSheet, labels: tuple[str, str] = LABELS
) -> Comparison:
    """What differs between two sheets, and why; `labels` say what the sheets are called.

    Places in hand are left out; `compare_options` is for these.
    """
    about = whose(before, after)
    before, after = structs.replace(before, options=()), structs.replace(after, options=())
    return Comparing(assessor, before, after).comparison(about, labels)


def whose(before: AnswerSheet, after: AnswerSheet) -> About:
    """Whether two sheets are of two people, as far as their names tell."""
    return "people" if before.name and after.name and before.name != after.name else "person"


def compare_options(assessor: Assessor, sheet: AnswerSheet, first: OptionInHand, second: OptionInHand) -> Comparison:
    """What differs between two places in hand: each on its own path, with its answers laid over the person's.

    The lead that is told is that of the second place's path over the first's; where both are on the same path, the
    lead of that path over the points that it takes to be recommended.
    """
    return Comparing(assessor, overlaid(sheet, first), overlaid(sheet, second)).of_options(first, second)


def _option(option: OptionInHand, assessment: Assessment) -> OptionPlace:
    path = assessment.path(option.path)
    figures = (path.score, path.low, path.high, path.status, path.criteria, path.left_out)
    return OptionPlace(option.name, path.id, path.title, *figures)


class Comparing:
    """Two sheets on one rule base, assessed."""

    def __init__(self, assessor: Assessor, before: AnswerSheet, after: AnswerSheet) -> None:
        self.base = assessor.base
        self.first, self.second = assessor.assess(before), assessor.assess(after)
        self.ledger = Ledger(self.base, assessor.scorer)
        self.differing = Differing(self.base, before, after)
        self.turning = Turning(self.ledger, self.differing)
        self.answers = self.differing.answers()

    def of_options(self, first: OptionInHand, second: OptionInHand) -> Comparison:
        """The same of two places in hand, whose answers lie over the person's on the two sheets."""
        rivals: Rivals = (second.path, None if first.path == second.path else first.path)
        found = self.comparison("options", (first.name, second.name), rivals)
        one, other = _option(first, self.first), _option(second, self.second)
        close = abs(one.score - other.score) < self.base.general.verdict.margin
        return structs.replace(found, options=OptionPair(one, other, close))

    def comparison(self, about: About, labels: tuple[str, str], rivals: Rivals | None = None) -> Comparison:
        """Everything that differs."""
        before, after = (
            _side(assessment, label) for assessment, label in zip((self.first, self.second), labels, strict=True)
        )
        told = (before.kind, before.path, before.roles), (after.kind, after.path, after.roles)
        return Comparison(
            about=about,
            before=before,
            after=after,
            verdict_changed=told[0] != told[1],
            winner_changed=self.turning.changed,
            drivers=self.turning.drivers(),
            lead=self.turning.lead(rivals or self.turning.rivals()),
            paths=self._paths(),
            gates=self._gates(),
            roles=self._roles(),
            arguments=self._arguments(),
            answers=self.answers,
            criteria={one.id: one.title for one in self.base.general.criteria},
            rulebase=self.first.rulebase,
            program=self.first.program,
        )

    def _paths(self) -> tuple[PathChange, ...]:
        """The paths in the order in which they rank on the second sheet."""
        found = []
        for path in self.second.paths:
            before = self.first.path(path.id)
            change = round(path.score - before.score, 6)
            found.append(PathChange(path.id, path.title, _place(before), _place(path), change))
        return tuple(found)

    def _gates(self) -> tuple[GateChange, ...]:
        found = []
        sheets = (self.differing.before, self.differing.after)
        shut = [set(self.ledger.shut(sheet)) for sheet in sheets]
        for path in self.second.paths:
            for gate in self.base.path[path.id].gates:
                key = (path.id, gate.id)
                if (key in shut[0]) == (key in shut[1]):
                    continue
                after = key in shut[1]
                blocked = (self.second if after else self.first).path(path.id).blocked_by
                note = next(one for one in blocked if one.id == gate.id)
                through = self.turning.through(self.ledger.gate_looks_at[gate.id], self.turning.units)
                found.append(
                    GateChange(
                        path.id, gate.id, "after" if after else "before", note.text, note.opens, through, note.claims
                    )
                )
        return tuple(found)

    def _roles(self) -> tuple[RoleChange, ...]:
        before, after = set(self.turning.before.roles), set(self.turning.after.roles)
        return tuple(
            RoleChange(
                role.id,
                role.title,
                "after" if role.id in after else "before",
                self.turning.through(self.ledger.role_looks_at[role.id], self.turning.units),
            )
            for role in self.base.other_roles
            if role.id in before ^ after
        )

    def _arguments(self) -> tuple[ArgumentChange, ...]:
        """The arguments that count differently, the largest change first."""
        found = []
        for key in self.base.rules:
            before, after = (
                in_points(self.ledger.points(key, sheet)) for sheet in (self.differing.before, self.differing.after)
            )
            if before != after:
                found.append(self._argument(key, before, after))
        return tuple(sorted(found, key=lambda one: -abs(one.after - one.before)))

    def _argument(self, key: str, before: float, after: float) -> ArgumentChange:
        rule, paths = self.base.rules[key], self.base.paths_of(key)
        through = self.turning.through(self.turning.looks_at(key), self.turning.moving(key))
        was, now = self.first.path(paths[0]), self.second.path(paths[0])
        return ArgumentChange(
            rule=key,
            paths=paths,
            criterion=rule.criterion,
            asks=rule.asks,
            before=before,
            after=after,
            before_text=_texts(was).get(key, ""),
            after_text=_texts(now).get(key, ""),
            before_open=key in was.undecided,
            after_open=key in now.undecided,
            state=self._argument_state(through),
            through=through,
            claims=citations(self.base, rule.claims),
        )

    def _argument_state(self, through: tuple[str, ...]) -> ArgumentState:
        states = {one.state for one in self.answers if one.question in through}
        if states == {"now known"}:
            return "now known"
        return "no longer known" if states == {"no longer known"} else "changed"


def _texts(path: PathResult) -> Mapping[str, str]:
    return {reason.rule: reason.text for reason in path.reasons}


def _place(path: PathResult) -> PathPlace:
    return PathPlace(path.rank, path.score, path.low, path.high, path.chance_best, path.status, path.left_out)


def _side(assessment: Assessment, label: str) -> Side:
    verdict = assessment.verdict
    return Side(
        label=label,
        name=assessment.name,
        kind=verdict.kind,
        path=verdict.path,
        runner_up=verdict.runner_up,
        settled=verdict.settled,
        chance=verdict.chance,
        margin=verdict.margin,
        summary=verdict.summary,
        roles=tuple(role.title for role in assessment.other_roles if role.decides),
        open_questions=len(assessment.open_questions),
        notices=assessment.notices,
    )
