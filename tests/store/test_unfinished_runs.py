"""Files that grow stand in place only when they are whole; a journal gives back what is still true and no more."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from pathfinder.errors import InputError
from pathfinder.store.cohort_output import OutputFolder, write_report
from pathfinder.store.growing import GrowingFile
from pathfinder.store.journal import Journal


class TestAGrowingFile:
    def test_it_stands_in_its_place_only_when_kept(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        with GrowingFile(file) as growing:
            growing.write("one\n")
            assert not file.exists()
            growing.write("two\n")
            growing.keep()
        assert file.read_text() == "one\ntwo\n"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert list(tmp_path.iterdir()) == [file]

    def test_given_up_it_leaves_what_stood_there(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text("old")
        with suppress(KeyboardInterrupt), GrowingFile(file) as growing:
            growing.write("new")
            raise KeyboardInterrupt
        assert file.read_text() == "old"
        assert list(tmp_path.iterdir()) == [file]

    def test_what_a_killed_run_left_is_replaced(self, tmp_path: Path) -> None:
        for text in ("first", "second"):
            GrowingFile(tmp_path / "a.csv").write(text)  # never kept, never given up
        with GrowingFile(tmp_path / "a.csv") as growing:
            growing.write("third")
            growing.keep()
        assert [file.read_text() for file in tmp_path.iterdir()] == ["third"]

    def test_a_folder_that_is_missing_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="this file cannot be written"):
            GrowingFile(tmp_path / "no" / "a.csv")


def as_read(plain: Mapping[str, object]) -> Mapping[str, object] | None:
    return plain if plain.get("good", True) else None


class TestAJournal:
    def written(self, path: Path, *keys: str, settings: str = "s") -> None:
        journal = Journal(path, settings, replace=False)
        for key in keys:
            if journal.take(key, as_read) is None:
                journal.add(key, {"n": key})
        journal.close(done=False)

    def taken(self, path: Path, *keys: str, settings: str = "s", replace: bool = False) -> list[str]:
        journal = Journal(path, settings, replace=replace)
        found = [key for key in keys if journal.take(key, as_read) == {"n": key}]
        journal.close(done=False)
        return found

    def test_the_same_people_are_taken_as_far_as_it_goes(self, tmp_path: Path) -> None:
        path = tmp_path / "j"
        self.written(path, "a", "b", "c")
        assert self.taken(path, "a", "b", "c", "d") == ["a", "b", "c"]

    def test_from_the_first_change_on_nothing_is_taken_and_what_follows_is_forgotten(self, tmp_path: Path) -> None:
        path = tmp_path / "j"
        self.written(path, "a", "b", "c")
        self.written(path, "a", "x", "c")
        assert self.taken(path, "a", "x", "c") == ["a", "x", "c"]
        self.written(path, "a", "b", "c")
        assert self.taken(path, "a", "y", "c") == ["a"]
        assert self.taken(path, "a", "b", "c") == ["a"]

    def test_a_record_that_cannot_be_used_ends_the_taking(self, tmp_path: Path) -> None:
        path = tmp_path / "j"
        journal = Journal(path, "s", replace=False)
        journal.add("a", {"n": "a"})
        journal.add("b", {"n": "b", "good": False})
        journal.add("c", {"n": "c"})
        journal.close(done=False)
        assert self.taken(path, "a", "b", "c") == ["a"]

    @pytest.mark.parametrize("tail", [b'{"key": "c", "record": {"n": "c"}}', b"{", b"\xff\n", b"[]\n", b"\n"])
    def test_a_line_that_was_not_written_to_its_end_does_not_count(self, tail: bytes, tmp_path: Path) -> None:
        path = tmp_path / "j"
        self.written(path, "a", "b")
        path.write_bytes(path.read_bytes() + tail)
        assert self.taken(path, "a", "b", "c") == ["a", "b"]
        self.written(path, "a", "b", "c")
        assert self.taken(path, "a", "b", "c") == ["a", "b", "c"]

    def test_other_settings_are_refused_unless_they_may_replace(self, tmp_path: Path) -> None:
        path = tmp_path / "j"
        self.written(path, "a")
        with pytest.raises(InputError, match="an unfinished run with other settings"):
            Journal(path, "t", replace=False)
        assert self.taken(path, "a") == ["a"]
        assert self.taken(path, "a", settings="t", replace=True) == []
        assert self.taken(path, "a", settings="t") == []

    def test_two_runs_do_not_write_at_once(self, tmp_path: Path) -> None:
        pytest.importorskip("fcntl")
        journal = Journal(tmp_path / "j", "s", replace=False)
        with pytest.raises(InputError, match="another run is writing here"):
            Journal(tmp_path / "j", "s", replace=True)
        journal.close(done=True)
        assert list(tmp_path.iterdir()) == []

    def test_a_run_that_ends_well_leaves_none_and_one_that_is_stopped_does(self, tmp_path: Path) -> None:
        with suppress(KeyboardInterrupt), Journal(tmp_path / "j", "s", replace=False) as journal:
            journal.add("a", {"n": "a"})
            raise KeyboardInterrupt
        assert self.taken(tmp_path / "j", "a") == ["a"]
        with Journal(tmp_path / "j", "s", replace=False):
            pass
        assert list(tmp_path.iterdir()) == []


class TestTheFolderOfResults:
    def refusal(self, folder: Path, source: Path | None = None, *, force: bool = False) -> str:
        with pytest.raises(InputError) as refused:
            OutputFolder(folder).prepare(source, force=force, reports=True)
        return str(refused.value)

    def test_it_is_made_private_with_the_folders_above_it(self, tmp_path: Path) -> None:
        OutputFolder(tmp_path / "a" / "b").prepare(None, force=False, reports=True)
        assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700
        assert (tmp_path / "a" / "b" / "people").is_dir()

    @pytest.mark.parametrize("name", ["summary.csv", "summary.md", "errors.csv", "people/ada.md"])
    def test_results_that_stand_there_are_kept_unless_forced(self, name: str, tmp_path: Path) -> None:
        (tmp_path / "people").mkdir()
        (tmp_path / name).write_text("mine")
        assert f"results stand here already ({name.split('/')[0]})" in self.refusal(tmp_path)
        OutputFolder(tmp_path).prepare(None, force=True, reports=True)

    def test_other_files_and_an_empty_folder_of_people_are_in_nobodys_way(self, tmp_path: Path) -> None:
        (tmp_path / "notes.txt").write_text("mine")
        (tmp_path / "people").mkdir()
        OutputFolder(tmp_path).prepare(None, force=False, reports=True)

    @pytest.mark.parametrize("source", ["people", "summary.csv", "people/ada.json", "errors.csv"])
    def test_an_input_is_never_written_over_even_if_forced(self, source: str, tmp_path: Path) -> None:
        (tmp_path / "people").mkdir()
        if source != "people":
            (tmp_path / source).write_text("{}")
        (tmp_path / "link").symlink_to(tmp_path / source)
        for named in (tmp_path / source, tmp_path / "link"):
            assert "results would be written over the input" in self.refusal(tmp_path, named, force=True)

    def test_a_file_in_its_place_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "out").write_text("x")
        assert "this folder cannot be made" in self.refusal(tmp_path / "out")
        assert "this folder cannot be made" in self.refusal(tmp_path / "out" / "in")

    def test_a_report_that_says_the_same_is_not_written_again(self, tmp_path: Path) -> None:
        report = tmp_path / "a.md"
        write_report(report, "é\n")
        before = report.stat()
        write_report(report, "é\n")
        assert report.stat() == before
        write_report(report, "other\n")
        assert report.read_text(encoding="utf-8") == "other\n"
        report.chmod(0o644)
        write_report(report, "other\n")
        assert stat.S_IMODE(report.stat().st_mode) == 0o600
