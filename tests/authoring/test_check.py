"""`pathfinder rules check`: what it finds, what can be accepted, and what it prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from broken_bases import BAD, EXAMPLES, SOUND, expected, put, put_text

from pathfinder.authoring.check import check
from pathfinder.authoring.findings import KINDS, Finding
from pathfinder.report.findings import findings_page
from pathfinder.store.rules import load_rules
from running import Run

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
