"""A sound rule base is read from its files once; what is kept of it is the same base, or is passed over."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from zlib import crc32

import pytest
from msgspec import msgpack, to_builtins

from pathfinder.errors import InputError
from pathfinder.rulebase.models import RuleBase
from pathfinder.store import compiled
from pathfinder.store.compiled import ready_rules
from pathfinder.store.rules import load_rules


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where compiled bases are kept: a folder that is not there yet."""
    folder = tmp_path / "some" / "cache"
    monkeypatch.setenv("PATHFINDER_CACHE", str(folder))
    return folder


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that are read from their YAML, as it happens."""
    found: list[Path] = []

    def noted(folder: Path) -> RuleBase:
        found.append(folder)
        return load_rules(folder)

    monkeypatch.setattr(compiled, "load_rules", noted)
    return found


def written(cache: Path) -> Path:
    (file,) = cache.iterdir()
    return file


def other_title(rules: Path) -> None:
    file = rules / "rulebase.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("title: AI safety", "title: Our AI safety"), encoding="utf-8")


def told(base: RuleBase) -> str:
    """Everything in a base with its types, so that 1 and 1.0 differ, and sets in one order."""
    return repr(to_builtins(base, order="deterministic"))


class TestTheSecondTime:
    def test_it_is_the_same_base_but_for_the_places_in_its_files(self, rules_copy: Path, reads: list[Path]) -> None:
        first, second = ready_rules(rules_copy), ready_rules(rules_copy)
        assert reads == [rules_copy]
        assert first == second
        assert first.with_parts() == load_rules(rules_copy).with_parts(places={})  # but for what was worked out
        assert told(first) == told(second)
        assert second.questions.keys() == first.questions.keys()

    def test_conditions_are_of_their_own_classes_and_can_be_keys(self, rules_copy: Path) -> None:
        first, second = ready_rules(rules_copy), ready_rules(rules_copy)
        for key, rule in first.rules.items():
            assert [hash(one) for one in rule.conditions] == [hash(one) for one in second.rules[key].conditions]
            assert [type(one) for one in rule.conditions] == [type(one) for one in second.rules[key].conditions]

    def test_pydantic_and_the_readers_of_rule_files_are_not_loaded(self, rules_copy: Path) -> None:
        ready_rules(rules_copy)
        script = (
            "import sys\nfrom pathlib import Path\nfrom pathfinder.store.compiled import ready_rules\n"
            f"assert ready_rules(Path({str(rules_copy)!r})).rules\nprint(*sorted(sys.modules))\n"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=20, check=True)
        assert not {"pydantic", "pathfinder.rulebase.forms", "pathfinder.store.rule_files"} & set(done.stdout.split())


class TestItIsReadFromItsFilesAgain:
    @pytest.fixture(autouse=True)
    def _compiled(self, rules_copy: Path, cache: Path, reads: list[Path]) -> None:
        ready_rules(rules_copy)
        assert written(cache).stat().st_size > 100_000
        reads.clear()

    def test_after_a_change_and_what_was_kept_of_it_before_goes(
        self, rules_copy: Path, cache: Path, reads: list[Path]
    ) -> None:
        before = written(cache)
        other_title(rules_copy)
        assert ready_rules(rules_copy).general.title.startswith("Our AI safety")
        assert ready_rules(rules_copy).general.title.startswith("Our AI safety")
        assert reads == [rules_copy]
        assert written(cache) != before

    def test_when_a_file_has_another_name(self, rules_copy: Path, reads: list[Path]) -> None:
        file = sorted((rules_copy / "questions").iterdir())[0]
        file.rename(file.with_name("zz-last.yaml"))
        with pytest.raises(InputError):
            ready_rules(rules_copy)
        assert reads == [rules_copy]

    def test_when_a_file_is_gone_or_there_is_one_more(self, rules_copy: Path, reads: list[Path]) -> None:
        (rules_copy / "topics.yaml").unlink()
        assert ready_rules(rules_copy).topics == ()
        (rules_copy / "topics.yaml").write_text("topics: []\n")
        assert ready_rules(rules_copy).topics == ()
        assert reads == [rules_copy, rules_copy]

    def test_by_another_version_of_the_program(
        self, rules_copy: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(compiled, "__version__", "999")
        ready_rules(rules_copy)
        assert reads == [rules_copy]

    def test_where_the_program_was_changed_in_any_folder_of_a_package(
        self, rules_copy: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        package = tmp_path / "pathfinder"
        for folder in ("store", "assessment/scoring", "answers", "rulebase"):
            (package / folder).mkdir(parents=True)
        module = package / "assessment" / "scoring" / "counts.py"
        module.write_text("ONE = 1\n")
        monkeypatch.setattr(compiled, "__file__", str(package / "store" / "compiled.py"))
        ready_rules(rules_copy)
        ready_rules(rules_copy)
        assert reads == [rules_copy]
        module.write_text("TWO = 22\n")
        ready_rules(rules_copy)
        assert reads == [rules_copy, rules_copy]

    def test_when_what_is_kept_is_somebody_elses(
        self, rules_copy: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 12345)
        ready_rules(rules_copy)
        assert reads == [rules_copy]

    @pytest.mark.parametrize("damage", ["empty", "cut", "one bit", "noise", "another form", "a folder", "a pipe"])
    def test_when_what_is_kept_is_damaged_which_mends_it(
        self, damage: str, rules_copy: Path, cache: Path, reads: list[Path]
    ) -> None:
        file = written(cache)
        raw = file.read_bytes()
        other = msgpack.encode({"general": "something"})
        damaged = {
            "empty": b"",
            "cut": raw[:-100],
            "one bit": raw[:5000] + bytes([raw[5000] ^ 1]) + raw[5001:],
            "noise": bytes(range(256)) * 100,
            "another form": crc32(other).to_bytes(4, "big") + other,
        }
        file.unlink()
        if damage == "a folder":
            file.mkdir()
        elif damage == "a pipe":
            os.mkfifo(file)
        else:
            file.write_bytes(damaged[damage])
        assert ready_rules(rules_copy).with_parts() == load_rules(rules_copy).with_parts(places={})
        assert reads == [rules_copy]
        ready_rules(rules_copy)
        assert len(reads) == (2 if damage == "a folder" else 1)


class TestWhatIsKept:
    def test_it_is_for_its_owner_alone(self, rules_copy: Path, cache: Path) -> None:
        ready_rules(rules_copy)
        assert stat.S_IMODE(cache.stat().st_mode) == 0o700
        assert stat.S_IMODE(written(cache).stat().st_mode) == 0o600

    def test_it_is_nothing_of_a_base_that_is_broken(self, rules_copy: Path, cache: Path) -> None:
        other_title(rules_copy)
        (rules_copy / "sources.yaml").write_text("sources: []\n")
        with pytest.raises(InputError) as told:
            ready_rules(rules_copy)
        with pytest.raises(InputError) as wanted:
            load_rules(rules_copy)
        assert told.value.problems == wanted.value.problems
        assert not cache.exists()

    def test_it_is_nothing_where_the_folder_has_an_empty_name(
        self, rules_copy: Path, cache: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATHFINDER_CACHE", "")
        ready_rules(rules_copy)
        ready_rules(rules_copy)
        assert reads == [rules_copy, rules_copy]
        assert not cache.exists()

    def test_that_it_cannot_be_written_stops_nobody(self, rules_copy: Path, cache: Path) -> None:
        cache.parent.mkdir()
        cache.write_text("a file where the folder should be")
        assert ready_rules(rules_copy) == ready_rules(rules_copy)
        assert cache.is_file()

    def test_it_does_not_grow(self, rules_copy: Path, cache: Path) -> None:
        others = [cache / f"{number:016x}-{number:032x}.rules" for number in range(compiled.MOST_KEPT + 3)]
        cache.mkdir(parents=True)
        for age, one in enumerate(others):
            one.touch()
            os.utime(one, (1000 + age, 1000 + age))
        foreign = cache / "notes.txt"
        foreign.touch()
        ready_rules(rules_copy)
        left = set(cache.iterdir())
        assert len(left) == compiled.MOST_KEPT + 1
        assert foreign in left
        assert set(others[-compiled.MOST_KEPT + 1 :]) < left


def test_a_folder_that_is_none_is_refused_as_ever(tmp_path: Path) -> None:
    for name in ("no-such", "a\0b"):
        with pytest.raises(InputError, match="there is no such folder"):
            ready_rules(tmp_path / name)


def test_tables_are_kept_with_a_base_and_not_with_one_that_has_other_parts(rules_copy: Path) -> None:
    base = ready_rules(rules_copy).with_parts(tables={"shares": b"\x00\xff"})
    again = msgpack.decode(msgpack.encode(base), type=RuleBase)
    assert again.tables == {"shares": b"\x00\xff"}
    assert again.with_parts(topics=()).tables == {}
