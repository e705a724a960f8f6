"""Tasks done in several processes, their results in the order in which they came in."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from multiprocessing.synchronize import Event
from typing import TypeVar

from pathfinder.cohort.worker import Task, Worker
from pathfinder.errors import Problem
from pathfinder.report.cohort_record import Record

CHUNK = 8
"""So many tasks go to a process at a time."""

SELDOM = 200_000
"""Objects that a process makes, and keeps, before it looks for garbage among them."""

FEW = 32
"""So many tasks, or fewer, are not worth starting processes for."""

Result = Record | Problem
Item = TypeVar("Item")
Chunk = list[tuple[Item, Task | None]]


class WorkerLostError(Exception):
    """A process ended by itself, for example because memory ran out."""


def usable_cores() -> int:
    """How many processes can run side by side."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def in_order(
    make: Callable[[], Worker], items: Iterable[tuple[Item, Task | None]], jobs: int
) -> Generator[tuple[Item, Result | None], None, None]:
    """Each item with what came of its task, in order; an item without a task comes back as it is.

    At most a few chunks for each process are read ahead, so memory does not grow with the number of items. `make` has
    to survive pickling. Raises `WorkerLostError`, and what `Worker.do` raises.
    """
    rest = iter(items)
    first = list(islice(rest, FEW + 1))
    run = _here if jobs == 1 or len(first) <= FEW else _in_processes
    yield from run(make, chain(first, rest), jobs)


def _here(
    make: Callable[[], Worker], items: Iterable[tuple[Item, Task | None]], _jobs: int
) -> Iterator[tuple[Item, Result | None]]:
    worker = make()
    for item, task in items:
        yield item, next(worker.do([task])) if task else None


def _in_processes(
    make: Callable[[], Worker], items: Iterable[tuple[Item, Task | None]], jobs: int
) -> Iterator[tuple[Item, Result | None]]:
    context = get_context("spawn")
    stop = context.Event()
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(make, stop))
    waiting: deque[tuple[Chunk[Item], Future[list[Result]] | None]] = deque()
    rest = iter(items)
    try:
        while chunk := list(islice(rest, CHUNK)):
            tasks = [task for _, task in chunk if task]
            with _interrupts_held():
                waiting.append((chunk, pool.submit(_work, tasks) if tasks else None))
            if len(waiting) > 2 * jobs:
                yield from _matched(*waiting.popleft())
        while waiting:
            yield from _matched(*waiting.popleft())
    except BrokenProcessPool:
        raise WorkerLostError from None
    finally:
        stop.set()
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back until this is over, where the system can. Processes that begin meanwhile never get it, not even
    before they can say that they do not want it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _matched(chunk: Chunk[Item], future: Future[list[Result]] | None) -> Iterator[tuple[Item, Result | None]]:
    results = iter(future.result() if future else ())
    for item, task in chunk:
        yield item, next(results) if task else None


_worker: Worker
_stop: Event


def _start(make: Callable[[], Worker], stop: Event) -> None:
    """Begin a process. Ctrl-C is for the first one to handle, and no process outlives it."""
    global _worker, _stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker, _stop = make(), stop
    gc.freeze()  # what is there stays, and assessing leaves no cycles behind: looking for them would take long
    gc.set_threshold(SELDOM)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(tasks: list[Task]) -> list[Result]:
    """What came of some tasks; fewer once everything is to stop."""
    found: list[Result] = []
    for result in _worker.do(tasks):
        found.append(result)
        if _stop.is_set():
            break
    return found
