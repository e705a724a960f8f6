"""What the interview needs of a prompter, whichever way it draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from pathfinder.answers.sheet import Answer, in_words
from pathfinder.rulebase.questions import Question


class Move(Enum):
    """What a person can do at a question instead of answering it."""

    WHY = "why"
    BACK = "back"
    LIST = "list"
    QUIT = "quit"


MOVES = {
    "?": Move.WHY,
    "why": Move.WHY,
    "help": Move.WHY,
    "back": Move.BACK,
    "b": Move.BACK,
    "list": Move.LIST,
    "l": Move.LIST,
    "quit": Move.QUIT,
    "q": Move.QUIT,
    "exit": Move.QUIT,
}
"""Words that stand for a move where answers are typed."""


@dataclass(frozen=True)
class Option:
    """One line of a menu: `key` comes back, `label` is shown."""

    key: str
    label: str


Reply = Answer | Move


class Prompter(Protocol):
    """Asks one thing at a time. Ctrl-C and a closed input come out as KeyboardInterrupt or EOFError."""

    def ask(self, question: Question, given: Answer | None) -> Reply:
        """Ask a question until there is a usable answer or a move; `given` is the answer so far, if any."""
        ...

    def choose(self, message: str, options: Sequence[Option]) -> str:
        """Let the person pick one of some options; gives its key."""
        ...

    def pause(self, message: str) -> None:
        """Wait until the person has read what stands above."""
        ...

    def more(self) -> bool:
        """Wait before the next page of something long; False when the person would rather skip the rest."""
        ...

    def text(self, message: str, default: str) -> str:
        """A line of text; an empty one is the default."""
        ...


NOT_SURE = "Not sure"
NOT_SAID = "Prefer not to say"
SEVERAL = "Several of these are possible ..."
MENU_HINT = "↑↓ and Enter pick"
KEYS_HINT = f"{MENU_HINT} · ? why I ask · ← back · l list · q save and quit"
MARKS_HINT = "Space marks · Enter is done · ? why · ← back · l list · q quit"


def noted(question: Question, answer: Answer) -> str:
    """What was understood, so that a slip shows at once."""
    return f"Noted: {in_words(question, answer)}."


def so_far(question: Question, given: Answer) -> str:
    """The sentence that recalls an earlier answer."""
    return f"Your answer so far: {in_words(question, given)}."


def short_label(question: Question, value: object) -> str:
    """The first words of a label, which tell it apart from the others; the whole where it is short."""
    label = question.label(value)  # type: ignore[arg-type]
    return label.split(":", 1)[0]
