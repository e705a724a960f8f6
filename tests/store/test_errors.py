"""A problem is a value: it says where, what is wrong and what to do, and is printed only at the edge."""

from __future__ import annotations

import pytest

from pathfinder.errors import InputError, Problem, nearest, refused


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem("it is empty"), "it is empty"),
        (Problem("it is empty", "Fill it"), "it is empty. Fill it"),
        (Problem("it is empty", "Fill it", "a.yaml"), "a.yaml: it is empty. Fill it"),
        (Problem("it is empty", "Fill it", "a.yaml", 3), "a.yaml:3: it is empty. Fill it"),
        (Problem("it is empty", "Fill it", "a.yaml", 3, "answers.x"), "a.yaml:3: answers.x: it is empty. Fill it"),
        (Problem("it is empty", "Fill it", None, 3), "line 3: it is empty. Fill it"),
        (Problem("it is empty", "Fill it", "a.yaml", key="answers.x"), "a.yaml: answers.x: it is empty. Fill it"),
        (Problem("what is 'x'? Is it 'y'?", "Say"), "what is 'x'? Is it 'y'? Say"),
    ],
)
def test_a_problem_reads_as_place_message_and_remedy(problem: Problem, text: str) -> None:
    assert str(problem) == text


def test_a_problem_is_located_only_where_its_place_is_still_open() -> None:
    assert Problem("x").located("a.yaml", 3) == Problem("x", file="a.yaml", line=3)
    assert Problem("x", file="b.yaml", line=1).located("a.yaml", 3) == Problem("x", file="b.yaml", line=1)
    assert Problem("x", line=1).located("a.yaml") == Problem("x", file="a.yaml", line=1)


def test_an_input_error_carries_every_problem_and_needs_at_least_one() -> None:
    problems = [Problem("one"), Problem("two", "Do")]
    assert InputError(iter(problems)).problems == tuple(problems)
    assert str(InputError(problems)) == "one\ntwo. Do"
    with pytest.raises(ValueError, match="at least one"):
        InputError([])


def test_a_refusal_is_an_input_error_with_one_problem() -> None:
    assert refused("one", "Do", "a.yaml", 3, "x").problems == (Problem("one", "Do", "a.yaml", 3, "x"),)


def test_the_nearest_word_is_offered_only_when_it_is_near() -> None:
    assert nearest("sollid", ["basic", "solid", "strong"]) == "Did you mean 'solid'?"
    assert nearest("xyzzy", ["basic", "solid", "strong"]) == ""
    assert nearest("solid", []) == ""
