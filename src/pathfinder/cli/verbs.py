"""Groups of verbs whose modules are loaded when a verb is called: the list of verbs needs none of them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, ClassVar, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from pathfinder.cli.plain_values import take_plain_values


class Verb(NamedTuple):
    """Where a verb is defined: `name` in `module` below `pathfinder.cli` is its function, or its group of verbs.

    `help` is how its own help begins: its first sentence, which is what a list of verbs shows of it.
    """

    module: str
    name: str
    help: str


class VerbGroup(TyperGroup):
    """A group of the verbs in `verbs`, each in its list from the start and loaded when it is called."""

    verbs: ClassVar[Mapping[str, Verb]] = {}

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for word, verb in self.verbs.items():
            self.commands[word] = TyperCommand(word, help=verb.help, rich_markup_mode=None)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # typer's own types, or click's, by its version
        """Read the options before the verb."""
        take_plain_values(self.get_params(ctx))
        return list(super().parse_args(ctx, args))

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The verb that the arguments name, loaded."""
        word, command, rest = super().resolve_command(ctx, args)
        if word is not None:
            command = self.loaded(word)
            for one in (command, *getattr(command, "commands", {}).values()):
                take_plain_values(one.get_params(ctx))  # `--help` is one of them
        return word, command, rest

    def loaded(self, word: str) -> Any:
        """The verb called `word`, with its parameters and its whole help."""
        verb = self.verbs.get(word)
        if verb is None:
            return self.commands[word]
        found = getattr(import_module(f"pathfinder.cli.{verb.module}"), verb.name)
        if isinstance(found, TyperGroup):
            return found
        if not isinstance(found, typer.Typer):
            function, found = found, typer.Typer(add_completion=False, rich_markup_mode=None)
            found.command(word)(function)
        return get_command(found)
