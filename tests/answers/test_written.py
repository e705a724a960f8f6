"""One cell of a table says what an answers file can say, and what is wrong with it is said in a table's terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathfinder.answers.sheet import UNKNOWN, Among, Answer, Certain, Interval
from pathfinder.answers.validation import AnswerError, parse_answer
from pathfinder.answers.written import LONGEST, parse_cell
from pathfinder.rulebase.questions import Question
from samples import HEALTH, LIKES, QUESTIONS, RATING, ROLE, SKILL, TRIED, YEARS


@pytest.mark.parametrize(
    ("question", "cell", "meant"),
    [
        (SKILL, "solid", Certain("solid")),
        (SKILL, " solid ", Certain("solid")),
        (SKILL, "strong|basic", Among(("basic", "strong"))),
        (SKILL, "basic | basic", Certain("basic")),
        (SKILL, "none", Certain("none")),
        (SKILL, "unknown", UNKNOWN),
        (SKILL, "Not sure", UNKNOWN),
        (SKILL, "?", UNKNOWN),
        (SKILL, "", None),
        (SKILL, " \t ", None),
        (TRIED, "yes", Certain(True)),
        (TRIED, "FALSE", Certain(False)),
        (TRIED, "no|yes", Among((True, False))),
        (LIKES, "code", Certain(frozenset({"code"}))),
        (LIKES, "code|maths", Certain(frozenset({"code", "maths"}))),
        (LIKES, "none", Certain(frozenset())),
        (LIKES, "[]", Certain(frozenset())),
        (LIKES, "unknown", UNKNOWN),
        (RATING, "4", Certain(4)),
        (RATING, "2-4", Interval(2.0, 4.0)),
        (RATING, "2|4", Among((2, 4))),
        (YEARS, "8", Certain(8.0)),
        (YEARS, "5-15", Interval(5.0, 15.0)),
        (YEARS, "5 to 15", Interval(5.0, 15.0)),
        (YEARS, "5-15~8", Interval(5.0, 15.0, 8.0)),
        (YEARS, "5-15 likely 8", Interval(5.0, 15.0, 8.0)),
        (YEARS, "~8", Interval(6.0, 10.0, 8.0)),
    ],
)
def test_a_cell_is_read(question: Question, cell: str, meant: Answer | None) -> None:
    assert parse_cell(question, cell) == meant


@pytest.mark.parametrize(
    ("question", "cell", "message", "remedy"),
    [
        (SKILL, "sollid", "'sollid' is no value of skill", "Did you mean 'solid'?"),
        (SKILL, "basic||solid", "there is nothing on one side of a bar (|)", "a|b"),
        (SKILL, "basic|", "there is nothing on one side of a bar (|)", "a|b"),
        (LIKES, "code|", "there is nothing on one side of a bar (|)", "or none"),
        (LIKES, "none|code", "'none' is no value of likes", ""),
        (YEARS, "5|15", "a number is not a list", "a range such as 5-15"),
        (YEARS, "15-May", "this looks like a date", "'5 to 15'"),
        (YEARS, "May-15", "this looks like a date", "'5 to 15'"),
        (YEARS, "2026-05-15", "this looks like a date", "'5 to 15'"),
        (YEARS, "2026-05-15 00:00:00", "this looks like a date", "'5 to 15'"),
        (YEARS, "5/15", "this looks like a date", "'5 to 15'"),
        (YEARS, "soon", "this is not a number that can be read", "a range such as 5-15"),
        (YEARS, "=1+1", "this is not a number that can be read", "a range such as 5-15"),
        (YEARS, "101", "this is out of range", "0 to 100"),
        (YEARS, "15-5", "the range is upside down", "Swap"),
        (RATING, "6", "this is out of range", "1 to 5"),
        (TRIED, "perhaps", "this is a yes or no question", "Write yes, no or unknown"),
        (SKILL, "x" * (LONGEST + 1), f"this is longer than {LONGEST} characters", ""),
    ],
)
def test_what_is_wrong_is_said_with_a_remedy(question: Question, cell: str, message: str, remedy: str) -> None:
    with pytest.raises(AnswerError) as refused:
        parse_cell(question, cell)
    assert refused.value.message.startswith(message)
    assert remedy in refused.value.remedy


def test_a_cell_of_the_longest_length_is_looked_at() -> None:
    with pytest.raises(AnswerError, match="is no value of skill"):
        parse_cell(SKILL, "x" * LONGEST)


def test_a_private_answer_is_never_repeated() -> None:
    for cell in ("burnt out", "well|burnt out", "burnt out|"):
        with pytest.raises(AnswerError) as refused:
            parse_cell(HEALTH, cell)
        assert "burnt" not in str(refused.value)


@given(st.data())
def test_every_answer_that_a_file_can_give_can_stand_in_a_cell(data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(list(QUESTIONS.values())))
    raw: object
    if question.kind in ("number", "scale") and data.draw(st.booleans()):
        low, high = (int(bound) for bound in question.bounds)
        least, likely, most = sorted(data.draw(st.lists(st.integers(low, high), min_size=3, max_size=3)))
        raw, cell = {"min": least, "max": most, "likely": likely}, f"{least}-{most}~{likely}"
    elif question.kind == "number":
        raw = data.draw(st.integers(0, 100))
        cell = str(raw)
    else:
        words = [str(one) for one in (question.options if question.kind != "yes_no" else ("yes", "no"))]
        raw = data.draw(st.lists(st.sampled_from(words), min_size=0 if question.kind == "multi" else 1))
        cell = "|".join(raw) or "none"
    assert parse_cell(question, cell) == parse_answer(question, raw)


@given(st.sampled_from(list(QUESTIONS.values())), st.text(max_size=30))
def test_any_text_is_an_answer_none_or_refused_with_a_remedy(question: Question, cell: str) -> None:
    try:
        parse_cell(question, cell)
    except AnswerError as error:
        said = error.message, error.remedy
    else:
        return
    assert all(said)


def test_the_role_of_none_depends_on_the_question() -> None:
    assert "none" in SKILL.values
    assert "none" not in LIKES.values
    with pytest.raises(AnswerError):
        parse_cell(ROLE, "none")
