"""What all parts of a rule base share: they are frozen, cheap to define, and say what a file may hold.

A part is a class with annotated fields and no more. The annotations are told to `forms.py`, which reads rule files; a
program that only uses a rule base never loads that. They are not postponed here and in the modules of the parts, as
`from __future__ import annotations` would have it: to read them back from text takes longer than to define them all.
"""

from collections.abc import Callable
from enum import Enum
from typing import Annotated, Any, NamedTuple

from msgspec import Struct, field

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


class Limits(NamedTuple):
    """What a file may hold in a field: numbers from `ge` to `le`, or text of so many characters and of this pattern, or
    so many things in a list. A field that the file leaves out has its default, within the limits or not."""

    ge: float | None = None
    le: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None


class Checked(NamedTuple):
    """A check of a field's value that its type cannot express: it returns the value, or raises `ValueError`."""

    check: Callable[[Any], Any]


Identifier = Annotated[str, Limits(pattern=r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$", max_length=64)]
Text = Annotated[str, Limits(min_length=1), Reads.TEXT]
Points = Annotated[int, Limits(ge=-12, le=12)]
Claims = Annotated[tuple[str, ...], Limits(min_length=1)]
RawCondition = Annotated[dict[str, object], Reads.RAW_CONDITION]
When = Annotated[Condition, Reads.CONDITION]
"""A condition, parsed against the questions that the reader of the file knows."""


class Acceptable(Model, frozen=True, kw_only=True):
    """A part on which `pathfinder rules check` may have something to say.

    `accept` maps the code of a finding (PF105) to the reason why it is right here; docs/rule-findings.md lists them.
    """

    accept: dict[str, Text] = field(default_factory=dict)
