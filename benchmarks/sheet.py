"""One sheet with all its reasons, beside another rule engine.

    python benchmarks/sheet.py [PEOPLE]

Random people answer everything (zen-engine's expressions know no open answers). On our side an answer sheet goes in, as
a file or an interview leaves it; out come the points of every path, what each argument counts, by which case and
whether it is void, and which gates close. Answers that do not apply need not be set aside first. On zen-engine's side
(`pip install zen-engine`) the same base is one expression, compiled once; plain answers go in, and the points of every
path come out, without reasons. Both must give the same points. Figures are ratios of processor time within one run, of
people whom neither side has seen; before that, both have scored others, as what patterns come to is worked out when
they first occur.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any

from cohort import Columns, Expression, answer, columns_of, seconds
from pathfinder.answers.sheet import AnswerSheet, Certain
from pathfinder.assessment.bulk.sheet_scores import SheetScorer
from pathfinder.rulebase.conditions import Value
from pathfinder.store.compiled import ready_built_in

TARGET, BEFORE, ROUNDS = 4, 20_000, 5
Given = dict[str, Value]


def given_by(columns: Columns, people: range) -> list[Given]:
    return [{key: answer(columns, key, person) for key in columns} for person in people]


def sheets_of(people: Sequence[Given]) -> list[AnswerSheet]:
    return [AnswerSheet({key: Certain(one) for key, one in given.items()}) for given in people]


def contexts_of(people: Sequence[Given]) -> list[dict[str, Any]]:
    return [
        {f"q_{key}": sorted(one) if isinstance(one, frozenset) else one for key, one in given.items()}
        for given in people
    ]


def each(work: Callable[[Any], object], people: Sequence[object]) -> None:
    for one in people:
        work(one)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("people", type=int, nargs="?", default=2000)
    people = parser.parse_args().people
    base = ready_built_in()
    columns, scorer = columns_of(base, BEFORE + ROUNDS * people), SheetScorer(base)
    begun = seconds(lambda: SheetScorer(base), 3)
    for start in range(0, BEFORE, 1000):
        each(scorer.reasons, sheets_of(given_by(columns, range(start, start + 1000))))
    rounds = [given_by(columns, range(start, start + people)) for start in range(BEFORE, len_of(columns), people)]
    new, sheets = [], []
    for one in rounds:
        sheets = sheets_of(one)
        new.append(seconds(lambda: each(scorer.reasons, sheets), 1) / people)  # noqa: B023 (called at once)
    again = seconds(lambda: each(scorer.reasons, sheets)) / people
    ours = min(new)
    print(f"one sheet with all its reasons: {1 / ours:,.0f} a second on one core here")
    print(f"  getting ready for a base takes as long as {begun / ours:,.0f} sheets")
    try:
        import zen
    except ImportError:
        print("zen-engine is not installed: left out")
        return
    expression = zen.compile_expression(Expression(base).text)
    old = []
    for one in rounds:
        contexts = contexts_of(one)
        for context, sheet in zip(contexts[:200], sheets_of(one[:200]), strict=True):
            found = dict(zip(base.path, scorer.reasons(sheet).points, strict=True))
            assert found == expression.evaluate(context), (found, context)
        contexts = contexts_of(one)
        old.append(seconds(lambda: each(expression.evaluate, contexts), 1) / people)  # noqa: B023 (called at once)
    theirs_again = seconds(lambda: each(expression.evaluate, contexts)) / people
    print(f"{min(old) / ours:.1f} times as fast as zen-engine, one expression without reasons (wanted: {TARGET})")
    print(f"  the same people again and again: {theirs_again / again:.1f}")


def len_of(columns: Columns) -> int:
    return len(next(iter(columns.values())).codes)


if __name__ == "__main__":
    main()
