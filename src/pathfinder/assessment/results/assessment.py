"""An assessment as plain data: the output contract (schema version 1).

It carries every title, reason and citation it needs, so that it can be rendered without the rule base.
Points are on the rule base's scale; shares lie between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from pathfinder.assessment.results.certainty import (
    Acceptability,
    ChangeItem,
    Favoured,
    FindOut,
    OpenQuestion,
    PlainAnswer,
    Proof,
    SmallestChange,
)
from pathfinder.assessment.results.items import (
    AnswerItem,
    CheckItem,
    CriterionItem,
    DisputeItem,
    ExperimentItem,
    Note,
    Reason,
    RoleItem,
    RouteItem,
    StepItem,
    TensionItem,
    TopicItem,
)
from pathfinder.assessment.results.options import OptionResult, StandingItem

VerdictKind = Literal["clear", "close", "unsettled", "none_fits", "outside"]


class PathResult(Struct, frozen=True):
    """One path for one person. `low` and `high` bound the score over everything left open; `low_when` and `high_when`
    are answers to open questions that reach them, so that both can be checked again.

    In a redacted assessment, `left_out` are the points of the score that come from arguments which are not told;
    `criteria` and `reasons` cover the others.
    """

    id: str
    title: str
    summary: str
    rank: int
    score: float
    low: float
    high: float
    chance_best: float
    status: Literal["open", "blocked"]
    criteria: Mapping[str, float]
    reasons: tuple[Reason, ...]
    blocked_by: tuple[Note, ...]
    cautions: tuple[Note, ...]
    steps: tuple[StepItem, ...]
    checklist: tuple[CheckItem, ...]
    undecided: tuple[str, ...]
    left_out: float = 0.0
    low_when: Mapping[str, PlainAnswer] = field(default_factory=dict)
    high_when: Mapping[str, PlainAnswer] = field(default_factory=dict)

    @property
    def points_for(self) -> float:
        """What speaks for the path."""
        return round(sum(reason.points for reason in self.reasons if reason.points > 0), 6)

    @property
    def points_against(self) -> float:
        """What speaks against it, as a negative number."""
        return round(sum(reason.points for reason in self.reasons if reason.points < 0), 6)


class Verdict(Struct, frozen=True):
    """What comes of the comparison. `path` is None where none is named; `settled` is true only where it is
    proved that no answer still open can change who wins, or that the person belongs outside the paths."""

    kind: VerdictKind
    path: str | None
    runner_up: str | None
    settled: bool
    summary: str
    chance: float
    margin: float


class Assessment(Struct, frozen=True):
    """Everything that comes of one answer sheet; where it is `redacted`, what may be told of it to others.

    The verdict is about the paths; `options` are in the order in which they were given, and `standings`, empty where
    there are none, rank them together with the paths. `smallest_changes` holds one entry for every path that does not
    come first; it is empty where it was not worked out, and where the person belongs outside the paths.
    """

    verdict: Verdict
    paths: tuple[PathResult, ...]
    open_questions: tuple[OpenQuestion, ...]
    tensions: tuple[TensionItem, ...]
    other_roles: tuple[RoleItem, ...]
    experiments: tuple[ExperimentItem, ...]
    routes: tuple[RouteItem, ...]
    reservations: tuple[Note, ...]
    criteria: tuple[CriterionItem, ...]
    scale: Mapping[int, str]
    answers: tuple[AnswerItem, ...]
    name: str
    rulebase: Mapping[str, str]
    sources: Mapping[str, str]
    program: Mapping[str, str]
    notices: tuple[str, ...] = field(default=())
    topics: tuple[TopicItem, ...] = field(default=())
    disputes: tuple[DisputeItem, ...] = field(default=())
    changes: tuple[ChangeItem, ...] = field(default=())
    find_out: tuple[FindOut, ...] = field(default=())
    acceptability: tuple[Acceptability, ...] = field(default=())
    proof: Proof | None = field(default=None)
    weights: Mapping[str, float] = field(default_factory=dict)
    favoured: tuple[Favoured, ...] = field(default=())
    smallest_changes: tuple[SmallestChange, ...] = field(default=())
    options: tuple[OptionResult, ...] = field(default=())
    standings: tuple[StandingItem, ...] = field(default=())
    redacted: bool = False
    schema_version: int = 1

    @property
    def top(self) -> PathResult:
        """The path that ranks first, whatever the verdict."""
        return self.paths[0]

    def path(self, key: str) -> PathResult:
        """The result of one path."""
        return next(path for path in self.paths if path.id == key)

    def option(self, name: str) -> OptionResult:
        """The result of one option."""
        return next(option for option in self.options if option.name == name)
