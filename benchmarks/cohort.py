"""Scores of a whole cohort at once, beside the same people one by one, another rule engine, and reading their file.

    python benchmarks/cohort.py [PEOPLE] [--most PEOPLE]

Random people answer everything (zen-engine's expressions know no open answers), and, in the table, some 60 in 100
questions. With zen-engine installed (`pip install zen-engine`), the same base is one of its expressions, compiled once,
and both must give the same points. Figures are ratios of processor time within one run.
"""

from __future__ import annotations

import argparse
import csv
import math
import random
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from batch import write_table
from msgspec.structs import replace

from pathfinder.answers.facts import set_aside
from pathfinder.answers.sheet import AnswerSheet, Certain
from pathfinder.assessment.bulk.coded import Column
from pathfinder.assessment.bulk.cohort_scores import CohortScorer, CohortScores
from pathfinder.assessment.scoring.scorer import Scorer
from pathfinder.cohort.scores_run import score_cohort
from pathfinder.rulebase.arguments import Rule
from pathfinder.rulebase.conditions import AllOf, AnyOf, Condition, Not, OneOf, Selects, Test, Value, Within
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.questions import Question
from pathfinder.store.cohort_output import OutputFolder
from pathfinder.store.crowds import Crowds
from pathfinder.store.rules import load_built_in

ROUNDS = 5
ONE_BY_ONE, WITH_ZEN, TABLE = 60, 1000, 50_000
TARGET_ZEN, TARGET_TABLE, TARGET_PEOPLE, TARGET_RULES = 60, 4, 1.05, 1.1
Columns = dict[str, Column]


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The least processor time of some rounds."""
    found = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return min(found)


def values_of(question: Question, source: random.Random) -> tuple[Value, ...]:
    if question.kind == "multi":
        chosen = (frozenset(word for word in question.values if source.random() < 0.3) for _ in range(40))
        return tuple(dict.fromkeys(chosen))
    if question.kind == "number":
        low, high = (int(bound) for bound in question.bounds)
        return tuple(float(number) for number in range(low, high + 1))[:250]
    return question.options


def columns_of(base: RuleBase, people: int) -> Columns:
    source = random.Random(1)
    found = {}
    for key, question in base.questions.items():
        values = values_of(question, source)
        found[key] = Column(bytes(source.choices(range(1, len(values) + 1), k=people)), values)
    return found


def answer(columns: Columns, question: str, person: int) -> Value:
    column = columns[question]
    return column.values[column.codes[person] - 1]


def one_by_one(base: RuleBase, scorer: Scorer, columns: Columns, people: int) -> list[list[float]]:
    found = []
    for person in range(people):
        answers = {key: Certain(answer(columns, key, person)) for key in columns}
        sheet = set_aside(base, AnswerSheet(answers))[0]
        points = {rule.id: scorer.score(rule, sheet).points for rule in base.rules.values()}
        found.append([sum(points[rule.id] for rule in base.rules_of(path)) for path in base.path])
    return found


def times(base: RuleBase, count: int) -> RuleBase:
    """The base with every argument so many times."""

    def more(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        return tuple(replace(rule, id=f"{rule.id}-{copy}") for copy in range(count) for rule in rules)

    return base.with_parts(
        paths=tuple(replace(path, rules=more(path.rules)) for path in base.paths),
        shared=tuple(replace(group, rules=more(group.rules)) for group in base.shared),
    )


class Expression:
    """The base in zen-engine's expression language: one object with the points of every path."""

    def __init__(self, base: RuleBase) -> None:
        self._base = base
        paths = (f'"{path}": {" + ".join(map(self.rule, base.rules_of(path)))}' for path in base.path)
        self.text = "{" + ", ".join(paths) + "}"

    def rule(self, rule: Rule) -> str:
        text = "0"
        for case in reversed(rule.cases):
            text = f"({self.truth(case.when)} ? {case.points} : {text})"
        return f"({self.truth(rule.unless)} ? 0 : {text})" if rule.unless else text

    def truth(self, condition: Condition) -> str:
        match condition:
            case Test(question, check):
                applies = self._base.relevance.get(question)
                test = self.check(f"q_{question}", check)
                return f"({self.truth(applies)} and {test})" if applies is not None else test
            case AllOf(parts):
                return "(" + (" and ".join(map(self.truth, parts)) or "true") + ")"
            case AnyOf(parts):
                return "(" + (" or ".join(map(self.truth, parts)) or "false") + ")"
            case Not(part):
                return f"(not {self.truth(part)})"

    def check(self, name: str, check: OneOf | Within | Selects) -> str:
        match check:
            case OneOf(values):
                return "(" + " or ".join(f"{name} == {_literal(one)}" for one in sorted(values, key=str)) + ")"
            case Within(low, low_inclusive, high, high_inclusive):
                bounds = [f"{name} {'>=' if low_inclusive else '>'} {low}"] if low is not None else []
                bounds += [f"{name} {'<=' if high_inclusive else '<'} {high}"] if high is not None else []
                return "(" + " and ".join(bounds) + ")"
            case Selects(how, chosen):
                held = [f'("{one}" in {name})' for one in sorted(chosen)]
                joined = "(" + (" and " if how == "all" else " or ").join(held) + ")"
                return f"(not {joined})" if how == "none" else joined


