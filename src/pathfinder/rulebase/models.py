"""The parts of a rule base, frozen. Their meaning is written down in docs/rule-format.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field, field_validator

from pathfinder.rulebase.base import Identifier, Model, Points, Text, When
from pathfinder.rulebase.conditions import Condition
from pathfinder.rulebase.questions import Question, Section

Claims = tuple[str, ...]


class Source(Model):
    """A document on which the rule base rests."""

    id: Identifier
    title: Text
    author: Text
    with_: tuple[str, ...] = Field(default=(), alias="with")
    date: Text
    short: Text
    note: Text = ""


class Claim(Model):
    """One decision-relevant statement of a source, paraphrased, with where it stands.

    `paths` maps a path (or `any`, `other`) to direction and strength of the author's wording, -3 to 3.
    `status`: struck-likely (withdrawn, scores nobody), softened, dated or contested.
    `rule_fit: none` marks advice that cannot honestly score anyone. `set_aside` says why nothing in the rule
    base uses the claim.
    """

    id: Identifier
    source: str = ""
    section: Text
    lines: tuple[int, ...] = Field(min_length=1)
    kind: Text
    paths: dict[str, int]
    claim: Text
    applies_if: Text = ""
    asks: tuple[str, ...] = ()
    inverse: bool = False
    voice: Text = ""
    number: Text = ""
    cost: Text = ""
    status: Literal["", "softened", "struck-likely", "dated", "contested"] = ""
    rule_fit: Literal["", "none", "partial"] = ""
    rule_fit_why: Text = ""
    set_aside: Text = ""


class Case(Model):
    """One row of a rule's decision table: under `when`, `points` (-12 to 12; positive speaks for the path)."""

    when: When
    points: Points
    because: Text


class Rule(Model):
    """One argument, made once: ordered cases of which the first that matches decides (hit policy FIRST)."""

    id: Identifier
    criterion: Identifier
    asks: Text
    cases: tuple[Case, ...] = Field(min_length=1)
    unless: When | None = None
    claims: Claims = Field(min_length=1)
    misleads_when: Text = ""


class Gate(Model):
    """Blocks a path while `when` is known to be true."""

    id: Identifier
    when: When
    because: Text
    opens: Text
    claims: Claims = Field(min_length=1)


class Caution(Model):
    """Warns without scoring."""

    id: Identifier
    when: When | None = None
    text: Text
    claims: Claims = Field(min_length=1)


class Step(Model):
    """A concrete action. `skip`, known to be true, means it is done already."""

    id: Identifier
    when: When | None = None
    skip: When | None = None
    horizon: Literal["week", "quarter", "year"]
    cost: Text = ""
    text: Text
    claims: Claims = Field(min_length=1)


class ChecklistItem(Model):
    """What to ask of a concrete place before committing to it."""

    id: Identifier
    ask: Text
    look_for: Text
    settles: tuple[str, ...] = ()
    when: When | None = None
    claims: Claims = Field(min_length=1)


