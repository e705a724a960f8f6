"""A file that is written bit by bit and stands under its name only when it is complete."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from pathfinder.errors import InputError, refused
from pathfinder.store.files import PRIVATE, sync_folder


class GrowingFile:
    """Text for a file, kept beside it until `keep`; left without that, nothing has changed.

    Raises `InputError` when it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._temporary: Path | None = path.with_name(f".{path.name}.tmp")
        try:
            self._temporary.unlink(missing_ok=True)  # left by a run that was killed
            handle = os.open(self._temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
        except OSError as error:
            raise not_written(path, error) from None
        self._file = os.fdopen(handle, "w", encoding="utf-8", newline="\n")

    def write(self, text: str) -> None:
        """Add text."""
        try:
            self._file.write(text)
        except (OSError, ValueError) as error:
            raise not_written(self._path, error) from None

    def keep(self) -> None:
        """Put the file in its place, over one that may stand there."""
        assert self._temporary is not None
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._temporary.replace(self._path)
        except OSError as error:
            raise not_written(self._path, error) from None
        self._temporary = None
        sync_folder(self._path.parent)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._temporary is not None:
            with suppress(OSError):  # what could not be written out is given up anyway
                self._file.close()
            self._temporary.unlink(missing_ok=True)


def not_written(path: Path, error: OSError | ValueError) -> InputError:
    """Why a file cannot be written."""
    reason = getattr(error, "strerror", None) or "the name or the text cannot be used"
    return refused(f"this file cannot be written ({reason})", "Choose another place", str(path))
