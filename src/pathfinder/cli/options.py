"""Options that several verbs share, and what they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pathfinder.answers.sheet import AnswerSheet
    from pathfinder.rulebase.models import RuleBase


class Color(StrEnum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Format(StrEnum):
    """Form of a result."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


class ListFormat(StrEnum):
    """Form of a listing."""

    TEXT = "text"
    JSON = "json"


ColorOption = Annotated[Color, typer.Option("--color", help="Colour: auto, always or never. NO_COLOR is honoured.")]
FormatOption = Annotated[Format, typer.Option("--format", help="Form of the result on standard output.")]
ListFormatOption = Annotated[ListFormat, typer.Option("--format", help="Form of the listing.")]
RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="Another rule base than the built-in one.")
]
OverlayOption = Annotated[
    Path | None,
    typer.Option("--overlay", metavar="FILE", help="An adviser's own view: changed rules on top of the rule base."),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Overwrite files that exist already.")]
ReportOption = Annotated[
    Path | None, typer.Option("--report", metavar="FILE", help="Also write the Markdown report to this file.")
]
RedactOption = Annotated[
    bool,
    typer.Option("--redact", help="Leave out the name, the private answers and what is said because of them."),
]
WeighOption = Annotated[
    list[str] | None,
    typer.Option(
        "--weigh",
        metavar="CRITERION=WEIGHT",
        help="Let a criterion count more (2) or less (0.5) for this person, 0 to 5; may be given several times.",
    ),
]
KeepOption = Annotated[
    str | None,
    typer.Option(
        "--keep", metavar="NAME", help="Keep the result under this name on this machine; see 'pathfinder history'."
    ),
]
FullOption = Annotated[bool, typer.Option("--full", help="Show everything, not only the most important.")]


def weighing(sheet: AnswerSheet, given: Sequence[str] | None, base: RuleBase) -> AnswerSheet:
    """The sheet with the weights of `--weigh` instead of its own for the criteria they name."""
    from msgspec.structs import replace

    from pathfinder.errors import InputError
    from pathfinder.rulebase.weighing import read_weights

    pairs = [one.partition("=")[::2] for one in given or ()]
    named = ((criterion.strip(), weight.strip()) for criterion, weight in pairs)
    weights, problems = read_weights(named, base.criterion, "--weigh")
    if problems:
        raise InputError(problems)
    return replace(sheet, weights={**sheet.weights, **weights})


def rule_base(folder: Path | None, overlay: Path | None = None) -> RuleBase:
    """The rule base named by `--rules`, or the built-in one, with the overlay named by `--overlay` on it."""
    if overlay is not None:
        return rule_base_as_written(folder, overlay)
    from pathfinder.store.compiled import ready_built_in, ready_rules

    return ready_built_in() if folder is None else ready_rules(folder)


def rule_base_as_written(folder: Path | None, overlay: Path | None = None) -> RuleBase:
    """The same, read from its files, so that it is known where each part stands."""
    from pathfinder.store.rules import load_built_in, load_rules

    base = load_rules(folder) if folder is not None else load_built_in()
    if overlay is None:
        return base
    from pathfinder.store.overlay import with_overlay

    return with_overlay(base, overlay)
