"""Which questions a condition rests on, and the frames in which their open answers are laid out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from pathfinder.answers.cells import AnyCheck, Cell, cells
from pathfinder.answers.sheet import AnswerSheet
from pathfinder.rulebase.columns import Frame, Truth, evaluate
from pathfinder.rulebase.conditions import Condition, Test, Value, tests
from pathfinder.rulebase.models import RuleBase

IRRELEVANT: Value = "\0irrelevant"
"""Stands for an open question that may turn out not to apply: it passes no check."""


class Scope(Struct, frozen=True):
    """The questions of some conditions, and those their relevance hangs on, with the checks made on them.

    In the order of the interview, so that a question comes after those it depends on.
    """

    checks: Mapping[str, tuple[AnyCheck, ...]]


def questions_of(base: RuleBase, condition: Condition) -> frozenset[str]:
    """The questions of the scope of a condition."""
    return frozenset([test.question for test in _tests_within(base, [condition])])


def _tests_within(base: RuleBase, conditions: Iterable[Condition]) -> Iterator[Test]:
    """The tests in some conditions, and in those that the relevance of their questions hangs on."""
    waiting = list(conditions)
    followed: set[str] = set()
    while waiting:
        for test in tests(waiting.pop()):
            yield test
            if test.question not in followed:
                followed.add(test.question)
                if test.question in base.relevance:
                    waiting.append(base.relevance[test.question])


def scope_of(base: RuleBase, conditions: Iterable[Condition]) -> Scope:
    """The scope of some conditions together."""
    checks: dict[str, list[AnyCheck]] = {}
    for test in _tests_within(base, conditions):
        checks.setdefault(test.question, []).append(test.check)
    order = [question for question in base.questions if question in checks]
    return Scope({question: tuple(dict.fromkeys(checks[question])) for question in order})


class Layout(Struct, frozen=True):
    """Every combination of some questions' cells, as the people of one frame.

    Combination i is person i. The first dimension varies slowest. `weights` holds the probability of each
    combination of the first `outer` dimensions; the remaining ones, `inner` combinations each, are laid out
    without probability.
    """

    frame: Frame
    weights: tuple[float, ...]
    inner: int


def layout(base: RuleBase, weighted: Mapping[str, tuple[Cell, ...]], free: Mapping[str, tuple[Cell, ...]]) -> Layout:
    """The frame of all combinations of the weighted cells (outer) with the free ones (inner)."""
    inner = 1
    for options in free.values():
        inner *= len(options)
    weights = [1.0]
    for options in weighted.values():
        weights = [weight * cell.weight for weight in weights for cell in options]
    size = len(weights) * inner
    answers: dict[str, dict[Value, int]] = {}
    block = size
    for question, options in (*weighted.items(), *free.items()):
        period, block = block, block // len(options)
        repeat = ((1 << size) - 1) // ((1 << period) - 1)
        stretch = (1 << block) - 1
        answers[question] = {cell.value: (stretch << (place * block)) * repeat for place, cell in enumerate(options)}
    return Layout(Frame(size, answers, base.relevance), tuple(weights), inner)


def split_cells(
    base: RuleBase, sheet: AnswerSheet, scope: Scope
) -> tuple[dict[str, tuple[Cell, ...]], dict[str, tuple[Cell, ...]]]:
    """The cells of a scope's answered questions, and those of its open ones."""
    answered: dict[str, tuple[Cell, ...]] = {}
    free: dict[str, tuple[Cell, ...]] = {}
    for question, checks in scope.checks.items():
        found = cells(base.questions[question], sheet.get(question), checks)
        (free if sheet.is_open(question) else answered)[question] = found
    return answered, free


def truth(base: RuleBase, sheet: AnswerSheet, condition: Condition, scope: Scope | None = None) -> bool | None:
    """Whether a condition is known to be true or false for this person; None where answers leave it open. `scope` is
    the condition's, where it is known."""
    answered, _ = split_cells(base, sheet, scope or scope_of(base, [condition]))
    frame = layout(base, answered, {}).frame
    found: Truth = evaluate(condition, frame)
    if found.true == frame.everyone:
        return True
    return False if found.false == frame.everyone else None


def relevance(base: RuleBase, sheet: AnswerSheet, question: str) -> bool | None:
    """Whether a question applies to this person; None where that is itself open."""
    asked_if = base.relevance.get(question)
    return True if asked_if is None else truth(base, sheet, asked_if)
