"""The questions about one concrete place, as a value: where they stand, and after one more answer or a step back."""

from __future__ import annotations

from msgspec import Struct, structs
from msgspec.structs import replace

from pathfinder.answers.facts import Facts
from pathfinder.answers.options import overlaid
from pathfinder.answers.sheet import Among, Answer, AnswerSheet, Certain, OptionInHand
from pathfinder.questionnaire.interview import Interview
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.offers import offers_by_path
from pathfinder.rulebase.questions import Question


def holds_a_place(base: RuleBase, sheet: AnswerSheet) -> bool:
    """Whether an answer says, or leaves it possible, that there is a concrete place to take, or taken already."""
    facts = Facts(base, sheet)
    for key, question in base.questions.items():
        match sheet.get(key):
            case Certain(value):
                found = value in question.in_hand
            case Among(values):
                found = any(value in question.in_hand for value in values)
            case _:
                found = False
        if found and facts.relevance(key) is not False:
            return True
    return False


class OptionInterview(Struct, frozen=True):
    """The questions about one option, in progress.

    `own` are the person's answers; each stands until the option has one of its own. `questions` are those about such
    a place. `at` is a question gone back to.
    """

    base: RuleBase
    own: AnswerSheet
    option: OptionInHand
    questions: tuple[str, ...]
    at: str | None = None

    @classmethod
    def about(cls, base: RuleBase, own: AnswerSheet, option: OptionInHand) -> OptionInterview:
        """The questions about an option, asked as far as it has answers."""
        return cls(base, own, option, offers_by_path(base)[option.path])

    @property
    def sheet(self) -> AnswerSheet:
        """What counts for the option: its answers over the person's."""
        return overlaid(self.own, self.option)

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions that the option has an answer to, as far as they apply to it."""
        return tuple(key for key in self._applicable() if key in self.option.answers)

    def _applicable(self) -> tuple[str, ...]:
        interview = Interview(self.base, self.sheet)
        return tuple(key for key in self.questions if interview.askable(key))

    @property
    def current(self) -> Question | None:
        """The question to ask now; None when there is none left."""
        if self.at is not None:
            return self.base.questions[self.at]
        left = (key for key in self._applicable() if key not in self.option.answers)
        return next((self.base.questions[key] for key in left), None)

    @property
    def progress(self) -> tuple[int, int]:
        """The number of the current question, and of how many; answers to come may add to these."""
        applicable = self._applicable()
        current = self.current
        place = applicable.index(current.id) if current is not None and current.id in applicable else len(self.asked)
        return place + 1, max(place + 1, len(applicable))

    def answer(self, answer: Answer) -> tuple[OptionInterview, tuple[Question, ...]]:
        """After an answer to the current question, and the answers of the option that no longer apply and are
        dropped. Raises `ValueError` when there is no question to answer."""
        question = self.current
        if question is None:
            raise ValueError("there is no question left to answer")
        following = self._with({**self.option.answers, question.id: answer})
        dropped = []
        for key in self.base.relevance:
            if key in following.option.answers and Facts(self.base, following.sheet).relevance(key) is False:
                kept = {one: given for one, given in following.option.answers.items() if one != key}
                following = following._with(kept)
                dropped.append(self.base.questions[key])
        return following, tuple(dropped)

    def _with(self, answers: dict[str, Answer]) -> OptionInterview:
        return replace(self, option=structs.replace(self.option, answers=answers), at=None)

    def back(self) -> OptionInterview | None:
        """One question back; None at the first."""
        current = self.current
        applicable = self._applicable()
        place = applicable.index(current.id) if current is not None and current.id in applicable else len(applicable)
        before = [key for key in applicable[:place] if key in self.option.answers]
        return self.go_to(before[-1]) if before else None

    def go_to(self, question: str) -> OptionInterview:
        """Back to a question already asked; the other answers stay. Raises `KeyError` for any other."""
        if question not in self.asked:
            raise KeyError(question)
        return replace(self, at=question)
