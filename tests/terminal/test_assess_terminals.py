"""`pathfinder assess` on plain, dumb, colourless and narrow terminals, and on none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from people import Answered, Start, answers_file, no_other_place, sessions, to_the_end

from pathfinder.rulebase.models import RuleBase
from pathfinder.terminal.prompting import NOT_SURE
from running import run_command

answered, start = answers_file, sessions  # fixtures


def has_colour(raw: str) -> bool:
    """Whether an escape code in it sets a colour; bold and the like are none."""
    codes = (part for found in re.findall(r"\x1b\[([0-9;]*)m", raw) for part in found.split(";"))
    return any(int(code or 0) in range(30, 108) and int(code) not in (39, 49) for code in codes)


class TestTerminalsOfEveryKind:
    @pytest.mark.parametrize(
        ("arguments", "environment"),
        [(("--plain",), {"NO_COLOR": "1"}), (("--plain", "--color=never"), {}), ((), {"TERM": "dumb"})],
        ids=["plain", "plain-never", "dumb"],
    )
    def test_plain_input_has_numbered_options_and_no_escape_codes(
        self, arguments: tuple[str, ...], environment: dict[str, str], start: Start, base: RuleBase
    ) -> None:
        session = start(*arguments, environment=environment)
        assert session.begin() == "goal_role"
        session.look("1. Research lead", "2. Research contributor", f"0. {NOT_SURE}")
        session.type("1,2")
        assert session.at() == "enjoys"
        session.type("1,3")
        assert session.at() == "timeline_years"
        session.type("back")
        assert session.at() == "enjoys"
        session.look("Your answer so far: Coding and running experiments; Ideas")
        session.type("")
        assert session.at() == "timeline_years"
        session.type("5-15")
        assert session.at() == "new_agendas_needed"
        session.type("?")
        session.see("Why this is asked")
        session.see(base.questions["new_agendas_needed"].why)
        session.type("")
        assert session.at() == "new_agendas_needed"
        session.type("quit")
        session.see("Would you like to see what they say so far?")
        session.type("2")
        session.see("In short: ")
        session.see("What next?")
        assert session.kept == {
            "goal_role": ["research_lead", "research_contributor"],
            "enjoys": ["coding_experiments", "originating_ideas"],
            "timeline_years": {"min": 5, "max": 15},
        }
        assert "\x1b" not in session.raw

    def test_without_colour_the_keys_still_work_and_nothing_is_coloured(self, start: Start) -> None:
        for environment, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
            session = start("--fresh", environment=environment)
            session.begin()
            session.press("left")
            session.see("This is the first question.")
            assert session.at() == "goal_role"
            assert session.next("enter") == "enjoys"
            assert has_colour(session.raw) == coloured

    def test_forty_columns_show_every_question_with_all_its_options(
        self, base: RuleBase, start: Start, answered: Answered
    ) -> None:
        session = start(answered("goal_role", "timeline_years", "phd_supervisor_research", "stage"), columns=40)
        assert session.at() == "goal_role"
        question = base.questions["goal_role"]
        session.look(question.title, *(question.label(one).split(":")[0] for one in question.options), NOT_SURE)
        session.press("enter")
        assert session.at() == "timeline_years"
        session.look("Type a number from 0 to 100 (years), a range such as 5-15, or 'about 8'.")
        session.type("5-15")
        assert session.at() == "phd_supervisor_research"
        session.look(base.questions["phd_supervisor_research"].title, "1 of 5", "5 of 5", NOT_SURE)
        session.press("enter")
        assert session.at() == "stage"
        session.press("enter")
        no_other_place(session)
        to_the_end(session)

    def test_without_a_terminal_it_names_the_way_by_file_and_exits_2(self, tmp_path: Path) -> None:
        outcome = run_command("assess", folder=tmp_path)
        assert (outcome.code, outcome.out) == (2, "")
        assert "there is none here" in outcome.err
        assert "pathfinder template > answers.yaml" in outcome.err
        assert "pathfinder score answers.yaml" in outcome.err
