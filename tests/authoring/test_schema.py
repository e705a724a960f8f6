"""The JSON Schemas accept what the program accepts, and are those that are committed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from pathfinder.authoring.file_kinds import MODELS, kind_of
from pathfinder.authoring.modelines import with_modelines
from pathfinder.authoring.schema_hints import HINTS
from pathfinder.authoring.schemas import schema_files
from pathfinder.report.questionnaire import answers_template
from pathfinder.rulebase.models import Question, RuleBase
from running import Run
from yaml12 import read_yaml

TOP = Path(__file__).parents[2]
RULES = TOP / "rules"
SCHEMAS = TOP / "docs" / "schema"
FILES = sorted(file.relative_to(RULES).as_posix() for file in RULES.rglob("*.yaml"))

Problems = Callable[[str, object], list[str]]


@pytest.fixture(scope="module")
def schemas(base: RuleBase) -> dict[str, Any]:
    return {name: json.loads(text) for name, text in schema_files(base).items()}


@pytest.fixture(scope="module")
def problems(schemas: Mapping[str, Any]) -> Problems:
    """What the schema of that name finds wrong with a document."""
    resources = [(name, Resource.from_contents(schema, DRAFT7)) for name, schema in schemas.items()]
    registry = Registry[Any]().with_resources(resources)
    validators = {name: Draft7Validator({"$ref": name}, registry=registry) for name in schemas}

    def found(name: str, document: object) -> list[str]:
        return [f"{error.json_path}: {error.message}" for error in validators[name].iter_errors(document)]

    return found


def read(name: str) -> Any:
    return read_yaml((RULES / name).read_text(encoding="utf-8"))


class TestSchemasOfRuleFiles:
    @pytest.mark.parametrize("name", FILES)
    def test_every_file_of_the_built_in_base_is_valid(self, problems: Problems, name: str) -> None:
        kind = kind_of(name)
        assert kind is not None, f"{name} has no schema"
        assert problems(f"{kind}.json", read(name)) == []

    def test_each_is_a_valid_schema_itself(self, schemas: Mapping[str, Any]) -> None:
        for schema in schemas.values():
            Draft7Validator.check_schema(schema)

    def test_each_kind_of_file_has_one(self, schemas: Mapping[str, Any]) -> None:
        assert set(schemas) == {f"{kind}.json" for kind in MODELS} | {"condition.json", "answers.json"}

    @pytest.mark.parametrize("kind", sorted({kind_of(name) or "" for name in FILES}))
    def test_a_key_that_does_not_exist_is_refused(self, problems: Problems, kind: str) -> None:
        document = read(next(name for name in FILES if kind_of(name) == kind))
        assert problems(f"{kind}.json", {**document, "becuase": "typo"})

    @pytest.mark.parametrize(
        ("name", "place", "value", "message"),
        [
            ("paths/phd.yaml", ("rules", 0, "cases", 0, "points"), 13, "13 is greater than the maximum of 12"),
            ("paths/phd.yaml", ("rules", 0, "cases", 0, "points"), "four", "'four' is not of type 'integer'"),
            ("paths/phd.yaml", ("rules", 0, "claims"), [], "[] should be non-empty"),
            ("paths/phd.yaml", ("rules", 0, "id"), "Not An Id", "'Not An Id' does not match"),
            ("paths/phd.yaml", ("steps", 0, "horizon"), "decade", "'decade' is not one of ['week', 'quarter', 'year']"),
            ("questions/01-goals.yaml", ("questions", 0, "kind"), "essay", "'essay' is not one of"),
            ("questions/01-goals.yaml", ("questions", 0, "section"), "goals", "'section' was unexpected"),
            ("evidence/wang-2024.yaml", ("claims", 0, "source"), "wang-2024", "'source' was unexpected"),
            ("cases/S06.yaml", ("expect", "must_outrank"), [["phd"]], "['phd'] is too short"),
            ("cases/S06.yaml", ("answers", "coding"), "splendid", "'splendid' is not valid"),
            ("rulebase.yaml", ("verdict", "sure"), 70, "70 is greater than the maximum of 1"),
        ],
    )
    def test_a_wrong_value_is_refused(
        self, problems: Problems, name: str, place: tuple[str | int, ...], value: object, message: str
    ) -> None:
        document = copy.deepcopy(read(name))
        inside = document
        for step in place[:-1]:
            inside = inside[step]
        inside[place[-1]] = value
        found = problems(f"{kind_of(name)}.json", document)
        assert [one for one in found if message in one], found

    def test_every_hint_belongs_to_a_field(self, schemas: Mapping[str, Any]) -> None:
        fields: set[str] = set()
        for kind in MODELS:
            schema = schemas[f"{kind}.json"]
            for name, part in {**schema.get("$defs", {}), schema["title"]: schema}.items():
                fields |= {*part["properties"], *(f"{name}.{field}" for field in part["properties"])}
        assert set(HINTS) - fields == set()


class TestSchemaOfConditions:
    @pytest.mark.parametrize(
        "condition",
        [
            {"goal_role": "research_lead"},
            {"goal_role": ["research_lead", "undecided"]},
            {"timeline_years": {"gte": 5, "lt": 8}},
            {"timeline_years": 7.5},
            {"coding": {"gte": "solid"}},
            {"other_strength": {"not": ["none"]}},
            {"enjoys": {"has": "originating_ideas"}},
            {"enjoys": {"has_none": ["originating_ideas", "maths_theory"]}},
            {"new_agendas_needed": True},
            {"new_agendas_needed": "no"},
            {"phd_supervisor_research": {"lte": 2}},
            {"coding": "solid", "not": {"any": [{"goal_role": "undecided"}, {"all": [{"maths": "ok"}]}]}},
        ],
        ids=str,
    )
    def test_the_forms_of_the_rule_format_are_valid(self, problems: Problems, condition: object) -> None:
        assert problems("condition.json", condition) == []

    @pytest.mark.parametrize(
        "condition",
        [
            {},
            "coding",
            {"codign": "solid"},
            {"coding": "splendid"},
            {"coding": []},
            {"coding": {"above": "solid"}},
            {"goal_role": {"gte": "research_lead"}},
            {"timeline_years": {"lte": 101}},
            {"timeline_years": [5, 6]},
            {"enjoys": "originating_ideas"},
            {"enjoys": {"has": "originating_ideas", "has_none": ["maths_theory"]}},
            {"new_agendas_needed": {"gte": True}},
            {"phd_supervisor_research": 6},
            {"any": []},
            {"not": [{"coding": "solid"}]},
            {"any": [{"coding": {"gte": "splendid"}}]},
        ],
        ids=str,
    )
    def test_what_the_program_refuses_is_refused(self, problems: Problems, condition: object) -> None:
        assert problems("condition.json", condition)


def some_answers(question: Question) -> list[object]:
    """Every form in which a question can be answered."""
    low, high = question.bounds
    ranges: list[object] = [{"min": low, "max": high}, {"min": low, "max": high, "likely": low}]
    forms: dict[str, list[object]] = {
        "number": [low, high, (low + high) / 2, *ranges],
        "scale": [1, 5, [2, 3], *ranges],
        "yes_no": [True, "no", [True, False]],
        "multi": [[], list(question.values)],
        "choice": [*question.values, list(question.values)],
    }
    return [*forms[question.kind], "unknown", "not sure", None]


class TestSchemaOfAnswers:
    def test_every_form_of_every_answer_is_valid(self, base: RuleBase, problems: Problems) -> None:
        for question in base.questions.values():
            for answer in some_answers(question):
                assert problems("answers.json", {"answers": {question.id: answer}}) == [], (question.id, answer)

    def test_an_empty_template_is_valid(self, base: RuleBase, problems: Problems) -> None:
        assert problems("answers.json", read_yaml(answers_template(base))) == []

    @pytest.mark.parametrize("name", [name for name in FILES if name.startswith("cases/")])
    def test_every_case_is_an_answers_file(self, problems: Problems, name: str) -> None:
        assert problems("answers.json", read(name)) == []

    @pytest.mark.parametrize(
        "answers",
        [
            {"codign": "solid"},
            {"coding": "splendid"},
            {"coding": []},
            {"coding": {"min": "basic", "max": "solid"}},
            {"timeline_years": -1},
            {"timeline_years": [5, 6]},
            {"timeline_years": {"min": 5}},
            {"timeline_years": {"min": 5, "max": 15, "probably": 8}},
            {"phd_supervisor_research": 2.5},
            {"new_agendas_needed": "perhaps"},
            {"enjoys": "originating_ideas"},
        ],
        ids=str,
    )
    def test_an_answer_the_program_refuses_is_refused(self, problems: Problems, answers: object) -> None:
        assert problems("answers.json", {"answers": answers})

    def test_options_are_valid_and_what_the_program_refuses_of_them_is_not(self, problems: Problems) -> None:
        def found(*options: object) -> list[str]:
            return problems("answers.json", {"answers": {}, "options": [*options]})

        leeds = {"name": "Leeds", "path": "phd", "answers": {"phd_option": "offer"}}
        assert found() == found(leeds, {"name": 7, "path": "governance"}) == []
        assert problems("answers.json", {"answers": {}, "options": None}) == []
        for wrong in ({"path": "astronaut"}, {"answers": {"phd_option": "ofer"}}, {"name": ""}, {"salary": 1}):
            assert found({**leeds, **wrong}), wrong
        assert found({"name": "Leeds"})
        assert found(*[leeds] * 21)

    def test_a_question_outside_answers_is_refused(self, problems: Problems) -> None:
        assert problems("answers.json", {"answers": {}, "coding": "solid"})


class TestCommittedSchemas:
    def test_they_are_up_to_date(self, base: RuleBase) -> None:
        committed = {file.name: file.read_text(encoding="utf-8") for file in SCHEMAS.glob("*.json")}
        assert committed == schema_files(base), "run: pathfinder rules docs --out docs --modelines"


class TestModelines:
    def test_every_file_of_the_built_in_base_begins_with_the_way_to_its_schema(self) -> None:
        for name in FILES:
            first = (RULES / name).read_text(encoding="utf-8").splitlines()[0]
            schema = first.removeprefix("# yaml-language-server: $schema=")
            found = ((RULES / name).parent / schema).resolve()
            assert found == SCHEMAS / f"{kind_of(name)}.json", name

    def test_a_file_keeps_its_own_first_comment_below(self) -> None:
        made = with_modelines({"paths/a.yaml": "# About.\nid: a\n", "routes.yaml": "routes: []\n"}, "../docs/schema")
        assert made == {
            "paths/a.yaml": "# yaml-language-server: $schema=../../docs/schema/paths.json\n# About.\nid: a\n",
            "routes.yaml": "# yaml-language-server: $schema=../docs/schema/routes.json\nroutes: []\n",
        }

    def test_an_old_one_is_replaced(self) -> None:
        once = with_modelines({"routes.yaml": "routes: []\n"}, "elsewhere")
        assert with_modelines(once, "there") == {
            "routes.yaml": "# yaml-language-server: $schema=there/routes.json\nroutes: []\n"
        }

    def test_a_file_without_a_schema_is_left_alone(self) -> None:
        assert with_modelines({"notes.yaml": "a: 1\n", "drafts/x.yaml": "a: 1\n"}, "there") == {}

    def test_the_program_writes_them(self, run: Run, tmp_path: Path, rules_copy: Path) -> None:
        run("rules", "docs", str(rules_copy), "--out", str(tmp_path / "docs"), "--modelines")
        first = (rules_copy / "paths" / "phd.yaml").read_text(encoding="utf-8").splitlines()[0]
        assert first == "# yaml-language-server: $schema=../../docs/schema/paths.json"
