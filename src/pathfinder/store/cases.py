"""Case files: people with a known answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.answers.validation import validate_sheet
from pathfinder.errors import InputError, Problem, refused
from pathfinder.rulebase.forms import read_part
from pathfinder.rulebase.known import KnownPerson
from pathfinder.rulebase.questions import Question
from pathfinder.store.answers import lines_by_key
from pathfinder.store.files import read_text
from pathfinder.store.yaml_text import Document, parse_yaml


@dataclass(frozen=True)
class KnownCase:
    """A case with its file and the sheet its answers make."""

    person: KnownPerson
    sheet: AnswerSheet
    file: str


def read_cases(folder: Path, questions: Mapping[str, Question]) -> tuple[KnownCase, ...]:
    """Every case in a folder, by file name. Raises `InputError` with the problems of all of them."""
    if not folder.is_dir():
        raise refused("there is no such folder", "Name a folder of case files", str(folder))
    found: list[KnownCase] = []
    problems: list[Problem] = []
    for file in sorted(folder.glob("*.yaml")):
        try:
            found.append(_case(file, questions))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    if not found:
        raise refused("there is no *.yaml in this folder", "Name a folder of case files", str(folder))
    return tuple(found)


def _case(file: Path, questions: Mapping[str, Question]) -> KnownCase:
    document = parse_yaml(read_text(file), str(file))
    try:
        person = read_part(KnownPerson, document.data)
    except ValidationError as error:
        raise InputError(_problems(error, document, str(file))) from None
    sheet, problems = validate_sheet(document.data, questions)
    if problems:
        lines = lines_by_key(document)
        raise InputError(problem.located(str(file), lines.get(problem.key or "", 1)) for problem in problems)
    return KnownCase(person, sheet, str(file))


def _problems(error: ValidationError, document: Document, file: str) -> list[Problem]:
    return [
        Problem(
            one["msg"].removeprefix("Value error, "),
            "docs/rule-format.md shows the form of a case",
            file,
            document.line(one["loc"]),
            ".".join(str(part) for part in one["loc"]),
        )
        for one in error.errors(include_url=False, include_input=False, include_context=False)
    ]
