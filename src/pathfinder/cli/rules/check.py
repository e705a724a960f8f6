"""`pathfinder rules check`: whether a rule base holds together."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pathfinder.cli.exits import Exit
from pathfinder.cli.options import ListFormat, ListFormatOption, OverlayOption, rule_base_as_written


def check(
    rules: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="The folder of a rule base; without it, the built-in one.")
    ] = None,
    format: ListFormatOption = ListFormat.TEXT,
    overlay: OverlayOption = None,
    codes: Annotated[bool, typer.Option("--codes", help="Explain every kind of finding, and check nothing.")] = False,
) -> None:
    """Find what is probably wrong with a rule base that loads: cases that nobody reaches, points made twice, ..."""
    from pathfinder.authoring.check import check as findings_of
    from pathfinder.report.findings import findings_json, findings_page, findings_text

    if codes:
        typer.echo(findings_page(), nl=False)
        return
    base = rule_base_as_written(rules, overlay)
    found = findings_of(base)
    typer.echo(findings_json(base, found) if format is ListFormat.JSON else findings_text(base, found))
    if any(not finding.accepted for finding in found):
        raise typer.Exit(Exit.FINDINGS)
