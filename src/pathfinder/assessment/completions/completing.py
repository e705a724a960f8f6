"""Completions: plausible ways in which a person might answer what they left open.

They are weighed by the shares that stand with each question in the rule base, never alike. Where few
combinations are open, all are listed with their probabilities, and every figure is exact; otherwise they are
drawn, with a fixed seed, so that the same sheet always gives the same figures. All completions are the people of
one frame; a person with nothing open is the same in every one.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from math import ceil

from msgspec import Struct

from pathfinder.answers.cells import Cell
from pathfinder.answers.sheet import AnswerSheet, Certain
from pathfinder.assessment.completions.listing import listed
from pathfinder.assessment.completions.mass import Mass
from pathfinder.assessment.completions.placing import firsts
from pathfinder.assessment.completions.planes import WIDTH, Sums, Term, term
from pathfinder.assessment.scoring.cellbook import CellBook
from pathfinder.assessment.scoring.scorer import RuleScore, decide
from pathfinder.rulebase.columns import Frame, evaluate, true_for
from pathfinder.rulebase.conditions import Value
from pathfinder.rulebase.models import Rule, RuleBase

DRAWS = 4096
"""Completions drawn: shares are exact to about 0.015 (95%)."""

SEED = 20240314

MOST_DIVIDED = 1_000
"""Ways of being uncertain about a question for which the answers drawn are kept."""

_DIGITS = 14


class Decided(Struct, frozen=True):
    """The people for whom one case of an argument decides, with its points."""

    case: int
    points: int
    people: int


class Completions(Struct, frozen=True):
    """Scores and winners over the completions.

    `best[path]` is the bitmap of completions in which the path comes top among the open ones; `blocked`
    those in which a gate closes it; `fired` tells whom each case of each argument decides for; `mass` how probable
    each completion is. Sums are counted in parts of a point, `grain` to a point.
    """

    frame: Frame
    sums: Mapping[str, Sums]
    blocked: Mapping[str, int]
    best: Mapping[str, int]
    fired: Mapping[str, tuple[Decided, ...]]
    mass: Mass
    grain: int = 1

    def mean(self, path: str, people: int) -> float:
        """A path's points in some completions, each times its probability, added up."""
        return self.mass.mean(self.sums[path], people) / self.grain

    def reach(self, points: float) -> float:
        """The share of completions in which any open path gets at least so many points."""
        found = 0
        for path, sums in self.sums.items():
            found |= sums.at_least(ceil(points * self.grain)) & ~self.blocked[path]
        return self.share(found)

    def share(self, people: int) -> float:
        """The share of completions in a bitmap, 0 to 1."""
        return self.mass.share(people)


class Completer:
    """Completes sheets on one rule base; keeps the cells of open questions and the answers drawn to them, which depend
    on the base alone. `kept` are answers that were drawn before, from the same seed."""

    def __init__(
        self,
        base: RuleBase,
        draws: int = DRAWS,
        seed: int = SEED,
        book: CellBook | None = None,
        kept: Mapping[str, Sequence[Sequence[bytes]]] | None = None,
    ) -> None:
        self.base, self.draws, self.seed = base, draws, seed
        self.book = book or CellBook(base)
        self._kept = kept or {}
        self._drawn: dict[tuple[str, int], dict[Value, int]] = {}
        self._divided: dict[tuple[str, tuple[float, ...]], dict[int, int]] = {}

    def complete(self, sheet: AnswerSheet, scores: Mapping[str, RuleScore] | None = None) -> Completions:
        """List the completions of a sheet where they are few, draw some where they are many, and score them all.
        `scores`, where they are known, are what the arguments contribute for the sheet."""
        few = listed(self.base, sheet, self.book)
        frame, mass = (few.frame, few.mass) if few is not None else (self.drawn(sheet), None)
        return compared(self.base, frame, mass, _steady(self.base, frame, scores or {}))

    def drawn(self, sheet: AnswerSheet) -> Frame:
        """A frame in which every question is answered for everybody."""
        answers: dict[str, dict[Value, int]] = {}
        frame = Frame(self.draws, answers, self.base.relevance)
        for key in self.base.questions:
            answer = sheet.get(key)
            if isinstance(answer, Certain):
                answers[key] = {answer.value: frame.everyone}
            elif sheet.is_open(key):
                answers[key] = self.answers_to(key, frame)
            else:
                answers[key] = self._shared_out(key, self.book.of(sheet, key))
        return frame

    def _shared_out(self, question: str, cells: Sequence[Cell]) -> dict[Value, int]:
        """Who is drawn to give each of the answers that are still possible to a question; kept for others who are as
        uncertain about it."""
        weights = tuple([cell.weight for cell in cells])
        found = self._divided.get((question, weights))
        if found is None:
            if len(self._divided) >= MOST_DIVIDED:
                self._divided.clear()
            found = self._divided[question, weights] = _divide(self._source(question), self.draws, weights)
        return {cells[place].value: people for place, people in found.items()}

    def answers_to(self, question: str, frame: Frame, source: random.Random | None = None) -> dict[Value, int]:
        """Plausible answers of everybody in a frame to a question, given their answers to earlier ones; other ones
        where they are drawn from another source."""
        remaining = frame.everyone
        columns: dict[Value, int] = {}
        for index, condition in enumerate(self.base.given.get(question, ())):
            people = remaining & evaluate(condition, frame).true
            if people:
                self._join(columns, people, question, index, source)
                remaining &= ~people
        if remaining == frame.everyone and source is None:
            return dict(self._dealt(question, -1))
        if remaining:
            self._join(columns, remaining, question, -1, source)
        return columns

    def _join(
        self, columns: dict[Value, int], people: int, question: str, given: int, source: random.Random | None
    ) -> None:
        """Give some people answers by the question's own shares (-1) or by one of its `given` ones."""
        if source is None:
            found = self._dealt(question, given)
        else:
            found = self._divided_by(source, self.book.open(question, given))
        for value, mine in found.items():
            columns[value] = columns.get(value, 0) | (mine & people)

    def _dealt(self, question: str, given: int) -> dict[Value, int]:
        """Who is drawn to give each answer to a question."""
        found = self._drawn.get((question, given))
        if found is None:
            cells = self.book.open(question, given)
            if question in self._kept:
                bitmaps = zip(cells, self._kept[question][given], strict=True)
                found = {cell.value: int.from_bytes(people, "little") for cell, people in bitmaps if people}
            else:
                found = self._divided_by(self._source(question), cells)
            self._drawn[question, given] = found
        return found

    def _divided_by(self, source: random.Random, cells: Sequence[Cell]) -> dict[Value, int]:
        found = _divide(source, self.draws, [cell.weight for cell in cells])
        return {cells[place].value: people for place, people in found.items()}

    def bitmaps(self, question: str, given: int) -> tuple[bytes, ...]:
        """The same as bytes, for each of the cells of the question; none for one that nobody gives."""
        found = self._dealt(question, given)
        size = (self.draws + 7) // 8
        people = [found.get(cell.value) for cell in self.book.open(question, given)]
        return tuple(b"" if one is None else one.to_bytes(size, "little") for one in people)

    def _source(self, question: str) -> random.Random:
        """A question's own source, so that what is drawn for it does not hang on the other questions."""
        return random.Random(f"{self.seed} {question}")


