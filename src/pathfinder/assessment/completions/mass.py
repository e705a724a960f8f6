"""How probable the people of a frame are: all alike where they were drawn, each by itself where they were listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pathfinder.assessment.completions.planes import Sums

_DIGITS = 40
"""Binary digits of a probability: with some thousand people, shares are exact to about a billionth."""


class Mass:
    """The probability of each of `size` people. `exact` tells that they are every possible one, not a sample."""

    def __init__(self, size: int, weights: Sequence[float] | None = None) -> None:
        self.size = size
        self.exact = weights is not None
        self._planes = _planes(weights) if weights is not None else ()
        self.weight: Callable[[int], int] = self._of if self.exact else int.bit_count
        """The weight of a set of people (a bitmap): a whole number, `whole` for everybody."""
        self.whole = self.weight((1 << size) - 1)

    def share(self, people: int) -> float:
        """The probability of a set of people (a bitmap), 0 to 1."""
        return self.weight(people) / self.whole

    def _of(self, people: int) -> int:
        return sum((plane & people).bit_count() << place for place, plane in enumerate(self._planes))

    def mean(self, sums: Sums, people: int) -> float:
        """The sums of a set of people, each times its probability, added up."""
        if not self.exact:
            return sums.total(people) / self.whole
        return sum(sums.total(people & plane) << place for place, plane in enumerate(self._planes)) / self.whole


def _planes(weights: Sequence[float]) -> tuple[int, ...]:
    """Plane k holds binary digit k of every weight."""
    whole = sum(weights)
    planes = [0] * (_DIGITS + 1)
    for person, weight in enumerate(weights):
        digits = round(weight / whole * (1 << _DIGITS))
        while digits:
            low = digits & -digits
            planes[low.bit_length() - 1] |= 1 << person
            digits ^= low
    return tuple(planes)
