"""The same people scored by dataframe engines and by the program's own columns: the same results, and ratios of time.

    python benchmarks/engines.py [PEOPLE]

polars and DuckDB come with `pip install 'career-pathfinder[test]'`; PySpark runs in local mode with `pip install
pyspark` and Java 17, and is left out where it is missing. Times are of the wall clock, as engines use every core,
from a frame in memory to rows in memory; those of the program's own columns hold getting ready for the base.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from typing import Any

import polars as pl

from cohort import values_of
from pathfinder.assessment.bulk.coded import Column
from pathfinder.assessment.bulk.cohort_scores import CohortScorer
from pathfinder.frames import score_frame
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import load_built_in

OPEN = 0.3
TYPES: dict[str, Any] = {"yes_no": pl.Boolean, "scale": pl.Int64, "number": pl.Float64}
Found = list[tuple[Any, ...]]
Steps = tuple[Callable[[], Any], Callable[[Any], Found]]
"""Makes the scored frame, which is lazy; gets its rows."""


def columns_of(base: RuleBase, people: int) -> dict[str, Column]:
    source = random.Random(1)
    found = {}
    for key, question in base.questions.items():
        values = values_of(question, source)
        shares = [OPEN * len(values) / (1 - OPEN), *([1.0] * len(values))]
        found[key] = Column(bytes(source.choices(range(len(values) + 1), shares, k=people)), values)
    return found


def frame_of(base: RuleBase, columns: dict[str, Column], people: int) -> pl.DataFrame:
    found = {"id": pl.Series(range(people))}
    for key, column in columns.items():
        written = [None, *("|".join(sorted(v)) or "none" if isinstance(v, frozenset) else v for v in column.values)]
        kind = TYPES.get(base.questions[key].kind, pl.String)
        found[key] = pl.Series([written[code] for code in column.codes], dtype=kind)
    return pl.DataFrame(found)


def own(base: RuleBase, columns: dict[str, Column], people: int) -> Found:
    scores = CohortScorer(base).scores(columns, people)
    blocked = [[bool(scores.blocked[path] >> person & 1) for person in range(people)] for path in scores.paths]
    return list(zip(range(people), *scores.scores.values(), *blocked, strict=True))


def wanted(base: RuleBase) -> list[str]:
    return ["id", *(f"score_{path}" for path in base.path), *(f"blocked_{path}" for path in base.path)]


def by_polars(base: RuleBase, frame: pl.DataFrame) -> Steps:
    return lambda: score_frame(frame.lazy(), base), lambda found: found.select(wanted(base)).collect().rows()


def by_duckdb(base: RuleBase, frame: pl.DataFrame) -> Steps:
    import duckdb

    table = duckdb.from_arrow(frame.to_arrow())
    return lambda: score_frame(table, base), lambda found: found.select(*wanted(base)).fetchall()


def by_spark(base: RuleBase, frame: pl.DataFrame) -> Steps:
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[*]").config("spark.ui.enabled", "false").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    table = session.createDataFrame(frame.to_arrow()).cache()
    table.count()
    return lambda: score_frame(table, base), lambda found: [tuple(row) for row in found.select(*wanted(base)).collect()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("people", type=int, nargs="?", default=20_000)
    people = parser.parse_args().people
    base = load_built_in()
    columns = columns_of(base, people)
    frame = frame_of(base, columns, people)
    begun = time.perf_counter()
    expected = own(base, columns, people)
    alone = time.perf_counter() - begun
    for name, prepare in (("polars", by_polars), ("DuckDB", by_duckdb), ("PySpark, local mode", by_spark)):
        try:
            make, fetch = prepare(base, frame)
        except ImportError:
            print(f"{name} is not installed: left out")
            continue
        begun = time.perf_counter()
        scored = make()
        made = time.perf_counter()
        found = fetch(scored)
        done = time.perf_counter()
        if sorted(found) != expected:
            raise SystemExit(f"{name}: other results")
        print(
            f"{name}: the same results for {people} people. Beside the program's own columns, putting the expressions"
        )
        print(f"  together (once, whatever the number of people) takes {(made - begun) / alone:.1f} times as long,")
        print(f"  and working them out {(done - made) / alone:.1f} times")


if __name__ == "__main__":
    main()
