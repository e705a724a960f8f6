"""The checks of conditions, points and texts against the naive reference, which tries everybody.

They report neither too much nor too little, on any small rule base.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any

from hypothesis import given, settings
from msgspec import structs

from naive import Person, Raw, Reference, Sheet
from pathfinder.answers.facts import set_aside
from pathfinder.answers.sheet import AnswerSheet, Certain
from pathfinder.assessment.scoring.scorer import Scorer
from pathfinder.authoring.check_conditions import check_conditions
from pathfinder.authoring.check_points import check_points
from pathfinder.authoring.check_texts import check_texts
from pathfinder.authoring.check_traps import check_traps
from pathfinder.authoring.findings import Finding
from pathfinder.rulebase.models import Rule, RuleBase
from small_bases import Small, small_bases, small_cases


def places(found: Iterator[Finding], code: str) -> set[tuple[str, str]]:
    return {(one.part, one.inside) for one in found if one.code == code}


def everybody(reference: Reference, rule: Raw) -> list[Person]:
    """Everybody who has answered all that an argument rests on."""
    return list(reference.completions({}, reference.rests_on(conditions(rule))))


def conditions(rule: Raw) -> list[Raw]:
    return [case["when"] for case in rule["cases"]] + ([rule["unless"]] if "unless" in rule else [])


def deciding(reference: Reference, rule: Raw, person: Person) -> int | None:
    """The first case that matches."""
    found = [index for index, case in enumerate(rule["cases"]) if reference.truth(case["when"], person) is True]
    return found[0] if found else None


def without(person: Person, question: str) -> dict[str, Any]:
    return {key: value for key, value in person.items() if key != question}


@settings(max_examples=30, deadline=None)
@given(small_bases(4))
def test_cases_are_reported_exactly_where_nobody_meets_or_reaches_them_or_they_never_count(small: Small) -> None:
    found = list(check_conditions(small.base))
    for key, rule in small.rules.items():
        people = everybody(small.reference, rule)
        for index, case in enumerate(rule["cases"]):
            met = any(small.reference.truth(case["when"], person) for person in people)
            reached = [person for person in people if deciding(small.reference, rule, person) == index]
            counts = any(not small.reference.is_void(rule, person) for person in reached)
            said = {one.code for one in found if (one.part, one.inside) == (key, f"cases.{index}")} - {"PF103"}
            wanted = {"PF101"} if not met else {"PF102"} if not reached else {"PF104"} if not counts else set()
            assert said == wanted


@settings(max_examples=30, deadline=None)
@given(small_bases(4))
def test_points_are_reported_exactly_where_they_rise_and_fall_along_an_ordered_question(small: Small) -> None:
    found = {one.part for one in check_points(small.base) if one.code == "PF201"}
    for key, rule in small.rules.items():
        named = small.reference.named(conditions(rule))
        people = everybody(small.reference, rule)
        rising = [question for question in named if small.base.questions[question].rises]
        assert (key in found) == any(rises_and_falls(small.reference, rule, people, one) for one in rising)


def rises_and_falls(reference: Reference, rule: Raw, people: list[Person], question: str) -> bool:
    lines: dict[frozenset[Any], list[int]] = {}
    order = [*reference.options(question)]
    for person in sorted(people, key=lambda one: order.index(one[question])):
        others = frozenset(without(person, question).items())
        lines.setdefault(others, []).append(reference.points_of(rule, person))
    steps = [[after - before for before, after in pairwise(line)] for line in lines.values()]
    return any(min(line, default=0) < 0 < max(line, default=0) for line in steps)


@settings(max_examples=30, deadline=None)
@given(small_bases(4))
def test_cases_are_reported_exactly_where_an_unanswered_question_undoes_them(small: Small) -> None:
    found = places(check_traps(small.base), "PF105")
    for key, rule in small.rules.items():
        people = everybody(small.reference, rule)
        for index in range(len(rule["cases"])):
            named = small.reference.named([case["when"] for case in rule["cases"]])
            undone = any(undoes(small.reference, rule, people, question, index) for question in named)
            assert ((key, f"cases.{index}") in found) == undone


def undoes(reference: Reference, rule: Raw, people: list[Person], question: str, index: int) -> bool:
    """Whether leaving a question open that the case does not ask for makes it count 0 for somebody."""
    asking = [place for place, case in enumerate(rule["cases"]) if question in reference.named([case["when"]])]
    points = rule["cases"][index]["points"]
    if index in asking or not points:
        return False
    other = {**rule, "cases": [case for place, case in enumerate(rule["cases"]) if place not in asking]}
    same = sum(place not in asking for place in range(index))
    lines: dict[frozenset[Any], list[Person]] = {}
    for person in people:
        lines.setdefault(frozenset(without(person, question).items()), []).append(person)
    for line in lines.values():
        left_open = without(line[0], question)
        if reference.is_void(rule, left_open) or reference.applies(question, left_open) is False:
            continue
        outcomes = [deciding(reference, rule, person) for person in line]
        clashes = any(place in asking and points * rule["cases"][place]["points"] <= 0 for place in outcomes)
        if clashes and all(deciding(reference, other, person) == same for person in line):
            return True
    return False


@settings(max_examples=25, deadline=None)
@given(small_bases(3))
def test_placeholders_are_reported_only_where_a_case_decides_for_somebody_without_that_answer(small: Small) -> None:
    for question in small.base.questions:
        base = showing(small.base, question)
        found = {place for place in places(check_texts(base), "PF106") if "unless" not in small.rules[place[0]]}
        for key in {key for key, _ in found}:
            sheets = sheets_without(small.reference, small.rules[key], question)
            shown = {(key, place) for sheet in sheets for place in deciding_cases(base, key, sheet)}
            assert {place for place in found if place[0] == key} <= shown


def sheets_without(reference: Reference, rule: Raw, question: str) -> Iterator[AnswerSheet]:
    """Certain answers to everything else that an argument rests on; what its cases do not look at may be open."""
    needed = reference.named([case["when"] for case in rule["cases"]])
    for person in reference.completions({}, reference.rests_on(conditions(rule)) - {question}):
        others = [key for key in person if key not in needed]
        for size in range(len(others) + 1):
            for left_open in combinations(others, size):
                answers = {key: Certain(value) for key, value in person.items() if key not in left_open}
                yield AnswerSheet(answers)


@settings(max_examples=30, deadline=None)
@given(small_cases(4))
def test_placeholders_are_reported_wherever_a_case_counts_for_a_sheet_without_that_answer(
    case: tuple[Small, Sheet],
) -> None:
    small, raw = case
    sheet, _ = set_aside(small.base, small.sheet(raw))
    for question in small.base.questions:
        if sheet.is_open(question):
            base = showing(small.base, question)
            found = places(check_texts(base), "PF106")
            for key in small.rules:
                assert {(key, place) for place in deciding_cases(base, key, sheet)} <= found


def showing(base: RuleBase, question: str) -> RuleBase:
    """The rule base with the answer to one question in the text of every case."""
    because = {"because": f"You said {{{question}}}."}

    def shown(rule: Rule) -> Rule:
        return structs.replace(rule, cases=tuple(structs.replace(case, **because) for case in rule.cases))

    paths = [structs.replace(path, rules=tuple(map(shown, path.rules))) for path in base.paths]
    shared = [structs.replace(group, rules=tuple(map(shown, group.rules))) for group in base.shared]
    fields = {name: getattr(base, name) for name in base.__struct_fields__}
    return RuleBase(**{**fields, "paths": tuple(paths), "shared": tuple(shared)})


def deciding_cases(base: RuleBase, key: str, sheet: AnswerSheet) -> set[str]:
    """The cases whose text can be shown to somebody with these answers."""
    sheet, _ = set_aside(base, sheet)
    return {f"cases.{fired.case}" for fired in Scorer(base).score(base.rules[key], sheet).fired}
