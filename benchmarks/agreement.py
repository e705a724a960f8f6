"""Whether a batch, single sheets, the Python interface and scores alone give the same results, to the byte.

    python benchmarks/agreement.py [PEOPLE] [--single N] [--jobs N]

Random people with certain, uncertain and open answers are assessed by the real `pathfinder batch`, everybody once more
through the Python interface, and N of them by the real `pathfinder score`; `pathfinder batch --scores-only` scores
everybody too. Exit code 1 if anything differs; the first differences are told with the id and where they are.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from pathfinder import Answers, assess, load_rules, to_json
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.questions import Question

SEED, SHOWN = 20261128, 20
COMMAND = [sys.executable, "-m", "pathfinder"]
Person = tuple[str, dict[str, Any]]


def random_answer(question: Question, source: random.Random) -> Any:
    """An answer as in an answers file: one value, several, a range, or `unknown`."""
    how = source.choice(["certain", "certain", "certain", "uncertain", "unknown"])
    if how == "unknown":
        return "unknown"
    if question.kind == "multi":
        return [value for value in question.values if source.random() < 0.3]
    if question.kind in ("number", "scale"):
        least, most = (int(bound) for bound in question.bounds)
        low, high = sorted(source.sample(range(least, most + 1), 2))
        if how == "certain":
            return low
        return {"min": low, "max": high} | ({"likely": source.randint(low, high)} if source.random() < 0.5 else {})
    values = [True, False] if question.kind == "yes_no" else list(question.values)
    return source.choice(values) if how == "certain" else source.sample(values, 2)


def random_people(rules: RuleBase, count: int) -> list[Person]:
    source = random.Random(SEED)
    return [
        (
            f"p{number:05}",
            {key: random_answer(one, source) for key, one in rules.questions.items() if source.random() < 0.6},
        )
        for number in range(count)
    ]


@cache
def rules_here() -> RuleBase:
    """The rule base, read once in each process."""
    return load_rules()


def by_interface(person: Person, written: Path) -> str | None:
    """Where the Python interface differs from what the batch wrote; None where it does not."""
    key, answers = person
    found = to_json(assess(rules_here(), Answers(answers))) + "\n"
    return difference(f"{key}, Python interface", found, written)


def by_command(person: Person, written: Path) -> str | None:
    """Where `pathfinder score` differs from what the batch wrote."""
    key, answers = person
    file = written.parent.parent.parent / "one.json"
    file.write_text(json.dumps({"answers": answers}), encoding="utf-8")
    score = [*COMMAND, "score", str(file), "--format", "json"]
    found = subprocess.run(score, check=True, capture_output=True).stdout.decode()
    return difference(f"{key}, score", found, written)


def difference(name: str, found: str, written: Path) -> str | None:
    expected = written.read_bytes().decode()
    if found == expected:
        return None
    pairs = enumerate(zip(found.splitlines(), expected.splitlines(), strict=False), start=1)
    line, (one, other) = next(((line, pair) for line, pair in pairs if pair[0] != pair[1]), (0, ("", "")))
    return f"{name}: line {line}: {one.strip()!r}, the batch has {other.strip()!r}"


def by_scores(row: Mapping[str, str], written: Path) -> str | None:
    """Where a row of scores.csv differs from the assessment that the batch wrote."""
    paths = json.loads(written.read_bytes())["paths"]
    open_ = [path for path in paths if path["status"] == "open"]
    expected = {f"score_{path['id']}": path["score"] for path in paths}
    found = {column: float(row[column]) for column in expected}
    best, blocked = open_[0]["id"] if open_ else "", {path["id"] for path in paths} - {path["id"] for path in open_}
    if (found, row["best"], set(filter(None, row["blocked"].split("; ")))) == (expected, best, blocked):
        return None
    return f"{row['id']}, scores alone: {dict(row)}, the batch has {expected}, best {best!r}, blocked {sorted(blocked)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("people", type=int, nargs="?", default=10_000)
    parser.add_argument("--single", type=int, default=100, help="how many are scored by the single command too")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    people = random_people(rules_here(), asked.people)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = [json.dumps({"id": key, "answers": answers}) for key, answers in people]
        (folder / "people.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        batch = [*COMMAND, "batch", "people.jsonl"]
        full = [*batch, "--out", "out", "--format", "json", "--jobs", str(asked.jobs)]
        subprocess.run(full, cwd=folder, check=True, capture_output=True)
        subprocess.run([*batch, "--out", "alone", "--scores-only"], cwd=folder, check=True, capture_output=True)
        written = [folder / "out" / "people" / f"{key}.json" for key, _ in people]
        with ProcessPoolExecutor(asked.jobs) as pool:
            interface = list(pool.map(by_interface, people, written, chunksize=8))
        every = max(1, asked.people // max(1, asked.single))
        some = range(0, asked.people, every) if asked.single else range(0)
        command = [by_command(people[place], written[place]) for place in some]
        with (folder / "alone" / "scores.csv").open(encoding="utf-8", newline="") as file:
            scores = [by_scores(row, folder / "out" / "people" / f"{row['id']}.json") for row in csv.DictReader(file)]
    different = [one for one in (*interface, *command, *scores) if one is not None]
    for one in different[:SHOWN]:
        print(one)
    print(f"{len(interface)} through the Python interface, {len(command)} by score, {len(scores)} by scores alone")
    print(f"beside a batch of {asked.people} people: {len(different)} differ")
    sys.exit(1 if different or len(scores) != asked.people else 0)


if __name__ == "__main__":
    main()
