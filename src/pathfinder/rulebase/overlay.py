"""Overlays: an adviser's own view, as a few changed, added and dropped arguments on top of a rule base."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from pathfinder.errors import Problem, nearest
from pathfinder.rulebase.base import Identifier, Limits, Model, Text
from pathfinder.rulebase.editing import Edits, Part, edited
from pathfinder.rulebase.expectations import Names
from pathfinder.rulebase.models import Gate, Rule, RuleBase


class OverlayRule(Rule, frozen=True, kw_only=True):
    """A whole rule with the path, or the paths, on which it counts."""

    path: Identifier | None = None
    paths: Names | None = None

    def check(self) -> None:
        """It counts somewhere."""
        if (self.path is None) == (self.paths is None):
            raise ValueError("say on which 'path' it counts, or on which 'paths'")

    @property
    def on(self) -> tuple[str, ...]:
        """The paths on which it counts."""
        return self.paths or ((self.path,) if self.path else ())


class OverlayGate(Gate, frozen=True, kw_only=True):
    """A whole gate with the path that it blocks."""

    path: Identifier


class Overlay(Model, frozen=True, kw_only=True):
    """An overlay file. A rule or gate with the id of one on the same paths replaces it, any other is added; those
    named in `drop` are taken out."""

    name: Annotated[Text, Limits(max_length=120)]
    about: Text
    rules: tuple[OverlayRule, ...] = ()
    gates: tuple[OverlayGate, ...] = ()
    drop: tuple[Identifier, ...] = ()

    def check(self) -> None:
        """It changes something."""
        if not (self.rules or self.gates or self.drop):
            raise ValueError("an overlay has rules, gates or drop")


def applied(base: RuleBase, overlay: Overlay, hash: str) -> RuleBase:
    """The rule base with an overlay on it, which must have no `conflicts`. `hash` identifies the overlay's content.

    Whether the result still holds together is for the caller to check.
    """
    edits = Edits(
        rules={rule.id: (_plain(Rule, rule), rule.on) for rule in overlay.rules},
        gates={gate.id: (_plain(Gate, gate), gate.path) for gate in overlay.gates},
        drop=frozenset(overlay.drop),
    )
    return edited(base, edits).with_parts(overlay=overlay.name, overlay_hash=hash)


def _plain(model: type[Part], part: Part) -> Part:
    """A part without what only an overlay says of it."""
    return model(**{name: getattr(part, name) for name in model.__struct_fields__})


def conflicts(base: RuleBase, overlay: Overlay) -> Iterator[Problem]:
    """Everything for which an overlay cannot be applied; each problem's `key` is the id of the part it is about."""
    rules = {rule: base.paths_of(rule) for rule in base.rules}
    gates = {gate.id: (path.id,) for path in base.paths for gate in path.gates}
    given = {rule.id for rule in overlay.rules} | {gate.id for gate in overlay.gates}
    for key in overlay.drop:
        if key in given:
            yield Problem(f"'{key}' is both dropped and given", "Keep one of the two", key=key)
        elif key not in rules and key not in gates:
            meant = nearest(key, [*rules, *gates]) or "Name a rule or a gate of the rule base"
            yield Problem(f"there is no rule or gate '{key}' to drop", meant, key=key)
    for rule in overlay.rules:
        yield from _misplaced(base, rule.id, rule.on, rules)
    for gate in overlay.gates:
        yield from _misplaced(base, gate.id, (gate.path,), gates)


def _misplaced(
    base: RuleBase, part: str, paths: Sequence[str], known: Mapping[str, tuple[str, ...]]
) -> Iterator[Problem]:
    """What is wrong with the paths or the id of one part; `known` are those it may replace, with their paths."""
    unknown = [path for path in paths if path not in base.path]
    for path in unknown:
        meant = nearest(path, base.path) or f"It is one of: {', '.join(base.path)}"
        yield Problem(f"there is no path '{path}'", meant, key=part)
    if unknown:
        return
    if part in known and set(known[part]) != set(paths):
        remedy = "Give it the same, or another id (and drop the old one)"
        yield Problem(f"in the rule base '{part}' belongs to {', '.join(known[part])}", remedy, key=part)
    elif part in base.places and part not in known and part not in base.questions:
        file, line = base.places[part]
        yield Problem(f"'{part}' is the id of another part ({file}:{line})", "Choose another id", key=part)
