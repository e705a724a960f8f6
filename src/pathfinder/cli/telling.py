"""What a batch tells while it runs: problems as they come, and on a terminal how far it is."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pathfinder.store.people import People
    from pathfinder.store.person import Person
    from pathfinder.terminal.progress import PeopleProgress

MOST_TOLD = 50
"""So many problems are told on standard error; errors.csv has all."""


def say(message: str) -> None:
    """A message on standard error, with nothing in it that a terminal would act on. That nobody reads it (`| head`)
    stops no batch."""
    from pathfinder.cleaning import one_line

    with suppress(BrokenPipeError):
        typer.echo(f"pathfinder: {one_line(message, 600)}", err=True)


def progress() -> AbstractContextManager[PeopleProgress | None]:
    """What draws how far a batch is; nothing where standard error is no terminal that can draw over a line."""
    if not sys.stderr.isatty() or os.environ.get("TERM", "dumb") in ("dumb", "unknown", ""):
        return nullcontext()
    from pathfinder.terminal.console import console
    from pathfinder.terminal.progress import PeopleProgress

    return PeopleProgress(console(stderr=True))


class Teller:
    """Tells of people as they are done: the first `MOST_TOLD` problems, and how far the batch is."""

    def __init__(self, people: People, progress: PeopleProgress | None) -> None:
        self._people, self._progress = people, progress
        self._shares: deque[float | None] = deque()
        self._told = 0
        self.done = 0
        for notice in people.notices:
            self._tell(notice)

    def read(self) -> Iterator[Person]:
        """Everybody, with a note of how much of the input had been read by then."""
        for person in self._people:
            self._shares.append(self._people.share())
            yield person

    def watch(self, person: Person) -> None:
        """One more person is done, in the order in which they were read."""
        self.done += 1
        for problem in person.problems:
            self._told += 1
            if self._told <= MOST_TOLD:
                self._tell(str(person.told(problem)))
        share = self._shares.popleft()
        if self._progress is not None:
            self._progress.advance(share)

    @property
    def untold(self) -> int:
        """How many problems were not told."""
        return max(0, self._told - MOST_TOLD)

    def _tell(self, message: str) -> None:
        if self._progress is None:
            say(message)
        else:
            self._progress.tell(f"pathfinder: {message}")
