"""A draft keeps an interview: it is there again after any end, and what can be read of it is."""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path

import pytest

from pathfinder.answers.sheet import UNKNOWN, AnswerSheet, Certain, Interval
from pathfinder.errors import InputError
from pathfinder.store.drafts import Draft, discard_draft, draft_path, load_draft, save_draft
from samples import QUESTIONS

SHEET = AnswerSheet({"years": Interval(5.0, 15.0), "skill": Certain("solid"), "role": UNKNOWN}, "Ada")
ASKED = ("skill", "role", "years")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for drafts."""
    monkeypatch.setenv("PATHFINDER_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def load() -> Draft:
    """The draft that is there."""
    draft = load_draft(QUESTIONS)
    assert draft is not None
    return draft


def test_without_a_draft_there_is_none_to_load_and_none_to_discard(home: Path) -> None:
    assert load_draft(QUESTIONS) is None
    discard_draft()
    assert not home.exists()


def test_a_draft_holds_the_answers_and_the_order_in_which_they_were_asked(home: Path) -> None:
    save_draft(SHEET, ASKED, QUESTIONS)
    draft = load()
    assert (draft.sheet, draft.asked, draft.lost) == (SHEET, ASKED, 0)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", draft.saved)


def test_saving_again_replaces_the_draft_and_discarding_removes_it(home: Path) -> None:
    save_draft(SHEET, ASKED, QUESTIONS)
    save_draft(SHEET.without("years"), ("role", "skill"), QUESTIONS)
    assert load().asked == ("role", "skill")
    assert [file.name for file in home.iterdir()] == ["draft.yaml"]
    discard_draft()
    assert load_draft(QUESTIONS) is None
    assert list(home.iterdir()) == []


def test_a_draft_without_any_answer_is_a_draft(home: Path) -> None:
    save_draft(AnswerSheet(), (), QUESTIONS)
    assert (load().sheet, load().asked) == (AnswerSheet(), ())


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX's")
def test_a_draft_is_for_its_owner_alone(home: Path) -> None:
    save_draft(SHEET, ASKED, QUESTIONS)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "draft.yaml").stat().st_mode) == 0o600


def test_answers_that_the_questionnaire_no_longer_reads_are_counted_and_the_others_kept(home: Path) -> None:
    save_draft(SHEET.with_answer("tried", Certain(True)), (*ASKED, "tried"), QUESTIONS)
    file = home / "draft.yaml"
    file.write_text(file.read_text().replace("skill: solid", "skill: wizard").replace("  tried:", "  attempted:"))
    draft = load()
    assert draft.sheet == SHEET.without("skill")
    assert draft.asked == ("role", "years"), "only what has an answer was asked"
    assert draft.lost == 2


def test_answers_that_were_never_noted_as_asked_come_last_and_nothing_comes_twice(home: Path) -> None:
    home.mkdir()
    (home / "draft.yaml").write_text(
        "draft: {saved: yesterday, asked: [role, role, nobody]}\nanswers: {skill: solid, role: lead}\n"
    )
    assert load() == Draft(
        AnswerSheet({"skill": Certain("solid"), "role": Certain("lead")}), ("role", "skill"), "yesterday", 0
    )


@pytest.mark.parametrize(
    "about", ["draft: 7", "draft: {asked: skill}", "draft: {asked: {a: b}}", "draft: [1]", "name: Ada"]
)
def test_a_draft_whose_notes_are_unreadable_still_has_its_answers(about: str, home: Path) -> None:
    home.mkdir()
    (home / "draft.yaml").write_text(f"{about}\nanswers: {{skill: solid}}\n")
    assert load().sheet.answers == {"skill": Certain("solid")}
    assert load().asked == ("skill",)


@pytest.mark.parametrize("content", [b"answers: [\n", b"", b"\xff\xfe", b"answers: &a {}\n", b"x" * (2 << 20)])
def test_a_draft_of_which_nothing_can_be_read_is_refused_by_its_name_and_left_alone(content: bytes, home: Path) -> None:
    home.mkdir()
    (home / "draft.yaml").write_bytes(content)
    with pytest.raises(InputError) as refusal:
        load_draft(QUESTIONS)
    assert all(problem.file == str(home / "draft.yaml") and problem.remedy for problem in refusal.value.problems)
    assert (home / "draft.yaml").read_bytes() == content


def test_a_folder_that_cannot_be_made_is_refused_with_the_way_to_choose_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PATHFINDER_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(InputError) as refusal:
        save_draft(SHEET, ASKED, QUESTIONS)
    (problem,) = refusal.value.problems
    assert problem.message.startswith("the folder for drafts cannot be made")
    assert problem.remedy == "Set PATHFINDER_HOME to a folder of yours"
    assert problem.file == str(tmp_path / "file" / "home")


def test_a_folder_that_can_have_no_such_name_holds_no_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHFINDER_HOME", "x" * 5000)
    assert load_draft(QUESTIONS) is None
    with pytest.raises(InputError, match="cannot be made"):
        save_draft(SHEET, ASKED, QUESTIONS)
    with pytest.raises(InputError, match="cannot be deleted"):
        discard_draft()


def test_a_folder_in_the_place_of_the_draft_is_neither_read_nor_deleted(home: Path) -> None:
    (home / "draft.yaml").mkdir(parents=True)
    assert load_draft(QUESTIONS) is None
    with pytest.raises(InputError, match="this is a folder"):
        save_draft(SHEET, ASKED, QUESTIONS)
    with pytest.raises(InputError, match="this draft cannot be deleted"):
        discard_draft()
    assert (home / "draft.yaml").is_dir()


@pytest.mark.skipif(sys.platform != "linux", reason="the state folder of another system is platformdirs' own matter")
def test_without_a_folder_of_ones_own_the_draft_is_in_the_users_state_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("PATHFINDER_HOME", "")
    assert draft_path() == tmp_path / "pathfinder" / "draft.yaml"
    monkeypatch.delenv("PATHFINDER_HOME")
    assert draft_path() == tmp_path / "pathfinder" / "draft.yaml"
