"""Reading strangers' files and writing our own: the only place that opens files.

Reads never block on a pipe or device, never follow into a folder, and stop at `MAX_BYTES`. Writes are whole
or not at all: a temporary file in the same folder, synced, then renamed over the target.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO

from pathfinder.errors import InputError, Problem, refused

MAX_BYTES = 1 << 20
PRIVATE = 0o600


def read_text(path: Path | str, name: str | None = None) -> str:
    """The text of a regular file of at most 1 MiB, or of standard input for `-`.

    Raises `InputError` naming the file (as `name`, if given) and what to do.
    """
    shown = name or str(path)
    raw = _read_stdin(shown) if str(path) == "-" else _read_file(Path(path), shown)
    if len(raw) > MAX_BYTES:
        raise refused("the file is larger than 1 MiB", "Answers need far less; check that it is the right file", shown)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise refused("this is not UTF-8 text", "Save the file as UTF-8", shown, line) from None


def read_bytes(path: Path) -> bytes:
    """The content of a regular file of at most 1 MiB and a byte. Raises `InputError`."""
    return _read_file(path, str(path))


def _read_stdin(shown: str) -> bytes:
    if sys.stdin is None:
        raise refused("there is no standard input", "Name a file instead of -", shown)
    try:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError([os_problem(error, shown)]) from None


def _read_file(path: Path, shown: str) -> bytes:
    with open_file(path, shown) as file:
        try:
            return file.read(MAX_BYTES + 1)
        except OSError as error:
            raise InputError([os_problem(error, shown)]) from None


def open_file(path: Path, shown: str) -> BinaryIO:
    """A regular file, opened for reading. Raises `InputError` that names it as `shown`; a pipe never blocks."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise InputError([os_problem(error, shown)]) from None
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(handle, "rb")
    os.close(handle)
    if stat.S_ISDIR(mode):
        raise refused("this is a folder", "Name a file in it", shown)
    raise refused("this is not a regular file", "Copy its content into a file, or use - for standard input", shown)


def os_problem(error: OSError | ValueError, shown: str) -> Problem:
    """Why a file cannot be read, and what to do."""
    if isinstance(error, FileNotFoundError):
        return Problem("there is no such file", "Check the name; 'pathfinder template' prints one to fill in", shown)
    if isinstance(error, PermissionError):
        return Problem("this file may not be read", "Check its permissions", shown)
    if isinstance(error, IsADirectoryError):
        return Problem("this is a folder", "Name a file in it", shown)
    reason = getattr(error, "strerror", None) or "the name cannot be used"
    return Problem(f"this file cannot be read ({reason})", "Check the name", shown)


def write_text(path: Path, text: str, *, overwrite: bool = False, mode: int = PRIVATE, lasting: bool = True) -> None:
    """Write a whole file atomically, by default readable by its owner alone. One that is not `lasting` can be empty
    after a power cut, and takes a tenth of the time.

    Raises `InputError` when it exists and `overwrite` is false, when it is a folder, pipe or device, or when
    the folder cannot be written to; then nothing has changed.
    """
    import tempfile

    temporary: Path | None = None
    try:
        if path.is_dir():
            raise refused("this is a folder", "Name a file in it", str(path))
        if path.exists() and not overwrite:
            raise refused("this file exists already", "Choose another name, or use --force to replace it", str(path))
        if path.exists() and not path.is_file():
            raise refused("this is not a regular file", "Choose another name", str(path))
        handle, made = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".tmp", dir=path.parent)
        temporary = Path(made)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            temporary.chmod(mode)
            file.write(text)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        temporary.replace(path)
        temporary = None
        if lasting:
            sync_folder(path.parent)
    except FileNotFoundError:
        raise refused("there is no such folder", "Create it first, or choose another place", str(path.parent)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name or the text cannot be used"
        raise refused(f"this file cannot be written ({reason})", "Choose another place", str(path)) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut, where the system allows it."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
