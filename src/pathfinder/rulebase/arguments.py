"""Arguments: the rules of a path, what blocks it, what it warns of, and what it asks for."""

from typing import Annotated, Literal

from pathfinder.rulebase.base import Acceptable, Claims, Identifier, Limits, Model, Points, Text, When
from pathfinder.rulebase.conditions import Condition


class Case(Acceptable, frozen=True, kw_only=True):
    """One row of a rule's decision table: under `when`, `points` (-12 to 12; positive speaks for the path)."""

    when: When
    points: Points
    because: Text


class Rule(Acceptable, frozen=True, kw_only=True):
    """One argument, made once: ordered cases of which the first that matches decides (hit policy FIRST)."""

    id: Identifier
    criterion: Identifier
    asks: Text
    cases: Annotated[tuple[Case, ...], Limits(min_length=1)]
    unless: When | None = None
    claims: Claims
    misleads_when: Text = ""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Everything it asks of a person: its cases in order, then its `unless`."""
        return (*(case.when for case in self.cases), *((self.unless,) if self.unless is not None else ()))


class Gate(Acceptable, frozen=True, kw_only=True):
    """Blocks a path while `when` is known to be true."""

    id: Identifier
    when: When
    because: Text
    opens: Text
    claims: Claims


class Caution(Acceptable, frozen=True, kw_only=True):
    """Warns without scoring."""

    id: Identifier
    when: When | None = None
    text: Text
    claims: Claims


class Step(Acceptable, frozen=True, kw_only=True):
    """A concrete action. `skip`, known to be true, means it is done already."""

    id: Identifier
    when: When | None = None
    skip: When | None = None
    horizon: Literal["week", "quarter", "year"]
    cost: Text = ""
    text: Text
    claims: Claims


class ChecklistItem(Acceptable, frozen=True, kw_only=True):
    """What to ask of a concrete place before committing to it."""

    id: Identifier
    ask: Text
    look_for: Text
    settles: tuple[str, ...] = ()
    when: When | None = None
    claims: Claims


class PathParts(Acceptable, frozen=True, kw_only=True):
    """One of the paths that are compared."""

    id: Identifier
    title: Text
    summary: Text
    rules: tuple[Rule, ...] = ()
    gates: tuple[Gate, ...] = ()
    cautions: tuple[Caution, ...] = ()
    steps: tuple[Step, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()


class SharedRules(Model, frozen=True, kw_only=True):
    """Arguments that count alike on several paths and so never reorder those."""

    paths: Annotated[tuple[str, ...], Limits(min_length=2)]
    rules: Annotated[tuple[Rule, ...], Limits(min_length=1)]
