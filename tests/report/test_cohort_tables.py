"""The tables of a batch: numbers stay numbers, and nothing in them calculates."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import assess
from pathfinder.assessment.results.assessment import Assessment
from pathfinder.cleaning import one_line
from pathfinder.errors import Problem
from pathfinder.report.cohort_record import find_out_next, record_from, record_of
from pathfinder.report.cohort_table import (
    ERROR_COLUMNS,
    LONGEST,
    csv_line,
    error_cells,
    safe_text,
    summary_cells,
    summary_columns,
)
from pathfinder.report.json_form import plain
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.person import Person

TEXT = st.text(st.sampled_from("=+-@＝＋－＠'\";,|\t\r\n a1\x1b\u200b") | st.characters(), max_size=12)


def read_back(line: str, delimiter: str = ",") -> list[str]:
    (row,) = csv.reader(io.StringIO(line, newline=""), delimiter=delimiter)
    return row


@given(st.lists(TEXT, min_size=1, max_size=5))
def test_no_text_begins_as_a_formula_whichever_character_parts_the_cells(cells: list[str]) -> None:
    line = csv_line(cells)
    for delimiter in ",;\t":
        for cell in read_back(line, delimiter):
            start = unicodedata.normalize("NFKC", cell.strip().strip('"'))[:1]
            assert start not in ("=", "+", "-", "@")


@given(TEXT)
def test_text_comes_back_when_the_leading_apostrophe_is_taken_off(text: str) -> None:
    shown = one_line(text, LONGEST)
    (cell,) = read_back(csv_line([text]) if shown else '""\n')
    if ";" not in shown:
        assert cell.removeprefix("'") == shown
    assert cell.isprintable()


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("-5", "'-5"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("'tis", "''tis"),
        ("a; =1", "a; '=1"),
        ("O'Brien", "O'Brien"),
        ("5-15", "5-15"),
        (-5.0, "-5"),
        (2.5, "2.5"),
        (0.0, "0"),
        (3, "3"),
        (None, ""),
        ("", ""),
    ],
)
def test_cells(cell: str | float | None, shown: str) -> None:
    assert read_back(csv_line(["x", cell])) == ["x", shown]


def test_a_long_cell_is_cut() -> None:
    assert len(safe_text("x" * LONGEST)) == LONGEST
    assert safe_text("x" * (LONGEST + 1)).endswith("…")


def assessed(base: RuleBase, answers: Mapping[str, object]) -> Assessment:
    sheet, problems = validate_sheet({"name": "Ada", "answers": answers}, base.questions)
    assert not problems
    return assess(base, sheet)


@pytest.fixture(scope="module")
def torn(base: RuleBase) -> Assessment:
    """Somebody with open answers, a tension and answers that are set aside."""
    raw = {"goal_role": "research_lead", "timeline_years": 4, "coding": "strong", "phd_option": "none"}
    return assessed(base, raw | {"phd_freedom": "5", "phd_supervisor_research": "5"})


@pytest.fixture(scope="module")
def torn_and_named(base: RuleBase, torn: Assessment) -> tuple[Assessment, Assessment]:
    """The same, and somebody with a path that has reasons on both sides and tests that would tell."""
    raw = {"goal_role": "research_lead", "coding": "solid", "phd_option": "offer", "phd_supervisor_research": "5"}
    named = assessed(base, raw | {"phd_supervisor_mentoring": "2", "job_option": "offer", "coding_interview": True})
    assert named.verdict.path == "phd"
    assert any(one.kind == "experiment" for one in named.find_out)
    return torn, named


@pytest.mark.parametrize("place", [0, 1], ids=["torn", "named"])
def test_a_row_of_the_summary_says_what_the_assessment_says(
    place: int, base: RuleBase, torn_and_named: tuple[Assessment, Assessment]
) -> None:
    found = torn_and_named[place]
    paths = tuple(path.id for path in base.paths)
    record = record_of("a", "a-file", paths, found)
    row = dict(zip(summary_columns(paths), read_back(csv_line(summary_cells(record, paths))), strict=True))
    assert (row["id"], row["name"], row["report"]) == ("a", "Ada", "a-file")
    assert (row["verdict"], row["path"]) == (found.verdict.kind, found.verdict.path or "")
    assert row["runner_up"] == (found.verdict.runner_up or "")
    assert float(row["margin"]) == found.verdict.margin
    assert float(row["chance_best"]) == found.top.chance_best
    assert {path: float(row[f"score_{path}"]) for path in paths} == {path.id: path.score for path in found.paths}
    assert row["tensions"] == "; ".join(one.id for one in found.tensions)
    aside = [one.question for one in found.answers if one.state == "set aside"]
    assert row["set_aside"] == "; ".join(aside)
    assert place or (row["tensions"] and len(aside) == 2)
    bearing = [one.question for one in found.open_questions if one.value or one.matters]
    assert row["ask_next"].split("; ") == (bearing or [one.question for one in found.open_questions])[:3]
    telling = [one.title for one in found.find_out if one.kind == "experiment"]
    suitable = [one.title for one in found.experiments]
    assert list(find_out_next(found)) == (telling or suitable)[:2]
    assert row["find_out_next"] == "; ".join((telling or suitable)[:2])
    assert find_out_next(replace(found, find_out=())) == tuple(suitable[:2])
    named = found.path(found.verdict.path) if found.verdict.path else None
    best = [reason for reason in named.reasons if reason.points > 0][:2] if named else []
    assert row["top_reasons"] == "; ".join(f"{one.rule} (+{one.points:g})" for one in best)
    against = [reason for reason in named.reasons if reason.points < 0][:1] if named else []
    assert row["top_reason_against"] == "; ".join(f"{one.rule} ({one.points:g})" for one in against)
    assert not place or (best and against)


def test_the_guide_tells_every_column_in_order() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "batch.md").read_text(encoding="utf-8")
    table = guide.split("| column | holds |\n")[1].split("\n\n")[0]
    told = [name for row in table.splitlines() for name in re.findall(r"`(\w+)(?:\.\.\.)?`", row.split(" | ")[0])]
    assert told == list(summary_columns([""]))


def test_a_record_survives_the_way_through_a_journal(base: RuleBase, torn: Assessment) -> None:
    record = record_of("a", "", tuple(path.id for path in base.paths), torn)
    found = plain(record)
    assert isinstance(found, dict)
    assert record_from(found) == record
    assert record_from({**found, "margin": "much"}) is None
    assert record_from({}) is None


def test_an_error_names_its_place_in_columns_of_their_own() -> None:
    person = Person("=a", AnswerSheet(), "some/where/people.csv", 12, 15)
    cells = error_cells(person, Problem("this is wrong", "Mend it", key="answers.coding"))
    row = dict(zip(ERROR_COLUMNS, read_back(csv_line(cells)), strict=True))
    assert row == {
        "file": "people.csv",
        "row": "12",
        "line": "15",
        "id": "'=a",
        "column": "coding",
        "problem": "this is wrong",
        "remedy": "Mend it",
    }
    of_a_file = Person("a", AnswerSheet(), "people/a.yaml")
    cells = error_cells(of_a_file, Problem("this is wrong", "Mend it", line=3, key="name"))
    assert cells == ("a.yaml", None, 3, "a", "name", "this is wrong", "Mend it")
