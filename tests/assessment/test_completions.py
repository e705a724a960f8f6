"""Completions of open answers: listed or drawn by their plausible shares, reproducible, scored like anybody else."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naive import Sheet
from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.completions.completing import Completer, Completions, compared
from pathfinder.assessment.completions.listing import MOST, listed
from pathfinder.assessment.scoring.cellbook import CellBook
from pathfinder.assessment.scoring.scorer import Scorer
from small_bases import Small, answers, built, small_bases, small_cases

DRAWS = 1 << 13


def sampling_error(share: float, draws: int) -> float:
    """Five standard deviations of a share among so many draws, and what rounding the weights adds."""
    return 5 * math.sqrt(max(0.0, share * (1 - share)) / draws) + 0.002


def drawn(small: Small, raw: Sheet, draws: int, seed: int = 1) -> Completions:
    return compared(small.base, Completer(small.base, draws=draws, seed=seed).drawn(small.sheet(raw)))


def winning_shares(small: Small, raw: Sheet) -> dict[str, float]:
    """How often each path comes first, from adding up every completion."""
    found = dict.fromkeys(small.base.path, 0.0)
    for person, chance in small.reference.chances(raw):
        best = small.reference.best(small.paths, person)
        if best is not None:
            found[best] += chance
    return found


@settings(max_examples=40, deadline=None)
@given(small_cases(count=4))
def test_shares_among_those_drawn_are_those_of_adding_up_every_completion(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    found = drawn(small, raw, DRAWS)
    assert not found.mass.exact
    for path, share in winning_shares(small, raw).items():
        assert found.share(found.best[path]) == pytest.approx(share, abs=sampling_error(share, DRAWS))


@settings(max_examples=300, deadline=None)
@given(small_cases(count=4))
def test_shares_among_those_listed_are_exactly_those_of_adding_up_every_completion(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    found = Completer(small.base).complete(small.sheet(raw))
    assert found.mass.exact
    assert found.share(found.frame.everyone) == 1
    for path, share in winning_shares(small, raw).items():
        assert found.share(found.best[path]) == pytest.approx(share, abs=1e-7)


@settings(max_examples=40, deadline=None)
@given(small_cases(count=4))
def test_completions_are_listed_up_to_the_most_and_drawn_beyond(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    sheet, book = small.sheet(raw), CellBook(small.base)
    whole = listed(small.base, sheet, book)
    assert whole is not None
    count = whole.frame.size
    assert count <= MOST
    assert listed(small.base, sheet, book, most=count) is not None
    assert listed(small.base, sheet, book, most=count - 1) is None


@settings(max_examples=40, deadline=None)
@given(small_cases(count=5))
def test_every_completion_is_scored_as_the_person_it_stands_for(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    reference, base = small.reference, small.base
    for found in (drawn(small, raw, 12), Completer(base).complete(small.sheet(raw))):
        for number in range(min(found.frame.size, 12)):
            person = {
                key: next(value for value, people in columns.items() if people >> number & 1)
                for key, columns in found.frame.answers.items()
            }
            assert set(person) == set(base.questions)
            for path in small.paths:
                points = sum(reference.points_of(rule, person) for rule in path["rules"])
                assert found.sums[path["id"]].of(number) == points
                blocked = any(reference.truth(gate["when"], person) for gate in path["gates"])
                assert bool(found.blocked[path["id"]] >> number & 1) is blocked
            best = [path for path, people in found.best.items() if people >> number & 1]
            assert best == [one for one in [reference.best(small.paths, person)] if one is not None]


@settings(max_examples=40, deadline=None)
@given(small_cases(count=5), st.integers(0, 99))
def test_the_same_seed_draws_the_same_completions_in_whatever_order_the_answers_stand(
    case: tuple[Small, Sheet], seed: int
) -> None:
    small, raw = case
    found = drawn(small, raw, 256, seed)
    again = drawn(small, {key: raw[key] for key in reversed(list(raw))}, 256, seed)
    assert again.frame.answers == found.frame.answers
    assert again.best == found.best


def test_another_seed_draws_other_completions() -> None:
    coin = {"id": "coin", "kind": "yes_no", "depth": "core", "plausible": {"weights": {"yes": 1, "no": 1}}}
    gate = {"id": "gate", "when": {"coin": True}, "because": "Because.", "opens": "Luck.", "claims": ["c"]}
    paths = [{"id": key, "title": key, "summary": "A path.", "gates": [gate]} for key in ("one", "two")]
    base = built({"coin": coin}, paths)
    one, other = (Completer(base, draws=256, seed=seed).drawn(AnswerSheet()) for seed in (1, 2))
    assert one.answers != other.answers


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_when_everything_is_answered_the_winner_is_certain(data: st.DataObject) -> None:
    small = data.draw(small_bases())
    raw = {key: data.draw(answers(one, uncertain=False)) for key, one in small.reference.questions.items()}
    result = Assessor(small.base).assess(small.sheet(raw))
    wins = 1.0 if result.top.status == "open" else 0.0
    assert [path.chance_best for path in result.paths] == [wins, 0.0, 0.0]


@settings(max_examples=40, deadline=None)
@given(small_cases())
def test_exactly_one_path_comes_first_wherever_any_is_open(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    found = drawn(small, raw, 512)
    shut = found.frame.everyone
    for people in found.blocked.values():
        shut &= people
    won = 0
    for people in found.best.values():
        assert not won & people
        won |= people
    assert won == found.frame.everyone & ~shut


@settings(max_examples=40, deadline=None)
@given(small_cases())
def test_sums_of_completions_stay_within_the_range_of_the_score(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    sheet, scorer = small.sheet(raw), Scorer(small.base)
    found = drawn(small, raw, 256)
    for path in small.base.paths:
        scores = [scorer.score(rule, sheet) for rule in small.base.rules_of(path.id)]
        low, high = sum(one.low for one in scores), sum(one.high for one in scores)
        assert found.sums[path.id].at_least(round(low)) == found.frame.everyone
        assert found.sums[path.id].at_least(round(high) + 1) == 0
