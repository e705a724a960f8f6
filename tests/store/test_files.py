"""Reading never blocks and never takes in too much; writing is whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from pathfinder.errors import InputError, Problem
from pathfinder.store.files import MAX_BYTES, read_text, write_text

POSIX = pytest.mark.skipif(os.name == "nt", reason="modes, pipes and links are POSIX's")


def refusal(action: Callable[[], object]) -> Problem:
    """The one problem that the action is refused with."""
    with pytest.raises(InputError) as refused:
        action()
    (problem,) = refused.value.problems
    return problem


def test_text_is_read_as_utf8_with_or_without_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    for content in ("naïve".encode(), b"\xef\xbb\xbf" + "naïve".encode()):
        file.write_bytes(content)
        assert read_text(file) == "naïve"


def test_a_file_of_exactly_the_largest_size_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"x" * MAX_BYTES)
    assert len(read_text(file)) == MAX_BYTES
    file.write_bytes(b"x" * (MAX_BYTES + 1))
    assert refusal(lambda: read_text(file)).message == "the file is larger than 1 MiB"


def test_a_problem_names_the_file_as_it_was_given_or_as_it_is_to_be_called(tmp_path: Path) -> None:
    assert refusal(lambda: read_text(tmp_path / "no.yaml")).file == str(tmp_path / "no.yaml")
    assert refusal(lambda: read_text(tmp_path / "no.yaml", "the draft")).file == "the draft"


def test_the_first_byte_that_is_not_utf8_gives_the_line(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"one\ntwo\n\xff\n\xff")
    assert refusal(lambda: read_text(file)) == Problem("this is not UTF-8 text", "Save the file as UTF-8", str(file), 3)


def test_a_folder_and_a_name_with_a_null_byte_are_refused(tmp_path: Path) -> None:
    assert refusal(lambda: read_text(tmp_path)) == Problem("this is a folder", "Name a file in it", str(tmp_path))
    assert "the name cannot be used" in refusal(lambda: read_text(tmp_path / "a\0b")).message


def test_a_file_that_may_not_be_read_is_told_from_one_that_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbid(*arguments: object, **more: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", forbid)
    problem = refusal(lambda: read_text(tmp_path / "a.yaml"))
    assert (problem.message, problem.remedy) == ("this file may not be read", "Check its permissions")


@POSIX
def test_a_device_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(os.devnull)
    for name in (os.devnull, tmp_path / "link"):
        assert refusal(partial(read_text, name)).message == "this is not a regular file"


@pytest.mark.skipif(sys.platform != "linux", reason="a file that opens but cannot be read, without rights games")
def test_a_file_that_opens_but_cannot_be_read_is_refused() -> None:
    assert refusal(lambda: read_text("/proc/self/mem")).message.startswith("this file cannot be read")


@POSIX
def test_reading_leaves_no_file_open(tmp_path: Path) -> None:
    (tmp_path / "good").write_text("x")
    (tmp_path / "bad").write_bytes(b"\xff")
    before = len(list(Path("/dev/fd").iterdir()))
    read_text(tmp_path / "good")
    for name in (tmp_path / "bad", tmp_path, tmp_path / "none", Path(os.devnull)):
        refusal(partial(read_text, name))
    assert len(list(Path("/dev/fd").iterdir())) == before


def test_a_file_is_written_in_whole_with_new_lines_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    write_text(file, "naïve\nlines\n")
    assert file.read_bytes() == "naïve\nlines\n".encode()
    assert list(tmp_path.iterdir()) == [file], "no temporary file stays"


@POSIX
def test_what_is_written_is_for_its_owner_alone_whatever_was_there_before(tmp_path: Path) -> None:
    file, open_to_all = tmp_path / "new.md", tmp_path / "old.md"
    open_to_all.write_text("old")
    open_to_all.chmod(0o666)
    previous = os.umask(0)
    try:
        write_text(file, "x")
        write_text(open_to_all, "x", overwrite=True)
        write_text(tmp_path / "shared.md", "x", mode=0o644)
    finally:
        os.umask(previous)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"new.md": 0o600, "old.md": 0o600, "shared.md": 0o644}


def test_a_file_that_exists_is_not_overwritten_unless_that_is_wanted(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("old")
    problem = refusal(lambda: write_text(file, "new"))
    assert (problem.message, problem.file) == ("this file exists already", str(file))
    assert "--force" in problem.remedy
    assert file.read_text() == "old"
    write_text(file, "new", overwrite=True)
    assert file.read_text() == "new"


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_write_that_fails_on_the_way_leaves_the_old_file_and_nothing_else(
    step: str, failure: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.md"
    file.write_text("old")

    def fail(*arguments: object, **more: object) -> None:
        raise failure

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    expected = InputError if isinstance(failure, OSError) else KeyboardInterrupt
    with pytest.raises(expected) as raised:
        write_text(file, "new", overwrite=True)
    if isinstance(failure, OSError):
        assert (
            str(raised.value) == f"{file}: this file cannot be written (No space left on device). Choose another place"
        )
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_text_that_no_file_can_hold_is_refused_and_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("old")
    problem = refusal(lambda: write_text(file, "half \ud800 pair", overwrite=True))
    assert problem.message.startswith("this file cannot be written")
    assert (file.read_text(), list(tmp_path.iterdir())) == ("old", [file])


def test_a_missing_folder_is_named_and_not_made(tmp_path: Path) -> None:
    problem = refusal(lambda: write_text(tmp_path / "none" / "a.md", "x"))
    assert problem.message == "there is no such folder"
    assert problem.remedy == "Create it first, or choose another place"
    assert problem.file == str(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a\0b", "x" * 300], ids=["null byte", "too long"])
def test_a_name_that_no_file_can_have_is_refused(name: str, tmp_path: Path) -> None:
    for overwrite in (False, True):
        problem = refusal(partial(write_text, tmp_path / name, "x", overwrite=overwrite))
        assert problem.message.startswith("this file cannot be written")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_never_written_over(tmp_path: Path) -> None:
    assert refusal(lambda: write_text(tmp_path, "x", overwrite=True)).message == "this is a folder"
    assert tmp_path.is_dir()


@POSIX
def test_a_pipe_or_device_is_never_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert refusal(lambda: write_text(pipe, "x", overwrite=True)).message == "this is not a regular file"
    assert stat.S_ISFIFO(pipe.stat().st_mode)
