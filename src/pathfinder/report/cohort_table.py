"""The tables of a batch as lines of CSV, in which nothing can act as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import PurePath

from pathfinder.cleaning import one_line
from pathfinder.errors import Problem
from pathfinder.report.cohort_record import Record, Weighed
from pathfinder.report.words import signed
from pathfinder.store.person import Person

Cell = str | float | None

_FORMULA = "=+@＝＋－＠-"
"""What makes a spreadsheet calculate, the wide forms of some keyboards among them."""

_STARTS = re.compile(rf"^(?=['{_FORMULA}])|(?<=;)(\s*)(?=[{_FORMULA}])")
"""Where a cell begins, also for a spreadsheet that takes semicolons to part cells."""

LONGEST = 1000
"""Characters of a cell; a spreadsheet takes 32,767."""

ERROR_COLUMNS = ("file", "row", "line", "id", "column", "problem", "remedy")


def csv_line(cells: Sequence[Cell]) -> str:
    """One line of CSV. Numbers stay numbers, whole ones without a decimal point; text is clean, on one line, and begins
    with an apostrophe where a spreadsheet would take it for a formula."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow([_cell(cell) for cell in cells])
    return text.getvalue()


def _cell(cell: Cell) -> str | float:
    match cell:
        case None:
            return ""
        case str():
            return safe_text(cell)
        case float() if cell.is_integer():
            return int(cell)
    return cell


def safe_text(text: str) -> str:
    """Text that no spreadsheet reads as a formula; taking one leading apostrophe off gives back the id or name, as an
    apostrophe of its own gets another one."""
    return _STARTS.sub(r"\1'", one_line(text, LONGEST))


def summary_columns(paths: Sequence[str]) -> tuple[str, ...]:
    """The columns of summary.csv for the paths of a rule base; docs/batch.md says what they hold."""
    return (
        "id",
        "name",
        "verdict",
        "path",
        "runner_up",
        "settled",
        "margin",
        "chance_best",
        *(f"score_{path}" for path in paths),
        "blocked",
        "top_reasons",
        "top_reason_against",
        "tensions",
        "ask_next",
        "find_out_next",
        "outside",
        "set_aside",
        "report",
    )


def summary_cells(record: Record, paths: Sequence[str]) -> tuple[Cell, ...]:
    """A person's row of summary.csv."""
    return (
        record.id,
        record.name,
        record.verdict,
        record.path,
        record.runner_up,
        "yes" if record.settled else "no",
        record.margin,
        record.chance_best,
        *(record.scores[path] for path in paths),
        _joined(record.blocked),
        _reasons(record.reasons_for),
        _reasons(record.reasons_against),
        _joined(record.tensions),
        _joined(record.ask_next),
        _joined(record.find_out_next),
        _joined(record.places),
        _joined(record.set_aside),
        record.report,
    )


def error_cells(person: Person, problem: Problem) -> tuple[Cell, ...]:
    """A row of errors.csv: one problem of a person."""
    line = person.line if person.line is not None else problem.line
    column = (problem.key or "").removeprefix("answers.")
    return (PurePath(person.file).name, person.row, line, person.id, column, problem.message, problem.remedy)


def _joined(words: Sequence[str]) -> str:
    return "; ".join(words)


def _reasons(reasons: Weighed) -> str:
    return "; ".join(f"{rule} ({signed(points)})" for rule, points in reasons)
