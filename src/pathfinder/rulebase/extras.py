"""What a report adds to the ranking: experiments, routes, tensions, other roles, topics, disputes."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pathfinder.rulebase.arguments import Claims
from pathfinder.rulebase.base import Acceptable, Identifier, Model, Text, When


class Hours(Model):
    """How long an experiment takes, in hours."""

    min: float = Field(ge=0)
    max: float = Field(ge=0)


class Experiment(Acceptable):
    """A cheap test: what to do, how long it takes, which questions it answers, how to read the outcome."""

    id: Identifier
    title: Text
    when: When | None = None
    hours: Hours | None = None
    cost: Text = ""
    settles: tuple[str, ...] = Field(min_length=1)
    text: Text
    read: Text
    wrong_for: Text = ""
    claims: Claims = Field(min_length=1)


class Route(Acceptable):
    """A sequence of paths with its conditions."""

    id: Identifier
    title: Text
    when: When | None = None
    text: Text
    stages: tuple[Text, ...] = ()
    ends: Text = ""
    claims: Claims = Field(min_length=1)


class Tension(Acceptable):
    """Answers that pull apart. With `undecided_between`, it speaks to an uncertain answer under which each of
    these conditions is still possible."""

    id: Identifier
    title: Text
    when: When | None = None
    undecided_between: tuple[When, ...] = ()
    text: Text
    ask: Text = ""
    claims: Claims = Field(min_length=1)


class OtherRole(Acceptable):
    """A place outside the paths: `when` makes it speak up, `decides` makes the verdict `outside`."""

    id: Identifier
    title: Text
    when: When
    decides: When | None = None
    text: Text
    next: Text
    claims: Claims = Field(min_length=1)


class Topic(Acceptable):
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
    claims: Claims = Field(min_length=1)


class Side(Model):
    """One side of a dispute: who holds it, what they say, and the claims that say it."""

    who: Text
    says: Text
    claims: Claims = Field(min_length=1)


class Dispute(Acceptable):
    """A point on which the sources disagree: its sides, and what decides it for this person."""

    id: Identifier
    title: Text
    when: When
    sides: tuple[Side, ...] = Field(min_length=2)
    decides: Text

    @property
    def claims(self) -> Claims:
        """Every claim of every side, once."""
        return tuple(dict.fromkeys(claim for side in self.sides for claim in side.claims))

    @property
    def text(self) -> str:
        """Everything it says, for checks of its wording."""
        return " ".join([*(side.says for side in self.sides), self.decides])
