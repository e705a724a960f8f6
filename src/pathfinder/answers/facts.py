"""What is known to be true of one person, asked of many conditions."""

from __future__ import annotations

from functools import cached_property

from pathfinder.answers.known import Kinds, Known
from pathfinder.answers.scope import layout, split_cells, truth
from pathfinder.answers.sheet import AnswerSheet, Certain
from pathfinder.rulebase.columns import Frame, evaluate
from pathfinder.rulebase.conditions import Condition
from pathfinder.rulebase.models import RuleBase


class Facts:
    """The answers of one sheet, for conditions on them. `known` is what the rule base's conditions came to for
    others.

    Most conditions rest on answers that are certain or open, or are decided by these alone, and are looked at for this
    one person. Where uncertain answers matter, every value that these leave possible is looked at.
    """

    def __init__(self, base: RuleBase, sheet: AnswerSheet, known: Known | None = None) -> None:
        self.base, self.sheet = base, sheet
        self._known = known or Known(base)
        self._kinds = Kinds(base, sheet)
        certain = ((key, answer) for key, answer in sheet.answers.items() if isinstance(answer, Certain))
        self._frame = Frame(1, {key: {answer.value: 1} for key, answer in certain}, base.relevance)
        self._uncertain = frozenset([key for key in sheet if sheet.is_uncertain(key)])
        self._relevance: dict[str, bool | None] = {}

    def truth(self, condition: Condition) -> bool | None:
        """Whether a condition is known to be true or false; None where answers leave it open."""
        return self._known.find(condition, self._kinds, self._worked_out)

    def _worked_out(self, condition: Condition) -> bool | None:
        found = evaluate(condition, self._frame)
        known = True if found.true else False if found.false else None
        if self._uncertain:
            questions = self._known.questions(condition)
            decided = known is not None and self._doubtful.isdisjoint(questions)
            if not decided and not self._uncertain.isdisjoint(questions):
                return truth(self.base, self.sheet, condition, self._known.scope(condition))
        return known

    @cached_property
    def _doubtful(self) -> frozenset[str]:
        """The questions of which uncertain answers may decide whether they apply."""
        asked_if = ((question, self._known.questions(when)) for question, when in self.base.relevance.items())
        return frozenset([question for question, asked in asked_if if not self._uncertain.isdisjoint(asked)])

    def holds(self, condition: Condition | None) -> bool:
        """Whether a part speaks to this person: always, or because its condition is known to be true."""
        return condition is None or self.truth(condition) is True

    def torn(self, condition: Condition) -> bool:
        """Whether what was answered leaves a condition both possible to be true and possible to be false."""
        answered, _ = split_cells(self.base, self.sheet, self._known.scope(condition))
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


def set_aside(base: RuleBase, sheet: AnswerSheet, known: Known | None = None) -> tuple[AnswerSheet, AnswerSheet]:
    """The sheet without answers to questions that are known not to apply, and those answers. `known` is what the rule
    base's conditions came to for others."""
    kept, aside, facts = sheet, AnswerSheet(), Facts(base, sheet, known)
    for question, asked_if in base.relevance.items():
        answer = sheet.get(question)
        if answer is not None and facts.truth(asked_if) is False:
            kept = kept.without(question)
            aside = aside.with_answer(question, answer)
            facts = Facts(base, kept, known)
    return kept, aside
