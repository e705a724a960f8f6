"""Chains of steps over columns, beside looking each combination up in the table."""

from __future__ import annotations

import random
from itertools import product
from math import prod

import pytest

from pathfinder.assessment.bulk.decision_table import chain_of


def people_of(sizes: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Somebody for every combination of kinds, the last varying fastest, as in a table."""
    return list(product(*map(range, sizes)))


def outcomes(table: bytes, sizes: tuple[int, ...]) -> bytes | None:
    """What a chain makes of somebody for every combination of kinds."""
    chain, people = chain_of(table, sizes), people_of(sizes)
    if chain is None:
        return None
    columns = [int.from_bytes(bytes(column), "little") for column in zip(*people, strict=True)]
    return chain.outcomes(chain.states(len(people), columns))


@pytest.mark.parametrize("sizes", [(7,), (256,), (3, 5), (4, 4, 4, 4), (2, 128), (3, 3, 3, 3, 3)])
def test_a_table_that_fits_into_a_byte_comes_out_whole(sizes: tuple[int, ...]) -> None:
    table = random.Random(1).randbytes(prod(sizes))
    assert outcomes(table, sizes) == table


def test_states_are_told_apart_anew_where_they_no_longer_fit() -> None:
    """The sum of 8 answers has few states, though their combinations are many."""
    sizes = (3,) * 8
    table = bytes(sum(kinds) for kinds in people_of(sizes))
    assert outcomes(table, sizes) == table


@pytest.mark.parametrize("sizes", [(257,), (2, 129), (4, 4, 4, 4, 4)])
def test_no_chain_where_states_and_kinds_do_not_fit(sizes: tuple[int, ...]) -> None:
    """Every combination counts differently from every other in what follows."""
    rows = prod(sizes[:-1])
    table = b"".join(bytes((row >> 8 * (place % 2)) % 256 for place in range(sizes[-1])) for row in range(rows))
    assert chain_of(table, sizes) is None
