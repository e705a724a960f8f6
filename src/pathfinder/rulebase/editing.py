"""Rule bases with some rules and gates changed, as new rule bases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from msgspec.structs import replace

from pathfinder.rulebase.models import Gate, PathParts, Rule, RuleBase, SharedRules

Part = TypeVar("Part", Rule, Gate)


@dataclass(frozen=True)
class Edits:
    """What to change. `rules` and `gates` map an id to the part and the paths (the path) it belongs to: a part with
    the same id is replaced, any other is added. Rules and gates in `drop` are taken out."""

    rules: Mapping[str, tuple[Rule, tuple[str, ...]]] = field(default_factory=dict)
    gates: Mapping[str, tuple[Gate, str]] = field(default_factory=dict)
    drop: frozenset[str] = frozenset()


def edited(base: RuleBase, edits: Edits) -> RuleBase:
    """The rule base after some edits. What is replaced keeps its place; what is new, or moves, comes last."""
    staying = {key: rule for key, (rule, paths) in edits.rules.items() if set(base.paths_of(key)) == set(paths)}
    leaving = edits.drop | (set(edits.rules) - set(staying))
    moving = {key: one for key, one in edits.rules.items() if key not in staying and key not in edits.drop}
    groups = [replace(group, rules=_replaced(group.rules, staying, leaving)) for group in base.shared]
    groups += [SharedRules(paths=paths, rules=(rule,)) for rule, paths in moving.values() if len(paths) > 1]
    paths = []
    for path in base.paths:
        own = tuple(rule for rule, on in moving.values() if set(on) == {path.id})
        rules = (*_replaced(path.rules, staying, leaving), *own)
        paths.append(replace(path, rules=rules, gates=_gates(path, edits)))
    return base.with_parts(paths=tuple(paths), shared=tuple(group for group in groups if group.rules))


def _gates(path: PathParts, edits: Edits) -> tuple[Gate, ...]:
    here = {key: gate for key, (gate, on) in edits.gates.items() if on == path.id}
    elsewhere = set(edits.gates) - set(here)
    old = {gate.id for gate in path.gates}
    added = (gate for key, gate in here.items() if key not in old and key not in edits.drop)
    return (*_replaced(path.gates, here, edits.drop | elsewhere), *added)


def _replaced(parts: Sequence[Part], new: Mapping[str, Part], leaving: frozenset[str] | set[str]) -> tuple[Part, ...]:
    return tuple(new.get(part.id, part) for part in parts if part.id not in leaving)
