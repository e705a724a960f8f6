"""The one validator: raw answers, from a prompt, YAML or JSON, become an answer sheet or problems."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from pathfinder.answers.options import read_options
from pathfinder.answers.sheet import UNKNOWN, Among, Answer, AnswerSheet, Certain, Interval
from pathfinder.cleaning import one_line
from pathfinder.errors import Problem, nearest
from pathfinder.rulebase.conditions import Value
from pathfinder.rulebase.questions import Question
from pathfinder.rulebase.weighing import read_weights

UNKNOWN_WORDS = {"unknown", "not sure"}
TOP_KEYS = ("name", "answers", "weights", "options")
EXTRA_KEYS = ("id", "pairs", "description", "expect", "because", "difficulty", "notes", "draft")
LONGEST_NAME = 120


class AnswerError(ValueError):
    """An answer cannot be used; `message` says what is wrong and `remedy` what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        self.message, self.remedy = message, remedy
        super().__init__(f"{message}. {remedy}")


def validate_sheet(
    data: object, questions: Mapping[str, Question], paths: Collection[str] = (), criteria: Collection[str] = ()
) -> tuple[AnswerSheet, list[Problem]]:
    """The sheet in a document of the answers format, and every problem with it.

    The document is `{name: optional, answers: {question: value}, weights: optional, options: optional}`; weights are
    for some of `criteria`, options are places on some of `paths`. Problems name their place as key
    (`answers.coding`). Where there are problems, the sheet holds what could be used.
    """
    if not isinstance(data, Mapping):
        return AnswerSheet(), [
            Problem("this is no answers file", "It begins with 'answers:' and lists 'question: value' under it")
        ]
    problems = []
    for key in data:
        if key not in TOP_KEYS and key not in EXTRA_KEYS:
            meant = nearest(str(key), TOP_KEYS) or "Answers stand indented under 'answers:'"
            if key in questions:
                meant = "It is a question: move it, indented, under 'answers:'"
            problems.append(Problem(f"there is no key '{one_line(str(key))}' here", meant, key=one_line(str(key))))
    raw = data.get("answers")
    name = data.get("name")
    if name is not None and not isinstance(name, (str, int, float)):
        problems.append(Problem("a name is plain text", "Write it in quotes", key="name"))
        name = None
    if "answers" not in data:
        problems.append(
            Problem(
                "there is no 'answers:'", "List 'question: value' under it; 'pathfinder template' prints an example"
            )
        )
    answers, unread = _answers(raw, "answers", questions)
    options, unusable = read_options(data.get("options"), paths, lambda raw, at: _answers(raw, at, questions))
    shown = one_line(str(name), LONGEST_NAME) if name is not None else ""
    weights, unweighed = _weights(data.get("weights"), criteria)
    return AnswerSheet(answers, shown, weights, options), [*problems, *unread, *unweighed, *unusable]


def _weights(raw: object, criteria: Collection[str]) -> tuple[dict[str, float], list[Problem]]:
    if raw is None:
        return {}, []
    if not isinstance(raw, Mapping):
        return {}, [Problem("'weights' holds 'criterion: weight' lines", "Write 'wellbeing: 2', say", key="weights")]
    return read_weights(raw.items(), criteria, "weights")


def _answers(raw: object, at: str, questions: Mapping[str, Question]) -> tuple[dict[str, Answer], list[Problem]]:
    """The answers that could be used of `question: value` lines, and the problems with the others under a key."""
    if raw is None:
        return {}, []
    if not isinstance(raw, Mapping):
        remedy = "'pathfinder template' prints an example"
        return {}, [Problem("'answers' holds 'question: value' lines", remedy, key=at)]
    answers: dict[str, Answer] = {}
    problems: list[Problem] = []
    for key, value in raw.items():
        question = questions.get(str(key))
        shown = f"{at}.{one_line(str(key))}"
        if question is None:
            meant = nearest(str(key), questions) or "'pathfinder questions' lists them"
            problems.append(Problem(f"there is no question '{one_line(str(key))}'", meant, key=shown))
            continue
        try:
            answer = parse_answer(question, value)
        except AnswerError as error:
            problems.append(Problem(error.message, error.remedy, key=shown))
        else:
            if answer is not None:
                answers[question.id] = answer
    return answers, problems


