"""docs/writing-rules.md works as it stands: its commands print what it says, numbers and hashes aside."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from guide import GUIDE, TOP, carried_out
from running import Run

FEW = ("S06", "S07", "S17")
"""Two people of one pair, and one whose verdict the guide's rule touches; the others would only take time."""


@pytest.fixture
def carried(run: Run, rules_copy: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The guide with what its commands print today; `mutate` left out, for it takes long."""
    (rules_copy / "cases").mkdir()
    for name in FEW:
        shutil.copy(TOP / "rules" / "cases" / f"{name}.yaml", rules_copy / "cases")
    monkeypatch.chdir(rules_copy.parent)

    def command(arguments: list[str]) -> str:
        outcome = run(*arguments)
        return outcome.out + outcome.err

    return carried_out(GUIDE.read_text(encoding="utf-8"), rules_copy.parent, command, skip=["mutate"])


def plain(text: str) -> list[str]:
    """The words of a text; every number and every hash is the same, and lines may break elsewhere."""
    return re.sub(r"\b(?=\w*\d)[0-9a-f]{16}\b|\d+", "N", text).split()


def test_the_guide_is_true_and_its_rule_does_what_it_is_for(carried: str) -> None:
    assert plain(carried) == plain(GUIDE.read_text(encoding="utf-8")), "run: python tests/guide.py, then read the guide"
    assert "PF105 independent-model-for-pace, case 2" in carried
    assert carried.count("1 failed") == 1
    assert "Independent research, because of independent-model-for-pace" in " ".join(carried.split())
