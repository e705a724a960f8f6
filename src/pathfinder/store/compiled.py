"""Rule bases made ready: read from their files once, and from then on from a compiled form in the user's cache folder.

To read, validate and check a rule base takes longer than to score somebody by it. So a base that was found sound is
kept as data, under a name that is a digest of all its files and of the program: where either changes, the name does,
and the base is read from its files again. Nothing in it is ever run, and whatever cannot be read as exactly what it
should be is passed over. `$PATHFINDER_CACHE` names another folder; where it is empty, nothing is kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from zlib import crc32

from msgspec import MsgspecError, msgpack

from pathfinder import __version__
from pathfinder.errors import InputError
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.files import PRIVATE, open_file, read_bytes
from pathfinder.store.rules import SUBFOLDERS, built_in_folder, load_rules

try:
    from _blake2 import blake2b  # hashlib's own; hashlib itself loads OpenSSL for its other digests first
except ImportError:
    from hashlib import blake2b

CACHE = "PATHFINDER_CACHE"
ENDING = ".rules"
FORMAT = 1
"""Of the compiled form; another number, another form."""

MOST_KEPT = 8
"""So many compiled bases are kept, the newest; one of each folder."""

MAX_BYTES = 1 << 26
_MAKERS = ("rulebase", "answers", "assessment", "store")
"""The packages whose code makes a compiled rule base what it is: where they are edited, it is compiled anew."""


def ready_rules(folder: Path) -> RuleBase:
    """The rule base in a folder, without the places of its parts in its files.

    Raises `InputError` with everything that is wrong in any of its files.
    """
    place = _place(folder)
    found = None if place is None else _read(place)
    if found is None:
        found = load_rules(folder).with_parts(places={})
        from pathfinder.assessment.working_out import worked_out  # most verbs need no more of assessing than this

        found = found.with_parts(tables=worked_out(found))
        if place is not None and place == _place(folder):  # nobody wrote to its files in the meantime
            _write(place, found)
    return found


@cache
def ready_built_in() -> RuleBase:
    """The built-in rule base, made ready once per process."""
    return ready_rules(built_in_folder())


def _place(folder: Path) -> Path | None:
    """Where the compiled form of a rule base stands, or would; None where it cannot be told or is not wanted."""
    cache_folder = _cache_folder()
    if cache_folder is None:
        return None
    try:
        content = blake2b(f"{FORMAT}\0{__version__}\0{_code()}\0".encode(), digest_size=16)
        for name in sorted(_names(folder)):
            raw = read_bytes(folder / name)
            content.update(f"{name}\0{len(raw)}\0".encode())
            content.update(raw)
    except (OSError, ValueError, InputError):
        return None
    whose = blake2b(os.fsencode(os.path.realpath(folder)), digest_size=8)
    return cache_folder / f"{whose.hexdigest()}-{content.hexdigest()}{ENDING}"


def _cache_folder() -> Path | None:
    named = os.environ.get(CACHE)
    if named is not None:
        return Path(named) if named else None
    from platformdirs import user_cache_path

    return user_cache_path("pathfinder", appauthor=False) / "rules"


def _code() -> str:
    """Tells one state of the program's own code from another, also while somebody works on it."""
    own = str(Path(__file__).parents[1])
    stats = [
        (one.path.removeprefix(own), one.stat().st_size, one.stat().st_mtime_ns)
        for maker in _MAKERS
        for one in _modules(f"{own}{os.sep}{maker}")
    ]
    return repr(sorted(stats))


def _modules(folder: str) -> Iterator[os.DirEntry[str]]:
    """Everything of Python in a folder and those within it; quicker than to ask pathlib."""
    for one in os.scandir(folder):
        if one.name.endswith(".py"):
            yield one
        elif one.is_dir() and one.name != "__pycache__":
            yield from _modules(one.path)


def _names(folder: Path) -> Iterator[str]:
    """The files that a rule base is read from."""
    for inside in ("", *SUBFOLDERS):
        with suppress(FileNotFoundError, NotADirectoryError):
            for one in os.scandir(folder / inside):
                if one.name.endswith(".yaml"):
                    yield f"{inside}/{one.name}" if inside else one.name


def _read(place: Path) -> RuleBase | None:
    """The rule base in a compiled form; None where there is none, or none that can be trusted."""
    try:
        with open_file(place, str(place)) as file:
            state = os.fstat(file.fileno())
            if state.st_size > MAX_BYTES or not _own(state):
                return None
            raw = memoryview(file.read())
        if crc32(raw[4:]) != int.from_bytes(raw[:4], "big"):
            return None
        return msgpack.decode(raw[4:], type=RuleBase)
    except (OSError, ValueError, InputError, MsgspecError, RecursionError):
        return None


def _own(state: os.stat_result) -> bool:
    """Whether a file was written by this user, where the system can say that."""
    return not hasattr(os, "geteuid") or state.st_uid == os.geteuid()


def _write(place: Path, base: RuleBase) -> None:
    """Keep the compiled form of a rule base, whole or not at all. That it cannot be kept stops nobody."""
    temporary = place.with_suffix(f".{os.getpid()}.tmp")
    with suppress(OSError, ValueError, MsgspecError, RecursionError, OverflowError):
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        raw = msgpack.encode(base)
        try:
            with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "wb") as file:
                file.write(crc32(raw).to_bytes(4, "big"))
                file.write(raw)
            temporary.replace(place)
        finally:
            temporary.unlink(missing_ok=True)
        _tidy(place)


def _tidy(place: Path) -> None:
    """Remove what is out of date: other forms of the same base, and the oldest of all."""
    whose = place.name.partition("-")[0]
    kept = sorted(place.parent.glob(f"*{ENDING}"), key=lambda one: one.stat().st_mtime_ns, reverse=True)
    for age, one in enumerate(kept):
        if one != place and (one.name.startswith(f"{whose}-") or age >= MOST_KEPT):
            one.unlink(missing_ok=True)
