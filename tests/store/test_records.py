"""Rows of a CSV text keep their numbers and their neighbours, whatever is wrong with one of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathfinder.errors import Problem
from pathfinder.store.lines import Line
from pathfinder.store.records import MOST_LINES, Record, Records

CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"), max_size=8)
ROWS = st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=8)


def lines_of(text: str) -> list[Line]:
    return [Line(place, line) for place, line in enumerate(io.StringIO(text, newline=""), start=1)]


def records_of(text: str, columns: int | None = None) -> list[Record]:
    records = Records(iter(lines_of(text)), ",")
    if columns is not None:
        records.fits = lambda cells: len(cells) == columns
    return list(records)


def as_csv(rows: Sequence[Sequence[str]], end: str = "\r\n") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue()


def test_rows_count_as_in_a_spreadsheet_and_lines_as_in_the_file() -> None:
    found = records_of('id,name\n\na,"Ada\nB\nC"\nb,Ben\n')
    assert [(one.row, one.line, one.cells) for one in found] == [
        (1, 1, ("id", "name")),
        (2, 2, ()),
        (3, 3, ("a", "Ada\nB\nC")),
        (4, 6, ("b", "Ben")),
    ]


@given(ROWS, st.sampled_from(["\n", "\r\n", "\r"]))
def test_what_was_written_is_read(rows: list[list[str]], end: str) -> None:
    assert [list(one.cells) for one in records_of(as_csv(rows, end), 3)] == rows


BROKEN = ('x,"open', 'x,"open,1', 'x,"a"b,1', '"', 'x,1,"', '"x","y","z')


@given(ROWS, ROWS, st.sampled_from(BROKEN))
def test_a_broken_row_takes_nobody_with_it(before: list[list[str]], after: list[list[str]], broken: str) -> None:
    found = records_of(as_csv(before) + broken + "\r\n" + as_csv(after), 3)
    assert [one.row for one in found] == list(range(1, len(before) + len(after) + 2))
    flawed = found.pop(len(before))
    assert flawed.flaw is not None
    assert "quotation mark" in flawed.flaw.message
    assert [list(one.cells) for one in found] == [*before, *after]
    assert not any(one.flaw for one in found)


def test_a_cell_may_run_over_the_most_lines_and_no_more() -> None:
    for lines, good in ((MOST_LINES, True), (MOST_LINES + 1, False)):
        text = 'a,"' + "\n" * (lines - 1) + '"\nb,c\n'
        found = records_of(text)
        assert (found[0].flaw is None) is good
        assert found[-1].cells == ("b", "c")


def test_lines_that_do_not_make_a_row_together_are_rows_of_their_own() -> None:
    found = records_of('a,"b\nc,d\ne,f"\n', 2)
    assert [(one.line, bool(one.flaw)) for one in found] == [(1, False)]
    found = records_of('a,"b\nc,d\ne,f",g\nh,i\n', 2)
    assert [(one.line, one.cells, bool(one.flaw)) for one in found] == [
        (1, (), True),
        (2, ("c", "d"), False),
        (3, ("e", 'f"', "g"), False),
        (4, ("h", "i"), False),
    ]


def test_a_line_that_cannot_be_used_is_a_row_and_breaks_a_cell_that_is_open() -> None:
    flaw = Problem("bad bytes")
    lines = [Line(1, "a,b\n"), Line(2, "", flaw), Line(3, 'c,"d\n'), Line(4, "", flaw), Line(5, "e,f\n")]
    found = list(Records(iter(lines), ","))
    assert [one.cells for one in found] == [("a", "b"), (), (), (), ("e", "f")]
    assert [one.flaw.message[:9] if one.flaw else "" for one in found] == [
        "",
        "bad bytes",
        "a quotati",
        "bad bytes",
        "",
    ]


def test_a_cell_beyond_the_limit_of_the_reader_is_one_bad_row() -> None:
    found = records_of("a,b\n" + "x" * (csv.field_size_limit() + 1) + ",c\nd,e\n")
    assert [one.cells for one in found] == [("a", "b"), (), ("d", "e")]
    assert found[1].flaw is not None
    assert "too long" in found[1].flaw.message


@pytest.mark.parametrize("text", ["", "\n", "\n\n"])
def test_nothing_is_no_record_and_blank_lines_are_empty_ones(text: str) -> None:
    assert [one.cells for one in records_of(text)] == [()] * text.count("\n")
