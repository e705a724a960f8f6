"""What is done for one person: assess, render, write, and keep what the summary needs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.redaction import Redactor
from pathfinder.assessment.results.assessment import Assessment
from pathfinder.errors import InputError, Problem
from pathfinder.report.cohort_record import Record, record_of
from pathfinder.report.json_form import to_json
from pathfinder.report.markdown import to_markdown
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.cohort_output import OutputFolder, write_report

ENDINGS = {"markdown": "md", "json": "json"}
"""Forms of a report, with how their files end."""


@dataclass(frozen=True)
class Task:
    """One person to assess; `report` names their files without ending, empty where none are written."""

    key: str
    sheet: AnswerSheet
    report: str


class Worker:
    """Does tasks on one rule base, one after the other. `forms` are keys of `ENDINGS`; `redact`: reports and records
    are such as can be passed on."""

    def __init__(
        self, base: RuleBase, out: OutputFolder, forms: Sequence[str], made: date | None, redact: bool = False
    ) -> None:
        self._out, self._forms, self._made = out, forms, made
        self._paths = tuple(path.id for path in base.paths)
        self._assessor = Assessor(base)
        self._redactor = Redactor(base) if redact else None

    def do(self, tasks: Sequence[Task]) -> Iterator[Record | Problem]:
        """What came of each task. A mistake of the program is the problem of the one person it struck; raises
        `InputError` only when files cannot be written."""
        for task in tasks:
            try:
                yield self._done(task)
            except InputError:
                raise
            except Exception as error:
                if os.environ.get("PATHFINDER_DEBUG"):
                    raise
                remedy = "Score this person alone with PATHFINDER_DEBUG=1 for what a bug report needs"
                yield Problem(f"the program made a mistake over these answers ({type(error).__name__})", remedy)

    def _done(self, task: Task) -> Record:
        assessment = self._assessed(task)
        if task.report:
            for form in self._forms:
                write_report(self._out.report(f"{task.report}.{ENDINGS[form]}"), self._text(assessment, form))
        return record_of(task.key, task.report, self._paths, assessment)

    def _assessed(self, task: Task) -> Assessment:
        redactor = self._redactor
        told = redactor is None or redactor.tells_all  # what only the full report has is left out by redaction
        whole = "markdown" in self._forms and bool(task.report) and told
        assessment = self._assessor.assess(task.sheet, full=whole)
        return assessment if redactor is None else redactor.redacted(task.sheet, assessment)

    def _text(self, assessment: Assessment, form: str) -> str:
        if form == "markdown":
            return to_markdown(assessment, self._made)
        return to_json(replace(assessment, smallest_changes=(), favoured=())) + "\n"  # as `score --format json` has it
