"""`pathfinder compare`: two answers files, or two options of one, and what differs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.cli.options import (
    Color,
    ColorOption,
    Format,
    FormatOption,
    OverlayOption,
    RedactOption,
    RulesOption,
    rule_base,
)
from pathfinder.cli.places import chosen
from pathfinder.errors import InputError, Problem, refused

if TYPE_CHECKING:
    from pathfinder.answers.sheet import AnswerSheet
    from pathfinder.assessment.results.comparison import Comparison
    from pathfinder.rulebase.models import RuleBase


def compare(
    first: Annotated[Path, typer.Argument(metavar="A", help="An answers file, or - for standard input.")],
    second: Annotated[
        Path | None, typer.Argument(metavar="B", help="Another one; left out where --options is given.")
    ] = None,
    options: Annotated[
        tuple[str, str] | None,
        typer.Option("--options", metavar="NAME NAME", help="Compare two of the options that stand in A instead."),
    ] = None,
    redact: RedactOption = False,
    format: FormatOption = Format.TEXT,
    rules: RulesOption = None,
    overlay: OverlayOption = None,
    color: ColorOption = Color.AUTO,
) -> None:
    """Compare two answers files of one person. What changed in the answers, the arguments and the verdict, and why."""
    _usable(first, second, options)
    base = rule_base(rules, overlay)
    files = (first, second or first)
    found = _of_options(base, first, options, redact) if options else _of_files(base, files, redact)
    match format:
        case Format.JSON:
            from pathfinder.report.comparison import comparison_as_json

            typer.echo(comparison_as_json(found))
        case Format.MARKDOWN:
            from pathfinder.report.comparison import comparison_blocks
            from pathfinder.report.markdown import blocks_as_markdown

            typer.echo(blocks_as_markdown(comparison_blocks(found)), nl=False)
        case Format.TEXT:
            from pathfinder.report.comparison import comparison_blocks
            from pathfinder.terminal.block_view import show_blocks
            from pathfinder.terminal.console import console

            show_blocks(console(color=color.value), comparison_blocks(found, full=False))


def _usable(first: Path, second: Path | None, options: tuple[str, str] | None) -> None:
    """Refuse what cannot be compared, before anything is read."""
    if second is None and options is None:
        raise refused(
            "there is nothing to compare it with", "Name a second answers file, or two options of it with --options"
        )
    if second is not None and options is not None:
        raise refused("--options compares two options of one file", "Leave out the second file, or --options")
    if str(first) == str(second) == "-":
        raise refused("both files cannot come from standard input", "Save one of them and name it")
    if options is not None and options[0].casefold() == options[1].casefold():
        raise refused("--options names the same option twice", "Name two that differ")


def _of_files(base: RuleBase, files: tuple[Path, Path], redact: bool) -> Comparison:
    from pathfinder.assessment.assess import Assessor
    from pathfinder.assessment.comparison.comparing import compare
    from pathfinder.report.comparison_words import labels

    before, after = _read(base, files)
    if redact:
        from pathfinder.assessment.comparison.redaction import compare_redacted

        return compare_redacted(base, before, after)
    called = labels((str(files[0]), str(files[1])), (before.name, after.name))
    return compare(Assessor(base), before, after, called)


def _read(base: RuleBase, files: Sequence[Path]) -> list[AnswerSheet]:
    """The sheets in some files; the problems of all of them at once."""
    from pathfinder.store.answers import read_sheet

    sheets: list[AnswerSheet] = []
    problems: list[Problem] = []
    for file in files:
        try:
            sheets.append(read_sheet(file, base.questions, base.path, base.criterion))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return sheets


def _of_options(base: RuleBase, file: Path, names: tuple[str, str], redact: bool) -> Comparison:
    from pathfinder.assessment.assess import Assessor
    from pathfinder.assessment.comparison.comparing import compare_options

    (sheet,) = _read(base, [file])
    one, other = chosen(sheet, names, str(file))
    if redact:
        from pathfinder.assessment.comparison.redaction import compare_options_redacted

        return compare_options_redacted(base, sheet, one, other)
    return compare_options(Assessor(base), sheet, one, other)
