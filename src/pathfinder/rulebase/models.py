"""A whole rule base, frozen. The meaning of its parts is written down in docs/rule-format.md."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated

from msgspec import field
from msgspec.structs import replace

from pathfinder.rulebase.arguments import (
    Case,
    Caution,
    ChecklistItem,
    Gate,
    PathParts,
    Rule,
    SharedRules,
    Step,
)
from pathfinder.rulebase.base import Acceptable, Checked, Claims, Identifier, Limits, Model, Text
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


class Criterion(Acceptable, frozen=True, kw_only=True):
    """A column of the comparison."""

    id: Identifier
    title: Annotated[Text, Limits(max_length=14)]
    about: Text


class Thresholds(Model, frozen=True, kw_only=True):
    """When a verdict is what. Points: `enough` speaks for a path, `margin` between first and second.
    Shares of completions, 0 to 1: `sure` for a clear verdict, `likely` for a close one."""

    enough: float
    margin: float
    sure: Annotated[float, Limits(ge=0, le=1)]
    likely: Annotated[float, Limits(ge=0, le=1)]


def _unique(criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    if len({criterion.id for criterion in criteria}) != len(criteria):
        raise ValueError("criteria must differ in id")
    return criteria


def _each_once(paths: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(paths)) != len(paths):
        raise ValueError("a path is named twice")
    return paths


class General(Model, frozen=True, kw_only=True):
    """`rulebase.yaml`: what holds for the whole base."""

    schema_version: int = field(name="schema")
    version: Text
    title: Text
    criteria: Annotated[tuple[Criterion, ...], Limits(min_length=1), Checked(_unique)]
    paths: Annotated[tuple[str, ...], Limits(min_length=2), Checked(_each_once)]
    scale: dict[int, Text]
    verdict: Thresholds
    reservations: tuple[Caution, ...] = ()


class RuleBase(Model, frozen=True, kw_only=True, dict=True):
    """Everything, checked against each other.

    `relevance` holds each question's parsed `asked_if`, `given` the parsed conditions of its plausible
    shares; `weights` how much more or less each criterion counts than the base lets it, where somebody weighs it
    otherwise; `places` says in which file and line a part stands, by its id; `hash` identifies the content the base
    was loaded from. `overlay` and `overlay_hash` name the overlay applied to it and identify its content; both are
    empty where there is none. `tables` are what a compiled base (`store/compiled.py`) holds worked out, by name, for
    whoever knows how to read it; a base with other parts has none.
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
    relevance: Mapping[str, Condition] = field(default_factory=dict)
    given: Mapping[str, tuple[Condition, ...]] = field(default_factory=dict)
    places: Mapping[str, tuple[str, int | None]] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    tables: Mapping[str, bytes] = field(default_factory=dict)
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

    def with_parts(self, **parts: object) -> "RuleBase":
        """The base with some of its fields replaced; unlike a copy, it keeps nothing worked out from the old ones."""
        return replace(self, **{"tables": {}, **parts})

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
