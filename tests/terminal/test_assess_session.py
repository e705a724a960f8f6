"""`pathfinder assess` as a person meets it: the real program in a pseudo-terminal of 80 by 24, key by key."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from people import PERSON, Answered, Start, answers_file, give, no_other_place, sessions, to_the_end

from pathfinder.answers.typed import parse_typed
from pathfinder.answers.validation import parse_answer
from pathfinder.rulebase.models import RuleBase
from pathfinder.terminal.prompting import NOT_SAID, NOT_SURE, SEVERAL

answered, start = answers_file, sessions  # fixtures


class TestAWholeSession:
    def test_arrow_keys_lead_from_the_welcome_to_a_report_with_every_answer_on_disk_on_the_way(
        self, base: RuleBase, start: Start, tmp_path: Path
    ) -> None:
        session = start("--name", "Ada")
        key, given = session.begin(), dict[str, object]()
        while True:
            question = base.questions[key]
            session.look(question.prompt, *map(question.label, question.options))
            give(session, question, PERSON[key])
            given[key] = PERSON[key]
            if len(given) == len(PERSON):
                break
            key = session.at()
            assert session.kept == given, "the draft is on disk when the next question shows"
        no_other_place(session)
        session.see("Of the four paths")
        session.see("Enter shows more")
        session.look("Of the four paths, PhD comes out ahead", "1 PhD", "For PhD:")
        session.press("enter")
        to_the_end(session)
        session.look("further questions could still matter for you, first of all:")
        session.pick("Save the report")
        session.see("File name")
        session.type("")
        session.see("Written: ")
        session.see("What next?")
        session.pick("Done")
        session.see("Keep your answers")
        session.pick("Keep them")
        session.see("Kept.")
        assert session.exit_code() == 0
        assert given == PERSON == session.kept
        report = (tmp_path / "pathfinder-report.md").read_text(encoding="utf-8")
        assert report.startswith("# ")
        assert "Ada" in report
        assert " together would, by " in report, "the report is a whole one"
        assert "Traceback" not in session.raw

    def test_further_questions_are_offered_and_lead_to_a_new_result(
        self, base: RuleBase, start: Start, answered: Answered
    ) -> None:
        session = start(answered())
        to_the_end(session)
        session.pick("Answer further questions")
        first = session.at()
        assert base.questions[first].depth == "further"
        session.pick(NOT_SURE)
        second = session.at()
        assert session.kept == {**PERSON, first: "unknown"}
        session.press("q")
        session.see("Would you like to see what they say so far?")
        session.pick("Yes")
        to_the_end(session)
        session.pick("Answer further questions")
        assert session.at() == second, "what was left open on purpose is not asked again"

    def test_an_answer_can_be_changed_after_the_result_and_what_hangs_on_it_is_asked(
        self, base: RuleBase, start: Start, answered: Answered
    ) -> None:
        about_a_place = [key for key in PERSON if key.startswith("phd_supervisor")]
        session = start(answered(*about_a_place, phd_option="none"))
        to_the_end(session)
        session.pick("Change an answer")
        session.see("Which one do you want to change?")
        session.pick(base.questions["phd_option"].title)
        assert session.at() == "phd_option"
        give(session, base.questions["phd_option"], "offer")
        assert session.at() == "phd_supervisor_research"


class TestAtEveryQuestion:
    def test_a_question_mark_shows_why_and_the_passages_and_comes_back(self, base: RuleBase, start: Start) -> None:
        session = start()
        question = base.questions[session.begin()]
        session.press("?")
        session.see(question.why)
        claim = base.claim[question.claims[0]]
        session.see(f"{base.source[claim.source].short}, line")
        session.see(claim.claim)
        session.see("Enter goes back to the question.")
        assert session.next("enter") == question.id
        assert session.kept == {}

    def test_the_left_arrow_goes_back_and_later_answers_stay(self, base: RuleBase, start: Start) -> None:
        session = start()
        session.begin()
        assert session.next("enter") == "enjoys"
        assert session.next("enter") == "timeline_years"
        session.type("12")
        assert session.at() == "new_agendas_needed"
        assert session.next("left") == "timeline_years"
        session.look("Your answer so far: 12 years.")
        assert session.next("left") == "enjoys"
        assert session.next("left") == "goal_role"
        session.press("left")
        session.see("This is the first question.")
        assert session.at() == "goal_role"
        give(session, base.questions["goal_role"], "operations")
        assert session.at() == "new_agendas_needed", "what is answered is not asked again"
        assert session.kept == {"goal_role": "operations", "enjoys": [], "timeline_years": 12}

    def test_at_a_number_back_list_and_why_are_typed(self, start: Start) -> None:
        session = start()
        session.begin()
        session.next("enter")
        assert session.next("enter") == "timeline_years"
        session.type("?")
        session.see("Why this is asked")
        assert session.next("enter") == "timeline_years"
        session.type("list")
        session.see("Your answers so far")
        assert session.next("enter") == "timeline_years"
        session.type("back")
        assert session.at() == "enjoys"

    def test_answers_that_no_longer_apply_are_dropped_with_notice(
        self, base: RuleBase, start: Start, answered: Answered
    ) -> None:
        session = start(answered("job_option", "job_team", "job_mentoring", "job_own_ideas"))
        assert session.at() == "job_option"
        session.press("l")
        session.see("Which one do you want to change?")
        session.pick(base.questions["phd_option"].title)
        assert session.at() == "phd_option"
        session.pick(base.questions["phd_option"].label("none"))
        gone = ("phd_supervisor_research", "phd_supervisor_mentoring", "phd_supervisor_safety")
        titles = ", ".join(f"'{base.questions[key].title}'" for key in gone)
        session.see(f"what you said on {titles} no longer applies and was dropped.")
        assert session.at() == "job_option"
        assert not set(gone) & set(session.kept)
        assert session.kept["phd_option"] == "none"
        assert session.kept["policy_interest"] == 2, "what does not hang on it stays"

    def test_the_list_shows_the_answers_so_far_and_can_be_left_as_it_is(
        self, base: RuleBase, start: Start, answered: Answered
    ) -> None:
        session = start(answered("availability"))
        assert session.at() == "availability"
        session.press("l")
        session.look("Stay where I am", f"{base.questions['goal_role'].title}: Research lead", "12 years")
        assert session.next("enter") == "availability"

    def test_not_sure_several_an_interval_and_prefer_not_to_say(
        self, base: RuleBase, start: Start, answered: Answered
    ) -> None:
        session = start(answered("goal_role", "timeline_years", "coding", "mental_health_risk", "policy_interest"))
        assert session.at() == "goal_role"
        session.pick(NOT_SURE)
        assert session.at() == "timeline_years"
        session.type("5-15")
        assert session.at() == "coding"
        session.pick(SEVERAL)
        session.see("Space marks")
        for option in ("solid", "strong"):
            session.point(base.questions["coding"].label(option))
            session.press(" ")
        session.press("enter")
        assert session.at() == "mental_health_risk"
        session.pick(NOT_SAID)
        assert session.at() == "policy_interest"
        expected = {
            "goal_role": "unknown",
            "timeline_years": {"min": 5, "max": 15},
            "coding": ["solid", "strong"],
            "mental_health_risk": "unknown",
        }
        assert {key: session.kept[key] for key in expected} == expected

    def test_what_cannot_be_read_is_asked_again_with_the_forms_that_work(self, start: Start) -> None:
        session = start()
        session.begin()
        session.next("enter")
        assert session.next("enter") == "timeline_years"
        for typed, remedy in (("soon", "Type a number from 0 to 100"), ("15-5", "Swap them"), ("300", "out of range")):
            session.type(typed)
            session.see(remedy)
        session.type("about 8")
        assert session.at() == "new_agendas_needed"
        assert session.kept["timeline_years"] == {"min": 6, "max": 10, "likely": 8}


class TestTheEnd:
    def test_report_and_answers_are_saved_and_nothing_is_replaced_unasked(
        self, start: Start, answered: Answered, tmp_path: Path
    ) -> None:
        (tmp_path / "taken.md").write_text("mine", encoding="utf-8")
        session = start(answered())
        to_the_end(session)
        session.pick("Save the report")
        session.see("File name")
        session.press(*["\x7f"] * len("pathfinder-report.md"))
        session.type("taken.md")
        session.see("taken.md exists already.")
        session.pick("Leave it as it is")
        session.see("What next?")
        assert (tmp_path / "taken.md").read_text(encoding="utf-8") == "mine"
        session.pick("Save the answers")
        session.see("File name")
        session.type("")
        session.see("Written: ")
        session.see("What next?")
        saved = tmp_path / "my-answers.yaml"
        assert yaml.safe_load(saved.read_text(encoding="utf-8"))["answers"] == PERSON
        assert saved.stat().st_mode & 0o777 == 0o600
        session.pick("Save the answers")
        session.see("File name")
        session.press(*["\x7f"] * len("my-answers.yaml"))
        session.type("no/such/folder.yaml")
        session.see("there is no such folder")
        session.see("What next?")

    @pytest.mark.parametrize(("choice", "left"), [("Keep them", True), ("Delete them", False)], ids=["keep", "delete"])
    def test_answers_are_kept_or_deleted_as_the_person_says(
        self, choice: str, left: bool, start: Start, answered: Answered
    ) -> None:
        session = start(answered("availability"))
        session.at()
        session.press("enter")
        no_other_place(session)
        to_the_end(session)
        session.pick("Done")
        session.see("Keep your answers on this machine")
        session.pick(choice)
        assert session.exit_code() == 0
        assert session.kept == (PERSON if left else {})

    def test_everything_can_be_shown_and_skipped(self, start: Start, answered: Answered) -> None:
        session = start(answered())
        to_the_end(session)
        session.pick("Show everything here")
        to_the_end(session)


def test_the_person_of_these_tests_answers_in_the_values_of_the_questionnaire(base: RuleBase) -> None:
    for key, plain in PERSON.items():
        question = base.questions[key]
        assert question.depth == "core"
        assert parse_answer(question, plain) is not None
    assert parse_typed(base.questions["timeline_years"], "12") == parse_answer(base.questions["timeline_years"], 12)
