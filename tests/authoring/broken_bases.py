"""A small sound rule base, and the examples in bad/, each of which puts something wrong into it.

An example is one or more files of a rule base, each after a line `# file: NAME`; it replaces or adds them. The first
line says what is wrong. Beside it stands what `pathfinder rules check` must say about it, word for word.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

HERE = Path(__file__).parent
SOUND = HERE / "sound"
BAD = HERE / "bad"
EXAMPLES = sorted(file.stem for file in BAD.glob("*.yaml"))


def put(example: str, folder: Path) -> None:
    """Make the folder the sound rule base with an example in it."""
    shutil.copytree(SOUND, folder)
    put_text((BAD / f"{example}.yaml").read_text(encoding="utf-8"), folder)


def put_text(text: str, folder: Path) -> None:
    """Write the files of an example into a rule base."""
    _, *files = re.split(r"^# file: (.+)\n", text, flags=re.MULTILINE)
    assert files, "an example holds at least one '# file: NAME'"
    for name, content in zip(files[::2], files[1::2], strict=True):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")


def expected(example: str) -> str:
    """What must be printed."""
    return (BAD / f"{example}.expected.txt").read_text(encoding="utf-8")
