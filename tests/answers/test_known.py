"""What is known of a person: the same whether it was known of others with their answers before or not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings

from naive import Sheet, read_raw
from pathfinder.answers import known as known_module
from pathfinder.answers.facts import Facts
from pathfinder.answers.known import Known
from pathfinder.answers.scope import scope_of, truth
from pathfinder.answers.sheet import AnswerSheet
from pathfinder.answers.validation import validate_sheet
from pathfinder.rulebase.conditions import Condition
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import built_in_folder, load_built_in
from random_sheets import random_sheet
from small_bases import Small, small_cases

PEOPLE = 12


def sheets(base: RuleBase) -> list[AnswerSheet]:
    """People who answered few and many questions, some with uncertain answers, each of them twice."""
    reference, source = read_raw(built_in_folder()).reference, random.Random(8)
    raw = [random_sheet(reference, source, share=source.choice([0.1, 0.5, 0.9])) for _ in range(PEOPLE)]
    return [validate_sheet({"answers": one}, base.questions)[0] for one in (*raw, *raw)]


def conditions(base: RuleBase) -> list[Condition]:
    whens: list[Condition | None] = [one.when for one in base.topics]
    whens += [one.when for one in base.experiments]
    whens += [one.when for path in base.paths for one in path.steps]
    whens += [*base.relevance.values()]
    whens += [gate.when for path in base.paths for gate in path.gates]
    return [one for one in whens if one is not None]


@pytest.mark.parametrize(("most", "values"), [(known_module.MOST_KNOWN, known_module.MOST_VALUES), (5, 1)])
def test_what_is_remembered_is_what_is_worked_out(most: int, values: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_module, "MOST_KNOWN", most)
    monkeypatch.setattr(known_module, "MOST_VALUES", values)
    base = load_built_in()
    known, asked = Known(base), conditions(base)
    for sheet in sheets(base):
        mine, plain = Facts(base, sheet, known), Facts(base, sheet)
        assert [mine.truth(one) for one in asked] == [plain.truth(one) for one in asked]
        assert [mine.relevance(one) for one in base.questions] == [plain.relevance(one) for one in base.questions]
        assert len(known.found) <= most
    assert known.found


@settings(max_examples=200, deadline=None)
@given(small_cases())
def test_uncertain_answers_are_looked_at_wherever_they_matter(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    base, sheet = small.base, small.sheet(raw)
    known = Known(base)
    asked = [case.when for rule in base.rules.values() for case in rule.cases] + list(base.relevance.values())
    for _ in range(3):
        facts = Facts(base, sheet, known)
        for condition in asked:
            if any(sheet.is_uncertain(question) for question in scope_of(base, [condition]).checks):
                assert facts.truth(condition) == truth(base, sheet, condition)
