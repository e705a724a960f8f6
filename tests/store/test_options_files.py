"""Options in hand in files: written and read back the same, and every problem with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_answers_files import answers, sheets

from pathfinder.answers.options import MOST_OPTIONS, option_name
from pathfinder.answers.sheet import AnswerSheet, Certain, OptionInHand, to_plain
from pathfinder.errors import InputError
from pathfinder.store.answers import parse_sheet, read_sheet, to_yaml, write_sheet
from pathfinder.store.drafts import load_draft, save_draft
from pathfinder.store.rules import load_built_in
from samples import QUESTIONS

ASKED = {**QUESTIONS, **load_built_in().questions}
PATHS = ("phd", "research_contributor")


@st.composite
def with_options(draw: st.DrawFn) -> AnswerSheet:
    names = draw(
        st.lists(
            (st.text(max_size=80) | st.sampled_from(["null", "7", "no", "a: b", "# x", "- y", "'", "\u2028", "🎓"]))
            .map(option_name)
            .filter(bool),
            max_size=4,
            unique_by=str.casefold,
        )
    )
    options = []
    for name in names:
        asked = draw(st.lists(st.sampled_from(list(ASKED)), unique=True, max_size=4))
        given = {key: draw(answers(ASKED[key])) for key in asked}
        options.append(OptionInHand(name, draw(st.sampled_from(PATHS)), given))
    sheet = draw(sheets())
    return AnswerSheet(sheet.answers, sheet.name, options=tuple(options))


@given(with_options())
@settings(deadline=None)
def test_any_options_survive_being_written_and_read(sheet: AnswerSheet) -> None:
    assert parse_sheet(to_yaml(sheet, ASKED), "a.yaml", ASKED, PATHS) == sheet


@given(with_options())
@settings(deadline=None)
def test_any_options_survive_json(sheet: AnswerSheet) -> None:
    def plain(given: AnswerSheet | OptionInHand) -> dict[str, object]:
        return {key: to_plain(ASKED[key], answer) for key, answer in given.answers.items()}

    options = [{"name": one.name, "path": one.path, "answers": plain(one)} for one in sheet.options]
    text = json.dumps({"name": sheet.name, "answers": plain(sheet), "options": options})
    assert parse_sheet(text, "a.json", ASKED, PATHS) == sheet


TWO = AnswerSheet(
    {"role": Certain("lead")},
    options=(
        OptionInHand('The "first"', "phd", {"tried": Certain(True), "skill": Certain("solid")}),
        OptionInHand("Second", "research_contributor"),
    ),
)


def test_options_read_like_ones_written_by_hand() -> None:
    assert to_yaml(TWO, QUESTIONS).splitlines()[1:] == [
        "answers:",
        "  role: lead",
        "options:",
        '- name: "The \\"first\\""',
        "  path: phd",
        "  answers:",
        "    skill: solid",
        "    tried: true",
        '- name: "Second"',
        "  path: research_contributor",
        "  answers: {}",
    ]


def test_a_sheet_without_options_is_written_as_before() -> None:
    assert "options" not in to_yaml(AnswerSheet({"role": Certain("lead")}), QUESTIONS)


def test_a_file_and_a_draft_keep_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHFINDER_HOME", str(tmp_path / "home"))
    write_sheet(tmp_path / "a.yaml", TWO, QUESTIONS)
    assert read_sheet(tmp_path / "a.yaml", QUESTIONS, PATHS) == TWO
    save_draft(TWO, ("role",), QUESTIONS)
    draft = load_draft(QUESTIONS, PATHS)
    assert draft is not None
    assert (draft.sheet, draft.asked, draft.lost) == (TWO, ("role",), 0)


def test_what_a_draft_can_no_longer_read_of_its_options_is_counted_and_the_rest_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATHFINDER_HOME", str(tmp_path))
    save_draft(TWO, ("role",), QUESTIONS)
    file = tmp_path / "draft.yaml"
    file.write_text(file.read_text().replace("skill: solid", "skill: wizard").replace("research_contributor", "gone"))
    draft = load_draft(QUESTIONS, PATHS)
    assert draft is not None
    assert draft.sheet.options == (OptionInHand('The "first"', "phd", {"tried": Certain(True)}),)
    assert draft.lost == 2


def test_a_reader_that_knows_no_path_refuses_options_instead_of_losing_them() -> None:
    with pytest.raises(InputError, match="there is no path 'phd'"):
        parse_sheet(to_yaml(TWO, QUESTIONS), "a.yaml", QUESTIONS)


BROKEN = """answers:
  role: lead
options:
- name: One
  path: phd
  answers:
    skill: wizard
-
  name: one
  path: pdh
  salary: high
- path: phd
  answers: {skill: solid, skil: solid,
    rating: 9}
- nothing
"""


def test_each_problem_has_its_line() -> None:
    with pytest.raises(InputError) as refusal:
        parse_sheet(BROKEN, "a.yaml", QUESTIONS, PATHS)
    assert [(one.line, one.key) for one in refusal.value.problems] == [
        (7, "options.0.answers.skill"),
        (11, "options.1.salary"),
        (9, "options.1.name"),
        (10, "options.1.path"),
        (12, "options.2"),
        (13, "options.2.answers.skil"),
        (14, "options.2.answers.rating"),
        (15, "options.3"),
    ]


def test_too_many_are_told_at_the_line_of_the_list() -> None:
    items = "".join(f"- {{name: {number}, path: phd}}\n" for number in range(MOST_OPTIONS + 1))
    with pytest.raises(InputError) as refusal:
        parse_sheet(f"answers: {{}}\noptions:\n{items}", "a.yaml", QUESTIONS, PATHS)
    assert [(one.line, one.key) for one in refusal.value.problems] == [(2, "options")]
