"""The page of the command line: every verb with its arguments and options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pathfinder.report.reference.markup import Page, page, table


@dataclass(frozen=True)
class Parameter:
    """An argument or option of a verb. `names` as they are typed (an argument: its placeholder), `takes` what follows
    the name (nothing for a switch), `default` in words."""

    names: tuple[str, ...]
    takes: str = ""
    help: str = ""
    default: str = ""
    required: bool = False
    argument: bool = False


@dataclass(frozen=True)
class Verb:
    """One verb, by the words one types for it: `pathfinder rules check`."""

    name: str
    help: str
    parameters: tuple[Parameter, ...] = ()


def verb_page(verbs: Sequence[Verb]) -> str:
    """Every verb, in the order of the program's own help."""
    blocks = [
        "# The command line",
        "Results go to standard output, everything else to standard error. Exit codes: 0 fine, 1 a check that failed,"
        " 2 usage or input, 130 interrupted, 70 a bug. Every verb takes `-h` or `--help`.",
    ]
    for verb in verbs:
        blocks += _verb(verb)
    return page(blocks)


def _verb(verb: Verb) -> Page:
    arguments = [one for one in verb.parameters if one.argument]
    options = [one for one in verb.parameters if not one.argument]
    usage = [verb.name, *(["[OPTIONS]"] if options else [])]
    usage += [one.names[0] if one.required else f"[{one.names[0]}]" for one in arguments]
    rows = [(_typed(one), _cell(_said(one))) for one in (*arguments, *options)]
    shown = [table(("", ""), rows)] if rows else []
    return [f"## {verb.name}", f"```sh\n{' '.join(usage)}\n```", verb.help, *shown]


def _typed(one: Parameter) -> str:
    names = ", ".join(f"`{name}`" for name in one.names)
    return _cell(f"{names} `{one.takes}`" if one.takes else names)


def _said(one: Parameter) -> str:
    extra = "Required." if one.required and not one.argument else f"Default: {one.default}." if one.default else ""
    return " ".join(part for part in (one.help, extra) if part)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
