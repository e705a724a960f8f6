"""How long the program takes to start, beside a Python that only imports the libraries it is written with.

    python benchmarks/startup.py [RUNS]

Whole processes, run in turn so that whatever else the machine does falls on all of them alike. Figures are ratios of
medians measured in the same run, of the time the processors worked and of the time that passed. The rule base has been
read once before, as it has been for everybody but whoever runs the program for the first time; how long that takes is
told as well. Copier, a program written with much the same libraries, is measured too where it is installed.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ANSWERS = """
goal_role: research_contributor
timeline_years: {min: 5, max: 15, likely: 8}
new_agendas_needed: true
phd_option: offer
phd_supervisor_research: 5
phd_supervisor_mentoring: [3, 4]
coding: strong
mental_health_risk: low
job_team: 4
job_own_ideas: 1
ml_experience: professional
research_record: publication
tried_research: months
research_reaction: enjoyed
""".strip()

HELP, SCORE, FIRST, COPIER = "pathfinder --help", "pathfinder score", "pathfinder score, first time", "copier --version"
TYPER, LIBRARIES = "import typer", "import typer, yaml, pydantic"
TARGETS = ((HELP, TYPER, 1.2), (SCORE, LIBRARIES, 1.4), (HELP, COPIER, 1.0), (SCORE, COPIER, 1.0))
TOLD = ((FIRST, LIBRARIES), (SCORE, TYPER), (COPIER, TYPER))


class Times(NamedTuple):
    """Seconds that the processors worked, and that passed."""

    worked: float
    passed: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("runs", nargs="?", type=int, default=15, help="How often each is run.")
    runs: int = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        found = measured(Path(folder), runs)
    for name, beside, target in TARGETS:
        if beside in found:
            worked, passed = ratios(found[name], found[beside])
            verdict = "met" if worked <= target else "MISSED"
            print(f"{name:30} / {beside:30} {worked:5.2f} (passed: {passed:5.2f})  at most {target}: {verdict}")
    for name, beside in TOLD:
        if name in found:
            worked, passed = ratios(found[name], found[beside])
            print(f"{name:30} / {beside:30} {worked:5.2f} (passed: {passed:5.2f})")


def ratios(times: Times, beside: Times) -> Times:
    return Times(times.worked / beside.worked, times.passed / beside.passed)


def measured(folder: Path, runs: int) -> dict[str, Times]:
    """The medians of every command."""
    answers = folder / "answers.yaml"
    answers.write_text("answers:\n" + "".join(f"  {line}\n" for line in ANSWERS.splitlines()), encoding="utf-8")
    environment = {name: one for name, one in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PATHFINDER_CACHE"] = str(folder / "cache")
    own = str(Path(sys.executable).with_name("pathfinder"))
    score = [own, "score", str(answers), "--format", "json"]
    commands = {
        TYPER: [sys.executable, "-c", TYPER],
        LIBRARIES: [sys.executable, "-c", LIBRARIES],
        HELP: [own, "--help"],
        FIRST: score,
        SCORE: score,
    }
    if copier := shutil.which("copier", path=f"{Path(own).parent}{os.pathsep}{os.environ.get('PATH', '')}"):
        commands[COPIER] = [copier, "--version"]
    times: dict[str, list[Times]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            if name == FIRST:
                shutil.rmtree(folder / "cache", ignore_errors=True)
            found = timed(command, environment)
            if turn:  # in the first turn Python compiles what it has not compiled yet
                times[name].append(found)
    return {
        name: Times(statistics.median(one.worked for one in all_), statistics.median(one.passed for one in all_))
        for name, all_ in times.items()
    }


def timed(command: Sequence[str], environment: dict[str, str]) -> Times:
    before, began = worked_for_children(), time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=True)
    return Times(worked_for_children() - before, time.perf_counter() - began)


def worked_for_children() -> float:
    """Seconds that the processors have worked for the processes that this one started."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
