"""Prompts with arrow keys, drawn by questionary on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pathfinder.answers.sheet import UNKNOWN, Among, Answer, Certain, Interval, Unknown
from pathfinder.answers.typed import parse_typed
from pathfinder.answers.validation import AnswerError, parse_answer
from pathfinder.rulebase.conditions import Value
from pathfinder.rulebase.questions import Question
from pathfinder.terminal.prompting import (
    KEYS_HINT,
    MARKS_HINT,
    MENU_HINT,
    MOVES,
    NOT_SAID,
    NOT_SURE,
    SEVERAL,
    Move,
    Option,
    Reply,
    noted,
    short_label,
    so_far,
)

if TYPE_CHECKING:
    import questionary
    from prompt_toolkit.filters import FilterOrBool
    from prompt_toolkit.key_binding import KeyPressEvent

_LETTERS = {"?": Move.WHY, "b": Move.BACK, "left": Move.BACK, "escape": Move.BACK, "l": Move.LIST, "q": Move.QUIT}
NARROW = 66
"""Columns below which only the first words of a label fit; the whole labels are then printed above."""


class KeyPrompter:
    """Asks with arrow keys. `width` is the terminal's width in columns, `write` prints a line above the prompt."""

    def __init__(self, write: Callable[[str], None], width: Callable[[], int]) -> None:
        self.write, self.width = write, width

    def ask(self, question: Question, given: Answer | None) -> Reply:
        """Ask with the prompt that fits the kind of question."""
        if given is not None:
            self.write(so_far(question, given) + (" Enter keeps it." if question.kind == "number" else ""))
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
        prompt = questionary.select("", choices, qmark="", pointer=">", instruction=MENU_HINT)
        return str(_run(prompt))

    def pause(self, message: str) -> None:
        """Wait for any key."""
        import questionary

        _run(questionary.press_any_key_to_continue(message))

    def more(self) -> bool:
        """Wait for any key; q skips the rest. The prompt leaves no trace between the pages."""
        import questionary

        prompt = questionary.press_any_key_to_continue("Enter shows more · q skips the rest")
        prompt.application.erase_when_done = True
        return _run(_with_moves(prompt, {"q": Move.QUIT})) is not Move.QUIT

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

    def _hint(self, question: Question, hint: str) -> str:
        """What stands above the options: the keys, or where they do not fit on a line, what the question is about."""
        if self.width() > len(hint) + 4:
            return hint
        self.write(hint)
        return f"{question.title}:"

    def _one(self, question: Question, given: Answer | None) -> Reply:
        import questionary

        choices = [questionary.Choice(label, option) for option, label in self._labels(question).items()]
        choices.append(questionary.Choice(NOT_SAID if question.sensitive else NOT_SURE, UNKNOWN))
        if len(question.options) > 2 or isinstance(given, Among):
            choices.append(questionary.Choice(SEVERAL, SEVERAL))
        default = next((choice for choice in choices if _is_default(choice.value, given)), None)
        prompt = questionary.select(
            "",
            choices,
            default=default,
            qmark="",
            pointer=">",
            instruction=self._hint(question, KEYS_HINT),
            use_jk_keys=False,
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
        """Some of the values of a choice or scale, each of which is possible; at least one has to be marked."""
        before = _possible(question, given)
        while True:
            picked = self._marked(question, self._hint(question, MARKS_HINT), before, _LETTERS)
            if picked is Move.BACK:
                return self._one(question, given)
            if isinstance(picked, Move):
                return picked
            if given is not None and before and picked == before:
                return given
            if picked:
                return parse_answer(question, picked) or UNKNOWN
            self.write("Nothing is marked yet. Space marks what is possible; ← and then 'Not sure' leaves it open.")

    def _selection(self, question: Question, given: Answer | None) -> Reply:
        before = given.value if isinstance(given, Certain) and isinstance(given.value, frozenset) else frozenset()
        hint = self._hint(question, f"{MARKS_HINT} · n not sure")
        picked = self._marked(question, hint, before, {**_LETTERS, "n": UNKNOWN})
        if isinstance(picked, Move):
            return picked
        if picked == [] and before:
            self.write("Nothing is marked any more, so none of them fits.")
        elif picked == []:
            self.write("Nothing was marked, so none of them fits. ← goes back to change it.")
        return UNKNOWN if picked is UNKNOWN else parse_answer(question, picked) or UNKNOWN

    def _marked(
        self, question: Question, hint: str, before: Container[object], keys: Mapping[str, Move | Unknown]
    ) -> object:
        """What is marked when Enter is pressed, as a list, or what a key stands for."""
        import questionary

        choices = [
            questionary.Choice(label, option, checked=option in before)
            for option, label in self._labels(question).items()
        ]
        prompt = questionary.checkbox("", choices, qmark="", pointer=">", instruction=hint, use_jk_keys=False)
        return _run(_with_moves(prompt, keys))

    def _number(self, question: Question, given: Answer | None) -> Reply:
        low, high = question.bounds
        self.write(f"Type a number from {low:g} to {high:g} ({question.unit}), a range such as 5-15, or 'about 8'.")
        self.write("Or type: not sure · ? · back · list · quit")
        while True:
            reply = self._typed()
            if isinstance(reply, Move):
                return reply
            typed = reply.strip()
            if typed.lower() in MOVES:
                return MOVES[typed.lower()]
            if not typed and given is not None:
                return given
            try:
                answer = parse_typed(question, typed)
            except AnswerError as error:
                self.write(f"{error.message[0].upper()}{error.message[1:]}. {error.remedy}.")
                continue
            if answer is not None:
                self.write(noted(question, answer))
                return answer
            self.write("Type a number, or 'not sure' to leave it open.")

    def _typed(self) -> str | Move:
        """A line, or back; the left arrow goes back as elsewhere while there is nothing to move about in."""
        import questionary
        from prompt_toolkit.filters import Condition

        prompt = questionary.text("", qmark=">")
        empty = Condition(lambda: not prompt.application.current_buffer.text)
        reply = _run(_with_moves(_with_moves(prompt, {"escape": Move.BACK}), {"left": Move.BACK}, empty))
        return reply if isinstance(reply, Move) else str(reply)


def _possible(question: Question, given: Answer | None) -> list[Value]:
    """The options that an earlier, uncertain answer leaves possible."""
    match given:
        case Among(values):
            return list(values)
        case Interval(low, high):
            return [option for option in question.options if isinstance(option, int) and low <= option <= high]
    return []


def _with_moves(
    prompt: questionary.Question, keys: Mapping[str, Move | Unknown], when: FilterOrBool = True
) -> questionary.Question:
    """The prompt with keys that end it with something else than an answer."""
    from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings

    extra = KeyBindings()
    for key, outcome in keys.items():
        extra.add(key, filter=when, eager=True)(_leaving(outcome))
    own = prompt.application.key_bindings
    prompt.application.key_bindings = merge_key_bindings([own, extra] if own is not None else [extra])
    prompt.application.ttimeoutlen = 0.05
    return prompt


def _leaving(outcome: Move | Unknown) -> Callable[[KeyPressEvent], None]:
    return lambda event: event.app.exit(result=outcome)


def _run(prompt: questionary.Question) -> object:
    """Run a prompt as its `unsafe_ask` does; Ctrl-C comes out as KeyboardInterrupt, and so does an interrupt sent by
    another program, which prompt_toolkit would swallow."""
    answer: object = prompt.application.run(handle_sigint=False)
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
