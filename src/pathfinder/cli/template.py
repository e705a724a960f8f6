"""`pathfinder template`: something to write answers into."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pathfinder.cli.options import RulesOption, rule_base


class TemplateFormat(StrEnum):
    """What the answers are written into."""

    YAML = "yaml"
    CSV = "csv"
    FORM = "form"


def template(
    format: Annotated[
        TemplateFormat,
        typer.Option(
            "--format",
            help="An answers file (yaml), the header of a table of people (csv), or a Markdown form to send (form).",
        ),
    ] = TemplateFormat.YAML,
    rules: RulesOption = None,
) -> None:
    """Print something to write answers into. An answers file with the questions as comments, the header of a table with
    a line for each person ('pathfinder questions --format csv' says what its columns take), or a form to send to
    somebody."""
    base = rule_base(rules)
    match format:
        case TemplateFormat.YAML:
            from pathfinder.report.questionnaire import answers_template

            typer.echo(answers_template(base), nl=False)
        case TemplateFormat.CSV:
            from pathfinder.report.spreadsheet import answers_header

            typer.echo(answers_header(base), nl=False)
        case TemplateFormat.FORM:
            from pathfinder.report.form import answers_form

            typer.echo(answers_form(base), nl=False)
