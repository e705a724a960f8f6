"""Whatever is wrong with a rule base, the program names file, line and remedy, and uses none of it.

Each case copies the built-in rule base and breaks one thing. The line that a message must name is marked
`# HERE` in the text that is put in.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec import structs

from pathfinder.errors import InputError
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import built_in_folder, load_rules
from running import Run, run_command

CONDITIONS = "docs/rule-format.md shows how conditions are written"
FORM = "docs/rule-format.md shows the form"
ANSWERS = "answers:\n  coding: solid\n"

RULE = """rules:
- id: added-rule
  criterion: goal
  asks: Is this rule well formed?
  cases:
  - when: {coding: solid}
    points: 1
    because: It is.
  claims: [gleave-lead-is-bottleneck]
"""
QUESTIONS = """section: {id: added, title: Added}
questions:
- id: added_choice
  kind: choice
  depth: further
  title: Added
  prompt: Is this question well formed?
  values: {left: To the left, right: To the right}
  why: Nothing hangs on it.
  claims: [gleave-lead-is-bottleneck]
  plausible: {weights: {left: 1, right: 1}}
- id: added_number
  kind: number
  range: [0, 10]
  depth: further
  title: Added too
  prompt: Is this question well formed, too?
  why: Nothing hangs on it.
  claims: [gleave-lead-is-bottleneck]
  plausible: {quantiles: {0: 0, 100: 10}}
"""


@pytest.fixture
def rules(rules_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the built-in rule base, in the folder `rules` of the present folder."""
    (tmp_path / "answers.yaml").write_text(ANSWERS)
    monkeypatch.chdir(tmp_path)
    return rules_copy


