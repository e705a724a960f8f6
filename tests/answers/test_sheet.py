"""A sheet holds what one person said; in which order does not matter."""

from __future__ import annotations

import pytest

from pathfinder.answers.sheet import UNKNOWN, Among, Answer, AnswerSheet, Certain, Interval, in_words, to_plain
from pathfinder.rulebase.questions import Question
from samples import LIKES, QUESTIONS, RATING, SKILL, TRIED, YEARS

SOLID, TWO_YEARS = Certain("solid"), Certain(2.0)


def test_sheets_with_the_same_answers_in_any_order_are_equal() -> None:
    assert AnswerSheet({"skill": SOLID, "years": TWO_YEARS}) == AnswerSheet({"years": TWO_YEARS, "skill": SOLID})


def test_sheets_that_differ_in_an_answer_or_the_name_are_not_equal() -> None:
    sheet = AnswerSheet({"skill": SOLID})
    others = [
        AnswerSheet(),
        AnswerSheet({"skill": UNKNOWN}),
        AnswerSheet({"years": SOLID}),
        AnswerSheet({"skill": SOLID}, "Ada"),
    ]
    assert all(sheet != other for other in others)


def test_changing_a_sheet_makes_another_one() -> None:
    sheet = AnswerSheet({"skill": SOLID}, "Ada")
    longer = sheet.with_answer("years", TWO_YEARS)
    assert (list(sheet), list(longer), longer.name) == (["skill"], ["skill", "years"], "Ada")
    assert longer.without("years", "role") == sheet
    assert longer.with_answer("skill", UNKNOWN).get("skill") is UNKNOWN
    assert len(longer) == 2


def test_what_is_open_is_not_answered_or_unknown_and_what_is_uncertain_leaves_several_values() -> None:
    sheet = AnswerSheet(
        {
            "skill": SOLID,
            "role": UNKNOWN,
            "rating": Among((3, 4)),
            "years": Interval(5, 15),
            "likes": Certain(frozenset()),
        }
    )
    assert [key for key in QUESTIONS if sheet.is_open(key)] == ["role", "tried", "health"]
    assert [key for key in QUESTIONS if sheet.is_uncertain(key)] == ["years", "rating"]
    assert sheet.get("tried") is None


@pytest.mark.parametrize(
    ("question", "answer", "words", "plain"),
    [
        (SKILL, Certain("solid"), "Solid", "solid"),
        (SKILL, Among(("basic", "solid")), "Basic or Solid", ["basic", "solid"]),
        (YEARS, Certain(8.0), "8 years", 8),
        (YEARS, Certain(8.25), "8.25 years", 8.25),
        (YEARS, Interval(5.0, 15.0), "5 to 15 years", {"min": 5, "max": 15}),
        (
            YEARS,
            Interval(2.5, 15.0, 8.0),
            "2.5 to 15 years, most likely about 8",
            {"min": 2.5, "max": 15, "likely": 8},
        ),
        (RATING, Certain(5), "5 of 5 (Excellent)", 5),
        (RATING, Certain(4), "4 of 5", 4),
        (RATING, Interval(2.0, 4.0), "2 to 4 of 5", {"min": 2, "max": 4}),
        (TRIED, Certain(True), "Tried it", True),
        (TRIED, Certain(False), "No", False),
        (LIKES, Certain(frozenset({"policy", "code"})), "Coding; Policy", ["code", "policy"]),
        (LIKES, Certain(frozenset()), "none of them", []),
        (LIKES, UNKNOWN, "not sure, or not said", "unknown"),
    ],
)
def test_an_answer_has_words_for_the_person_and_a_form_for_files(
    question: Question, answer: Answer, words: str, plain: object
) -> None:
    assert in_words(question, answer) == words
    assert to_plain(question, answer) == plain
    assert type(to_plain(question, answer)) is type(plain)


def test_a_question_without_answer_has_words_too() -> None:
    assert in_words(SKILL, None) == "not answered"
