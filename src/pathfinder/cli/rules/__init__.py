"""`pathfinder rules`: the tools for rule authors, one module per verb."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, help="Check, test, measure and compare rule bases.", rich_markup_mode=None)
