"""`pathfinder rules mutate`: whether the known people would notice a slip in the rules."""

from __future__ import annotations

from typing import Annotated

import typer

from pathfinder.cli.exits import Exit
from pathfinder.cli.options import ListFormat, ListFormatOption, OverlayOption, rule_base_as_written
from pathfinder.cli.rules.people import CasesOption, RulesArgument, known_people


def mutate(
    rules: RulesArgument = None,
    cases: CasesOption = None,
    least: Annotated[
        float,
        typer.Option("--least", min=0, max=100, help="Exit with 1 if fewer than this percentage are noticed."),
    ] = 0,
    format: ListFormatOption = ListFormat.TEXT,
    overlay: OverlayOption = None,
) -> None:
    """Change one thing at a time in memory, and list the changes that no known person notices."""
    from pathfinder.authoring.mutation import analyse
    from pathfinder.report.mutation_report import mutation_as_json, mutation_as_text

    base = rule_base_as_written(rules, overlay)
    found = analyse(base, known_people(rules, cases, base))
    typer.echo(mutation_as_text(base, found) if format is ListFormat.TEXT else mutation_as_json(base, found), nl=False)
    if found.share * 100 < least:
        raise typer.Exit(Exit.FINDINGS)
