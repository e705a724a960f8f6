"""Rule bases made from the small sound one by adding parts, for tests of audit, diff, expectations and overlays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pathfinder.rulebase.forms import read_part
from pathfinder.rulebase.models import Crossing, Expectation, Gate, OtherRole, Rule, RuleBase
from pathfinder.rulebase.overlay import Overlay, applied, conflicts
from pathfinder.store.rules import load_rules

SOUND = Path(__file__).parent / "sound"
Raw = Mapping[str, Any]


def sound() -> RuleBase:
    """Two paths, lab and desk; each has an argument on fit and one on pay."""
    return load_rules(SOUND)


def rule(id: str, *cases: tuple[Raw, int], **more: Any) -> Raw:
    """A raw rule of some cases, each a condition with points."""
    rows = [{"when": when, "points": points, "because": "Because."} for when, points in cases]
    return {"id": id, "criterion": "fit", "asks": "Is it so?", "claims": ["spare-for"], "cases": rows, **more}


def gate(id: str, when: Raw) -> Raw:
    """A raw gate."""
    return {"id": id, "when": when, "because": "Because.", "opens": "Something.", "claims": ["spare-for"]}


def overlaid(base: RuleBase, **parts: Any) -> RuleBase:
    """The base with rules, gates and drops of an overlay, under its own name."""
    raw = {"name": "Test", "about": "A test.", **parts}
    overlay = read_part(Overlay, raw, context={"questions": base.questions})
    assert not list(conflicts(base, overlay))
    return applied(base, overlay, "").with_parts(overlay="", overlay_hash="")


def expecting(
    base: RuleBase,
    question: str | list[str],
    path: str | list[str],
    direction: str = "never_falls",
    **more: Any,
) -> RuleBase:
    """The base with one expectation."""
    raw = {"id": "promise", "question": question, "path": path, "direction": direction}
    rest = {"because": "Because.", "claims": ["spare-for"], **more}
    one = read_part(Expectation, {**raw, **rest}, context={"questions": base.questions})
    return base.with_parts(expectations=(one,))


def crossing(base: RuleBase, among: Raw, winner: str, at_most: float) -> RuleBase:
    """The base with one limit on crossing over."""
    raw = {"id": "limit", "among": among, "winner": winner, "at_most": at_most, "because": "Because."}
    one = read_part(Crossing, raw, context={"questions": base.questions})
    return base.with_parts(crossings=(one,))


def with_role(base: RuleBase, decides: Raw) -> RuleBase:
    """The base with a role outside its paths."""
    raw = {"id": "sea", "title": "Sea", "when": decides, "decides": decides, "text": "Go to sea.", "next": "Sail."}
    context = {"questions": base.questions}
    return base.with_parts(other_roles=(read_part(OtherRole, {**raw, "claims": ["spare-for"]}, context=context),))


def part(base: RuleBase, raw: Raw) -> Rule | Gate:
    """A raw rule or gate as the base's models have it."""
    model: type[Rule | Gate] = Rule if "cases" in raw else Gate
    return read_part(model, raw, context={"questions": base.questions})


def write_overlay(folder: Path, lines: Sequence[str]) -> Path:
    """An overlay file."""
    file = folder / "mine.yaml"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file
