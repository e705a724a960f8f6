"""Prompts with arrow keys, drawn by questionary on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pathfinder.answers.sheet import UNKNOWN, Among, Answer, Certain, Interval, Unknown, to_plain
from pathfinder.answers.typed import parse_typed
from pathfinder.answers.validation import AnswerError, parse_answer
from pathfinder.rulebase.conditions import Value
from pathfinder.rulebase.questions import Question
from pathfinder.terminal.prompting import (
    KEYS_HINT,
    MARKS_HINT,
    NOT_SAID,
    NOT_SURE,
    SEVERAL,
    Move,
    Option,
    Reply,
    short_label,
)

if TYPE_CHECKING:
    import questionary
    from prompt_toolkit.key_binding import KeyPressEvent

_LETTERS = {"?": Move.WHY, "b": Move.BACK, "left": Move.BACK, "escape": Move.BACK, "l": Move.LIST, "q": Move.QUIT}
_WORDS = {"?": Move.WHY, "why": Move.WHY, "back": Move.BACK, "b": Move.BACK, "list": Move.LIST, "l": Move.LIST}
_WORDS |= {"quit": Move.QUIT, "q": Move.QUIT}
NARROW = 66
"""Columns below which only the first words of a label fit; the whole labels are then printed above."""


class KeyPrompter:
    """Asks with arrow keys. `width` is the terminal's width in columns, `write` prints a line above the prompt."""

    def __init__(self, write: Callable[[str], None], width: Callable[[], int]) -> None:
        self.write, self.width = write, width

    def ask(self, question: Question, given: Answer | None) -> Reply:
        """Ask with the prompt that fits the kind of question."""
        if question.kind == "number":
            return self._number(question, given)
        if question.kind == "multi":
            return self._selection(question, given)
        return self._one(question, given)

    def choose(self, message: str, options: Sequence[Option]) -> str:
        """A menu."""
        import questionary

        self.write(message)
        choices = [questionary.Choice(option.label, option.key) for option in options]
        prompt = questionary.select("", choices, qmark="", pointer=">", instruction=" ")
        return str(_run(prompt))

    def pause(self, message: str) -> None:
        """Wait for any key."""
        import questionary

        _run(questionary.press_any_key_to_continue(message))

    def text(self, message: str, default: str) -> str:
        """A line, with the default filled in."""
        import questionary

        return str(_run(questionary.text(message, default=default, qmark=""))).strip() or default

    def _labels(self, question: Question) -> dict[Value, str]:
        """The label of every option as it fits; where it does not fit, the whole ones are printed first."""
        whole = {option: question.label(option) for option in question.options}
        if self.width() >= NARROW:
            return whole
        short = {option: short_label(question, option) for option in question.options}
        for label in whole.values():
            if label not in short.values():
                self.write(f"- {label}")
        return short

    def _hint(self, hint: str) -> str:
        """The keys beside the prompt; above it, wrapped, where they do not fit on a line."""
        if self.width() > len(hint) + 4:
            return hint
        self.write(hint)
        return " "

    def _one(self, question: Question, given: Answer | None) -> Reply:
        import questionary

        choices = [questionary.Choice(label, option) for option, label in self._labels(question).items()]
        choices.append(questionary.Choice(NOT_SAID if question.sensitive else NOT_SURE, UNKNOWN))
        if len(question.options) > 2:
            choices.append(questionary.Choice(SEVERAL, SEVERAL))
        default = next((choice for choice in choices if _is_default(choice.value, given)), None)
        prompt = questionary.select(
            "", choices, default=default, qmark="", pointer=">", instruction=self._hint(KEYS_HINT), use_jk_keys=False
        )
        picked = _run(_with_moves(prompt, _LETTERS))
        if isinstance(picked, Move):
            return picked
        if picked is UNKNOWN:
            return UNKNOWN
        if picked == SEVERAL:
            return self._several(question, given)
        return Certain(picked)  # type: ignore[arg-type]

    def _several(self, question: Question, given: Answer | None) -> Reply:
        """Any number of the values of a choice or scale, each of which is possible."""
        import questionary

        before = given.values if isinstance(given, Among) else ()
        choices = [
            questionary.Choice(label, option, checked=option in before)
            for option, label in self._labels(question).items()
        ]
        picked = _run(_with_moves(_checkbox(self._hint(MARKS_HINT), choices), _LETTERS))
        if isinstance(picked, Move):
            return self.ask(question, given) if picked is Move.BACK else picked
        return parse_answer(question, picked) or UNKNOWN if picked else UNKNOWN

    def _selection(self, question: Question, given: Answer | None) -> Reply:
        import questionary

        before = given.value if isinstance(given, Certain) and isinstance(given.value, frozenset) else frozenset()
        choices = [
            questionary.Choice(label, option, checked=option in before)
            for option, label in self._labels(question).items()
        ]
        prompt = _checkbox(self._hint(f"{MARKS_HINT} · n not sure"), choices)
        picked = _run(_with_moves(prompt, {**_LETTERS, "n": UNKNOWN}))
        if isinstance(picked, Move):
            return picked
        return UNKNOWN if picked is UNKNOWN else parse_answer(question, picked) or UNKNOWN

    def _number(self, question: Question, given: Answer | None) -> Reply:
        import questionary

        low, high = question.bounds
        self.write(f"A number from {low:g} to {high:g} ({question.unit}), a range such as 5-15, or 'about 8'.")
        self.write("Also: not sure · ? · back · list · quit")
        while True:
            prompt = questionary.text("", default=_typed_form(question, given), qmark=">")
            reply = _run(_with_moves(prompt, {"escape": Move.BACK}))
            if isinstance(reply, Move):
                return reply
            typed = str(reply).strip()
            if typed.lower() in _WORDS:
                return _WORDS[typed.lower()]
            try:
                answer = parse_typed(question, typed)
            except AnswerError as error:
                self.write(f"{error.message[0].upper()}{error.message[1:]}. {error.remedy}.")
                continue
            if answer is not None:
                return answer
            self.write("Type a number, or 'not sure' to leave it open.")


