"""What one argument contributes for one person, and how far open answers could still move that.

Uncertain answers (a set, an interval) count by expectation, exactly, over the questions a rule uses. Open
answers (missing, unknown) count by the outcome nearest zero among those still possible: 0 where these differ
in sign or where no case may match. `unless` voids a rule only on what is known to be true.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import prod

from msgspec import Struct

from pathfinder.answers.cells import Cell
from pathfinder.answers.scope import IRRELEVANT, Layout, Scope, layout, scope_of, split_cells
from pathfinder.answers.sheet import AnswerSheet
from pathfinder.rulebase.columns import Frame, evaluate, true_for
from pathfinder.rulebase.conditions import Value, tests
from pathfinder.rulebase.models import Case, Rule, RuleBase

Outcome = tuple[int, int | None]
"""Points, and the index of the case they come from (None: no case matched, or the rule is void)."""

NOTHING: Outcome = (0, None)


class Fired(Struct, frozen=True, array_like=True):
    """A case and the share of the person's own uncertainty (0 to 1) in which it is the one that counts."""

    case: int
    share: float


class RuleScore(Struct, frozen=True, array_like=True):
    """One argument for one person.

    `points` is what counts now; `low` and `high` bound what it can still become once every question is
    answered. `fired` lists the cases behind `points`. `void` is the share in which `unless` takes the
    argument away. `open` are the questions whose answers could still change it.
    """

    rule: str
    points: float
    low: float
    high: float
    fired: tuple[Fired, ...]
    void: float
    open: tuple[str, ...]

    @property
    def decided(self) -> bool:
        """Whether no open answer can change it."""
        return not self.open


class Scorer:
    """Scores the arguments of one rule base; keeps what can be worked out once per base."""

    def __init__(self, base: RuleBase) -> None:
        self.base = base
        self.scopes: dict[str, Scope] = {}

    def scope(self, rule: Rule) -> Scope:
        """The questions an argument rests on."""
        found = self.scopes.get(rule.id)
        if found is None:
            found = self.scopes[rule.id] = scope_of(self.base, rule.conditions)
        return found

    def score(self, rule: Rule, sheet: AnswerSheet) -> RuleScore:
        """What the argument contributes for this person."""
        answered, free = split_cells(self.base, sheet, self.scope(rule))
        outcomes = self._counted(rule, answered, _decisive(rule, free))
        return combined(rule, outcomes, *self._range(rule, {**answered, **free}))

    def scores(
        self, rule: Rule, answered: Mapping[str, tuple[Cell, ...]], free: Mapping[str, tuple[Cell, ...]]
    ) -> list[RuleScore]:
        """What the argument contributes for everybody with one of some answers each and the same questions open: an
        entry for every combination of the answered cells, the last question varying fastest."""
        outcomes = self._counted(rule, dict(answered), _decisive(rule, free))
        whole = layout(self.base, answered, free)
        void = evaluate(rule.unless, whole.frame).true if rule.unless else 0
        points: dict[float, int] = {0: void} if void else {}
        for (one, _), people in decide(rule.cases, whole.frame).items():
            points[one] = points.get(one, 0) | people & ~void
        window = (1 << whole.inner) - 1
        alone = layout(self.base, {}, free).frame
        found = []
        for place, (_, outcome) in enumerate(outcomes):
            mine = {one: some for one, people in points.items() if (some := people >> place * whole.inner & window)}
            still = tuple([one for one in free if _moves(alone, one, mine.values())]) if len(mine) > 1 else ()
            case = outcome[1] if outcome is not None else None
            fired = (Fired(case, 1.0),) if case is not None else ()
            counted = _points([(1.0, outcome)])
            found.append(RuleScore(rule.id, counted, min(mine), max(mine), fired, float(outcome is None), still))
        return found

    def table(
        self,
        rule: Rule,
        answered: Mapping[str, tuple[Cell, ...]],
        free: Mapping[str, tuple[Cell, ...]],
        changed: Mapping[str, tuple[Value, ...]],
    ) -> list[float]:
        """The points that would count if some questions were answered otherwise: an entry for every combination of
        their `changed` values, the last question varying fastest. All other answers stay as they are: `answered` and
        `free` are the cells of the argument's scope as `split_cells` tells them apart."""
        others = {question: tuple(Cell(value, 1.0) for value in values) for question, values in changed.items()}
        kept = {question: found for question, found in answered.items() if question not in changed}
        left = {question: found for question, found in free.items() if question not in changed}
        outcomes = self._counted(rule, {**others, **kept}, _decisive(rule, left))
        block = len(outcomes) // prod(len(values) for values in changed.values())
        return [_points(outcomes[place : place + block]) for place in range(0, len(outcomes), block)]

    def _counted(
        self, rule: Rule, answered: dict[str, tuple[Cell, ...]], free: dict[str, tuple[Cell, ...]]
    ) -> list[tuple[float, Outcome | None]]:
        """For each combination of the answered cells its probability and what counts; None where void. What cannot
        happen counts nothing."""
        known = layout(self.base, answered, {})
        void = evaluate(rule.unless, known.frame).true if rule.unless else 0
        doubtful = [question for question in free if not self._applies(question, known.frame)]
        extra = {question: free[question] + (Cell(IRRELEVANT, 0.0),) for question in doubtful}
        whole = layout(self.base, answered, {**free, **extra}) if free else known
        impossible = 0
        for question in doubtful:
            applies = evaluate(self.base.relevance[question], whole.frame).true
            impossible |= whole.frame.answers[question][IRRELEVANT] & applies
        decided = {outcome: people & ~impossible for outcome, people in decide(rule.cases, whole.frame).items()}
        found: list[tuple[float, Outcome | None]] = []
        for place, weight in enumerate(known.weights):
            if void >> place & 1:
                found.append((weight, None))
            else:
                found.append((weight, nearest_zero(_possible(decided, whole, place)) if weight else NOTHING))
        return found

    def _applies(self, question: str, known: Frame) -> bool:
        """Whether an open question applies whatever the uncertain answers turn out to be."""
        asked_if = self.base.relevance.get(question)
        return asked_if is None or evaluate(asked_if, known).true == known.everyone

    def _range(self, rule: Rule, everything: dict[str, tuple[Cell, ...]]) -> tuple[float, float, tuple[str, ...]]:
        """Least and most points over every completion of everything left open, and the questions it hangs on."""
        frame = layout(self.base, {}, everything).frame
        void = evaluate(rule.unless, frame).true if rule.unless else 0
        found = {0: void} if void else {}
        for (points, _), people in decide(rule.cases, frame).items():
            if people & ~void:
                found[points] = found.get(points, 0) | people & ~void
        if len(found) == 1:
            return min(found), max(found), ()
        moving = tuple(question for question in everything if _moves(frame, question, found.values()))
        return min(found), max(found), moving


