"""One validator judges answers, whether they come from a prompt, YAML or JSON."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathfinder.answers.sheet import UNKNOWN, Among, Answer, AnswerSheet, Certain, Interval
from pathfinder.answers.validation import AnswerError, parse_answer, validate_sheet
from pathfinder.errors import Problem
from pathfinder.rulebase.questions import Question
from samples import HEALTH, LIKES, QUESTIONS, RATING, ROLE, SKILL, TRIED, YEARS


@pytest.mark.parametrize(
    ("question", "raw", "meant"),
    [
        (SKILL, "solid", Certain("solid")),
        (SKILL, " solid ", Certain("solid")),
        (SKILL, ["basic", "solid"], Among(("basic", "solid"))),
        (SKILL, ["solid", "basic", "solid"], Among(("basic", "solid"))),
        (SKILL, ["solid"], Certain("solid")),
        (ROLE, "lead", Certain("lead")),
        (RATING, "4", Certain(4)),
        (RATING, 4, Certain(4)),
        (RATING, 4.0, Certain(4)),
        (RATING, ["5", "4"], Among((4, 5))),
        (RATING, {"min": "2", "max": "4"}, Interval(2.0, 4.0)),
        (RATING, {"min": 2, "max": 4, "likely": 3}, Interval(2.0, 4.0, 3.0)),
        (RATING, {"min": 4, "max": 4}, Certain(4)),
        (YEARS, "8", Certain(8.0)),
        (YEARS, 8, Certain(8.0)),
        (YEARS, "8.25", Certain(8.25)),
        (YEARS, "1e1", Certain(10.0)),
        (YEARS, {"min": "5", "max": "15"}, Interval(5.0, 15.0)),
        (YEARS, {"min": 5, "max": 15, "likely": 8}, Interval(5.0, 15.0, 8.0)),
        (YEARS, {"min": 8, "max": 8}, Certain(8.0)),
        (YEARS, {"min": 0, "max": 100}, Interval(0.0, 100.0)),
        (TRIED, "yes", Certain(True)),
        (TRIED, "No", Certain(False)),
        (TRIED, "true", Certain(True)),
        (TRIED, False, Certain(False)),
        (TRIED, ["yes", "no"], Among((True, False))),
        (LIKES, ["maths", "code"], Certain(frozenset({"code", "maths"}))),
        (LIKES, [], Certain(frozenset())),
    ],
)
def test_an_answer_is_read_by_the_kind_of_its_question(question: Question, raw: object, meant: Answer) -> None:
    found = parse_answer(question, raw)
    assert found == meant
    if isinstance(meant, Certain):
        assert isinstance(found, Certain)
        assert type(found.value) is type(meant.value)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=list(QUESTIONS))
def test_every_question_can_be_left_open_or_empty(question: Question) -> None:
    for word in ("unknown", "Unknown", "not sure", " NOT SURE "):
        assert parse_answer(question, word) is UNKNOWN
    assert parse_answer(question, None) is None


@pytest.mark.parametrize(
    ("question", "raw", "message", "remedy"),
    [
        (SKILL, "sollid", "'sollid' is no value of skill", "Did you mean 'solid'?"),
        (SKILL, "x", "'x' is no value of skill", "It is one of: none, basic, solid, strong, expert"),
        (SKILL, "Solid", "'Solid' is no value of skill", "Did you mean 'solid'?"),
        (SKILL, "", "'' is no value of skill", "It is one of: none, basic, solid, strong, expert"),
        (
            SKILL,
            ["solid", "unknown"],
            "'unknown' is no value of skill",
            "It is one of: none, basic, solid, strong, expert",
        ),
        (SKILL, "solid\x1b[31m", "'solid[31m' is no value of skill", "Did you mean 'solid'?"),
        (SKILL, [], "an empty list says nothing", "Leave the question out, or write unknown"),
        (
            SKILL,
            {"min": "basic", "max": "solid"},
            "only a number or a scale can be a range",
            "List the values that are possible, e.g. [a, b]",
        ),
        (SKILL, [["solid"]], "this is nested too deep", "Write a plain value, or a list of plain values"),
        (HEALTH, "ill", "this is no value of health", "It is one of: well, unwell"),
        (LIKES, "code", "this is a selection", "Write a list, e.g. [code], or [] for none of them"),
        (LIKES, ["code", "poetry"], "'poetry' is no value of likes", "It is one of: code, maths, policy"),
        (
            LIKES,
            {"has": "code"},
            "only a number or a scale can be a range",
            "List the values that are possible, e.g. [a, b]",
        ),
        (TRIED, "maybe", "this is a yes or no question", "Write yes, no or unknown"),
        (TRIED, 1, "this is a yes or no question", "Write yes, no or unknown"),
        (RATING, 0, "this is out of range", "Write a whole number from 1 to 5"),
        (RATING, 6, "this is out of range", "Write a whole number from 1 to 5"),
        (RATING, "2.5", "a scale has whole numbers only", "Write a whole number from 1 to 5"),
        (RATING, True, "this is not a number", "Write a whole number from 1 to 5"),
        (
            RATING,
            {"min": 2, "max": 4, "likely": 2.5},
            "a scale has whole numbers only",
            "Write a whole number from 1 to 5",
        ),
        (YEARS, "soon", "this is not a number", "Write a number from 0 to 100 (years)"),
        (YEARS, True, "this is not a number", "Write a number from 0 to 100 (years)"),
        (YEARS, float("nan"), "this is not a number", "Write a number from 0 to 100 (years)"),
        (YEARS, float("inf"), "this is not a number", "Write a number from 0 to 100 (years)"),
        (YEARS, "-inf", "this is not a number", "Write a number from 0 to 100 (years)"),
        (YEARS, "sNaN", "this is not a number", "Write a number from 0 to 100 (years)"),
        (YEARS, "-0.1", "this is out of range", "Write a number from 0 to 100 (years)"),
        (YEARS, "100.00000000000000000001", "this is out of range", "Write a number from 0 to 100 (years)"),
        (YEARS, "9" * 10_000, "this is out of range", "Write a number from 0 to 100 (years)"),
        (YEARS, [5, 15], "a number is not a list", "For a range write {min: 5, max: 15}"),
        (YEARS, {"min": 15, "max": 5}, "the range is upside down: min is above max", "Swap them"),
        (YEARS, {"min": 5, "max": 15, "likely": 4}, "likely lies outside min and max", "Move it between them"),
        (YEARS, {"min": 5}, "a range has min and max, and may have likely", "Write {min: 5, max: 15}"),
        (
            YEARS,
            {"min": 5, "max": 15, "mean": 8},
            "a range has min and max, and may have likely",
            "Write {min: 5, max: 15}",
        ),
        (YEARS, {"min": None, "max": 15}, "this is nested too deep", "Write a plain value, or a list of plain values"),
        (YEARS, {"min": 5, "max": float("inf")}, "this is not a number", "Write a number from 0 to 100 (years)"),
    ],
)
def test_an_answer_that_cannot_be_used_is_refused_with_a_remedy(
    question: Question, raw: object, message: str, remedy: str
) -> None:
    with pytest.raises(AnswerError) as refusal:
        parse_answer(question, raw)
    assert (refusal.value.message, refusal.value.remedy) == (message, remedy)
    assert str(refusal.value) == f"{message}. {remedy}"


RAW = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["solid", "yes", "code"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["min", "max", "likely", "answers", "skill", "years"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def read_or_refused(question: Question, raw: object) -> Answer | AnswerError | None:
    try:
        return parse_answer(question, raw)
    except AnswerError as error:
        return error


@given(question=st.sampled_from(list(QUESTIONS.values())), raw=RAW)
def test_any_raw_answer_is_read_or_refused_and_never_crashes(question: Question, raw: object) -> None:
    match read_or_refused(question, raw):
        case AnswerError(remedy=remedy):
            assert remedy
        case Among(values):
            assert len(values) >= 2
        case Interval(low, high):
            assert low < high
        case Certain(value) if question.options and question.kind != "multi":
            assert value in question.options


@given(RAW)
def test_any_document_gives_a_sheet_and_problems_and_never_crashes(data: object) -> None:
    sheet, problems = validate_sheet(data, QUESTIONS)
    assert set(sheet) <= set(QUESTIONS)
    assert all(problem.message and problem.remedy for problem in problems)


def test_a_document_gives_its_sheet() -> None:
    data = {"name": "Ada", "answers": {"skill": "solid", "years": {"min": "5", "max": "15"}, "tried": "unknown"}}
    answers: dict[str, Answer] = {"skill": Certain("solid"), "years": Interval(5.0, 15.0), "tried": UNKNOWN}
    assert validate_sheet(data, QUESTIONS) == (AnswerSheet(answers, "Ada"), [])


def test_an_answer_left_empty_is_no_answer() -> None:
    sheet, problems = validate_sheet({"answers": {"skill": None, "role": "lead"}}, QUESTIONS)
    assert (list(sheet), problems) == (["role"], [])
    assert validate_sheet({"answers": None}, QUESTIONS) == (AnswerSheet(), [])


def test_the_name_is_shown_on_one_short_line_and_may_be_a_number() -> None:
    assert validate_sheet({"name": " Ada\n\x1b[1mLovelace ", "answers": {}}, QUESTIONS)[0].name == "Ada [1mLovelace"
    assert validate_sheet({"name": 7, "answers": {}}, QUESTIONS)[0].name == "7"
    assert validate_sheet({"name": None, "answers": {}}, QUESTIONS)[0].name == ""
    assert len(validate_sheet({"name": "x" * 1000, "answers": {}}, QUESTIONS)[0].name) == 120


@pytest.mark.parametrize("key", ["id", "pairs", "description", "expect", "because", "difficulty", "notes", "draft"])
def test_what_case_files_and_drafts_add_is_let_be(key: str) -> None:
    assert validate_sheet({"answers": {"skill": "solid"}, key: "anything"}, QUESTIONS)[1] == []


def test_usable_answers_survive_beside_every_problem() -> None:
    data = {
        "nmae": "Ada",
        "role": "lead",
        "name": ["Ada"],
        "answers": {"skill": "solid", "skil": "solid", "years": 101, "tried": "yes"},
    }
    sheet, problems = validate_sheet(data, QUESTIONS)
    assert sheet == AnswerSheet({"skill": Certain("solid"), "tried": Certain(True)})
    assert problems == [
        Problem("there is no key 'nmae' here", "Did you mean 'name'?", key="nmae"),
        Problem("there is no key 'role' here", "It is a question: move it, indented, under 'answers:'", key="role"),
        Problem("a name is plain text", "Write it in quotes", key="name"),
        Problem("there is no question 'skil'", "Did you mean 'skill'?", key="answers.skil"),
        Problem("this is out of range", "Write a number from 0 to 100 (years)", key="answers.years"),
    ]


@pytest.mark.parametrize("data", [None, "answers", 3, ["answers"]])
def test_a_document_that_is_no_mapping_is_no_answers_file(data: object) -> None:
    sheet, problems = validate_sheet(data, QUESTIONS)
    assert len(sheet) == 0
    assert [problem.message for problem in problems] == ["this is no answers file"]


def test_a_document_without_answers_is_told_how_to_give_them() -> None:
    (missing,) = validate_sheet({"name": "Ada"}, QUESTIONS)[1]
    assert (missing.message, missing.key) == ("there is no 'answers:'", None)
    (listed,) = validate_sheet({"answers": ["skill"]}, QUESTIONS)[1]
    assert (listed.message, listed.key) == ("'answers' holds 'question: value' lines", "answers")
    assert "pathfinder template" in missing.remedy
    assert "pathfinder template" in listed.remedy
