"""Scores alone for a whole cohort: crowds of people in, a table with a row for each out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from pathfinder.assessment.cohort_scores import CohortScorer
from pathfinder.assessment.sheet_scores import SheetScorer
from pathfinder.cohort.run import Outcome
from pathfinder.report.cohort_table import ERROR_COLUMNS, csv_line, error_cells
from pathfinder.report.scores_table import score_line, score_lines, scores_columns
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.cohort_output import OutputFolder
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
    """Score everybody and write scores.csv, and errors.csv for those whose answers cannot be used; `watch` is told of
    each crowd, with those people, when done. Files appear whole or not at all.

    Raises `InputError` when reading or writing fails.
    """
    scorer, outcome = _CrowdScorer(base), Outcome()
    with alone(out.journal), GrowingFile(out.scores) as table, GrowingFile(out.errors) as errors:
        table.write(csv_line(scores_columns(tuple(base.path))))
        errors.write(csv_line(ERROR_COLUMNS))
        for crowd in crowds:
            wrong = [person for person in crowd.apart.values() if person.problems]
            table.write("".join(scorer.lines(crowd)))
            errors.write("".join(csv_line(error_cells(one, problem)) for one in wrong for problem in one.problems))
            outcome.people += len(crowd.ids) - len(wrong)
            outcome.failed += len(wrong)
            watch(len(crowd.ids), wrong)
        table.keep()
        errors.keep()
    return outcome


class _CrowdScorer:
    def __init__(self, base: RuleBase) -> None:
        self._base, self._together = base, CohortScorer(base)

    @cached_property
    def _alone(self) -> SheetScorer:
        return SheetScorer(self._base)

    def lines(self, crowd: Crowd) -> Iterator[str]:
        """A line for everybody whose answers can be used, in order."""
        lines = score_lines(crowd.ids, self._together.scores(crowd.columns, len(crowd.ids)))
        for place, line in enumerate(lines):
            person = crowd.apart.get(place)
            if person is None:
                yield line
            elif not person.problems:
                yield score_line(person.id, self._alone.score(person.sheet))
