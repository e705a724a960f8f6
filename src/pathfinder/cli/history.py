"""`pathfinder history`: results that were kept with --keep, and whether it is time to look at them again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from pathfinder.cli.kept import kept_under, look_again, pair, picked, read, read_redacted
from pathfinder.cli.options import (
    Color,
    ColorOption,
    Format,
    FormatOption,
    FullOption,
    ListFormat,
    ListFormatOption,
    OverlayOption,
    RedactOption,
    RulesOption,
    rule_base,
)
from pathfinder.errors import refused

if TYPE_CHECKING:
    from pathfinder.report.blocks import Block


class _ListsByDefault(TyperGroup):
    """A group whose verb `list` may be left out: `history` and `history NAME`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `list` before what begins with none of the verbs."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["list", *args]
        return list(super().parse_args(ctx, args))


app = typer.Typer(
    cls=_ListsByDefault,
    add_completion=False,
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
    entries = kept_under(history, name)
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
    redact: RedactOption = False,
    rules: RulesOption = None,
    overlay: OverlayOption = None,
    color: ColorOption = Color.AUTO,
) -> None:
    """Show a kept result again, as it was, without the rule base. Only --redact takes the rule base, and has to have
    the one with which the result was made."""
    if redact and answers:
        raise refused("--redact does not take private answers out of an answers file", "Leave out one of the two")
    if (rules or overlay) and not redact:
        raise refused("a result is shown as it was kept", "Leave out --rules and --overlay, or use --redact")
    from pathfinder.store.history import History

    kept = picked(kept_under(History(), name), number)
    if answers:
        typer.echo(kept.result.answers, nl=False)
        return
    assessment = read_redacted(rule_base(rules, overlay), kept) if redact else read(kept)
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
    redact: RedactOption = False,
    format: FormatOption = Format.TEXT,
    rules: RulesOption = None,
    overlay: OverlayOption = None,
    color: ColorOption = Color.AUTO,
) -> None:
    """Say whether it is time to look again, and compare two kept results. Both are scored by the present rules."""
    if present is not None and second is not None:
        raise refused("--with takes the place of M", "Leave out M, or --with")
    from pathfinder.report.look_again import look_again_as_json, look_again_blocks
    from pathfinder.store.history import History

    entries = kept_under(History(), name)
    earlier, later = pair(entries, first, second) if present is None else (None, picked(entries, first))
    found = look_again(rule_base(rules, overlay), later, earlier, present, redact)
    match format:
        case Format.JSON:
            typer.echo(look_again_as_json(found))
        case Format.MARKDOWN:
            from pathfinder.report.markdown import blocks_as_markdown

            typer.echo(blocks_as_markdown(look_again_blocks(found)), nl=False)
        case Format.TEXT:
            _draw(look_again_blocks(found, full=False), color)


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
    gone = history.forget(None if name is None else kept_under(history, name)[-1].name)
    typer.echo(f"pathfinder: {counted(gone, 'result')} forgotten", err=True)


def _draw(blocks: Sequence[Block], color: Color) -> None:
    from pathfinder.terminal.block_view import show_blocks
    from pathfinder.terminal.console import console

    show_blocks(console(color=color.value), blocks)
