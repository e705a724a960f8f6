"""What a batch tells while it runs: problems as they come, and on a terminal how far it is."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import TYPE_CHECKING, Protocol

import typer

if TYPE_CHECKING:
    from pathfinder.store.person import Person
    from pathfinder.terminal.progress import PeopleProgress

MOST_TOLD = 50
"""So many problems are told on standard error; errors.csv has all."""


def say(message: str) -> None:
    """A message on standard error, with nothing in it that a terminal would act on. That nobody reads it (`| head`), or
    that the disk it goes to is full, stops no batch."""
    from pathfinder.cleaning import one_line

    with suppress(OSError):
        typer.echo(f"pathfinder: {one_line(message, 600)}", err=True)


def progress() -> AbstractContextManager[PeopleProgress | None]:
    """What draws how far a batch is; nothing where standard error is no terminal that can draw over a line."""
    if not sys.stderr.isatty() or os.environ.get("TERM", "dumb") in ("dumb", "unknown", ""):
        return nullcontext()
    from pathfinder.terminal.console import console
    from pathfinder.terminal.progress import PeopleProgress

    return PeopleProgress(console(stderr=True))


class Input(Protocol):
    """What is told of an input as a whole."""

    @property
    def notices(self) -> tuple[str, ...]:
        """About it as a whole."""
        ...

    @property
    def share(self) -> Callable[[], float | None]:
        """Tells how much of it has been read, 0 to 1; None where that is not known."""
        ...


class Teller:
    """Tells of people as they are done: the first `MOST_TOLD` problems, and how far the batch is."""

    def __init__(self, source: Input, progress: PeopleProgress | None) -> None:
        self._source, self._progress = source, progress
        self._shares: deque[float | None] = deque()
        self._told = 0
        self.done = 0
        for notice in source.notices:
            self._tell(notice)

    def read(self, people: Iterable[Person]) -> Iterator[Person]:
        """Everybody, with a note of how much of the input had been read by then."""
        for person in people:
            self._shares.append(self._source.share())
            yield person

    def watch(self, person: Person) -> None:
        """One more person is done, in the order in which they were read."""
        self._problems(person)
        self._advance(1, self._shares.popleft())

    def watch_crowd(self, people: int, wrong: Iterable[Person]) -> None:
        """Some more people are done together, those with problems among them."""
        for person in wrong:
            self._problems(person)
        self._advance(people, self._source.share())

    def _advance(self, people: int, share: float | None) -> None:
        self.done += people
        if self._progress is not None:
            self._progress.advance(share, people)

    def _problems(self, person: Person) -> None:
        for problem in person.problems:
            self._told += 1
            if self._told <= MOST_TOLD:
                self._tell(str(person.told(problem)))

    @property
    def untold(self) -> int:
        """How many problems were not told."""
        return max(0, self._told - MOST_TOLD)

    def _tell(self, message: str) -> None:
        if self._progress is None:
            say(message)
        else:
            self._progress.tell(f"pathfinder: {message}")
