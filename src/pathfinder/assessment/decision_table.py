"""A decision table over columns of small codes: what comes out for every combination of some kinds of answer.

The table is reduced to a chain of steps, one for each question: what has been seen so far is a state, and combinations
from which everything goes on alike share one. A step is a lookup in 256 bytes for everybody at once, as long as states
times kinds fit into a byte.
"""

from __future__ import annotations

from collections.abc import Sequence

LANES = 256
"""A byte holds so many codes."""


class Chain:
    """The steps of one table. `combine[j]` takes state x kinds + kind to the next state, multiplied by the number of
    kinds of the next question, so that adding the next kind gives the code to look up next."""

    def __init__(self, combine: Sequence[bytes]) -> None:
        self._combine = tuple(combine)

    def outcomes(self, size: int, kinds: bytes, others: Sequence[int], last: bytes) -> bytes:
        """What comes out for each of `size` people, translated by `last`: `kinds` are everybody's kinds of answer to
        the first question, `others` those to the other ones, each as one number with a byte for each person."""
        found = kinds
        for step, lanes in zip(self._combine, others, strict=False):
            found = (int.from_bytes(found.translate(step), "little") + lanes).to_bytes(size, "little")
        return found.translate(self._combine[-1].translate(last))


def chain_of(table: bytes, sizes: Sequence[int]) -> Chain | None:
    """The chain of a table that holds an outcome for every combination of kinds, the last question varying fastest;
    None where the states and kinds of some step do not fit into a byte. `sizes` are the numbers of kinds."""
    states = [table]
    combine = []
    for place, size in enumerate(sizes):
        if len(states) * size > LANES:
            return None
        block = len(states[0]) // size
        parts = [state[kind * block : (kind + 1) * block] for state in states for kind in range(size)]
        if block == 1:
            combine.append(_translation([part[0] for part in parts]))
            break
        states = list(dict.fromkeys(parts))
        if len(states) * sizes[place + 1] > LANES:
            return None
        known = {state: number for number, state in enumerate(states)}
        combine.append(_translation([known[part] * sizes[place + 1] for part in parts]))
    return Chain(combine)


def _translation(outcomes: Sequence[int]) -> bytes:
    return bytes(outcomes) + bytes(LANES - len(outcomes))
