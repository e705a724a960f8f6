"""A whole rule base, frozen. The meaning of its parts is written down in docs/rule-format.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from pydantic import Field, field_validator

from pathfinder.rulebase.arguments import (
    Case,
    Caution,
    ChecklistItem,
    Claims,
    Gate,
    PathParts,
    Rule,
    SharedRules,
    Step,
)
from pathfinder.rulebase.base import Acceptable, Identifier, Model, Text
from pathfinder.rulebase.conditions import Condition
from pathfinder.rulebase.evidence import Claim, Source
from pathfinder.rulebase.expectations import Crossing, Expectation
from pathfinder.rulebase.extras import Dispute, Experiment, Hours, OtherRole, Route, Side, Tension, Topic
from pathfinder.rulebase.questions import Question, Section

__all__ = [
    "Case",
    "Caution",
    "ChecklistItem",
    "Claim",
    "Claims",
    "Criterion",
    "Crossing",
    "Dispute",
    "Expectation",
    "Experiment",
    "Gate",
    "General",
    "Hours",
    "OtherRole",
    "PathParts",
    "Question",
    "Route",
    "Rule",
    "RuleBase",
    "Section",
    "SharedRules",
    "Side",
    "Source",
    "Step",
    "Tension",
    "Thresholds",
    "Topic",
]


_PARTS = (1, 2, 4, 5, 10, 20, 25, 50, 100)


class Criterion(Acceptable):
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
    shares; `weights` how much more or less each criterion counts than the base lets it, where somebody weighs it
    otherwise; `places` says in which file and line a part stands, by its id; `hash` identifies the content the base
    was loaded from. `overlay` and `overlay_hash` name the overlay applied to it and identify its content; both
    are empty where there is none.
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
    expectations: tuple[Expectation, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    relevance: Mapping[str, Condition] = Field(default_factory=dict)
    given: Mapping[str, tuple[Condition, ...]] = Field(default_factory=dict)
    places: Mapping[str, tuple[str, int | None]] = Field(default_factory=dict)
    weights: Mapping[str, float] = Field(default_factory=dict)
    hash: str = ""
    overlay: str = ""
    overlay_hash: str = ""

    @property
    def identity(self) -> dict[str, str]:
        """What a report says it was made with: title, version, hash and, where there is one, the overlay."""
        found = {"title": self.general.title, "version": self.general.version, "hash": self.hash}
        if self.overlay:
            found |= {"overlay": self.overlay, "overlay_hash": self.overlay_hash}
        return found

    def with_parts(self, **parts: object) -> RuleBase:
        """The base with some of its fields replaced; unlike a copy, it keeps nothing worked out from the old ones."""
        fields = {name: getattr(self, name) for name in RuleBase.model_fields}
        return RuleBase.model_construct(None, **{**fields, **parts})

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by id, in the order of the interview."""
        return {question.id: question for section in self.sections for question in section.questions}

    @cached_property
    def criterion(self) -> dict[str, Criterion]:
        """Every criterion by id, in the order of the comparison."""
        return {criterion.id: criterion for criterion in self.general.criteria}

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

    @cached_property
    def grain(self) -> int:
        """How many parts a point has, so that every argument's points are a whole number of them: 1 unless weighed."""
        points = {case.points for rule in self.rules.values() for case in rule.cases} if self.weights else set()
        return next(parts for parts in _PARTS if all(float(round(one * parts, 6)).is_integer() for one in points))

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
        return self._paths_by_rule.get(rule, ())

    @cached_property
    def _paths_by_rule(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for path in self.paths:
            for rule in self.rules_of(path.id):
                found[rule.id] = (*found.get(rule.id, ()), path.id)
        return found

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
