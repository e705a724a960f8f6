"""What it would be worth to find something out: the expected value of partial perfect information, in points.

Somebody who must choose now takes the path with the most points expected over the completions of their open answers.
Somebody who first learns one answer chooses anew for each answer it could be. The value of that answer is how many
points more the second expects (Raiffa and Schlaifer 1961). A path that a gate closes counts for no more than 0.

Where every completion is listed, this is exact. Where they are drawn, only the arguments that can move with the answer
are looked at, so that chance in all others drops out; and what to choose is decided on one half of the draws and
valued on the other, so that chance cannot pass for value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from pathfinder.assessment.changes.counterfactual import Change, Counterfactuals
from pathfinder.assessment.completions.completing import Completions
from pathfinder.assessment.completions.mass import Mass
from pathfinder.assessment.completions.planes import Sums
from pathfinder.assessment.scoring.cellbook import CellBook
from pathfinder.assessment.scoring.counts import Tables
from pathfinder.assessment.scoring.scorer import Scorer
from pathfinder.rulebase.models import RuleBase

NOISE = 0.02
"""A value below this, in points, is told as none where completions are drawn: it cannot be told from chance."""

EXACT_NOISE = 1e-6
"""The same where they are listed."""

_LEVEL = 1e-9
"""A lead below this is none: sums of fractions are not exact."""

_DIGITS_LEFT = 2
"""How many of the last binary digits of a lead are not looked at where it is bounded."""

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
        self._spans: dict[str, float] = {}

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
        if what_if.stands(question):
            return 0.0
        applies = self._everyone & ~self.frame.irrelevant(question)
        return sum(
            self.mass.share(people & applies)
            for value, people in self.frame.answers[question].items()
            if people & applies and what_if.winner(Change(question, value))[0] != what_if.first
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
        leads = self._leads_with(together)
        if not leads:
            return 0.0
        groups = [_Groups(self.mass, half, kinds) for half in self._halves]
        gained = [self._gained(leads, half, groups[half], groups[-1 - half]) for half in range(len(groups))]
        found = sum(gained) / len(gained)
        return found if found >= (EXACT_NOISE if self.mass.exact else NOISE) else 0.0

    def _gained(self, leads: Sequence[_Lead], half: int, chosen_on: _Groups, valued_on: _Groups) -> float:
        """What choosing by kind of answer gains over the choice of now: chosen on one half, valued on the other."""
        gained = 0.0
        for kind, weight in enumerate(chosen_on.weights):
            most, chosen = _LEVEL, None
            for lead in leads:
                if weight < lead.reach[half]:
                    ahead = lead.expected(self.mass, chosen_on.people[kind], weight)
                    if ahead > most:
                        most, chosen = ahead, lead
            if chosen is not None:
                same = chosen_on is valued_on
                gained += most if same else chosen.expected(self.mass, valued_on.people[kind], valued_on.weights[kind])
        return gained / valued_on.share

    def _leads_with(self, questions: frozenset[str]) -> tuple[_Lead, ...]:
        """For each path that could be chosen instead of the one chosen now, its lead over that one, where only the
        arguments move that look at some questions; without the paths that can get ahead for nobody."""
        found = self._leads.get(questions)
        if found is None:
            rules = self._looking_at(questions)
            gated = {path: self._gated(path, questions) for path in self._others}
            rivals = [path for path in self._others if self._can_lead(path, gated[path], rules)]
            sides: dict[tuple[str, bool], Sums] = {}
            for rival in rivals:
                for path in (rival, self._now):
                    if (path, gated[rival]) not in sides:
                        sides[path, gated[rival]] = self._side(path, gated[rival], rules)
            leads = [
                self._lead(path, gated[path], sides[path, gated[path]], sides[self._now, gated[path]])
                for path in rivals
            ]
            found = self._leads[questions] = tuple(
                lead.reaching(self.mass, self._halves) for lead in leads if lead.can_be_positive
            )
        return found

    def _looking_at(self, questions: frozenset[str]) -> dict[str, None]:
        looking_at = self.tables.looking_at
        return dict.fromkeys(rule for question in questions for rule in looking_at.get(question, ()))

    def _can_lead(self, path: str, gated: bool, rules: Iterable[str]) -> bool:
        """Whether a path could be ahead of the one chosen now for anybody, were some arguments to count as much for it
        as they can."""
        if gated and self._gates:
            return True
        most = self._mean_lead(path, gated)
        if most > 0:
            return True
        closed = not gated and any(self._closed(one)[1] for one in (path, self._now))
        for rule in rules:  # one on both paths moves neither ahead, unless it is lost to one of them
            on = self.base.paths_of(rule)
            if (path in on) != (self._now in on) or (closed and path in on):
                most += self._span(rule)
                if most > 0:
                    return True
        return False

    def _span(self, rule: str) -> float:
        """Between how many points an argument can move."""
        found = self._spans.get(rule)
        if found is None:
            points = [one.points for one in self.completions.fired[rule]]
            found = self._spans[rule] = max(0, *points) - min(0, *points) if rule in self._moving else 0
        return found

    @cached_property
    def _moving(self) -> set[str]:
        """The arguments that do not come to the same for everybody."""
        fired = self.completions.fired.items()
        return {rule for rule, found in fired if len(found) > 1 or any(one.people != self._everyone for one in found)}

    def _side(self, path: str, gated: bool, rules: Mapping[str, None]) -> Sums:
        """What some arguments make of a path, in parts of a point, beside what is the same for everybody. What a path
        that a gate closes has above 0 is lost to it; where the answers do not move that, arguments count for nobody to
        whom it is lost."""
        whole, grain = self.completions.sums[path], self.completions.grain
        moving = [rule.id for rule in self.base.rules_of(path) if rule.id in self._moving]
        rest = [rule for rule in moving if rule not in rules]
        lost = 0 if gated else self._closed(path)[1]
        if lost or 2 * len(rest) > len(moving):
            found, sign = Sums(self.frame.size, whole.width + 2), 1
            counted = [rule.id for rule in self.base.rules_of(path) if rule.id in rules]
        else:  # quicker to take the others from the sum of all
            found, sign, counted = whole.wider(2), -1, rest
        for rule in counted:
            for one in self.completions.fired[rule]:
                found.add(one.people & ~lost if lost else one.people, sign * round(one.points * grain))
        return found

    def _lead(self, path: str, gated: bool, mine: Sums, theirs: Sums) -> _Lead:
        """The lead of a path over the one chosen now, by what some arguments make of either."""
        grain = self.completions.grain
        moving = mine.less(theirs)
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
        worth = self._means if gated else self._worth_of
        return worth[path] - worth[self._now]

    def _gated(self, path: str, questions: frozenset[str]) -> bool:
        """Whether what gates take from a path, or from the one chosen now, can move with the answers to some questions;
        among drawn completions, chance in what cannot is left out. A path that is closed to many counts for 0 or for
        less than that, so that every answer can move what gates take from it."""
        shut = [self._shut[one] for one in (path, self._now)]
        if not any(shut):
            return False
        return (
            self.mass.exact
            or max(shut) > _MANY
            or any(not questions.isdisjoint(gate.steps) for on, gate in self.tables.gates if on in (path, self._now))
        )

    @cached_property
    def _shut(self) -> dict[str, float]:
        """How likely it is that a gate closes each path, 0 to 1."""
        return {path: self.mass.share(people) for path, people in self.completions.blocked.items()}

    def _closed(self, path: str) -> tuple[Sums, int]:
        """A path's points, and the people for whom it has some above 0 that a gate takes from it."""
        sums, blocked = self.completions.sums[path], self.completions.blocked[path]
        return sums, blocked & ~sums.negative() if blocked else 0

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
    def _halves(self) -> tuple[int, ...]:
        """The completions in two halves, to choose on one and to value on the other; all of them where they are
        listed."""
        whole = self._everyone
        if self.mass.exact:
            return (whole,)
        half = whole // 3  # every other bit
        return (half, whole & ~half)

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
    def _means(self) -> dict[str, float]:
        """The points expected of each path, whether it is closed or not."""
        return {path: self.completions.mean(path, self._everyone) for path in self.completions.sums}

    @cached_property
    def _worth_of(self) -> dict[str, float]:
        """The points expected of each path, nothing above 0 counted where it is closed."""
        found = {}
        for path, mean in self._means.items():
            sums, closed = self._closed(path)
            lost = self.mass.mean(sums, closed) if closed else 0
            found[path] = mean - lost / self.completions.grain
        return found

    @cached_property
    def _now(self) -> str:
        """The path that is chosen by the answers so far."""
        return max(self._worth_of, key=lambda path: self._worth_of[path])


