"""`pathfinder explain`: how a number came about."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pathfinder.cli.options import OverlayOption, RulesOption, rule_base
from pathfinder.cli.places import chosen


def explain(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An answers file, or - for standard input.")],
    subject: Annotated[
        str,
        typer.Argument(
            metavar="RULE|PATH|QUESTION", help="The id of an argument, a path or a question, or an option's name."
        ),
    ],
    option: Annotated[
        str | None,
        typer.Option("--option", metavar="NAME", help="As it is for this option of the file, with its answers."),
    ] = None,
    rules: RulesOption = None,
    overlay: OverlayOption = None,
) -> None:
    """Explain how a number came about. An argument, a gate, a path's score, an option in hand or what hangs on a
    question, down to the lines of the sources. Without --option it is as your own answers have it; an option's name
    alone explains its path so."""
    from pathfinder.report.explanation import explain as explanation
    from pathfinder.store.answers import read_sheet

    base = rule_base(rules, overlay)
    sheet = read_sheet(file, base.questions, base.path, base.criterion)
    place = chosen(sheet, [option], str(file))[0] if option is not None else None
    typer.echo(explanation(base, sheet, subject, place), nl=False)
