"""Arguments: the rules of a path, what blocks it, what it warns of, and what it asks for."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pathfinder.rulebase.base import Acceptable, Identifier, Model, Points, Text, When
from pathfinder.rulebase.conditions import Condition

Claims = tuple[str, ...]


class Case(Acceptable):
    """One row of a rule's decision table: under `when`, `points` (-12 to 12; positive speaks for the path)."""

    when: When
    points: Points
    because: Text


class Rule(Acceptable):
    """One argument, made once: ordered cases of which the first that matches decides (hit policy FIRST)."""

    id: Identifier
    criterion: Identifier
    asks: Text
    cases: tuple[Case, ...] = Field(min_length=1)
    unless: When | None = None
    claims: Claims = Field(min_length=1)
    misleads_when: Text = ""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Everything it asks of a person: its cases in order, then its `unless`."""
        return (*(case.when for case in self.cases), *((self.unless,) if self.unless is not None else ()))


class Gate(Acceptable):
    """Blocks a path while `when` is known to be true."""

    id: Identifier
    when: When
    because: Text
    opens: Text
    claims: Claims = Field(min_length=1)


class Caution(Acceptable):
    """Warns without scoring."""

    id: Identifier
    when: When | None = None
    text: Text
    claims: Claims = Field(min_length=1)


class Step(Acceptable):
    """A concrete action. `skip`, known to be true, means it is done already."""

    id: Identifier
    when: When | None = None
    skip: When | None = None
    horizon: Literal["week", "quarter", "year"]
    cost: Text = ""
    text: Text
    claims: Claims = Field(min_length=1)


class ChecklistItem(Acceptable):
    """What to ask of a concrete place before committing to it."""

    id: Identifier
    ask: Text
    look_for: Text
    settles: tuple[str, ...] = ()
    when: When | None = None
    claims: Claims = Field(min_length=1)


class PathParts(Acceptable):
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
