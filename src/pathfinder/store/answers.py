"""Answers files: YAML or JSON in, YAML out, through the one validator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path

from pathfinder.answers.sheet import Answer, AnswerSheet, to_plain
from pathfinder.answers.validation import validate_sheet
from pathfinder.cleaning import one_line
from pathfinder.errors import InputError, Problem, refused
from pathfinder.rulebase.questions import Question
from pathfinder.store.files import read_text, write_text
from pathfinder.store.yaml_text import Document, parse_yaml


def read_sheet(
    path: Path | str, questions: Mapping[str, Question], paths: Collection[str] = (), criteria: Collection[str] = ()
) -> AnswerSheet:
    """The answer sheet in a file, or on standard input for `-`; its options are places on some of `paths`, its weights
    are for some of `criteria`.

    Raises `InputError` with every problem, each with file, line where it is known, key and remedy.
    """
    shown = str(path)
    return parse_sheet(read_text(path), shown, questions, paths, criteria)


def parse_sheet(
    text: str,
    shown: str,
    questions: Mapping[str, Question],
    paths: Collection[str] = (),
    criteria: Collection[str] = (),
) -> AnswerSheet:
    """The answer sheet in a text; `shown` names the file in problems."""
    document = read_document(text, shown)
    sheet, problems = validate_sheet(document.data, questions, paths, criteria)
    if problems:
        lines = lines_by_key(document)
        raise InputError(
            problem.located(shown, 1 if problem.key is None else lines.get(problem.key, document.line(())))
            for problem in problems
        )
    return sheet


def lines_by_key(document: Document) -> dict[str, int]:
    """The lines of top-level keys, of answers and of options with theirs, by the key that problems name them with."""
    return {
        ".".join(one_line(str(part)) for part in place): line
        for place, line in document.lines.items()
        if 1 <= len(place) <= (4 if place[0] == "options" else 2)
    }


def read_document(text: str, shown: str) -> Document:
    """A YAML or JSON document. JSON is recognised by its first character or the file's name."""
    if not text.strip():
        raise refused("the file is empty", "'pathfinder template' prints one to fill in", shown)
    if shown.endswith(".json"):
        return Document(parse_json(text, shown))
    if text.lstrip().startswith("{"):
        try:
            return Document(parse_json(text, shown))
        except InputError:
            pass  # YAML may be written like this too; its own problems are reported instead
    return parse_yaml(text, shown)


def parse_json(text: str, shown: str) -> object:
    """The value of a JSON text in which no key stands twice. Raises `InputError`."""
    import json

    repeated: list[str] = []

    def pairs(found: list[tuple[str, object]]) -> dict[str, object]:
        repeated.extend(key for key, times in Counter(key for key, _ in found).items() if times > 1)
        return dict(found)

    try:
        data: object = json.loads(text, object_pairs_hook=pairs)
    except json.JSONDecodeError as error:
        raise refused(
            f"this is not JSON: {error.msg}", "Check commas, brackets and quotes here", shown, error.lineno
        ) from None
    except (RecursionError, ValueError):
        raise refused(
            "this JSON is nested too deep or holds a number that is too long", "Write it flatter", shown
        ) from None
    if repeated:
        raise InputError(
            Problem(f"'{key[:40]}' stands here twice", "Keep one of them", shown, key=key[:40]) for key in repeated
        )
    return data


def to_yaml(sheet: AnswerSheet, questions: Mapping[str, Question], extra: Mapping[str, object] | None = None) -> str:
    """An answers file. JSON values are YAML, so every value is written as JSON and needs no quoting rules."""
    import json

    lines = ["# Answers for pathfinder. Score them with: pathfinder score FILE"]
    if sheet.name:
        lines.append(f"name: {json.dumps(sheet.name, ensure_ascii=False)}")
    for key, value in (extra or {}).items():
        lines.append(f"{key}: {json.dumps(value, ensure_ascii=False)}")
    lines += _answer_lines(sheet.answers, questions, "")
    if sheet.weights:
        lines += ["weights:", *(f"  {criterion}: {weight:g}" for criterion, weight in sheet.weights.items())]
    if sheet.options:
        lines.append("options:")
    for option in sheet.options:
        lines += [f"- name: {json.dumps(option.name, ensure_ascii=False)}", f"  path: {option.path}"]
        lines += _answer_lines(option.answers, questions, "  ")
    return "\n".join(lines) + "\n"


def _answer_lines(answers: Mapping[str, Answer], questions: Mapping[str, Question], indent: str) -> list[str]:
    import json

    lines = [f"{indent}answers:" if answers else f"{indent}answers: {{}}"]
    for key, question in questions.items():
        answer = answers.get(key)
        if answer is not None:
            plain = to_plain(question, answer)
            shown = plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)
            lines.append(f"{indent}  {key}: {shown}")
    return lines


def write_sheet(path: Path, sheet: AnswerSheet, questions: Mapping[str, Question], *, overwrite: bool = False) -> None:
    """Write an answers file, whole or not at all, readable by its owner alone."""
    write_text(path, to_yaml(sheet, questions), overwrite=overwrite)