def _checkbox(hint: str, choices: list[questionary.Choice]) -> questionary.Question:
    import questionary

    return questionary.checkbox("", choices, qmark="", pointer=">", instruction=hint, use_jk_keys=False)


def _with_moves(prompt: questionary.Question, keys: Mapping[str, Move | Unknown]) -> questionary.Question:
    """The prompt with keys that end it with something else than an answer."""
    from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings

    extra = KeyBindings()
    for key, outcome in keys.items():
        extra.add(key, eager=True)(_leaving(outcome))
    own = prompt.application.key_bindings
    prompt.application.key_bindings = merge_key_bindings([own, extra] if own is not None else [extra])
    prompt.application.ttimeoutlen = 0.05
    return prompt


def _leaving(outcome: Move | Unknown) -> Callable[[KeyPressEvent], None]:
    return lambda event: event.app.exit(result=outcome)


def _run(prompt: questionary.Question) -> object:
    """Run a prompt; Ctrl-C comes out as KeyboardInterrupt."""
    answer: object = prompt.unsafe_ask()
    return answer


@contextmanager
def on_standard_error() -> Iterator[None]:
    """Within it, prompts are drawn on standard error, so that standard output stays for results."""
    from prompt_toolkit.application import create_app_session
    from prompt_toolkit.output import create_output

    with create_app_session(output=create_output(stdout=sys.stderr)):
        yield


def _is_default(value: object, given: Answer | None) -> bool:
    match given:
        case Certain(known):
            return value is not UNKNOWN and value == known and type(value) is type(known)
        case Among() | Interval():
            return value == SEVERAL
        case None:
            return False
    return value is UNKNOWN


def _typed_form(question: Question, given: Answer | None) -> str:
    """An earlier answer as it would be typed."""
    if given is None:
        return ""
    plain = to_plain(question, given)
    if isinstance(plain, dict):
        likely = f", likely {plain['likely']}" if "likely" in plain else ""
        return f"{plain['min']}-{plain['max']}{likely}"
    return "not sure" if plain == "unknown" else str(plain)
