"""How long it takes to say how sure a result is, as ratios to a process that only imports typer, yaml and pydantic.

200 random people, each with a random share of the questions answered at random: for each, whether the verdict is
settled, the range of every path and every single answer that flips the winner. Beside it one cold start of the program.

    python benchmarks/certainty.py [PEOPLE]
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from pathfinder.answers.facts import set_aside
from pathfinder.answers.sheet import AnswerSheet, Certain
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.certainty.information import Information
from pathfinder.assessment.changes.counterfactual import Counterfactuals
from pathfinder.assessment.completions.completing import Completer
from pathfinder.assessment.ranges.possibilities import Possibilities
from pathfinder.store.rules import load_built_in

SEED = 11
ROUNDS = 7
BARE = [sys.executable, "-c", "import typer, yaml, pydantic"]
COLD = [sys.executable, "-m", "pathfinder", "score", "-", "--format", "json"]


def people(assessor: Assessor, count: int) -> list[AnswerSheet]:
    """Random sheets: plausible answers to a random share of the questions."""
    source = random.Random(SEED)
    drawn = Completer(assessor.base, draws=count, seed=SEED, book=assessor.book).drawn(AnswerSheet())
    found = []
    for person in range(count):
        share = source.random()
        answers = {
            question: Certain(next(value for value, those in columns.items() if those >> person & 1))
            for question, columns in drawn.answers.items()
            if source.random() < share
        }
        found.append(set_aside(assessor.base, AnswerSheet(answers))[0])
    return found


def certainty(assessor: Assessor, sheet: AnswerSheet) -> None:
    """Settled, ranges and flips of one sheet."""
    what_if = Counterfactuals(assessor.base, sheet, assessor.scorer, assessor.book)
    first = max(what_if.now.scores, key=lambda path: (path not in what_if.now.blocked, what_if.now.scores[path]))
    possible = Possibilities(assessor.base, sheet, assessor.book)
    possible.settle(first)
    for path in assessor.base.paths:
        possible.range_of(path.id)
    what_if.singles()


def information(assessor: Assessor, sheet: AnswerSheet) -> None:
    """The value of every open question of one sheet."""
    found = Information(assessor.base, assessor.scorer, assessor.completer.complete(sheet))
    for question in assessor.base.questions:
        found.value([question])


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def process(command: list[str]) -> float:
    return seconds(lambda: subprocess.run(command, input=b"answers: {}\n", stdout=subprocess.DEVNULL, check=True))


def main() -> None:
    assessor = Assessor(load_built_in())
    sheets = people(assessor, int(sys.argv[1]) if len(sys.argv) > 1 else 200)
    certainty(assessor, sheets[0])
    bare, cold = [], []
    for _ in range(ROUNDS):
        bare.append(process(BARE))
        cold.append(process(COLD))
    unit = statistics.median(bare)
    print(f"one cold start of the program: {statistics.median(cold) / unit:.2f} bare imports")
    for name, work in (("settled, ranges and flips", certainty), ("value of every open question", information)):
        times = sorted(seconds(lambda sheet=sheet, work=work: work(assessor, sheet)) / unit for sheet in sheets)
        print(
            f"{name}, {len(times)} people: median {statistics.median(times):.2f}, most {times[-1]:.2f},"
            f" all together {sum(times):.0f} bare imports"
        )


if __name__ == "__main__":
    main()
