"""Known people for tests, and mutants as rule bases of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pathfinder.answers.validation import validate_sheet
from pathfinder.authoring.mutants import Mutant
from pathfinder.rulebase.editing import Edits, edited
from pathfinder.rulebase.forms import read_part
from pathfinder.rulebase.known import KnownPerson
from pathfinder.rulebase.models import Gate, OtherRole, Rule, RuleBase
from pathfinder.store.cases import KnownCase


def known(
    base: RuleBase, answers: Mapping[str, Any], id: str = "ada", pairs: Sequence[str] = (), **expect: Any
) -> KnownCase:
    """A known person with an expectation."""
    raw = {"id": id, "pairs": pairs, "description": "Somebody.", "answers": answers, "expect": expect, "because": "So."}
    sheet, problems = validate_sheet({"answers": answers}, base.questions)
    assert not problems
    return KnownCase(read_part(KnownPerson, raw), sheet, f"{id}.yaml")


def mutated(base: RuleBase, mutant: Mutant) -> RuleBase:
    """The rule base that a mutant stands for, made the slow way."""
    match mutant.after:
        case Rule() as rule:
            return edited(base, Edits(rules={rule.id: (rule, base.paths_of(rule.id))}))
        case Gate() as gate:
            path = next(path.id for path in base.paths if any(one.id == gate.id for one in path.gates))
            return edited(base, Edits(gates={gate.id: (gate, path)}))
        case OtherRole() as role:
            return base.with_parts(other_roles=tuple(role if one.id == role.id else one for one in base.other_roles))
        case None:
            return edited(base, Edits(drop=frozenset({mutant.part})))
