"""`pathfinder rules check`: what it finds, what can be accepted, and that it says neither too much nor too little."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from broken_bases import BAD, EXAMPLES, SOUND, expected, put, put_text
from hypothesis import given, settings
from naive import Person, Raw, Reference, Sheet
from running import Run
from small_bases import Small, small_bases, small_cases

from pathfinder.answers.sheet import AnswerSheet, Certain
from pathfinder.assessment.assess import set_aside
from pathfinder.assessment.scoring import Scorer
from pathfinder.authoring.check import check
from pathfinder.authoring.check_conditions import check_conditions
from pathfinder.authoring.check_points import check_points
from pathfinder.authoring.check_texts import check_texts
from pathfinder.authoring.check_traps import check_traps
from pathfinder.authoring.findings import KINDS, Finding
from pathfinder.report.findings import findings_page
from pathfinder.rulebase.models import Rule, RuleBase
from pathfinder.store.rules import load_rules

PAGE = Path(__file__).parents[2] / "docs/rule-findings.md"
SEVERAL = """# file: shared/both.yaml
paths: [lab, desk]
rules:
- id: both-skill
  criterion: fit
  asks: Do you have skill?
  cases:
  - {when: {skill: strong}, points: 5, because: You have., accept: {PF202: It is as good as settled.}}
  - {when: {skill: none}, points: -5, because: You have none.}
  claims: [spare-for, spare-about]
  accept: {PF302: It is the limit of the point.}
"""


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command finds the folder `rules`, which is still to be made."""
    monkeypatch.chdir(tmp_path)
    return Path("rules")


# What is found


def test_a_sound_rule_base_has_no_findings(run: Run) -> None:
    outcome = run("rules", "check", str(SOUND))
    assert (outcome.code, outcome.out) == (0, "no findings in 4 arguments, 6 questions and 9 claims\n")


def test_the_built_in_rule_base_has_no_findings(run: Run) -> None:
    outcome = run("rules", "check")
    assert outcome.out.startswith("no findings in "), outcome.out
    assert outcome.code == 0


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_found_out_with_exactly_the_words_beside_it(example: str, run: Run, rules: Path) -> None:
    put(example, rules)
    outcome = run("rules", "check", "rules")
    assert outcome.out == expected(example)
    assert outcome.code == 1


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_has_findings_of_its_own_kind_only(example: str, rules: Path) -> None:
    put(example, rules)
    found = [finding.code for finding in check(load_rules(rules)) if not finding.accepted]
    assert set(found) == {example.partition("-")[0]}


def test_every_kind_of_finding_has_an_example_and_every_expectation_belongs_to_one() -> None:
    assert {example.partition("-")[0] for example in EXAMPLES} == set(KINDS)
    assert {file.name.removesuffix(".expected.txt") for file in BAD.glob("*.expected.txt")} == set(EXAMPLES)


def test_a_rule_base_that_does_not_load_is_reported_as_its_problems(run: Run, rules: Path) -> None:
    put("PF202", rules)
    text = (rules / "shared/both.yaml").read_text()
    (rules / "shared/both.yaml").write_text(text.replace("skill: strong", "skil: strong"))
    outcome = run("rules", "check", "rules")
    assert outcome.err.startswith("pathfinder: rules/shared/both.yaml:7: ")
    assert "there is no question 'skil'" in outcome.err
    assert (outcome.code, outcome.out) == (2, "")


def test_an_argument_without_a_claim_does_not_load(run: Run, rules: Path) -> None:
    put("PF202", rules)
    text = (rules / "shared/both.yaml").read_text()
    (rules / "shared/both.yaml").write_text(text.replace("[spare-for]", "[]"))
    outcome = run("rules", "check", "rules")
    assert outcome.err.startswith("pathfinder: rules/shared/both.yaml:9: rules.0.claims: ")
    assert outcome.code == 2


# What is accepted


def accepting(rules: Path) -> tuple[Finding, ...]:
    """The findings of a base in which some are accepted."""
    put("PF202", rules)
    put_text(SEVERAL, rules)
    return check(load_rules(rules))


