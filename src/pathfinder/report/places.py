"""Where a part of a rule base stands: file and line, for messages an editor can follow."""

from __future__ import annotations

import re

from pathfinder.rulebase.models import RuleBase

_CASE = re.compile(r"case (\d+)")


def where(base: RuleBase, part: str, place: str = "") -> str:
    """`file:line: ` of a part, or of the case that a place such as `case 2` names; empty where it is not known."""
    keys = [part, f"path:{part}"]
    if found := _CASE.match(place):
        keys.insert(0, f"{part}.cases.{int(found[1]) - 1}")
    file, line = next((base.places[key] for key in keys if key in base.places), ("", None))
    return f"{file}:{line}: " if line is not None else f"{file}: " if file else ""