def _steady(base: RuleBase, frame: Frame, scores: Mapping[str, RuleScore]) -> dict[str, tuple[Decided, ...]]:
    """Of the arguments that no open answer can move, the case that decides for everybody."""
    found: dict[str, tuple[Decided, ...]] = {}
    for rule, score in scores.items():
        if score.decided and len(score.fired) < 2 and score.void in (0, 1):
            cases = base.rules[rule].cases
            found[rule] = tuple(Decided(one.case, cases[one.case].points, frame.everyone) for one in score.fired)
    return found


def compared(
    base: RuleBase,
    frame: Frame,
    mass: Mass | None = None,
    steady: Mapping[str, tuple[Decided, ...]] | None = None,
) -> Completions:
    """Score everybody in a frame in which every question is answered, and see who comes top for whom; all are as
    probable where no mass is given. `steady` holds arguments whose outcomes are known already."""
    known = steady or {}
    fired = {key: known[key] if key in known else fires(rule, frame) for key, rule in base.rules.items()}
    terms = {key: _term(base, frame, decided) for key, decided in fired.items()}
    sums: dict[str, Sums] = {}
    blocked: dict[str, int] = {}
    for path in base.paths:
        sums[path.id] = Sums(frame.size, _width(base))
        sums[path.id].add_all([terms[rule.id] for rule in base.rules_of(path.id)])
        blocked[path.id] = 0
        for gate in path.gates:
            blocked[path.id] |= true_for(gate.when, frame)
    best = firsts(frame.everyone, sums, blocked)
    return Completions(frame, sums, blocked, best, fired, mass or Mass(frame.size), base.grain)


def _term(base: RuleBase, frame: Frame, fired: Sequence[Decided]) -> Term:
    """What an argument adds to the sum of each of its paths."""
    return term(frame.everyone, [(outcome.people, round(outcome.points * base.grain)) for outcome in fired])


def _width(base: RuleBase) -> int:
    """Binary digits that hold any sum of the base's points."""
    if base.grain == 1:
        return WIDTH
    most = sum(max(abs(case.points) for case in rule.cases) for rule in base.rules.values())
    return max(WIDTH, round(most * base.grain).bit_length() + 1)


def fires(rule: Rule, frame: Frame) -> tuple[Decided, ...]:
    """Whom each case of an argument decides for; nobody for whom `unless` takes the argument away."""
    void = true_for(rule.unless, frame) if rule.unless else 0
    found = (
        Decided(case, points, people & ~void)
        for (points, case), people in decide(rule.cases, frame).items()
        if case is not None
    )
    return tuple(outcome for outcome in found if outcome.people)


def _divide(source: random.Random, draws: int, weights: Sequence[float]) -> dict[int, int]:
    """Deal everybody out over some choices by their weights: whom each of those with a weight gets, by its place."""
    dealt: dict[int, int] = {}
    left, rest = (1 << draws) - 1, sum(weights)
    *likely, last = [place for place, weight in enumerate(weights) if weight > 0]
    for place in likely:
        share = _coin(source, draws, weights[place] / rest)
        dealt[place] = left & share
        left &= ~share
        rest -= weights[place]
    dealt[last] = left
    return dealt


def _coin(source: random.Random, draws: int, chance: float) -> int:
    """A bitmap in which each bit is set with the given chance (exact to 2^-14)."""
    scaled = round(chance * (1 << _DIGITS))
    if scaled >= 1 << _DIGITS:
        return (1 << draws) - 1
    bits = 0
    for place in range(_DIGITS):
        if scaled >> place & 1:
            bits |= source.getrandbits(draws)
        else:
            bits &= source.getrandbits(draws)
    return bits