def test_a_finding_is_accepted_by_its_rule_or_by_its_own_case_alone(rules: Path) -> None:
    found = {(one.code, one.inside): one.accepted for one in accepting(rules)}
    assert found == {
        ("PF202", "cases.0"): "It is as good as settled.",
        ("PF202", "cases.1"): "",
        ("PF302", ""): "It is the limit of the point.",
    }


def test_json_lists_what_counts_and_what_is_accepted_with_its_reason(run: Run, rules: Path) -> None:
    accepting(rules)
    outcome = run("rules", "check", "rules", "--format", "json")
    plain = json.loads(outcome.out)
    assert outcome.code == 1
    assert plain["schema_version"] == 1
    assert plain["rulebase"] == load_rules(rules).identity
    assert plain["findings"] == [
        {
            "code": "PF202",
            "part": "both-skill",
            "inside": "cases.1",
            "file": "rules/shared/both.yaml",
            "line": 8,
            "message": "-5 is no step of the scale (1, 2, 3)",
            "remedy": "Use a step of the scale, or put the step into it",
        }
    ]
    reasons = {(one["code"], one["line"]): one["reason"] for one in plain["accepted"]}
    assert reasons == {("PF202", 7): "It is as good as settled.", ("PF302", 3): "It is the limit of the point."}


def test_a_base_whose_findings_are_all_accepted_passes(run: Run, rules: Path) -> None:
    accepting(rules)
    file = rules / "shared/both.yaml"
    file.write_text(file.read_text().replace("points: -5", "points: -3"))
    outcome = run("rules", "check", "rules")
    last = "no findings in 5 arguments, 6 questions and 9 claims; 2 accepted with a reason\n"
    assert (outcome.code, outcome.out) == (0, last)


def test_an_acceptance_needs_a_reason(run: Run, rules: Path) -> None:
    accepting(rules)
    file = rules / "shared/both.yaml"
    file.write_text(file.read_text().replace("It is the limit of the point.", "''"))
    assert run("rules", "check", "rules").code == 2


# The page


def test_the_page_of_findings_is_the_one_the_program_prints(run: Run) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == findings_page(), "write it anew: pathfinder rules check --codes > docs/rule-findings.md"
    assert run("rules", "check", "--codes").out == text


# Neither too much nor too little, against the naive reference that tries everybody


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


@settings(max_examples=400, deadline=None)
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


@settings(max_examples=400, deadline=None)
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


@settings(max_examples=400, deadline=None)
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


@settings(max_examples=300, deadline=None)
@given(small_bases(4))
def test_placeholders_are_reported_only_where_a_case_decides_for_somebody_without_that_answer(small: Small) -> None:
    for question in small.base.questions:
        base = showing(small.base, question)
        found = places(check_texts(base), "PF106")
        wanted: set[tuple[str, str]] = set()
        for key, rule in small.rules.items():
            others = small.reference.rests_on(conditions(rule)) - {question}
            plain = base.model_copy(update={"paths": base.paths})
            for person in small.reference.completions({}, others):
                answers = {one: Certain(value) for one, value in person.items()}
                wanted |= {(key, place) for place in deciding_cases(plain, key, AnswerSheet(answers))}
        assert found <= wanted


@settings(max_examples=300, deadline=None)
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
        return rule.model_copy(update={"cases": tuple(case.model_copy(update=because) for case in rule.cases)})

    paths = [path.model_copy(update={"rules": tuple(map(shown, path.rules))}) for path in base.paths]
    shared = [group.model_copy(update={"rules": tuple(map(shown, group.rules))}) for group in base.shared]
    fields = {name: getattr(base, name) for name in type(base).model_fields}
    return RuleBase.model_construct(None, **{**fields, "paths": tuple(paths), "shared": tuple(shared)})


def deciding_cases(base: RuleBase, key: str, sheet: AnswerSheet) -> set[str]:
    """The cases whose text can be shown to somebody with these answers."""
    sheet, _ = set_aside(base, sheet)
    return {f"cases.{fired.case}" for fired in Scorer(base).score(base.rules[key], sheet).fired}