def _literal(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)


def beside_zen(base: RuleBase, columns: Columns, found: CohortScores, per_person: float) -> None:
    try:
        import zen  # type: ignore[import-not-found]
    except ImportError:
        print("zen-engine is not installed: left out")
        return
    expression = zen.compile_expression(Expression(base).text)
    people = min(WITH_ZEN, found.size)
    contexts: list[dict[str, Any]] = []
    for person in range(people):
        given = {key: answer(columns, key, person) for key in columns}
        contexts.append({f"q_{key}": sorted(one) if isinstance(one, frozenset) else one for key, one in given.items()})
    points = [expression.evaluate(context) for context in contexts]
    for person, one in enumerate(points):
        assert all(one[path] == found.scores[path][person] for path in found.paths), (person, one)
    alone = seconds(lambda: [expression.evaluate(context) for context in contexts]) / people
    print(f"{alone / per_person:.0f} times as fast as zen-engine, one expression (wanted: {TARGET_ZEN})")


def _cell(question: Question, source: random.Random) -> str:
    if source.random() < 0.4:
        return ""
    if question.kind == "multi":
        return "|".join(word for word in question.values if source.random() < 0.3) or "none"
    if question.kind in ("number", "scale"):
        return str(source.randint(*(int(bound) for bound in question.bounds)))
    return source.choice(["yes", "no"] if question.kind == "yes_no" else list(question.values))


def read(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass


def table_to_scores(base: RuleBase, table: Path, folder: Path) -> None:
    out = OutputFolder(folder)
    out.prepare(table, force=True, reports=False)
    score_cohort(base, Crowds(table, base), out)


def of_people(scorer: CohortScorer, people: int) -> float:
    columns = columns_of(scorer.base, people)
    return seconds(lambda: scorer.scores(columns, people), 3)


def of_rules(base: RuleBase, columns: Columns, people: int) -> float:
    scorer = CohortScorer(base)
    return seconds(lambda: scorer.scores(columns, people), 2)


def growth(what: str, target: float, found: dict[int, float]) -> None:
    """Tell the exponent with which the seconds grow from each size to the next, and from the first to the last."""
    sizes = list(found)
    steps = [*pairwise(sizes), (sizes[0], sizes[-1])]
    *told, whole = (math.log(found[large] / found[small]) / math.log(large / small) for small, large in steps)
    print(f"{', '.join(map(str, sizes))} {what}: exponent {whole:.3f} (wanted: at most {target});")
    print(f"  from each to the next {', '.join(f'{one:.3f}' for one in told)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("people", type=int, nargs="?", default=100_000)
    parser.add_argument("--most", type=int, default=1_000_000, help="people of the largest cohort")
    asked = parser.parse_args()
    base = load_built_in()
    columns = columns_of(base, asked.people)
    start = seconds(lambda: CohortScorer(base), 1)
    scorer = CohortScorer(base)
    whole = seconds(lambda: scorer.scores(columns, asked.people))
    found = scorer.scores(columns, asked.people)
    per_person = whole / asked.people
    print(f"{asked.people} people, coded columns in memory: {1 / per_person:,.0f} people a second on one core here;")
    print(f"  getting ready for a base takes as long as {start / per_person:,.0f} people")
    single = Scorer(base)
    few = min(ONE_BY_ONE, asked.people)
    alone = one_by_one(base, single, columns, few)
    assert alone == [[found.scores[path][person] for path in found.paths] for person in range(few)]
    slow = seconds(lambda: one_by_one(base, single, columns, few), 1) / few
    print(f"{slow / per_person:,.0f} times as fast as one by one")
    beside_zen(base, columns, found, per_person)

    growth(
        "people",
        TARGET_PEOPLE,
        {people: of_people(scorer, people) for people in (asked.most // 100, asked.most // 10, asked.most)},
    )
    growth(
        "times the arguments",
        TARGET_RULES,
        {1: whole} | {count: of_rules(times(base, count), columns, asked.people) for count in (10, 100)},
    )

    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "people.csv"
        write_table(table, base, min(TABLE, asked.people), _cell, seed=2)
        floor = seconds(lambda: read(table))
        scored = seconds(lambda: table_to_scores(base, table, Path(folder) / "out"))
        print(
            f"table to scores and their page: {scored / floor:.2f} times csv.reader (wanted: at most {TARGET_TABLE});"
        )
        print(f"  of which getting ready for the base {start / floor:.2f}")


if __name__ == "__main__":
    main()
