"""`pathfinder schema`: JSON Schemas for other programs."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pathfinder.cli.options import OverlayOption, RulesOption, rule_base


class Subject(StrEnum):
    """What there is a schema of."""

    ANSWERS = "answers"
    ASSESSMENT = "assessment"
    RULES = "rules"


def schema(
    subject: Annotated[Subject, typer.Argument(metavar="WHAT", help="What it is of: answers, assessment or rules.")],
    part: Annotated[
        str | None,
        typer.Option("--part", metavar="KIND", help="With rules: one kind of file, such as questions or paths."),
    ] = None,
    rules: RulesOption = None,
    overlay: OverlayOption = None,
) -> None:
    """Print a JSON Schema (2020-12). Of an answers file with the rule base's questions, of the JSON that 'score'
    writes, or of a rule base: the content of every file by its name, or one kind of file."""
    from pathfinder.authoring.published import answers_document, assessment_document, rules_document
    from pathfinder.errors import refused

    if part is not None and subject is not Subject.RULES:
        raise refused(f"there are no parts of {subject.value}", "--part goes with rules", key="--part")
    match subject:
        case Subject.ANSWERS:
            text = answers_document(rule_base(rules, overlay))
        case Subject.ASSESSMENT:
            text = assessment_document()
        case Subject.RULES:
            text = rules_document(rule_base(rules, overlay), part)
    typer.echo(text, nl=False)
