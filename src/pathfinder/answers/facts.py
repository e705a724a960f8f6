"""What is known to be true of one person, asked of many conditions."""

from __future__ import annotations

from pathfinder.answers.scope import layout, scope_of, split_cells, truth
from pathfinder.answers.sheet import AnswerSheet, Certain
from pathfinder.rulebase.columns import Frame, evaluate
from pathfinder.rulebase.conditions import Condition, tests
from pathfinder.rulebase.models import RuleBase


class Facts:
    """The answers of one sheet, for conditions on them.

    Most conditions rest on answers that are certain or open, and are looked at for this one person. Where one rests on
    an uncertain answer, every value that it leaves possible is looked at.
    """

    def __init__(self, base: RuleBase, sheet: AnswerSheet) -> None:
        self.base, self.sheet = base, sheet
        certain = ((key, answer) for key, answer in sheet.answers.items() if isinstance(answer, Certain))
        self._frame = Frame(1, {key: {answer.value: 1} for key, answer in certain}, base.relevance)
        self._uncertain = {key: True for key in sheet if sheet.is_uncertain(key)}
        self._doubtful = bool(self._uncertain)
        self._relevance: dict[str, bool | None] = {}

    def truth(self, condition: Condition) -> bool | None:
        """Whether a condition is known to be true or false; None where answers leave it open."""
        if self._doubtful and self._rests_on_uncertain(condition):
            return truth(self.base, self.sheet, condition)
        found = evaluate(condition, self._frame)
        return True if found.true else False if found.false else None

    def _rests_on_uncertain(self, condition: Condition) -> bool:
        """Whether a condition, or the relevance of a question that it looks at, rests on an uncertain answer."""
        return any(self._is_uncertain(test.question) for test in tests(condition))

    def _is_uncertain(self, question: str) -> bool:
        found = self._uncertain.get(question)
        if found is None:
            asked_if = self.base.relevance.get(question)
            found = self._uncertain[question] = asked_if is not None and self._rests_on_uncertain(asked_if)
        return found

    def holds(self, condition: Condition | None) -> bool:
        """Whether a part speaks to this person: always, or because its condition is known to be true."""
        return condition is None or self.truth(condition) is True

    def torn(self, condition: Condition) -> bool:
        """Whether what was answered leaves a condition both possible to be true and possible to be false."""
        answered, _ = split_cells(self.base, self.sheet, scope_of(self.base, [condition]))
        found = evaluate(condition, layout(self.base, answered, {}).frame)
        return bool(found.true and found.false)

    def relevance(self, question: str) -> bool | None:
        """Whether a question applies to this person; None where that is itself open."""
        try:
            return self._relevance[question]
        except KeyError:
            asked_if = self.base.relevance.get(question)
            found = self._relevance[question] = True if asked_if is None else self.truth(asked_if)
            return found
