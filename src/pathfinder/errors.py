"""What can be wrong with what a person gave us, as values.

A `Problem` is collected where it is found and printed only at the program's edge, together with all the
others of the same input. Messages never repeat a private answer: they name the place and the remedy.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace


class Problem(Struct, frozen=True):
    """One thing wrong with one place of an input.

    `message` says what is wrong, `remedy` what to do about it. `file` is the name as the person gave it
    (`-` for standard input), `line` counts from 1, `key` is the place inside the document (`answers.coding`).
    """

    message: str
    remedy: str = ""
    file: str | None = None
    line: int | None = None
    key: str | None = None

    def located(self, file: str | None = None, line: int | None = None) -> Problem:
        """The same problem with file and line filled in where they were still open."""
        return replace(
            self,
            file=self.file if self.file is not None else file,
            line=self.line if self.line is not None else line,
        )

    def __str__(self) -> str:
        place = self.file or ""
        if self.line is not None:
            place += f":{self.line}" if place else f"line {self.line}"
        parts = [part for part in (place, self.key) if part]
        text = ": ".join([*parts, self.message])
        if not self.remedy:
            return text
        return f"{text} {self.remedy}" if text.endswith((".", "?", "!")) else f"{text}. {self.remedy}"


class InputError(Exception):
    """An input cannot be used; carries every problem found in it, at least one. The program exits with 2."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        if not self.problems:
            raise ValueError("InputError needs at least one problem")
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        """Problems stay whole on the way from one process to another."""
        return InputError, (self.problems,)


def refused(
    message: str, remedy: str = "", file: str | None = None, line: int | None = None, key: str | None = None
) -> InputError:
    """An `InputError` with a single problem, to be raised."""
    return InputError([Problem(message, remedy, file, line, key)])


def nearest(word: str, known: Iterable[str]) -> str:
    """`Did you mean 'x'?` for the known word closest to `word`, or an empty string when none is close."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean '{found[0]}'?" if found else ""
