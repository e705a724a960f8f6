"""Whether memory stays flat in people where a batch streams.

    python benchmarks/memory.py [PEOPLE]

`pathfinder batch` runs on a table of so many random people, of 4 and of 16 times as many, in a process of its own: with
`--scores-only` (on 40 times PEOPLE, as it is that much faster) and with `--summary-only`. No two people answer alike:
numbers have decimals, and one answer in three is uncertain. Figures are ratios of the most memory that the process, or
any that it started, held at a time. What is remembered is bounded and fills up first, so it is the last step that tells
whether more people take more memory. Linux and macOS only.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from batch import random_cell, write_table

from pathfinder.rulebase.questions import Question
from pathfinder.store.compiled import ready_built_in

STEPS, QUICK = (1, 4, 16), 40
TARGET = 1.1


def varied_cell(question: Question, source: random.Random) -> str:
    """An answer as it stands in a table; a number is seldom one that somebody else gave."""
    if question.kind == "number" and source.random() < 0.6:
        return f"{source.uniform(*question.bounds):.6f}"
    return random_cell(question, source)


def most_memory(command: list[str]) -> int:
    """The most memory that a command held, in whatever unit the system counts."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"exit code {child.returncode}: {' '.join(command)}")
    return usage.ru_maxrss


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("people", type=int, nargs="?", default=250)
    people = parser.parse_args().people
    base = ready_built_in()
    with tempfile.TemporaryDirectory() as folder:
        for option, times in (("--scores-only", QUICK), ("--summary-only", 1)):
            found: list[int] = []
            for step in STEPS:
                table, out = Path(folder) / f"{step}.csv", Path(folder) / f"out{option}-{step}"
                write_table(table, base, people * times * step, varied_cell)
                command = [sys.executable, "-m", "pathfinder", "batch", str(table), option, "--out", str(out)]
                found.append(most_memory(command))
                table.unlink()
            ratios = ", ".join(f"{one / found[0]:.2f}" for one in found)
            print(f"{option}: {', '.join(str(people * times * step) for step in STEPS)} people take {ratios}")
            more, larger = STEPS[-1] // STEPS[-2], found[-1] / found[-2]
            print(
                f"  the last {more} times as many people hold {larger:.2f} times the memory (wanted: at most {TARGET})"
            )


if __name__ == "__main__":
    main()
