"""Reading the files of a rule base: validated parts, where each id stands, and every problem on the way."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pathfinder.errors import InputError, Problem, refused
from pathfinder.rulebase.base import Model
from pathfinder.rulebase.forms import read_part
from pathfinder.rulebase.models import Criterion, PathParts, Source
from pathfinder.rulebase.questions import Question, Section
from pathfinder.store.files import read_text
from pathfinder.store.yaml_text import Document, Place, entry, parse_yaml

M = TypeVar("M", bound=Model)
Context = Mapping[str, object] | None

_NAMESPACES: dict[type, str] = {
    Section: "section",
    Question: "question",
    PathParts: "path",
    Criterion: "criterion",
    Source: "source",
}
"""Kinds of part whose ids are a space of their own; all the others share one."""


class RuleFiles:
    """The files of one rule base. Collects problems instead of raising them, so that one hides no other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self._where: dict[tuple[str, str], tuple[str, int | None]] = {}
        self._root = Path(os.path.realpath(folder))
        self._documents: dict[str, Document] = {}
        self._digest = hashlib.sha256()

    @property
    def hash(self) -> str:
        """Identifies the content of every file read so far."""
        return self._digest.hexdigest()[:16]

    @property
    def places(self) -> dict[str, tuple[str, int | None]]:
        """File and line of every part by id: a question's id as it is, a path's as `path:ID`, the second case of a
        rule as `RULE.cases.1`."""
        found: dict[str, tuple[str, int | None]] = {}
        for (space, key), place in self._where.items():
            found[key if space in ("", "question") else f"{space}:{key}"] = place
        return found

    def stop_if_broken(self) -> None:
        """Raise `InputError` with the problems so far, if there are any."""
        if self.problems:
            raise InputError(self.problems)

    def where(self, key: str) -> tuple[str, int | None]:
        """File and line of the part with this id."""
        found = [self._where[space, key] for space in ("", "question") if (space, key) in self._where]
        return found[0] if found else (str(self.folder), None)

    def line(self, name: str, place: Place) -> int | None:
        """The line of a place in a file that was read."""
        return self._documents[name].line(place) if name in self._documents else None

    def complain(self, message: str, remedy: str, name: str, line: int | None = None, key: str | None = None) -> None:
        """Note a problem with the file `name`."""
        self.problems.append(Problem(message, remedy, str(self.folder / name), line, key))

    def names(self, subfolder: str, optional: bool = False) -> list[str]:
        """The YAML files of a subfolder, in order."""
        inside = self.folder / subfolder
        files = sorted(inside.glob("*.yaml")) if inside.is_dir() else []
        if not files and not optional:
            self.complain(f"there is no *.yaml in {subfolder}/", "A rule base needs at least one", subfolder)
        return [f"{subfolder}/{file.name}" for file in files]

    def document(self, name: str) -> Document | None:
        """A parsed file; None where it is missing, leads out of the rule base or cannot be read."""
        file = self.folder / name
        try:
            if not os.path.exists(file):
                raise refused(
                    "there is no such file", "docs/rule-format.md lists the files a rule base needs", str(file)
                )
            if not Path(os.path.realpath(file)).is_relative_to(self._root):
                raise refused("this link leads out of the rule base", "Put the file itself here", str(file))
            text = read_text(file)
            self._digest.update(f"{name}\0{text}\0".encode())
            self._documents[name] = parse_yaml(text, str(file))
            return self._documents[name]
        except InputError as error:
            self.problems.extend(error.problems)
            return None

    def whole(self, name: str, model: type[M], context: Context = None) -> M | None:
        """A file that is one part."""
        document = self.document(name)
        return None if document is None else self.validated(model, document.data, document, name, (), context)

    def listed(
        self, name: str, key: str, model: type[M], context: Context = None, *, optional: bool = False
    ) -> list[M]:
        """The parts listed under `key` of a file; none where an optional file is missing."""
        if optional and not (self.folder / name).exists():
            return []
        document = self.document(name)
        return [] if document is None else self.parts(document, name, key, model, context)

    def parts(self, document: Document, name: str, key: str, model: type[M], context: Context = None) -> list[M]:
        """The parts listed under `key`, each validated by itself so that one broken part hides no other."""
        raw = entry(document.data, key)
        if not isinstance(raw, list):
            self.complain(f"there is no list '{key}'", f"Begin the file with '{key}:'", name, 1)
            return []
        found = [self.validated(model, one, document, name, (key, index), context) for index, one in enumerate(raw)]
        return [part for part in found if part is not None]

    def validated(
        self, model: type[M], data: object, document: Document, name: str, place: Place, context: Context = None
    ) -> M | None:
        """One part; None, and problems, where it is broken."""
        try:
            part = read_part(model, data, context)
        except ValidationError as error:
            for one in _without_echoes(error.errors(include_url=False, include_input=False, include_context=False)):
                at = (*place, *one["loc"])
                message = one["msg"].removeprefix("Value error, ")
                self.complain(message, _remedy(one["type"]), name, document.line(at), _key(at))
            return None
        self._remember(part, document, name, place)
        return part

    def _remember(self, part: object, document: Document, name: str, place: Place, within: str = "") -> None:
        """Note where a part and the parts in it stand, for messages about them; ids may not repeat.

        A part without an id is known by its place `within` the one that has one.
        """
        if not isinstance(part, Model):
            return
        own = getattr(part, "id", None)
        here = (str(self.folder / name), document.line(place))
        if not isinstance(own, str):
            if within:
                self._where["", within] = here
        else:
            space = _NAMESPACES.get(type(part), "")
            if (space, own) in self._where:
                file, line = self._where[space, own]
                message = f"id '{own}' is used twice (first in {file}:{line})"
                self.complain(message, "Give each part an id of its own", name, here[1], _key(place))
            else:
                self._where[space, own] = here
        for key in part.__struct_fields__:
            inner = getattr(part, key)
            if isinstance(inner, tuple):
                for index, one in enumerate(inner):
                    inside = f"{own}.{key}.{index}" if isinstance(own, str) else ""
                    self._remember(one, document, name, (*place, key, index), inside)


def _without_echoes(errors: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """The errors without those of a list that is too short only because its own items are broken."""
    for one in errors:
        place = one["loc"]
        inside = any(len(place) < len(other["loc"]) and other["loc"][: len(place)] == place for other in errors)
        if one["type"] != "too_short" or not inside:
            yield one


def _key(place: Place) -> str:
    return ".".join(str(part) for part in place)


def _remedy(kind: str) -> str:
    return {
        "missing": "Add this key",
        "extra_forbidden": "Remove this key or correct its spelling; docs/rule-format.md lists the keys",
        "condition": "docs/rule-format.md shows how conditions are written",
    }.get(kind, "docs/rule-format.md shows the form")
