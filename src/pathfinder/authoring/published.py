"""The schemas that other programs are given (`pathfinder schema`): JSON Schema 2020-12, each whole in itself.

Those of answers and of rule files are the ones editors use (`schemas.py`), with everything they refer to under
`$defs`. The one of an assessment is read off the classes of `assessment/results/assessment.py`.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from pathfinder.assessment.results.assessment import Assessment
from pathfinder.authoring.answer_schemas import Schema
from pathfinder.authoring.file_kinds import KINDS, MODELS
from pathfinder.authoring.schemas import compact, schemas
from pathfinder.errors import nearest, refused
from pathfinder.rulebase.forms import form
from pathfinder.rulebase.models import RuleBase

DRAFT = "https://json-schema.org/draft/2020-12/schema"
PARTS = (*MODELS, "condition")
"""The kinds of file in a rule base, and what stands in many of them."""

SINGLE = (
    "rulebase",
    "sources",
    "experiments",
    "routes",
    "tensions",
    "other_roles",
    "topics",
    "disputes",
    "expectations",
)
"""The kinds of which a rule base has one file, `KIND.yaml`; of the others it has a folder of them."""

REQUIRED = ("rulebase", "sources", "experiments", "routes", "tensions", "other_roles")
"""The single files that no rule base can be without."""


def answers_document(base: RuleBase) -> str:
    """The schema of an answers file for this rule base."""
    return _text(_whole(base, {"$ref": "answers.json"}), base)


def rules_document(base: RuleBase, part: str | None = None) -> str:
    """The schema of one kind of rule file, or of a whole rule base given as one object from file name to content.

    Conditions in it know the questions of `base`. Raises `InputError` where there is no such kind.
    """
    if part is not None and part not in PARTS:
        raise refused(f"there is no part '{part}'", nearest(part, PARTS) or f"It is one of: {', '.join(PARTS)}")
    return _text(_whole(base, _all_files() if part is None else {"$ref": f"{part}.json"}), base)


def assessment_document() -> str:
    """The schema of what `pathfinder score --format json` writes; a later version may add keys."""
    found: Schema = form(Assessment).model_json_schema(mode="serialization", schema_generator=_Generator)
    parts = found.pop("$defs")
    assert isinstance(parts, dict)
    properties = found["properties"]
    assert isinstance(properties, dict)
    properties["schema_version"] = {"description": "Of this form; another number, another form.", "const": 1}
    made = {**_told(found), "$defs": {name: _told(part) for name, part in sorted(parts.items())}}
    return _text(made)


def _text(schema: Schema, base: RuleBase | None = None) -> str:
    made: Schema = {"$schema": DRAFT}
    if base is not None:
        made["$comment"] = f"For the rule base '{base.general.title}', version {base.general.version}."
    return compact({**made, **schema}) + "\n"


def _told(schema: Mapping[str, object]) -> Schema:
    """A class's schema with its docstring as one paragraph a line."""
    about = inspect.cleandoc(str(schema.get("description", ""))).split("\n\n")
    return {**schema, "description": "\n".join(" ".join(one.split()) for one in about)}


class _Generator(GenerateJsonSchema):
    """Schemas of what the program writes: every field is there, and names speak for themselves."""

    def field_is_required(self, field: object, total: bool) -> bool:  # noqa: ARG002
        """The program leaves no field out."""
        return True

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Schema:
        """A default says nothing about what is written."""
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        """No titles made up from field names."""
        return False


def _all_files() -> Schema:
    """A rule base as one object: every file by its name, with what it holds."""
    return {
        "title": "RuleBase",
        "description": "A whole rule base: the content of each file, by its name in the folder.",
        "type": "object",
        "properties": {f"{kind}.yaml": {"$ref": f"{kind}.json"} for kind in SINGLE},
        "patternProperties": {
            f"^{kind}/[^/]+\\.yaml$": {"$ref": f"{kind}.json"} for kind in KINDS if kind not in SINGLE
        },
        "required": [f"{kind}.yaml" for kind in REQUIRED],
        "additionalProperties": False,
    }


def _whole(base: RuleBase, root: Schema) -> Schema:
    """A schema with every schema it needs under `$defs`, so that no reference leads out of it."""
    known = schemas(base)
    defs: dict[str, object] = {}
    for name, schema in known.items():
        parts = schema.get("$defs", {})
        assert isinstance(parts, dict)
        inner = {key: one for key, one in schema.items() if key != "$defs"}
        for key, part in {**parts, _title(known, name): inner}.items():
            defs[key] = _pointed(part, known, name)
    made = _pointed(root, known, "")
    assert isinstance(made, dict)
    needed = _needed(made, defs)
    return {**made, "$defs": {key: one for key, one in sorted(defs.items()) if key in needed}}


def _title(known: Mapping[str, Schema], name: str) -> str:
    """What a file's schema is called under `$defs`: its title, which no question id can be."""
    return str(known[name]["title"])


def _pointed(node: object, known: Mapping[str, Schema], name: str) -> object:
    """A part of the schema file `name` with every reference leading to its place under `$defs`."""
    if isinstance(node, list):
        return [_pointed(one, known, name) for one in node]
    if not isinstance(node, dict):
        return node
    found = {key: _pointed(one, known, name) for key, one in node.items()}
    reference = node.get("$ref")
    if isinstance(reference, str) and not reference.startswith("#/$defs/"):
        file, _, inside = reference.partition("#")
        found["$ref"] = f"#/$defs/{_title(known, file or name)}{inside}"
    return found


def _needed(root: Schema, defs: Mapping[str, object]) -> set[str]:
    """The names under `$defs` that a schema leads to."""
    found: set[str] = set()
    waiting: list[object] = [root]
    while waiting:
        for name in _references(waiting.pop()):
            if name not in found:
                found.add(name)
                waiting.append(defs[name])
    return found


def _references(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _references(one)
    elif isinstance(node, dict):
        reference = node.get("$ref")
        if isinstance(reference, str):
            yield reference.removeprefix("#/$defs/").partition("/")[0]
        for one in node.values():
            yield from _references(one)
