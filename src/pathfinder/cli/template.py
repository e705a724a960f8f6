"""`pathfinder template`: an answers file to fill in."""

from __future__ import annotations

import typer

from pathfinder.cli.options import RulesOption, rule_base


def template(rules: RulesOption = None) -> None:
    """Print an answers file to fill in. The questions stand in it as comments."""
    from pathfinder.report.questionnaire import answers_template

    typer.echo(answers_template(rule_base(rules)), nl=False)
