"""A result on terminals of every kind: it fits, it holds without colour, and nothing in the data acts."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct, structs
from rich.cells import cell_len
from rich.console import Console

from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import assess
from pathfinder.assessment.results.assessment import Assessment
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import load_built_in
from pathfinder.terminal.console import console
from pathfinder.terminal.result_screen import show_result

PEOPLE: dict[str, dict[str, object]] = {
    "offer": {
        "goal_role": "research_lead",
        "timeline_years": 12,
        "phd_option": "offer",
        "phd_supervisor_research": 5,
        "phd_supervisor_mentoring": 4,
        "coding": "strong",
        "tried_research": "months",
        "research_reaction": "enjoyed",
        "job_option": "in_role",
        "job_own_ideas": 1,
    },
    "nothing said": {},
    "outside": {"goal_role": "operations"},
    "nothing fits": {"coding": "none", "goal_role": "research_contributor", "policy_interest": 1},
}
HOSTILE = (
    "[red]x[/red]",
    "[/x]",
    ":smile:",
    "<script>",
    "\x1b[31mred\x1b[0m",
    "one\ntwo\r\tthree",
    "\u202eabc",
    "漢字",
)
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


@lru_cache
def built_in() -> RuleBase:
    return load_built_in()


@lru_cache
def made(who: str) -> Assessment:
    sheet, problems = validate_sheet({"answers": PEOPLE[who]}, built_in().questions)
    assert not problems
    return assess(built_in(), sheet, full=True)


def drawn(result: Assessment, width: int = 80, full: bool = False, color: bool = False) -> str:
    target = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    show_result(target, result, full=full)
    return cast(io.StringIO, target.file).getvalue()


def poisoned(value: object, text: str) -> object:
    """The same with hostile text in front of whatever a person reads."""
    kept = {"id", "kind", "path", "runner_up", "status", "state", "criterion", "horizon", "question", "rule"}
    if isinstance(value, Struct):
        fields = structs.asdict(value)
        return structs.replace(
            value, **{key: one if key in kept else poisoned(one, text) for key, one in fields.items()}
        )
    if isinstance(value, Mapping):
        return {key: poisoned(one, text) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(poisoned(one, text) for one in value)
    return f"{text} {value}" if isinstance(value, str) else value


@pytest.mark.parametrize("who", PEOPLE)
def test_the_answer_fits_about_one_screen(who: str) -> None:
    first = drawn(made(who)).split("Where the points come from")[0].rstrip()
    assert len(first.splitlines()) <= 31


def test_the_first_screen_answers_the_questions_a_person_has() -> None:
    result = made("offer")
    first = drawn(result).split("Where the points come from")[0]
    assert first.splitlines()[0] in ("Of the four paths, PhD comes out ahead", "Not sure yet: PhD is ahead so far")
    assert all(path.title in first for path in result.paths)
    for label in ("For PhD:", "Against PhD:", "What would change it: ", "This week: ", "Below: "):
        assert label in first
    assert "ways the open answers could fall" in " ".join(first.split()) or "in nearly every way" in first


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("full", [False, True])
def test_no_line_is_wider_than_the_terminal(who: str, width: int, full: bool) -> None:
    assert max(cell_len(line) for line in drawn(made(who), width, full).splitlines()) <= width


@settings(max_examples=25, deadline=None)
@given(width=st.integers(min_value=20, max_value=200))
def test_every_width_can_be_drawn_on(width: int) -> None:
    lines = drawn(made("offer"), width).splitlines()
    assert max(cell_len(line) for line in lines) <= width


@pytest.mark.parametrize("width", [40, 59])
def test_a_narrow_terminal_gets_lines_instead_of_tables(width: int) -> None:
    text = drawn(made("offer"), width)
    assert "score   for" not in text
    assert re.search(r"^1 PhD: \+", text, re.MULTILINE)
    assert not re.search(r"^\s*[A-Za-z]$", text, re.MULTILINE)


@pytest.mark.parametrize("who", PEOPLE)
def test_colour_adds_nothing_to_what_is_said(who: str) -> None:
    plain = drawn(made(who))
    assert "\x1b" not in plain
    assert _ANSI.sub("", drawn(made(who), color=True)) == plain


def test_bars_are_plain_characters_with_one_sign_a_point() -> None:
    result = made("offer")
    row = next(line for line in drawn(result).splitlines() if line.startswith("1 PhD"))
    assert row.endswith("+" * round(result.top.points_for) + "-" * round(-result.top.points_against))
    assert row.isascii()


def test_a_blocked_path_is_marked_in_words() -> None:
    text = drawn(made("nothing fits"))
    assert "PhD (blocked)" in text
    assert "What would open them:" in " ".join(text.split())


def test_someone_outside_the_paths_reads_first_where_to_turn() -> None:
    result = made("outside")
    text = " ".join(drawn(result).split())
    role = next(role for role in result.other_roles if role.decides)
    assert text.startswith("Your answers point outside the four paths: Operations")
    assert text.index(role.text) < text.index("1 point is")
    assert role.next in text


def test_the_full_form_shows_every_argument_claim_and_answer() -> None:
    result = made("offer")
    text = " ".join(drawn(result, full=True).split())
    for path in result.paths:
        for reason in path.reasons:
            assert f"(argument {reason.rule})" in text
            assert all(claim.claim in text for claim in reason.claims)
    assert all(answer.title in text for answer in result.answers)
    assert all(question.title in text for question in result.open_questions)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("who", PEOPLE)
def test_nothing_in_the_data_acts_on_the_terminal(text: str, who: str) -> None:
    shown = drawn(cast(Assessment, poisoned(made(who), text)), full=True)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\r" not in shown
    shown_at_once = " ".join(text.replace("\x1b", "").replace("\u202e", "").split())
    assert shown_at_once in " ".join(shown.split())


class TestConsole:
    @pytest.fixture(autouse=True)
    def _plain_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("TERM", "xterm")

    def test_colour_is_off_where_the_output_is_no_terminal(self) -> None:
        assert console().color_system is None

    def test_always_colours_even_so_and_never_does_not(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NO_COLOR", "1")
        monkeypatch.setenv("TERM", "dumb")
        assert console(color="always").color_system == "standard"
        assert not console(color="always").no_color
        monkeypatch.setenv("FORCE_COLOR", "1")
        assert console(color="never").color_system is None

    @pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
    def test_the_environment_can_turn_colour_off(self, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv(name, value)
        assert console().color_system is None

    def test_a_dumb_terminal_is_as_wide_as_it_says(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TERM", "dumb")
        monkeypatch.setenv("COLUMNS", "40")
        assert console().width == 40
        assert console(width=50).width == 50

    def test_data_is_never_read_as_markup(self, capsys: pytest.CaptureFixture[str]) -> None:
        console().print("[red]x[/red] [/y] :smile:")
        assert capsys.readouterr().out == "[red]x[/red] [/y] :smile:\n"

    def test_messages_go_to_standard_error_where_asked(self, capsys: pytest.CaptureFixture[str]) -> None:
        console(stderr=True).print("a message")
        assert capsys.readouterr() == ("", "a message\n")
