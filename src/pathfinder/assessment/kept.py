"""What can be worked out once for a rule base, as plain data that is kept with its compiled form.

Whoever scores by the base then looks things up that would otherwise be worked out on the way. It follows from the base
alone; without it, everything comes out the same, only later.
"""

from __future__ import annotations

from math import prod

from msgspec import Struct, msgpack

from pathfinder.answers.cells import AnyCheck, Cell
from pathfinder.assessment.cellbook import CellBook
from pathfinder.assessment.completions import Completer
from pathfinder.assessment.counts import Tables
from pathfinder.assessment.scoring import RuleScore, Scorer
from pathfinder.assessment.tables import KeptTable, Table
from pathfinder.rulebase.models import RuleBase

NAME = "assessment"
"""Under which it stands among the tables of a rule base."""

MOST_PATTERNS = 20_000
"""Parts with more patterns are left to be worked out as these occur."""


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


def worked_out(base: RuleBase) -> dict[str, bytes]:
    """The tables to keep with a rule base."""
    book = CellBook(base)
    tables, completer = Tables(base, Scorer(base), book), Completer(base, book=book)
    arguments = {rule: tables.argument(rule) for rule in base.rules}
    found = Kept(
        checks=book.checks,
        cells={key: tuple(book.open(key, given) for given in _shares(base, key)) for key in base.questions},
        drawn={key: tuple(completer.bitmaps(key, given) for given in _shares(base, key)) for key in base.questions},
        arguments={rule: table.work_out() for rule, table in arguments.items() if _is_small(table)},
        gates=tuple(gate.work_out() if _is_small(gate) else None for _, gate in tables.gates),
        roles=tuple(role.work_out() if _is_small(role) else None for role in tables.roles),
        shares_hang_on=tables.shares_hang_on,
    )
    return {NAME: msgpack.encode(found)}


def _shares(base: RuleBase, question: str) -> tuple[int, ...]:
    """The shares of a question: the places of its `given` ones, and -1 for its own."""
    return (*range(len(base.given.get(question, ()))), -1)


def _is_small(table: Table[RuleScore] | Table[bool | None]) -> bool:
    return prod(len(set(steps)) for steps in table.steps.values()) <= MOST_PATTERNS
