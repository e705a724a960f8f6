"""People with a known answer: the rule base's own tests, one file each.

What `expect` means stands in docs/rule-format.md. `must_mention` is for a reader to judge.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.result import Assessment
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import built_in_folder, load_built_in

FILES = sorted((built_in_folder() / "cases").glob("*.yaml"))
NAMES = [file.stem for file in FILES]
NO_PATH = ("none_fits", "outside")
UNDECIDED = ("unsettled", "close")


@cache
def case(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((built_in_folder() / "cases" / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def assessor() -> Assessor:
    return Assessor(load_built_in())


@cache
def assessed(name: str) -> Assessment:
    sheet, problems = validate_sheet({"answers": case(name)["answers"]}, assessor().base.questions)
    assert not problems
    return assessor().assess(sheet)


def differences(result: Assessment, expect: dict[str, Any]) -> list[str]:
    """What a result gets wrong."""
    top, kind, best = result.top.id, result.verdict.kind, expect["best"]
    accepted = [*best, *expect.get("accept_if_following_seeds", [])]
    found: list[str] = []
    if "none" in best:
        if kind not in NO_PATH:
            found.append(f"verdict is {kind}, wanted none_fits or outside")
    elif "any" in best:
        if kind not in UNDECIDED:
            found.append(f"verdict is {kind}, wanted unsettled or close")
    else:
        if top not in accepted or kind in NO_PATH:
            found.append(f"verdict is {kind} with {top} on top, wanted {' or '.join(best)}")
        if result.verdict.path not in (None, top):
            found.append(f"verdict names {result.verdict.path}, but {top} ranks first")
        if top in expect["not_best"] and top not in accepted:
            found.append(f"{top} must not come top")
    standing = {path.id: (path.status == "open", path.score) for path in result.paths}
    if top in best or top not in accepted:
        found += [
            f"{above} must stand above {below}"
            for above, below in expect["must_outrank"]
            if not standing[above] > standing[below]
        ]
    return found


def test_there_are_cases() -> None:
    assert len(FILES) >= 40


@pytest.mark.parametrize("name", NAMES)
def test_a_person_with_a_known_answer_gets_it(name: str) -> None:
    assert differences(assessed(name), case(name)["expect"]) == []


PAIRS = sorted({pair for name in NAMES for pair in case(name).get("pairs", [])})
MEMBERS = {pair: [name for name in NAMES if pair in case(name).get("pairs", [])] for pair in PAIRS}


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if len(MEMBERS[pair]) > 1])
def test_people_who_differ_in_one_fact_all_get_theirs(pair: str) -> None:
    wrong = {name: differences(assessed(name), case(name)["expect"]) for name in MEMBERS[pair]}
    assert not any(wrong.values()), wrong


@pytest.mark.parametrize("name", NAMES)
def test_a_case_expects_something_that_can_be_checked(base: RuleBase, name: str) -> None:
    expect = case(name)["expect"]
    best, nearest = set(expect["best"]), set(expect.get("nearest", []))
    named = {*expect["not_best"], *nearest, *(path for pair in expect["must_outrank"] for path in pair)}
    assert named <= set(base.path)
    assert best
    assert best <= set(base.path) or best in ({"none"}, {"any"})
    assert not best & set(expect["not_best"])
    assert not nearest or best == {"none"}, "nearest says which path may rank first though none fits"
    assert all(above != below for above, below in expect["must_outrank"])


def test_a_case_file_is_named_after_its_id() -> None:
    assert [case(name)["id"] for name in NAMES] == [Path(file).stem for file in FILES]
