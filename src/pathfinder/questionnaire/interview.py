"""The interview as a value: where it stands, and where it stands after one more answer or a step back.

Nothing here prompts or saves. An `Interview` never changes; every step gives a new one, so going back and
answering the same gives the same as going straight through.
"""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import force_setattr, replace

from pathfinder.answers.facts import Facts
from pathfinder.answers.sheet import Answer, AnswerSheet
from pathfinder.rulebase.conditions import tests
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.questions import Question


class Progress(Struct, frozen=True):
    """Where one is: question `number` of about `total` (including those that hang on answers to come)."""

    section: str
    intro: str
    number: int
    total: int


class Interview(Struct, frozen=True, dict=True):
    """An interview in progress.

    `asked` are the questions answered so far (also with `not sure`), in the order in which they were asked;
    those known not to apply are left out, as a sheet from elsewhere may answer such too. `at` is a question
    gone back to. `queue` holds the further questions to ask after the core ones; None while the core is asked.
    """

    base: RuleBase
    sheet: AnswerSheet = field(default_factory=AnswerSheet)
    asked: tuple[str, ...] = ()
    at: str | None = None
    queue: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        asked = tuple(key for key in self.asked if self._facts.relevance(key) is not False)
        force_setattr(self, "asked", asked)

    @cached_property
    def _facts(self) -> Facts:
        return Facts(self.base, self.sheet)

    def askable(self, question: str) -> bool:
        """Whether a question is known to apply, or hangs only on answers that leave it possible."""
        found = self._facts.relevance(question)
        if found is not None:
            return found
        return not any(self.sheet.is_open(test.question) for test in tests(self.base.relevance[question]))

    @property
    def current(self) -> Question | None:
        """The question to ask now; None when there is none left."""
        if self.at is not None:
            return self.base.questions[self.at]
        for key in self._order():
            if key not in self.sheet and self.askable(key):
                return self.base.questions[key]
        return None

    def _order(self) -> tuple[str, ...]:
        if self.queue is not None:
            return self.queue
        return tuple(key for key, question in self.base.questions.items() if question.depth == "core")

    def answer(self, answer: Answer) -> tuple[Interview, tuple[Question, ...]]:
        """After an answer to the current question, and the earlier answers that no longer apply and are dropped.

        Raises `ValueError` when there is no question to answer.
        """
        question = self.current
        if question is None:
            raise ValueError("there is no question left to answer")
        asked = self.asked if question.id in self.asked else (*self.asked, question.id)
        following = replace(self, sheet=self.sheet.with_answer(question.id, answer), asked=asked, at=None)
        return following._without_irrelevant()

    def _without_irrelevant(self) -> tuple[Interview, tuple[Question, ...]]:
        """Drop answers to questions that are now known not to apply. Later questions hang on earlier ones only,
        so one pass in order finds them all."""
        sheet, dropped, facts = self.sheet, [], self._facts
        for key in self.base.relevance:
            if key in sheet and facts.relevance(key) is False:
                sheet = sheet.without(key)
                dropped.append(self.base.questions[key])
                facts = Facts(self.base, sheet)
        return replace(self, sheet=sheet), tuple(dropped)

    def back(self) -> Interview | None:
        """One question back; None at the very first."""
        if self.at is None:
            return self.go_to(self.asked[-1]) if self.asked else None
        place = self.asked.index(self.at) if self.at in self.asked else len(self.asked)
        return self.go_to(self.asked[place - 1]) if place else None

    def go_to(self, question: str) -> Interview:
        """Back to a question already asked; the later answers stay. Raises `KeyError` for any other."""
        if question not in self.asked:
            raise KeyError(question)
        return replace(self, at=question)

    def forward(self) -> Interview:
        """Leave a question gone back to as it was answered."""
        return replace(self, at=None)

    def with_queue(self, queue: tuple[str, ...]) -> Interview:
        """Go on with further questions, in this order."""
        return replace(self, queue=queue, at=None)

    @property
    def progress(self) -> Progress:
        """Where the current question stands. Questions that hang on answers still to come count as half."""
        current = self.current
        if current is None:
            raise ValueError("the interview is over")
        section = next(one for one in self.base.sections if one.id == current.section)
        order = self._order()
        done = [key for key in order if key in self.sheet]
        number = done.index(current.id) + 1 if current.id in done else len(done) + 1
        return Progress(section.title, section.intro, number, max(number, len(done) + round(self._left(order))))

    def _left(self, order: tuple[str, ...]) -> float:
        left = 0.0
        for key in order:
            if key not in self.sheet:
                found = self._facts.relevance(key)
                left += 1.0 if self.askable(key) else 0.0 if found is False or self._given_up(key) else 0.5
        return left

    def _given_up(self, key: str) -> bool:
        """Whether a question hangs on one that was asked and left open, so that it will not be asked."""
        return any(test.question in self.sheet for test in tests(self.base.relevance[key]))
