"""How far a batch has come, on a terminal: one line that is drawn over, with messages above it."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.text import Text

from pathfinder.terminal.lines import plain


class PeopleProgress:
    """Counts people on a console; leaves nothing behind when it ends."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.completed} compared", markup=False),
            BarColumn(),
            _Share(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._task = self._progress.add_task("", total=None, share=None)

    def advance(self, share: float | None, people: int = 1) -> None:
        """One more person is done, or several; `share` of the input has been read (0 to 1, None where that is
        not known)."""
        done = self._progress.tasks[0].completed + people
        total = max(done, done / share) if share else None
        self._progress.update(self._task, completed=done, total=total)

    def tell(self, message: str) -> None:
        """Show a message above the line; nothing in it acts as markup."""
        self._progress.console.print(plain(message))

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._progress.stop()


class _Share(ProgressColumn):
    """How much of the input is done, in percent, where that is known."""

    def render(self, task: Task) -> Text:
        """The share of a task."""
        return Text(f"{task.percentage:.0f}%" if task.total else "")
