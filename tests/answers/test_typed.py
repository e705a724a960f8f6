"""A number or a range may be typed as people say it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathfinder.answers.sheet import UNKNOWN, Answer, Certain, Interval
from pathfinder.answers.typed import parse_typed
from pathfinder.answers.validation import AnswerError
from samples import RATING, YEARS


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8", Certain(8.0)),
        ("  8  ", Certain(8.0)),
        ("8.5", Certain(8.5)),
        ("8,5", Certain(8.5)),
        ("8 years", Certain(8.0)),
        ("8 Years", Certain(8.0)),
        ("1 year", Certain(1.0)),
        ("5-15", Interval(5.0, 15.0)),
        ("5 - 15", Interval(5.0, 15.0)),
        ("5–15", Interval(5.0, 15.0)),
        ("5—15", Interval(5.0, 15.0)),
        ("5..15", Interval(5.0, 15.0)),
        ("5 to 15", Interval(5.0, 15.0)),
        ("5-15 years", Interval(5.0, 15.0)),
        ("between 5 and 15", Interval(5.0, 15.0)),
        ("2.5-7,5", Interval(2.5, 7.5)),
        ("8-8", Certain(8.0)),
        ("3-30 likely 5", Interval(3.0, 30.0, 5.0)),
        ("3-30, likely 5", Interval(3.0, 30.0, 5.0)),
        ("3 to 30; probably 5", Interval(3.0, 30.0, 5.0)),
        ("between 3 and 30, mostly 5 years", Interval(3.0, 30.0, 5.0)),
        ("3-30~5", Interval(3.0, 30.0, 5.0)),
        ("3 - 30 ~ 5", Interval(3.0, 30.0, 5.0)),
    ],
)
def test_a_number_or_a_range_is_read(typed: str, meant: Answer) -> None:
    assert parse_typed(YEARS, typed) == meant


@pytest.mark.parametrize("typed", ["about 8", "About 8 years", "~8", "~ 8", "around 8", "roughly 8", "ca. 8", "c 8"])
def test_about_a_number_is_a_quarter_to_either_side_with_the_number_most_likely(typed: str) -> None:
    assert parse_typed(YEARS, typed) == Interval(6.0, 10.0, 8.0)


def test_about_a_small_number_reaches_one_to_either_side() -> None:
    assert parse_typed(YEARS, "about 2") == Interval(1.0, 3.0, 2.0)


def test_about_a_number_stays_within_the_range_of_the_question() -> None:
    assert parse_typed(YEARS, "about 0") == Interval(0.0, 1.0, 0.0)
    assert parse_typed(YEARS, "about 90") == Interval(68.0, 100.0, 90.0)
    assert parse_typed(YEARS, "about 100") == Interval(75.0, 100.0, 100.0)


@pytest.mark.parametrize("typed", ["?", "not sure", "Unsure", "unknown", "don't know", "no idea"])
def test_not_being_sure_is_an_answer(typed: str) -> None:
    assert parse_typed(YEARS, typed) == UNKNOWN
    assert parse_typed(RATING, typed) == UNKNOWN


@pytest.mark.parametrize("typed", ["", "   ", "\t"])
def test_nothing_typed_is_no_answer(typed: str) -> None:
    assert parse_typed(YEARS, typed) is None


def test_a_scale_takes_its_points_and_ranges_of_them() -> None:
    assert parse_typed(RATING, "4") == Certain(4)
    assert parse_typed(RATING, "2-4") == Interval(2.0, 4.0)
    assert parse_typed(RATING, "about 3") == Certain(3)


@pytest.mark.parametrize(
    "typed", ["soon", "-5", "10+", "> 10", "5 15", "5--15", "5-15-20", "5 or 15", "8y", "1e1", "years", "5 to about 8"]
)
def test_anything_else_is_refused_with_the_forms_that_work(typed: str) -> None:
    with pytest.raises(AnswerError) as refusal:
        parse_typed(YEARS, typed)
    assert refusal.value.message == "this is not a number that can be read"
    assert refusal.value.remedy == "Type a number from 0 to 100, a range such as 5-15, or 'about 8'"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("101", "this is out of range"),
        ("5-101", "this is out of range"),
        ("about 101", "this is out of range"),
        ("about " + "9" * 400, "this is out of range"),
        ("9" * 400, "this is out of range"),
        ("15-5", "the range is upside down: min is above max"),
        ("3-30 likely 31", "likely lies outside min and max"),
    ],
)
def test_a_readable_number_is_judged_like_one_from_a_file(typed: str, message: str) -> None:
    with pytest.raises(AnswerError) as refusal:
        parse_typed(YEARS, typed)
    assert refusal.value.message == message
    assert refusal.value.remedy != ""


def test_a_scale_has_whole_points_from_one_to_five() -> None:
    for typed in ("0", "6", "2.5", "2.5-4"):
        with pytest.raises(AnswerError) as refusal:
            parse_typed(RATING, typed)
        assert refusal.value.remedy == "Write a whole number from 1 to 5"


@given(st.floats(0, 100).map(lambda number: round(number, 3)))
def test_every_number_of_the_range_is_read_as_itself(number: float) -> None:
    assert parse_typed(YEARS, f"{number:.3f}") == Certain(number)


def read_or_refused(typed: str) -> Answer | AnswerError | None:
    try:
        return parse_typed(YEARS, typed)
    except AnswerError as error:
        return error


@given(st.text(alphabet="0123456789.,-– abotulikey~?%\n\x1b", max_size=20))
def test_whatever_is_typed_gives_an_answer_within_the_range_or_a_remedy(typed: str) -> None:
    match read_or_refused(typed):
        case AnswerError(remedy=remedy):
            assert remedy
        case Certain(float() as value):
            assert 0 <= value <= 100
        case Interval(low, high, likely):
            assert 0 <= low < high <= 100
            assert likely is None or low <= likely <= high
        case answer:
            assert answer in (None, UNKNOWN)
