"""Many people's answers, one after the other, with flat memory: a CSV table, JSON Lines, or a folder of answers files.

What one person's answers get wrong stays theirs. Only what makes the input as a whole unusable is raised.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from pathfinder.errors import InputError, Problem, refused
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.documents import Folder, read_json_lines
from pathfinder.store.lines import LineSource
from pathfinder.store.person import Person, with_problem
from pathfinder.store.table import read_table


class People:
    """An input that can be gone through once; `notices` are about it as a whole."""

    def __init__(
        self, people: Iterator[Person], shown: str, share: Callable[[], float | None], notices: tuple[str, ...] = ()
    ) -> None:
        self.notices = notices
        self.share = share
        first = next(people, None)
        if first is None:
            raise refused("there is nobody in it", "Give each person a row, a line or a file", shown)
        self._people = chain([first], people)

    def __iter__(self) -> Iterator[Person]:
        """Everybody, in the order of the input. Whoever has an id that stood before has that as a problem."""
        seen = _Seen()
        for person in self._people:
            before = seen.before(person) if person.id else None
            if before is None:
                yield person
            else:
                message = f"{before} has the id '{person.id}' already"
                yield with_problem(person, Problem(message, "Give everybody one of their own", key="id"))


def read_people(path: Path | str, base: RuleBase) -> People:
    """The people in a file, in a folder, or on standard input for `-`.

    JSON Lines begin with `{`; everything else is read as a table. Raises `InputError` where the input as a whole
    cannot be used.
    """
    shown = str(path)
    if shown != "-" and os.path.isdir(path):
        folder = Folder(Path(path), base)
        return People(iter(folder), shown, folder.share, folder.notices)
    source = LineSource(path)
    lines = iter(source)
    blank = []
    first = None
    for line in lines:
        if line.flaw is not None or line.text.strip():
            first = line
            break
        blank.append(line)
    if first is None:
        raise refused("this is empty", "Give each person a row or a line", shown)
    if first.flaw is not None:
        raise InputError([first.flaw.located(shown, first.number)])
    if first.text.lstrip().startswith("["):
        raise refused("this is one JSON list", "Write JSON Lines: each person's object on a line of its own", shown)
    lines = chain(blank, [first], lines)
    if first.text.lstrip().startswith("{"):
        return People(read_json_lines(lines, shown, base), shown, source.share)
    return People(read_table(lines, first, shown, base), shown, source.share)


class _Seen:
    """The ids that have stood in an input, kept on disk, so that memory stays flat."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")  # a temporary database, deleted when it is closed
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE seen (id TEXT PRIMARY KEY, place TEXT) WITHOUT ROWID")

    def before(self, person: Person) -> str | None:
        """Where the person's id stood before; None where it did not."""
        added = self._database.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (person.id, person.place))
        if added.rowcount:
            return None
        found = self._database.execute("SELECT place FROM seen WHERE id = ?", (person.id,)).fetchone()
        return str(found[0])