def parse_answer(question: Question, raw: object) -> Answer | None:
    """The answer written as `raw`; None where it is left empty. Raises `AnswerError`."""
    if raw is None:
        return None
    if isinstance(raw, str) and raw.strip().lower() in UNKNOWN_WORDS:
        return UNKNOWN
    if isinstance(raw, Mapping):
        return _interval(question, raw)
    if isinstance(raw, Sequence) and not isinstance(raw, str):
        return _listed(question, list(raw))
    if question.kind == "multi":
        raise AnswerError(
            "this is a selection", f"Write a list, e.g. [{next(iter(question.values))}], or [] for none of them"
        )
    return Certain(_value(question, raw))


def _listed(question: Question, raw: list[object]) -> Answer:
    if question.kind == "multi":
        return Certain(frozenset(str(_value(question, one)) for one in raw))
    if question.kind == "number":
        raise AnswerError("a number is not a list", "For a range write {min: 5, max: 15}")
    if not raw:
        raise AnswerError("an empty list says nothing", "Leave the question out, or write unknown")
    values = {_value(question, one) for one in raw}
    kept = tuple(option for option in question.options if option in values)
    return Certain(kept[0]) if len(kept) == 1 else Among(kept)


def _interval(question: Question, raw: Mapping[object, object]) -> Answer:
    if question.kind not in ("number", "scale"):
        raise AnswerError("only a number or a scale can be a range", "List the values that are possible, e.g. [a, b]")
    if not {"min", "max"} <= set(raw) or not set(raw) <= {"min", "max", "likely"}:
        raise AnswerError("a range has min and max, and may have likely", "Write {min: 5, max: 15}")
    numbers = {str(key): float(str(_value(question, one))) for key, one in raw.items()}
    low, high, likely = numbers["min"], numbers["max"], numbers.get("likely")
    if low > high:
        raise AnswerError("the range is upside down: min is above max", "Swap them")
    if likely is not None and not low <= likely <= high:
        raise AnswerError("likely lies outside min and max", "Move it between them")
    if low == high:
        return Certain(int(low) if question.kind == "scale" else low)
    return Interval(low, high, likely)


def _value(question: Question, raw: object) -> Value:
    """One value of the question, from a word, number or truth value."""
    if isinstance(raw, (Mapping, list)) or raw is None:
        raise AnswerError("this is nested too deep", "Write a plain value, or a list of plain values")
    text = str(raw).strip()
    match question.kind:
        case "yes_no":
            found = {"true": True, "yes": True, "false": False, "no": False}.get(text.lower())
            if found is None:
                raise AnswerError("this is a yes or no question", "Write yes, no or unknown")
            return found
        case "number" | "scale":
            return _number(question, text, isinstance(raw, bool))
    if text in question.values:
        return text
    meant = nearest(text, question.values)
    shown = "this" if question.sensitive else f"'{one_line(text, 40)}'"
    raise AnswerError(f"{shown} is no value of {question.id}", meant or f"It is one of: {', '.join(question.values)}")


def _number(question: Question, text: str, truth: bool) -> Value:
    low, high = question.bounds
    what = "a whole number from 1 to 5" if question.kind == "scale" else f"a number from {low:g} to {high:g}"
    remedy = f"Write {what}" + (f" ({question.unit})" if question.unit else "")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise AnswerError("this is not a number", remedy) from None
    if truth or not number.is_finite():
        raise AnswerError("this is not a number", remedy)
    if not Decimal(str(low)) <= number <= Decimal(str(high)):
        raise AnswerError("this is out of range", remedy)
    if question.kind == "scale":
        if number != int(number):
            raise AnswerError("a scale has whole numbers only", remedy)
        return int(number)
    return float(number)
