"""Which mutants of a rule base its known people notice, as text and as JSON."""

from __future__ import annotations

import json
from collections import Counter

from pathfinder.authoring.mutants import Kind, Mutant
from pathfinder.authoring.mutation import Mutation
from pathfinder.report.conditions import condition_in_words
from pathfinder.report.places import where
from pathfinder.report.words import counted, listed, signed
from pathfinder.rulebase.conditions import Test
from pathfinder.rulebase.models import RuleBase

KINDS: dict[Kind, str] = {
    "sign": "signs of points",
    "points": "steps of the scale",
    "threshold": "threshold steps",
    "value": "dropped values",
    "condition": "dropped parts of conditions",
    "case": "dropped cases",
    "order": "swapped cases",
    "rule": "dropped arguments",
    "unless": "dropped 'unless'",
    "gate": "dropped gates",
    "role": "other roles that no longer decide",
}


def mutation_as_text(base: RuleBase, found: Mutation) -> str:
    """The mutants that nobody notices, with file and line, then a line for each kind and the share."""
    lines = [f"{where(base, mutant.part, mutant.place)}{mutant_in_words(base, mutant)}" for mutant in found.survivors]
    lines += [""] if lines else []
    killed = Counter(one.mutant.kind for one in found.killed)
    missed = Counter(mutant.kind for mutant in found.survivors)
    for kind, title in KINDS.items():
        if killed[kind] or missed[kind]:
            lines.append(f"{title}: {killed[kind]} of {killed[kind] + missed[kind]}")
    lines.append(f"not counted, as no answers could tell: {len(found.equivalent)}")
    if found.failing:
        lines.append(f"left out, as they fail already: {listed(found.failing)}")
    lines.append(f"{len(found.killed)} of {counted(found.total, 'mutant')} noticed ({found.share:.1%})")
    return "\n".join(lines) + "\n"


def mutation_as_json(base: RuleBase, found: Mutation) -> str:
    """Everything as one JSON object: `{schema_version, rulebase, total, killed, share, survivors: [...]}`."""
    form = {
        "schema_version": 1,
        "rulebase": base.identity,
        "total": found.total,
        "killed": len(found.killed),
        "share": round(found.share, 4),
        "equivalent": len(found.equivalent),
        "failing": list(found.failing),
        "survivors": [_form(base, mutant) for mutant in found.survivors],
        "noticed": [{**_form(base, one.mutant), "by": one.noticed_by} for one in found.killed],
    }
    return json.dumps(form, indent=2, ensure_ascii=False) + "\n"


def _form(base: RuleBase, mutant: Mutant) -> dict[str, object]:
    return {"kind": mutant.kind, "part": mutant.part, "place": mutant.place, "text": mutant_in_words(base, mutant)}


def mutant_in_words(base: RuleBase, mutant: Mutant) -> str:
    """A mutant as a phrase: `phd-too-late, case 1: timeline_years is at most 5 years -> is at most 6 years`."""
    place = f"{mutant.part}, {mutant.place}" if mutant.place else mutant.part
    if mutant.points is not None:
        return f"{place}: {signed(mutant.points[0])} -> {signed(mutant.points[1])} points"
    if mutant.tests is not None:
        before, after = mutant.tests
        now = condition_in_words(after, base) if after is not None else "dropped"
        if isinstance(after, Test):
            now = now.removeprefix(f"{after.question} ")
        return f"{place}: {condition_in_words(before, base)} -> {now}"
    return f"{place}: " + ("swapped with the next" if mutant.kind == "order" else "dropped")
