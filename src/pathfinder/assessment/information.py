"""What it would be worth to find something out: the expected value of partial perfect information, in points.

Somebody who must choose now takes the path with the most points expected over the completions of their open answers.
Somebody who first learns one answer chooses anew for each answer it could be. The value of that answer is how many
points more the second expects (Raiffa and Schlaifer 1961). A path that a gate closes counts for no more than 0.

Where every completion is listed, this is exact. Where they are drawn, only the arguments that can move with the answer
are looked at, so that chance in all others drops out; and what to choose is decided on one half of the draws and
valued on the other, so that chance cannot pass for value.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from pathfinder.assessment.cellbook import CellBook
from pathfinder.assessment.completions import Completions
from pathfinder.assessment.counterfactual import Change, Counterfactuals
from pathfinder.assessment.counts import Tables
from pathfinder.assessment.mass import Mass
from pathfinder.assessment.planes import Sums
from pathfinder.assessment.scoring import Scorer
from pathfinder.rulebase.columns import evaluate
from pathfinder.rulebase.models import RuleBase

NOISE = 0.02
"""A value below this, in points, is told as none where completions are drawn: it cannot be told from chance."""

EXACT_NOISE = 1e-6
"""The same where they are listed."""

_LEVEL = 1e-9
"""A lead below this is none: sums of fractions are not exact."""

_MANY = 0.25
"""The share of completions from which on a path is closed to many."""

MOST_KINDS = 256
"""Several questions are looked at together only as long as their answers make no more kinds than this."""


class Information:
    """The worth of answers to the open questions of one sheet."""

    def __init__(self, base: RuleBase, scorer: Scorer, completions: Completions, tables: Tables | None = None) -> None:
        self.base, self.completions = base, completions
        self.tables = tables or Tables(base, scorer, CellBook(base))
        self.mass, self.frame = completions.mass, completions.frame
        self._everyone = completions.frame.everyone
        self._worth: dict[frozenset[str], float] = {}
        self._leads: dict[frozenset[str], tuple[_Lead, ...]] = {}
        self._bounded: dict[frozenset[str], dict[str, tuple[float, float]]] = {}

    def value(self, questions: Iterable[str]) -> float:
        """The points expected to be gained by knowing the answers to some open questions before choosing, 0 or more.

        Where the answers to all of them make too many kinds, as many are taken as do not, in the order given.
        """
        kinds, asked = self._kinds(questions)
        found = self._worth.get(asked)
        if found is None:
            found = self._worth[asked] = self._value(kinds, asked) if len(kinds) > 1 else 0.0
        return found

    def chance(self, question: str, what_if: Counterfactuals) -> float:
        """How likely it is, 0 to 1, that the answer to one question changes who comes first."""
        first = what_if.now.winner()[0]
        asked_if = self.base.relevance.get(question)
        applies = evaluate(asked_if, self.frame).true if asked_if is not None else self._everyone
        return sum(
            self.mass.share(people & applies)
            for value, people in self.frame.answers[question].items()
            if people & applies and what_if.winner(Change(question, value))[0] != first
        )

    def _kinds(self, questions: Iterable[str]) -> tuple[list[int], frozenset[str]]:
        """The completions divided by their answers to some questions, and which questions these are."""
        kinds, asked = [self._everyone], []
        for question in questions:
            columns = [people for people in self.frame.answers[question].values() if people]
            finer = [part for kind in kinds for people in columns if (part := kind & people)]
            if len(finer) <= MOST_KINDS:
                kinds = finer
                asked.append(question)
        return kinds, frozenset(asked)

    def _value(self, kinds: Sequence[int], asked: frozenset[str]) -> float:
        together = frozenset().union(*(self._together(question) for question in asked))
        shares = [self.mass.share(people & half) for people in kinds for half, _ in self._halves]
        bounds = self._bounds(together).values()
        if all(most * share + gates <= 0 for most, gates in bounds for share in shares):
            return 0.0
        leads = self._leads_with(together)
        if not leads:
            return 0.0
        gained = [self._gained(kinds, leads, half, other) for half, other in self._halves]
        found = sum(gained) / len(gained)
        return found if found >= (EXACT_NOISE if self.mass.exact else NOISE) else 0.0

    def _gained(self, kinds: Sequence[int], leads: Sequence[_Lead], half: int, other: int) -> float:
        """What choosing by kind of answer gains over the choice of now: chosen on one half, valued on the other."""
        gained = 0.0
        ahead = [self._by_kind(kinds, lead, half) for lead in leads]
        for people, leading in zip(kinds, zip(*ahead, strict=True), strict=True):
            most = max(leading)
            if most > _LEVEL and people & half and people & other:
                chosen = leads[leading.index(most)]
                gained += most if half == other else chosen.expected(self.mass, people & other)
        return gained / self.mass.share(other)

    def _by_kind(self, kinds: Sequence[int], lead: _Lead, half: int) -> list[float]:
        """The lead for those in a half who give each kind of answer, times how probable they are; 0 where it cannot be
        above that."""
        if lead.gates:
            judged = [people & half for people in kinds]
            return [
                lead.expected(self.mass, people) if lead.most * self.mass.share(people) + lead.gates > 0 else 0.0
                for people in judged
            ]
        found = [lead.expected(self.mass, people & half) for people in kinds[:-1]]
        return [*found, lead.expected(self.mass, half) - sum(found)]  # all kinds together are the whole half

    def _leads_with(self, questions: frozenset[str]) -> tuple[_Lead, ...]:
        """For each path that could be chosen instead of the one chosen now, its lead over that one, where only the
        arguments move that look at some questions; without the paths that can get ahead for nobody."""
        found = self._leads.get(questions)
        if found is None:
            rules = self._looking_at(questions)
            leads = (self._lead(path, rules, self._gated(path, questions)) for path in self._others)
            found = self._leads[questions] = tuple(lead for lead in leads if lead.can_be_positive)
        return found

    def _looking_at(self, questions: frozenset[str]) -> list[str]:
        looking_at = self.tables.looking_at
        return list(dict.fromkeys(rule for question in questions for rule in looking_at.get(question, ())))

    def _bounds(self, questions: frozenset[str]) -> dict[str, tuple[float, float]]:
        """For each path that could be chosen instead, more than it can be ahead for anybody by what the arguments that
        look at some questions can move at all, gates aside; and what gates take from the path chosen now."""
        found = self._bounded.get(questions)
        if found is None:
            spans = dict.fromkeys(self._others, 0)
            for rule in self._looking_at(questions):
                fired = self.completions.fired[rule]
                points = [0, *(one.points for one in fired)]
                span = 0 if len(fired) == 1 and fired[0].people == self._everyone else max(points) - min(points)
                on = self.base.paths_of(rule)
                for path in spans:
                    if (path in on) != (self._now in on):
                        spans[path] += span
            gated = {path: self._gated(path, questions) for path in spans}
            found = self._bounded[questions] = {
                path: (self._mean_lead(path, gated[path]) + span, self._gates if gated[path] else 0.0)
                for path, span in spans.items()
            }
        return found

    def _lead(self, path: str, rules: Sequence[str], gated: bool) -> _Lead:
        """The lead of a path over the one chosen now, by what some arguments make of it. What a path that a gate closes
        has above 0 is lost to it; where the answers do not move that, arguments count for nobody to whom it is lost."""
        grain, sums = self.completions.grain, self.completions.sums
        moving = Sums(self.frame.size, sums[path].width + 2)
        for one_path, sign in ((path, 1), (self._now, -1)):
            counted = self._everyone if gated else ~self._closed(one_path)[1]
            for rule in rules:
                if one_path in self.base.paths_of(rule):
                    for one in self.completions.fired[rule]:
                        moving.add(one.people & counted, round(sign * one.points * grain))
        steady = self._mean_lead(path, gated) - self.mass.mean(moving, self._everyone) / grain
        most = steady + moving.most() / grain
        if gated:
            moving.join(*self._closed(self._now), 1)
            moving.join(*self._closed(path), -1)
        least = moving.from_zero()
        return _Lead(steady + least / grain, moving, grain, most, self._gates if gated else 0.0)

    def _mean_lead(self, path: str, gated: bool) -> float:
        """The points that a path is expected to be ahead of the one chosen now; what gates take from either is left out
        where they are looked at by themselves."""
        if gated:
            means = (self.completions.mean(one, self._everyone) for one in (path, self._now))
            return next(means) - next(means)
        return self._worth_of[path] - self._worth_of[self._now]

    def _gated(self, path: str, questions: frozenset[str]) -> bool:
        """Whether what gates take from a path, or from the one chosen now, can move with the answers to some questions;
        among drawn completions, chance in what cannot is left out. A path that is closed to many counts for 0 or for
        less than that, so that every answer can move what gates take from it."""
        shut = [self.mass.share(self.completions.blocked[one]) for one in (path, self._now)]
        if not any(shut):
            return False
        return (
            self.mass.exact
            or max(shut) > _MANY
            or any(not questions.isdisjoint(gate.steps) for on, gate in self.tables.gates if on in (path, self._now))
        )

    def _closed(self, path: str) -> tuple[Sums, int]:
        """A path's points, and the people for whom it has some above 0 that a gate takes from it."""
        sums = self.completions.sums[path]
        return sums, self.completions.blocked[path] & ~sums.negative()

    def _together(self, question: str) -> frozenset[str]:
        """A question with those whose answers hang together with its own."""
        return self._groups.get(question, frozenset((question,)))

    @cached_property
    def _groups(self) -> dict[str, frozenset[str]]:
        """The questions that are not certain, in groups whose plausible shares hang together."""
        varying = {question for question, columns in self.frame.answers.items() if len(columns) > 1}
        groups: dict[str, set[str]] = {question: {question} for question in varying}
        for question, others in self.tables.shares_hang_on.items():
            if question in varying:
                for other in varying & others:
                    if groups[other] is not groups[question]:
                        groups[question] |= groups[other]
                        for one in groups[other]:
                            groups[one] = groups[question]
        return {question: frozenset(group) for question, group in groups.items()}

    @cached_property
    def _halves(self) -> tuple[tuple[int, int], ...]:
        """The completions to choose on and those to value on, both ways round; all of them where they are listed."""
        whole = self._everyone
        if self.mass.exact:
            return ((whole, whole),)
        half = whole // 3  # every other bit
        return ((half, whole & ~half), (whole & ~half, half))

    @cached_property
    def _others(self) -> list[str]:
        """The paths that could be chosen instead of the one chosen now."""
        return [path for path in self._worth_of if path != self._now]

    @cached_property
    def _gates(self) -> float:
        """The points expected to be taken from the path chosen now by gates that close it."""
        sums, closed = self._closed(self._now)
        return self.mass.mean(sums, closed) / self.completions.grain if closed else 0.0

    @cached_property
    def _worth_of(self) -> dict[str, float]:
        """The points expected of each path, nothing above 0 counted where it is closed."""
        found = {}
        for path in self.completions.sums:
            sums, closed = self._closed(path)
            lost = self.mass.mean(sums, closed) if closed else 0
            found[path] = self.completions.mean(path, self._everyone) - lost / self.completions.grain
        return found

    @cached_property
    def _now(self) -> str:
        """The path that is chosen by the answers so far."""
        return max(self._worth_of, key=lambda path: self._worth_of[path])


class _Lead(NamedTuple):
    """The points that a path is ahead of the one chosen now: the same `steady` ones for everybody, and those that
    `moving` arguments, and gates, make of it, in parts of a point.

    `most` is what arguments alone can make of it; `gates` is what those that close the path chosen now take from that
    one, for everybody together.
    """

    steady: float
    moving: Sums
    grain: int
    most: float
    gates: float

    @property
    def can_be_positive(self) -> bool:
        """Whether the path can be ahead for anybody."""
        return self.most > 0 or self.gates > 0

    def expected(self, mass: Mass, people: int) -> float:
        """The lead for some people, times how probable they are."""
        return self.steady * mass.share(people) + mass.mean(self.moving, people) / self.grain
