"""What all models of the rule base share: frozen, strict about keys, silent about input in errors."""

from __future__ import annotations

from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetPydanticSchema,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError, core_schema

from pathfinder.cleaning import clean
from pathfinder.rulebase.condition_parsing import ConditionError, parse_condition
from pathfinder.rulebase.conditions import Condition


class Model(BaseModel):
    """A frozen part of the rule base; unknown keys are errors."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, allow_inf_nan=False, arbitrary_types_allowed=True
    )


Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$", max_length=64)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(clean)]
Points = Annotated[int, Field(ge=-12, le=12)]
_CONDITION = WithJsonSchema({"type": "object", "format": "condition"})
"""How a condition stands in a model's JSON Schema; `authoring/schemas.py` puts the real one in its place."""
RawCondition = Annotated[dict[str, object], _CONDITION]


def _parse(raw: object, info: core_schema.ValidationInfo) -> Condition:
    questions = (info.context or {}).get("questions", {})
    try:
        return parse_condition(raw, questions)
    except ConditionError as error:
        raise PydanticCustomError("condition", "{text}", {"text": "; ".join(error.reasons)}) from None


When = Annotated[
    Condition,
    GetPydanticSchema(lambda _type, _handler: core_schema.with_info_plain_validator_function(_parse)),
    _CONDITION,
]
"""A condition, parsed against the questions in the validation context."""


class Acceptable(Model):
    """A part on which `pathfinder rules check` may have something to say.

    `accept` maps the code of a finding (PF105) to the reason why it is right here; docs/rule-findings.md lists them.
    """

    accept: dict[str, Text] = Field(default_factory=dict)
