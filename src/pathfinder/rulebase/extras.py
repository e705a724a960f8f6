"""What a report adds to the ranking: experiments, routes, tensions, other roles, topics, disputes."""

from typing import Annotated, Literal

from pathfinder.rulebase.base import Acceptable, Claims, Identifier, Limits, Model, Text, When


class Hours(Model, frozen=True, kw_only=True):
    """How long an experiment takes, in hours."""

    min: Annotated[float, Limits(ge=0)]
    max: Annotated[float, Limits(ge=0)]


class Experiment(Acceptable, frozen=True, kw_only=True):
    """A cheap test: what to do, how long it takes, which questions it answers, how to read the outcome."""

    id: Identifier
    title: Text
    when: When | None = None
    hours: Hours | None = None
    cost: Text = ""
    settles: Annotated[tuple[str, ...], Limits(min_length=1)]
    text: Text
    read: Text
    wrong_for: Text = ""
    claims: Claims


class Route(Acceptable, frozen=True, kw_only=True):
    """A sequence of paths with its conditions."""

    id: Identifier
    title: Text
    when: When | None = None
    text: Text
    stages: tuple[Text, ...] = ()
    ends: Text = ""
    claims: Claims


class Tension(Acceptable, frozen=True, kw_only=True):
    """Answers that pull apart. With `undecided_between`, it speaks to an uncertain answer under which each of
    these conditions is still possible."""

    id: Identifier
    title: Text
    when: When | None = None
    undecided_between: tuple[When, ...] = ()
    text: Text
    ask: Text = ""
    claims: Claims


class OtherRole(Acceptable, frozen=True, kw_only=True):
    """A place outside the paths: `when` makes it speak up, `decides` makes the verdict `outside`."""

    id: Identifier
    title: Text
    when: When
    decides: When | None = None
    text: Text
    next: Text
    claims: Claims


class Topic(Acceptable, frozen=True, kw_only=True):
    """A research direction or governance topic, suggested by expertise and interest; never moves the ranking.

    `standing` is the place its author gives it (such as primary or secondary); `dissent` names who disagrees.
    """

    id: Identifier
    title: Text
    field: Literal["research", "governance"]
    standing: Text
    when: When
    text: Text
    begin: Text = ""
    dissent: Text = ""
    claims: Claims


class Side(Model, frozen=True, kw_only=True):
    """One side of a dispute: who holds it, what they say, and the claims that say it."""

    who: Text
    says: Text
    claims: Claims


class Dispute(Acceptable, frozen=True, kw_only=True):
    """A point on which the sources disagree: its sides, and what decides it for this person."""

    id: Identifier
    title: Text
    when: When
    sides: Annotated[tuple[Side, ...], Limits(min_length=2)]
    decides: Text

    @property
    def claims(self) -> Claims:
        """Every claim of every side, once."""
        return tuple(dict.fromkeys(claim for side in self.sides for claim in side.claims))

    @property
    def text(self) -> str:
        """Everything it says, for checks of its wording."""
        return " ".join([*(side.says for side in self.sides), self.decides])
