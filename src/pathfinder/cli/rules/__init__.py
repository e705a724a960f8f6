"""`pathfinder rules`: the tools for rule authors, one module per verb."""

from __future__ import annotations

import typer

from pathfinder.cli.rules import audit, check, coverage, diff, docs, mutate, test

app = typer.Typer(no_args_is_help=True, help="Check, test, measure and compare rule bases.", rich_markup_mode=None)

app.command("audit")(audit.audit)
app.command("check")(check.check)
app.command("coverage")(coverage.coverage)
app.command("diff")(diff.diff)
app.command("docs")(docs.docs)
app.command("mutate")(mutate.mutate)
app.command("test")(test.try_cases)
