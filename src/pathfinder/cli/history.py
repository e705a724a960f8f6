"""`pathfinder history`: results that were kept with --keep, and whether it is time to look at them again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from pathfinder.cli.options import (
    Color,
    ColorOption,
    Format,
    FormatOption,
    FullOption,
    ListFormat,
    ListFormatOption,
    OverlayOption,
    RulesOption,
    rule_base,
)
from pathfinder.errors import nearest, refused

if TYPE_CHECKING:
    from pathfinder.answers.sheet import AnswerSheet
    from pathfinder.assessment.result import Assessment
    from pathfinder.report.blocks import Block
    from pathfinder.report.look_again import LookAgain
    from pathfinder.rulebase.models import RuleBase
    from pathfinder.store.history import History, Kept


class _ListsByDefault(TyperGroup):
    """A group whose verb `list` may be left out: `history` and `history NAME`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `list` before what begins with none of the verbs."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["list", *args]
        return list(super().parse_args(ctx, args))


app = typer.Typer(
    cls=_ListsByDefault,
    help="List, show, compare and forget results kept with --keep. Without a verb: list.",
    rich_markup_mode=None,
)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The name it was kept under.")]


@app.command("list")
def list_kept(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="List what is kept under this name; without it, the names.")
    ] = None,
    format: ListFormatOption = ListFormat.TEXT,
    color: ColorOption = Color.AUTO,
) -> None:
    """List the names that results are kept under, or the results under one: when, which verdict, which scores."""
    from pathfinder.report import history_list
    from pathfinder.store.history import History

    history = History()
    if name is None:
        names = history.names()
        if format is ListFormat.JSON:
            typer.echo(history_list.names_as_json(names))
        else:
            _draw(history_list.names_blocks(names), color)
        return
    entries = _entries(history, name)
    if format is ListFormat.JSON:
        typer.echo(history_list.entries_as_json(entries))
    else:
        _draw(history_list.entries_blocks(entries), color)


@app.command("show")
def show(
    name: NameArgument,
    number: Annotated[
        int | None, typer.Argument(metavar="N", help="Which result, as 'history NAME' counts; without it, the last.")
    ] = None,
    format: FormatOption = Format.TEXT,
    full: FullOption = False,
    answers: Annotated[
        bool, typer.Option("--answers", help="Print its answers instead, as an answers file to go on from.")
    ] = False,
    color: ColorOption = Color.AUTO,
) -> None:
    """Show a kept result again, as it was, without the rule base."""
    from pathfinder.store.history import History

    kept = _picked(_entries(History(), name), number)
    if answers:
        typer.echo(kept.result.answers, nl=False)
        return
    assessment = _read(kept)
    from pathfinder.report.history_list import moment

    told = f"kept on {moment(kept.when)}, with version {kept.result.base_version} of the rule base"
    typer.echo(f"pathfinder: {told}", err=True)
    match format:
        case Format.JSON:
            from pathfinder.report.json_form import to_json

            typer.echo(to_json(assessment))
        case Format.MARKDOWN:
            from pathfinder.report.markdown import to_markdown

            typer.echo(to_markdown(assessment, kept.when.astimezone().date()), nl=False)
        case Format.TEXT:
            from pathfinder.terminal.console import console
            from pathfinder.terminal.result_screen import show_result

            where = "--full shows everything that was kept."
            show_result(console(color=color.value), assessment, full=full, where=where)


@app.command("compare")
def compare(
    name: NameArgument,
    first: Annotated[
        int | None, typer.Argument(metavar="N", help="The earlier result; without it, the last but one.")
    ] = None,
    second: Annotated[int | None, typer.Argument(metavar="M", help="The later one; without it, the last.")] = None,
    present: Annotated[
        Path | None,
        typer.Option("--with", metavar="FILE", help="Compare with the answers in this file instead: those of now."),
    ] = None,
    format: FormatOption = Format.TEXT,
    rules: RulesOption = None,
    overlay: OverlayOption = None,
    color: ColorOption = Color.AUTO,
) -> None:
    """Say whether it is time to look again, and compare two kept results. Both are scored by the present rules."""
    if present is not None and second is not None:
        raise refused("--with takes the place of M", "Leave out M, or --with")
    from pathfinder.report import look_again
    from pathfinder.store.history import History

    entries = _entries(History(), name)
    earlier, later = _pair(entries, first, second) if present is None else (None, _picked(entries, first))
    found = _look_again(rule_base(rules, overlay), later, earlier, present)
    match format:
        case Format.JSON:
            typer.echo(look_again.look_again_as_json(found))
        case Format.MARKDOWN:
            from pathfinder.report.markdown import blocks_as_markdown

            typer.echo(blocks_as_markdown(look_again.look_again_blocks(found)), nl=False)
        case Format.TEXT:
            _draw(look_again.look_again_blocks(found, full=False), color)


