"""Strict YAML from strangers: data with line positions, or problems that name them.

Built from libyaml's parse events, which are walked before anything is built: no anchors, aliases or tags,
at most `MAX_DEPTH` levels, no key twice. Plain scalars stay the text the author typed (`no`, `12:30`, dates),
except that an empty one, `~` and `null` become None: what a word means is for the field that reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import yaml
from msgspec import Struct, field

from pathfinder.errors import InputError, Problem

MAX_DEPTH = 20
NULLS = {"", "~", "null", "Null", "NULL"}
Place = tuple[str | int, ...]


class Document(Struct):
    """A parsed document. `lines` gives the line (from 1) of every key and list item by its place."""

    data: object
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int | None:
        """The line of a place, or of the nearest place around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place)


def parse_yaml(text: str, file: str) -> Document:
    """The document in `text`. Raises `InputError` with every problem that does not stop the parser."""
    builder = _Builder(file)
    try:
        builder.build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line if mark else None
        what = (error.problem or error.context or "cannot be read").strip()
        if what.endswith("nesting depth"):  # of libyaml, which looks ahead of what it hands out
            builder.problem(f"nested more than {MAX_DEPTH} levels deep", line, "Write it flatter")
        else:
            builder.problem(f"this is not YAML: {what}", line, "Check indentation, colons and quotes here")
    except yaml.YAMLError as error:
        what = str(getattr(error, "reason", "")) or "cannot be read"
        builder.problem(f"this is not YAML: {what}", None, "Save the file as plain UTF-8 text")
    except _StopError:
        pass
    except (ValueError, IndexError, KeyError, OverflowError, RecursionError):
        builder.problem("this is not YAML that can be read", None, "Check indentation, colons and quotes")
    if builder.problems:
        raise InputError(builder.problems)
    return Document(builder.root, builder.lines)


class _StopError(Exception):
    """Nothing after this point can be trusted."""


class _Builder:
    """Builds plain data from parse events."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: object = None
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []

    def problem(self, message: str, line: int | None, remedy: str) -> None:
        self.problems.append(Problem(message, remedy, self.file, None if line is None else line + 1))

    def build(self, events: Iterator[yaml.Event]) -> None:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.problem("a second document begins here", _line(event), "Keep one document per file")
                    raise _StopError
            elif isinstance(event, (yaml.ScalarEvent, yaml.AliasEvent, yaml.CollectionStartEvent)):
                self.root = self._node(event, events, ())

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], place: Place) -> object:
        line = _line(event)
        self.lines[place] = line + 1
        if len(place) > MAX_DEPTH:
            self.problem(f"nested more than {MAX_DEPTH} levels deep", line, "Write it flatter")
            raise _StopError
        self._refuse_extras(event)
        if isinstance(event, yaml.AliasEvent):
            return None
        if isinstance(event, yaml.ScalarEvent):
            plain = not event.style  # None from PyYAML's own parser, '' from libyaml
            return None if plain and event.value in NULLS else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, place)
        return self._mapping(events, place)

    def _refuse_extras(self, event: yaml.Event) -> None:
        """Complain of an anchor, alias or tag on a key or value."""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.problem("anchors and aliases (& and *) are not allowed", _line(event), "Write the value out")
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            self.problem("tags (!) are not allowed", _line(event), "Write a plain value, in quotes if it begins with !")

    def _sequence(self, events: Iterator[yaml.Event], place: Place) -> list[object]:
        items: list[object] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event, events, (*place, len(items))))
        return items

    def _mapping(self, events: Iterator[yaml.Event], place: Place) -> dict[str, object]:
        entries: dict[str, object] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                self.problem("a key must be a plain word", line, "Put a word and a colon before the value")
                raise _StopError
            self._refuse_extras(event)
            key = event.value
            if key in entries:
                first = self.lines[(*place, key)]
                self.problem(f"'{key[:40]}' stands here twice (first on line {first})", line, "Keep one of them")
            elif key == "<<":
                self.problem("merge keys (<<) are not allowed", line, "Write the keys out")
            entries[key] = self._node(next(events), events, (*place, key))
            self.lines[(*place, key)] = line + 1
        return entries


def _line(event: yaml.Event) -> int:
    """The line of an event, from 0."""
    return event.start_mark.line if event.start_mark is not None else 0


def entry(data: object, key: str) -> object:
    """`data[key]` where data is a mapping that has it, else None."""
    return data.get(key) if isinstance(data, Mapping) else None
