"""What would have to be different for another path to win: every single answer that would do it, exactly.

An alternative replaces the answer to one question by another kind of answer. Its effect is worked out on the few
arguments that look at the question, with everything else as it was answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from operator import add

from msgspec import Struct

from pathfinder.answers.facts import Facts
from pathfinder.answers.segments import segments
from pathfinder.answers.sheet import Among, Answer, AnswerSheet, Certain, Interval
from pathfinder.assessment.scoring.cellbook import CellBook
from pathfinder.assessment.scoring.counts import Counts, Span, Tables
from pathfinder.assessment.scoring.scorer import Scorer
from pathfinder.rulebase.conditions import Value
from pathfinder.rulebase.models import RuleBase

_TOLERANCE = 1e-5
"""More points than sums of fractions can be off by, and fewer than any step between them."""


class Change(Struct, frozen=True):
    """Another answer to one question: `value` stands for every answer that the rule base cannot tell from it."""

    question: str
    value: Value


class Flip(Struct, frozen=True):
    """Changes under which `winner` wins (None: under which nothing of weight speaks for any path), with its lead
    over the next open path in points."""

    winner: str | None
    changes: tuple[Change, ...]
    margin: float


class Standing(Struct, frozen=True):
    """The paths as they stand: their points, and which of them a gate closes. `enough` is what it takes to win;
    nobody wins where the person belongs `outside` the paths."""

    scores: Mapping[str, float]
    blocked: frozenset[str]
    enough: float
    outside: bool = False

    def winner(self) -> tuple[str | None, float]:
        """Who comes first with enough points for it (None where nobody does), and the lead over the next open path
        in points. The base's order breaks a tie, with a lead of 0."""
        if self.outside:
            return None, 0.0
        return _winner([(path, score) for path, score in self.scores.items() if path not in self.blocked], self.enough)


def _winner(ranked: Sequence[tuple[str, float]], enough: float) -> tuple[str | None, float]:
    """Which of some paths has the most points, if it has enough, and the lead over the next one."""
    scores = [score for _, score in ranked]
    most = max(scores, default=0.0)
    if not scores or most < enough:
        return None, 0.0
    place = scores.index(most)
    del scores[place]
    return ranked[place][0], round(most - max(scores, default=0.0), 6)


def _most(moving: Sequence[Span], path: str, rival: str = "") -> float:
    """How many points some arguments can move a path, or its lead over a rival, at most; never too few, as sums
    of fractions are not exact."""
    return _TOLERANCE + sum([span.points for span in moving if (path in span.on) != (rival in span.on)])


