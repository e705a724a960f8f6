"""The command line as data, read off the program's own verbs, so that its reference cannot say anything else."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING, get_args, get_type_hints

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from pathfinder.cli.verbs import VerbGroup

if TYPE_CHECKING:
    from pathfinder.report.reference.verb_page import Parameter, Verb


def verbs(group: TyperGroup, name: str = "pathfinder") -> Iterator[Verb]:
    """Every verb below a group that is not hidden, in the order of the help; `name` is what one types for the group."""
    for word in group.commands:
        command = group.loaded(word) if isinstance(group, VerbGroup) else group.commands[word]
        if getattr(command, "hidden", False):
            continue
        if isinstance(command, TyperGroup):
            yield from verbs(command, f"{name} {word}")
        elif isinstance(command, TyperCommand):
            yield _verb(command, f"{name} {word}")


def _verb(command: TyperCommand, name: str) -> Verb:
    from pathfinder.report.reference.verb_page import Verb

    choices = _choices(command)
    found = [
        _parameter(one, choices.get(one.name or "", ()))
        for one in command.params
        if isinstance(one, (TyperArgument, TyperOption)) and not one.hidden
    ]
    return Verb(name, inspect.cleandoc(command.help or ""), tuple(found))


def _choices(command: TyperCommand) -> dict[str, tuple[str, ...]]:
    """The words that each parameter of a fixed set takes, by the parameter's name."""
    hints = get_type_hints(command.callback) if command.callback else {}
    found: dict[str, tuple[str, ...]] = {}
    for name, hint in hints.items():
        for kind in (hint, *get_args(hint)):
            if isinstance(kind, type) and issubclass(kind, Enum):
                found[name] = tuple(str(member.value) for member in kind)
    return found


def _parameter(one: TyperArgument | TyperOption, choices: tuple[str, ...]) -> Parameter:
    from pathfinder.report.reference.verb_page import Parameter

    if isinstance(one, TyperArgument):
        name = (one.metavar or one.name or "").strip("{}[]")
        return Parameter((name,), help=one.help or "", required=one.required, argument=True)
    names = (*one.opts, *one.secondary_opts)
    if one.is_flag:
        return Parameter(names, help=one.help or "")
    takes = "|".join(choices) or one.metavar or (one.name or "").upper()
    default = one.default.value if isinstance(one.default, Enum) else one.default
    shown = "" if default is None or callable(default) else str(default)
    return Parameter(names, takes, one.help or "", shown, one.required)
