"""docs/writing-rules.md, carried out: its files written, its commands run, what they print compared.

`python tests/guide.py` puts what the commands print today into the guide.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

TOP = Path(__file__).parents[1]
GUIDE = TOP / "docs" / "writing-rules.md"
BLOCK = re.compile(
    r"(?:<!-- (?P<what>file|rule): (?P<where>.+?) -->\n)?```(?P<kind>\w+)\n(?P<text>.*?)```\n", re.DOTALL
)

Command = Callable[[list[str]], str]
"""Runs `pathfinder` with some arguments; returns everything it prints."""


def carried_out(guide: str, folder: Path, command: Command, skip: Iterable[str] = ()) -> str:
    """The guide with what its commands print in `folder`, which holds `rules/`.

    Commands with a word of `skip` are not run, and keep what stands below them.
    """

    def block(found: re.Match[str]) -> str:
        if found["kind"] == "console":
            return f"```console\n{_console(found['text'], folder, command, skip)}```\n"
        if found["what"] == "file":
            (folder / found["where"]).write_text(found["text"], encoding="utf-8")
        elif found["what"] == "rule":
            _put_rule(folder, found["where"], found["text"])
        return found[0]

    return BLOCK.sub(block, guide)


def _console(text: str, folder: Path, command: Command, skip: Iterable[str]) -> str:
    made = ""
    for part in re.split(r"^(?=\$ )", text, flags=re.MULTILINE)[1:]:
        line = part.split("\n", 1)[0]
        skipped = any(word in line.split() for word in skip)
        made += part if skipped else f"{line}\n{_printed(line.removeprefix('$ '), folder, command)}"
    return made


def _printed(line: str, folder: Path, command: Command) -> str:
    """What one line of a shell prints: `cp -r`, or `pathfinder ...`, perhaps `| grep WORD`."""
    typed, _, word = line.partition(" | grep ")
    program, *arguments = typed.split()
    if program == "cp":
        shutil.copytree(folder / arguments[1], folder / arguments[2])
        return ""
    printed = command(arguments)
    return "".join(one for one in printed.splitlines(keepends=True) if word in one)


def _put_rule(folder: Path, where: str, rule: str) -> None:
    """Put a rule above another, in place of the one with its id if there is one."""
    name, above = where.split(", above ")
    text = (folder / name).read_text(encoding="utf-8")
    key = rule.split("\n", 1)[0]
    text = re.sub(rf"^{re.escape(key)}\n.*?(?=^- id: )", "", text, flags=re.MULTILINE | re.DOTALL)
    (folder / name).write_text(text.replace(f"- id: {above}\n", f"{rule}\n- id: {above}\n", 1), encoding="utf-8")


def _rewrite() -> None:
    """Put what the commands print today into the guide."""

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(TOP / "rules", folder / "rules")

        def command(arguments: list[str]) -> str:
            done = subprocess.run(
                [sys.executable, "-m", "pathfinder", *arguments],
                cwd=folder,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
            )
            return done.stdout.decode()

        GUIDE.write_text(carried_out(GUIDE.read_text(encoding="utf-8"), folder, command), encoding="utf-8")


if __name__ == "__main__":
    _rewrite()
