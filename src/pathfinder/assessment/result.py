"""An assessment as plain data: the output contract (schema version 1).

It carries every title, reason and citation it needs, so that it can be rendered without the rule base.
Points are on the rule base's scale; shares lie between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

VerdictKind = Literal["clear", "close", "unsettled", "none_fits", "outside"]
AnswerState = Literal["given", "uncertain", "not sure", "not answered", "set aside"]


class Citation(Struct, frozen=True):
    """A claim with where it stands: the line numbers are those of the plain-text copy of the source."""

    id: str
    source: str
    title: str
    section: str
    lines: tuple[int, ...]
    claim: str
    status: str = ""


class Reason(Struct, frozen=True):
    """One argument that counts for (positive points) or against a path.

    `share` below 1 means that the answers leave open whether it applies, and that it counts in part. `weight` is what
    the person lets its criterion count; the points hold it already.
    """

    rule: str
    criterion: str
    asks: str
    points: float
    text: str
    share: float
    misleads_when: str
    claims: tuple[Citation, ...]
    weight: float = 1.0


class Note(Struct, frozen=True):
    """A caution, or what blocks a path, with its grounds. `opens` says what would open a gate."""

    id: str
    text: str
    claims: tuple[Citation, ...]
    opens: str = ""


class StepItem(Struct, frozen=True):
    """A concrete action; `horizon` is week, quarter or year, `cost` in words."""

    id: str
    text: str
    horizon: str
    cost: str
    claims: tuple[Citation, ...]


class CheckItem(Struct, frozen=True):
    """What to ask of a concrete place; `open` tells that no answer has settled it yet."""

    id: str
    ask: str
    look_for: str
    open: bool
    claims: tuple[Citation, ...]


PlainAnswer = bool | int | float | str | tuple[str, ...]
"""An answer in the form of an answers file."""


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


class LeastLead(Struct, frozen=True):
    """The least lead that the first path can have over a rival, in points, and answers to open questions that reach it.
    `points` is None where the rival is closed whatever the answers."""

    rival: str
    points: float | None
    when: Mapping[str, PlainAnswer]


class Proof(Struct, frozen=True):
    """Why the verdict is settled, or that it is not.

    `first` comes first in every completion if each of the least leads is above 0 (or 0, over a path that stands later
    in the rule base). Otherwise `counterexample` holds answers to open questions under which another path comes
    first, or none, or the person belongs outside the paths.
    """

    first: str
    least_leads: tuple[LeastLead, ...]
    counterexample: Mapping[str, PlainAnswer] | None


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


class OpenQuestion(Struct, frozen=True):
    """A question left open that could still move a score.

    `swing` is the most points any one path can still move with it, `matters` how much more often the best
    path would be known with its answer (0 to 1), over completions of everything open. `value` is what knowing the
    answer before choosing is expected to be worth, in points; `chance` how likely it is to change who comes first.
    """

    question: str
    title: str
    prompt: str
    state: Literal["not answered", "not sure", "uncertain"]
    swing: float
    matters: float
    paths: tuple[str, ...]
    value: float = 0.0
    chance: float = 0.0


class ChangeItem(Struct, frozen=True):
    """Another answer to one question that would change who wins, everything else as it was answered.

    `winner` is the path that would win (None: none would be left to recommend), `margin` its lead in points,
    `nature` the kind of question, `within_reach` whether one can work on it (a skill, a trial, an offer).
    """

    question: str
    title: str
    now: str
    change: str
    winner: str | None
    margin: float
    nature: str
    within_reach: bool


class ChangedAnswer(Struct, frozen=True):
    """One of several answers that would have to be different together, `now` and the `change` in words (a number by
    the bound from which on it does, where all beyond it do).

    `nature` is the kind of question, `within_reach` whether one can work towards the change.
    """

    question: str
    title: str
    now: str
    change: str
    nature: str
    within_reach: bool


class SmallestChange(Struct, frozen=True):
    """The smallest set of changed answers under which a path that does not come first would; no changes where no set
    of up to three does it.

    Answers to sensitive questions are left out of the search. `margin` is the lead over the next open path in points,
    `within_reach` whether every one of the changes is.
    """

    path: str
    changes: tuple[ChangedAnswer, ...]
    margin: float
    within_reach: bool


class TensionItem(Struct, frozen=True):
    """Answers that pull apart."""

    id: str
    title: str
    text: str
    ask: str
    claims: tuple[Citation, ...]


class RoleItem(Struct, frozen=True):
    """A place outside the paths; `decides` tells that the verdict is because of it."""

    id: str
    title: str
    text: str
    next: str
    decides: bool
    claims: tuple[Citation, ...]


class ExperimentItem(Struct, frozen=True):
    """A cheap test that would answer something still open; hours are None where no figure is known.

    `answers` are the questions among `settles` that are still open, `value` what knowing them all before choosing is
    expected to be worth, in points, `per_hour` the same for each hour it takes.
    """

    id: str
    title: str
    text: str
    read: str
    wrong_for: str
    hours: tuple[float, float] | None
    cost: str
    settles: tuple[str, ...]
    claims: tuple[Citation, ...]
    answers: tuple[str, ...] = ()
    value: float = 0.0
    per_hour: float | None = None


class FindOut(Struct, frozen=True):
    """Something to find out next: a question to answer here, or an experiment, by its id.

    `questions` are the open ones that it answers, `value` and `chance` as for an open question (`chance` is that of
    the most telling of them), `hours` what it takes; None where no figure is known.
    """

    kind: Literal["question", "experiment"]
    id: str
    title: str
    questions: tuple[str, ...]
    value: float
    chance: float
    hours: float | None
    per_hour: float | None


class RankShare(Struct, frozen=True):
    """How often a path comes first and second, 0 to 1."""

    path: str
    first: float
    second: float


class Acceptability(Struct, frozen=True):
    """How often each path comes first and second, over completions of the open answers or over points that vary.

    `exact` where all are listed; otherwise `draws` were drawn from `seed`, and a share is off by more than `error`
    in one of 20 cases at most.
    """

    over: Literal["answers", "points"]
    shares: tuple[RankShare, ...]
    exact: bool
    draws: int
    error: float
    seed: int


class Favoured(Struct, frozen=True):
    """How often an open path comes first over all ways of weighing the criteria (0 to 1), and the most typical
    weighing under which it does: 1 is the weight a criterion has on average. No weights where it never does; of
    `draws` weighings, from `seed`."""

    path: str
    share: float
    weights: Mapping[str, float]
    draws: int
    seed: int


class RouteItem(Struct, frozen=True):
    """A sequence that suits these answers."""

    id: str
    title: str
    text: str
    stages: tuple[str, ...]
    ends: str
    claims: tuple[Citation, ...]


class TopicItem(Struct, frozen=True):
    """A research direction or governance topic that fits expertise or interest; it never moves the ranking."""

    id: str
    title: str
    field: Literal["research", "governance"]
    standing: str
    text: str
    begin: str
    dissent: str
    claims: tuple[Citation, ...]


class SideItem(Struct, frozen=True):
    """One side of a dispute."""

    who: str
    says: str
    claims: tuple[Citation, ...]


class DisputeItem(Struct, frozen=True):
    """A point on which the sources disagree and that touches this person."""

    id: str
    title: str
    sides: tuple[SideItem, ...]
    decides: str


class AnswerItem(Struct, frozen=True):
    """One answer in words, for the record in a report. `state`: given, uncertain, not sure, not answered,
    or set aside (given, but irrelevant for this person)."""

    question: str
    section: str
    title: str
    answer: str
    state: AnswerState
    sensitive: bool


class CriterionItem(Struct, frozen=True):
    """A column of the comparison."""

    id: str
    title: str
    about: str


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
