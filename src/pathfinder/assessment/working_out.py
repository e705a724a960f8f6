"""Working out beforehand what assessing by a rule base looks up again and again (`scoring/kept.py`)."""

from __future__ import annotations

from math import prod

from msgspec import msgpack

from pathfinder.assessment.completions.completing import Completer
from pathfinder.assessment.scoring.cellbook import CellBook
from pathfinder.assessment.scoring.counts import Tables
from pathfinder.assessment.scoring.kept import NAME, Kept
from pathfinder.assessment.scoring.scorer import RuleScore, Scorer
from pathfinder.assessment.scoring.tables import Table
from pathfinder.rulebase.models import RuleBase

MOST_PATTERNS = 20_000
"""Parts with more patterns are left to be worked out as these occur."""


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