class Counterfactuals:
    """Changes to one sheet on one rule base; what the arguments count for the sheet, and what is known of it, can be
    given where they were worked out before."""

    def __init__(
        self,
        base: RuleBase,
        sheet: AnswerSheet,
        scorer: Scorer,
        book: CellBook,
        counts: Counts | None = None,
        facts: Facts | None = None,
    ) -> None:
        self.base, self.sheet, self.book = base, sheet, book
        self._facts = facts or Facts(base, sheet)
        self.counts = counts or Counts(Tables(base, scorer, book), sheet)
        self.tables = self.counts.tables
        self._gated = {question for _, gate in self.tables.gates for question in gate.steps}
        self._deciding = {question for role in self.tables.roles for question in role.steps}
        self._winners: dict[str, list[tuple[str | None, float]]] = {}

    @cached_property
    def now(self) -> Standing:
        """How the paths stand on the answers given."""
        score = self.counts.score
        scores = {
            path.id: sum([score(rule.id).points for rule in self.base.rules_of(path.id)]) for path in self.base.paths
        }
        return self._standing(scores, self.counts.blocked(), self.counts.outside())

    @cached_property
    def first(self) -> str | None:
        """Who wins on the answers given (see `Standing.winner`)."""
        return self.now.winner()[0]

    def winner(self, change: Change) -> tuple[str | None, float]:
        """Who would win after one change, and by how much (see `Standing.winner`)."""
        question = change.question
        found = self._winners.get(question)
        if found is None:
            found = self._winners[question] = self._after_each(question)
        return found[self.book.code(question, change.value) - 1]

    def stands(self, question: str) -> bool:
        """Whether no answer to a question changes who wins, however much the arguments that look at it count; where
        this is False, none may do so all the same."""
        now, first = self.now, self.first
        if question in self._gated or question in self._deciding:
            return False
        if now.outside:
            return True
        moving = [self.tables.span(rule) for rule in self.tables.looking_at.get(question, ())]
        rivals = [path for path in now.scores if path not in now.blocked and path != first]
        if first is None:
            return all(now.scores[path] + _most(moving, path) < now.enough for path in rivals)
        mine = now.scores[first]
        if mine - _most(moving, first) < now.enough:
            return False
        return all(mine - now.scores[path] > _most(moving, first, path) for path in rivals)

    def _after_each(self, question: str) -> list[tuple[str | None, float]]:
        """Who would win were the answer to one question another, by the code of that one, from 1."""
        codes, now = range(1, len(self.book.open(question)) + 1), self.now
        scores = {path: [score] * len(codes) for path, score in now.scores.items()}
        for rule in self.tables.looking_at.get(question, ()):
            moved = self.counts.moved(rule, question)[1:]
            if any(moved):
                for path in self.base.paths_of(rule):
                    scores[path] = list(map(add, scores[path], moved))
        blocked = self.counts.blocked_by(question) if question in self._gated else [now.blocked] * len(codes)
        outside = [now.outside] * len(codes)
        if question in self._deciding:
            outside = [self.counts.outside({question: code}) for code in codes]
        known: dict[object, tuple[str | None, float]] = {}
        found: list[tuple[str | None, float]] = []
        for one in zip(zip(*scores.values(), strict=True), blocked, outside, strict=True):
            if one not in known:  # several answers often come to the same
                points, shut, elsewhere = one
                ranked = [(path, round(sum_, 6)) for path, sum_ in zip(scores, points, strict=True) if path not in shut]
                known[one] = (None, 0.0) if elsewhere else _winner(ranked, now.enough)
            found.append(known[one])
        return found

    def standing(self, changes: Sequence[Change]) -> Standing:
        """How they would stand after some changes."""
        other = {one.question: self.book.code(one.question, one.value) for one in changes}
        now, looking_at, counts = self.now, self.tables.looking_at, self.counts
        scores = dict(now.scores)
        for rule in dict.fromkeys(rule for question in other for rule in looking_at.get(question, ())):
            steps = self.tables.argument(rule).steps
            mine = {question: code for question, code in other.items() if question in steps}
            moved = counts.points(rule, mine) - counts.score(rule).points
            for path in self.base.paths_of(rule) if moved else ():
                scores[path] += moved
        blocked = now.blocked if self._gated.isdisjoint(other) else counts.blocked(other)
        outside = now.outside if self._deciding.isdisjoint(other) else counts.outside(other)
        return self._standing(scores, blocked, outside)

    def _standing(self, scores: Mapping[str, float], blocked: frozenset[str], outside: bool) -> Standing:
        tidy = {path: round(score, 6) for path, score in scores.items()}
        return Standing(tidy, blocked, self.base.general.verdict.enough, outside)

    def may_block(self, question: str) -> bool:
        """Whether a gate looks at a question."""
        return question in self._gated

    def questions(self) -> Iterator[str]:
        """The questions that apply to this person and that any argument or gate looks at."""
        for question in self.base.questions:
            looked_at = question in self.tables.looking_at or self.may_block(question)
            if looked_at and self._facts.relevance(question) is not False:
                yield question

    def alternatives(self, question: str) -> list[Change]:
        """Every other kind of answer to a question, the nearest to the present one first."""
        asked, answer = self.base.questions[question], self.sheet.get(question)
        current = answer.value if isinstance(answer, Certain) else None
        if asked.kind == "number":
            middle = middle_of(answer)
            found = [
                one
                for one in segments(asked, self.book.checks[question])
                if not (isinstance(current, (int, float)) and one.holds(current))
            ]
            if middle is not None:  # of two that begin at the same bound, the one that holds it is nearer
                found.sort(key=lambda one: (one.distance(middle), abs(one.value - middle)))
            return [Change(question, one.value) for one in found]
        if isinstance(current, frozenset):
            return [Change(question, value) for value in self._other_selections(question, current)]
        values = [cell.value for cell in self.book.open(question)]
        values = [value for value in values if current is None or not self._alike(question, value, current)]
        if current is not None and self._has_order(question):
            place = {option: index for index, option in enumerate(asked.options)}
            values.sort(key=lambda value: abs(place[value] - place[current]))
        return [Change(question, value) for value in values]

    def _other_selections(self, question: str, current: frozenset[str]) -> list[frozenset[str]]:
        """Of every other kind of selection the one nearest to the present one, which keeps what no check mentions."""
        groups = self.book.selections(question)
        unseen = current.difference(*(one for group in groups for one in group))
        nearest = [min((one | unseen for one in group), key=lambda one: len(one ^ current)) for group in groups]
        return sorted((one for one in nearest if one != current), key=lambda one: len(one ^ current))

    def _alike(self, question: str, one: Value, other: Value) -> bool:
        """Whether no check can tell two answers apart."""
        return all(check.holds(one) == check.holds(other) for check in self.book.checks[question])

    def _has_order(self, question: str) -> bool:
        asked = self.base.questions[question]
        return asked.ordered or asked.kind == "scale"

    def singles(self) -> tuple[Flip, ...]:
        """Every single answer that changes who wins: on numbers, scales and ordered choices the nearest in either
        direction, on selections the nearest, on other choices each value. The largest lead comes first."""
        found: list[Flip] = []
        for question in self.questions():
            if self.stands(question):
                continue
            seen: set[tuple[str | None, str]] = set()
            for change in self.alternatives(question):
                winner, margin = self.winner(change)
                kind = (winner, self.direction(change))
                if winner != self.first and kind not in seen:
                    seen.add(kind)
                    found.append(Flip(winner, (change,), margin))
        return tuple(sorted(found, key=lambda flip: (flip.winner is None, -flip.margin)))

    def direction(self, change: Change) -> str:
        """Which way a change goes on an ordered question (`up`, `down`, or nothing where the present answer has no
        place on it); the value itself on any other."""
        asked, answer = self.base.questions[change.question], self.sheet.get(change.question)
        if asked.kind == "number":
            middle = middle_of(answer)
            return "" if middle is None else "up" if float(str(change.value)) > middle else "down"
        if self._has_order(change.question) and isinstance(answer, Certain):
            place = {option: index for index, option in enumerate(asked.options)}
            return "up" if place[change.value] > place[answer.value] else "down"
        return "" if asked.kind == "multi" else str(change.value)


def middle_of(answer: Answer | None) -> float | None:
    """A number's present place: its value, or the middle of its range; None where nothing is known."""
    match answer:
        case Certain(value) if isinstance(value, (int, float)):
            return float(value)
        case Interval(low, high, likely):
            return likely if likely is not None else (low + high) / 2
        case Among(values):
            numbers = [float(value) for value in values if isinstance(value, (int, float))]
            return sum(numbers) / len(numbers) if numbers else None
    return None
