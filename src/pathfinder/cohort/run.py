"""A whole batch: people in, a folder of results out, in the input's order whatever the number of processes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial

from pathfinder import __version__
from pathfinder.cohort.discretion import discreet
from pathfinder.cohort.fingerprint import fingerprint
from pathfinder.cohort.pool import in_order
from pathfinder.cohort.worker import ENDINGS, Task, Worker
from pathfinder.errors import Problem
from pathfinder.report.cohort_record import Record, record_from
from pathfinder.report.cohort_summary import cohort_blocks
from pathfinder.report.cohort_table import ERROR_COLUMNS, csv_line, error_cells, summary_cells, summary_columns
from pathfinder.report.cohort_tally import Tally
from pathfinder.report.markdown import blocks_as_markdown
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.cohort_output import OutputFolder, write_report
from pathfinder.store.file_names import FileNames
from pathfinder.store.growing import GrowingFile
from pathfinder.store.journal import Journal
from pathfinder.store.person import Person, with_problem


@dataclass(frozen=True)
class Plan:
    """What is wanted: forms of the reports (keys of `ENDINGS`; none where only the summary is wanted), the day to put
    on them, how many processes, whether to start anew where a run with other settings was not finished, and whether the
    results are to be passed on, without names and private answers."""

    forms: tuple[str, ...]
    made: date | None = None
    jobs: int = 1
    force: bool = False
    redact: bool = False


@dataclass
class Outcome:
    """What came of a batch: how many people were compared, how many could not be, how many were done by an unfinished
    run before, and whose files could not be called as their id."""

    people: int = 0
    failed: int = 0
    taken: int = 0
    renamed: int = 0
    strangers: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Entry:
    """A person on the way, with what identifies their answers and, where it is known already, their record."""

    person: Person
    key: str = ""
    record: Record | None = None


def run_cohort(
    base: RuleBase,
    people: Iterable[Person],
    out: OutputFolder,
    plan: Plan,
    watch: Callable[[Person], None] = lambda _person: None,
) -> Outcome:
    """Compare everybody and write the results; `watch` is told of each person, with their problems, when done.

    What one person's answers get wrong is written to errors.csv. Raises `InputError` when results cannot be written,
    and `WorkerLostError`; what was done until then is kept, and the next run goes on from there.
    """
    return _Batch(base, out, plan, watch).run(people)


class _Batch:
    def __init__(self, base: RuleBase, out: OutputFolder, plan: Plan, watch: Callable[[Person], None]) -> None:
        self._base, self._out, self._plan, self._watch = base, out, plan, watch
        self._paths = tuple(path.id for path in base.paths)
        self._told = discreet(base) if plan.redact else _as_it_is
        self._names, self._files = FileNames(), set[str]()
        self._tally, self._outcome = Tally(), Outcome()

    def run(self, people: Iterable[Person]) -> Outcome:
        make = partial(Worker, self._base, self._out, self._plan.forms, self._plan.made, self._plan.redact)
        with (
            Journal(self._out.journal, _settings(self._base, self._plan), replace=self._plan.force) as journal,
            GrowingFile(self._out.summary_table) as table,
            GrowingFile(self._out.errors) as errors,
        ):
            self._out.sweep()
            table.write(csv_line(summary_columns(self._paths)))
            errors.write(csv_line(ERROR_COLUMNS))
            with closing(in_order(make, self._entries(people, journal), self._plan.jobs)) as results:
                for entry, result in results:
                    person, found = entry.person, entry.record or result
                    if isinstance(found, Record):
                        table.write(csv_line(summary_cells(found, self._paths)))
                        self._tally.add(found)
                        if entry.record is None:
                            journal.add(entry.key, dataclasses.asdict(found))
                    else:
                        person = self._told(with_problem(person, found) if isinstance(found, Problem) else person)
                        for problem in person.problems:
                            errors.write(csv_line(error_cells(person, problem)))
                        self._tally.failed += 1
                    self._watch(person)
            table.keep()
            errors.keep()
            write_report(
                self._out.summary, blocks_as_markdown(cohort_blocks(self._base, self._tally, self._plan.redact))
            )
        return self._ended()

    def _ended(self) -> Outcome:
        self._outcome.people, self._outcome.failed = self._tally.people, self._tally.failed
        if self._plan.forms or self._plan.redact:
            self._outcome.strangers = tuple(self._out.strangers(self._files))
        return self._outcome

    def _entries(self, people: Iterable[Person], journal: Journal) -> Iterator[tuple[_Entry, Task | None]]:
        """Everybody with what has to be done for them: nothing where their answers cannot be used, or where an
        unfinished run did it."""
        for person in people:
            if person.problems:
                yield _Entry(person), None
                continue
            report = self._report(person.id) if self._plan.forms else ""
            key = fingerprint([person.id, person.sheet])
            record = self._taken(journal, key, report)
            task = None if record else Task(person.id, person.sheet, report)
            yield _Entry(person, key, record), task

    def _report(self, key: str) -> str:
        name = self._names.name(key)
        self._outcome.renamed += name != key
        self._files.update(self._files_of(name))
        return name

    def _files_of(self, report: str) -> list[str]:
        return [f"{report}.{ENDINGS[form]}" for form in self._plan.forms]

    def _taken(self, journal: Journal, key: str, report: str) -> Record | None:
        """A person's record from an unfinished run, if their reports are there too."""

        def read(plain: Mapping[str, object]) -> Record | None:
            record = record_from(plain)
            there = record is not None and record.report == report and self._out.has_reports(self._files_of(report))
            return record if there else None

        record = journal.take(key, read)
        self._outcome.taken += record is not None
        return record


def _settings(base: RuleBase, plan: Plan) -> str:
    """What results depend on besides the people."""
    return fingerprint([__version__, base.identity, list(plan.forms), str(plan.made), plan.redact])


def _as_it_is(person: Person) -> Person:
    return person
