"""An assessment written as JSON and read back: the output contract."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import assess
from pathfinder.assessment.results.assessment import Assessment
from pathfinder.errors import InputError
from pathfinder.report.json_form import from_json, json_text, to_json
from pathfinder.report.markdown import to_markdown
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import load_built_in

CASES = sorted((Path(__file__).parents[2] / "rules" / "cases").glob("*.yaml"))[:6]
ANSWERS: Mapping[str, object] = {
    "goal_role": "research_lead",
    "timeline_years": {"min": 2, "max": 14},
    "coding": "none",
}


@lru_cache
def built_in() -> RuleBase:
    return load_built_in()


def made(answers: Mapping[str, object] = ANSWERS, name: str = "") -> Assessment:
    sheet, problems = validate_sheet({"name": name, "answers": dict(answers)}, built_in().questions)
    assert not problems
    return assess(built_in(), sheet, full=True)


@lru_cache
def bare() -> Assessment:
    return made()


def saved(**changes: object) -> str:
    return json.dumps({**json.loads(to_json(made())), **changes})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_saved_assessment_is_read_back_as_it_was(case: Path) -> None:
    result = made(yaml.safe_load(case.read_text(encoding="utf-8"))["answers"], name="Zoë Ångström")
    text = to_json(result)
    assert from_json(text) == result
    assert to_json(from_json(text)) == text


NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-99, 99).map(float),
    st.floats(-30, 30).map(lambda number: round(number, 4)),
    st.sampled_from([0.0, -0.0, 0.0001, 0.00001, 1e-7, -0.00002, 1e15, 1e16, 1e22, 5e-324]),
)
TEXTS = st.one_of(st.text(), st.sampled_from(["1.0", "1.0,\n", " -0.0\n", "e5,\n", "\u2028\x7f\x00", '"\\', "Zoë"]))


@given(st.dictionaries(TEXTS, NUMBERS), TEXTS)
def test_it_is_written_as_pythons_own_json_writes_it_with_whole_numbers_whole(
    weights: dict[str, float], name: str
) -> None:
    result = replace(bare(), weights=weights, name=name, notices=(name,))
    whole = {key: int(one) if one.is_integer() else one for key, one in weights.items()}
    read = json.loads(to_json(result))
    assert (read["weights"], read["name"], read["notices"]) == (whole, name, [name])
    assert to_json(result) == json_text(result)


def test_a_saved_assessment_gives_the_same_report_without_the_rule_base() -> None:
    day = date(2025, 3, 1)
    assert to_markdown(from_json(to_json(made())), day) == to_markdown(made(), day)


def test_the_keys_of_the_contract_are_there() -> None:
    found: dict[str, Any] = json.loads(to_json(made()))
    assert found["schema_version"] == 1
    assert {"kind", "path", "runner_up", "settled", "summary"} <= found["verdict"].keys()
    parts = {"paths", "open_questions", "tensions", "other_roles", "experiments", "routes"}
    assert all(isinstance(found[part], list) for part in parts)
    assert {"version", "hash"} <= found["rulebase"].keys()
    assert "version" in found["program"]
    path = next(path for path in found["paths"] if path["reasons"])
    keys = {"id", "title", "rank", "score", "low", "high", "chance_best", "status", "criteria", "reasons"}
    assert keys | {"blocked_by", "cautions", "steps", "checklist"} <= path.keys()
    reason = path["reasons"][0]
    assert {"rule", "points", "text", "misleads_when", "claims"} <= reason.keys()
    assert {"id", "source", "section", "lines", "claim"} <= reason["claims"][0].keys()


def test_letters_are_written_as_themselves_and_the_text_is_indented() -> None:
    text = to_json(made(name="Zoë"))
    assert '"name": "Zoë"' in text
    assert text.startswith('{\n  "verdict": {\n    "kind"')


def test_control_characters_of_a_strangers_file_are_taken_out() -> None:
    hostile = "\x1b[31mAda\x1b[0m \u202e[/x]"
    assert from_json(to_json(replace(made(), name=hostile))).name == "[31mAda[0m [/x]"


def test_keys_that_a_later_version_added_are_passed_over() -> None:
    assert from_json(saved(later={"a": 1})) == made()


@pytest.mark.parametrize(
    "text",
    ["", "{", "nonsense", "[" * 100_000, "null", "[]", '"text"', '{"schema_version": NaN}', "9" * 5000, "\ud800"],
    ids=["empty", "cut", "words", "deep", "null", "list", "string", "nan", "long-number", "surrogate"],
)
def test_what_is_no_json_object_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(InputError) as refused:
        from_json(text)
    assert "--format json" in str(refused.value)


@pytest.mark.parametrize("version", [None, 0, 2, "1", True, [1]])
def test_another_schema_version_is_refused_before_anything_else(version: object) -> None:
    with pytest.raises(InputError, match="schema version 1"):
        from_json(json.dumps({"schema_version": version, "paths": 3}))


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"paths": []}, "paths"),
        ({"paths": "none"}, "paths"),
        ({"verdict": {}}, "verdict.kind"),
        ({"name": 3}, "name"),
        ({"sources": [1]}, "sources"),
    ],
)
def test_a_wrong_part_is_refused_by_its_place(changes: Mapping[str, object], place: str) -> None:
    with pytest.raises(InputError) as refused:
        from_json(saved(**changes))
    assert place in [problem.key for problem in refused.value.problems]


def test_a_number_beyond_all_bounds_is_refused() -> None:
    with pytest.raises(InputError):
        from_json(to_json(made()).replace('"margin": ', '"margin": 1e999, "was": '))


def test_a_verdict_on_a_path_that_is_not_there_is_refused() -> None:
    verdict = json.loads(to_json(made()))["verdict"]
    with pytest.raises(InputError, match="names no path"):
        from_json(saved(verdict={**verdict, "path": "astronaut"}))


def test_messages_never_repeat_what_the_file_says() -> None:
    with pytest.raises(InputError) as refused:
        from_json(saved(name=["a private word"], schema_version=1))
    assert "private word" not in str(refused.value)


def test_writing_does_not_load_what_only_reading_needs() -> None:
    code = "import sys, pathfinder.report.json_form; print('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
