"""The real program in a pseudo-terminal: press keys, read the screen, look at what is on disk.

What the program writes is kept three ways: `raw` (everything, escape codes included), `shown` (what a person sees
now, drawn by pyte), and as running words, in which `see` and `at` look only at what came after what they saw last.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pexpect
import pyte
import yaml

from pathfinder.rulebase.models import RuleBase

PATIENCE = 15.0
"""Seconds to wait for something to appear before the test fails."""

KEYS = {"enter": "\r", "up": "\x1b[A", "down": "\x1b[B", "left": "\x1b[D", "escape": "\x1b", "ctrl-c": "\x03"}
_ESCAPES = re.compile(r"\x1b\[[?>]?[0-9;]*[A-Za-z]|\x1b[=>78]")
_WAITING = re.compile(r"Enter pick · \?|Space marks|(quit|keeps it\.)\s+>")
"""What stands under a question as soon as it can be answered."""


class _Screen(pyte.Screen):
    """A screen that answers the program's question where the cursor is, as real terminals do."""

    def __init__(self, columns: int, rows: int, answer: Callable[[str], object]) -> None:
        self.answer = answer
        super().__init__(columns, rows)

    def write_process_input(self, data: str) -> None:
        self.answer(data)


class Assess:
    """A running `pathfinder assess`: `folder` is where it runs, `folder/home` holds its draft."""

    def __init__(
        self,
        base: RuleBase,
        folder: Path,
        *arguments: str,
        columns: int = 80,
        rows: int = 24,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.base, self.home = base, folder / "home"
        self.raw = self._told = ""
        self._mark = 0
        inherited = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLUMNS", "LINES")}
        own = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATHFINDER_HOME": str(self.home)}
        self._child = pexpect.spawn(
            sys.executable,
            ["-m", "pathfinder", "assess", *arguments],
            cwd=str(folder),
            env={**inherited, **own, **(environment or {})},
            dimensions=(rows, columns),
            encoding="utf-8",
        )
        self._child.delaybeforesend = None
        self._screen = _Screen(columns, rows, self._child.send)
        self._stream = pyte.Stream(self._screen)

    # What a person does.

    def press(self, *keys: str) -> None:
        """Press keys, each by its name in `KEYS` or as the character itself."""
        for key in keys:
            self._child.send(KEYS.get(key, key))

    def type(self, line: str) -> None:
        """Type a line and Enter."""
        self._child.send(f"{line}\r")

    def point(self, label: str) -> None:
        """Move down to the option whose label begins so."""
        passed: list[str] = []

        def moved() -> bool:
            return self._pointed() not in ("", *passed[-1:])

        while True:
            self._wait(moved, f"a menu with the option {label!r}")
            if self._pointed().startswith(label):
                return
            passed.append(self._pointed())
            assert len(passed) < 40, f"there is no option {label!r} on the screen:\n{self.shown}"
            self.press("down")

    def pick(self, label: str) -> None:
        """Move down to the option whose label begins so, and press Enter."""
        self.point(label)
        self.press("enter")

    def begin(self) -> str:
        """Pass the welcome; gives the first question."""
        self.see("Enter begins.")
        self.press("enter")
        return self.at()

    def next(self, *keys: str) -> str:
        """Press keys; gives the question that comes then."""
        self.press(*keys)
        return self.at()

    # What a person sees.

    def see(self, text: str) -> None:
        """Wait for words that come after everything seen before; where lines end makes no difference."""
        words = re.compile(r"\s+".join(map(re.escape, text.split())))
        self._wait(lambda: words.search(self._told, self._mark) is not None, repr(text))
        self._mark = words.search(self._told, self._mark).end()  # type: ignore[union-attr]

    def at(self) -> str:
        """Wait until the next question can be answered; gives its id."""
        header = re.compile(r"question\s+\d+\s+of\s+about\s+\d+")

        def ready() -> bool:
            found = header.search(self._told, self._mark)
            return found is not None and _WAITING.search(self._told, found.end()) is not None

        self._wait(ready, "a question")
        told = squeezed(self._told[header.search(self._told, self._mark).end() :])  # type: ignore[union-attr]
        self._mark = len(self._told)
        places = {key: told.find(squeezed(one.prompt)) for key, one in self.base.questions.items()}
        return min((key for key in places if places[key] >= 0), key=lambda key: places[key])

    def look(self, *texts: str) -> None:
        """Wait until all of these words are on the screen at once; where lines end makes no difference."""
        self._wait(lambda: all(squeezed(one) in self._words() for one in texts), f"{texts!r} on one screen")

    def _words(self) -> str:
        return squeezed(" ".join(self._screen.display))

    @property
    def shown(self) -> str:
        """The screen as it is now."""
        self._read(0.05)
        return "\n".join(line.rstrip() for line in self._screen.display)

    # What is left.

    @property
    def kept(self) -> dict[str, object]:
        """The answers in the draft; empty where there is none."""
        draft = self.home / "draft.yaml"
        if not draft.exists():
            return {}
        answers: dict[str, object] = yaml.safe_load(draft.read_text(encoding="utf-8"))["answers"]
        return answers

    def kill(self, number: signal.Signals) -> None:
        """Send a signal."""
        os.kill(self._child.pid, number)

    def hang_up(self) -> None:
        """Close the terminal under the program, as closing a window does."""
        self._child.ptyproc.fileobj.close()

    def echoes(self) -> bool:
        """Whether the terminal shows what is typed, as it did before the program began."""
        return bool(self._child.getecho())

    def exit_code(self) -> int:
        """Wait for the end; gives the exit code, or minus the number of the signal that ended it."""
        end = time.monotonic() + PATIENCE
        while self._child.isalive():
            self._read(0.02)
            assert time.monotonic() < end, f"the program does not end; the screen shows\n{self.shown}"
        while self._read(0.02):
            assert time.monotonic() < end
        status: int | None = self._child.exitstatus
        return status if status is not None else -int(self._child.signalstatus)

    def end(self) -> None:
        """End it, whatever it is doing, and close its terminal."""
        if self._child.isalive():
            self.kill(signal.SIGKILL)
            self.exit_code()
        self.hang_up()

    def _pointed(self) -> str:
        """The option that the pointer of the lowest menu is at."""
        for line in reversed(self._screen.display):
            if line.startswith(" > "):
                return line[3:].strip(" ○●")
        return ""

    def _read(self, patience: float) -> bool:
        """Take in what the program has written; False when there is nothing more to come."""
        if self._child.ptyproc.fileobj.closed:
            time.sleep(patience)
            return False
        try:
            text = self._child.read_nonblocking(65536, patience)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += text
        self._told = _ESCAPES.sub("", self.raw)
        self._stream.feed(text)
        return True

    def _wait(self, found: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not found():
            more = self._read(0.05)
            if not found() and (not more or time.monotonic() > end):
                raise AssertionError(f"waited in vain for {what}; the screen shows\n{self.shown}")


def squeezed(text: str) -> str:
    """Text with every stretch of white space, line ends included, as one blank."""
    return " ".join(text.split())
