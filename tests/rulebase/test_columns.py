"""Conditions: what is true, false or open about a person, one by one and for many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naive import Person, Raw, Reference
from pathfinder.rulebase.columns import Frame, Truth, evaluate, true_for
from pathfinder.rulebase.condition_parsing import parse_condition
from pathfinder.rulebase.conditions import Condition, Value
from pathfinder.rulebase.models import RuleBase
from small_bases import answers, built, conditions, questions, sheets

COLOUR: Raw = {
    "kind": "choice",
    "values": {"red": "Red", "blue": "Blue"},
    "plausible": {"weights": {"red": 1, "blue": 1}},
}
PLANS: Raw = {
    "kind": "multi",
    "values": {"a": "A", "b": "B"},
    "plausible": {"shares": {"a": 0.5, "b": 0.5}},
}
SKILL: Raw = {
    "kind": "choice",
    "ordered": True,
    "values": {"none": "No", "some": "Some", "much": "Much"},
    "plausible": {"weights": {"none": 1, "some": 1, "much": 1}},
}
YEARS: Raw = {"kind": "number", "range": [0, 10], "plausible": {"quantiles": {0: 0, 100: 10}}}
SHADE: Raw = {**COLOUR, "asked_if": {"colour": "red"}}
ASKED: dict[str, Raw] = {
    key: {"id": key, "depth": "core", **raw}
    for key, raw in {"colour": COLOUR, "plans": PLANS, "skill": SKILL, "years": YEARS, "shade": SHADE}.items()
}
SMALL = built(ASKED)


def frame_of(people: Sequence[Person], base: RuleBase) -> Frame:
    """People as the columns of a frame."""
    columns: dict[str, dict[Value, int]] = {key: {} for key in base.questions}
    for place, person in enumerate(people):
        for key, value in person.items():
            columns[key][value] = columns[key].get(value, 0) | 1 << place
    return Frame(len(people), columns, base.relevance)


def told(truth: Truth, person: int) -> bool | None:
    """What a pair of bitmaps says of one person."""
    true, false = truth.true >> person & 1, truth.false >> person & 1
    assert not (true and false)
    return True if true else False if false else None


def holds(raw: Raw, person: Person) -> bool | None:
    """Whether a condition on the example questions holds for one person."""
    return told(evaluate(parse_condition(raw, SMALL.questions), frame_of([person], SMALL)), 0)


@pytest.mark.parametrize(
    ("condition", "person", "expected"),
    [
        ({"colour": "red"}, {"colour": "red"}, True),
        ({"colour": ["red", "blue"]}, {"colour": "blue"}, True),
        ({"colour": {"not": "red"}}, {"colour": "red"}, False),
        ({"skill": {"gte": "some"}}, {"skill": "much"}, True),
        ({"skill": {"gt": "some"}}, {"skill": "some"}, False),
        ({"skill": {"gt": "none", "lt": "much"}}, {"skill": "some"}, True),
        ({"years": {"lte": 5}}, {"years": 5.0}, True),
        ({"years": {"lt": 5}}, {"years": 5.0}, False),
        ({"years": {"gte": 3, "lt": 5}}, {"years": 4.99}, True),
        ({"years": 5}, {"years": 5.0}, True),
        ({"plans": {"has": "a"}}, {"plans": frozenset("a")}, True),
        ({"plans": {"has_any": ["a", "b"]}}, {"plans": frozenset()}, False),
        ({"plans": {"has_all": ["a", "b"]}}, {"plans": frozenset("a")}, False),
        ({"plans": {"has_none": ["a"]}}, {"plans": frozenset("b")}, True),
        ({"colour": "red", "years": {"lt": 5}}, {"colour": "red", "years": 9.0}, False),
    ],
)
def test_a_known_answer_makes_a_condition_true_or_false(condition: Raw, person: Person, expected: bool) -> None:
    assert holds(condition, person) is expected


@pytest.mark.parametrize(
    "condition",
    [{"colour": "red"}, {"colour": {"not": "red"}}, {"not": {"colour": "red"}}, {"plans": {"has_none": "a"}}],
)
def test_a_missing_answer_is_unknown_and_never_no(condition: Raw) -> None:
    assert holds(condition, {}) is None


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"all": [{"colour": "red"}, {"years": 1}]}, None),
        ({"all": [{"colour": "blue"}, {"years": 1}]}, False),
        ({"any": [{"colour": "red"}, {"years": 1}]}, True),
        ({"any": [{"colour": "blue"}, {"years": 1}]}, None),
    ],
)
def test_what_is_known_can_be_enough_to_decide_all_and_any(condition: Raw, expected: bool | None) -> None:
    assert holds(condition, {"colour": "red"}) is expected


@pytest.mark.parametrize("check", ["red", {"not": "red"}, ["red", "blue"]])
def test_every_test_on_a_question_that_does_not_apply_is_false_even_when_it_is_answered(check: object) -> None:
    assert holds({"shade": check}, {"colour": "blue", "shade": "red"}) is False
    assert holds({"shade": check}, {"colour": "blue"}) is False


def test_a_given_answer_counts_while_it_is_open_whether_its_question_applies() -> None:
    assert holds({"shade": "red"}, {"shade": "red"}) is True


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_conditions_agree_with_the_naive_reference_for_everybody_and_one_by_one(data: st.DataObject) -> None:
    asked = data.draw(questions(6))
    base, reference = built(asked), Reference(asked)
    raw = data.draw(conditions(asked))
    condition = parse_condition(raw, base.questions)
    people = [known(sheet, base) for sheet in data.draw(st.lists(sheets(asked), min_size=1, max_size=12))]
    expected = [reference.truth(raw, person) for person in people]
    together = evaluate(condition, frame_of(people, base))
    assert [told(together, place) for place in range(len(people))] == expected
    assert [told(evaluate(condition, frame_of([person], base)), 0) for person in people] == expected


@settings(max_examples=35, deadline=None)
@given(st.data())
def test_a_condition_written_as_text_throughout_means_the_same(data: st.DataObject) -> None:
    asked = data.draw(questions(6))
    base = built(asked)
    raw = data.draw(conditions(asked))
    written: Condition = parse_condition(as_text(raw), base.questions)
    assert written == parse_condition(raw, base.questions)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_learning_more_about_somebody_never_overturns_what_was_known(data: st.DataObject) -> None:
    """Except by learning that an answer does not count, because its question does not apply."""
    asked = {key: {**raw, "asked_if": None} for key, raw in data.draw(questions(6)).items()}
    asked = {key: {name: part for name, part in raw.items() if part is not None} for key, raw in asked.items()}
    base = built(asked)
    condition = parse_condition(data.draw(conditions(asked)), base.questions)
    more = known(data.draw(sheets(asked)), base)
    less = {key: value for key, value in more.items() if data.draw(st.booleans())}
    before = told(evaluate(condition, frame_of([less], base)), 0)
    after = told(evaluate(condition, frame_of([more], base)), 0)
    assert before is None or before == after


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_where_everything_is_answered_it_is_enough_to_look_for_whom_a_condition_is_true(data: st.DataObject) -> None:
    asked = data.draw(questions(6))
    base = built(asked)
    condition = parse_condition(data.draw(conditions(asked)), base.questions)
    sheet = {key: data.draw(answers(raw, uncertain=False)) for key, raw in asked.items()}
    frame = frame_of([known(sheet, base)], base)
    assert true_for(condition, frame) == evaluate(condition, frame).true


def known(sheet: Mapping[str, Any], base: RuleBase) -> Person:
    """The certain answers of a raw sheet as a person."""
    kinds = {key: question.kind for key, question in base.questions.items()}
    certain = {key: value for key, value in sheet.items() if value != "unknown" and not isinstance(value, dict)}
    return {
        key: frozenset(value) if kinds[key] == "multi" else float(value) if kinds[key] == "number" else value
        for key, value in certain.items()
        if kinds[key] == "multi" or not isinstance(value, list)
    }


def as_text(raw: object) -> object:
    """Raw YAML data with every scalar as the text an author types."""
    if isinstance(raw, Mapping):
        return {key: as_text(value) for key, value in raw.items()}
    if isinstance(raw, list):
        return [as_text(value) for value in raw]
    return str(raw).lower() if isinstance(raw, bool) else str(raw)
