"""What is known of a person: the same whether it was known of others with their answers before or not."""

from __future__ import annotations

import random

import pytest

from naive import read_raw
from pathfinder.answers import facts
from pathfinder.answers.facts import Facts, Known
from pathfinder.answers.sheet import AnswerSheet
from pathfinder.answers.validation import validate_sheet
from pathfinder.rulebase.conditions import Condition
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import built_in_folder, load_built_in
from random_sheets import random_sheet

PEOPLE = 12


def sheets(base: RuleBase) -> list[AnswerSheet]:
    """People who answered few and many questions, some with uncertain answers, each of them twice."""
    reference, source = read_raw(built_in_folder()).reference, random.Random(8)
    raw = [random_sheet(reference, source, share=source.choice([0.1, 0.5, 0.9])) for _ in range(PEOPLE)]
    return [validate_sheet({"answers": one}, base.questions)[0] for one in (*raw, *raw)]


def conditions(base: RuleBase) -> list[Condition]:
    asked = [*(one.when for one in base.topics), *(one.when for one in base.experiments)]
    asked += [*(one.when for one in base.tensions), *(one.when for one in base.disputes)]
    torn = [one for tension in base.tensions for one in tension.undecided_between]
    return [*(one for one in asked if one is not None), *torn, *base.relevance.values()]


@pytest.mark.parametrize("most", [facts.MOST_KNOWN, 5])
def test_what_is_remembered_is_what_is_worked_out(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "MOST_KNOWN", most)
    base = load_built_in()
    known, asked = Known(base), conditions(base)
    for sheet in sheets(base):
        mine, plain = Facts(base, sheet, known), Facts(base, sheet)
        assert [mine.truth(one) for one in asked] == [plain.truth(one) for one in asked]
        assert [mine.torn(one) for one in asked] == [plain.torn(one) for one in asked]
        assert [mine.relevance(one) for one in base.questions] == [plain.relevance(one) for one in base.questions]
        assert len(known) <= most
