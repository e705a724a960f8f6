"""`pathfinder rules coverage`: what the known people reach of a rule base."""

from __future__ import annotations

from typing import Annotated

import typer

from pathfinder.cli.exits import Exit
from pathfinder.cli.options import ListFormat, ListFormatOption, OverlayOption, rule_base_as_written
from pathfinder.cli.rules.people import CasesOption, RulesArgument, known_people


def coverage(
    rules: RulesArgument = None,
    cases: CasesOption = None,
    full: Annotated[bool, typer.Option("--full", help="Name the people for everything that is reached.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 unless everything is reached.")] = False,
    format: ListFormatOption = ListFormat.TEXT,
    overlay: OverlayOption = None,
) -> None:
    """Show which claims are used, and which cases, gates and sides of thresholds some known person reaches."""
    from pathfinder.authoring.coverage import measure
    from pathfinder.report.coverage_report import coverage_as_json, coverage_as_text

    base = rule_base_as_written(rules, overlay)
    found = measure(base, known_people(rules, cases, base))
    as_text = format is ListFormat.TEXT
    typer.echo(coverage_as_text(base, found, full=full) if as_text else coverage_as_json(base, found), nl=False)
    if strict and not found.full:
        raise typer.Exit(Exit.FINDINGS)
