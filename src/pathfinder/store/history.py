"""The history: results that a person asked to have kept, in one sqlite file that its owner alone can read.

Nothing is written here unless asked for. What is forgotten is overwritten with zeros and the file is rebuilt without
it, under one lock, so that nobody can meet it half forgotten.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pathfinder.cleaning import one_line
from pathfinder.errors import refused
from pathfinder.store.drafts import draft_path
from pathfinder.store.history_file import closed_to_others, complaint, prepared

LONGEST_NAME = 80
_COLUMNS = "name, kept, program, base_version, base_hash, answers, assessment"


@dataclass(frozen=True)
class Result:
    """What is kept of a result: the program's version, that of the rule base with the hash of its content, the answers
    as the text of an answers file, and the assessment as JSON."""

    program: str
    base_version: str
    base_hash: str
    answers: str
    assessment: str


@dataclass(frozen=True)
class Kept:
    """A kept result. `number` counts from 1 within its name, the oldest first; `when` is in UTC, to the second."""

    name: str
    number: int
    when: datetime
    result: Result


@dataclass(frozen=True)
class KeptName:
    """A name with how many results are kept under it, and when the first and the last of them were."""

    name: str
    count: int
    first: datetime
    last: datetime


def history_path() -> Path:
    """Where the history stands: beside the draft."""
    return draft_path().with_name("history.sqlite3")


def name_to_keep(text: str) -> str:
    """A name clean and on one line. Raises `InputError` where nothing is left of it, or it is too long to be told from
    others like it."""
    name = one_line(text, len(text) + 1)
    if not name:
        raise refused("a name to keep results under is missing", "Give a word that you will know again", key="NAME")
    if len(name) > LONGEST_NAME:
        raise refused(f"this name has more than {LONGEST_NAME} characters", "Choose a shorter one", key="NAME")
    return name


class History:
    """The kept results. A file is made by the first that is kept, and by nothing else.

    Capitals make no difference in names. Everything raises `InputError` where the file cannot be used: it is damaged,
    of a newer version, locked for long, not to be read or not to be written.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = history_path() if path is None else path

    def check(self) -> None:
        """Raise `InputError` now if a file is there that cannot be used."""
        if self._there():
            with self._connected():
                pass

    def keep(self, name: str, sitting: str, when: datetime, result: Result) -> Kept:
        """Keep a result under a name, in place of an earlier one of the same sitting (a word that no other sitting
        has)."""
        closed_to_others(self.path)
        moment = when.astimezone(UTC).replace(microsecond=0)
        row = (result.program, result.base_version, result.base_hash, result.answers, result.assessment)
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "INSERT INTO kept (sitting, key, name, kept, program, base_version, base_hash, answers, assessment)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sitting) DO UPDATE SET kept = excluded.kept,"
                " program = excluded.program, base_version = excluded.base_version, base_hash = excluded.base_hash,"
                " answers = excluded.answers, assessment = excluded.assessment",
                (sitting, name.casefold(), name, moment.isoformat(), *row),
            )
            place = "SELECT count(*) FROM kept WHERE key = ? AND id <= (SELECT id FROM kept WHERE sitting = ?)"
            (number,) = connection.execute(place, (name.casefold(), sitting)).fetchone()
            connection.execute("COMMIT")
        return Kept(name, number, moment, result)

    def names(self) -> tuple[KeptName, ...]:
        """Every name, as it was last written, in the order in which they were first used."""
        if not self._there():
            return ()
        with self._connected() as connection:
            rows = connection.execute("SELECT key, name, kept FROM kept ORDER BY id").fetchall()
        found: dict[str, list[tuple[str, datetime]]] = {}
        for key, name, kept in rows:
            found.setdefault(key, []).append((one_line(str(name)), self._moment(kept)))
        return tuple(KeptName(some[-1][0], len(some), some[0][1], some[-1][1]) for some in found.values())

    def of(self, name: str) -> tuple[Kept, ...]:
        """Everything kept under a name, the oldest first."""
        if not self._there():
            return ()
        with self._connected() as connection:
            question = f"SELECT {_COLUMNS} FROM kept WHERE key = ? ORDER BY id"
            rows = connection.execute(question, (name.casefold(),)).fetchall()
        return tuple(
            Kept(one_line(str(called)), number, self._moment(kept), Result(*map(str, rest)))
            for number, (called, kept, *rest) in enumerate(rows, 1)
        )

    def forget(self, name: str | None) -> int:
        """Delete everything kept under a name, or everything at all for None, and leave no trace of it in the file.
        How many results that were."""
        if not self._there():
            return 0
        with self._connected() as connection:
            connection.execute("PRAGMA journal_mode = TRUNCATE")  # the journal holds what goes, no longer than it must
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # until it is closed: rebuilding must not be refused
            if name is None:
                gone = connection.execute("DELETE FROM kept").rowcount
            else:
                gone = connection.execute("DELETE FROM kept WHERE key = ?", (name.casefold(),)).rowcount
            connection.execute("COMMIT")
            connection.execute("VACUUM")
            connection.execute("PRAGMA journal_mode = DELETE")
        return gone

    def _there(self) -> bool:
        return os.path.lexists(self.path)

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """A connection to the file, which is there; closed in the end, with nothing half done."""
        try:
            connection = prepared(self.path)
            try:
                yield connection
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise complaint(error, self.path) from None

    def _moment(self, text: object) -> datetime:
        try:
            found = datetime.fromisoformat(str(text))
        except ValueError:
            raise complaint(sqlite3.DatabaseError("no time"), self.path) from None
        return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
