"""Tables of patterns: looking up gives what scoring gives, whether a table was worked out before or not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings

from naive import Sheet, read_raw
from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.completions import completing as completions_module
from pathfinder.assessment.scoring import counts as counts_module
from pathfinder.assessment.scoring.cellbook import CellBook
from pathfinder.assessment.scoring.counts import Counts, Tables
from pathfinder.assessment.scoring.kept import kept_with
from pathfinder.assessment.scoring.scorer import Scorer
from pathfinder.assessment.working_out import worked_out
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import built_in_folder, load_built_in
from random_sheets import random_sheet
from small_bases import Small, small_bases, small_cases

REFERENCE = read_raw(built_in_folder()).reference


def with_tables(base: RuleBase) -> RuleBase:
    return base.with_parts(tables=worked_out(base))


@settings(max_examples=60, deadline=None)
@given(small_cases())
def test_what_is_looked_up_is_what_the_scorer_says(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    sheet, scorer = small.sheet(raw), Scorer(small.base)
    counts = Counts(Tables(small.base, scorer, CellBook(small.base)), sheet)
    for rule in small.base.rules.values():
        assert counts.score(rule.id) == scorer.score(rule, sheet)


@settings(max_examples=40, deadline=None)
@given(small_bases(count=4))
def test_all_patterns_worked_out_together_are_those_worked_out_one_by_one(small: Small) -> None:
    scorer, book = Scorer(small.base), CellBook(small.base)
    for rule in small.base.rules:
        kept = Tables(small.base, scorer, book).argument(rule).work_out()
        table = Tables(small.base, scorer, book).argument(rule)
        assert [kept.outcomes[place] for place in kept.places] == [table.at(place) for place in range(table.size)]


@settings(max_examples=30, deadline=None)
@given(small_cases(count=5))
def test_a_result_is_the_same_with_everything_worked_out_before(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    ready = with_tables(small.base)
    assert kept_with(small.base) is None
    assert kept_with(ready) is not None
    found, wanted = (Assessor(base).assess(small.sheet(raw), full=True) for base in (ready, small.base))
    assert found == wanted


def test_so_it_is_on_the_built_in_base() -> None:
    base, source = load_built_in(), random.Random(3)
    ready, plain = Assessor(with_tables(base)), Assessor(base)
    for _ in range(12):
        sheet, problems = validate_sheet({"answers": random_sheet(REFERENCE, source)}, base.questions)
        assert not problems
        assert ready.assess(sheet, full=True) == plain.assess(sheet, full=True)


def test_a_base_with_other_parts_keeps_no_tables() -> None:
    ready = with_tables(load_built_in())
    assert ready.tables
    assert not ready.with_parts(topics=()).tables


def test_results_are_the_same_where_what_is_kept_is_dropped_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    base, source = load_built_in(), random.Random(8)
    sheets = [validate_sheet({"answers": random_sheet(REFERENCE, source)}, base.questions)[0] for _ in range(6)]
    wanted = [Assessor(base).assess(sheet) for sheet in sheets]
    monkeypatch.setattr(counts_module, "MOST_FACTORS", 5)
    monkeypatch.setattr(completions_module, "MOST_DIVIDED", 2)
    assessor = Assessor(base)
    for sheet, expected in reversed(list(zip(sheets, wanted, strict=True))):
        assert assessor.assess(sheet) == expected
        assert len(assessor.tables._factors) <= 5
        assert len(assessor.completer._divided) <= 2


@pytest.mark.parametrize("most", [counts_module.MOST_MOVED, 3])
def test_what_another_answer_does_is_the_same_for_the_second_who_gives_one(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts_module, "MOST_MOVED", most)
    base = load_built_in()
    kept, source = Assessor(base).tables, random.Random(4)
    for _ in range(4):
        raw = random_sheet(REFERENCE, source, share=0.7)
        sheet, _ = validate_sheet({"answers": raw}, base.questions)
        plain = Counts(Assessor(base).tables, sheet)
        for mine in (Counts(kept, sheet), Counts(kept, sheet)):
            for question, rules in kept.looking_at.items():
                for rule in rules:
                    assert mine.moved(rule, question) == plain.moved(rule, question)
                    assert len(kept.moved) <= most


@settings(max_examples=60, deadline=None)
@given(small_cases())
def test_gates_looked_at_for_all_answers_close_what_they_close_for_each(case: tuple[Small, Sheet]) -> None:
    small, raw = case
    found = Counts(Assessor(small.base).tables, small.sheet(raw))
    for question in small.base.questions:
        codes = range(1, len(found.tables.book.open(question)) + 1)
        assert found.blocked_by(question) == [found.blocked({question: code}) for code in codes]
