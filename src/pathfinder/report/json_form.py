"""An assessment as JSON, and back: the output contract, schema version 1."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping

import msgspec

from pathfinder.assessment.results.assessment import Assessment
from pathfinder.cleaning import clean
from pathfinder.errors import InputError, Problem, refused

SCHEMA_VERSION = 1
_REMEDY = "Give a file that 'pathfinder score FILE --format json' wrote"
_MOST_SHOWN = 10


def to_json(assessment: Assessment) -> str:
    """The whole assessment as one JSON object; the same assessment always gives the same text.

    Every number in it is finite.
    """
    text = msgspec.json.format(msgspec.json.encode(assessment), indent=2).decode() + "\n"
    # No text in it has a line break, so whatever stands before one is a number.
    if "0.0000" in text or _EXPONENT.search(text):
        text = _SMALL_OR_LARGE.sub(lambda found: f" {_as_python_writes(found[1])}{found[2]}\n", text)
    text = text.replace(" -0.0,\n", " 0,\n").replace(" -0.0\n", " 0\n")
    return text.replace(".0,\n", ",\n").replace(".0\n", "\n")[:-1]


_EXPONENT = re.compile(r"[0-9]e[-+]?[0-9]+,?\n")
_SMALL_OR_LARGE = re.compile(r" (-?(?:0\.0000[0-9]+|[0-9][0-9.]*e[-+]?[0-9]+))(,?)\n")
"""A very small or very large number, of which there is more than one way of writing it."""


def _as_python_writes(number: str) -> str:
    value = float(number)
    return str(int(value)) if value.is_integer() else repr(value)


def json_text(value: object) -> str:
    """The JSON of records, mappings, sequences, text and numbers: what `to_json` writes, for any value."""
    import json

    return json.dumps(plain(value), indent=2, ensure_ascii=False, allow_nan=False)


def plain(value: object) -> object:
    """Records in JSON's own types; whole numbers without a decimal point, so that reading and writing again
    changes nothing."""
    if isinstance(value, msgspec.Struct):
        return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def from_json(text: str) -> Assessment:
    """A saved assessment, cleaned of control characters, complete enough to be rendered without its rule base.

    Raises `InputError` when the text is not one, or is of another schema version.
    """
    found, cleaned = _parsed(text)
    version = found.get("schema_version")
    if version != SCHEMA_VERSION or isinstance(version, bool):
        raise refused(
            f"this is not a saved assessment of schema version {SCHEMA_VERSION}", _REMEDY, key="schema_version"
        )
    assessment = _validated(cleaned)
    problems = _inconsistent(assessment)
    if problems:
        raise InputError(problems)
    return assessment


def _parsed(text: str) -> tuple[dict[str, object], str]:
    """The object that the text holds, and the same as clean JSON."""
    import json

    try:
        found = _cleaned(json.loads(text, parse_constant=_refuse))
        cleaned = json.dumps(found, allow_nan=False)
    except (ValueError, RecursionError):
        raise refused("this is not JSON that can be read", _REMEDY) from None
    if not isinstance(found, dict):
        raise refused("this is not a saved assessment", _REMEDY)
    return found, cleaned


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is not JSON")


def _cleaned(value: object) -> object:
    match value:
        case str():
            return clean(value)
        case dict():
            return {clean(key): _cleaned(one) for key, one in value.items()}
        case list():
            return [_cleaned(one) for one in value]
        case _:
            return value


def _validated(text: str) -> Assessment:
    from pydantic import ValidationError

    from pathfinder.rulebase.forms import read_json

    try:
        return read_json(Assessment, text)
    except ValidationError as error:
        wrong = error.errors(include_input=False, include_url=False, include_context=False)[:_MOST_SHOWN]
        raise InputError(
            Problem(one["msg"][:1].lower() + one["msg"][1:], _REMEDY, key=".".join(map(str, one["loc"])))
            for one in wrong
        ) from None


def _inconsistent(assessment: Assessment) -> list[Problem]:
    """What a reader of an assessment relies on, beyond its types."""
    paths = [path.id for path in assessment.paths]
    if not paths:
        return [Problem("a saved assessment compares at least one path", _REMEDY, key="paths")]
    named = {"path": assessment.verdict.path, "runner_up": assessment.verdict.runner_up}
    astray = [f"verdict.{key}" for key, path in named.items() if path is not None and path not in paths]
    astray += [f"options.{place}.path" for place, one in enumerate(assessment.options) if one.path not in paths]
    problems = [Problem("this names no path of the assessment", _REMEDY, key=key) for key in astray]
    ranked = sorted((one.kind, one.id) for one in assessment.standings)
    wanted = [("option", one.name) for one in assessment.options] + [("path", path) for path in paths]
    if ranked != (sorted(wanted) if assessment.options else []):
        problems.append(Problem("this does not rank every option and path once", _REMEDY, key="standings"))
    return problems
