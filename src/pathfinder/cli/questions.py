"""`pathfinder questions`: the questionnaire."""

from __future__ import annotations

import typer

from pathfinder.cli.options import ListFormat, ListFormatOption, RulesOption, rule_base


def questions(format: ListFormatOption = ListFormat.TEXT, rules: RulesOption = None) -> None:
    """Print every question with its values: what an answers file can say."""
    from pathfinder.report.questionnaire import questions_as_json, questions_as_text

    base = rule_base(rules)
    typer.echo(questions_as_json(base) if format is ListFormat.JSON else questions_as_text(base), nl=False)
