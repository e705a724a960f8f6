"""`pathfinder explain`: how a number came about."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pathfinder.cli.options import OverlayOption, RulesOption, rule_base


def explain(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An answers file, or - for standard input.")],
    subject: Annotated[
        str, typer.Argument(metavar="RULE|PATH|QUESTION", help="The id of an argument, a path or a question.")
    ],
    rules: RulesOption = None,
    overlay: OverlayOption = None,
) -> None:
    """Explain how a number came about. An argument, a gate, a path's score or what hangs on a question, down to the
    lines of the sources."""
    from pathfinder.report.explanation import explain as explanation
    from pathfinder.store.answers import read_sheet

    base = rule_base(rules, overlay)
    typer.echo(explanation(base, read_sheet(file, base.questions, base.path, base.criterion), subject), nl=False)
