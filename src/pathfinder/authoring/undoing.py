"""A rule base with one of its changes undone, to see what that change does by itself."""

from __future__ import annotations

from msgspec.structs import replace

from pathfinder.authoring.diff import PartChange
from pathfinder.rulebase.editing import Edits, edited
from pathfinder.rulebase.models import RuleBase


def undo(old: RuleBase, new: RuleBase, change: PartChange) -> RuleBase | None:
    """The new base with one change undone; None where the change cannot move a verdict by itself."""
    key = change.id
    match change.kind:
        case "rule":
            if change.how == "added":
                return edited(new, Edits(drop=frozenset([key])))
            return edited(new, Edits(rules={key: (old.rules[key], old.paths_of(key))}))
        case "gate":
            if change.how == "added":
                return edited(new, Edits(drop=frozenset([key])))
            gate, path = next((gate, path.id) for path in old.paths for gate in path.gates if gate.id == key)
            return edited(new, Edits(gates={key: (gate, path)}))
        case "question" if change.how == "changed":
            return _with_question(old, new, key)
        case "other role":
            kept = [role for role in new.other_roles if role.id != key]
            back = [role for role in old.other_roles if role.id == key]
            return new.with_parts(other_roles=(*kept, *back))
        case "rule base":
            return new.with_parts(general=replace(new.general, verdict=old.general.verdict))
    return None


def _with_question(old: RuleBase, new: RuleBase, key: str) -> RuleBase:
    """The new base with the old form of one question."""
    sections = tuple(
        replace(section, questions=tuple(old.questions[key] if one.id == key else one for one in section.questions))
        for section in new.sections
    )
    relevance = {question: asked_if for question, asked_if in new.relevance.items() if question != key}
    if key in old.relevance:
        relevance[key] = old.relevance[key]
    given = {**new.given, key: old.given.get(key, ())}
    return new.with_parts(sections=sections, relevance=relevance, given=given)
