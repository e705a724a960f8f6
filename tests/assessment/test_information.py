"""What finding out is worth: against adding up every completion, listed and drawn."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naive import Person, Sheet
from pathfinder.answers.facts import set_aside
from pathfinder.api import Answers
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.certainty.information import Information
from pathfinder.assessment.changes.counterfactual import Counterfactuals
from pathfinder.assessment.completions.completing import Completer, Completions, compared
from pathfinder.assessment.scoring.cellbook import CellBook
from pathfinder.assessment.scoring.scorer import Scorer
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import built_in_folder
from small_bases import Small, small_cases

DRAWS = 1 << 14


def worth(small: Small, path: str, person: Person) -> int:
    """A path's points; no more than 0 where a gate closes it."""
    (raw,) = [one for one in small.paths if one["id"] == path]
    points = sum(small.reference.points_of(rule, person) for rule in raw["rules"])
    closed = any(small.reference.truth(gate["when"], person) for gate in raw["gates"])
    return min(points, 0) if closed else points


@dataclass(frozen=True)
class Everybody:
    """Every completion of a sheet: the person, how probable, and what each path is worth to them."""

    small: Small
    ways: list[tuple[Person, float, dict[str, int]]]

    def value_of_knowing(self, *asked: str) -> float:
        """What choosing after learning of which kind these answers are is expected to gain over choosing before; of one
        kind are those that no check of the rule base tells apart."""
        checks = CellBook(self.small.base).checks
        kinds: dict[tuple[object, ...], dict[str, float]] = {}
        for person, chance, worths in self.ways:
            kind = kinds.setdefault(
                tuple(check.holds(person[key]) for key in asked for check in checks[key]), dict.fromkeys(worths, 0.0)
            )
            for path, points in worths.items():
                kind[path] += chance * points
        before = max(sum(kind[path] for kind in kinds.values()) for path in self.ways[0][2])
        return sum(max(kind.values()) for kind in kinds.values()) - before


def everybody(small: Small, raw: Sheet) -> Everybody:
    ways = [
        (person, chance, {path: worth(small, path, person) for path in small.base.path})
        for person, chance in small.reference.chances(raw)
    ]
    return Everybody(small, ways)


def information(small: Small, completions: Completions) -> Information:
    return Information(small.base, Scorer(small.base), completions)


@settings(max_examples=300, deadline=None)
@given(small_cases(count=3))
def test_the_value_of_one_answer_is_that_of_adding_up_every_completion(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    found = information(small, Completer(small.base).complete(small.sheet(raw)))
    truth = everybody(small, raw)
    for question in small.base.questions:
        assert found.value([question]) == pytest.approx(truth.value_of_knowing(question), abs=1e-5)


@settings(max_examples=100, deadline=None)
@given(small_cases(count=4))
def test_the_value_of_several_answers_is_that_of_adding_up_every_completion(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    found = information(small, Completer(small.base).complete(small.sheet(raw)))
    first, second, *_ = small.base.questions
    both = found.value([first, second])
    assert both == pytest.approx(everybody(small, raw).value_of_knowing(first, second), abs=1e-5)
    assert both >= max(found.value([first]), found.value([second])) - 1e-5


@settings(max_examples=40, deadline=None)
@given(small_cases(count=3))
def test_among_those_drawn_the_value_is_near(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    frame = Completer(small.base, draws=DRAWS, seed=3).drawn(small.sheet(raw))
    found = information(small, compared(small.base, frame))
    truth = everybody(small, raw)
    for question in small.base.questions:
        assert found.value([question]) == pytest.approx(truth.value_of_knowing(question), abs=0.5)


@settings(max_examples=60, deadline=None)
@given(small_cases(count=3))
def test_the_chance_of_another_winner_adds_up_the_answers_that_bring_one(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    base, sheet = small.base, small.sheet(raw)
    assessor = Assessor(base)
    what_if = Counterfactuals(base, sheet, assessor.scorer, CellBook(base))
    found = information(small, Completer(base).complete(sheet))
    first = what_if.now.winner()[0]
    for question in base.questions:
        expected = 0.0
        for person, chance in small.reference.chances(raw):
            if small.reference.applies(question, person) is not False:
                answer = person[question]
                told = {**raw, question: sorted(answer) if isinstance(answer, frozenset) else answer}
                after = Counterfactuals(base, small.sheet(told), assessor.scorer, CellBook(base))
                expected += chance * (after.now.winner()[0] != first)
        assert found.chance(question, what_if) == pytest.approx(expected, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(small_cases(count=3), st.booleans(), st.randoms(use_true_random=False))
def test_people_of_more_weight_than_a_lead_reaches_are_not_ahead(
    case: tuple[Small, Sheet], drawn: bool, source: Random
) -> None:
    small, raw = case
    completer = Completer(small.base, draws=256)
    sheet = small.sheet(raw)
    found = compared(small.base, completer.drawn(sheet)) if drawn else completer.complete(sheet)
    told, mass = information(small, found), found.mass
    halves = told._halves
    for lead in told._leads_with(frozenset(small.base.questions)):
        for half, reach in zip(halves, lead.reach, strict=True):
            for _ in range(8):
                chosen = half & source.getrandbits(found.frame.size) | half & source.getrandbits(found.frame.size)
                if mass.weight(chosen) >= reach:
                    assert lead.expected(mass, chosen, mass.weight(chosen)) <= 1e-9


def test_paths_are_left_out_only_where_they_can_be_ahead_for_nobody(
    base: RuleBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    assessor = Assessor(base)
    cases = sorted((built_in_folder() / "cases").glob("*.yaml"))  # a gate closes a path to a few ways of some
    sheets = [set_aside(base, Answers.read(path).sheet(base))[0] for path in cases]
    drawn = [compared(base, assessor.completer.drawn(sheet)) for sheet in sheets]

    def values() -> list[list[float]]:
        found = (Information(base, assessor.scorer, one, assessor.tables) for one in drawn)
        return [[one.value([question]) for question in base.questions] for one in found]

    wanted = values()
    monkeypatch.setattr(Information, "_can_lead", lambda *_: True)
    assert values() == [pytest.approx(one) for one in wanted]
    assert sum(worth > 0 for one in wanted for worth in one) > 300
