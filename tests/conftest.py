"""Fixtures that many tests share."""

from __future__ import annotations

import io
import sys

import pytest
from running import Outcome, Run

from pathfinder.cli.main import main
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import load_built_in


@pytest.fixture(scope="session")
def base() -> RuleBase:
    """The built-in rule base."""
    return load_built_in()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The program, run in this process: everything the command does, without the cost of starting Python."""

    def run_here(*arguments: str, stdin: bytes | None = None) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["pathfinder", *arguments])
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        code: object = 0
        try:
            main()
        except SystemExit as end:
            code = end.code
        printed = capsys.readouterr()
        return Outcome(code if isinstance(code, int) else 1 if code else 0, printed.out, printed.err)

    return run_here
