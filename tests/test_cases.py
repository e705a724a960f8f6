"""People with a known answer: the rule base's own tests, one file each.

What `expect` means stands in docs/rule-format.md. `must_mention` is for a reader to judge.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.assess import Assessor
from pathfinder.authoring.casework import CaseResult, Casework, run_cases
from pathfinder.report.casework_report import casework_as_text
from pathfinder.report.markdown import to_markdown
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.cases import read_cases
from pathfinder.store.rules import built_in_folder, load_built_in

FOLDER = built_in_folder() / "cases"
NAMES = sorted(file.stem for file in FOLDER.glob("*.yaml"))


@cache
def casework() -> Casework:
    base = load_built_in()
    assessor = Assessor(base)

    def report(sheet: AnswerSheet) -> str:
        return to_markdown(assessor.assess(sheet), date(2024, 1, 1))

    return run_cases(base, read_cases(FOLDER, base.questions), report)


@cache
def results() -> dict[str, CaseResult]:
    return {Path(result.case.file).stem: result for result in casework().results}


@pytest.mark.parametrize("name", NAMES)
def test_a_person_with_a_known_answer_gets_it(base: RuleBase, name: str) -> None:
    result = results()[name]
    assert result.holds, casework_as_text(base, Casework((result,)))


def test_people_who_differ_in_one_fact_all_get_theirs() -> None:
    assert [tag for tag, holds in casework().pairs.items() if not holds] == []
    assert len(casework().pairs) >= 20


@pytest.mark.parametrize("name", NAMES)
def test_a_case_expects_something_that_can_be_checked(base: RuleBase, name: str) -> None:
    expect = results()[name].case.person.expect
    best, nearest = set(expect.best), set(expect.nearest)
    assert nearest <= set(base.path)
    assert best
    assert best <= set(base.path) or best in ({"none"}, {"any"})
    assert not best & set(expect.not_best)
    assert not nearest or best == {"none"}, "nearest says which path may rank first though none fits"
    assert all(above != below for above, below in expect.must_outrank)


def test_a_case_file_is_named_after_its_id() -> None:
    assert [result.case.person.id for result in results().values()] == NAMES