class _Groups:
    """The people of one half by the kind of answer they give, with the weight of each kind and the share of all."""

    def __init__(self, mass: Mass, half: int, kinds: Iterable[int]) -> None:
        self.people = [people & half for people in kinds]
        self.weights = [mass.weight(people) for people in self.people]
        self.share = mass.share(half)


class _Lead(NamedTuple):
    """The points that a path is ahead of the one chosen now: the same `steady` ones for everybody, and those that
    `moving` arguments, and gates, make of it, in parts of a point.

    `most` is what arguments alone can make of it; `gates` is what those that close the path chosen now take from that
    one, for everybody together. `reach` tells for each half from which weight on people of it are not ahead, taken
    together, whoever they are.
    """

    steady: float
    moving: Sums
    grain: int
    most: float
    gates: float
    reach: tuple[float, ...] = ()

    @property
    def can_be_positive(self) -> bool:
        """Whether the path can be ahead for anybody."""
        return self.most > 0 or self.gates > 0

    def reaching(self, mass: Mass, halves: Iterable[int]) -> _Lead:
        """The same with its reach in each half."""
        return self._replace(reach=tuple([self._reach(mass, half) for half in halves]))

    def _reach(self, mass: Mass, half: int) -> float:
        """Those who are furthest ahead are taken first, until what they are ahead is used up by those behind."""
        weight, ahead = 0, 0.0
        for people, most in _from_the_top(self.moving.planes, half):
            more, each = mass.weight(people), self.steady + most / self.grain
            if more and ahead + more * each <= 0:
                return weight + ahead / -each if each else weight
            weight, ahead = weight + more, ahead + more * each
        return weight + 1

    def expected(self, mass: Mass, people: int, weight: int) -> float:
        """The lead for some people of some weight, times how probable they are."""
        return self.steady * (weight / mass.whole) + mass.mean(self.moving, people) / self.grain


def _from_the_top(planes: Sequence[int], people: int) -> Iterator[tuple[int, int]]:
    """People by their sums, none of them below 0, the largest first: as many as differ in nothing but the last digits,
    with the largest sum that they could have."""
    waiting = [(people, len(planes) - 1, 0)]
    while waiting:
        people, place, least = waiting.pop()
        if place < _DIGITS_LEFT:
            yield people, least + (1 << place + 1) - 1
            continue
        mine = people & planes[place]
        if others := people & ~planes[place]:
            waiting.append((others, place - 1, least))
        if mine:
            waiting.append((mine, place - 1, least + (1 << place)))
