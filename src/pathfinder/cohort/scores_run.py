"""Scores alone for a whole cohort: crowds of people in, a table with a row for each out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from pathfinder.assessment.bulk.cohort_scores import CohortScorer
from pathfinder.assessment.bulk.sheet_scores import SheetScorer
from pathfinder.cohort.run import Outcome
from pathfinder.report.cohort_table import ERROR_COLUMNS, csv_line, error_cells
from pathfinder.report.markdown import blocks_as_markdown
from pathfinder.report.scores_summary import scores_blocks
from pathfinder.report.scores_table import score_line, score_lines, scores_columns
from pathfinder.report.scores_tally import ScoresTally
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.cohort_output import OutputFolder, write_report
from pathfinder.store.crowds import Crowd
from pathfinder.store.growing import GrowingFile
from pathfinder.store.journal import alone
from pathfinder.store.person import Person


def score_cohort(
    base: RuleBase,
    crowds: Iterable[Crowd],
    out: OutputFolder,
    watch: Callable[[int, list[Person]], None] = lambda _people, _wrong: None,
) -> Outcome:
    """Score everybody and write scores.csv, scores.md on what they add up to, and errors.csv for those whose answers
    cannot be used; `watch` is told of each crowd, with those people, when done. Files appear whole or not at all.

    Raises `InputError` when reading or writing fails.
    """
    scorer = CrowdScorer(base)
    tally = scorer.tally
    with alone(out.journal), GrowingFile(out.scores) as table, GrowingFile(out.errors) as errors:
        table.write(csv_line(scores_columns(tuple(base.path))))
        errors.write(csv_line(ERROR_COLUMNS))
        for crowd in crowds:
            wrong = [person for person in crowd.apart.values() if person.problems]
            table.write("".join(scorer.lines(crowd)))
            errors.write("".join(csv_line(error_cells(one, problem)) for one in wrong for problem in one.problems))
            tally.failed += len(wrong)
            watch(len(crowd.ids), wrong)
        write_report(out.scores_summary, blocks_as_markdown(scores_blocks(base, tally)))
        table.keep()
        errors.keep()
    return Outcome(tally.people, tally.failed)


class CrowdScorer:
    """Scores one crowd after another; `tally` is what all of them add up to."""

    def __init__(self, base: RuleBase) -> None:
        self._base, self._together = base, CohortScorer(base)
        self.tally = ScoresTally(base)

    @cached_property
    def _alone(self) -> SheetScorer:
        return SheetScorer(self._base)

    def lines(self, crowd: Crowd) -> Iterator[str]:
        """A line for everybody whose answers can be used, in order."""
        found = self._together.scores(crowd.columns, crowd.size, self.tally.arguments)
        self.tally.add(found)
        self.tally.open.add(crowd.columns, crowd.size)
        if not crowd.apart:
            return score_lines(crowd.ids, found)
        ids = [key for place, key in enumerate(crowd.ids) if place not in crowd.apart]
        return self._in_order(crowd, score_lines(ids, found))

    def _in_order(self, crowd: Crowd, lines: Iterator[str]) -> Iterator[str]:
        """The lines of those in the columns, and those of the others where they stand."""
        for place in range(len(crowd.ids)):
            person = crowd.apart.get(place)
            if person is None:
                yield next(lines)
            elif not person.problems:
                yield self._line(person)

    def _line(self, person: Person) -> str:
        reasons = self._alone.reasons(person.sheet)
        scores = self._alone.ranked(reasons)
        self.tally.add_one(person.sheet, reasons, scores)
        return score_line(person.id, scores)
