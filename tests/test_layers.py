"""What holds the parts apart is checked by tools, and the tools run wherever the tests run."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "pathfinder"


def test_imports_keep_the_contracts_of_pyproject() -> None:
    script = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"Contracts: [1-9]\d* kept, 0 broken", done.stdout)


@pytest.mark.parametrize(
    ("name", "heading"),
    [("The layers of docs/tour.md: imports point down only", "layer"), ("The parts of assessment/", "part")],
)
def test_the_tour_tells_the_layers_in_the_order_of_the_contract(name: str, heading: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = (one for one in project["tool"]["importlinter"]["contracts"] if one["name"] == name)
    checked = [layer.split(" | ") for layer in contract["layers"]]
    tour = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
    (table,) = re.findall(rf"^\| {heading} \| holds \|\n((?:\|.*\n)+)", tour, re.MULTILINE)
    rows = re.findall(r"^\| (`.+?`) \|", table, re.MULTILINE)
    told = [[name.strip("`/ ").removesuffix(".py") for name in row.split(",")] for row in rows]
    assert told == checked
    assert contract["exhaustive"]


@pytest.mark.parametrize(
    "module",
    [module for module in sorted(PACKAGE.rglob("*.py")) if "store" not in module.relative_to(PACKAGE).parts],
    ids=lambda module: str(module.relative_to(PACKAGE)),
)
def test_only_store_opens_files(module: Path) -> None:
    opening = {"read_text", "write_text", "read_bytes", "write_bytes"}
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            assert not (isinstance(node.func, ast.Name) and node.func.id == "open"), f"line {node.lineno}"
            assert not (isinstance(node.func, ast.Attribute) and node.func.attr in opening), f"line {node.lineno}"


def test_ci_runs_the_test_command_of_the_readme_word_for_word() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"^<!-- tests -->\n```sh\n(.+?)\n```$", readme, re.MULTILINE | re.DOTALL)
    assert len(named) == 1
    assert named[0].endswith(".venv/bin/python -m pytest")
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (reading,) = (line for line in ci.splitlines() if line.startswith("tests="))
    found = subprocess.run(
        ["bash", "-euc", f'{reading}\nprintf %s "$tests"'], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout == named[0]
    assert 'bash -euo pipefail -c "$tests"' in ci.splitlines()
