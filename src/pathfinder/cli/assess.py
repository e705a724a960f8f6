"""`pathfinder assess`: the interview."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from pathfinder.cli.exits import Exit
from pathfinder.cli.options import (
    Color,
    ColorOption,
    ForceOption,
    FullOption,
    KeepOption,
    OverlayOption,
    ReportOption,
    RulesOption,
    rule_base,
)
from pathfinder.cli.signals import stop_like_ctrl_c
from pathfinder.errors import refused


def assess(
    answers: Annotated[
        Path | None, typer.Option("--answers", metavar="FILE", help="Begin with the answers in this file.")
    ] = None,
    name: Annotated[str, typer.Option("--name", help="A name to put on the report.")] = "",
    report: ReportOption = None,
    full: FullOption = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="Numbered options on plain input, for screen readers and simple terminals.")
    ] = False,
    quick: Annotated[
        bool,
        typer.Option("--quick", help="Ask what tells most first, and stop when the verdict is settled."),
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Start anew; kept answers stay until your first answer.")
    ] = False,
    keep: KeepOption = None,
    force: ForceOption = False,
    rules: RulesOption = None,
    overlay: OverlayOption = None,
    color: ColorOption = Color.AUTO,
) -> None:
    """Answer questions and compare the four paths. Your answers are kept after each question."""
    _need_terminal()
    from pathfinder.assessment.assess import Assessor
    from pathfinder.cleaning import one_line
    from pathfinder.report.keeping import Keeper
    from pathfinder.store.answers import read_sheet
    from pathfinder.terminal.console import console
    from pathfinder.terminal.keys import KeyPrompter, on_standard_error
    from pathfinder.terminal.plain import PlainPrompter
    from pathfinder.terminal.prompting import Prompter
    from pathfinder.terminal.session import Session

    base = rule_base(rules, overlay)
    keeper = Keeper(keep, base.questions) if keep is not None else None
    start = read_sheet(answers, base.questions, base.path, base.criterion) if answers is not None else None
    talk = console(stderr=True, color=color.value)
    simple = plain or os.environ.get("TERM", "dumb") in ("dumb", "unknown", "")

    def write(line: str) -> None:
        talk.print(line)

    prompter: Prompter = PlainPrompter(write) if simple else KeyPrompter(write, lambda: talk.width)
    out = console(color=color.value)
    called = one_line(name, 120)
    session = Session(
        base, Assessor(base), prompter, talk, out, called, report, full=full, force=force, quick=quick, keeper=keeper
    )
    stop_like_ctrl_c()  # answers are on disk already
    try:
        with nullcontext() if simple else on_standard_error():
            session.run(start, fresh)
    except (KeyboardInterrupt, EOFError):
        _stopped()
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        _stopped()  # the terminal was closed


def _stopped() -> NoReturn:
    with suppress(OSError):  # there may be no terminal left to say it on
        typer.echo("\nYour answers so far are kept. Run 'pathfinder assess' to go on.", err=True)
    raise typer.Exit(Exit.INTERRUPTED) from None


def _need_terminal() -> None:
    if sys.stdin is None or not sys.stdin.isatty() or not sys.stderr.isatty():
        remedy = (
            "Give answers by file instead: 'pathfinder template > answers.yaml', fill it in, "
            "then 'pathfinder score answers.yaml'"
        )
        raise refused("'assess' asks its questions in a terminal, and there is none here", remedy)
