"""The command `pathfinder`: its verbs, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import typer

from pathfinder import __version__
from pathfinder.cli.exits import Exit
from pathfinder.cli.streams import FULL, with_streams, written_out
from pathfinder.cli.verbs import Verb, VerbGroup

if TYPE_CHECKING:
    from pathfinder.errors import InputError


class _Verbs(VerbGroup):
    """The verbs. A reader who has seen enough (`| head`) is no error in any of them."""

    verbs: ClassVar[Mapping[str, Verb]] = {
        "assess": Verb("assess", "assess", "Answer questions and compare the four paths."),
        "score": Verb("score", "score", "Score an answers file."),
        "compare": Verb("compare", "compare", "Compare two answers files of one person."),
        "batch": Verb("batch", "batch", "Compare the paths for many people."),
        "explain": Verb("explain", "explain", "Explain how a number came about."),
        "questions": Verb("questions", "questions", "Print every question with its values."),
        "template": Verb("template", "template", "Print something to write answers into."),
        "schema": Verb("schema", "schema", "Print a JSON Schema (2020-12)."),
        "history": Verb("history", "app", "List, show, compare and forget results kept with --keep."),
        "rules": Verb("rules", "group", "Check, test, measure and compare rule bases."),
    }

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


def run() -> None:
    """Run the program as a process of its own, and end with it.

    Everything that a run has made goes at once when the process ends. To take it apart piece by piece first, as the
    interpreter does, would take a twentieth of a short run; where processes or threads were started, they are waited
    for as ever.
    """
    code: object = 0
    try:
        main()
    except SystemExit as end:
        code = end.code
    except OSError:  # raised by saying what is wrong: nobody can be told
        code = Exit.INPUT
    full = written_out()
    if full is not None and code != Exit.INPUT:
        print(f"pathfinder: the result cannot be written out ({full.strerror})", file=sys.stderr)
        code = Exit.INPUT
    if "multiprocessing" in sys.modules or threading.active_count() > 1 or not isinstance(code, (int, type(None))):
        sys.exit(code)  # type: ignore[arg-type]  # whatever a verb ended with
    os._exit(code or 0)


def main() -> None:
    """Run the program. Exit codes: 0 fine, 1 a check failed, 2 usage or input, 130 interrupted, 70 a bug."""
    with_streams()
    try:
        app(prog_name="pathfinder")
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)
    except Exception as error:
        from pathfinder.errors import InputError

        if isinstance(error, InputError):
            _complain(error)
            sys.exit(Exit.INPUT)
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
