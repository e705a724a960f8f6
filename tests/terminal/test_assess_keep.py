"""`pathfinder assess --keep NAME`: one result of a sitting is kept, the last; nothing is without it."""

from __future__ import annotations

import json
from pathlib import Path

from people import Answered, Start, answers_file, sessions, to_the_end

from pathfinder.store.history import History, Kept

answered, start = answers_file, sessions  # fixtures


def kept(folder: Path, name: str = "Ada") -> tuple[Kept, ...]:
    """What the sessions in a folder kept."""
    return History(folder / "home" / "history.sqlite3").of(name)


def test_the_last_result_of_a_sitting_is_kept_and_outlives_the_answers(
    start: Start, answered: Answered, tmp_path: Path
) -> None:
    session = start(answered(), "--keep", " Ada ")
    session.see("Enter shows more")
    (first,) = kept(tmp_path)
    assert json.loads(first.result.assessment)["verdict"]["path"] == "phd"
    session.press("q")
    session.see("Kept under 'Ada' as number 1, answers and all, in ")
    session.see("To delete it: pathfinder history forget Ada")
    session.see("What next?")
    session.pick("Say what matters most")
    session.see("It would count twice.")
    session.press("down", "enter")
    session.see("Enter shows more")
    session.press("q")
    session.see("Kept under 'Ada' in place of the result before it.")
    session.see("What next?")
    (second,) = kept(tmp_path)
    assert "weights:" in second.result.answers
    assert "weights:" not in first.result.answers
    session.pick("Done")
    session.see("Keep your answers")
    session.pick("Delete them")
    session.see("Deleted. What was kept under 'Ada' is still there.")
    assert session.exit_code() == 0
    assert [file.name for file in (tmp_path / "home").iterdir()] == ["history.sqlite3"]


def test_another_sitting_keeps_another_result(start: Start, answered: Answered, tmp_path: Path) -> None:
    for count in (1, 2):
        session = start(answered(), "--keep=Ada", "--fresh")
        to_the_end(session)
        session.press("ctrl-c")
        session.exit_code()
        assert len(kept(tmp_path)) == count


def test_without_keep_there_is_no_history(start: Start, answered: Answered, tmp_path: Path) -> None:
    session = start(answered())
    to_the_end(session)
    session.pick("Done")
    session.see("Keep your answers")
    session.pick("Keep them")
    assert session.exit_code() == 0
    assert [file.name for file in (tmp_path / "home").iterdir()] == ["draft.yaml"]
    assert "--keep" not in session.raw


def test_a_history_that_cannot_be_used_is_told_before_the_first_question(start: Start, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "history.sqlite3").write_text("mine\n" * 1000)
    session = start("--keep", "Ada")
    session.see("this history is damaged.")
    assert session.exit_code() == 2


def test_a_result_that_cannot_be_kept_is_told_and_the_sitting_goes_on(
    start: Start, answered: Answered, tmp_path: Path
) -> None:
    session = start(answered("availability"), "--keep", "Ada")
    session.at()
    (tmp_path / "home" / "history.sqlite3").mkdir(parents=True)
    session.pick("Full time")
    session.see("Are there several concrete ones")
    session.press("enter")
    session.see("Enter shows more")
    session.press("q")
    session.see("This result could not be kept. ")
    session.see("this is not a regular file")
    session.see("What next?")
