"""Whether a batch, single sheets and the Python interface give the same results, to the byte.

    python benchmarks/agreement.py [PEOPLE] [--single N]

Random people with certain, uncertain and open answers are assessed by the real `pathfinder batch`, everybody once more
through the Python interface, and N of them by the real `pathfinder score`. Exit code 1 if anything differs.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from pathfinder import Answers, assess, load_rules, to_json
from pathfinder.rulebase.questions import Question

SEED = 20261128
COMMAND = [sys.executable, "-m", "pathfinder"]


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("people", type=int, nargs="?", default=10_000)
    parser.add_argument("--single", type=int, default=100, help="How many are scored by the single command too.")
    asked = parser.parse_args()
    rules, source = load_rules(), random.Random(SEED)
    people = {
        f"p{number:05}": {
            key: random_answer(question, source) for key, question in rules.questions.items() if source.random() < 0.6
        }
        for number in range(asked.people)
    }
    different = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = (json.dumps({"id": key, "answers": answers}) for key, answers in people.items())
        (folder / "people.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        batch = [*COMMAND, "batch", "people.jsonl", "--out", "out", "--format", "json"]
        subprocess.run(batch, cwd=folder, check=True, capture_output=True)
        every = max(1, asked.people // max(1, asked.single))
        for number, (key, answers) in enumerate(people.items()):
            written = (folder / "out" / "people" / f"{key}.json").read_text(encoding="utf-8")
            if to_json(assess(rules, Answers(answers))) + "\n" != written:
                different.append(f"{key}: Python interface")
            if asked.single and number % every == 0:
                (folder / "one.json").write_text(json.dumps({"answers": answers}), encoding="utf-8")
                score = [*COMMAND, "score", "one.json", "--format", "json"]
                if subprocess.run(score, cwd=folder, check=True, capture_output=True).stdout.decode() != written:
                    different.append(f"{key}: score")
    for one in different[:20]:
        print(one)
    print(f"{asked.people} people; {len(different)} differ")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
