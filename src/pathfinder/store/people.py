"""Many people's answers, one after the other, with flat memory: a table (CSV or Parquet), JSON Lines, or a folder of
answers files.

What one person's answers get wrong stays theirs. Only what makes the input as a whole unusable is raised.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pathfinder.errors import InputError, Problem, refused
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.documents import Folder, read_json_lines
from pathfinder.store.lines import LineSource
from pathfinder.store.parquet import ParquetRows, is_parquet
from pathfinder.store.person import Person, with_problem
from pathfinder.store.table import Table, csv_records


class People:
    """An input that can be gone through once; `notices` are about it as a whole."""

    def __init__(
        self, people: Iterator[Person], shown: str, share: Callable[[], float | None], notices: tuple[str, ...] = ()
    ) -> None:
        self.notices = notices
        self.share = share
        first = next(people, None)
        if first is None:
            raise nobody(shown)
        self._people = chain([first], people)

    def __iter__(self) -> Iterator[Person]:
        """Everybody, in the order of the input. Whoever has an id that stood before has that as a problem."""
        seen = Seen()
        for person in self._people:
            before = seen.before(person.id, person.place) if person.id else None
            yield person if before is None else met_before(person, before)


@dataclass(frozen=True)
class Source:
    """An opened input. `people` is a `Table` where it is one; `share` tells how much has been read, 0 to 1."""

    people: Iterable[Person]
    shown: str
    share: Callable[[], float | None]
    notices: tuple[str, ...] = ()


def read_people(path: Path | str, base: RuleBase) -> People:
    """The people in a file, in a folder, or on standard input for `-` (see `open_source`)."""
    source = open_source(path, base)
    return People(iter(source.people), source.shown, source.share, source.notices)


def open_source(path: Path | str, base: RuleBase) -> Source:
    """A file, a folder, or standard input for `-`, opened to be gone through once.

    Parquet ends in `.parquet`, JSON Lines begin with `{`; everything else is read as a CSV table. Raises `InputError`
    where the input as a whole cannot be used.
    """
    shown = str(path)
    if shown != "-" and is_parquet(path):
        rows = ParquetRows(Path(path), shown)
        return Source(Table(rows, shown, base), shown, rows.share)
    if shown != "-" and os.path.isdir(path):
        folder = Folder(Path(path), base)
        return Source(folder, shown, folder.share, folder.notices)
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
        return Source(read_json_lines(lines, shown, base), shown, source.share)
    return Source(Table(csv_records(lines, first), shown, base), shown, source.share)


class Seen:
    """The ids that have stood in an input, kept on disk, so that memory stays flat."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")  # a temporary database, deleted when it is closed
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE seen (id TEXT PRIMARY KEY, place TEXT) WITHOUT ROWID")

    def before(self, key: str, place: str) -> str | None:
        """Where an id stood before; None where it did not."""
        return None if self.add([(key, place)]) else self.first(key)

    def add(self, placed: Sequence[tuple[str, str]]) -> bool:
        """Take in ids, each with its place; whether none of them stood before, here or earlier."""
        added = self._database.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", placed)
        return added.rowcount == len(placed)

    def first(self, key: str) -> str:
        """Where an id that was taken in stood first."""
        found = self._database.execute("SELECT place FROM seen WHERE id = ?", (key,)).fetchone()
        return str(found[0])


def met_before(person: Person, place: str) -> Person:
    """A person with the problem that their id stood before."""
    message = f"{place} has the id '{person.id}' already"
    return with_problem(person, Problem(message, "Give everybody one of their own", key="id"))


def nobody(shown: str) -> InputError:
    """What is wrong with an input that has nobody in it."""
    return refused("there is nobody in it", "Give each person a row, a line or a file", shown)
