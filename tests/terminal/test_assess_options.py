"""`pathfinder assess` with several concrete options: the real program, with arrow keys and with plain input."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from people import PERSON, Answered, Start, answers_file, sessions, to_the_end

from pathfinder.rulebase.models import RuleBase
from pathfinder.terminal.options import SEVERAL

answered, start = answers_file, sessions  # fixtures


def kept_options(folder: Path) -> list[dict[str, Any]]:
    """The options in the draft."""
    draft = yaml.safe_load((folder / "home" / "draft.yaml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = draft.get("options", [])
    return found


PHD = {
    "phd_option": "offer",
    "phd_supervisor_research": 5,
    "phd_supervisor_mentoring": 4,
    "phd_supervisor_safety": 1,
    "phd_freedom": "unknown",
    "phd_peers_safety": False,
}


def test_with_arrow_keys_options_are_described_kept_ranked_and_changed(
    base: RuleBase, start: Start, answered: Answered, tmp_path: Path
) -> None:
    session = start(answered("availability"))
    assert session.at() == "availability"
    session.press("enter")
    session.see(SEVERAL)
    session.pick("Yes: a few questions about each")
    session.see("What do you call it")
    session.type("PhD in Leeds")
    session.see("Which path is 'PhD in Leeds' on?")
    session.pick("PhD")
    session.see("Where you answered before, that answer is where you begin.")
    for key, plain in PHD.items():
        assert session.at() == key
        assert list(kept_options(tmp_path)[0]["answers"]) == list(PHD)[: list(PHD).index(key)]
        question = base.questions[key]
        if key in PERSON and PERSON[key] == plain:
            session.press("enter")
        elif plain == "unknown":
            session.pick("Not sure")
        elif plain is False:
            session.pick("No")
        else:
            session.pick(question.label(plain))  # type: ignore[arg-type]
    session.see("Is there another one?")
    session.pick("Yes, describe it too")
    session.see("What do you call it")
    session.type("")
    session.see("Which path is 'Option 1' on?")
    session.pick("Governance")
    assert session.at() == "governance_option"
    session.pick("Offer in hand")
    session.see("Is there another one?")
    session.pick("No, these are all")
    to_the_end(session)
    assert kept_options(tmp_path) == [
        {"name": "PhD in Leeds", "path": "phd", "answers": PHD},
        {"name": "Option 1", "path": "governance", "answers": {"governance_option": "offer"}},
    ]
    assert session.kept == PERSON, "the person's own answers are as they were"
    session.pick("Your concrete options (2)")
    session.see("Which one do you want to go on with or change?")
    session.pick("Option 1 (Governance)")
    session.see("Leave it as it is")
    session.pick("Remove it")
    session.see("Removed.")
    session.see("Which one do you want")
    session.pick("None: show the result")
    session.see("PhD in Leeds")
    to_the_end(session)
    assert [option["name"] for option in kept_options(tmp_path)] == ["PhD in Leeds"]
    session.pick("Save the report")
    session.see("File name")
    session.type("")
    session.see("Written: ")
    assert "## Your options" in (tmp_path / "pathfinder-report.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [("--plain",), ()], ids=["plain", "keys"])
def test_stopping_in_the_middle_of_an_option_loses_nothing(
    arguments: tuple[str, ...], start: Start, answered: Answered, tmp_path: Path
) -> None:
    session = start(answered("availability"), *arguments)
    assert session.at() == "availability"
    session.type("1") if arguments else session.press("enter")
    session.see(SEVERAL)
    session.type("2") if arguments else session.pick("Yes")
    session.see("What do you call it")
    session.type("PhD in Leeds")
    session.see("Which path is 'PhD in Leeds' on?")
    session.type("1") if arguments else session.press("enter")
    assert session.at() == "phd_option"
    session.look("Your answer so far: Offer in hand.")
    session.type("") if arguments else session.press("enter")
    assert session.at() == "phd_supervisor_research"
    session.type("quit") if arguments else session.press("q")
    session.see("Would you like to see what they say so far?")
    session.type("1") if arguments else session.press("enter")
    assert session.exit_code() == 0
    expected = [{"name": "PhD in Leeds", "path": "phd", "answers": {"phd_option": "offer"}}]
    assert kept_options(tmp_path) == expected
    again = start(*arguments)
    again.see("You answered 30 questions and described 1 option")
    again.type("1") if arguments else again.pick("Go on where I stopped")
    if not arguments:
        again.see("Enter shows more")
        again.press("q")
    again.see("What next?")
    again.see("Your concrete options (1)")
    again.type("2") if arguments else again.pick("Your concrete options")
    again.see("Which one do you want to go on with or change?")
    again.type("3") if arguments else again.pick("PhD in Leeds")
    again.see("Remove it")
    again.type("1") if arguments else again.press("enter")
    assert again.at() == "phd_supervisor_research"
    assert kept_options(tmp_path) == expected
    assert "Traceback" not in session.raw + again.raw


def test_who_has_one_place_skips_it_with_enter_and_finds_it_in_the_menu(start: Start, answered: Answered) -> None:
    session = start(answered("availability"))
    session.at()
    session.press("enter")
    session.see(SEVERAL)
    session.press("enter")
    to_the_end(session)
    session.pick("Compare concrete options")
    session.see("What do you call it")
    session.type("")
    session.see("Which path is 'Option 1' on?")
    session.pick("None of these")
    session.see("What next?")


def test_options_alone_are_offered_to_go_on_with_too(start: Start, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    draft = "answers: {}\noptions: [{name: Leeds, path: phd}, {name: York, path: phd}]\n"
    (tmp_path / "home" / "draft.yaml").write_text(draft, encoding="utf-8")
    session = start()
    session.see("You answered 0 questions and described 2 options.")
    session.pick("Go on where I stopped")
    assert session.at() == "goal_role"
    session.press("enter")
    session.at()
    assert [option["name"] for option in kept_options(tmp_path)] == ["Leeds", "York"]


def test_who_holds_no_place_is_not_asked(start: Start, answered: Answered) -> None:
    nothing = {"phd_option": "none", "job_option": "searching"}
    gone = [key for key in PERSON if key.startswith(("phd_supervisor", "job_")) and key != "job_option"]
    session = start(answered("availability", *gone, **nothing))
    session.at()
    session.press("enter")
    to_the_end(session)
    assert SEVERAL not in " ".join(session.raw.split())
    assert "Compare concrete options" not in session.shown
