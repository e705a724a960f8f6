"""The kinds of file in a rule base, each as the model of a whole file.

The loader reads the parts of a file one by one, so that one broken part hides no other; these models are what their
JSON Schemas are made from.
"""

from collections.abc import Mapping

from pathfinder.rulebase.base import Model
from pathfinder.rulebase.known import KnownPerson
from pathfinder.rulebase.models import (
    Claim,
    Crossing,
    Dispute,
    Expectation,
    Experiment,
    General,
    OtherRole,
    PathParts,
    Question,
    Route,
    Section,
    SharedRules,
    Source,
    Tension,
    Topic,
)
from pathfinder.rulebase.overlay import Overlay


class SourcesFile(Model, frozen=True, kw_only=True):
    """The source documents."""

    sources: tuple[Source, ...]


class EvidenceFile(Model, frozen=True, kw_only=True):
    """What one source claims, paraphrased, with where it stands."""

    source: str
    claims: tuple[Claim, ...]


class QuestionsFile(Model, frozen=True, kw_only=True):
    """One section of the interview."""

    section: Section
    questions: tuple[Question, ...]


class ExperimentsFile(Model, frozen=True, kw_only=True):
    """Cheap tests."""

    experiments: tuple[Experiment, ...]


class RoutesFile(Model, frozen=True, kw_only=True):
    """Sequences of paths."""

    routes: tuple[Route, ...]


class TensionsFile(Model, frozen=True, kw_only=True):
    """Answers that pull apart."""

    tensions: tuple[Tension, ...]


class OtherRolesFile(Model, frozen=True, kw_only=True):
    """Places outside the paths."""

    other_roles: tuple[OtherRole, ...]


class TopicsFile(Model, frozen=True, kw_only=True):
    """Research directions and governance topics."""

    topics: tuple[Topic, ...]


class DisputesFile(Model, frozen=True, kw_only=True):
    """Points on which the sources disagree."""

    disputes: tuple[Dispute, ...]


class ExpectationsFile(Model, frozen=True, kw_only=True):
    """What the rule base promises about itself; `pathfinder rules audit` holds it to that."""

    expectations: tuple[Expectation, ...]
    crossings: tuple[Crossing, ...] = ()


KINDS: Mapping[str, type[Model]] = {
    "rulebase": General,
    "sources": SourcesFile,
    "evidence": EvidenceFile,
    "questions": QuestionsFile,
    "paths": PathParts,
    "shared": SharedRules,
    "experiments": ExperimentsFile,
    "routes": RoutesFile,
    "tensions": TensionsFile,
    "other_roles": OtherRolesFile,
    "topics": TopicsFile,
    "disputes": DisputesFile,
    "expectations": ExpectationsFile,
    "cases": KnownPerson,
}
"""Every kind of file in a rule base, by the name of its schema: the file's own name, or that of its folder."""

MODELS: Mapping[str, type[Model]] = {**KINDS, "overlay": Overlay}
"""Every kind of file that has a model, by the name of its schema: those, and what lies on top of a rule base."""

FILLED_IN = {"Claim": "source", "Question": "section", "Section": "questions"}
"""Fields that the loader sets from elsewhere in the file, by model."""


def kind_of(name: str) -> str | None:
    """The kind of the file `name` of a rule base (`paths/phd.yaml` -> `paths`); None where it is of no kind."""
    folder, _, file = name.rpartition("/")
    kind = folder or file.removesuffix(".yaml")
    return kind if kind in KINDS else None
