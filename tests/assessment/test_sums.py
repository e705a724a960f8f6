"""Sums for many people at once are the sums of plain integers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pathfinder.assessment.completions.planes import Sums, term

SIZE = 9
people = st.integers(0, (1 << SIZE) - 1)
entries = st.lists(st.tuples(people, st.integers(-12, 12)), max_size=40)


def summed(added: list[tuple[int, int]]) -> tuple[Sums, list[int]]:
    """The same additions in both ways."""
    sums, plain = Sums(SIZE), [0] * SIZE
    for chosen, points in added:
        sums.add(chosen, points)
        plain = [total + points if chosen >> place & 1 else total for place, total in enumerate(plain)]
    return sums, plain


def bitmap(wanted: list[bool]) -> int:
    return sum(1 << place for place, one in enumerate(wanted) if one)


@given(entries)
def test_everybody_gets_the_points_added_to_them(added: list[tuple[int, int]]) -> None:
    sums, plain = summed(added)
    assert [sums.of(person) for person in range(SIZE)] == plain


@given(entries, st.lists(st.lists(st.integers(-300, 300), min_size=SIZE, max_size=SIZE), max_size=12))
def test_terms_added_together_are_added_as_one_by_one(added: list[tuple[int, int]], rows: list[list[int]]) -> None:
    sums, plain = summed(added)
    terms = []
    for row in rows:
        parts = [(bitmap([one == points for one in row]), points) for points in dict.fromkeys(row) if points]
        terms.append(term(sums.everyone, parts))
        plain = [total + points for total, points in zip(plain, row, strict=True)]
    wide = Sums(SIZE, 16)
    for chosen, points in added:
        wide.add(chosen, points)
    wide.add_all(terms)
    assert [wide.of(person) for person in range(SIZE)] == plain


@given(entries, people)
def test_the_total_of_some_people_is_the_sum_of_theirs(added: list[tuple[int, int]], chosen: int) -> None:
    sums, plain = summed(added)
    assert sums.total(chosen) == sum(points for place, points in enumerate(plain) if chosen >> place & 1)


@given(entries, entries)
def test_sums_compare_as_integers_do(mine: list[tuple[int, int]], theirs: list[tuple[int, int]]) -> None:
    (one, plain_one), (other, plain_other) = summed(mine), summed(theirs)
    pairs = list(zip(plain_one, plain_other, strict=True))
    assert one.above(other) == bitmap([mine > theirs for mine, theirs in pairs])
    assert one.above(one) == 0


@given(entries, st.integers(-60, 60))
def test_at_least_is_reached_by_exactly_those_with_as_many_points(added: list[tuple[int, int]], points: int) -> None:
    sums, plain = summed(added)
    assert sums.at_least(points) == bitmap([total >= points for total in plain])


@given(entries, entries)
def test_what_is_less_than_other_sums_is_the_difference_for_everybody(
    added: list[tuple[int, int]], taken: list[tuple[int, int]]
) -> None:
    (one, plain), (other, less) = summed(added), summed(taken)
    found = one.wider(2).less(other.wider(2))
    assert [found.of(person) for person in range(SIZE)] == [
        mine - theirs for mine, theirs in zip(plain, less, strict=True)
    ]
    assert [one.of(person) for person in range(SIZE)] == plain
