"""A long result on a terminal: its beginning is read before it has scrolled away."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from pathfinder.terminal.pages import pages, show_paged

LINES = [f"line {number}" for number in range(50)]


def shown(terminal: bool, answers: list[bool]) -> tuple[str, int]:
    """What is printed of LINES on 12 rows when the person answers so, and how often they were asked."""
    console = Console(file=io.StringIO(), force_terminal=terminal, color_system=None, width=80, height=12)
    waiting = iter(answers)
    show_paged(console, lambda: console.print("\n".join(LINES)), lambda: next(waiting))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue(), len(answers) - len(list(waiting))


@given(st.lists(st.sampled_from(["", "word", "  "]), max_size=80), st.integers(8, 30))
def test_pages_hold_every_line_once_and_none_is_too_long(lines: list[str], height: int) -> None:
    cut = pages(lines, height)
    assert [line for page in cut for line in page] == lines
    assert all(len(page) <= height for page in cut)


def test_a_page_ends_after_an_empty_line_where_there_is_one_low_enough() -> None:
    lines = ["a"] * 2 + [""] + ["b"] * 4 + [""] + ["c"] * 9
    assert [len(page) for page in pages(lines, 10)] == [8, 9]
    assert [len(page) for page in pages(["a", "", *"b" * 20], 10)] == [10, 10, 2]


def test_the_person_is_asked_between_pages_and_never_before_the_first() -> None:
    text, asked = shown(terminal=True, answers=[True] * 9)
    assert text.split("\n")[:-1] == LINES
    assert asked == 4


@pytest.mark.parametrize("read", [0, 1, 2])
def test_the_rest_can_be_skipped(read: int) -> None:
    text, _ = shown(terminal=True, answers=[True] * read + [False])
    assert text.split("\n")[:-1] == LINES[: (read + 1) * 10]


def test_what_goes_to_a_file_is_whole() -> None:
    assert shown(terminal=False, answers=[]) == ("\n".join(LINES) + "\n", 0)
