"""The history: kept for its owner alone, refused in plain words where it cannot be used, gone when forgotten."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from pathfinder.errors import InputError, Problem
from pathfinder.rulebase.models import RuleBase
from pathfinder.store import history, history_file
from pathfinder.store.history import History, Result, history_path, name_to_keep
from pathfinder.store.kept_answers import answers_changed, kept_sheet

posix = pytest.mark.skipif(os.name == "nt", reason="modes are POSIX's")
not_root = pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is closed to root")
NOON = datetime(2026, 5, 1, 12, 0, 30, 999, tzinfo=UTC)


def result(mark: str = "a") -> Result:
    """A result that is told from others by its mark."""
    return Result("0.1.0", "1.0.0", f"hash-{mark}", f"answers: {{skill: {mark}}}\n", f'{{"mark": "{mark}"}}')


@pytest.fixture(name="home")
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the history, not made yet."""
    monkeypatch.setenv("PATHFINDER_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def umask() -> Iterator[None]:
    """The widest umask there is, for a test."""
    before = os.umask(0)
    yield
    os.umask(before)


def problem(refusal: pytest.ExceptionInfo[InputError]) -> Problem:
    """The one problem of a refusal, which names the file and what to do."""
    (found,) = refusal.value.problems
    assert found.file == str(history_path())
    assert found.remedy
    return found


def everything_in(folder: Path) -> bytes:
    """The bytes of every file in a folder, one after the other."""
    return b"\0".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


class TestKeeping:
    def test_reading_and_forgetting_make_no_file(self, home: Path) -> None:
        kept = History()
        kept.check()
        assert kept.names() == ()
        assert kept.of("Ada") == ()
        assert kept.forget(None) == kept.forget("Ada") == 0
        assert not home.exists()

    def test_results_come_back_under_their_name_numbered_from_the_oldest(self, home: Path) -> None:
        kept = History()
        kept.keep("Ada", "one", NOON, result("a"))
        kept.keep("Ben", "two", NOON, result("b"))
        kept.keep("Ada", "three", NOON - timedelta(days=3), result("c"))
        found = History().of("Ada")
        assert [(one.number, one.name, one.result) for one in found] == [
            (1, "Ada", result("a")),
            (2, "Ada", result("c")),
        ]
        assert found[0].when == NOON.replace(microsecond=0)
        assert History().of("Cleo") == ()

    def test_times_are_kept_in_utc_wherever_the_clock_stands(self, home: Path) -> None:
        History().keep("Ada", "one", NOON.astimezone(timezone(timedelta(hours=5))), result())
        (kept,) = History().of("Ada")
        assert kept.when.isoformat() == "2026-05-01T12:00:30+00:00"

    def test_the_same_sitting_replaces_its_result_and_keeps_its_place(self, home: Path) -> None:
        kept = History()
        assert kept.keep("Ada", "one", NOON, result("a")).number == 1
        assert kept.keep("Ada", "two", NOON, result("b")).number == 2
        assert kept.keep("Ada", "one", NOON + timedelta(hours=1), result("c")).number == 1
        assert [one.result for one in kept.of("Ada")] == [result("c"), result("b")]
        assert kept.of("Ada")[0].when == NOON.replace(microsecond=0) + timedelta(hours=1)

    def test_capitals_make_no_difference_and_the_last_spelling_is_shown(self, home: Path) -> None:
        kept = History()
        kept.keep("Ada", "one", NOON, result("a"))
        kept.keep("Straße", "two", NOON, result("b"))
        kept.keep("ADA", "three", NOON + timedelta(days=1), result("c"))
        found = [(one.name, one.count, (one.last - one.first).days) for one in kept.names()]
        assert found == [("ADA", 2, 1), ("Straße", 1, 0)]
        assert len(kept.of("ada")) == 2
        assert len(kept.of("STRASSE")) == 1

    def test_two_processes_can_keep_at_the_same_time(self, home: Path) -> None:
        failed: list[BaseException] = []

        def keep(who: int) -> None:
            try:
                for turn in range(10):
                    History().keep("Ada", f"{who}-{turn}", NOON, result())
            except BaseException as error:
                failed.append(error)

        threads = [threading.Thread(target=keep, args=(who,)) for who in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        assert [one.number for one in History().of("Ada")] == list(range(1, 41))

    def test_one_can_forget_while_another_keeps(self, home: Path) -> None:
        failed: list[BaseException] = []

        def use(who: int) -> None:
            try:
                for turn in range(15):
                    History().keep(f"name {who}", f"{who}-{turn}", NOON, result("x" * 5000))
                    assert len(History().of(f"name {who}")) == 1
                    assert History().forget(f"name {who}") == 1
            except BaseException as error:
                failed.append(error)

        threads = [threading.Thread(target=use, args=(who,)) for who in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        assert History().names() == ()


class TestNames:
    @pytest.mark.parametrize(
        ("given", "kept"),
        [("  Ada \n B ", "Ada B"), ("[red]x[/]", "[red]x[/]"), ("\x1b[31mA\u202eda", "[31mAda"), ("é" * 80,) * 2],
    )
    def test_a_name_is_any_text_on_one_line_that_does_nothing(self, given: str, kept: str) -> None:
        assert name_to_keep(given) == kept

    @pytest.mark.parametrize("given", ["", "  ", "\x00\x1b", "x" * 81])
    def test_an_empty_name_and_one_that_would_be_cut_are_refused(self, given: str) -> None:
        with pytest.raises(InputError) as refusal:
            name_to_keep(given)
        assert refusal.value.problems[0].remedy

    @pytest.mark.parametrize("name", ["'; DROP TABLE kept; --", "%", "a_b", 'x"y'])
    def test_a_name_does_nothing_to_the_database(self, name: str, home: Path) -> None:
        kept = History()
        kept.keep("Ada", "one", NOON, result())
        kept.keep(name, "two", NOON, result())
        assert [one.name for one in kept.names()] == ["Ada", name]
        assert kept.forget(name) == 1
        assert [one.name for one in kept.names()] == ["Ada"]


@posix
class TestForItsOwnerAlone:
    def test_file_and_folder_whatever_the_umask(self, home: Path, umask: None) -> None:
        History().keep("Ada", "one", NOON, result())
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        assert [(file.name, stat.S_IMODE(file.stat().st_mode)) for file in home.iterdir()] == [
            ("history.sqlite3", 0o600)
        ]

    def test_the_file_is_never_open_to_others_even_before_anything_is_in_it(
        self, home: Path, umask: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        modes: list[int] = []
        opened = os.open

        def watched(path: object, flags: int, mode: int = 0o777, **more: int) -> int:
            handle = opened(path, flags, mode, **more)  # type: ignore[arg-type]
            modes.append(stat.S_IMODE(os.fstat(handle).st_mode))
            return handle

        monkeypatch.setattr(os, "open", watched)
        History().keep("Ada", "one", NOON, result())
        assert modes == [0o600]

    def test_the_journal_of_an_unfinished_change_is_closed_to_others_too(self, home: Path, umask: None) -> None:
        History().keep("Ada", "one", NOON, result())
        open_change = sqlite3.connect(home / "history.sqlite3", isolation_level=None)
        open_change.execute("BEGIN IMMEDIATE")
        open_change.execute("UPDATE kept SET name = 'Ben'")
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in home.iterdir()}
        open_change.close()
        assert modes == {"history.sqlite3": 0o600, "history.sqlite3-journal": 0o600}

    def test_a_file_that_was_opened_to_others_is_closed_again(self, home: Path) -> None:
        History().keep("Ada", "one", NOON, result())
        (home / "history.sqlite3").chmod(0o644)
        History().keep("Ada", "two", NOON, result())
        assert stat.S_IMODE((home / "history.sqlite3").stat().st_mode) == 0o600

    def test_a_link_that_leads_nowhere_is_not_followed(self, home: Path, tmp_path: Path) -> None:
        home.mkdir()
        (home / "history.sqlite3").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(InputError) as refusal:
            History().keep("Ada", "one", NOON, result())
        assert problem(refusal).message == "this is not a regular file"
        assert not (tmp_path / "elsewhere").exists()


class TestForgetting:
    def secret(self, mark: str) -> Result:
        """A result that takes many pages of the file, with the mark in all of them."""
        return Result("0.1.0", "1.0.0", f"hash-{mark}", f"answers: {mark}\n" * 2000, f"[{mark}] " * 20000)

    def test_what_is_forgotten_is_in_no_file_of_the_folder_and_the_rest_is_whole(self, home: Path) -> None:
        kept = History()
        for turn in range(6):
            kept.keep("Zebedee", f"z{turn}", NOON, self.secret("burdensome"))
            kept.keep("Ada", f"a{turn}", NOON, self.secret("harmless"))
        before = everything_in(home)
        assert b"Zebedee" in before
        assert b"burdensome" in before
        assert kept.forget("zebedee") == 6
        after = everything_in(home)
        assert b"ebedee" not in after
        assert b"burdens" not in after
        assert len(after) < 0.6 * len(before)
        assert [file.name for file in home.iterdir()] == ["history.sqlite3"]
        assert [one.result for one in kept.of("Ada")] == [self.secret("harmless")] * 6
        assert kept.forget("zebedee") == 0

    def test_what_a_sitting_replaced_goes_too(self, home: Path) -> None:
        kept = History()
        kept.keep("Ada", "one", NOON, self.secret("burdensome"))
        kept.keep("Ada", "one", NOON, self.secret("harmless"))
        assert b"burdens" not in everything_in(home)

    def test_whoever_is_stopped_while_forgetting_leaves_nothing_in_the_journal(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        History().keep("Ada", "one", NOON, self.secret("burdensome"))
        found: list[bytes] = []

        def watched(path: Path) -> sqlite3.Connection:
            connection = history_file.prepared(path)

            def look(statement: str) -> None:
                if statement == "VACUUM":
                    found.append(everything_in(home))

            connection.set_trace_callback(look)
            return connection

        monkeypatch.setattr(history, "prepared", watched)
        History().forget("Ada")
        assert len(found) == 1
        assert b"burdens" not in found[0]

    def test_everything_goes_at_once(self, home: Path) -> None:
        kept = History()
        kept.keep("Zebedee", "one", NOON, self.secret("burdensome"))
        kept.keep("Ada", "two", NOON, self.secret("harmless"))
        assert kept.forget(None) == 2
        after = everything_in(home)
        assert not any(word in after for word in (b"ebedee", b"burdens", b"Ada", b"harmless"))
        assert kept.names() == ()
        kept.keep("Ada", "three", NOON, result())
        assert [one.number for one in kept.of("Ada")] == [1]

    def test_rebuilding_the_file_leaves_no_copy_in_a_folder_for_temporary_files(self, home: Path) -> None:
        History().keep("Ada", "one", NOON, result())
        connection = history_file.prepared(history_path())
        in_memory, overwritten = 2, 1
        assert connection.execute("PRAGMA temp_store").fetchone() == (in_memory,)
        assert connection.execute("PRAGMA secure_delete").fetchone() == (overwritten,)
        connection.close()


class TestWhatCannotBeUsed:
    def test_a_newer_version_is_refused_and_left_as_it_is(self, home: Path) -> None:
        History().keep("Ada", "one", NOON, result())
        with sqlite3.connect(home / "history.sqlite3") as other:
            other.execute("PRAGMA user_version = 2")
        other.close()
        before = everything_in(home)
        for use in (
            History().check,
            History().names,
            lambda: History().of("Ada"),
            lambda: History().forget(None),
            lambda: History().keep("Ada", "two", NOON, result()),
        ):
            with pytest.raises(InputError) as refusal:
                use()
            assert problem(refusal).message == "a newer pathfinder wrote this history (version 2)"
        assert everything_in(home) == before

    @pytest.mark.parametrize("content", [b"answers: {}\n" * 100, b"SQLite format 3\0" + b"\xff" * 5000, b"\0" * 4096])
    def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(self, content: bytes, home: Path) -> None:
        home.mkdir()
        (home / "history.sqlite3").write_bytes(content)
        for use in (History().check, lambda: History().keep("Ada", "one", NOON, result())):
            with pytest.raises(InputError) as refusal:
                use()
            assert problem(refusal).message == "this history is damaged"
        assert (home / "history.sqlite3").read_bytes() == content

    def test_a_history_that_lost_its_end_is_refused(self, home: Path) -> None:
        for turn in range(3):
            History().keep("Ada", f"{turn}", NOON, TestForgetting().secret("x"))
        file = home / "history.sqlite3"
        file.write_bytes(file.read_bytes()[: 3 * 4096])
        with pytest.raises(InputError) as refusal:
            History().of("Ada")
        assert problem(refusal).message == "this history is damaged"

    def test_a_time_that_is_none_is_damage(self, home: Path) -> None:
        History().keep("Ada", "one", NOON, result())
        with sqlite3.connect(home / "history.sqlite3") as other:
            other.execute("UPDATE kept SET kept = 'yesterday'")
        other.close()
        with pytest.raises(InputError) as refusal:
            History().names()
        assert problem(refusal).message == "this history is damaged"

    def test_another_programs_database_is_refused_and_left_as_it_is(self, home: Path) -> None:
        home.mkdir()
        with sqlite3.connect(home / "history.sqlite3") as other:
            other.execute("CREATE TABLE mine (x)")
        other.close()
        with pytest.raises(InputError) as refusal:
            History().keep("Ada", "one", NOON, result())
        assert problem(refusal).message == "this is no history of pathfinder"

    def test_an_empty_file_becomes_a_history(self, home: Path) -> None:
        home.mkdir()
        (home / "history.sqlite3").touch()
        assert History().names() == ()
        History().keep("Ada", "one", NOON, result())
        assert len(History().of("Ada")) == 1

    def test_while_another_process_writes_for_long_it_is_refused_and_nothing_is_lost(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(history_file, "PATIENCE", 0.05)
        History().keep("Ada", "one", NOON, result())
        other = sqlite3.connect(home / "history.sqlite3", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        for use in (
            History().names,
            lambda: History().keep("Ada", "two", NOON, result()),
            lambda: History().forget(None),
        ):
            with pytest.raises(InputError) as refusal:
                use()
            assert problem(refusal).message == "another process is writing this history"
        other.close()
        assert len(History().of("Ada")) == 1

    @posix
    @not_root
    def test_a_file_that_may_not_be_read_is_refused(self, home: Path) -> None:
        History().keep("Ada", "one", NOON, result())
        (home / "history.sqlite3").chmod(0)
        with pytest.raises(InputError) as refusal:
            History().names()
        assert problem(refusal).message == "this history may not be read or written"

    @pytest.mark.parametrize(
        ("code", "said"),
        [
            (sqlite3.SQLITE_READONLY, "may not be read or written"),
            (sqlite3.SQLITE_CANTOPEN, "may not be read or written"),
            (sqlite3.SQLITE_FULL, "cannot be read or written"),
            (sqlite3.SQLITE_IOERR | 5 << 8, "cannot be read or written"),
            (sqlite3.SQLITE_BUSY | 1 << 8, "another process"),
            (sqlite3.SQLITE_NOTADB, "damaged"),
        ],
    )
    def test_what_sqlite_complains_of_is_told_in_plain_words(self, code: int, said: str, tmp_path: Path) -> None:
        error = sqlite3.OperationalError("words of sqlite")
        error.sqlite_errorcode = code
        told = str(history_file.complaint(error, tmp_path))
        assert said in told
        assert "words of sqlite" not in told

    def test_a_folder_in_its_place_is_refused(self, home: Path) -> None:
        (home / "history.sqlite3").mkdir(parents=True)
        for use in (History().check, History().names, lambda: History().keep("Ada", "one", NOON, result())):
            with pytest.raises(InputError) as refusal:
                use()
            assert problem(refusal).message == "this is not a regular file"

    @pytest.mark.parametrize("place", ["file/home", "x" * 5000])
    def test_a_folder_that_cannot_be_made_is_refused_with_the_way_to_choose_another(
        self, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "file").write_text("in the way")
        monkeypatch.setenv("PATHFINDER_HOME", str(tmp_path / place))
        assert History().names() == ()
        with pytest.raises(InputError) as refusal:
            History().keep("Ada", "one", NOON, result())
        found = problem(refusal)
        assert found.message.startswith("the history cannot be written here (")
        assert found.remedy == "Set PATHFINDER_HOME to a folder of yours"

    def test_a_place_with_signs_of_a_web_address_in_its_name_is_a_place(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATHFINDER_HOME", str(tmp_path / "a?mode=ro#b %41"))
        History().keep("Ada", "one", NOON, result())
        assert [file.name for file in (tmp_path / "a?mode=ro#b %41").iterdir()] == ["history.sqlite3"]


class TestKeptAnswers:
    def test_answers_that_differ_are_counted_given_and_taken_back_ones_too(self) -> None:
        before = "name: Ada\nanswers: {a: 1, b: {min: 1, max: 2}, c: unknown}\n"
        after = "name: Ben\nanswers: {a: 1, b: {min: 1, max: 3}, d: x}\n"
        assert answers_changed(before, before, "it") == 0
        assert answers_changed(before, after, "it") == answers_changed(after, before, "it") == 3

    def test_weights_count_as_one_and_each_option_as_one(self) -> None:
        before = (
            "answers: {}\noptions:\n- {name: One, path: phd, answers: {a: 1}}\n- {name: Two, path: phd, answers: {}}\n"
        )
        after = "answers: {}\nweights: {growth: 2, timing: 0}\noptions:\n- {name: One, path: phd, answers: {a: 2}}\n"
        assert answers_changed(before, after, "it") == 3

    def test_what_the_present_questionnaire_cannot_read_is_counted_and_left_out(self, base: RuleBase) -> None:
        text = "answers:\n  coding: solid\n  timeline_years: never\n  hat_size: 7\n"
        sheet, lost = kept_sheet(text, "it", base)
        assert (list(sheet), lost) == (["coding"], 2)

    def test_a_text_of_which_nothing_can_be_read_is_refused_by_its_name(self, base: RuleBase) -> None:
        with pytest.raises(InputError, match="'Ada', result 1"):
            kept_sheet("answers: [", "'Ada', result 1", base)
