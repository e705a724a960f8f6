"""Options in hand in a document: read with every problem at once, and laid over the person's answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathfinder.answers.options import LONGEST_OPTION_NAME, MOST_OPTIONS, overlaid
from pathfinder.answers.sheet import UNKNOWN, AnswerSheet, Certain, Interval, OptionInHand
from pathfinder.answers.validation import validate_sheet
from pathfinder.errors import Problem
from samples import QUESTIONS

PATHS = ("phd", "job")


def read(options: object) -> tuple[tuple[OptionInHand, ...], list[Problem]]:
    sheet, problems = validate_sheet({"answers": {}, "options": options}, QUESTIONS, PATHS)
    return sheet.options, problems


def test_options_are_read_in_their_order_with_their_answers() -> None:
    found, problems = read(
        [
            {"name": "Leeds", "path": "phd", "answers": {"skill": "solid", "years": {"min": 1, "max": 4}}},
            {"name": "A lab", "path": "job", "answers": {"skill": "unknown", "rating": None}},
        ]
    )
    assert problems == []
    assert found == (
        OptionInHand("Leeds", "phd", {"skill": Certain("solid"), "years": Interval(1.0, 4.0)}),
        OptionInHand("A lab", "job", {"skill": UNKNOWN}),
    )


@pytest.mark.parametrize("options", [None, [], ()])
def test_no_options_are_no_problem(options: object) -> None:
    assert read(options) == ((), [])
    assert validate_sheet({"answers": {}}, QUESTIONS, PATHS)[0].options == ()


@pytest.mark.parametrize("answers", [{}, {"answers": None}, {"answers": {}}, {"answers": {"skill": None}}])
def test_an_option_may_leave_all_answers_to_the_person(answers: dict[str, object]) -> None:
    assert read([{"name": "Leeds", "path": "phd", **answers}]) == ((OptionInHand("Leeds", "phd"),), [])


def test_every_problem_is_named_with_its_place_and_what_can_be_used_is_kept() -> None:
    found, problems = read(
        [
            {"name": "Leeds", "path": "phd", "answers": {"skill": "solid", "skil": "solid", "years": 101}},
            {"name": "leeds ", "path": "pdh", "anwsers": {}},
            "A lab",
            {"answers": ["skill"]},
            {"name": ["x"], "path": ["phd"]},
            {"name": " ", "path": None},
        ]
    )
    assert found == (OptionInHand("Leeds", "phd", {"skill": Certain("solid")}),)
    one_of, example = "It is one of: phd, job", "'pathfinder template' prints an example"
    assert problems == [
        Problem("there is no question 'skil'", "Did you mean 'skill'?", key="options.0.answers.skil"),
        Problem("this is out of range", "Write a number from 0 to 100 (years)", key="options.0.answers.years"),
        Problem("an option has no key 'anwsers'", "Did you mean 'answers'?", key="options.1.anwsers"),
        Problem("options.0 has this name already", "Give each option a name of its own", key="options.1.name"),
        Problem("there is no path 'pdh'", "Did you mean 'phd'?", key="options.1.path"),
        Problem("an option has a name, a path and answers", example, key="options.2"),
        Problem("an option needs a name", "Write for example 'name: PhD in Leeds'", key="options.3"),
        Problem("an option needs the path it is on", one_of, key="options.3"),
        Problem("'answers' holds 'question: value' lines", example, key="options.3.answers"),
        Problem("a name is plain text", "Write it in quotes", key="options.4.name"),
        Problem("an option needs the path it is on", one_of, key="options.4.path"),
        Problem("an option needs a name", "Write for example 'name: PhD in Leeds'", key="options.5.name"),
        Problem("an option needs the path it is on", one_of, key="options.5.path"),
    ]


def test_a_path_far_from_all_is_answered_with_all_of_them() -> None:
    (problem,) = read([{"name": "Leeds", "path": "astronaut"}])[1]
    assert (problem.message, problem.remedy) == ("there is no path 'astronaut'", "It is one of: phd, job")


@pytest.mark.parametrize("options", ["phd", 3, {"name": "Leeds"}])
def test_what_is_no_list_is_refused(options: object) -> None:
    (problem,) = read(options)[1]
    assert (problem.message, problem.key) == ("'options' holds a list", "options")


def test_twenty_are_read_and_a_twenty_first_is_a_problem() -> None:
    many = [{"name": str(number), "path": "phd"} for number in range(MOST_OPTIONS + 1)]
    assert read(many[:-1])[1] == []
    found, (problem,) = read(many)
    assert len(found) == MOST_OPTIONS == 20
    assert (problem.message, problem.key) == ("these are 21 options", "options")


def test_a_name_is_cleaned_shortened_and_compared_without_regard_to_capitals() -> None:
    found, _ = read([{"name": " PhD\n\x1b[31min  Leeds ", "path": "phd"}, {"name": 7, "path": "phd"}])
    assert [one.name for one in found] == ["PhD [31min Leeds", "7"]
    long = "x" * 200
    assert len(read([{"name": long, "path": "phd"}])[0][0].name) == LONGEST_OPTION_NAME
    for one, other in ((long, long + "y"), ("STRASSE", "straße"), ("\u202eLeeds", "LEEDS")):
        (problem,) = read([{"name": one, "path": "phd"}, {"name": other, "path": "phd"}])[1]
        assert problem.message == "options.0 has this name already"


RAW = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["phd", "solid"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "path", "answers", "skill", "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(RAW)
def test_whatever_stands_under_options_gives_options_and_problems_and_never_crashes(raw: object) -> None:
    found, problems = read(raw)
    assert all(one.name and one.path in PATHS for one in found)
    assert len({one.name.casefold() for one in found}) == len(found)
    assert all(one.message and one.remedy and (one.key or "").startswith("options") for one in problems)


def test_an_options_answers_replace_the_persons_unknown_too_and_all_others_stay() -> None:
    own = AnswerSheet({"skill": Certain("solid"), "role": Certain("lead"), "tried": Certain(True)}, "Ada")
    option = OptionInHand("Leeds", "phd", {"skill": UNKNOWN, "rating": Certain(4), "role": Certain("engineer")})
    found = overlaid(AnswerSheet(own.answers, own.name, options=(option,)), option)
    assert found == AnswerSheet(
        {"skill": UNKNOWN, "role": Certain("engineer"), "tried": Certain(True), "rating": Certain(4)}, "Ada"
    )
