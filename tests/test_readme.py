"""What README shows is what the program prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from running import Run

ROOT = Path(__file__).resolve().parents[1]


def test_the_output_in_the_readme_is_real(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"```console\n\$ pathfinder (.+)\n([\s\S]+?)\n\.\.\.\n```", text)
    assert found is not None
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(ROOT)
    printed = run(*found[1].split()).out
    assert [line.rstrip() for line in printed.splitlines()][: found[2].count("\n") + 1] == found[2].splitlines()
