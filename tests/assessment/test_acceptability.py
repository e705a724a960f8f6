"""Rank acceptability: shares of first and second places, over open answers and over points that vary."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from naive import Person, Sheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.certainty.acceptability import over_answers, over_points, stepped
from pathfinder.assessment.completions.completing import Completer
from pathfinder.assessment.scoring.scorer import RuleScore, Scorer
from small_bases import Small, built, small_cases


def order(small: Small, person: Person) -> list[str]:
    """The open paths as they rank for a person about whom everything is known."""
    found = []
    for path in small.paths:
        points = sum(small.reference.points_of(rule, person) for rule in path["rules"])
        if not any(small.reference.truth(gate["when"], person) for gate in path["gates"]):
            found.append((-points, path["id"]))
    return [path for _, path in sorted(found, key=lambda one: one[0])]


@settings(max_examples=100, deadline=None)
@given(small_cases(count=3))
def test_first_and_second_places_are_those_of_adding_up_every_completion(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    found = over_answers(Completer(small.base).complete(small.sheet(raw)))
    assert found.exact
    assert found.error == 0
    places = [(order(small, person), chance) for person, chance in small.reference.chances(raw)]
    for share in found.shares:
        first = sum(chance for ranked, chance in places if ranked[:1] == [share.path])
        second = sum(chance for ranked, chance in places if ranked[1:2] == [share.path])
        assert share.first == pytest.approx(first, abs=6e-5)
        assert share.second == pytest.approx(second, abs=6e-5)


@pytest.mark.parametrize(
    ("points", "step", "moved"),
    [(3, 0, 3), (3, -1, 2), (3, 1, 4), (1, -1, 0), (6, 1, 8), (-4, -1, -3), (-4, 1, -6), (0, 1, 0), (5, -1, 4)],
)
def test_a_step_follows_the_scale_and_keeps_the_sign(points: int, step: int, moved: int) -> None:
    assert stepped(points, step, [1, 2, 3, 4, 6]) == moved


def two_paths(one: int, other: int) -> dict[str, RuleScore]:
    base = _base(one, other)
    scorer = Scorer(base)
    from pathfinder.answers.sheet import AnswerSheet, Certain

    sheet = AnswerSheet({"q": Certain(True)})
    return {rule.id: scorer.score(rule, sheet) for rule in base.rules.values()}


def _base(one: int, other: int):  # type: ignore[no-untyped-def]
    question = {"id": "q", "kind": "yes_no", "depth": "core", "plausible": {"weights": {"yes": 1, "no": 1}}}
    paths = [
        {
            "id": key,
            "title": key,
            "summary": "A path.",
            "gates": [],
            "rules": [
                {
                    "id": f"{key}-rule",
                    "criterion": "fit",
                    "asks": "Does it?",
                    "claims": ["c"],
                    "cases": [{"when": {"q": True}, "points": points, "because": "Because."}],
                }
            ],
        }
        for key, points in (("one", one), ("two", other))
    ]
    return built({"q": question}, paths)


def test_with_points_that_vary_the_nearer_two_paths_are_the_oftener_they_change_places() -> None:
    # On the small bases' scale of one step a point is 0, 1 or 2 with chances of a quarter, a half and a quarter.
    level = over_points(_base(1, 1), two_paths(1, 1), frozenset())
    first = {share.path: share.first for share in level.shares}
    assert first["one"] == pytest.approx(1 - 5 / 16, abs=level.error * 1.5)  # the first path wins ties
    assert first["one"] + first["two"] == pytest.approx(1)
    far = over_points(_base(6, -6), two_paths(6, -6), frozenset())
    assert {share.path: share.first for share in far.shares} == {"one": 1.0, "two": 0.0}
    assert not far.exact


def test_a_blocked_path_is_never_first_however_points_vary() -> None:
    found = over_points(_base(6, 1), two_paths(6, 1), frozenset({"one"}))
    assert {share.path: (share.first, share.second) for share in found.shares} == {"one": (0, 0), "two": (1, 0)}


@settings(max_examples=20, deadline=None)
@given(small_cases(count=3))
def test_the_same_sheet_gives_the_same_figures(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    once, again = (Assessor(small.base).assess(small.sheet(raw)).acceptability for _ in range(2))
    assert once == again
    assert [one.over for one in once] == ["answers", "points"]
