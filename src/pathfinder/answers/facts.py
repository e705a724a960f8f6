"""What is known to be true of one person, asked of many conditions."""

from __future__ import annotations

from collections.abc import Callable

from pathfinder.answers.scope import layout, scope_of, split_cells, truth
from pathfinder.answers.sheet import AnswerSheet, Certain, Unknown
from pathfinder.rulebase.columns import Frame, evaluate
from pathfinder.rulebase.conditions import Condition, tests
from pathfinder.rulebase.models import RuleBase

MOST_KNOWN = 20_000
"""So many conditions with the answers they rest on, at most, are remembered with what they come to."""


class Known:
    """What conditions of one rule base came to, by the answers to the questions they rest on; other answers cannot
    change it. Holds answers without knowing whose they are."""

    def __init__(self, base: RuleBase) -> None:
        self.base = base
        self._questions: dict[int, tuple[Condition, tuple[str, ...]]] = {}
        self._found: dict[tuple[str, int, tuple[object, ...]], bool | None] = {}

    def find(
        self, what: str, condition: Condition, answers: dict[str, object], work: Callable[[Condition], bool | None]
    ) -> bool | None:
        """What is asked of a condition (`what`, in one word) for somebody's answers; worked out where that is not
        known."""
        known = self._questions.get(id(condition))  # much quicker than by its value, and as safe: it is kept here
        if known is None:
            self._questions[id(condition)] = (condition, ())  # somebody who is assessed alone meets most of them once
            return work(condition)
        questions = known[1]
        if not questions:
            questions = tuple(self._rests_on(condition))
            self._questions[id(condition)] = (condition, questions)
        key = (what, id(condition), tuple([answers.get(question) for question in questions]))
        try:
            return self._found[key]
        except KeyError:
            if len(self._found) >= MOST_KNOWN:
                self._found.clear()
            found = self._found[key] = work(condition)
            return found

    def __len__(self) -> int:
        return len(self._found)

    def _rests_on(self, condition: Condition) -> dict[str, None]:
        """The questions of a condition, and those on which it hangs whether they apply."""
        found: dict[str, None] = {}
        waiting = [condition]
        while waiting:
            for test in tests(waiting.pop()):
                if test.question not in found:
                    found[test.question] = None
                    if test.question in self.base.relevance:
                        waiting.append(self.base.relevance[test.question])
        return found


class Facts:
    """The answers of one sheet, for conditions on them.

    Most conditions rest on answers that are certain or open, and are looked at for this one person. Where one rests on
    an uncertain answer, every value that it leaves possible is looked at. What is known of others with the same answers
    can be given.
    """

    def __init__(self, base: RuleBase, sheet: AnswerSheet, known: Known | None = None) -> None:
        self.base, self.sheet, self._known = base, sheet, known
        self._answers: dict[str, object] = {
            key: answer.value if isinstance(answer, Certain) else answer
            for key, answer in sheet.answers.items()
            if not isinstance(answer, Unknown)
        }
        certain = ((key, answer) for key, answer in sheet.answers.items() if isinstance(answer, Certain))
        self._frame = Frame(1, {key: {answer.value: 1} for key, answer in certain}, base.relevance)
        self._uncertain = {key: True for key in sheet if sheet.is_uncertain(key)}
        self._doubtful = bool(self._uncertain)
        self._relevance: dict[str, bool | None] = {}

    def truth(self, condition: Condition) -> bool | None:
        """Whether a condition is known to be true or false; None where answers leave it open."""
        if self._known is None:
            return self._truth(condition)
        return self._known.find("truth", condition, self._answers, self._truth)

    def _truth(self, condition: Condition) -> bool | None:
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
        if self._known is None:
            return self._torn(condition)
        return self._known.find("torn", condition, self._answers, self._torn) is True

    def _torn(self, condition: Condition) -> bool:
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
