"""`pathfinder schema`: the schemas for other programs accept what the program writes and reads, and refuse the rest."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pathfinder.assessment.assess import Assessor
from pathfinder.authoring.file_kinds import kind_of
from pathfinder.authoring.published import PARTS
from pathfinder.report.json_form import plain
from pathfinder.report.questionnaire import answers_template
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.answers import read_sheet
from pathfinder.store.rules import load_built_in
from running import Run
from yaml12 import read_yaml

TOP = Path(__file__).parents[2]
RULES = TOP / "rules"
BAD = TOP / "tests" / "bad_input"
FILES = sorted(file.relative_to(RULES).as_posix() for file in RULES.rglob("*.yaml"))
CASES = sorted((RULES / "cases").glob("*.yaml"))
NOT_TOLD = {
    "interval-upside-down.yaml": "a schema compares no two numbers",
    "likely-outside-the-interval.yaml": "nor three",
    "duplicate-key.yaml": "what it is shown holds one of the two",
    "json-duplicate-key.json": "likewise",
}
"""Bad answers files of which no schema can tell what is wrong, and why."""

Find = Callable[..., list[str]]


@pytest.fixture
def find(run: Run) -> Find:
    """What the schema that `pathfinder schema ARGUMENTS` prints finds wrong with a document."""

    def found(document: object, *arguments: str) -> list[str]:
        printed = run("schema", *arguments)
        assert (printed.code, printed.err) == (0, "")
        return [f"{error.json_path}: {error.message}" for error in checker(printed.out).iter_errors(document)]

    return found


@lru_cache
def checker(text: str) -> Draft202012Validator:
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    return Draft202012Validator(schema)


@lru_cache
def result(case: Path) -> Any:
    base = load_built_in()
    return plain(assessor().assess(read_sheet(case, base.questions)))


@lru_cache
def assessor() -> Assessor:
    return Assessor(load_built_in())


def parsed(file: Path) -> Any:
    """The document in a file; a mark that no schema accepts where it holds none that can be read."""
    text = file.read_text(encoding="utf-8", errors="replace")
    try:
        return json.loads(text) if file.suffix == ".json" else read_yaml(text)
    except Exception:
        return ...


class TestAnswers:
    @pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
    def test_every_case_is_an_answers_file(self, find: Find, case: Path) -> None:
        assert find(read_yaml(case.read_text(encoding="utf-8")), "answers") == []

    def test_so_is_the_template(self, find: Find, base: RuleBase) -> None:
        assert find(read_yaml(answers_template(base)), "answers") == []

    @pytest.mark.parametrize(
        "more",
        [
            {"name": "Ada"},
            {"weights": {"wellbeing": 2, "fit": 0.5, "goal": 0, "worldview": 5}},
            {"weights": None, "options": None},
            {"options": [{"name": "The group at X", "path": "phd", "answers": {"phd_option": "offer"}}]},
            {"options": [{"name": "A post", "path": "governance"}]},
        ],
        ids=str,
    )
    def test_name_weights_and_options_are_part_of_it(self, find: Find, more: Mapping[str, object]) -> None:
        assert find({"answers": {"coding": "solid"}, **more}, "answers") == []

    @pytest.mark.parametrize(
        "more",
        [
            {"name": ["Ada"]},
            {"weights": {"joy": 2}},
            {"weights": {"wellbeing": 6}},
            {"weights": {"wellbeing": -1}},
            {"weights": {"wellbeing": "much"}},
            {"options": [{"path": "phd"}]},
            {"options": [{"name": "A post"}]},
            {"options": [{"name": "A post", "path": "astronaut"}]},
            {"options": [{"name": "A post", "path": "phd", "answers": {"codign": "solid"}}]},
            {"options": [{"name": "A post", "path": "phd", "answer": {}}]},
            {"options": {"name": "A post", "path": "phd"}},
        ],
        ids=str,
    )
    def test_what_cannot_be_meant_is_refused(self, find: Find, more: Mapping[str, object]) -> None:
        assert find({"answers": {}, **more}, "answers")

    @pytest.mark.parametrize(
        "file", sorted(BAD.glob("*.yaml")) + sorted(BAD.glob("*.json")), ids=lambda file: file.name
    )
    def test_what_the_program_refuses_is_refused_where_a_schema_can_tell(self, find: Find, file: Path) -> None:
        document = parsed(file)
        if document is ...:
            return
        assert bool(find(document, "answers")) == (file.name not in NOT_TOLD)

    def test_it_follows_the_rule_base(self, find: Find, rules_copy: Path) -> None:
        file = rules_copy / "questions" / "03-coding.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("id: coding_interview\n", "id: coding_test\n"), encoding="utf-8")
        for other in rules_copy.rglob("*.yaml"):
            other.write_text(other.read_text(encoding="utf-8").replace("coding_interview", "coding_test"))
        assert find({"answers": {"coding_test": True}}, "answers", "--rules", str(rules_copy)) == []
        assert find({"answers": {"coding_test": True}}, "answers")


class TestAssessment:
    @pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
    def test_what_score_writes_is_valid(self, find: Find, case: Path) -> None:
        assert find(result(case), "assessment") == []

    def test_it_is_what_the_command_prints(self, run: Run, find: Find) -> None:
        printed = json.loads(run("score", str(CASES[0]), "--format", "json").out)
        assert printed == result(CASES[0])
        assert find(printed, "assessment") == []

    def test_every_key_that_is_written_is_described_and_every_one_described_is_written(self, run: Run) -> None:
        schema = json.loads(run("schema", "assessment").out)
        assert list(schema["properties"]) == list(result(CASES[0])) == schema["required"]
        assert list(schema["$defs"]["PathResult"]["properties"]) == list(result(CASES[0])["paths"][0])
        assert all(part["description"] for part in schema["$defs"].values())

    @pytest.mark.parametrize(
        ("place", "value"),
        [
            (("schema_version",), 2),
            (("verdict", "kind"), "sure"),
            (("verdict", "path"), 1),
            (("paths", 0, "score"), "many"),
            (("paths", 0, "status"), "shut"),
            (("paths", 0, "reasons", 0, "claims", 0, "lines"), ["three"]),
            (("answers", 0, "state"), "perhaps"),
            (("experiments", 0, "hours"), [1]),
            (("scale",), []),
        ],
        ids=str,
    )
    def test_another_type_is_refused(self, find: Find, place: tuple[str | int, ...], value: object) -> None:
        document = copy.deepcopy(result(CASES[0]))
        inside = document
        for step in place[:-1]:
            inside = inside[step]
        inside[place[-1]] = value
        assert find(document, "assessment")

    @pytest.mark.parametrize("key", ["verdict", "paths", "schema_version", "changes"])
    def test_a_missing_key_is_refused(self, find: Find, key: str) -> None:
        document = {name: one for name, one in result(CASES[0]).items() if name != key}
        assert find(document, "assessment") == [f"$: '{key}' is a required property"]

    def test_a_key_of_a_later_version_is_passed_over(self, find: Find) -> None:
        assert find({**result(CASES[0]), "later": 1}, "assessment") == []


class TestRules:
    def test_a_whole_rule_base_is_valid_by_file_name(self, find: Find) -> None:
        assert find(whole(), "rules") == []

    def test_a_mistake_is_found_by_file_and_place(self, find: Find) -> None:
        document = whole()
        document["paths/phd.yaml"]["rules"][0]["cases"][0]["points"] = "four"
        assert find(document, "rules") == [
            "$['paths/phd.yaml'].rules[0].cases[0].points: 'four' is not of type 'integer'"
        ]

    @pytest.mark.parametrize("change", [{"sources.yaml": None}, {"notes.yaml": {}}, {"cases/a/b.yaml": {}}], ids=str)
    def test_a_missing_or_an_unknown_file_is_refused(self, find: Find, change: Mapping[str, object]) -> None:
        document = {**whole(), **change}
        assert find({name: one for name, one in document.items() if one is not None}, "rules")

    @pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("cases/")] + ["cases/S06.yaml"])
    def test_each_file_is_valid_by_its_part(self, find: Find, name: str) -> None:
        document: Any = read_yaml((RULES / name).read_text(encoding="utf-8"))
        assert find(document, "rules", "--part", kind_of(name) or "") == []
        assert find({**document, "becuase": "typo"}, "rules", "--part", kind_of(name) or "")

    @pytest.mark.parametrize("part", PARTS)
    def test_every_part_is_whole_in_itself_and_holds_nothing_it_does_not_need(self, run: Run, part: str) -> None:
        text = run("schema", "rules", "--part", part).out
        defs = set(json.loads(text)["$defs"])
        referred = {one.partition('"')[0].partition("/")[0] for one in text.split('"$ref": "#/$defs/')[1:]}
        assert text.count('"$ref"') == text.count('"$ref": "#/$defs/')
        assert referred == defs

    def test_a_part_that_does_not_exist_is_refused(self, run: Run) -> None:
        outcome = run("schema", "rules", "--part", "qestions")
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err == "pathfinder: there is no part 'qestions'. Did you mean 'questions'?\n"

    def test_only_rules_have_parts(self, run: Run) -> None:
        outcome = run("schema", "answers", "--part", "questions")
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err == "pathfinder: --part: there are no parts of answers. --part goes with rules\n"


def whole() -> dict[str, Any]:
    """The built-in rule base by file name, with one of its cases."""
    names = [name for name in FILES if not name.startswith("cases/")] + ["cases/S06.yaml"]
    return {name: read_yaml((RULES / name).read_text(encoding="utf-8")) for name in names}
