"""What an assessment says: arguments, cautions, steps and whatever else is chosen for a person, with its passages."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

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