def combined(
    rule: Rule, outcomes: Sequence[tuple[float, Outcome | None]], low: float, high: float, still: tuple[str, ...]
) -> RuleScore:
    """What an argument contributes where its outcome is one of several, each with its probability (None: void)."""
    void = sum(weight for weight, outcome in outcomes if outcome is None)
    shares: dict[int, float] = {}
    for weight, outcome in outcomes:
        if outcome is not None and outcome[1] is not None:
            shares[outcome[1]] = shares.get(outcome[1], 0.0) + weight
    fired = tuple(Fired(case, share) for case, share in sorted(shares.items()) if share > 0)
    return RuleScore(rule.id, _points(outcomes), low, high, fired, void, still)


def decide(cases: Sequence[Case], frame: Frame) -> dict[Outcome, int]:
    """Who gets which outcome, where everything a case looks at is known: the first case that matches decides."""
    remaining = frame.everyone
    found: dict[Outcome, int] = {}
    for index, case in enumerate(cases):
        matched = remaining & true_for(case.when, frame)
        if matched:
            found[(case.points, index)] = matched
            remaining &= ~matched
            if not remaining:
                break
    if remaining:
        found[NOTHING] = remaining
    return found


def _moves(frame: Frame, question: str, outcomes: Iterable[int]) -> bool:
    """Whether two people of a layout who differ in this answer alone have different outcomes."""
    columns = frame.answers[question].values()
    starts = [(column, (column & -column).bit_length() - 1) for column in columns]
    return any(len({(people & column) >> start for column, start in starts}) > 1 for people in outcomes)


def _possible(decided: dict[Outcome, int], whole: Layout, place: int) -> list[Outcome]:
    """The outcomes that are possible in one block of inner combinations."""
    window = ((1 << whole.inner) - 1) << (place * whole.inner)
    return [outcome for outcome, people in decided.items() if people & window]


def nearest_zero(outcomes: Sequence[Outcome]) -> Outcome:
    """The outcome nearest zero; nothing where they differ in sign or one of them is nothing."""
    points = [outcome[0] for outcome in outcomes]
    if min(points) <= 0 <= max(points) and len(points) > 1:
        return NOTHING
    return min(outcomes, key=lambda outcome: abs(outcome[0]))


def _decisive(rule: Rule, free: Mapping[str, tuple[Cell, ...]]) -> dict[str, tuple[Cell, ...]]:
    """The open questions that a rule's cases look at: what is open in its `unless` voids nothing."""
    looked_at = {test.question for case in rule.cases for test in tests(case.when)}
    return {question: found for question, found in free.items() if question in looked_at}


def _points(outcomes: Iterable[tuple[float, Outcome | None]]) -> float:
    """What counts, by expectation, without the noise of floating-point sums."""
    rounded = round(sum(weight * outcome[0] for weight, outcome in outcomes if outcome is not None), 6)
    return 0.0 if rounded == 0 else rounded
