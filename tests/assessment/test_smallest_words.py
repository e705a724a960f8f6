"""What is told of the smallest sets of changed answers: on rule bases small enough to be worked out by eye."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from naive import Raw
from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.results.assessment import Assessment
from pathfinder.assessment.results.certainty import SmallestChange
from pathfinder.rulebase.models import RuleBase
from small_bases import TEXT, built

EVEN = {"quantiles": {0: 0, 100: 60}}
# The first path lives on the goal alone; that it is sensitive keeps it from being changed.
ASKED: Mapping[str, Raw] = {
    "goal": {
        "kind": "choice",
        "values": {"lead": "Lead", "help": "Help"},
        "plausible": {"weights": {"lead": 1, "help": 1}},
        "sensitive": True,
    },
    "years": {"kind": "number", "range": [0, 60], "unit": "years", "plausible": EVEN, "nature": "belief"},
    "hours": {"kind": "number", "range": [0, 60], "unit": "hours", "plausible": EVEN, "nature": "offer"},
    "skill": {
        "kind": "scale",
        "plausible": {"weights": {str(point): 1 for point in range(1, 6)}},
        "nature": "skill",
    },
    "calm": {"kind": "yes_no", "plausible": {"weights": {"yes": 1, "no": 1}}, "sensitive": True},
    "offer": {"kind": "yes_no", "plausible": {"weights": {"yes": 1, "no": 1}}, "nature": "offer"},
    "place": {
        "kind": "scale",
        "plausible": {"weights": {str(point): 1 for point in range(1, 6)}},
        "asked_if": {"offer": True},
        "nature": "offer",
    },
}
SHEET: Raw = {"goal": "lead", "years": 12, "hours": 4, "skill": 2, "calm": False, "offer": False}


def rule(key: str, *cases: tuple[Raw, int], unless: Raw | None = None) -> Raw:
    """An argument with some cases."""
    made: dict[str, Any] = {"id": key, "criterion": "fit", "asks": "Does it?", "claims": ["c"]}
    made["cases"] = [{"when": when, "points": points, "because": "Because."} for when, points in cases]
    return made | ({"unless": unless} if unless else {})


def path(key: str, rules: Sequence[Raw], gate: Raw | None) -> Raw:
    """A path that a gate may close."""
    gates = [{"id": f"{key}-gate", "when": gate, "opens": "Something.", **TEXT}] if gate else []
    return {"id": key, "title": key.title(), "summary": "A path.", "rules": list(rules), "gates": gates}


def compared(*rules: Raw, gate: Raw | None = None, gate_of_first: Raw | None = None) -> RuleBase:
    """A base in which a path leads by 5 points and the rules speak for another."""
    paths = (path("first", [rule("first", ({"goal": "lead"}, 5))], gate_of_first), path("other", rules, gate))
    return built({key: {"id": key, "depth": "core", **raw} for key, raw in ASKED.items()}, paths)


def assessed(base: RuleBase, answers: Raw = SHEET, *, full: bool = True) -> Assessment:
    sheet, problems = validate_sheet({"answers": answers}, base.questions)
    assert not problems
    return Assessor(base).assess(sheet, full=full)


def told(base: RuleBase, answers: Raw = SHEET) -> SmallestChange:
    (found,) = assessed(base, answers).smallest_changes
    assert found.path == "other"
    return found


def words(found: SmallestChange) -> dict[str, str]:
    return {change.question: change.change for change in found.changes}


SKILLED = rule("skilled", ({"skill": {"gte": 4}}, 3))


def test_two_answers_are_told_with_what_they_are_now_and_by_how_much_they_put_the_path_first() -> None:
    found = told(compared(SKILLED, rule("soon", ({"years": {"lte": 5}}, 3))))
    assert [(one.title, one.now, one.change, one.within_reach) for one in found.changes] == [
        ("years", "12 years", "5 years or less", False),
        ("skill", "2 of 5", "4 of 5", True),
    ]
    assert (found.margin, found.within_reach) == (1, False)


@pytest.mark.parametrize(
    ("sooner", "expected"),
    [
        ([({"years": {"lt": 2}}, -3), ({"years": {"lte": 5}}, 3)], "between 2 and 5 years"),
        ([({"years": {"lte": 2}}, -3), ({"years": {"lte": 5}}, 3)], "more than 2 and at most 5 years"),
        ([({"years": {"lt": 2}}, -3), ({"years": {"lt": 5}}, 3)], "at least 2 and less than 5 years"),
        ([({"years": {"lt": 2}}, 4), ({"years": {"lt": 5}}, 4)], "less than 5 years"),
        ([({"years": {"gte": 40}}, 4)], "40 years or more"),
        ([({"years": 60}, 4)], "60 years"),
        ([({"years": 20}, 4)], "20 years"),
    ],
)
def test_a_number_is_told_by_a_bound_only_where_everything_beyond_it_does_the_same(
    sooner: list[tuple[Raw, int]], expected: str
) -> None:
    assert words(told(compared(SKILLED, rule("soon", *sooner))))["years"] == expected


def test_a_number_is_told_exactly_where_those_beyond_it_would_put_the_path_first_by_less() -> None:
    soon = rule("soon", ({"years": {"lt": 2}}, 4), ({"years": {"lte": 5}}, 5))
    found = told(compared(rule("skilled", ({"skill": {"gte": 4}}, 2)), soon))
    assert (words(found)["years"], found.margin) == ("between 2 and 5 years", 2)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({"gte": 40}, "40 years or more"),
        ({"lt": 5}, "less than 5 years"),
        ({"gt": 5, "lt": 9}, "between 5 and 9 years"),
    ],
)
def test_a_number_not_answered_yet_is_told_by_a_bound_only_at_the_ends_of_its_range(when: Raw, expected: str) -> None:
    base = compared(SKILLED, rule("soon", ({"years": when}, 3)))
    (years, _) = told(base, {key: answer for key, answer in SHEET.items() if key != "years"}).changes
    assert (years.now, years.change) == ("not answered", expected)


def test_bounds_of_two_numbers_hold_for_every_combination() -> None:
    both = rule(
        "both",
        ({"years": {"lt": 2}, "hours": {"gte": 20}}, 1),
        ({"years": {"lte": 5}, "hours": {"gte": 10}}, 6),
    )
    assert words(told(compared(both))) == {"years": "5 years or less", "hours": "at least 10 and less than 20 hours"}


def test_a_question_that_applies_only_after_another_change_can_be_part_of_it() -> None:
    found = told(compared(rule("place", ({"place": {"gte": 4}}, 6))))
    assert words(found) == {"offer": "Yes", "place": "4 of 5"}
    assert (found.changes[1].now, found.within_reach) == ("not answered", True)


def test_a_change_may_open_a_gate_that_closes_the_path() -> None:
    found = told(compared(rule("skilled", ({"skill": {"gte": 2}}, 6)), gate={"hours": {"lt": 10}}))
    assert words(found) == {"hours": "10 hours or more"}


def test_a_change_may_close_the_first_path_and_the_lead_is_then_what_the_path_has() -> None:
    skilled = rule("skilled", ({"skill": {"gte": 4}}, 6), ({"skill": {"gte": 2}}, 4))
    found = told(compared(skilled, gate_of_first={"years": {"lt": 3}}))
    assert (words(found), found.margin) == ({"skill": "4 of 5"}, 1), "one within reach rather than one that closes"
    found = told(compared(rule("skilled", ({"skill": {"gte": 2}}, 4)), gate_of_first={"years": {"lt": 3}}))
    assert (words(found), found.margin) == ({"years": "less than 3 years"}, 4)


def test_answers_to_sensitive_questions_are_left_out() -> None:
    base = compared(rule("calm", ({"calm": True}, 6)), SKILLED, rule("soon", ({"years": {"lte": 5}}, 3)))
    assert set(words(told(base))) == {"years", "skill"}
    assert told(compared(rule("calm", ({"calm": True}, 6)))).changes == ()


def test_where_no_three_answers_do_it_the_path_is_there_without_changes() -> None:
    found = told(compared(SKILLED))
    assert (found.changes, found.margin, found.within_reach) == ((), 0, False)


def test_answers_that_one_can_work_on_are_told_rather_than_others_with_a_larger_lead() -> None:
    long = rule("long", ({"hours": {"gte": 10}}, 3))
    found = told(compared(SKILLED, long, rule("soon", ({"years": {"lte": 5}}, 9))))
    assert words(found) == {"years": "5 years or less"}, "one answer rather than two within reach"
    found = told(compared(SKILLED, long, rule("soon", ({"years": {"lte": 5}}, 5))))
    assert words(found) == {"hours": "10 hours or more", "skill": "4 of 5"}
    assert found.within_reach


def test_an_answer_that_unlearns_a_skill_is_told_only_where_nothing_else_would_do() -> None:
    unlearned = rule("unlearned", ({"skill": {"lt": 2}}, 8))  # which would give the larger lead
    assert words(told(compared(unlearned, rule("soon", ({"years": {"lte": 5}}, 6))))) == {"years": "5 years or less"}
    (change,) = told(compared(unlearned)).changes
    assert (change.question, change.within_reach) == ("skill", False)


def test_what_would_make_a_path_fit_is_told_where_none_does() -> None:
    base = compared(SKILLED, rule("soon", ({"years": {"lte": 5}}, 3)))
    result = assessed(base, {**SHEET, "goal": "help"})
    assert result.verdict.kind == "none_fits"
    assert [(one.path, set(words(one))) for one in result.smallest_changes] == [
        ("first", set()),
        ("other", {"years", "skill"}),
    ]


def test_only_a_full_assessment_holds_them() -> None:
    base = compared(SKILLED, rule("soon", ({"years": {"lte": 5}}, 3)))
    whole, usual = assessed(base), assessed(base, full=False)
    assert whole.smallest_changes
    assert usual.smallest_changes == ()
    assert usual.changes == whole.changes


@pytest.mark.parametrize(
    "rules",
    [
        [("one", {"offer": True, "skill": 5}, 3), ("two", {"offer": True, "years": {"lte": 5}}, 3)],
        [("all", {"offer": True, "skill": 5, "years": {"lte": 5}}, 6)],
        [("one", {"skill": 5}, 2), ("two", {"offer": True, "years": {"lte": 5}}, 4)],
    ],
    ids=["two by two", "all three", "one and two"],
)
def test_answers_that_do_nothing_alone_are_found_by_what_they_do_together(rules: list[tuple[str, Raw, int]]) -> None:
    found = told(compared(*(rule(key, (when, points)) for key, when, points in rules)))
    assert words(found) == {"years": "5 years or less", "skill": "5 of 5", "offer": "Yes"}
