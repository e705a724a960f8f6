"""Where the time of `pathfinder batch` goes, and what more processes save.

    python benchmarks/batch.py [PEOPLE] [--jobs N]

Random people answer a share of all questions, one in three of them with several values, a range or `unknown`. First the
stages of a run are timed one by one in this process, on 400 of the people at most, and the largest is named; then the
real command runs with one process and with N. Figures are shares of the whole, or ratios to a Python that only imports
typer, yaml and pydantic, measured in the same run.

Much of what is worked out for some people is looked up for others, so that each of a few costs more than each of many:
what 5,000 take is measured on 5,000 (`benchmarks/batch.py 5000`, some minutes).
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pathfinder.assessment.assess import Assessor
from pathfinder.cohort.fingerprint import fingerprint
from pathfinder.report.cohort_record import record_of
from pathfinder.report.cohort_table import csv_line, summary_cells
from pathfinder.report.json_form import to_json
from pathfinder.report.markdown import to_markdown
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.questions import Question
from pathfinder.store.cohort_output import write_report
from pathfinder.store.people import read_people
from pathfinder.store.rules import load_built_in

TARGET_PEOPLE, TARGET_SECONDS = 5000, 60
MOST_STAGED = 400
BARE = "import typer, yaml, pydantic"
JSON = "JSON (only when asked for; not in the whole)"
Result = TypeVar("Result")


def random_cell(question: Question, source: random.Random) -> str:
    """An answer as it stands in a table."""
    if source.random() < 0.4:
        return ""
    open_ended = source.random() < 1 / 3
    if open_ended and source.random() < 0.3:
        return "unknown"
    if question.kind == "multi":
        return "|".join(value for value in question.values if source.random() < 0.3) or "none"
    if question.kind in ("number", "scale"):
        least, most = (int(bound) for bound in question.bounds)
        low, high = sorted(source.sample(range(least, most + 1), 2))
        return f"{low}-{high}" if open_ended else str(low)
    values = ["yes", "no"] if question.kind == "yes_no" else list(question.values)
    return "|".join(source.sample(values, 2 if open_ended else 1))


def write_table(
    path: Path,
    base: RuleBase,
    people: int,
    cell: Callable[[Question, random.Random], str] = random_cell,
    seed: int = 20240314,
) -> None:
    """A table of random people, whose answers `cell` makes up."""
    source = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", *base.questions])
        for number in range(people):
            table.writerow([f"p{number:07}", *(cell(one, source) for one in base.questions.values())])


class Clock:
    """Adds up the seconds of named stages."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, stage: str, work: Callable[..., Result], *given: object) -> Result:
        start = time.perf_counter()
        found = work(*given)
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start
        return found


def stages(base: RuleBase, table: Path, out: Path) -> Clock:
    """One pass over people in this process, stage by stage."""
    clock = Clock()
    assessor = Assessor(base)
    paths = tuple(path.id for path in base.paths)
    people = islice(read_people(table, base), MOST_STAGED)
    while person := clock.time("read and validate", next, people, None):
        clock.time("fingerprint", fingerprint, person.sheet)
        assessment = clock.time("assess", partial(assessor.assess, full=True), person.sheet)
        report = clock.time("Markdown", to_markdown, assessment, None)
        clock.time("write the report", write_report, out / f"{person.id}.md", report)
        record = clock.time("record", record_of, person.id, "", paths, assessment)
        clock.time("summary row", csv_line, summary_cells(record, paths))
        clock.time(JSON, to_json, assessment)
    return clock


def seconds_of(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("people", type=int, nargs="?", default=200)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    base = load_built_in()
    bare = min(seconds_of([sys.executable, "-c", BARE]) for _ in range(5))
    with tempfile.TemporaryDirectory() as folder:
        table, out = Path(folder) / "people.csv", Path(folder) / "stages"
        write_table(table, base, asked.people)
        out.mkdir()
        clock = stages(base, table, out)
        total = sum(seconds for stage, seconds in clock.seconds.items() if stage != JSON)
        staged = min(asked.people, MOST_STAGED)
        print(f"{staged} people; one takes {total / staged / bare:.3f} times '{BARE}'")
        for stage, seconds in sorted(clock.seconds.items(), key=lambda one: -one[1]):
            print(f"  {seconds / total:7.1%}  {stage}")
        largest = max((stage for stage in clock.seconds if stage != JSON), key=lambda stage: clock.seconds[stage])
        print(f"The largest stage is '{largest}', with {clock.seconds[largest] / total:.0%} of the whole.")
        alone = 0.0
        for jobs in dict.fromkeys((1, asked.jobs)):
            command = [sys.executable, "-m", "pathfinder", "batch", str(table), "--jobs", str(jobs)]
            seconds = seconds_of([*command, "--out", str(Path(folder) / f"jobs-{jobs}")])
            alone = alone or seconds
            print(f"--jobs {jobs}: {seconds / bare:.1f} times '{BARE}', {alone / seconds:.2f} times as fast as alone")
            whole, took = seconds / asked.people * TARGET_PEOPLE, "took"
            if asked.people != TARGET_PEOPLE:
                took = "would take no more than" if asked.people < TARGET_PEOPLE else "would take"
            print(f"  {TARGET_PEOPLE} people {took} {whole:.0f} s (wanted: {TARGET_SECONDS} s on 2 cores)")


if __name__ == "__main__":
    main()
