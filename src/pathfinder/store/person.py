"""One person out of many, as an input gives them: a sheet, or what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePath

from msgspec import structs

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.cleaning import clean
from pathfinder.errors import Problem

LONGEST_ID = 200

PLAIN_ID = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._@-]{{,{LONGEST_ID - 1}}}")
"""An id that is used as it stands."""


@dataclass(frozen=True)
class Person:
    """One person of an input. With `problems` the sheet is not to be used; their keys name a column or a place in
    the document.

    `id` is clean and empty where there is none that can be used. `file` is the name as it was given. `row` counts as a
    spreadsheet does (the header is row 1) and is None where the input is no table; `line` is the physical line at which
    they begin, None for a file of their own.
    """

    id: str
    sheet: AnswerSheet
    file: str
    row: int | None = None
    line: int | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def place(self) -> str:
        """Where they stand in the input: `row 12`, `line 12`, or the name of their file."""
        if self.row is not None:
            return f"row {self.row}"
        return f"line {self.line}" if self.line is not None else PurePath(self.file).name

    def told(self, problem: Problem) -> Problem:
        """A problem of theirs with file, line, row and id, to be shown; the line only where it says more."""
        row = f"row {self.row}" if self.row is not None else ""
        who = f"{row} ({self.id})" if row and self.id else row
        key = ", ".join(part for part in (who, problem.key) if part)
        line = None if self.row is not None and self.line == self.row else self.line
        return structs.replace(problem, key=key or None).located(self.file, line)


def with_problem(person: Person, problem: Problem) -> Person:
    """The same person with one more problem."""
    return replace(person, problems=(*person.problems, problem))


def read_id(raw: object) -> tuple[str, Problem | None]:
    """The id written as `raw`, clean and on one line, and what is wrong with it."""
    if isinstance(raw, bool) or not isinstance(raw, (str, int, type(None))):
        return "", Problem("an id is plain text", "Write it in quotes", key="id")
    found = " ".join(clean("" if raw is None else str(raw)).split())
    if not found:
        return "", Problem("there is no id", "Give everybody one that nobody else has", key="id")
    if len(found) > LONGEST_ID:
        return "", Problem(f"the id is longer than {LONGEST_ID} characters", "Choose a shorter one", key="id")
    return found, None
