"""What can be worked out once for a rule base, as plain data that is kept with its compiled form.

Whoever scores by the base then looks things up that would otherwise be worked out on the way. It follows from the base
alone (`working_out.py`); without it, everything comes out the same, only later.
"""

from __future__ import annotations

from msgspec import Struct, msgpack

from pathfinder.answers.cells import AnyCheck, Cell
from pathfinder.assessment.scoring.scorer import RuleScore
from pathfinder.assessment.scoring.tables import KeptTable
from pathfinder.rulebase.models import RuleBase

NAME = "assessment"
"""Under which it stands among the tables of a rule base."""


class Kept(Struct, frozen=True, array_like=True):
    """Everything worked out.

    `checks` are made on each question; `cells` are the kinds of answer to it, by each of its `given` shares in turn and
    last by its own; `drawn` the people who are drawn to give each of these, as bitmaps of bytes. `arguments` by id, and
    `gates` and `roles` in the order of the base, are tables.
    """

    checks: dict[str, tuple[AnyCheck, ...]]
    cells: dict[str, tuple[tuple[Cell, ...], ...]]
    drawn: dict[str, tuple[tuple[bytes, ...], ...]]
    arguments: dict[str, KeptTable[RuleScore]]
    gates: tuple[KeptTable[bool | None] | None, ...]
    roles: tuple[KeptTable[bool | None] | None, ...]
    shares_hang_on: dict[str, frozenset[str]]


def kept_with(base: RuleBase) -> Kept | None:
    """What is kept with a rule base; None where nothing is."""
    raw = base.tables.get(NAME)
    return msgpack.decode(raw, type=Kept) if raw is not None else None
