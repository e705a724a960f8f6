"""Bounds, proofs and counterexamples as they stand in the JSON: their answers, put into the sheet, must reach them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from pathfinder.answers.sheet import AnswerSheet, Certain
from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.completions.completing import Completer
from pathfinder.assessment.results.certainty import PlainAnswer
from pathfinder.report.json_form import from_json, to_json
from pathfinder.store.answers import read_sheet
from pathfinder.store.rules import built_in_folder, load_built_in

ASSESSOR = Assessor(load_built_in())
PEOPLE = ("S06", "S18", "C03", "C27", "D05")


def somebody(name: str) -> AnswerSheet:
    return read_sheet(Path(built_in_folder()) / "cases" / f"{name}.yaml", ASSESSOR.base.questions)


def completed(sheet: AnswerSheet, answers: Mapping[str, PlainAnswer]) -> AnswerSheet:
    """The sheet with these answers, and plausible ones to everything that is open still."""
    plain = {key: list(one) if isinstance(one, tuple) else one for key, one in answers.items()}
    read, problems = validate_sheet({"answers": plain}, ASSESSOR.base.questions)
    assert not problems
    found = dict(sheet.answers) | dict(read.answers)
    drawn = Completer(ASSESSOR.base, draws=1, seed=9, book=ASSESSOR.book).drawn(AnswerSheet(found))
    for question, columns in drawn.answers.items():
        if not isinstance(found.get(question), Certain):
            found[question] = Certain(next(value for value, people in columns.items() if people))
    return AnswerSheet(found)


@pytest.mark.parametrize("name", PEOPLE)
def test_the_answers_beside_a_bound_reach_it(name: str) -> None:
    sheet = somebody(name)
    for path in ASSESSOR.assess(sheet).paths:
        for bound, answers in ((path.low, path.low_when), (path.high, path.high_when)):
            again = ASSESSOR.assess(completed(sheet, answers)).path(path.id)
            assert (again.score, again.low, again.high) == (bound, bound, bound)


@pytest.mark.parametrize("name", PEOPLE)
def test_a_counterexample_puts_somebody_else_first_and_leads_are_reached(name: str) -> None:
    sheet = somebody(name)
    result = ASSESSOR.assess(sheet)
    proof = result.proof
    assert proof is not None
    assert (proof.counterexample is None) is result.verdict.settled
    if proof.counterexample is not None:
        other = ASSESSOR.assess(completed(sheet, proof.counterexample))
        assert other.top.id != proof.first or other.top.status == "blocked" or other.verdict.kind == "outside"
    for lead in proof.least_leads:
        if lead.points is not None:
            found = ASSESSOR.assess(completed(sheet, lead.when))
            assert found.path(proof.first).score - found.path(lead.rival).score == lead.points
            assert found.path(lead.rival).status == "open"


def test_a_settled_verdict_has_no_counterexample_and_only_winning_leads() -> None:
    sheet = completed(somebody("S06"), {})
    proof = ASSESSOR.assess(sheet).proof
    assert proof is not None
    assert proof.counterexample is None
    assert all(lead.points is None or lead.points >= 0 for lead in proof.least_leads)


def test_a_person_outside_the_paths_needs_no_proof() -> None:
    result = ASSESSOR.assess(AnswerSheet({"goal_role": Certain("operations")}))
    assert result.verdict.settled
    assert result.proof is None


def test_proofs_survive_being_saved_and_read() -> None:
    result = ASSESSOR.assess(somebody("S18"))
    assert from_json(to_json(result)).proof == result.proof
