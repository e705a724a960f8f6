"""`pathfinder assess` as a person meets it: the real program in a pseudo-terminal of 80 by 24, key by key."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
import yaml
from drive import Assess

from pathfinder.answers.typed import parse_typed
from pathfinder.answers.validation import parse_answer
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.questions import Question
from pathfinder.terminal.prompting import NOT_SAID, NOT_SURE, SEVERAL
from running import run_command

PERSON: dict[str, object] = {
    "goal_role": "research_lead",
    "enjoys": ["coding_experiments", "originating_ideas"],
    "timeline_years": 12,
    "new_agendas_needed": True,
    "top_problem": "technical_alignment",
    "coding": "strong",
    "ml_experience": "professional",
    "research_record": "publication",
    "tried_research": "months",
    "research_reaction": "enjoyed",
    "self_directed_record": "thrived",
    "mental_health_risk": "low",
    "other_strength": "none",
    "mentor_hours": 4,
    "mentor_calibre": 3,
    "phd_option": "offer",
    "phd_supervisor_research": 5,
    "phd_supervisor_mentoring": 4,
    "phd_supervisor_safety": 4,
    "job_option": "in_role",
    "job_team": 4,
    "job_mentoring": 3,
    "job_own_ideas": 1,
    "own_agenda": "none",
    "funding": "none",
    "policy_interest": 2,
    "governance_record": "none",
    "governance_option": "none",
    "stage": "early_career",
    "availability": "full_time",
}
"""One person's answers to every question that is asked of them before the first result."""

Start = Callable[..., Assess]


@pytest.fixture
def start(base: RuleBase, tmp_path: Path) -> Iterator[Start]:
    """Starts sessions that are over when the test is."""
    running: list[Assess] = []

    def begin(*arguments: str, columns: int = 80, environment: Mapping[str, str] | None = None) -> Assess:
        running.append(Assess(base, tmp_path, *arguments, columns=columns, environment=environment))
        return running[-1]

    yield begin
    for session in running:
        session.end()


@pytest.fixture
def answered(tmp_path: Path) -> Callable[..., str]:
    """Writes PERSON's answers to a file, some left open or changed; gives its name."""

    def write(*left_open: str, **changed: object) -> str:
        answers = {key: one for key, one in {**PERSON, **changed}.items() if key not in left_open}
        (tmp_path / "person.yaml").write_text(json.dumps({"answers": answers}), encoding="utf-8")
        return "--answers=person.yaml"

    return write


def give(session: Assess, question: Question, plain: object) -> None:
    """Answer the question that is being asked, with the keys of its kind."""
    match question.kind:
        case "number":
            session.type(str(plain))
        case "multi":
            assert isinstance(plain, list)
            for option in plain:
                session.point(question.label(option))
                session.press(" ")
            session.press("enter")
        case _:
            assert isinstance(plain, (str, int))
            session.pick(question.label(plain))


def to_the_end(session: Assess) -> None:
    """From the first page of a result to what can be done next."""
    session.see("Enter shows more")
    session.press("q")
    session.see("What next?")


def has_colour(raw: str) -> bool:
    """Whether an escape code in it sets a colour; bold and the like are none."""
    codes = (part for found in re.findall(r"\x1b\[([0-9;]*)m", raw) for part in found.split(";"))
    return any(int(code or 0) in range(30, 108) and int(code) not in (39, 49) for code in codes)


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
        assert "Traceback" not in session.raw

    def test_further_questions_are_offered_and_lead_to_a_new_result(
        self, base: RuleBase, start: Start, answered: Callable[..., str]
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
        self, base: RuleBase, start: Start, answered: Callable[..., str]
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
        self, base: RuleBase, start: Start, answered: Callable[..., str]
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
        self, base: RuleBase, start: Start, answered: Callable[..., str]
    ) -> None:
        session = start(answered("availability"))
        assert session.at() == "availability"
        session.press("l")
        session.look("Stay where I am", f"{base.questions['goal_role'].title}: Research lead", "12 years")
        assert session.next("enter") == "availability"

    def test_not_sure_several_an_interval_and_prefer_not_to_say(
        self, base: RuleBase, start: Start, answered: Callable[..., str]
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
        self, base: RuleBase, start: Start, answered: Callable[..., str]
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
        to_the_end(session)

    def test_without_a_terminal_it_names_the_way_by_file_and_exits_2(self, tmp_path: Path) -> None:
        outcome = run_command("assess", folder=tmp_path)
        assert (outcome.code, outcome.out) == (2, "")
        assert "there is none here" in outcome.err
        assert "pathfinder template > answers.yaml" in outcome.err
        assert "pathfinder score answers.yaml" in outcome.err


class TestTheEnd:
    def test_report_and_answers_are_saved_and_nothing_is_replaced_unasked(
        self, start: Start, answered: Callable[..., str], tmp_path: Path
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
        self, choice: str, left: bool, start: Start, answered: Callable[..., str]
    ) -> None:
        session = start(answered("availability"))
        session.at()
        session.press("enter")
        to_the_end(session)
        session.pick("Done")
        session.see("Keep your answers on this machine")
        session.pick(choice)
        assert session.exit_code() == 0
        assert session.kept == (PERSON if left else {})

    def test_everything_can_be_shown_and_skipped(self, start: Start, answered: Callable[..., str]) -> None:
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
