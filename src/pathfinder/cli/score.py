"""`pathfinder score`: an answers file in, a comparison out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pathfinder.cli.options import (
    Color,
    ColorOption,
    ForceOption,
    Format,
    FormatOption,
    FullOption,
    KeepOption,
    OverlayOption,
    RedactOption,
    ReportOption,
    RulesOption,
    WeighOption,
    rule_base,
    weighing,
)


def score(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="An answers file (YAML or JSON), or - for standard input.")
    ],
    format: FormatOption = Format.TEXT,
    report: ReportOption = None,
    full: FullOption = False,
    weigh: WeighOption = None,
    keep: KeepOption = None,
    redact: RedactOption = False,
    force: ForceOption = False,
    rules: RulesOption = None,
    overlay: OverlayOption = None,
    color: ColorOption = Color.AUTO,
) -> None:
    """Score an answers file. The comparison is printed as text, Markdown or JSON."""
    from pathfinder.assessment.assess import assess
    from pathfinder.store.answers import read_sheet

    base = rule_base(rules, overlay)
    whole = full or report is not None or format is Format.MARKDOWN
    sheet = weighing(read_sheet(file, base.questions, base.path, base.criterion), weigh, base)
    assessment = whole_assessment = assess(base, sheet, full=whole)
    if redact:
        from pathfinder.assessment.redaction import redacted

        assessment = redacted(base, sheet, assessment)
    for notice in assessment.notices:
        typer.echo(f"pathfinder: {notice}", err=True)
    if report is not None:
        from pathfinder.report.markdown import to_markdown
        from pathfinder.store.files import write_text

        write_text(report, to_markdown(assessment, date.today()), overwrite=force)
        typer.echo(f"pathfinder: the report is in {report}", err=True)
    if keep is not None:
        from pathfinder.report.keeping import Keeper

        typer.echo(f"pathfinder: {Keeper(keep, base.questions).keep(sheet, whole_assessment)}", err=True)
    match format:
        case Format.JSON:
            from pathfinder.report.json_form import to_json

            typer.echo(to_json(assessment))
        case Format.MARKDOWN:
            from pathfinder.report.markdown import to_markdown

            typer.echo(to_markdown(assessment, date.today()), nl=False)
        case Format.TEXT:
            from pathfinder.terminal.console import console
            from pathfinder.terminal.result_screen import show_result

            show_result(console(color=color.value), assessment, full=full)
