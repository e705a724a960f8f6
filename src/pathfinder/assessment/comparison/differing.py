"""Which answers of two sheets differ, and which of them only follow from another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, structs

from pathfinder.answers.facts import set_aside
from pathfinder.answers.scope import relevance, scope_of
from pathfinder.answers.sheet import Answer, AnswerSheet, Unknown, in_words
from pathfinder.assessment.results.comparison import WEIGHING, AnswerChange, AnswerChangeState
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.questions import Question

NOT_ASKED = "does not apply"
"""In place of an answer whose question applies on the other sheet only."""


EVENLY = "1 for each"
"""In place of weights where a sheet gives none."""


class Unit(Struct, frozen=True):
    """A changed answer (or `WEIGHING`) with the changed answers that follow it: their questions apply on one side
    only, and it is this answer that makes the difference."""

    question: str
    followers: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """All of them."""
        return (self.question, *self.followers)


class Differing:
    """The differing answers of two sheets, in the order of the interview."""

    def __init__(self, base: RuleBase, before: AnswerSheet, after: AnswerSheet) -> None:
        self.base, self.raw = base, (before, after)
        self.before, self.after = set_aside(base, before)[0], set_aside(base, after)[0]
        answers = tuple(key for key in base.questions if before.get(key) != after.get(key))
        self.changed = (*answers, *((WEIGHING,) if _weights(before) != _weights(after) else ()))
        applied = ((key, self._applies(self.before, key), self._applies(self.after, key)) for key in base.questions)
        self._applies_on = {key: (one, other) for key, one, other in applied}
        self._one_sided = tuple(self._on_one_side())
        self._leaders: dict[str, str] = {}
        for key in self._one_sided:
            leader = self._found_leader(key)
            if leader is not None:
                self._leaders[key] = leader

    def _applies(self, sheet: AnswerSheet, question: str) -> bool:
        return relevance(self.base, sheet, question) is not False

    def _on_one_side(self) -> Iterable[str]:
        """Questions with an answer that apply on one of the two sheets only."""
        for key, (one, other) in self._applies_on.items():
            if one != other and any(_known(sheet.get(key)) for sheet in self.raw):
                yield key

    def _found_leader(self, question: str) -> str | None:
        """The changed answer that, with those that follow it, makes a question apply, or no longer apply."""
        before, _ = self._applies_on[question]
        for key in scope_of(self.base, [self.base.relevance[question]]).checks:
            if key not in self.changed or key in self._leaders:
                continue
            followers = [one for one, leader in self._leaders.items() if leader == key]
            if self._applies(self.taken_over([key, *followers]), question) != before:
                return key
        return None

    def units(self) -> tuple[Unit, ...]:
        """The changed answers, each with those that follow it."""
        leading = [key for key in self.changed if key not in self._leaders]
        return tuple(Unit(key, tuple(one for one in self.changed if self._leaders.get(one) == key)) for key in leading)

    def taken_over(self, questions: Iterable[str]) -> AnswerSheet:
        """The first sheet with the second's answers to some questions, without what does not apply then."""
        return self._mixed(self.raw[0], self.raw[1], questions)

    def taken_back(self, questions: Iterable[str]) -> AnswerSheet:
        """The second sheet with the first's answers to some questions, without what does not apply then."""
        return self._mixed(self.raw[1], self.raw[0], questions)

    def _mixed(self, sheet: AnswerSheet, other: AnswerSheet, questions: Iterable[str]) -> AnswerSheet:
        for key in questions:
            answer = other.get(key)
            if key == WEIGHING:
                sheet = structs.replace(sheet, weights=other.weights)
            else:
                sheet = sheet.without(key) if answer is None else sheet.with_answer(key, answer)
        return set_aside(self.base, sheet)[0]

    def answers(self) -> tuple[AnswerChange, ...]:
        """Every answer that differs, or that counts on one of the sheets only."""
        questions = self.base.questions.values()
        told = [self._answer(one) for one in questions if one.id in self.changed or one.id in self._one_sided]
        return (*told, self._weighing()) if WEIGHING in self.changed else tuple(told)

    def _answer(self, question: Question) -> AnswerChange:
        before, after = (sheet.get(question.id) for sheet in self.raw)
        one, other = self._applies_on[question.id]
        return AnswerChange(
            question=question.id,
            section=self._sections[question.id],
            title=question.title,
            before=in_words(question, before) if one or not other else NOT_ASKED,
            after=in_words(question, after) if other or not one else NOT_ASKED,
            state=_state(before, after, one, other),
            sensitive=question.sensitive,
            follows=self._leaders.get(question.id),
        )

    def _weighing(self) -> AnswerChange:
        """The weights of the criteria, as if they were an answer."""
        titles = {one.id: one.title for one in self.base.general.criteria}
        told = [
            ", ".join(f"{title} {_weights(sheet)[key]:g}" for key, title in titles.items() if key in _weights(sheet))
            for sheet in self.raw
        ]
        before, after = (text or EVENLY for text in told)
        return AnswerChange(WEIGHING, "Weights", "Weights of the criteria", before, after, "changed", False, None)

    @property
    def _sections(self) -> Mapping[str, str]:
        return {one.id: section.title for section in self.base.sections for one in section.questions}


def _weights(sheet: AnswerSheet) -> dict[str, float]:
    """The weights that change anything."""
    return {criterion: weight for criterion, weight in sheet.weights.items() if weight != 1}


def _known(answer: Answer | None) -> bool:
    return answer is not None and not isinstance(answer, Unknown)


def _state(before: Answer | None, after: Answer | None, applied: bool, applies: bool) -> AnswerChangeState:
    was, now = applied and _known(before), applies and _known(after)
    if applied and applies:
        if was and now:
            return "changed"
        return "now known" if now else "no longer known" if was else "still open"
    if now:
        return "applies now"
    return "no longer applies" if was else "does not apply"
