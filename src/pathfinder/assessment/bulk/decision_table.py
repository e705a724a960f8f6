"""A decision table over columns of small codes: what comes out for every combination of some kinds of answer.

The table becomes a chain of steps, one for each question after the first: what has been seen so far is a state, a byte
for each person, and the next kind of answer makes another of it. Everything is worked out for everybody at once, by
multiplying and adding whole columns. Only where states times kinds no longer fit into a byte are they told apart anew:
those from which everything goes on alike share one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

LANES = 256
"""A byte holds so many codes."""


class Step(NamedTuple):
    """Makes room for the kinds of answer to one more question: states are multiplied by `kinds`, their number; where
    `renumbered` is given, a lookup numbers them anew and multiplies in one."""

    kinds: int
    renumbered: bytes | None = None


class Chain:
    """The steps of one table, and what comes out for each state at the end."""

    def __init__(self, steps: Sequence[Step], outcomes: bytes) -> None:
        self._steps, self._outcomes = tuple(steps), outcomes

    def outcomes(self, states: bytes) -> bytes:
        """What comes out for everybody's last state."""
        return states.translate(self._outcomes)

    def states(self, size: int, kinds: Sequence[int]) -> bytes:
        """The last states of `size` people. `kinds` are everybody's kinds of answer to each question, as one number
        with a byte for each person."""
        found, *others = kinds
        for step, lanes in zip(self._steps, others, strict=True):
            if step.renumbered is None:
                found = found * step.kinds + lanes
            else:
                found = int.from_bytes(found.to_bytes(size, "little").translate(step.renumbered), "little") + lanes
        return found.to_bytes(size, "little")


def chain_of(table: bytes, sizes: Sequence[int]) -> Chain | None:
    """The chain of a table that holds an outcome for every combination of kinds, the last question varying fastest;
    None where the states and kinds of some step do not fit into a byte. `sizes` are the numbers of kinds."""
    states, steps = [table], []
    for size in sizes:
        step = Step(size)
        if len(states) * size > LANES:
            known = {state: number for number, state in enumerate(dict.fromkeys(states))}
            if len(known) * size > LANES:
                return None
            step = Step(size, _translation([known[state] * size for state in states]))
            states = list(known)
        steps.append(step)
        block = len(states[0]) // size
        states = [state[kind * block : (kind + 1) * block] for state in states for kind in range(size)]
    return Chain(steps[1:], _translation([state[0] for state in states]))


def _translation(outcomes: Sequence[int]) -> bytes:
    return bytes(outcomes) + bytes(LANES - len(outcomes))
