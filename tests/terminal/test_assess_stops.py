"""However a session stops, every answer is kept and the next one goes on from there."""

from __future__ import annotations

import signal

import pytest
from people import Start, answers_file, sessions

from pathfinder.rulebase.models import RuleBase

answered, start = answers_file, sessions  # fixtures


class TestNothingIsLost:
    def test_q_stops_and_the_next_start_offers_to_go_on(self, base: RuleBase, start: Start) -> None:
        session = start()
        session.begin()
        assert session.next("enter") == "enjoys"
        session.press("q")
        session.see("Your answers are kept.")
        session.pick("No, stop here")
        session.see("Kept. 'pathfinder assess' offers to go on with them.")
        assert session.exit_code() == 0
        again = start()
        again.see("You answered 1 question")
        again.pick("Go on where I stopped")
        assert again.at() == "enjoys"
        assert again.next("left") == "goal_role"

    def test_a_killed_session_goes_on_with_every_answer(self, start: Start) -> None:
        session = start()
        session.begin()
        for key in ("enjoys", "timeline_years"):
            assert session.next("enter") == key
        session.type("5-15")
        assert session.at() == "new_agendas_needed"
        session.kill(signal.SIGKILL)
        assert session.exit_code() == -signal.SIGKILL
        again = start()
        again.see("You answered 3 questions")
        again.pick("Go on where I stopped")
        assert again.at() == "new_agendas_needed"
        assert again.kept == {
            "goal_role": "research_lead",
            "enjoys": [],
            "timeline_years": {"min": 5, "max": 15},
        }

    def test_starting_anew_deletes_the_old_answers(self, start: Start) -> None:
        session = start()
        session.begin()
        session.next("enter")
        session.kill(signal.SIGKILL)
        session.exit_code()
        again = start()
        again.see("How would you like to go on?")
        again.pick("Start anew")
        assert again.at() == "goal_role"
        assert again.kept == {}

    @pytest.mark.parametrize("plain", [False, True], ids=["keys", "plain"])
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda one: one.name)
    def test_a_polite_signal_ends_it_as_ctrl_c_does(self, number: signal.Signals, plain: bool, start: Start) -> None:
        session = start("--plain") if plain else start()
        session.begin()
        session.type("1") if plain else session.press("enter")
        session.at()
        session.kill(number)
        session.see("Your answers so far are kept. Run 'pathfinder assess' to go on.")
        assert session.exit_code() == 130
        assert session.kept == {"goal_role": "research_lead"}
        assert session.echoes(), "the terminal is left as it was"
        assert "Traceback" not in session.raw

    @pytest.mark.parametrize("plain", [False, True], ids=["keys", "plain"])
    def test_a_closed_terminal_ends_it_without_an_error(self, plain: bool, start: Start) -> None:
        session = start("--plain") if plain else start()
        session.begin()
        session.type("1") if plain else session.press("enter")
        session.at()
        session.hang_up()
        assert session.exit_code() == 130
        assert session.kept == {"goal_role": "research_lead"}

    @pytest.mark.parametrize("plain", [False, True], ids=["keys", "plain"])
    def test_ctrl_c_ends_it_with_130_and_says_how_to_go_on(self, plain: bool, start: Start) -> None:
        session = start("--plain") if plain else start()
        session.begin()
        session.press("ctrl-c")
        session.see("Your answers so far are kept. Run 'pathfinder assess' to go on.")
        assert session.exit_code() == 130
        assert "Traceback" not in session.raw
