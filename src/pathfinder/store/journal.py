"""What an unfinished run has done already, so that the same command goes on where it stopped.

One line for each person done, in the order of the input, after a first line that names the settings. A run that goes
on takes lines for as long as they are those of the same people with the same answers, and writes its own from there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, TypeVar

from pathfinder.errors import InputError, refused
from pathfinder.store.files import PRIVATE
from pathfinder.store.growing import not_written

Record = TypeVar("Record")


class Journal:
    """The lines of an unfinished run. `settings` identifies everything but the people that results depend on.

    Raises `InputError` when the journal is of a run with other settings, unless `replace`, or cannot be written.
    """

    def __init__(self, path: Path, settings: str, *, replace: bool) -> None:
        self._path = path
        try:
            path.touch(PRIVATE)
            self._file: BinaryIO = path.open("r+b")
        except OSError as error:
            raise not_written(path, error) from None
        if not _locked(self._file):
            self._file.close()
            raise _busy(path)
        head = self._line()
        self._taking = head.get("settings") == settings
        if not self._taking and head and not replace:
            self._file.close()
            remedy = "Give the same ones again, start anew with --force, or choose another folder"
            raise refused("here stands an unfinished run with other settings", remedy, str(path))
        if not self._taking:
            self._begin(0)
            self._add({"settings": settings})

    def take(self, key: str, read: Callable[[Mapping[str, object]], Record | None]) -> Record | None:
        """What was found out about the next person, made of its line by `read`. Once that gives None, or the line is
        about somebody else, nothing more is taken."""
        if not self._taking:
            return None
        start = self._file.tell()
        line = self._line()
        plain = line.get("record")
        found = read(plain) if line.get("key") == key and isinstance(plain, dict) else None
        if found is None:
            self._taking = False
            self._begin(start)
        return found

    def add(self, key: str, record: Mapping[str, object]) -> None:
        """Keep what was found out about the next person that was not taken."""
        self._add({"key": key, "record": record})

    def close(self, *, done: bool) -> None:
        """Close it; a run that is done leaves none behind."""
        self._file.close()
        if done:
            self._path.unlink(missing_ok=True)

    def _begin(self, place: int) -> None:
        """Write from here on."""
        self._file.seek(place)
        self._file.truncate()

    def _add(self, line: Mapping[str, object]) -> None:
        try:
            self._file.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
            self._file.flush()
        except OSError as error:
            raise not_written(self._path, error) from None

    def _line(self) -> dict[str, object]:
        """The next line; empty where there is none, or none that was written to its end."""
        raw = self._file.readline()
        try:
            found = json.loads(raw) if raw.endswith(b"\n") else {}
        except ValueError:
            found = {}
        return found if isinstance(found, dict) else {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close(done=kind is None)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Let no other run write where this journal stands, without keeping one. Raises `InputError` as `Journal` does."""
    there = path.exists() and path.stat().st_size > 0  # an empty one was left by a run like this that was killed
    try:
        path.touch(PRIVATE)
        file: BinaryIO = path.open("r+b")
    except OSError as error:
        raise not_written(path, error) from None
    with file:
        if not _locked(file):
            raise _busy(path)
        try:
            yield
        finally:
            if not there:
                path.unlink(missing_ok=True)


def _busy(path: Path) -> InputError:
    return refused("another run is writing here", "Wait until it is done, or choose another folder", str(path))


def _locked(file: BinaryIO) -> bool:
    """Whether this run alone has the file, where the system can tell; it does until the file is closed."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks
    return True
