"""`pathfinder questions`: the questionnaire."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pathfinder.cli.options import OverlayOption, RulesOption, rule_base


class QuestionsFormat(StrEnum):
    """Form of the questionnaire."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def questions(
    format: Annotated[QuestionsFormat, typer.Option("--format", help="Form of the listing.")] = QuestionsFormat.TEXT,
    rules: RulesOption = None,
    overlay: OverlayOption = None,
) -> None:
    """Print every question with its values. An answers file is written in them, and so is a table of people, to which
    the csv form is the key: a line for each column."""
    base = rule_base(rules, overlay)
    match format:
        case QuestionsFormat.TEXT:
            from pathfinder.report.questionnaire import questions_as_text

            typer.echo(questions_as_text(base), nl=False)
        case QuestionsFormat.JSON:
            from pathfinder.report.questionnaire import questions_as_json

            typer.echo(questions_as_json(base), nl=False)
        case QuestionsFormat.CSV:
            from pathfinder.report.spreadsheet import questions_table

            typer.echo(questions_table(base), nl=False)