class PathParts(Model):
    """One of the paths that are compared."""

    id: Identifier
    title: Text
    summary: Text
    rules: tuple[Rule, ...] = ()
    gates: tuple[Gate, ...] = ()
    cautions: tuple[Caution, ...] = ()
    steps: tuple[Step, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()


class SharedRules(Model):
    """Arguments that count alike on several paths and so never reorder those."""

    paths: tuple[str, ...] = Field(min_length=2)
    rules: tuple[Rule, ...] = Field(min_length=1)


class Hours(Model):
    """How long an experiment takes, in hours."""

    min: float = Field(ge=0)
    max: float = Field(ge=0)


class Experiment(Model):
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


class Route(Model):
    """A sequence of paths with its conditions."""

    id: Identifier
    title: Text
    when: When | None = None
    text: Text
    stages: tuple[Text, ...] = ()
    ends: Text = ""
    claims: Claims = Field(min_length=1)


class Tension(Model):
    """Answers that pull apart. With `undecided_between`, it speaks to an uncertain answer under which each of
    these conditions is still possible."""

    id: Identifier
    title: Text
    when: When | None = None
    undecided_between: tuple[When, ...] = ()
    text: Text
    ask: Text = ""
    claims: Claims = Field(min_length=1)


class OtherRole(Model):
    """A place outside the paths: `when` makes it speak up, `decides` makes the verdict `outside`."""

    id: Identifier
    title: Text
    when: When
    decides: When | None = None
    text: Text
    next: Text
    claims: Claims = Field(min_length=1)


class Topic(Model):
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


class Dispute(Model):
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


class Criterion(Model):
    """A column of the comparison."""

    id: Identifier
    title: Text = Field(max_length=14)
    about: Text


class Thresholds(Model):
    """When a verdict is what. Points: `enough` speaks for a path, `margin` between first and second.
    Shares of completions, 0 to 1: `sure` for a clear verdict, `likely` for a close one."""

    enough: float
    margin: float
    sure: float = Field(ge=0, le=1)
    likely: float = Field(ge=0, le=1)


class General(Model):
    """`rulebase.yaml`: what holds for the whole base."""

    schema_version: int = Field(alias="schema")
    version: Text
    title: Text
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    paths: tuple[str, ...] = Field(min_length=2)
    scale: dict[int, Text]
    verdict: Thresholds
    reservations: tuple[Caution, ...] = ()

    @field_validator("criteria")
    @classmethod
    def _unique(cls, criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
        if len({criterion.id for criterion in criteria}) != len(criteria):
            raise ValueError("criteria must differ in id")
        return criteria

    @field_validator("paths")
    @classmethod
    def _each_once(cls, paths: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(paths)) != len(paths):
            raise ValueError("a path is named twice")
        return paths


class RuleBase(Model):
    """Everything, checked against each other.

    `relevance` holds each question's parsed `asked_if`, `given` the parsed conditions of its plausible
    shares; `hash` identifies the content the base was loaded from.
    """

    general: General
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    paths: tuple[PathParts, ...]
    shared: tuple[SharedRules, ...] = ()
    experiments: tuple[Experiment, ...] = ()
    routes: tuple[Route, ...] = ()
    tensions: tuple[Tension, ...] = ()
    other_roles: tuple[OtherRole, ...] = ()
    topics: tuple[Topic, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    relevance: Mapping[str, Condition] = Field(default_factory=dict)
    given: Mapping[str, tuple[Condition, ...]] = Field(default_factory=dict)
    hash: str = ""

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by id, in the order of the interview."""
        return {question.id: question for section in self.sections for question in section.questions}

    @cached_property
    def claim(self) -> dict[str, Claim]:
        """Every claim by id."""
        return {claim.id: claim for claim in self.claims}

    @property
    def extras(self) -> tuple[Experiment | Route | Tension | OtherRole | Topic | Dispute, ...]:
        """What the report adds to the ranking."""
        return (*self.experiments, *self.routes, *self.tensions, *self.other_roles, *self.topics, *self.disputes)

    @cached_property
    def source(self) -> dict[str, Source]:
        """Every source by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def path(self) -> dict[str, PathParts]:
        """Every path by id, in the order of the base."""
        return {path.id: path for path in self.paths}

    def rules_of(self, path: str) -> tuple[Rule, ...]:
        """The arguments that count on a path: its own and those it shares."""
        shared = [rule for group in self.shared if path in group.paths for rule in group.rules]
        return (*self.path[path].rules, *shared)

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Every argument by id, once."""
        return {rule.id: rule for path in self.paths for rule in self.rules_of(path.id)}

    def paths_of(self, rule: str) -> tuple[str, ...]:
        """The paths on which an argument counts."""
        return tuple(path.id for path in self.paths if any(one.id == rule for one in self.rules_of(path.id)))

    def all_cited(self) -> Iterator[tuple[str, Claims]]:
        """Every part that cites claims, by id."""
        for rule in self.rules.values():
            yield rule.id, rule.claims
        for path in self.paths:
            inside: tuple[Gate | Caution | Step | ChecklistItem, ...]
            inside = (*path.gates, *path.cautions, *path.steps, *path.checklist)
            yield from ((part.id, part.claims) for part in inside)
        yield from ((extra.id, extra.claims) for extra in self.extras)
        for question in self.questions.values():
            yield question.id, question.claims
        for reservation in self.general.reservations:
            yield reservation.id, reservation.claims
