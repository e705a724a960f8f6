"""The sqlite file of the history: made for its owner alone, told apart from other files, refused in plain words."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from pathfinder.errors import InputError, refused
from pathfinder.store.drafts import HOME
from pathfinder.store.files import PRIVATE

SCHEMA_VERSION = 1
APPLICATION = 0x50617468
"""Marks a sqlite file as a history of this program."""

PATIENCE = 5.0
"""Seconds to wait while another process is writing."""

_TABLE = """
CREATE TABLE kept (
    id INTEGER PRIMARY KEY,
    sitting TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    kept TEXT NOT NULL,
    program TEXT NOT NULL,
    base_version TEXT NOT NULL,
    base_hash TEXT NOT NULL,
    answers TEXT NOT NULL,
    assessment TEXT NOT NULL
)
"""
_ANEW = "Move it away or delete it to begin a new history"


def closed_to_others(path: Path) -> None:
    """Make an empty file that its owner alone can read, whatever the umask, and its folder likewise; a file that is
    there loses what others may do with it. sqlite gives its journal the same mode.

    Raises `InputError` when that cannot be done.
    """
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.parent.chmod(0o700)
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE)
        except FileExistsError:
            _refuse_strange(path)
            if path.stat().st_mode & 0o777 != PRIVATE:
                path.chmod(PRIVATE)
        else:
            os.close(handle)
            path.chmod(PRIVATE)
    except OSError as error:
        reason = error.strerror or "the name cannot be used"
        raise refused(
            f"the history cannot be written here ({reason})", f"Set {HOME} to a folder of yours", str(path)
        ) from None


def prepared(path: Path) -> sqlite3.Connection:
    """A connection to a history that is there, its table made if the file is empty.

    Raises `InputError` for a file of another kind or a newer version, and sqlite's own errors.
    """
    _refuse_strange(path)
    # As a URI it is never made by opening it. Transactions begin and end where they are written.
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", timeout=PATIENCE, isolation_level=None, uri=True
    )
    try:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA temp_store = MEMORY")  # rebuilding leaves no copy in another folder
        if _kind(connection) == (0, 0) and _is_empty(connection):
            _make_table(connection)
        _refuse_other(_kind(connection), path)
    except BaseException:
        connection.close()
        raise
    return connection


def _make_table(connection: sqlite3.Connection) -> None:
    """Make the table, unless another process was faster."""
    connection.execute("BEGIN IMMEDIATE")
    if _is_empty(connection):
        connection.execute(_TABLE)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")


def _kind(connection: sqlite3.Connection) -> tuple[int, int]:
    """Which application's file it is, and the version of its schema."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(application), int(version)


def _is_empty(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None


def _refuse_other(kind: tuple[int, int], path: Path) -> None:
    application, version = kind
    if application != APPLICATION:
        raise refused("this is no history of pathfinder", _ANEW, str(path))
    if version > SCHEMA_VERSION:
        remedy = f"Use the newer pathfinder, or set {HOME} to another folder"
        raise refused(f"a newer pathfinder wrote this history (version {version})", remedy, str(path))
    if version < SCHEMA_VERSION:
        raise refused(f"this history is of a version that never was ({version})", _ANEW, str(path))


def _refuse_strange(path: Path) -> None:
    """Refuse a folder, pipe or device."""
    if os.path.lexists(path) and not os.path.isfile(path):
        raise refused("this is not a regular file", f"Move it away, or set {HOME} to another folder", str(path))


def complaint(error: sqlite3.Error, path: Path) -> InputError:
    """What went wrong with the file, and what to do."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return refused("another process is writing this history", "Wait until it is done and try again", str(path))
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return refused(
            "this history may not be read or written", "Check the permissions of the file and its folder", str(path)
        )
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOLFS):
        return refused("this history cannot be read or written", "Is the disk full or away?", str(path))
    return refused("this history is damaged", _ANEW, str(path))
