"""Scores of a whole dataframe, worked out by the engine that the frame belongs to (polars, DuckDB, PySpark and others).

`docs/batch.md` says what the columns hold. Needs the extra `cohort`; nothing of it is loaded before a frame is scored.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from pathfinder.rulebase.models import RuleBase

__all__ = ["score_frame"]

NativeFrame = TypeVar("NativeFrame")

KEPT = ("id", "name")
"""Columns that may stand beside the questions where nothing else is said."""


def score_frame(frame: NativeFrame, rules: RuleBase, *, keep: Collection[str] = KEPT) -> NativeFrame:
    """The same frame, of the same kind, with the scores of everybody in it; lazy where the frame is.

    `frame` is one of polars, PyArrow, DuckDB or PySpark, with a column for each question that anybody was
    asked, and perhaps others, which `keep` names. Added are `score_PATH` (points) and `blocked_PATH` (whether a gate
    closes it) for every path, `first` (the path that ranks first) and `problems`: the questions where this person's
    value is no certain answer, joined by `; `. Where there are any, the rest is null; else `problems` is null.

    Raises `InputError` with every column that cannot be used, and `ImportError` where the extra is not installed.
    """
    try:
        import narwhals  # noqa: F401
    except ImportError as error:
        raise ImportError(
            "scoring a dataframe needs narwhals. Install it with: pip install 'career-pathfinder[cohort]'"
        ) from error
    from pathfinder.frames.scoring import scored

    return scored(frame, rules, keep)
