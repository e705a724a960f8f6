"""Concrete places on the paths, as an assessment tells of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from pathfinder.assessment.results.items import CheckItem, Note, Reason


class OptionAnswer(Struct, frozen=True):
    """What counts for an option, in words, instead of what counts for the person."""

    question: str
    title: str
    answer: str
    instead_of: str
    sensitive: bool


class OptionUnknown(Struct, frozen=True):
    """Something not known yet about an option: an open item of its checklist, or an open question.

    `ask` says it as a question, to the place or (`about` you) to oneself. `swing` is the most points by which
    knowing could still move the option's score, 0 where it would count nothing.
    """

    about: Literal["place", "you"]
    questions: tuple[str, ...]
    title: str
    ask: str
    look_for: str
    swing: float


class OptionResult(Struct, frozen=True):
    """A concrete place on one path, scored as that path is with the option's answers in place of the person's.

    `rank` is its place in `Assessment.standings`; the other figures mean what they mean in a `PathResult`.
    """

    name: str
    path: str
    title: str
    rank: int
    score: float
    low: float
    high: float
    status: Literal["open", "blocked"]
    criteria: Mapping[str, float]
    reasons: tuple[Reason, ...]
    blocked_by: tuple[Note, ...]
    cautions: tuple[Note, ...]
    checklist: tuple[CheckItem, ...]
    differs: tuple[OptionAnswer, ...]
    open: tuple[OptionUnknown, ...]
    left_out: float = 0.0

    @property
    def points_for(self) -> float:
        """What speaks for the option."""
        return round(sum(reason.points for reason in self.reasons if reason.points > 0), 6)

    @property
    def points_against(self) -> float:
        """What speaks against it, as a negative number."""
        return round(sum(reason.points for reason in self.reasons if reason.points < 0), 6)


class StandingItem(Struct, frozen=True):
    """A place in the common ranking of options and paths: an option by its name, or a path by its id.

    `close` tells that the next open one is fewer points behind than the rule base takes for a clear lead.
    """

    kind: Literal["option", "path"]
    id: str
    score: float
    status: Literal["open", "blocked"]
    close: bool
