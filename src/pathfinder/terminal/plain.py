"""Prompts on plain input: numbered options and typed words, for screen readers and simple terminals."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from pathfinder.answers.sheet import UNKNOWN, Answer
from pathfinder.answers.typed import parse_typed
from pathfinder.answers.validation import AnswerError, parse_answer
from pathfinder.errors import nearest
from pathfinder.rulebase.conditions import Value
from pathfinder.rulebase.questions import Question
from pathfinder.terminal.prompting import MOVES, NOT_SAID, NOT_SURE, Option, Reply, noted, so_far


class PlainPrompter:
    """Asks by printing numbered options and reading a line."""

    def __init__(self, write: Callable[[str], None], read: Callable[[], str] | None = None) -> None:
        self.write = write
        self.read = read or _read_line

    def ask(self, question: Question, given: Answer | None) -> Reply:
        """List the options by number and read a line until it can be understood."""
        options = question.options
        for number, option in enumerate(options, start=1):
            self.write(f"  {number}. {_scale_label(question, option)}".rstrip())
        if options:
            self.write(f"  0. {NOT_SAID if question.sensitive else NOT_SURE}")
        self.write(_how_to(question))
        if given is not None:
            self.write(f"{so_far(question, given)} An empty line keeps it.")
        while True:
            typed = self._line("> ")
            move = MOVES.get(typed.lower())
            if move is not None:
                return move
            if not typed:
                if given is not None:
                    return given
                self.write("Type an answer, 'not sure', or ? for why I ask.")
                continue
            try:
                answer = _understood(question, typed, options)
            except AnswerError as error:
                self.write(f"{error.message[0].upper()}{error.message[1:]}. {error.remedy}.")
            else:
                if answer is not None:
                    self.write(noted(question, answer))
                    return answer

    def choose(self, message: str, options: Sequence[Option]) -> str:
        """A numbered menu."""
        self.write(message)
        for number, option in enumerate(options, start=1):
            self.write(f"  {number}. {option.label}")
        while True:
            typed = self._line("> ")
            if typed.isdecimal() and 1 <= int(typed) <= len(options):
                return options[int(typed) - 1].key
            self.write(f"Type a number from 1 to {len(options)}.")

    def pause(self, message: str) -> None:
        """Wait for an empty line."""
        self.write(message)
        self._line("> ")

    def more(self) -> bool:
        """Go on at once: whoever reads plain output has their own way to stop it."""
        return True

    def text(self, message: str, default: str) -> str:
        """A line; an empty one is the default."""
        self.write(f"{message} [{default}]" if default else message)
        return self._line("> ") or default

    def _line(self, prompt: str) -> str:
        sys.stderr.write(prompt)
        sys.stderr.flush()
        return self.read().strip()


def _read_line() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def _scale_label(question: Question, option: Value) -> str:
    if question.kind == "scale":
        return question.values.get(str(option), "")
    return question.label(option)


def _how_to(question: Question) -> str:
    match question.kind:
        case "number":
            low, high = question.bounds
            return (
                f"Type a number from {low:g} to {high:g} ({question.unit}), a range such as 5-15, 'about 8', "
                "or 'not sure'. Also: ? back list quit"
            )
        case "multi":
            return "Type the numbers of all that fit, e.g. 1,3, or 'none'. Also: ? back list quit"
        case "scale":
            return "Type a number from 1 to 5; 2-4 if it lies between these two. Also: ? back list quit"
    return "Type a number; 1,2 if either is possible. Also: ? back list quit"


def _understood(question: Question, typed: str, options: tuple[Value, ...]) -> Answer | None:
    """The answer in a typed line. Raises `AnswerError` when it cannot be told."""
    words = typed.lower()
    if words in ("not sure", "unsure", "unknown", "prefer not to say") or (typed == "0" and question.kind != "number"):
        return UNKNOWN
    if question.kind in ("number", "scale") and not (question.kind == "scale" and "," in typed):
        return parse_typed(question, typed)
    if question.kind == "multi" and words in ("none", "none of them", "[]"):
        return parse_answer(question, [])
    picked = [
        _picked(part.strip(), question, options) for part in typed.replace(" or ", ",").split(",") if part.strip()
    ]
    if question.kind != "multi" and len(picked) == 1:
        return parse_answer(question, picked[0])
    return parse_answer(question, picked)


def _picked(part: str, question: Question, options: tuple[Value, ...]) -> Value:
    """One option by its number, its id or the first words of its label."""
    if part.isdecimal() and 1 <= int(part) <= len(options):
        return options[int(part) - 1]
    if part.isdecimal():
        raise AnswerError(f"there is no option {part}", f"Type a number from 1 to {len(options)}, or 0 for not sure")
    words = {str(option).lower(): option for option in options}
    words |= {question.label(option).lower(): option for option in options}
    words |= {question.label(option).split(":")[0].lower(): option for option in options}
    found = words.get(part.lower())
    if found is None:
        raise AnswerError("this is none of the options", nearest(part.lower(), words) or "Type their numbers")
    return found
