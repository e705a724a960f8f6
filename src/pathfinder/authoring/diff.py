"""What differs between two rule bases, part by part and field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from msgspec.structs import replace

from pathfinder.rulebase.base import Model
from pathfinder.rulebase.models import Case, PathParts, RuleBase
from pathfinder.rulebase.questions import GivenShares


@dataclass(frozen=True)
class FieldChange:
    """One field of a part: its name (`case 2, points`), what stood there, and what stands there now.

    None stands for nothing. Values are those of the models: texts, numbers, conditions, tuples of ids, or a whole
    nested part that was added or removed.
    """

    field: str
    old: object
    new: object


@dataclass(frozen=True)
class PartChange:
    """One part that was added, removed or changed. `kind` is in words (`rule`, `other role`); `fields` are given
    for changed parts. `paths` are those it belongs to, where it belongs to any."""

    kind: str
    id: str
    how: Literal["added", "removed", "changed"]
    fields: tuple[FieldChange, ...] = ()
    paths: tuple[str, ...] = ()


def changes(old: RuleBase, new: RuleBase) -> tuple[PartChange, ...]:
    """Every part in which two rule bases differ: what decides first, the evidence last."""
    before, after = _parts(old), _parts(new)
    found = []
    for kind, key in dict.fromkeys((*after, *before)):
        one, other = before.get((kind, key)), after.get((kind, key))
        paths = _paths(new if other is not None else old, kind, key)
        if one is None or other is None:
            found.append(PartChange(kind, key, "added" if one is None else "removed", (), paths))
            continue
        fields = [*_placed(_paths(old, kind, key), paths), *_fields("", one, other)]
        if fields:
            found.append(PartChange(kind, key, "changed", tuple(fields), paths))
    order = list(dict.fromkeys(kind for kind, _ in (*after, *before)))
    return tuple(sorted(found, key=lambda change: order.index(change.kind)))


def _parts(base: RuleBase) -> dict[tuple[str, str], Model]:
    """Every part with an id of its own, by kind and id."""
    inside: list[tuple[str, Model]] = []
    for path in base.paths:
        inside += [("caution", part) for part in path.cautions] + [("step", part) for part in path.steps]
        inside += [("checklist item", part) for part in path.checklist]
    listed: list[tuple[str, Sequence[Model]]] = [
        ("rule", list(base.rules.values())),
        ("gate", [gate for path in base.paths for gate in path.gates]),
        ("question", list(base.questions.values())),
        ("other role", base.other_roles),
        ("criterion", base.general.criteria),
        ("path", [replace(path, **_BARE) for path in base.paths]),
        *((kind, [part]) for kind, part in inside),
        ("tension", base.tensions),
        ("experiment", base.experiments),
        ("route", base.routes),
        ("topic", base.topics),
        ("dispute", base.disputes),
        ("reservation", base.general.reservations),
        ("expectation", base.expectations),
        ("crossing", base.crossings),
        ("source", base.sources),
        ("claim", base.claims),
    ]
    found: dict[tuple[str, str], Model] = {
        ("rule base", "rulebase"): replace(base.general, criteria=(), reservations=())
    }
    found.update({(kind, str(getattr(part, "id", ""))): part for kind, parts in listed for part in parts})
    return found


_BARE: dict[str, object] = {"rules": (), "gates": (), "cautions": (), "steps": (), "checklist": ()}
"""A path without its parts, which are compared by themselves."""


def _paths(base: RuleBase, kind: str, key: str) -> tuple[str, ...]:
    if kind == "rule":
        return base.paths_of(key)
    if kind not in ("gate", "caution", "step", "checklist item"):
        return ()
    return tuple(path.id for path in base.paths if key in _inside(path))


def _inside(path: PathParts) -> set[str]:
    """The ids of everything that stands in a path's file, its rules apart."""
    found = {gate.id for gate in path.gates} | {caution.id for caution in path.cautions}
    return found | {step.id for step in path.steps} | {item.id for item in path.checklist}


def _placed(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[FieldChange]:
    if old != new:
        yield FieldChange("paths", old, new)


def _fields(prefix: str, old: Model, new: Model) -> Iterator[FieldChange]:
    for name in new.__struct_fields__:
        one, other = getattr(old, name), getattr(new, name)
        if one != other:
            yield from _value(f"{prefix}{name}", one, other)


def _value(name: str, old: object, new: object) -> Iterator[FieldChange]:
    if isinstance(old, Model) and isinstance(new, Model):
        yield from _fields(f"{name}, ", old, new)
    elif isinstance(old, Mapping) and isinstance(new, Mapping) and name not in _CONDITIONS:
        for key in dict.fromkeys((*old, *new)):
            if old.get(key) != new.get(key):
                yield FieldChange(f"{name}, {key}", old.get(key), new.get(key))
    elif isinstance(old, tuple) and isinstance(new, tuple) and any(isinstance(one, Model) for one in (*old, *new)):
        yield from _listed(_SINGULAR.get(name.rpartition(", ")[2], name), old, new)
    else:
        yield FieldChange(name, old, new)


_CONDITIONS = ("asked_if",)
_SINGULAR = {"cases": "case", "given": "given shares", "sides": "side"}


def _listed(name: str, old: Sequence[object], new: Sequence[object]) -> Iterator[FieldChange]:
    """Parts without ids, such as cases: those with the same condition belong together, the rest by their order."""
    matcher = SequenceMatcher(None, [_same(part) for part in old], [_same(part) for part in new], autojunk=False)
    for how, start, end, first, last in matcher.get_opcodes():
        paired = min(end - start, last - first) if how in ("equal", "replace") else 0
        for place in range(paired):
            one, other = old[start + place], new[first + place]
            if one != other:
                yield from _value(f"{name} {first + place + 1}", one, other)
        for place in range(start + paired, end):
            yield FieldChange(f"{name} {place + 1}", old[place], None)
        for place in range(first + paired, last):
            yield FieldChange(f"{name} {place + 1}", None, new[place])


def _same(part: object) -> str:
    """What makes two parts of a list the same one, as text."""
    return repr(part.when) if isinstance(part, (Case, GivenShares)) else repr(part)
