"""What all parts of a rule base share: they are frozen, cheap to define, and say what a file may hold.

A part is a class with annotated fields and no more. The annotations are told to `forms.py`, which reads rule files; a
program that only uses a rule base never loads that. They are not postponed here and in the modules of the parts, as
`from __future__ import annotations` would have it: to read them back from text takes longer than to define them all.
"""

from collections.abc import Callable
from enum import Enum
from typing import Annotated, Any, NamedTuple

from msgspec import Meta, Struct, field

from pathfinder.rulebase.conditions import Condition


class Model(Struct, frozen=True, kw_only=True, array_like=True):
    """A frozen part of the rule base; in a file, unknown keys are errors."""

    def check(self) -> None:
        """Raise `ValueError` where values do not go together that are right by themselves; called for what a file
        holds."""


class Reads(Enum):
    """How what stands in a file becomes the value of a field, where its type does not say it."""

    TEXT = "without blanks around it and without control characters"
    CONDITION = "parsed against the questions"
    RAW_CONDITION = "left as it stands, to be parsed by the loader"
    NAMES = "one, or a list of them"


class Checked(NamedTuple):
    """A check of a field's value that its type cannot express: it returns the value, or raises `ValueError`."""

    check: Callable[[Any], Any]


Identifier = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$", max_length=64)]
Text = Annotated[str, Meta(min_length=1), Reads.TEXT]
Points = Annotated[int, Meta(ge=-12, le=12)]
Claims = Annotated[tuple[str, ...], Meta(min_length=1)]
RawCondition = Annotated[dict[str, object], Reads.RAW_CONDITION]
When = Annotated[Condition, Reads.CONDITION]
"""A condition, parsed against the questions that the reader of the file knows."""


class Acceptable(Model, frozen=True, kw_only=True):
    """A part on which `pathfinder rules check` may have something to say.

    `accept` maps the code of a finding (PF105) to the reason why it is right here; docs/rule-findings.md lists them.
    """

    accept: dict[str, Text] = field(default_factory=dict)
