"""`pathfinder rules audit`: what a rule base does to a population of plausible people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pathfinder.cli.exits import Exit
from pathfinder.cli.options import ListFormat, ListFormatOption, OverlayOption, rule_base_as_written


def audit(
    rules: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="The folder of a rule base; without it, the built-in one.")
    ] = None,
    format: ListFormatOption = ListFormat.TEXT,
    people: Annotated[
        int, typer.Option("--people", min=100, max=1_000_000, help="How many plausible people to draw.")
    ] = 20_000,
    seed: Annotated[int, typer.Option("--seed", help="Another seed draws other people.")] = 1,
    core: Annotated[
        int, typer.Option("--core", min=1, help="How many of them to look at with their core answers alone.")
    ] = 200,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            help="Exit with 1 if a path wins for fewer than one in ten, too many cross over, an argument counts for "
            "nobody or an expectation is broken.",
        ),
    ] = False,
    overlay: OverlayOption = None,
) -> None:
    """Show how often each path wins over plausible people, what moves verdicts, and which promises are broken."""
    from pathfinder.authoring.audit import audit as audited
    from pathfinder.report.audit_report import audit_as_json, audit_as_text

    base = rule_base_as_written(rules, overlay)
    found = audited(base, people, seed, core)
    typer.echo(audit_as_json(base, found) if format is ListFormat.JSON else audit_as_text(base, found), nl=False)
    if strict and found.failures:
        raise typer.Exit(Exit.FINDINGS)