def replace(file: Path, old: str, new: str) -> None:
    """Put `new` where `old` stands first."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file} no longer holds {old!r}: choose another text to break"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def same_content(one: RuleBase, other: RuleBase) -> bool:
    """Whether two rule bases differ at most in where they stand."""
    return structs.replace(one, places={}) == structs.replace(other, places={})


def line_here(file: Path) -> int:
    """The line that is marked."""
    (found,) = (number for number, line in enumerate(file.read_text().splitlines(), 1) if "# HERE" in line)
    return found


def assert_refused(run: Run, *messages: str) -> None:
    """Scoring by the broken rule base ends with the exit code for bad input, these messages and nothing else."""
    outcome = run("score", "answers.yaml", "--rules", "rules", "--report", "report.md")
    lines = [f"pathfinder: {message}" for message in messages]
    if len(lines) > 1:
        lines.append(f"pathfinder: {len(lines)} problems, nothing was written")
    assert outcome.err.splitlines() == lines
    assert outcome.out == ""
    assert outcome.code == 2
    assert not Path("report.md").exists()


def test_a_copy_of_the_built_in_rule_base_is_the_same_rule_base(rules: Path) -> None:
    assert same_content(load_rules(rules), load_rules(built_in_folder()))


def test_the_parts_that_these_tests_add_are_well_formed(rules: Path) -> None:
    replace(rules / "paths/phd.yaml", "rules:\n", RULE)
    (rules / "questions/99-added.yaml").write_text(QUESTIONS)
    found = load_rules(rules)
    assert found.paths_of("added-rule") == ("phd",)
    assert list(found.questions)[-2:] == ["added_choice", "added_number"]


def test_the_hash_changes_with_any_file_that_was_read(rules: Path) -> None:
    hashes = {load_rules(rules).hash}
    for name in ("rulebase.yaml", "questions/01-goals.yaml", "evidence/ngo-2023.yaml", "routes.yaml"):
        replace(rules / name, "\n", "\n# changed\n")
        hashes.add(load_rules(rules).hash)
    assert len(hashes) == 5


@dataclass(frozen=True)
class Broken:
    """One thing broken: `old` becomes `new` in one of the parts above, and `says` follows file and line."""

    name: str
    old: str
    new: str
    says: str
    path: bool = True


RULES = [
    Broken(
        "unknown key",
        "  asks:",
        "  weight: 3  # HERE\n  asks:",
        "rules.0.weight: Extra inputs are not permitted. "
        "Remove this key or correct its spelling; docs/rule-format.md lists the keys",
    ),
    Broken(
        "missing key",
        "- id: added-rule\n  criterion: goal\n",
        "- id: added-rule  # HERE\n",
        "rules.0.criterion: Field required. Add this key",
    ),
    Broken(
        "key of the wrong form",
        "points: 1",
        "points: many  # HERE",
        "rules.0.cases.0.points: Input should be a valid integer, unable to parse string as an integer. " + FORM,
    ),
    Broken(
        "points off the scale",
        "points: 1",
        "points: 13  # HERE",
        "rules.0.cases.0.points: Input should be less than or equal to 12. " + FORM,
    ),
    Broken(
        "unknown question in a condition",
        "when: {coding: solid}",
        "when: {codding: solid}  # HERE",
        f"rules.0.cases.0.when: there is no question 'codding'. Did you mean 'coding'? {CONDITIONS}",
    ),
    Broken(
        "unknown value in a condition",
        "when: {coding: solid}",
        "when: {coding: [basic, sollid]}  # HERE",
        f"rules.0.cases.0.when: 'sollid' is no value of coding. Did you mean 'solid'? {CONDITIONS}",
    ),
    Broken(
        "empty condition",
        "when: {coding: solid}",
        "when: {}  # HERE",
        "rules.0.cases.0.when: a condition cannot be empty; leave the key out where it always holds. " + CONDITIONS,
    ),
    Broken(
        "condition that is no mapping",
        "when: {coding: solid}",
        "when: solid coding  # HERE",
        "rules.0.cases.0.when: a condition is a mapping such as {goal_role: research_lead}. " + CONDITIONS,
    ),
    Broken(
        "test that no answer passes",
        "when: {coding: solid}",
        "when: {coding: {gt: expert}}  # HERE",
        f"rules.0.cases.0.when: no answer to coding can pass this test. {CONDITIONS}",
    ),
    Broken(
        "bounds that exclude each other",
        "when: {coding: solid}",
        "when: {timeline_years: {gt: 10, lt: 5}}  # HERE",
        f"rules.0.cases.0.when: no answer to timeline_years can pass this test. {CONDITIONS}",
    ),
    Broken(
        "comparison without an order",
        "when: {coding: solid}",
        "when: {goal_role: {gte: founding}}  # HERE",
        "rules.0.cases.0.when: goal_role has no order, so 'gte' cannot be used; list the values. " + CONDITIONS,
    ),
    Broken(
        "everything wrong with a condition",
        "when: {coding: solid}",
        "when: {codding: solid, coding: sollid}  # HERE",
        "rules.0.cases.0.when: there is no question 'codding'. Did you mean 'coding'?; "
        f"'sollid' is no value of coding. Did you mean 'solid'? {CONDITIONS}",
    ),
    Broken(
        "unknown claim",
        "- id: added-rule",
        "- id: added-rule  # HERE",
        "added-rule: there is no claim 'gleave-lead-is-bottelneck'. Did you mean 'gleave-lead-is-bottleneck'?",
    ),
    Broken(
        "unknown criterion",
        "- id: added-rule\n  criterion: goal",
        "- id: added-rule  # HERE\n  criterion: gaol",
        "added-rule: there is no criterion 'gaol'. Did you mean 'goal'?",
    ),
    Broken(
        "criterion like no other",
        "- id: added-rule\n  criterion: goal",
        "- id: added-rule  # HERE\n  criterion: xyzzy",
        "added-rule: there is no criterion 'xyzzy'. rulebase.yaml lists them",
    ),
    Broken(
        "placeholder that names no question",
        "- id: added-rule",
        "- id: added-rule  # HERE",
        "added-rule: '{codding}' names no question. Did you mean 'coding'?",
    ),
    Broken(
        "claim cited twice",
        "- id: added-rule",
        "- id: added-rule  # HERE",
        "added-rule: a claim is cited twice. Cite each claim once",
    ),
    Broken(
        "tag that would build an object",
        "because: It is.",
        "because: !!python/name:os.system  # HERE",
        "tags (!) are not allowed. Write a plain value, in quotes if it begins with !",
    ),
    Broken(
        "key that stands twice",
        "  asks:",
        "  criterion: fit  # HERE\n  asks:",
        "'criterion' stands here twice (first on line {second}). Keep one of them",
    ),
]
ALSO = {
    "unknown claim": ("gleave-lead-is-bottleneck]", "gleave-lead-is-bottelneck]"),
    "placeholder that names no question": ("because: It is.", "because: You said {codding}."),
    "claim cited twice": ("[gleave-lead-is-bottleneck]", "[gleave-lead-is-bottleneck, gleave-lead-is-bottleneck]"),
}
"""A second change, where the line that is named is not the line that is broken."""


@pytest.mark.parametrize("broken", RULES, ids=lambda broken: broken.name)
def test_a_broken_rule_is_named_with_file_line_and_remedy(broken: Broken, rules: Path, run: Run) -> None:
    rule = RULE
    for old, new in [(broken.old, broken.new), *([ALSO[broken.name]] if broken.name in ALSO else [])]:
        assert rule.count(old) == 1
        rule = rule.replace(old, new)
    file = rules / "paths/phd.yaml"
    replace(file, "rules:\n", rule)
    line = line_here(file)
    assert_refused(run, f"rules/paths/phd.yaml:{line}: " + broken.says.replace("{second}", str(line - 1)))


ADDED_QUESTIONS = [
    Broken(
        "kind that there is not",
        "kind: choice",
        "kind: chioce  # HERE",
        f"questions.0.kind: Input should be 'choice', 'multi', 'scale', 'number' or 'yes_no'. {FORM}",
    ),
    Broken(
        "weights that name other values",
        "- id: added_choice",
        "- id: added_choice  # HERE",
        f"questions.0: plausible weights must name exactly: left, right. {FORM}",
    ),
    Broken(
        "no weight above zero",
        "{weights: {left: 1, right: 1}}",
        "{weights: {left: 0, right: 0}}  # HERE",
        f"questions.0.plausible: at least one weight must be above zero. {FORM}",
    ),
    Broken(
        "negative weight",
        "{weights: {left: 1, right: 1}}",
        "{weights: {left: -1, right: 2}}  # HERE",
        f"questions.0.plausible: weights and shares cannot be negative. {FORM}",
    ),
    Broken(
        "share above one",
        "{weights: {left: 1, right: 1}}",
        "{shares: {left: 1.1, right: 0.2}}  # HERE",
        f"questions.0.plausible: a share lies between 0 and 1. {FORM}",
    ),
    Broken(
        "weights and quantiles at once",
        "{weights: {left: 1, right: 1}}",
        "{weights: {left: 1, right: 1}, quantiles: {0: 0, 100: 10}}  # HERE",
        f"questions.0.plausible: give exactly one of weights, shares and quantiles. {FORM}",
    ),
    Broken(
        "quantiles of a choice",
        "- id: added_choice",
        "- id: added_choice  # HERE",
        f"questions.0: plausible needs weights for a choice. {FORM}",
    ),
    Broken(
        "quantiles that do not reach from 0 to 100",
        "{quantiles: {0: 0, 100: 10}}",
        "{quantiles: {0: 0, 90: 10}}  # HERE",
        f"questions.1.plausible: quantiles go from 0 to 100 percent in rising order. {FORM}",
    ),
    Broken(
        "quantiles out of order",
        "{quantiles: {0: 0, 100: 10}}",
        "{quantiles: {0: 0, 60: 5, 40: 6, 100: 10}}  # HERE",
        f"questions.1.plausible: quantiles go from 0 to 100 percent in rising order. {FORM}",
    ),
    Broken(
        "quantiles whose values fall",
        "{quantiles: {0: 0, 100: 10}}",
        "{quantiles: {0: 10, 100: 0}}  # HERE",
        f"questions.1.plausible: the values of quantiles cannot fall. {FORM}",
    ),
    Broken(
        "quantiles beyond the range",
        "- id: added_number",
        "- id: added_number  # HERE",
        f"questions.1: the values of plausible quantiles must lie within the range. {FORM}",
    ),
    Broken(
        "range without end",
        "range: [0, 10]",
        "range: [0, inf]  # HERE",
        f"questions.1.range.1: Input should be a finite number. {FORM}",
    ),
    Broken(
        "value that answers files read as open",
        "- id: added_choice",
        "- id: added_choice  # HERE",
        f"questions.0: 'unknown' cannot name a value: write it in snake_case, not unknown or null. {FORM}",
    ),
    Broken(
        "asked_if that looks forward",
        "- id: added_choice",
        "- id: added_choice  # HERE\n  asked_if: {added_number: 5}",
        "added_choice.asked_if: there is no question 'added_number'. It can only look at questions that come before it",
    ),
    Broken(
        "asked_if that looks at itself",
        "- id: added_choice",
        "- id: added_choice  # HERE\n  asked_if: {added_choice: left}",
        "added_choice.asked_if: there is no question 'added_choice'. It can only look at questions that come before it",
    ),
    Broken(
        "asked_if with an unknown value",
        "- id: added_choice",
        "- id: added_choice  # HERE\n  asked_if: {coding: sollid}",
        f"added_choice.asked_if: 'sollid' is no value of coding. Did you mean 'solid'? {CONDITIONS}",
    ),
    Broken(
        "plausible shares that look forward",
        "- id: added_choice",
        "- id: added_choice  # HERE",
        "added_choice.plausible.given.0.when: there is no question 'added_number'. "
        "It can only look at questions that come before it",
    ),
]
ALSO_QUESTIONS = {
    "weights that name other values": ("weights: {left: 1, right: 1}", "weights: {left: 1, middle: 1}"),
    "quantiles of a choice": ("weights: {left: 1, right: 1}", "quantiles: {0: 0, 100: 10}"),
    "quantiles beyond the range": ("{quantiles: {0: 0, 100: 10}}", "{quantiles: {0: 0, 100: 11}}"),
    "value that answers files read as open": ("left: To the left", "unknown: Not known"),
    "plausible shares that look forward": (
        "{weights: {left: 1, right: 1}}",
        "{weights: {left: 1, right: 1}, given: [{when: {added_number: 5}, weights: {left: 1, right: 2}}]}",
    ),
}


@pytest.mark.parametrize("broken", ADDED_QUESTIONS, ids=lambda broken: broken.name)
def test_a_broken_question_is_named_with_file_line_and_remedy(broken: Broken, rules: Path, run: Run) -> None:
    text = QUESTIONS
    for old, new in [
        (broken.old, broken.new),
        *([ALSO_QUESTIONS[broken.name]] if broken.name in ALSO_QUESTIONS else []),
    ]:
        assert text.count(old) == 1
        text = text.replace(old, new)
    file = rules / "questions/99-added.yaml"
    file.write_text(text)
    assert_refused(run, f"rules/questions/99-added.yaml:{line_here(file)}: {broken.says}")


def test_a_broken_question_does_not_make_every_condition_on_it_a_problem(rules: Path, run: Run) -> None:
    file = rules / "questions/01-goals.yaml"
    replace(file, "  kind: choice\n", "  kind: chioce  # HERE\n")
    says = "questions.0.kind: Input should be 'choice', 'multi', 'scale', 'number' or 'yes_no'"
    assert_refused(run, f"rules/questions/01-goals.yaml:{line_here(file)}: {says}. {FORM}")


def test_another_schema_is_refused_before_anything_else_is_looked_at(rules: Path, run: Run) -> None:
    file = rules / "rulebase.yaml"
    replace(file, "schema: 1\n", "schema: 2  # HERE\nkey_of_schema_two: yes\n")
    (rules / "sources.yaml").unlink()
    remedy = "Update the rule base or the program"
    message = f"schema: this program reads rule bases of schema 1. {remedy}"
    assert_refused(run, f"rules/rulebase.yaml:{line_here(file)}: {message}")


def test_a_claim_that_its_author_withdrew_cannot_score(rules: Path, base: RuleBase, run: Run) -> None:
    struck = next(claim.id for claim in base.claims if claim.status == "struck-likely")
    file = rules / "paths/phd.yaml"
    rule = RULE.replace("- id: added-rule", "- id: added-rule  # HERE").replace("gleave-lead-is-bottleneck", struck)
    replace(file, "rules:\n", rule)
    says = f"added-rule: claim '{struck}' was withdrawn by its author. It must not score anybody"
    assert_refused(run, f"rules/paths/phd.yaml:{line_here(file)}: {says}")


@pytest.mark.parametrize("other", ["paths/governance.yaml", "paths/phd.yaml"])
def test_an_id_that_stands_twice_is_named_with_both_places(other: str, rules: Path, run: Run) -> None:
    replace(rules / "paths/phd.yaml", "rules:\n", RULE)
    first, second = rules / "paths/governance.yaml", rules / "paths/phd.yaml"
    if other == "paths/governance.yaml":
        replace(first, "rules:\n", RULE)
        line = first.read_text().splitlines().index("- id: added-rule") + 1
        again, place = second.read_text().splitlines().index("- id: added-rule") + 1, "rules.0"
    else:
        replace(second, "rules:\n", RULE)
        line, again = (number for number, text in enumerate(second.read_text().splitlines(), 1) if "added-rule" in text)
        place = "rules.1"
    twice = f"{place}: id 'added-rule' is used twice (first in rules/{other}:{line})"
    assert_refused(run, f"rules/paths/phd.yaml:{again}: {twice}. Give each part an id of its own")


def test_an_id_that_stands_twice_on_one_line_is_found_too(rules: Path, run: Run) -> None:
    caution = "{id: added-caution, text: Mind this., claims: [gleave-lead-is-bottleneck]}"
    file = rules / "paths/phd.yaml"
    file.write_text(f"id: phd\ntitle: PhD\nsummary: A path.\ncautions: [{caution}, {caution}]\n")
    twice = "cautions.1: id 'added-caution' is used twice (first in rules/paths/phd.yaml:4)"
    assert_refused(run, f"rules/paths/phd.yaml:4: {twice}. Give each part an id of its own")


@pytest.mark.parametrize("name", ["rulebase.yaml", "sources.yaml", "routes.yaml"])
def test_a_missing_file_is_named_and_no_answers_template_is_offered_for_it(name: str, rules: Path, run: Run) -> None:
    (rules / name).unlink()
    remedy = "docs/rule-format.md lists the files a rule base needs"
    assert_refused(run, f"rules/{name}: there is no such file. {remedy}")


@pytest.mark.parametrize("name", ["questions", "evidence"])
def test_a_missing_folder_of_files_is_named(name: str, rules: Path) -> None:
    shutil.rmtree(rules / name)
    with pytest.raises(InputError) as refusal:
        load_rules(rules)
    first = refusal.value.problems[0]
    assert (first.file, first.message) == (str(rules / name), f"there is no *.yaml in {name}/")
    assert first.remedy == "A rule base needs at least one"


def test_a_rule_base_that_is_no_folder_is_refused(rules: Path, run: Run) -> None:
    remedy = "Name the folder of a rule base"
    for name in ("nowhere", "rules/rulebase.yaml", "x" * 300):
        outcome = run("score", "answers.yaml", "--rules", name)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err == f"pathfinder: {name}: there is no such folder. {remedy}\n"


@pytest.mark.parametrize(
    ("paths", "says"),
    [
        (
            "[research_contributor, independent_research, governance]",
            "path 'phd' is not both in paths/ and in rulebase.yaml. Name it in both",
        ),
        (
            "[phd, research_contributor, independent_research, governance, sailing]",
            "path 'sailing' is not both in paths/ and in rulebase.yaml. Name it in both",
        ),
        ("[phd, phd, research_contributor, independent_research, governance]", f"a path is named twice. {FORM}"),
    ],
    ids=["a file too many", "a file too few", "named twice"],
)
def test_the_paths_of_rulebase_yaml_and_the_files_of_paths_must_agree(
    paths: str, says: str, rules: Path, run: Run
) -> None:
    file = rules / "rulebase.yaml"
    replace(file, "paths: [phd, research_contributor, independent_research, governance]", f"paths: {paths}  # HERE")
    assert_refused(run, f"rules/rulebase.yaml:{line_here(file)}: paths: {says}")


def link_a_file(rules: Path, outside: Path) -> str:
    (rules / "sources.yaml").unlink()
    (rules / "sources.yaml").symlink_to(outside / "sources.yaml")
    return "sources.yaml"


def link_a_file_of_a_folder(rules: Path, outside: Path) -> str:
    (rules / "paths/phd.yaml").unlink()
    (rules / "paths/phd.yaml").symlink_to(outside / "paths/phd.yaml")
    return "paths/phd.yaml"


def link_the_folder(rules: Path, outside: Path) -> str:
    shutil.rmtree(rules / "shared")
    (rules / "shared").symlink_to(outside / "shared")
    return f"shared/{next((outside / 'shared').glob('*.yaml')).name}"


@pytest.mark.skipif(os.name == "nt", reason="making links needs rights on Windows")
@pytest.mark.parametrize("link", [link_a_file, link_a_file_of_a_folder, link_the_folder])
def test_a_link_that_leads_out_of_the_rule_base_is_not_followed(
    link: Callable[[Path, Path], str], rules: Path, tmp_path: Path, run: Run
) -> None:
    outside = tmp_path / "outside"
    shutil.copytree(rules, outside)
    name = link(rules, outside)
    assert_refused(run, f"rules/{name}: this link leads out of the rule base. Put the file itself here")


@pytest.mark.skipif(os.name == "nt", reason="making links needs rights on Windows")
def test_a_link_within_the_rule_base_and_a_link_to_the_whole_of_it_are_followed(rules: Path, tmp_path: Path) -> None:
    before = load_rules(rules)
    (rules / "sources.yaml").rename(rules / "list-of-sources.yaml")
    (rules / "sources.yaml").symlink_to(rules / "list-of-sources.yaml")
    (tmp_path / "link").symlink_to(rules)
    assert same_content(load_rules(tmp_path / "link"), before)


@pytest.mark.skipif(os.name == "nt", reason="making links needs rights on Windows")
def test_a_link_to_nothing_or_to_itself_is_a_missing_file(rules: Path, run: Run) -> None:
    for target in ("nothing.yaml", "sources.yaml"):
        (rules / "sources.yaml").unlink()
        (rules / "sources.yaml").symlink_to(rules / target)
        remedy = "docs/rule-format.md lists the files a rule base needs"
        assert_refused(run, f"rules/sources.yaml: there is no such file. {remedy}")


def test_problems_in_several_files_are_reported_together(rules: Path, run: Run) -> None:
    replace(rules / "paths/phd.yaml", "rules:\n", RULE.replace("coding: solid}", "coding: sollid}  # HERE"))
    replace(rules / "routes.yaml", "routes:\n", "roots:  # HERE\n")
    (rules / "tensions.yaml").write_bytes(b"tensions: \xff\n")
    phd = line_here(rules / "paths/phd.yaml")
    assert_refused(
        run,
        f"rules/paths/phd.yaml:{phd}: rules.0.cases.0.when: 'sollid' is no value of coding. "
        f"Did you mean 'solid'? {CONDITIONS}",
        "rules/routes.yaml:1: there is no list 'routes'. Begin the file with 'routes:'",
        "rules/tensions.yaml:1: this is not UTF-8 text. Save the file as UTF-8",
    )


def test_every_verb_that_takes_a_rule_base_refuses_a_broken_one(rules: Path, run: Run) -> None:
    (rules / "sources.yaml").unlink()
    answers = ["answers.yaml"]
    for verb in (["score", *answers], ["explain", *answers, "phd"], ["questions"], ["template"]):
        outcome = run(*verb, "--rules", "rules")
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith("pathfinder: rules/sources.yaml: there is no such file.")


def test_the_real_command_refuses_a_broken_rule_base_in_the_same_words(rules: Path, tmp_path: Path, run: Run) -> None:
    (rules / "sources.yaml").unlink()
    outcome = run_command("score", "answers.yaml", "--rules", "rules", folder=tmp_path)
    assert outcome == run("score", "answers.yaml", "--rules", "rules")
    assert outcome.code == 2
