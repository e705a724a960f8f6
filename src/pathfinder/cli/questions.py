"""`pathfinder questions`: the questionnaire."""

from __future__ import annotations

import typer

from pathfinder.cli.options import ListFormat, ListFormatOption, OverlayOption, RulesOption, rule_base


def questions(
    format: ListFormatOption = ListFormat.TEXT, rules: RulesOption = None, overlay: OverlayOption = None
) -> None:
    """Print every question with its values. An answers file is written in them."""
    from pathfinder.report.questionnaire import questions_as_json, questions_as_text

    base = rule_base(rules, overlay)
    typer.echo(questions_as_json(base) if format is ListFormat.JSON else questions_as_text(base), nl=False)
