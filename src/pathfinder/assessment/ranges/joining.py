"""How tables that hold a variable are joined into one without it.

It hangs on what the tables tell apart, not on their points, and so is looked up where tables of such shapes were joined
before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import prod
from typing import NamedTuple

from pathfinder.assessment.scoring.factors import Kinds, Shape, shape_of, told_apart

MOST_JOINTS = 2_000
"""Ways of joining tables that are kept."""

MOST_ENTRIES = 500
"""Entries of a joined table up to which their places in the tables that are joined are kept."""


class Joint(NamedTuple):
    """How tables of some shapes that hold a variable are joined: the shape of what is left without it, what they tell
    of the variable's choices together, and how many `entries` the joined table has. `choices` tell those of each
    variable, the variable varying fastest, and `places` for every entry the place in each of the tables, where they are
    few enough to be kept."""

    left: Shape
    own: Kinds
    entries: int
    choices: Mapping[str, Sequence[int]]
    places: Sequence[Sequence[int]] | None


def together(several: Sequence[Kinds]) -> Kinds:
    """The kinds of choices that some tables tell apart together."""
    for one in several:
        if len(several) == 1 or len(one.firsts) == len(one.of):
            return one
    return told_apart(list(zip(*[one.of for one in several], strict=True)))


@lru_cache(maxsize=MOST_JOINTS)
def joint_of(variable: str, shapes: tuple[Shape, ...]) -> Joint:
    """How tables of these shapes, all of which hold a variable, are joined."""
    kinds = {
        one: together([shape.kinds[one] for shape in shapes if one in shape.kinds])
        for one in dict.fromkeys([one for shape in shapes for one in shape.kinds])
    }
    own = kinds.pop(variable)
    left = shape_of(tuple(kinds.items()))
    choices = {**{one: mine.firsts for one, mine in kinds.items()}, variable: own.firsts}
    entries = prod([len(mine) for mine in choices.values()])
    few = entries <= MOST_ENTRIES
    return Joint(left, own, entries, choices, [places_in(shape, choices) for shape in shapes] if few else None)


def places_in(shape: Shape, choices: Mapping[str, Sequence[int]]) -> list[int]:
    """For every entry of a table that has these choices of each variable, its place in one of a shape that tells
    apart less."""
    places = [0]
    for variable, mine in choices.items():
        kinds = shape.kinds.get(variable)
        if kinds is None:
            places = [place for place in places for _ in mine]
        else:
            steps = [kinds.of[choice] * shape.strides[variable] for choice in mine]
            places = [place + step for place in places for step in steps]
    return places
