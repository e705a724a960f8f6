"""`pathfinder rules test`: whether the known people get what they should."""

from __future__ import annotations

from typing import Annotated

import typer

from pathfinder.cli.exits import Exit
from pathfinder.cli.options import ListFormat, ListFormatOption, OverlayOption, rule_base_as_written
from pathfinder.cli.rules.people import CasesOption, RulesArgument, known_people


def try_cases(
    rules: RulesArgument = None,
    cases: CasesOption = None,
    full: Annotated[bool, typer.Option("--full", help="Also show where the paths stand for those who pass.")] = False,
    format: ListFormatOption = ListFormat.TEXT,
    overlay: OverlayOption = None,
) -> None:
    """Try every known person; for each who fails, say which arguments decided. Exit code 1 if any fails."""
    from datetime import date

    from pathfinder.answers.sheet import AnswerSheet
    from pathfinder.assessment.assess import Assessor
    from pathfinder.authoring.casework import run_cases
    from pathfinder.report.casework_report import casework_as_json, casework_as_text
    from pathfinder.report.markdown import to_markdown

    base = rule_base_as_written(rules, overlay)
    assessor = Assessor(base)

    def report(sheet: AnswerSheet) -> str:
        return to_markdown(assessor.assess(sheet), date.today())

    work = run_cases(base, known_people(rules, cases, base), report)
    as_text = format is ListFormat.TEXT
    typer.echo(casework_as_text(base, work, full=full) if as_text else casework_as_json(base, work), nl=False)
    if work.failed:
        raise typer.Exit(Exit.FINDINGS)
