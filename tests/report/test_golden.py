"""Whole results of six people, kept in tests/report/golden/ to be read: a change of content shows as a difference.

`python -m pytest tests/report/test_golden.py --update-golden` rewrites them. Versions, the rule base's hash and the
date are fixed, so that only content makes a difference.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.console import Console

from pathfinder.assessment.assess import assess
from pathfinder.assessment.results.assessment import Assessment
from pathfinder.report.json_form import to_json
from pathfinder.report.markdown import to_markdown
from pathfinder.store.answers import read_sheet
from pathfinder.store.rules import built_in_folder, load_built_in
from pathfinder.terminal.result_screen import show_result

GOLDEN = Path(__file__).parent / "golden"
PEOPLE = {
    "S01": "a clear verdict",
    "S02": "the same person with a short timeline",
    "S25": "an open goal",
    "S27": "someone outside the four paths",
    "S30": "hardly anything said",
    "S36": "a post in governance within reach",
}
DAY = date(2025, 3, 1)


@lru_cache
def result(person: str) -> Assessment:
    """The assessment of one of the project's cases, without what changes from release to release."""
    base = load_built_in()
    found = assess(base, read_sheet(built_in_folder() / "cases" / f"{person}.yaml", base.questions), full=True)
    return replace(
        found,
        rulebase={**found.rulebase, "version": "VERSION", "hash": "HASH"},
        program={**found.program, "version": "VERSION"},
    )


def as_text(found: Assessment) -> str:
    """What a terminal of 80 columns shows, without colour."""
    console = Console(
        file=io.StringIO(),
        width=80,
        color_system=None,
        force_terminal=False,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    show_result(console, found)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


FORMS: dict[str, Callable[[Assessment], str]] = {
    "txt": as_text,
    "md": lambda found: to_markdown(found, DAY),
    "json": lambda found: to_json(found) + "\n",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: f"{person}-{PEOPLE[person].replace(' ', '-')}")
def test_a_result_is_as_it_was_read_and_approved(person: str, form: str, request: pytest.FixtureRequest) -> None:
    file, made = GOLDEN / f"{person}.{form}", FORMS[form](result(person))
    if request.config.getoption("--update-golden"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(made, encoding="utf-8", newline="\n")
    kept = file.read_text(encoding="utf-8") if file.is_file() else ""
    assert made.splitlines() == kept.splitlines(), (
        "if the change is meant: python -m pytest tests/report/test_golden.py --update-golden, then read git diff"
    )


def test_there_is_no_golden_file_that_nobody_compares() -> None:
    assert {file.name for file in GOLDEN.iterdir()} == {f"{person}.{form}" for person in PEOPLE for form in FORMS}
