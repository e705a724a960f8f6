"""Results come in the order of the input whatever the number of processes, and a lost process is told."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import cast

import pytest

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.cohort.pool import CHUNK, FEW, WorkerLostError, in_order
from pathfinder.cohort.worker import Task, Worker
from pathfinder.errors import InputError, Problem, refused
from pathfinder.report.cohort_record import Record


class Odd:
    """A worker that answers with the task's key and its process, slower for earlier tasks, and may misbehave."""

    def __init__(self, how: str) -> None:
        self.how = how

    def do(self, tasks: Sequence[Task]) -> Iterator[Record | Problem]:
        for task in tasks:
            number = int(task.key)
            if self.how == "dies" and number == FEW:
                os._exit(9)
            if self.how == "refuses" and number == FEW:
                raise refused("this file cannot be written", "Choose another place", "a.md")
            time.sleep(0.02 if number % (2 * CHUNK) == 0 else 0)
            yield Problem(task.key, str(os.getpid()))


def odd(how: str = "works") -> Callable[[], Worker]:
    return cast(Callable[[], Worker], partial(Odd, how))


def items(count: int) -> Iterator[tuple[int, Task | None]]:
    for number in range(count):
        yield number, Task(str(number), AnswerSheet(), "") if number % 7 else None


def processes(results: Sequence[tuple[int, Record | Problem | None]]) -> set[str]:
    return {result.remedy for _, result in results if isinstance(result, Problem)}


@pytest.mark.parametrize(("jobs", "count"), [(1, 200), (2, 200), (3, FEW + 1), (2, FEW), (2, 1), (2, 0)])
def test_order_is_kept_and_each_item_has_the_result_of_its_own_task(jobs: int, count: int) -> None:
    results = list(in_order(odd(), items(count), jobs))
    assert [item for item, _ in results] == list(range(count))
    for item, result in results:
        assert (result is None) is (item % 7 == 0)
        assert result is None or (isinstance(result, Problem) and result.message == str(item))
    here = str(os.getpid())
    if jobs == 1 or count <= FEW:
        assert processes(results) <= {here}
    else:
        assert here not in processes(results)


def test_no_more_is_read_than_a_few_chunks_ahead() -> None:
    read: list[int] = []

    def counted() -> Iterator[tuple[int, Task | None]]:
        for item, task in items(10_000):
            read.append(item)
            yield item, task

    results = in_order(odd(), counted(), 2)
    for done, _ in zip(range(1, 401), results, strict=False):
        assert len(read) - done <= FEW + 1 + 6 * CHUNK
    results.close()


def test_a_process_that_dies_is_told() -> None:
    results = in_order(odd("dies"), items(200), 2)
    with pytest.raises(WorkerLostError):
        list(results)


def test_problems_with_writing_come_back_whole_from_another_process() -> None:
    with pytest.raises(InputError) as error:
        list(in_order(odd("refuses"), items(200), 2))
    assert error.value.problems == (Problem("this file cannot be written", "Choose another place", "a.md"),)


class Interrupted(Odd):
    """A worker in whose process Ctrl-C arrives while it is still being made."""

    def __setstate__(self, state: dict[str, str]) -> None:
        self.how = state["how"]
        os.kill(os.getpid(), signal.SIGINT)

    def itself(self) -> Interrupted:
        return self


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals that can be held back")
def test_ctrl_c_does_nothing_to_a_process_that_has_only_begun() -> None:
    make = cast(Callable[[], Worker], Interrupted("works").itself)
    results = list(in_order(make, items(100), 2))
    assert [item for item, _ in results] == list(range(100))
    assert str(os.getpid()) not in processes(results)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
