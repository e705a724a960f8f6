"""The known people of a rule base, as the verbs that need them find them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pathfinder.rulebase.models import RuleBase
    from pathfinder.store.cases import KnownCase

RulesArgument = Annotated[
    Path | None, typer.Argument(metavar="DIR", help="The folder of a rule base; without it, the built-in one.")
]
CasesOption = Annotated[
    Path | None, typer.Option("--cases", metavar="DIR", help="Other known people than those in the base's cases/.")
]


def known_people(rules: Path | None, cases: Path | None, base: RuleBase) -> tuple[KnownCase, ...]:
    """The people in `cases`, or else in the folder `cases` of the rule base. Raises `InputError` if there are none."""
    from pathfinder.store.cases import read_cases
    from pathfinder.store.rules import built_in_folder

    folder = cases if cases is not None else (rules if rules is not None else built_in_folder()) / "cases"
    return read_cases(folder, base.questions)
