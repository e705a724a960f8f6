"""A condition is data, read once against the questions it names; whatever is wrong with it is found then."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathfinder.rulebase import conditions as language
from pathfinder.rulebase.condition_parsing import MAX_DEPTH, ConditionError, parse_condition
from pathfinder.rulebase.conditions import AllOf, AnyOf, Condition, Not, OneOf, Selects, Test, Value, Within
from pathfinder.rulebase.questions import Question
from samples import LIKES, QUESTIONS, RATING, ROLE, SKILL, TRIED, YEARS

SOLID = Test("skill", OneOf(frozenset({"solid"})))
LEAD = Test("role", OneOf(frozenset({"lead"})))


def parse(raw: object) -> Condition:
    return parse_condition(raw, QUESTIONS)


def reasons(raw: object) -> tuple[str, ...]:
    """Everything the condition is refused for."""
    with pytest.raises(ConditionError) as refusal:
        parse(raw)
    assert str(refusal.value) == "; ".join(refusal.value.reasons)
    return refusal.value.reasons


def among(question: Question, *values: Value) -> Test:
    return Test(question.id, OneOf(frozenset(values)))


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ({"skill": "solid"}, SOLID),
        ({"skill": ["solid", "basic"]}, among(SKILL, "basic", "solid")),
        ({"skill": {"not": "solid"}}, among(SKILL, "none", "basic", "strong", "expert")),
        ({"skill": {"not": ["solid", "basic"]}}, among(SKILL, "none", "strong", "expert")),
        ({"skill": {"lt": "solid"}}, among(SKILL, "none", "basic")),
        ({"skill": {"lte": "solid"}}, among(SKILL, "none", "basic", "solid")),
        ({"skill": {"gt": "solid"}}, among(SKILL, "strong", "expert")),
        ({"skill": {"gte": "solid"}}, among(SKILL, "solid", "strong", "expert")),
        ({"skill": {"gte": "basic", "lt": "strong"}}, among(SKILL, "basic", "solid")),
        ({"skill": {"gte": "basic", "not": "strong"}}, among(SKILL, "basic", "solid", "expert")),
        ({"role": {"not": "lead"}}, among(ROLE, "engineer")),
        ({"rating": "4"}, among(RATING, 4)),
        ({"rating": 4}, among(RATING, 4)),
        ({"rating": {"gte": "4"}}, among(RATING, 4, 5)),
        ({"rating": {"gt": 1, "lt": 3}}, among(RATING, 2)),
        ({"tried": "yes"}, among(TRIED, True)),
        ({"tried": "true"}, among(TRIED, True)),
        ({"tried": True}, among(TRIED, True)),
        ({"tried": "No"}, among(TRIED, False)),
        ({"tried": {"not": "yes"}}, among(TRIED, False)),
        ({"years": {"lte": "5"}}, Test("years", Within(high=5.0))),
        ({"years": {"lt": 5}}, Test("years", Within(high=5.0, high_inclusive=False))),
        ({"years": {"gt": 5, "lte": "10"}}, Test("years", Within(5.0, False, 10.0))),
        ({"years": {"gt": 5, "lt": 5.5}}, Test("years", Within(5.0, False, 5.5, False))),
        ({"years": {"gte": 0}}, Test("years", Within(0.0))),
        ({"years": 5}, Test("years", Within(5.0, True, 5.0))),
        ({"likes": {"has": "code"}}, Test("likes", Selects("any", frozenset({"code"})))),
        ({"likes": {"has_any": ["code", "maths"]}}, Test("likes", Selects("any", frozenset({"code", "maths"})))),
        ({"likes": {"has_all": ["code", "maths"]}}, Test("likes", Selects("all", frozenset({"code", "maths"})))),
        ({"likes": {"has_none": ["code"]}}, Test("likes", Selects("none", frozenset({"code"})))),
        ({"skill": "solid", "role": "lead"}, AllOf((SOLID, LEAD))),
        ({"all": [{"skill": "solid"}, {"role": "lead"}]}, AllOf((SOLID, LEAD))),
        ({"any": [{"skill": "solid"}, {"role": "lead"}]}, AnyOf((SOLID, LEAD))),
        ({"not": {"skill": "solid"}}, Not(SOLID)),
        (
            {"not": {"any": [{"skill": "solid"}]}, "role": "lead"},
            AllOf((Not(AnyOf((SOLID,))), LEAD)),
        ),
    ],
)
def test_a_condition_is_read(raw: object, meant: Condition) -> None:
    assert parse(raw) == meant


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("solid", "a condition is a mapping such as {goal_role: research_lead}"),
        ([], "a condition is a mapping such as {goal_role: research_lead}"),
        (None, "a condition is a mapping such as {goal_role: research_lead}"),
        ({}, "a condition cannot be empty; leave the key out where it always holds"),
        ({"not": {}}, "a condition cannot be empty; leave the key out where it always holds"),
        ({"not": "solid"}, "a condition is a mapping such as {goal_role: research_lead}"),
        ({"all": []}, "'all' takes a list of conditions"),
        ({"any": {"skill": "solid"}}, "'any' takes a list of conditions"),
        ({"any": "skill"}, "'any' takes a list of conditions"),
        ({"skil": "solid"}, "there is no question 'skil'. Did you mean 'skill'?"),
        ({"xyzzy": "solid"}, "there is no question 'xyzzy'"),
        ({"skill": "sollid"}, "'sollid' is no value of skill. Did you mean 'solid'?"),
        ({"skill": None}, "'None' is no value of skill. Did you mean 'none'?"),
        ({"skill": "x"}, "'x' is no value of skill. It is one of: none, basic, solid, strong, expert"),
        ({"skill": []}, "an empty list names no value of skill"),
        ({"skill": {}}, "a test of skill cannot be empty"),
        ({"skill": {"not": []}}, "an empty list names no value of skill"),
        ({"skill": {"above": "solid"}}, "'above' cannot be used on skill; use lt, lte, gt, gte or not"),
        ({"skill": {"gt": "expert"}}, "no answer to skill can pass this test"),
        ({"skill": {"lt": "basic", "gt": "solid"}}, "no answer to skill can pass this test"),
        ({"role": {"not": ["lead", "engineer"]}}, "no answer to role can pass this test"),
        ({"role": {"gte": "lead"}}, "role has no order, so 'gte' cannot be used; list the values"),
        ({"tried": {"gte": "no"}}, "tried has no order, so 'gte' cannot be used; list the values"),
        ({"tried": "maybe"}, "'maybe' is no value of tried. It is one of: yes, no"),
        ({"rating": 6}, "'6' is no value of rating. It is one of: 1, 2, 3, 4, 5"),
        ({"rating": {"gt": 5}}, "no answer to rating can pass this test"),
        ({"years": "soon"}, "years is compared with a number, not with 'soon'"),
        ({"years": {"lt": "nan"}}, "years is compared with a number, not with 'nan'"),
        ({"years": {"lt": "1e999"}}, "years is compared with a number, not with '1e999'"),
        ({"years": {"lt": 101}}, "101 lies outside the range of years"),
        ({"years": {"not": 5}}, "'not' cannot be used on years; use lt, lte, gt or gte"),
        ({"years": {}}, "a test of years cannot be empty"),
        ({"years": {"gt": 5, "gte": 10}}, "years is bounded twice on one side; keep one of the two"),
        ({"years": {"lte": 5, "lt": 10}}, "years is bounded twice on one side; keep one of the two"),
        ({"years": {"gt": 10, "lt": 5}}, "no answer to years can pass this test"),
        ({"years": {"gte": 10, "lt": 10}}, "no answer to years can pass this test"),
        ({"years": {"lt": 0}}, "no answer to years can pass this test"),
        ({"years": {"gt": 100}}, "no answer to years can pass this test"),
        ({"likes": "code"}, "likes is a selection: use has, has_any, has_all or has_none"),
        ({"likes": {}}, "likes is a selection: use has, has_any, has_all or has_none"),
        ({"likes": {"not": "code"}}, "likes is a selection: use has, has_any, has_all or has_none"),
        (
            {"likes": {"has": "code", "has_none": "maths"}},
            "likes is a selection: use has, has_any, has_all or has_none",
        ),
        ({"likes": {"has": "coding"}}, "'coding' is no value of likes. Did you mean 'code'?"),
        ({"likes": {"has_any": []}}, "an empty list names no value of likes"),
    ],
)
def test_a_condition_that_cannot_be_meant_is_refused(raw: object, reason: str) -> None:
    assert reasons(raw) == (reason,)


def test_a_test_that_only_the_ends_of_a_range_pass_is_possible() -> None:
    assert parse({"years": {"lte": 0}}) == Test("years", Within(high=0.0))
    assert parse({"years": {"gte": 100}}) == Test("years", Within(100.0))
    assert parse({"years": {"gte": 10, "lte": 10}}) == Test("years", Within(10.0, True, 10.0))


def test_everything_that_is_wrong_with_a_condition_is_told_at_once() -> None:
    raw = {"any": [{"skil": "solid"}, {"not": {"years": {"lt": 101}}}], "rating": 6, "all": []}
    assert reasons(raw) == (
        "there is no question 'skil'. Did you mean 'skill'?",
        "101 lies outside the range of years",
        "'6' is no value of rating. It is one of: 1, 2, 3, 4, 5",
        "'all' takes a list of conditions",
    )


def test_conditions_nest_as_deep_as_allowed_and_not_deeper() -> None:
    def nested(levels: int) -> object:
        raw: object = {"skill": "solid"}
        for _ in range(levels):
            raw = {"not": raw}
        return raw

    assert list(language.tests(parse(nested(MAX_DEPTH)))) == [SOLID]
    assert reasons(nested(MAX_DEPTH + 1)) == ("conditions can be nested 8 deep at most",)


def test_the_tests_of_a_condition_come_from_left_to_right() -> None:
    raw = {"any": [{"years": {"lt": 5}}, {"not": {"role": "lead"}}], "skill": "solid"}
    assert [test.question for test in language.tests(parse(raw))] == ["years", "role", "skill"]


OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "lt": lambda one, other: one < other,
    "lte": lambda one, other: one <= other,
    "gt": lambda one, other: one > other,
    "gte": lambda one, other: one >= other,
}


@given(operator=st.sampled_from(sorted(OPERATORS)), bound=st.integers(0, 100), number=st.integers(0, 1000))
def test_a_comparison_of_numbers_is_the_arithmetic_one(operator: str, bound: int, number: int) -> None:
    holds = OPERATORS[operator]
    if not any(holds(end, bound) for end in YEARS.bounds):
        assert reasons({"years": {operator: bound}}) == ("no answer to years can pass this test",)
        return
    test = parse({"years": {operator: bound}})
    assert isinstance(test, Test)
    for answer in (number / 10, float(bound)):
        assert test.check.holds(answer) == holds(answer, bound)


@given(
    how=st.sampled_from(["has", "has_any", "has_all", "has_none"]),
    wanted=st.sets(st.sampled_from(list(LIKES.values)), min_size=1),
    chosen=st.frozensets(st.sampled_from(list(LIKES.values))),
)
def test_a_test_of_a_selection_is_the_one_of_sets(how: str, wanted: set[str], chosen: frozenset[str]) -> None:
    test = parse({"likes": {how: sorted(wanted)}})
    assert isinstance(test, Test)
    expected = {
        "has": bool(wanted & chosen),
        "has_any": bool(wanted & chosen),
        "has_all": wanted <= chosen,
        "has_none": not wanted & chosen,
    }
    assert test.check.holds(chosen) == expected[how]


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (Within(0, True, 100), True),
        (Within(0, True, 100), "5"),
        (Within(0, True, 100), frozenset({"5"})),
        (Selects("none", frozenset({"code"})), "code"),
        (Selects("none", frozenset({"code"})), "\0irrelevant"),
        (OneOf(frozenset({"a"})), frozenset({"a"})),
    ],
)
def test_a_value_of_another_kind_passes_no_check(check: OneOf | Within | Selects, value: Value) -> None:
    assert not check.holds(value)


RAW = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 200)
    | st.text(max_size=5)
    | st.sampled_from(["solid", "yes", "code", "4"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*QUESTIONS, "not", "all", "any", "lt", "gte", "has", "has_all", "x"]), inner, max_size=3
        )
    ),
    max_leaves=10,
)


def read_or_refused(raw: object) -> Condition | ConditionError:
    try:
        return parse(raw)
    except ConditionError as error:
        return error


@given(RAW)
def test_any_raw_condition_is_read_or_refused_with_reasons_and_never_crashes(raw: object) -> None:
    found = read_or_refused(raw)
    if isinstance(found, ConditionError):
        assert found.reasons
        assert len(set(found.reasons)) == len(found.reasons)
    else:
        assert all(test.question in QUESTIONS for test in language.tests(found))
