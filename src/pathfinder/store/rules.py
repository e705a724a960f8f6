"""Loading a rule base from its folder, with every problem of every file at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from pathfinder.errors import InputError, Problem
from pathfinder.rulebase import models
from pathfinder.rulebase.checks import check_references
from pathfinder.rulebase.conditions import ALWAYS, Condition, ConditionError, parse_condition
from pathfinder.rulebase.questions import Question, Section
from pathfinder.store.files import read_text
from pathfinder.store.yaml_text import Document, Place, parse_yaml

SCHEMA = 1
M = TypeVar("M", bound=BaseModel)


def built_in_folder() -> Path:
    """The folder of the built-in rule base: in the installed package, or at the top of a checkout."""
    packaged = Path(str(resources.files("pathfinder"))) / "rules"
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parents[3] / "rules"
    if checkout.is_dir() and (checkout.parent / "pyproject.toml").is_file():
        return checkout
    raise InputError([Problem("the built-in rule base is missing from this installation", "Install career-pathfinder again")])


@cache
def load_built_in() -> models.RuleBase:
    """The built-in rule base, read once per process."""
    return load_rules(built_in_folder())


def load_rules(folder: Path) -> models.RuleBase:
    """The rule base in a folder. Raises `InputError` with everything that is wrong in any of its files."""
    if not folder.is_dir():
        raise InputError([Problem("there is no such folder", "Name the folder of a rule base", str(folder))])
    return _Loader(folder).load()


@dataclass
class _Loader:
    """One pass over a folder; collects problems and where every id stands."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    where: dict[tuple[str, str], tuple[str, int | None]] = field(default_factory=dict)
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def load(self) -> models.RuleBase:
        general = self._general()
        sections = self._sections()
        questions = {question.id: question for section in sections for question in section.questions}
        relevance, given = self._relevance(questions)
        context = {"questions": questions}
        sources = self._list("sources.yaml", "sources", models.Source)
        claims = [
            claim.model_copy(update={"source": source})
            for source, claim in self._evidence()
        ]
        paths = [self._whole(name, models.PathParts, context) for name in self._names("paths")]
        shared = [self._whole(name, models.SharedRules, context) for name in self._names("shared", optional=True)]
        extras: dict[str, list[models.Model]] = {}
        for key, model in (
            ("experiments", models.Experiment),
            ("routes", models.Route),
            ("tensions", models.Tension),
            ("other_roles", models.OtherRole),
        ):
            extras[key] = list(self._list(f"{key}.yaml", key, model, context))
        self._stop_if_broken()
        assert general is not None
        whole = {path.id: path for path in paths if path is not None}
        missing = [path for path in general.paths if path not in whole] + [p for p in whole if p not in general.paths]
        for path in missing:
            self.problems.append(
                Problem(f"path '{path}' is not both in paths/ and in rulebase.yaml", "Name it in both", self._shown("rulebase.yaml"))
            )
        self._stop_if_broken()
        base = models.RuleBase.model_construct(
            general=general,
            sections=tuple(sections),
            sources=tuple(sources),
            claims=tuple(claims),
            paths=tuple(whole[path] for path in general.paths),
            shared=tuple(group for group in shared if group is not None),
            relevance=relevance,
            given=given,
            hash=self.digest.hexdigest()[:16],
            **{key: tuple(parts) for key, parts in extras.items()},
        )
        for problem in check_references(base):
            file, line = self._where(problem.key or "")
            self.problems.append(problem.located(file, line))
        self._stop_if_broken()
        return base

    def _stop_if_broken(self) -> None:
        if self.problems:
            raise InputError(self.problems)

    def _where(self, key: str) -> tuple[str, int | None]:
        """File and line of the part with this id."""
        found = [self.where[space, key] for space in ("", "question") if (space, key) in self.where]
        return found[0] if found else (str(self.folder), None)

    def _shown(self, name: str) -> str:
        return str(self.folder / name)

    def _names(self, subfolder: str, optional: bool = False) -> list[str]:
        """The YAML files of a subfolder, in order; links that lead out of the rule base are left alone."""
        inside = self.folder / subfolder
        files = sorted(inside.glob("*.yaml")) if inside.is_dir() else []
        root = self.folder.resolve()
        kept = [file for file in files if file.resolve().is_relative_to(root)]
        if not kept and not optional:
            self.problems.append(Problem(f"there is no *.yaml in {subfolder}/", "A rule base needs at least one", str(inside)))
        return [f"{subfolder}/{file.name}" for file in kept]

    def _document(self, name: str) -> Document | None:
        try:
            text = read_text(self.folder / name)
            self.digest.update(f"{name}\0{text}\0".encode())
            return parse_yaml(text, self._shown(name))
        except InputError as error:
            self.problems.extend(error.problems)
            return None

    def _validated(
        self, model: type[M], data: object, document: Document, name: str, place: Place, context: Mapping[str, object] | None
    ) -> M | None:
        try:
            part = model.model_validate(data, context=dict(context or {}))
        except ValidationError as error:
            for one in error.errors(include_url=False, include_input=False, include_context=False):
                at = (*place, *one["loc"])
                message = one["msg"].removeprefix("Value error, ")
                self.problems.append(
                    Problem(message, _remedy(one["type"]), self._shown(name), document.line(at), _key(at))
                )
            return None
        self._remember(part, document, name, place)
        return part

    def _remember(self, part: object, document: Document, name: str, place: Place) -> None:
        """Note where every id of a part stands, for messages about references; ids may not repeat."""
        if not isinstance(part, BaseModel):
            return
        own = getattr(part, "id", None)
        if isinstance(own, str):
            line = document.line(place)
            first = self.where.setdefault((_NAMESPACES.get(type(part), ""), own), (self._shown(name), line))
            if first != (self._shown(name), line):
                self.problems.append(
                    Problem(f"id '{own}' is used twice (first in {first[0]}:{first[1]})", "Give each part an id of its own", self._shown(name), line, _key(place))
                )
        for key in type(part).model_fields:
            inner = getattr(part, key)
            if isinstance(inner, tuple):
                for index, one in enumerate(inner):
                    self._remember(one, document, name, (*place, key, index))

    def _whole(self, name: str, model: type[M], context: Mapping[str, object] | None = None) -> M | None:
        document = self._document(name)
        return None if document is None else self._validated(model, document.data, document, name, (), context)

    def _list(self, name: str, key: str, model: type[M], context: Mapping[str, object] | None = None) -> list[M]:
        """The parts under `key`, each validated by itself so that one broken part hides no other."""
        document = self._document(name)
        return [] if document is None else self._parts(document, name, key, model, context)

    def _parts(
        self, document: Document, name: str, key: str, model: type[M], context: Mapping[str, object] | None = None
    ) -> list[M]:
        data = document.data
        raw = data.get(key) if isinstance(data, dict) else None
        if not isinstance(raw, list):
            self.problems.append(Problem(f"there is no list '{key}'", f"Begin the file with '{key}:'", self._shown(name), 1))
            return []
        parts = [
            self._validated(model, one, document, name, (key, index), context) for index, one in enumerate(raw)
        ]
        return [part for part in parts if part is not None]

    def _general(self) -> models.General | None:
        document = self._document("rulebase.yaml")
        if document is None:
            self._stop_if_broken()
            return None
        schema = document.data.get("schema") if isinstance(document.data, dict) else None
        if schema != str(SCHEMA):
            self.problems.append(
                Problem(f"this program reads rule bases of schema {SCHEMA}", "Update the rule base or the program", self._shown("rulebase.yaml"), document.line(("schema",)), "schema")
            )
            self._stop_if_broken()
        return self._validated(models.General, document.data, document, "rulebase.yaml", (), None)

    def _sections(self) -> list[Section]:
        sections: list[Section] = []
        for name in self._names("questions"):
            document = self._document(name)
            if document is None:
                continue
            questions = self._parts(document, name, "questions", Question)
            head = document.data.get("section") if isinstance(document.data, dict) else None
            section = self._validated(Section, head, document, name, ("section",), None)
            if section is not None:
                kept = tuple(question.model_copy(update={"section": section.id}) for question in questions)
                sections.append(section.model_copy(update={"questions": kept}))
        return sections

    def _relevance(
        self, questions: dict[str, Question]
    ) -> tuple[dict[str, Condition], dict[str, tuple[Condition, ...]]]:
        """Every `asked_if`, and every condition on shares, parsed. They may only look back, so that nothing
        ever runs in a circle."""
        relevance: dict[str, Condition] = {}
        given: dict[str, tuple[Condition, ...]] = {}
        earlier: dict[str, Question] = {}
        for key, question in questions.items():
            if question.asked_if is not None:
                relevance[key] = self._condition(key, "asked_if", question.asked_if, earlier)
            given[key] = tuple(
                self._condition(key, f"plausible.given.{index}.when", one.when, earlier)
                for index, one in enumerate(question.plausible.given)
            )
            earlier[key] = question
        return relevance, given

    def _condition(self, key: str, part: str, raw: object, earlier: dict[str, Question]) -> Condition:
        try:
            return parse_condition(raw, earlier)
        except ConditionError as error:
            file, line = self._where(key)
            remedy = "It can only look at questions that come before it"
            self.problems.extend(Problem(reason, remedy, file, line, f"{key}.{part}") for reason in error.reasons)
            return ALWAYS

    def _evidence(self) -> list[tuple[str, models.Claim]]:
        found: list[tuple[str, models.Claim]] = []
        for name in self._names("evidence"):
            document = self._document(name)
            if document is None:
                continue
            source = document.data.get("source") if isinstance(document.data, dict) else None
            if not isinstance(source, str):
                self.problems.append(Problem("there is no 'source'", "Name the source these claims come from", self._shown(name), 1))
                continue
            found.extend((source, claim) for claim in self._parts(document, name, "claims", models.Claim))
        return found


_NAMESPACES: dict[type, str] = {
    Section: "section",
    Question: "question",
    models.PathParts: "path",
    models.Criterion: "criterion",
    models.Source: "source",
}
"""Kinds of part whose ids are a space of their own; all the others share one."""


def _key(place: Place) -> str:
    return ".".join(str(part) for part in place)


def _remedy(kind: str) -> str:
    return {
        "missing": "Add this key",
        "extra_forbidden": "Remove this key or correct its spelling; docs/rule-format.md lists the keys",
        "condition": "docs/rule-format.md shows how conditions are written",
    }.get(kind, "docs/rule-format.md shows the form")
