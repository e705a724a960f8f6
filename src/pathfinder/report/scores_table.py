"""The table of scores alone, as lines of CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pathfinder.assessment.bulk.coded import flags_of
from pathfinder.assessment.bulk.cohort_scores import CohortScores
from pathfinder.assessment.bulk.sheet_scores import SheetScores
from pathfinder.report.cohort_table import csv_line
from pathfinder.store.person import PLAIN_ID


def scores_columns(paths: Sequence[str]) -> tuple[str, ...]:
    """The columns of scores.csv for the paths of a rule base; docs/batch.md says what they hold."""
    return ("id", "best", "margin", *(f"score_{path}" for path in paths), "blocked")


def score_line(key: str, found: SheetScores) -> str:
    """The line of one person."""
    return csv_line((key, found.best, found.margin, *found.scores, "; ".join(found.blocked)))


def score_lines(ids: Sequence[str], found: CohortScores) -> Iterator[str]:
    """The lines of a cohort, as `score_line` writes them."""
    paths, told = (*found.paths, ""), _Numbers()
    keys = ids if all(map(PLAIN_ID.fullmatch, ids)) else [csv_line((key,))[:-1] for key in ids]
    points = [map(told.__getitem__, column) for column in (found.margin, *map(found.scores.__getitem__, found.paths))]
    return map(_line, zip(keys, map(paths.__getitem__, found.best), *points, _blocked(found), strict=True))


def _line(cells: tuple[str, ...]) -> str:
    return ",".join(cells) + "\n"


class _Numbers(dict[float, str]):
    """Points as they are written."""

    def __missing__(self, points: float) -> str:
        found = self[points] = str(int(points)) if points == int(points) else str(points)
        return found


def _blocked(found: CohortScores) -> Iterator[str]:
    """For everybody the paths that a gate closes."""
    flags = [flags_of(found.blocked[path], found.size) for path in found.paths]
    words: Mapping[tuple[int, ...], str] = _Words(found.paths)
    return map(words.__getitem__, zip(*flags, strict=True))


class _Words(dict[tuple[int, ...], str]):
    """The names of paths for each combination of the digits 0 and 1."""

    def __init__(self, paths: Sequence[str]) -> None:
        super().__init__()
        self._paths = paths

    def __missing__(self, flags: tuple[int, ...]) -> str:
        found = "; ".join(path for path, flag in zip(self._paths, flags, strict=True) if flag == ord("1"))
        self[flags] = found
        return found
