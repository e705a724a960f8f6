"""What it would be worth to find something out: the expected value of partial perfect information, in points.

Somebody who must choose now takes the path with the most points expected over the completions of their open answers.
Somebody who first learns one answer chooses anew for each answer it could be. The value of that answer is how many
points more the second expects (Raiffa and Schlaifer 1961). A path that a gate closes counts for no more than 0.

Where every completion is listed, this is exact. Where they are drawn, only the arguments that can move with the answer
are looked at, so that chance in all others drops out; and what to choose is decided on one half of the draws and
valued on the other, so that chance cannot pass for value.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from pathfinder.answers.scope import scope_of
from pathfinder.assessment.completions import Completions
from pathfinder.assessment.counterfactual import Change, Counterfactuals
from pathfinder.assessment.scoring import Scorer
from pathfinder.rulebase.columns import evaluate
from pathfinder.rulebase.models import RuleBase

NOISE = 0.02
"""A value below this, in points, is told as none where completions are drawn: it cannot be told from chance."""

EXACT_NOISE = 1e-6
"""The same where they are listed."""

MOST_KINDS = 256
"""Several questions are looked at together only as long as their answers make no more kinds than this."""


class Information:
    """The worth of answers to the open questions of one sheet."""

    def __init__(self, base: RuleBase, scorer: Scorer, completions: Completions) -> None:
        self.base, self.scorer, self.completions = base, scorer, completions
        self.mass, self.frame = completions.mass, completions.frame
        self._paths = [path.id for path in base.paths]
        self._worth: dict[frozenset[str], float] = {}

    def value(self, questions: Iterable[str]) -> float:
        """The points expected to be gained by knowing the answers to some open questions before choosing, 0 or more.

        Where the answers to all of them make too many kinds, as many are taken as do not, in the order given.
        """
        kinds, asked = self._kinds(questions)
        found = self._worth.get(asked)
        if found is None:
            found = self._worth[asked] = self._value(kinds, self._moving(asked)) if len(kinds) > 1 else 0.0
        return found

    def chance(self, question: str, what_if: Counterfactuals) -> float:
        """How likely it is, 0 to 1, that the answer to one question changes who comes first."""
        first = what_if.now.winner()[0]
        asked_if = self.base.relevance.get(question)
        applies = evaluate(asked_if, self.frame).true if asked_if is not None else self.frame.everyone
        return sum(
            self.mass.share(people & applies)
            for value, people in self.frame.answers[question].items()
            if people & applies and what_if.winner(Change(question, value))[0] != first
        )

    def _kinds(self, questions: Iterable[str]) -> tuple[list[int], frozenset[str]]:
        """The completions divided by their answers to some questions, and which questions these are."""
        kinds, asked = [self.frame.everyone], []
        for question in questions:
            columns = [people for people in self.frame.answers[question].values() if people]
            finer = [part for kind in kinds for people in columns if (part := kind & people)]
            if len(finer) <= MOST_KINDS:
                kinds = finer
                asked.append(question)
        return kinds, frozenset(asked)

    def _moving(self, questions: frozenset[str]) -> Collection[str]:
        """The arguments whose points can move with the answers to some questions, or with answers that hang together
        with these."""
        together, waiting = set(questions), list(questions)
        while waiting:
            for other in self._linked.get(waiting.pop(), ()):
                if other not in together:
                    together.add(other)
                    waiting.append(other)
        return [rule.id for rule in self.base.rules.values() if not together.isdisjoint(self.scorer.scope(rule).checks)]

    @cached_property
    def _linked(self) -> dict[str, set[str]]:
        """For each question that is not certain those whose plausible shares hang on it, or its own on them."""
        varying = {question for question, columns in self.frame.answers.items() if len(columns) > 1}
        found: dict[str, set[str]] = {question: set() for question in varying}
        for question in varying:
            for other in varying.intersection(scope_of(self.base, self.base.given.get(question, ())).checks):
                found[question].add(other)
                found[other].add(question)
        return found

    def _value(self, kinds: Sequence[int], rules: Collection[str]) -> float:
        whole = self.frame.everyone
        moving = self._points(rules, whole)
        steady = {path: self._means[path] - moving[path] for path in self._paths}
        now = max(self._paths, key=lambda path: self._means[path] - self._lost(path, whole))
        gained = [self._gained(kinds, rules, steady, now, half, other) for half, other in self._halves]
        found = sum(gained) / len(gained)
        return found if found >= (EXACT_NOISE if self.mass.exact else NOISE) else 0.0

    def _gained(
        self, kinds: Sequence[int], rules: Collection[str], steady: dict[str, float], now: str, half: int, other: int
    ) -> float:
        """What choosing by kind of answer gains over choosing `now`: chosen on one half, valued on the other."""
        gained = 0.0
        for people in kinds:
            share = self.mass.share(people & other)
            if share and self.mass.share(people & half):
                known = self._expected(people & half, rules, steady)
                chosen = max(self._paths, key=lambda path: known[path])
                if chosen != now:
                    worth = known if half == other else self._expected(people & other, rules, steady)
                    gained += share * (worth[chosen] - worth[now])
        return gained / self.mass.share(other)

    @cached_property
    def _halves(self) -> tuple[tuple[int, int], ...]:
        """The completions to choose on and those to value on, both ways round; all of them where they are listed."""
        whole = self.frame.everyone
        if self.mass.exact:
            return ((whole, whole),)
        half = whole // 3  # every other bit
        return ((half, whole & ~half), (whole & ~half, half))

    @cached_property
    def _means(self) -> dict[str, float]:
        """The points expected of each path."""
        return {path: self.completions.mean(path, self.frame.everyone) for path in self._paths}

    def _expected(self, people: int, rules: Collection[str], steady: dict[str, float]) -> dict[str, float]:
        """What each path is worth to some people on average."""
        share, points = self.mass.share(people), self._points(rules, people)
        return {path: steady[path] + (points[path] - self._lost(path, people)) / share for path in self._paths}

    def _points(self, rules: Collection[str], people: int) -> dict[str, float]:
        """The points of some arguments for some people, times how probable these are."""
        found = dict.fromkeys(self._paths, 0.0)
        for rule in rules:
            fired = self.completions.fired[rule]
            points = sum(one.points * self.mass.share(one.people & people) for one in fired if one.points)
            for path in self.base.paths_of(rule):
                found[path] += points
        return found

    def _lost(self, path: str, people: int) -> float:
        """The points above 0 that a closed path has for nothing, times how probable these people are."""
        closed = self.completions.blocked[path] & people
        negative = self.completions.sums[path].negative()
        return self.completions.mean(path, closed & ~negative) if closed else 0.0