@app.command("forget")
def forget(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Forget everything kept under this name.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Forget everything kept under any name.")] = False,
) -> None:
    """Forget what was kept. It is overwritten and cannot be brought back."""
    from pathfinder.report.words import counted
    from pathfinder.store.history import History

    if (name is None) == (not everything):
        raise refused("say what to forget", "Give a name, or --all for everything, and not both")
    history = History()
    gone = history.forget(None if name is None else _entries(history, name)[-1].name)
    typer.echo(f"pathfinder: {counted(gone, 'result')} forgotten", err=True)


def _entries(history: History, name: str) -> tuple[Kept, ...]:
    """What is kept under a name, at least one result."""
    from pathfinder.store.history import name_to_keep

    called = name_to_keep(name)
    found = history.of(called)
    if not found:
        meant = nearest(called, [one.name for one in history.names()])
        remedy = meant or "'pathfinder history' lists the names"
        raise refused(f"nothing is kept under '{called}'", remedy, str(history.path))
    return found


def _picked(entries: Sequence[Kept], number: int | None) -> Kept:
    """The result with this number; the last where none is given."""
    if number is None:
        return entries[-1]
    if not 1 <= number <= len(entries):
        count = len(entries)
        remedy = "There is only number 1" if count == 1 else f"There are 1 to {count}"
        raise refused(f"there is no result number {number}", remedy, key=f"'{entries[-1].name}'")
    return entries[number - 1]


def _pair(entries: Sequence[Kept], first: int | None, second: int | None) -> tuple[Kept | None, Kept]:
    """Two results, the earlier first; no earlier one where only one is kept and none was asked for."""
    later = _picked(entries, second)
    if first is None and later.number == 1:
        return None, later
    earlier = _picked(entries, later.number - 1 if first is None else first)
    if earlier.number == later.number:
        raise refused("this names the same result twice", "Name two that differ", key=f"'{later.name}'")
    return (earlier, later) if earlier.number < later.number else (later, earlier)


def _read(kept: Kept) -> Assessment:
    from pathfinder.report.history_list import read_back

    assessment = read_back(kept)
    if assessment is None:
        raise refused(
            f"this version of pathfinder cannot read result number {kept.number}",
            "'pathfinder history show NAME N --answers' prints its answers, to be scored anew",
            key=f"'{kept.name}'",
        )
    return assessment


def _look_again(base: RuleBase, later: Kept, earlier: Kept | None, present: Path | None) -> LookAgain:
    """A kept result beside what its answers come to now, compared with an earlier one or with answers in a file."""
    from dataclasses import replace

    from pathfinder.assessment.assess import Assessor
    from pathfinder.assessment.comparison import compare
    from pathfinder.report.look_again import LookAgain, sheet_labels
    from pathfinder.store.answers import read_sheet

    assessor = Assessor(base)
    sheet, lost = _sheet(later, base)
    sheets = None
    if present is not None:
        sheets = (sheet, read_sheet(present, base.questions, base.path, base.criterion))
    elif earlier is not None:
        before, lost_before = _sheet(earlier, base)
        sheets, lost = (before, sheet), lost + lost_before
    comparison = None
    if sheets is not None:
        one, other = (replace(some, name=later.name) for some in sheets)
        labels = sheet_labels(later, None) if earlier is None else sheet_labels(earlier, later)
        comparison = compare(assessor, one, other, labels)
    return LookAgain(
        name=later.name,
        number=later.number,
        when=later.when,
        today=_today(),
        kept=_read(later),
        scored=assessor.assess(sheet),
        lost=lost,
        comparison=comparison,
        present=present is not None,
    )


def _sheet(kept: Kept, base: RuleBase) -> tuple[AnswerSheet, int]:
    from pathfinder.store.kept_answers import kept_sheet

    return kept_sheet(kept.result.answers, f"'{kept.name}', result {kept.number}", base)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _draw(blocks: Sequence[Block], color: Color) -> None:
    from pathfinder.terminal.block_view import show_blocks
    from pathfinder.terminal.console import console

    show_blocks(console(color=color.value), blocks)
