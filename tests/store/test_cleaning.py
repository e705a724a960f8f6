"""Nothing in foreign text can act on a terminal, hide or turn the text around it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathfinder.cleaning import LONGEST_SHOWN, clean, one_line


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]0;title\x07", "]0;title"),
        ("bell\a, back\b, return\r, null\0, delete\x7f", "bell, back, return, null, delete"),
        ("\x9b31mC1\x85next\x90", "31mC1next"),
        ("abc\u202edcba\u202c", "abcdcba"),
        ("\u2066isolate\u2069 \u200emark\u200f", "isolate mark"),
        ("zero\u200b\u200c\u200d\u2060\ufeff width", "zero width"),
        ("soft\u00adhyphen", "softhyphen"),
        ("tags \U000e0041\U000e007f", "tags "),
        ("half \ud800 pair", "half  pair"),
        ("private \ue000, nothing \uffff", "private , nothing "),
    ],
)
def test_control_and_invisible_characters_are_removed(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned
    assert one_line(text) == " ".join(cleaned.split())


@pytest.mark.parametrize("text", ["line\nline\ttab", "Zoë, 漢字, עברית, مرحبا, 🙂", "[/x] {y} **z** <b> =1+1", ""])
def test_visible_text_line_ends_and_tabs_stay(text: str) -> None:
    assert clean(text) == text


def test_one_line_folds_white_space_and_stays_short() -> None:
    assert one_line("  two\n\n lines\tof  text ") == "two lines of text"
    assert one_line("x" * LONGEST_SHOWN) == "x" * LONGEST_SHOWN
    assert one_line("x" * (LONGEST_SHOWN + 1)) == "x" * (LONGEST_SHOWN - 1) + "…"
    assert one_line("abcdef", longest=4) == "abc…"


@given(st.text(st.characters(exclude_categories=[])))
def test_cleaned_text_holds_nothing_that_acts_and_cleaning_twice_changes_nothing(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert {unicodedata.category(character) for character in cleaned if character not in "\n\t"}.isdisjoint(
        {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    shown = one_line(text)
    assert len(shown) <= LONGEST_SHOWN
    assert one_line(shown) == shown
    assert len(shown.splitlines()) <= 1
