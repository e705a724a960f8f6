"""People in a CSV table: a header that names `id`, perhaps `name`, and questions, and a row for each person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pathfinder.answers.sheet import Answer, AnswerSheet
from pathfinder.answers.validation import LONGEST_NAME, AnswerError
from pathfinder.answers.written import parse_cell
from pathfinder.cleaning import one_line
from pathfinder.errors import InputError, Problem, nearest, refused
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.lines import Line
from pathfinder.store.person import Person, read_id
from pathfinder.store.records import Record, Records, Rows

DELIMITERS = ",;\t"
"""What may stand between cells: the first of these with which the header has an `id`."""

MOST_COLUMNS = 1000

ID, NAME, UNNAMED = "id", "name", ""


class Table:
    """Everybody in a table, to be gone through once; the header is read at once. `shown` is the name as it was given.

    Raises `InputError` with everything that is wrong with the header: a misspelt column would lose everybody's answers.
    """

    def __init__(self, records: Rows, shown: str, base: RuleBase) -> None:
        self.base, self.shown = base, shown
        self.records = records
        header = next(record for record in self.records if record.flaw or any(cell.strip() for cell in record.cells))
        self.columns = columns = _columns(header, shown, base)
        kept = {place for place, column in enumerate(columns) if column in (ID, NAME)}
        self.records.fits = lambda cells: (
            len(cells) == len(columns)
            and not any("\n" in cell or "\r" in cell for place, cell in enumerate(cells) if place not in kept)
        )

    def __iter__(self) -> Iterator[Person]:
        for record in self.records:
            person = self.person(record)
            if person is not None:
                yield person

    def person(self, record: Record) -> Person | None:
        """The person in a row; None where it is blank."""
        if record.flaw is not None:
            return Person("", AnswerSheet(), self.shown, record.row, record.line, (record.flaw,))
        if any(cell.strip() for cell in record.cells):
            return _person(record, self.columns, self.shown, self.base)
        return None


def csv_records(lines: Iterator[Line], first: Line) -> Records:
    """The rows of a CSV table; `first` is the first line that is not blank."""
    return Records(lines, _delimiter(first))


def _delimiter(header: Line) -> str:
    for delimiter in DELIMITERS:
        found = next(Records(iter([header]), delimiter))
        if any(_word(cell) == ID for cell in found.cells):
            return delimiter
    return DELIMITERS[0]


def _word(cell: str) -> str:
    return one_line(cell).casefold()


def _columns(header: Record, shown: str, base: RuleBase) -> tuple[str, ...]:
    """What each column holds: a question's id, `id`, `name`, or nothing that is named."""
    if header.flaw is not None:
        raise InputError([header.flaw.located(shown, header.line)])
    if len(header.cells) > MOST_COLUMNS:
        remedy = "Take out what is no question; 'pathfinder questions' lists them"
        raise refused(f"this table has {len(header.cells)} columns", remedy, shown, key=f"row {header.row}")
    words = [_word(cell) for cell in header.cells]
    times = Counter(word for word in words if word)
    problems = []
    if ID not in times:
        remedy = (
            "The first row names the columns: id, perhaps name, and questions. "
            "A single answers file is for 'pathfinder score'"
        )
        problems.append(Problem("this table has no column id", remedy, key=f"row {header.row}"))
    for place, word in enumerate(words):
        key = f"row {header.row}, column {letters(place)}"
        if word and word not in (ID, NAME) and word not in base.questions:
            meant = nearest(word, (ID, NAME, *base.questions)) or "'pathfinder questions' lists them."
            remedy = f"{meant} Take the column out if it is none"
            problems.append(Problem(f"there is no question '{word}'", remedy, key=key))
        elif word and times[word] > 1 and word in words[:place]:
            first = letters(words.index(word))
            problems.append(Problem(f"column {first} is '{word}' already", "Keep one of them", key=key))
    if problems:
        raise InputError(problem.located(shown) for problem in problems)
    return tuple(words)


def letters(place: int) -> str:
    """The letters of a column in a spreadsheet, from its place (0 is A, 26 is AA)."""
    found = ""
    while place >= 0:
        found = chr(ord("A") + place % 26) + found
        place = place // 26 - 1
    return found


def _person(record: Record, columns: tuple[str, ...], shown: str, base: RuleBase) -> Person:
    """The person in a row; nothing is made of a row of another length, whose cells may stand under wrong names."""
    found = len(record.cells) - (0 if len(record.cells) < len(columns) else _empty_end(record.cells[len(columns) :]))
    if found != len(columns):
        problem = Problem(
            f"this row has {found} cells and the header {len(columns)}",
            "Give it as many; a cell with a comma in it stands in quotes",
        )
        key = read_id(record.cells[0])[0] if columns[0] == ID else ""
        return Person(key, AnswerSheet(), shown, record.row, record.line, (problem,))
    key, name, answers = "", "", dict[str, Answer]()
    problems: list[Problem] = []
    for place, (column, cell) in enumerate(zip(columns, record.cells, strict=False)):
        if column == ID:
            key, wrong = read_id(cell)
            problems += [wrong] if wrong else []
        elif column == NAME:
            name = one_line(cell, LONGEST_NAME)
        elif column == UNNAMED:
            if cell.strip():
                remedy = "Name the column in the first row, or empty the cell"
                problems.append(Problem("this cell stands under no name", remedy, key=f"column {letters(place)}"))
        else:
            try:
                answer = parse_cell(base.questions[column], cell)
            except AnswerError as error:
                problems.append(Problem(error.message, error.remedy, key=column))
            else:
                if answer is not None:
                    answers[column] = answer
    return Person(key, AnswerSheet(answers, name), shown, record.row, record.line, tuple(problems))


def _empty_end(cells: tuple[str, ...]) -> int:
    """How many cells at the end are empty."""
    count = 0
    for cell in reversed(cells):
        if cell.strip():
            break
        count += 1
    return count
