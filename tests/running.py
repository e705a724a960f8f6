"""The program, run as people run it: as a command of its own, or (much faster) inside the test's process."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Outcome:
    """How a run ended: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


class Run(Protocol):
    """Runs `pathfinder` with some arguments and, optionally, something on standard input."""

    def __call__(self, *arguments: str, stdin: bytes | None = None) -> Outcome: ...


def run_command(*arguments: str, folder: Path | None = None, stdin: bytes = b"", timeout: float = 20) -> Outcome:
    """Run the real command in `folder`; a run longer than `timeout` seconds fails the test."""
    command = [sys.executable, "-m", "pathfinder", *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, cwd=folder, timeout=timeout, check=False)
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())
