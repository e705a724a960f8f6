"""What files may hold: a pydantic model made from a record's own annotations, which reports everything that is wrong.

The parts of a rule base, and the records of an assessment, stand once, in their own modules. What is here follows from
them, and is loaded only where files are read or described. A form is validated as pydantic does it; what comes out is
the record itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin

from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetPydanticSchema,
    StringConstraints,
    TypeAdapter,
    WithJsonSchema,
    create_model,
)
from pydantic_core import PydanticCustomError, core_schema

from pathfinder.cleaning import clean
from pathfinder.rulebase.base import Checked, Limits, Model, Reads
from pathfinder.rulebase.condition_parsing import ConditionError, parse_condition
from pathfinder.rulebase.conditions import Condition

P = TypeVar("P", bound=Model)
S = TypeVar("S", bound=Struct)


class Form(BaseModel):
    """What the forms of all parts share: unknown keys are errors, and errors are silent about the input."""

    model_config = ConfigDict(
        extra="forbid", hide_input_in_errors=True, allow_inf_nan=False, arbitrary_types_allowed=True
    )


class OpenForm(BaseModel):
    """The same for records that a later version may add to: unknown keys are passed over."""

    model_config = ConfigDict(hide_input_in_errors=True)


def read_part(kind: type[P], data: object, context: Mapping[str, object] | None = None) -> P:
    """The part that some plain data describes; `context` holds the `questions` that its conditions can look at.

    Raises pydantic's `ValidationError` with everything that is wrong.
    """
    found: P = _adapter(kind).validate_python(data, context=dict(context or {}))
    return found


def read_json(kind: type[S], text: str) -> S:
    """The record that a JSON text describes, with exactly the types that it should have.

    Raises pydantic's `ValidationError` with everything that is wrong.
    """
    found: S = _adapter(kind).validate_json(text, strict=True)
    return found


@cache
def _adapter(kind: type[Struct]) -> TypeAdapter[Any]:
    return TypeAdapter(_read(kind))


@cache
def form(kind: type[Struct]) -> type[BaseModel]:
    """The model of what a file may hold for this kind of record."""
    base = Form if issubclass(kind, Model) else OpenForm
    told: dict[str, Any] = {one.name: (_read(one.type), _field(one)) for one in fields(kind)}
    return create_model(kind.__name__, __base__=base, __doc__=kind.__doc__, __module__=kind.__module__, **told)


def _field(one: FieldInfo) -> Any:
    alias = one.encode_name if one.encode_name != one.name else None
    if one.default is not NODEFAULT:
        return Field(default=one.default, alias=alias)
    if one.default_factory is not NODEFAULT:
        return Field(default_factory=cast(Any, one.default_factory), alias=alias)
    return Field(alias=alias)


def _read(hint: Any) -> Any:
    """The annotation by which pydantic reads a field that is annotated with `hint`."""
    origin = get_origin(hint)
    if origin is Annotated:
        bare, *told = get_args(hint)
        if Reads.CONDITION in told:
            return _WHEN
        return reduce(lambda made, one: Annotated[made, *_ways(one)], told, _read(bare))
    if origin in (Union, UnionType):
        return reduce(or_, (_read(one) for one in get_args(hint)))
    if origin in (tuple, dict) or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return origin[tuple(one if one is ... else _read(one) for one in get_args(hint))]
    if isinstance(hint, type) and issubclass(hint, Struct):
        return Annotated[form(hint), AfterValidator(lambda filled: _part(hint, filled))]
    return hint


def _part(kind: type[S], filled: BaseModel) -> S:
    """The record that a filled-in form describes. Raises `ValueError` where its values do not go together."""
    part = kind(**{name: getattr(filled, name) for name in kind.__struct_fields__})
    if isinstance(part, Model):
        part.check()
    return part


def _ways(told: object) -> tuple[Any, ...]:
    """What pydantic is told about a field for one thing that its annotation says."""
    match told:
        case Limits():
            return (Field(**{name: limit for name, limit in told._asdict().items() if limit is not None}),)
        case Checked(check):
            return (AfterValidator(check),)
        case Reads():
            return _READS[told]
    raise TypeError(f"nothing is known of {told!r}")


def _as_list(raw: object) -> object:
    return [raw] if isinstance(raw, str) else raw


_CONDITION = WithJsonSchema({"type": "object", "format": "condition"})
"""How a condition stands in a form's JSON Schema; `authoring/schemas.py` puts the real one in its place."""

_READS: dict[Reads, tuple[Any, ...]] = {
    Reads.TEXT: (StringConstraints(strip_whitespace=True), AfterValidator(clean)),
    Reads.RAW_CONDITION: (_CONDITION,),
    Reads.NAMES: (BeforeValidator(_as_list, json_schema_input_type=str | list[str]),),
}


def _parse(raw: object, info: core_schema.ValidationInfo) -> Condition:
    questions = (info.context or {}).get("questions", {})
    try:
        return parse_condition(raw, questions)
    except ConditionError as error:
        raise PydanticCustomError("condition", "{text}", {"text": "; ".join(error.reasons)}) from None


_WHEN = Annotated[
    Condition,
    GetPydanticSchema(lambda _type, _handler: core_schema.with_info_plain_validator_function(_parse)),
    _CONDITION,
]
