"""What a rule base promises about itself: answers that never hurt a path, and groups that seldom cross over."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from pathfinder.rulebase.arguments import Claims
from pathfinder.rulebase.base import Acceptable, Identifier, Text, When


def _as_list(raw: object) -> object:
    return [raw] if isinstance(raw, str) else raw


Names = Annotated[
    tuple[Identifier, ...],
    BeforeValidator(_as_list, json_schema_input_type=str | list[str]),
    Field(min_length=1),
]
"""One id, or a list of them."""

Direction = Literal["never_falls", "never_rises"]


class Expectation(Acceptable):
    """As the answer to `question` goes up its scale, and nothing else changes, the score of `path` never falls
    (or never rises), and no gate closes (or opens), wherever `given` holds.

    Up is: larger numbers and scale points, later values of an ordered choice, yes after no. With several
    questions or paths it is expected of each question on each path.
    """

    id: Identifier
    question: Names
    path: Names
    direction: Direction
    given: When | None = None
    because: Text
    claims: Claims = Field(min_length=1)


class Crossing(Acceptable):
    """Of the plausible people in whom `among` holds and whose verdict names a path, at most a share `at_most`
    (0 to 1) may come out at one of the paths in `winner`."""

    id: Identifier
    among: When
    winner: Names
    at_most: float = Field(ge=0, le=1)
    because: Text
