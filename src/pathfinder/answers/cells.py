"""The finitely many kinds of answer that a set of checks can tell apart.

A number has endlessly many values, a selection thousands; but the checks of a rule divide them into a few
cells within which nothing changes. Working with one representative per cell makes expectations and bounds
exact instead of sampled. A single point of a continuous number is a cell too (a threshold may hold exactly
there): it has no probability but counts for bounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations, pairwise

from msgspec import Struct

from pathfinder.answers.sheet import Among, Answer, Certain, Interval, Unknown
from pathfinder.rulebase.conditions import OneOf, Selects, Value, Within
from pathfinder.rulebase.questions import Question, Shares

AnyCheck = OneOf | Within | Selects
Piece = tuple[float, float, float]
"""A stretch of a distribution: from, to, probability, spread evenly (a point where from equals to)."""


class Cell(Struct, frozen=True, array_like=True):
    """One kind of answer: a representative value and its probability."""

    value: Value
    weight: float


def cells(
    question: Question, answer: Answer | None, checks: Iterable[AnyCheck], shares: Shares | None = None
) -> tuple[Cell, ...]:
    """The cells that an answer leaves possible, told apart by `checks`.

    A certain answer has one. For an open answer the weights come from `shares` (the question's own where
    none are given). Weights add up to 1.
    """
    kinds = tuple(dict.fromkeys(checks))
    shares = shares or question.plausible
    match answer:
        case Certain(value):
            return (Cell(value, 1.0),)
        case Among(values):
            return _merged([(value, 1.0 / len(values)) for value in values], kinds)
        case Interval(low, high, likely) if question.kind == "scale":
            return _merged(_scale_points(int(low), int(high), likely), kinds)
        case Interval(low, high, likely):
            return _number_cells(low, high, _spread(low, high, likely), kinds)
        case Unknown() | None:
            pass
    if question.kind == "number":
        low, high = question.bounds
        return _number_cells(low, high, _quantile_pieces(shares.quantiles), kinds)
    if question.kind == "multi":
        return _selections(shares.shares, kinds)
    return _merged(_listed(question, shares.weights), kinds)


def _listed(question: Question, weights: Mapping[str, float]) -> list[tuple[Value, float]]:
    total = sum(weights.values())
    return [(option, weights[_key(option)] / total) for option in question.options]


def _key(option: Value) -> str:
    """A value as plausible shares name it."""
    if isinstance(option, bool):
        return "yes" if option else "no"
    return str(option)


def _merged(values: Iterable[tuple[Value, float]], checks: tuple[AnyCheck, ...]) -> tuple[Cell, ...]:
    """One cell for each way the checks can turn out, in order of first appearance."""
    found: dict[tuple[bool, ...], Cell] = {}
    for value, weight in values:
        signature = tuple(check.holds(value) for check in checks)
        known = found.get(signature)
        found[signature] = Cell(known.value, known.weight + weight) if known else Cell(value, weight)
    return tuple(found.values())


def _scale_points(low: int, high: int, likely: float | None) -> list[tuple[Value, float]]:
    """Scale points of an interval; with `likely`, half of the weight lies on either side of it."""
    points = range(low, high + 1)
    if likely is None:
        return [(point, 1.0 / len(points)) for point in points]
    below, above = [p for p in points if p <= likely], [p for p in points if p >= likely]
    return [(p, 0.5 * ((p in below) / len(below) + (p in above) / len(above))) for p in points]


def _spread(low: float, high: float, likely: float | None) -> tuple[Piece, ...]:
    if likely is None:
        return ((low, high, 1.0),)
    return ((low, likely, 0.5), (likely, high, 0.5))


def _quantile_pieces(quantiles: Mapping[float, float]) -> tuple[Piece, ...]:
    steps = list(quantiles.items())
    return tuple((value, following, (upto - percent) / 100) for (percent, value), (upto, following) in pairwise(steps))


def _number_cells(low: float, high: float, pieces: tuple[Piece, ...], checks: tuple[AnyCheck, ...]) -> tuple[Cell, ...]:
    """Points at the bounds of the checks and of the range, and the open stretches between them."""
    bounds = {bound for check in checks if isinstance(check, Within) for bound in check.bounds if low < bound < high}
    points = sorted({low, high, *bounds})
    found: list[tuple[Value, float]] = [(point, _point_mass(pieces, point)) for point in points]
    found += [((one + other) / 2, _open_mass(pieces, one, other)) for one, other in pairwise(points)]
    return _merged(sorted(found, key=lambda cell: float(str(cell[0]))), checks)


def _point_mass(pieces: tuple[Piece, ...], point: float) -> float:
    return sum(mass for start, end, mass in pieces if start == end == point)


def _open_mass(pieces: tuple[Piece, ...], low: float, high: float) -> float:
    """Probability strictly between two numbers."""
    total = 0.0
    for start, end, mass in pieces:
        if start == end:
            total += mass if low < start < high else 0.0
        else:
            total += mass * max(0.0, min(high, end) - max(low, start)) / (end - start)
    return total


def _selections(shares: Mapping[str, float], checks: tuple[AnyCheck, ...]) -> tuple[Cell, ...]:
    """Every selection of the values that any check mentions; the others cannot matter."""
    mentioned = sorted({value for check in checks if isinstance(check, Selects) for value in check.values})
    found: list[tuple[Value, float]] = []
    for size in range(len(mentioned) + 1):
        for chosen in combinations(mentioned, size):
            weight = 1.0
            for value in mentioned:
                weight *= shares[value] if value in chosen else 1 - shares[value]
            found.append((frozenset(chosen), weight))
    return _merged(found, checks)
