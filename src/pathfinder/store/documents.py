"""People as documents of the answers format: one on each line (JSON Lines), or one in each file of a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.answers.validation import validate_sheet
from pathfinder.errors import InputError, Problem, refused
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.answers import lines_by_key, parse_json, read_document
from pathfinder.store.files import read_text
from pathfinder.store.lines import Line
from pathfinder.store.person import Person, read_id
from pathfinder.store.yaml_text import Document

ENDINGS = (".yaml", ".yml", ".json")


def read_json_lines(lines: Iterator[Line], shown: str, base: RuleBase) -> Iterator[Person]:
    """Everybody in JSON Lines; blank lines are passed over."""
    for line in lines:
        if line.flaw is not None:
            yield Person("", AnswerSheet(), shown, line=line.number, problems=(line.flaw,))
        elif line.text.strip():
            yield _on_line(line, shown, base)


def _on_line(line: Line, shown: str, base: RuleBase) -> Person:
    try:
        data = parse_json(line.text, shown)
    except InputError as error:
        unplaced = tuple(Problem(one.message, one.remedy, key=one.key) for one in error.problems)
        return Person("", AnswerSheet(), shown, line=line.number, problems=unplaced)
    key, wrong = read_id(data.get("id") if isinstance(data, Mapping) else None)
    sheet, problems = _sheet(data, base)
    if wrong is not None and isinstance(data, Mapping):
        problems = [wrong, *problems]
    return Person(key, sheet, shown, line=line.number, problems=tuple(problems))


def _sheet(data: object, base: RuleBase) -> tuple[AnswerSheet, list[Problem]]:
    return validate_sheet(data, base.questions, base.path, base.criterion)


class Folder:
    """The answers files in a folder, in the order of their names; each person's id is the name without its ending."""

    def __init__(self, folder: Path, base: RuleBase) -> None:
        self._folder, self._base = folder, base
        names = sorted(_names(folder))
        self._names = [name for name in names if name.lower().endswith(ENDINGS)]
        self._done = 0
        other = [name for name in names if not name.lower().endswith(ENDINGS)]
        self.notices = (_left_out(other),) if other else ()

    def share(self) -> float | None:
        """How much of it has been read, 0 to 1."""
        return self._done / len(self._names) if self._names else None

    def __iter__(self) -> Iterator[Person]:
        for name in self._names:
            yield self._person(name)
            self._done += 1

    def _person(self, name: str) -> Person:
        shown = str(self._folder / name)
        key, wrong = read_id(name.rpartition(".")[0])
        try:
            document = read_document(read_text(self._folder / name), shown)
        except InputError as error:
            return Person(key, AnswerSheet(), shown, problems=error.problems)
        sheet, problems = _sheet(document.data, self._base)
        if wrong is not None:
            problems = [wrong, *problems]
        return Person(key, sheet, shown, problems=tuple(_placed(document, problems)))


def _placed(document: Document, problems: Sequence[Problem]) -> list[Problem]:
    """The same problems with their lines, as far as these are known."""
    lines = lines_by_key(document)
    whole = document.line(())
    return [one.located(line=1 if one.key is None else lines.get(one.key, whole)) for one in problems]


def _names(folder: Path) -> Iterator[str]:
    """What stands in a folder, without what is hidden."""
    try:
        found = [entry.name for entry in folder.iterdir()]
    except OSError as error:
        reason = error.strerror or "the name cannot be used"
        raise refused(f"this folder cannot be read ({reason})", "Check its permissions", str(folder)) from None
    return (name for name in found if not name.startswith("."))


def _left_out(names: Sequence[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
    return f"left out, as no answers file ends so: {shown}"
