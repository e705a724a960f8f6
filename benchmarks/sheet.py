"""One sheet with all its reasons, beside another rule engine.

    python benchmarks/sheet.py [PEOPLE]

Random people answer everything (zen-engine's expressions know no open answers). On our side a sheet is scored: what
every argument counts, by which case, whether open answers could still move it, which gates close, and the points of
every path. On zen-engine's (`pip install zen-engine`) the same base is one expression, compiled once, that gives the
points of every path and no reasons; its input is ready for it too. Both must give the same points. Figures are ratios
of processor time within one run.
"""

from __future__ import annotations

import argparse
from typing import Any

from cohort import Expression, answer, columns_of, seconds
from pathfinder.answers.sheet import AnswerSheet, Certain
from pathfinder.assessment.assess import Assessor, set_aside
from pathfinder.assessment.counts import Counts
from pathfinder.assessment.scoring import RuleScore
from pathfinder.store.compiled import ready_built_in

TARGET = 4


def scored(assessor: Assessor, sheet: AnswerSheet) -> tuple[dict[str, RuleScore], dict[str, float], frozenset[str]]:
    """What every argument contributes, the points of every path, and the paths that gates close."""
    counts = Counts(assessor.tables, sheet)
    scores = {rule: counts.score(rule) for rule in assessor.base.rules}
    points = {
        path: sum([scores[rule.id].points for rule in assessor.base.rules_of(path)]) for path in assessor.base.path
    }
    return scores, points, counts.blocked()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("people", type=int, nargs="?", default=1000)
    people = parser.parse_args().people
    base = ready_built_in()
    assessor, columns = Assessor(base), columns_of(base, people)
    given = [{key: answer(columns, key, person) for key in columns} for person in range(people)]
    sheets = [AnswerSheet({key: Certain(one) for key, one in answers.items()}) for answers in given]
    kept = [set_aside(base, sheet)[0] for sheet in sheets]
    alone = seconds(lambda: [scored(assessor, sheet) for sheet in kept]) / people
    aside = seconds(lambda: [scored(assessor, set_aside(base, sheet)[0]) for sheet in sheets]) / people
    print(f"{people} people; one sheet with all its reasons: {1 / alone:,.0f} a second on one core here")
    print(f"  with answers that do not apply set aside first: {aside / alone:.1f} times as long")
    try:
        import zen
    except ImportError:
        print("zen-engine is not installed: left out")
        return
    expression = zen.compile_expression(Expression(base).text)
    contexts: list[dict[str, Any]] = [
        {f"q_{key}": sorted(one) if isinstance(one, frozenset) else one for key, one in answers.items()}
        for answers in given
    ]
    for sheet, context in zip(kept, contexts, strict=True):
        assert scored(assessor, sheet)[1] == expression.evaluate(context)
    theirs = seconds(lambda: [expression.evaluate(context) for context in contexts]) / people
    print(f"{theirs / alone:.1f} times as fast as zen-engine, one expression without reasons (wanted: {TARGET})")
    print(f"  setting aside included: {theirs / aside:.1f}")


if __name__ == "__main__":
    main()
