"""A rule base as expressions over a dataframe, which its engine works out for everybody wherever they are.

Each argument is a table over few kinds of answer (`assessment/bulk/pattern.py`): the kinds that somebody gave make the
number of a pattern, and points are looked up by it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import reduce
from math import prod
from operator import add, or_
from typing import Any, TypeVar

import narwhals as nw

from pathfinder.assessment.bulk.pattern import Pattern, argument, known_truth
from pathfinder.assessment.scoring.scorer import Scorer
from pathfinder.errors import InputError, Problem, nearest, refused
from pathfinder.frames.answering import Answering, Checks, type_problem
from pathfinder.rulebase.models import RuleBase

NativeFrame = TypeVar("NativeFrame")

MOST_PATTERNS = 1 << 16
"""An argument or a gate of more patterns is too large for an expression."""

FIRST, PROBLEMS = "first", "problems"
OWN = "__pathfinder_"
"""What the names of columns begin with that are put into the frame on the way and taken out again."""


def scored(frame: NativeFrame, base: RuleBase, keep: Collection[str]) -> NativeFrame:
    """See `pathfinder.frames.score_frame`."""
    given: Any = nw.from_native(frame)
    schema = given.collect_schema()
    added = [*(f"{word}_{path}" for word in ("score", "blocked") for path in base.path), FIRST, PROBLEMS]
    _check(schema, base, keep, added)
    answers = {key: Answering(base.questions[key], kind) for key, kind in schema.items() if key in base.questions}
    build = _Build(base, answers)
    for columns in build.stages():
        given = given.with_columns(**columns) if columns else given
    found: NativeFrame = given.select(*schema.names(), *added).to_native()
    return found


def _check(schema: nw.Schema, base: RuleBase, keep: Collection[str], added: Collection[str]) -> None:
    problems = []
    for column, kind in schema.items():
        if column in base.questions:
            wrong = type_problem(base.questions[column], kind)
            problems += [wrong] if wrong else []
        elif column in added or column.startswith(OWN):
            problems.append(Problem("scores would be written over this column", "Rename it", key=column))
        elif column not in keep:
            meant = nearest(column, base.questions) or "'pathfinder questions' lists them."
            problems.append(
                Problem(f"there is no question '{column}'", f"{meant} If it is none, name it in keep", key=column)
            )
    if problems:
        raise InputError(problems)


class _Build:
    """Puts the expressions together; each stage uses columns of those before."""

    def __init__(self, base: RuleBase, answers: Mapping[str, Answering]) -> None:
        self._base, self._answers = base, answers
        self._kinds: dict[str, nw.Expr] = {}
        self._names: dict[tuple[str, Checks], str] = {}
        self._parts: dict[str, nw.Expr] = {}
        self._of: dict[str, list[str]] = {path: [] for path in base.path}
        self._gates: dict[str, list[str]] = {path: [] for path in base.path}
        scorer = Scorer(base)
        for rule in base.rules.values():
            values = tuple(sorted({0, *(case.points for case in rule.cases)}))
            parts = [round(value * base.grain) for value in values]
            name = self._part(argument(scorer, rule, values, 0), parts, rule.id)
            for path in base.paths_of(rule.id):
                self._of[path].append(name)
        for parts_of in base.paths:
            for gate in parts_of.gates:
                self._gates[parts_of.id].append(self._part(known_truth(base, gate.when, 0), [0, 1], gate.id))

    def stages(self) -> list[dict[str, nw.Expr]]:
        """Kinds of answer; points of arguments; those of paths; what is told of them."""
        wrong = {f"{OWN}wrong_{key}": one.wrong for key, one in self._answers.items()}
        return [{**self._kinds, **wrong}, self._parts, self._totals(), self._ranks(), self._told()]

    def _part(self, pattern: Pattern, outcomes: Sequence[int], key: str) -> str:
        """The column of an argument or a gate."""
        size = prod(pattern.sizes)
        if size > MOST_PATTERNS:
            raise refused(f"{key} tells {size} patterns of answers apart", "Use 'pathfinder batch' for this rule base")
        kinds, table = pattern.whole()
        step, steps = len(table), dict[str, int]()
        for question, values in kinds.items():
            step //= len(values) + 1
            if question in self._answers:
                steps[self._kind(question, pattern.scope.checks[question])] = step
        number = reduce(add, [nw.col(name) * step for name, step in steps.items()], nw.lit(0))
        name = f"{OWN}part_{len(self._parts)}"
        self._parts[name] = _looked_up(number, [outcomes[one] for one in table])
        return name

    def _kind(self, question: str, checks: Checks) -> str:
        """The column of the kinds of answer to a question."""
        found = self._names.get((question, checks))
        if found is None:
            found = self._names[question, checks] = f"{OWN}kind_{len(self._names)}"
            self._kinds[found] = self._answers[question].kind(checks)
        return found

    def _totals(self) -> dict[str, nw.Expr]:
        found = {}
        for path in self._base.path:
            found[f"{OWN}sum_{path}"] = reduce(add, map(nw.col, self._of[path]), nw.lit(0))
            shut = [nw.col(name) == 1 for name in self._gates[path]]
            found[f"{OWN}shut_{path}"] = reduce(or_, shut, nw.lit(False))
        return found

    def _ranks(self) -> dict[str, nw.Expr]:
        """The key by which a path ranks: whether it is open, then its points."""
        most = 1 + 2 * sum(abs(case.points) for rule in self._base.rules.values() for case in rule.cases)
        ahead = round(most * self._base.grain)
        return {
            f"{OWN}key_{path}": nw.col(f"{OWN}sum_{path}")
            + nw.when(nw.col(f"{OWN}shut_{path}")).then(nw.lit(0)).otherwise(nw.lit(ahead))
            for path in self._base.path
        }

    def _told(self) -> dict[str, nw.Expr]:
        wrong = {key: nw.col(f"{OWN}wrong_{key}") for key in self._answers}
        right = ~reduce(or_, wrong.values(), nw.lit(False))
        keys = {path: nw.col(f"{OWN}key_{path}") for path in self._base.path}
        best = nw.max_horizontal(*keys.values())
        first: Any = nw.lit(None, dtype=nw.String)
        for path, key in reversed(keys.items()):
            first = nw.when(right & (key == best)).then(nw.lit(path)).otherwise(first)
        found = {}
        for path in self._base.path:
            parts = nw.col(f"{OWN}sum_{path}")
            points = parts if self._base.grain == 1 else (parts / self._base.grain).round(6)
            found[f"score_{path}"] = nw.when(right).then(points)
            found[f"blocked_{path}"] = nw.when(right).then(nw.col(f"{OWN}shut_{path}"))
        words: list[Any] = [nw.when(one).then(nw.lit(key)) for key, one in wrong.items()]
        told = nw.concat_str(words, separator="; ", ignore_nulls=True) if words else nw.lit(None, dtype=nw.String)
        return {**found, FIRST: first, PROBLEMS: nw.when(~right).then(told)}


def _looked_up(number: nw.Expr, outcomes: Sequence[int]) -> nw.Expr:
    """The outcome of everybody's pattern; the commonest one needs no test."""
    places: dict[int, list[int]] = {}
    for place, outcome in enumerate(outcomes):
        places.setdefault(outcome, []).append(place)
    common = max(places, key=lambda outcome: len(places[outcome]))
    found = nw.lit(common)
    for outcome, patterns in places.items():
        if outcome != common:
            found = nw.when(number.is_in(patterns)).then(nw.lit(outcome)).otherwise(found)
    return found
