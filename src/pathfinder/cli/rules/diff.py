"""`pathfinder rules diff`: what differs between two rule bases, and for whom it matters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.cli.options import ListFormat, ListFormatOption, OverlayOption, rule_base_as_written
from pathfinder.errors import refused

if TYPE_CHECKING:
    from pathfinder.rulebase.models import RuleBase
    from pathfinder.store.cases import KnownCase


def diff(
    old: Annotated[
        Path | None, typer.Argument(metavar="OLD", help="The folder of a rule base; without it, the built-in one.")
    ] = None,
    new: Annotated[
        Path | None, typer.Argument(metavar="NEW", help="Another folder; without it, OLD against --overlay.")
    ] = None,
    cases: Annotated[
        Path | None, typer.Option("--cases", metavar="DIR", help="Known people to try; else those of the new base.")
    ] = None,
    population: Annotated[
        int, typer.Option("--population", min=0, max=1_000_000, help="Also try so many plausible people.")
    ] = 0,
    seed: Annotated[int, typer.Option("--seed", help="Another seed draws other people.")] = 1,
    format: ListFormatOption = ListFormat.TEXT,
    overlay: OverlayOption = None,
) -> None:
    """Show what changed from OLD to NEW, and for whom the verdict flips because of which change."""
    if new is None and overlay is None:
        raise refused("there is nothing to compare with", "Name two folders, or an --overlay")
    from pathfinder.authoring.effects import effects
    from pathfinder.report.diff_report import diff_as_json, diff_as_text

    before = rule_base_as_written(old)
    after = rule_base_as_written(new if new is not None else old, overlay)
    found = effects(before, after, _known(cases, new if new is not None else old, after), population, seed)
    write = diff_as_json if format is ListFormat.JSON else diff_as_text
    typer.echo(write(before, after, found), nl=False)


def _known(cases: Path | None, folder: Path | None, base: RuleBase) -> tuple[KnownCase, ...]:
    """The people in a folder of cases; those of the rule base itself where none is named, if it has any."""
    from pathfinder.store.cases import read_cases
    from pathfinder.store.rules import built_in_folder

    own = (folder if folder is not None else built_in_folder()) / "cases"
    if cases is None and not own.is_dir():
        return ()
    return read_cases(cases if cases is not None else own, base.questions)
