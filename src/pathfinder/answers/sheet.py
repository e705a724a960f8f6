"""Answers and the immutable sheet that holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from pathfinder.rulebase.conditions import Value
from pathfinder.rulebase.questions import Question


class Certain(Struct, frozen=True):
    """One known value."""

    value: Value


class Among(Struct, frozen=True):
    """One of several values, each as likely as the others (choice, scale, yes_no); at least two."""

    values: tuple[Value, ...]


class Interval(Struct, frozen=True):
    """A number or scale point between `low` and `high`, both possible.

    With `likely`, that is the median: half of the probability lies on either side of it. Without, every
    number in between is as likely as any other.
    """

    low: float
    high: float
    likely: float | None = None


class Unknown(Struct, frozen=True):
    """Asked, and left open: not sure, or rather not say. Never read as no or as zero."""


Answer = Certain | Among | Interval | Unknown
UNKNOWN = Unknown()


class OptionInHand(Struct, frozen=True):
    """A concrete place on one of the paths: an offer, a post, a grant. Its answers overlay the person's."""

    name: str
    path: str
    answers: Mapping[str, Answer] = field(default_factory=dict)


class AnswerSheet(Struct, frozen=True):
    """What one person answered; a question that is not in it was never answered.

    Equal sheets hold the same answers in any order. `name` is optional and only ever shown. `weights` says how much
    more or less each criterion counts for this person (1 where none is given); `options` are the concrete places
    they can choose between.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    name: str = ""
    weights: Mapping[str, float] = field(default_factory=dict)
    options: tuple[OptionInHand, ...] = ()

    def get(self, question: str) -> Answer | None:
        """The answer, or None where there is none."""
        return self.answers.get(question)

    def is_open(self, question: str) -> bool:
        """Whether nothing is known: no answer, or `unknown`."""
        return isinstance(self.answers.get(question), (Unknown, type(None)))

    def is_uncertain(self, question: str) -> bool:
        """Whether the answer leaves several values."""
        return isinstance(self.answers.get(question), (Among, Interval))

    def with_answer(self, question: str, answer: Answer) -> AnswerSheet:
        """The sheet with one more or one changed answer."""
        return replace(self, answers={**self.answers, question: answer})

    def without(self, *questions: str) -> AnswerSheet:
        """The sheet without some answers."""
        return replace(self, answers={key: one for key, one in self.answers.items() if key not in questions})

    def __iter__(self) -> Iterator[str]:
        return iter(self.answers)

    def __len__(self) -> int:
        return len(self.answers)


def in_words(question: Question, answer: Answer | None) -> str:
    """An answer as the person would say it."""
    match answer:
        case Certain(value):
            return question.label(value)
        case Among(values):
            return " or ".join(question.label(value) for value in values)
        case Interval(low, high, likely):
            unit = f" {question.unit}" if question.unit else " of 5" if question.kind == "scale" else ""
            middle = f", most likely about {likely:g}" if likely is not None else ""
            return f"{low:g} to {high:g}{unit}{middle}"
        case Unknown():
            return "not sure, or not said"
        case None:
            return "not answered"


def to_plain(question: Question, answer: Answer) -> object:
    """An answer in the form of an answers file (JSON types; a selection in the question's order)."""
    match answer:
        case Certain(value):
            if isinstance(value, frozenset):
                return [option for option in question.values if option in value]
            return _plain_number(value)
        case Among(values):
            return [_plain_number(value) for value in values]
        case Interval(low, high, likely):
            plain = {"min": _plain_number(low), "max": _plain_number(high)}
            return plain if likely is None else {**plain, "likely": _plain_number(likely)}
        case Unknown():
            return "unknown"


def _plain_number(value: Value) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value
