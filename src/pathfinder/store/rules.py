"""Loading a rule base from its folder, with every problem of every file at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pathfinder.errors import refused
from pathfinder.rulebase.checks import check_references
from pathfinder.rulebase.condition_parsing import ConditionError, parse_condition
from pathfinder.rulebase.conditions import ALWAYS, Condition
from pathfinder.rulebase.models import (
    Claim,
    Crossing,
    Dispute,
    Expectation,
    Experiment,
    General,
    OtherRole,
    PathParts,
    Route,
    RuleBase,
    SharedRules,
    Source,
    Tension,
    Topic,
)
from pathfinder.rulebase.questions import Question, Section
from pathfinder.store.yaml_text import entry

if TYPE_CHECKING:
    from pathfinder.store.rule_files import RuleFiles

SCHEMA = 1
SUBFOLDERS = ("questions", "paths", "shared", "evidence")
"""Folders in a rule base of which every `*.yaml` is read."""


def built_in_folder() -> Path:
    """The folder of the built-in rule base: in the installed package, or at the top of a checkout."""
    packaged = Path(__file__).resolve().parents[1] / "rules"
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parents[3] / "rules"
    if checkout.is_dir() and (checkout.parent / "pyproject.toml").is_file():
        return checkout
    raise refused("the built-in rule base is missing from this installation", "Install career-pathfinder again")


@cache
def load_built_in() -> RuleBase:
    """The built-in rule base, read once per process."""
    return load_rules(built_in_folder())


def load_rules(folder: Path) -> RuleBase:
    """The rule base in a folder. Raises `InputError` with everything that is wrong in any of its files.

    Broken questions are reported alone: without them, every condition on them would seem wrong too.
    """
    if not os.path.isdir(folder):  # unlike Path.is_dir, also false for a name that no file can have
        raise refused("there is no such folder", "Name the folder of a rule base", str(folder))
    from pathfinder.store.rule_files import RuleFiles  # and with it pydantic, which takes long to load

    files = RuleFiles(folder)
    general = _general(files)
    sections = _sections(files)
    files.stop_if_broken()
    questions = {question.id: question for section in sections for question in section.questions}
    relevance, given = _conditions(files, questions)
    context = {"questions": questions}
    paths = [files.whole(name, PathParts, context) for name in files.names("paths")]
    shared = [files.whole(name, SharedRules, context) for name in files.names("shared", optional=True)]
    sources = files.listed("sources.yaml", "sources", Source)
    claims = _claims(files)
    experiments = files.listed("experiments.yaml", "experiments", Experiment, context)
    routes = files.listed("routes.yaml", "routes", Route, context)
    tensions = files.listed("tensions.yaml", "tensions", Tension, context)
    other_roles = files.listed("other_roles.yaml", "other_roles", OtherRole, context)
    topics = files.listed("topics.yaml", "topics", Topic, context, optional=True)
    disputes = files.listed("disputes.yaml", "disputes", Dispute, context, optional=True)
    expectations, crossings = _expectations(files, context)
    files.stop_if_broken()
    base = RuleBase(
        general=general,
        sections=tuple(sections),
        sources=tuple(sources),
        claims=tuple(claims),
        paths=_in_order(files, general, [path for path in paths if path is not None]),
        shared=tuple(group for group in shared if group is not None),
        experiments=tuple(experiments),
        routes=tuple(routes),
        tensions=tuple(tensions),
        other_roles=tuple(other_roles),
        topics=tuple(topics),
        disputes=tuple(disputes),
        expectations=tuple(expectations),
        crossings=tuple(crossings),
        relevance=relevance,
        given=given,
        places=files.places,
        hash=files.hash,
    )
    for problem in check_references(base):
        files.problems.append(problem.located(*files.where(problem.key or "")))
    files.stop_if_broken()
    return base


def _general(files: RuleFiles) -> General:
    """`rulebase.yaml`; its schema number is looked at before anything else."""
    name = "rulebase.yaml"
    document = files.document(name)
    files.stop_if_broken()
    assert document is not None
    if entry(document.data, "schema") != str(SCHEMA):
        line = document.line(("schema",))
        message = f"this program reads rule bases of schema {SCHEMA}"
        files.complain(message, "Update the rule base or the program", name, line, "schema")
    files.stop_if_broken()
    general = files.validated(General, document.data, document, name, ())
    if general is None:
        files.stop_if_broken()
    assert general is not None
    return general


def _sections(files: RuleFiles) -> list[Section]:
    sections: list[Section] = []
    for name in files.names("questions"):
        document = files.document(name)
        if document is None:
            continue
        questions = files.parts(document, name, "questions", Question)
        section = files.validated(Section, entry(document.data, "section"), document, name, ("section",))
        if section is not None:
            kept = tuple(replace(question, section=section.id) for question in questions)
            sections.append(replace(section, questions=kept))
    return sections


def _conditions(
    files: RuleFiles, questions: dict[str, Question]
) -> tuple[dict[str, Condition], dict[str, tuple[Condition, ...]]]:
    """Every `asked_if`, and every condition on shares, parsed. They may only look back, so that nothing ever
    runs in a circle."""
    relevance: dict[str, Condition] = {}
    given: dict[str, tuple[Condition, ...]] = {}
    earlier: dict[str, Question] = {}

    def parsed(key: str, part: str, raw: object) -> Condition:
        try:
            return parse_condition(raw, earlier)
        except ConditionError as error:
            file, line = files.where(key)
            name = str(Path(file).relative_to(files.folder))
            remedy = "docs/rule-format.md shows how conditions are written"
            if _can_be_parsed(raw, questions):
                remedy = "It can only look at questions that come before it"
            for reason in error.reasons:
                files.complain(reason, remedy, name, line, f"{key}.{part}")
            return ALWAYS

    for key, question in questions.items():
        if question.asked_if is not None:
            relevance[key] = parsed(key, "asked_if", question.asked_if)
        given[key] = tuple(
            parsed(key, f"plausible.given.{index}.when", one.when) for index, one in enumerate(question.plausible.given)
        )
        earlier[key] = question
    return relevance, given


def _can_be_parsed(raw: object, questions: Mapping[str, Question]) -> bool:
    try:
        parse_condition(raw, questions)
    except ConditionError:
        return False
    return True


def _claims(files: RuleFiles) -> list[Claim]:
    found: list[Claim] = []
    for name in files.names("evidence"):
        document = files.document(name)
        if document is None:
            continue
        source = entry(document.data, "source")
        if not isinstance(source, str):
            files.complain("there is no 'source'", "Name the source these claims come from", name, 1)
            continue
        claims = files.parts(document, name, "claims", Claim)
        found.extend(replace(claim, source=source) for claim in claims)
    return found


def _expectations(files: RuleFiles, context: Mapping[str, object]) -> tuple[list[Expectation], list[Crossing]]:
    """What the base promises about itself; nothing where it has no `expectations.yaml`."""
    name = "expectations.yaml"
    document = files.document(name) if (files.folder / name).exists() else None
    if document is None:
        return [], []
    expectations = files.parts(document, name, "expectations", Expectation, context)
    stated = entry(document.data, "crossings") is not None
    return expectations, files.parts(document, name, "crossings", Crossing, context) if stated else []


def _in_order(files: RuleFiles, general: General, paths: list[PathParts]) -> tuple[PathParts, ...]:
    """The paths in the order of `rulebase.yaml`."""
    whole = {path.id: path for path in paths}
    for path in sorted(set(general.paths) ^ set(whole)):
        message = f"path '{path}' is not both in paths/ and in rulebase.yaml"
        files.complain(message, "Name it in both", "rulebase.yaml", files.line("rulebase.yaml", ("paths",)), "paths")
    files.stop_if_broken()
    return tuple(whole[path] for path in general.paths)
