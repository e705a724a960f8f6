"""The command `pathfinder`: its verbs, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from pathfinder import __version__
from pathfinder.cli import assess, batch, compare, explain, history, questions, rules, schema, score, template
from pathfinder.cli.exits import Exit
from pathfinder.cli.streams import FULL, with_streams
from pathfinder.errors import InputError


class _Verbs(TyperGroup):
    """The verbs. A reader who has seen enough (`| head`) is no error in any of them."""

    def invoke(self, ctx: Any) -> Any:  # the context is typer's own or click's, by the version of typer
        """Run the verb, before typer turns a closed pipe into exit code 1, which here says that a check failed."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Point stdout elsewhere, so that the interpreter's own flush is quiet.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(Exit.FINE) from None


app = typer.Typer(
    name="pathfinder",
    cls=_Verbs,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Compare a PhD, a research-contributor role, independent research and governance for one person.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"pathfinder {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("-V", "--version", help="Print the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Options before the verb."""


app.command("assess")(assess.assess)
app.command("score")(score.score)
app.command("compare")(compare.compare)
app.command("batch")(batch.batch)
app.command("explain")(explain.explain)
app.command("questions")(questions.questions)
app.command("template")(template.template)
app.command("schema")(schema.schema)
app.add_typer(history.app, name="history")
app.add_typer(rules.app, name="rules")


def main() -> None:
    """Run the program. Exit codes: 0 fine, 1 a check failed, 2 usage or input, 130 interrupted, 70 a bug."""
    with_streams()
    try:
        app()
    except InputError as error:
        _complain(error)
        sys.exit(Exit.INPUT)
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in FULL:
            print(f"pathfinder: the result cannot be written out ({error.strerror})", file=sys.stderr)
            sys.exit(Exit.INPUT)
        if os.environ.get("PATHFINDER_DEBUG"):
            raise
        print(
            f"pathfinder: this is a mistake in the program, not in what you gave it ({type(error).__name__}).\n"
            "Run it again with PATHFINDER_DEBUG=1 for the details a bug report needs; they can hold your answers.",
            file=sys.stderr,
        )
        sys.exit(Exit.BUG)


def _complain(error: InputError) -> None:
    """Print every problem of an input, one a line, with nothing in it that a terminal would act on."""
    from pathfinder.cleaning import one_line

    for problem in error.problems:
        print(f"pathfinder: {one_line(str(problem), 600)}", file=sys.stderr)
    if len(error.problems) > 1:
        print(f"pathfinder: {len(error.problems)} problems, nothing was written", file=sys.stderr)
