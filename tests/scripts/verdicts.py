"""The verdict on everybody in a folder of answers files, as a table; what cannot be read is told and passed over."""

import csv
import sys
from pathlib import Path

from pathfinder import Answers, Assessment, InputError, assess, load_rules


def main(folder: str) -> int:
    """Exit code 1 where somebody's answers could not be used."""
    rules, failed = load_rules(), False
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(["file", "verdict", "path", "score", "sure", "ask next"])
    for file in sorted(Path(folder).glob("*.yaml")):
        try:
            table.writerow([file.name, *row(assess(rules, Answers.read(file)))])
        except InputError as error:
            failed = True
            print(error, file=sys.stderr)
    return 1 if failed else 0


def row(result: Assessment) -> list[str]:
    """What the table says about one person."""
    score = f"{result.path(result.verdict.path).score:g}" if result.verdict.path else ""
    following = result.open_questions[0].title if result.open_questions else ""
    return [result.verdict.kind, result.verdict.path or "", score, f"{result.verdict.chance:.0%}", following]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
