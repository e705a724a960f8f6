"""Fixtures that many tests share."""

from __future__ import annotations

import io
import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from pathfinder.cli.main import main
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import built_in_folder, load_built_in
from running import Outcome, Run

# Nothing is kept in the cache of whoever runs the tests; those of compiled rule bases name a folder of their own.
os.environ["PATHFINDER_CACHE"] = ""

# The same examples every time, so that a run says something about the code and not about luck. To look for new ones:
# HYPOTHESIS_PROFILE=search python -m pytest
settings.register_profile("fixed", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` rewrites the golden files instead of comparing with them."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files; then read the difference")


@pytest.fixture(scope="session")
def base() -> RuleBase:
    """The built-in rule base."""
    return load_built_in()


@pytest.fixture
def rules_copy(tmp_path: Path) -> Path:
    """A copy of the built-in rule base to change, without its cases: `rules/` in the test's own folder."""
    folder = tmp_path / "rules"
    shutil.copytree(built_in_folder(), folder, ignore=shutil.ignore_patterns("cases"))
    return folder


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
