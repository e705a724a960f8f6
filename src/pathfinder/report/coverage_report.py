"""What the known people reach of a rule base, as text and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from pathfinder.authoring.coverage import Coverage, Reached
from pathfinder.report.places import where
from pathfinder.report.words import listed
from pathfinder.rulebase.models import RuleBase

SHOWN = 4
"""People named on one side; the rest are counted."""


def coverage_as_text(base: RuleBase, found: Coverage, *, full: bool = False) -> str:
    """A line for each kind of thing, then what is missing, with file and line. `full` names people for everything."""
    uses = Counter(found.claims.values())
    lines = [
        f"claims: {uses['used']} used and {uses['set aside']} set aside of {len(found.claims)}",
        *(_section(title, reached) for title, reached in found.sections.items()),
    ]
    if full:
        for title, reached in found.sections.items():
            lines += ["", f"{title}:", *(f"  {_people(one)}" for one in reached)]
    gaps = [*_claim_gaps(base, found), *_gaps(base, found)]
    lines += ["", *(gaps or ["Nothing is missing."])]
    return "\n".join(lines) + "\n"


def coverage_as_json(base: RuleBase, found: Coverage) -> str:
    """Everything as one JSON object: `{schema_version, rulebase, full, claims, reached}`; people by their case's id."""
    form = {
        "schema_version": 1,
        "rulebase": base.identity,
        "full": found.full,
        "claims": found.claims,
        "reached": {
            title: [
                {
                    "part": one.part,
                    "place": one.place,
                    "complete": one.complete,
                    "yes": list(one.yes),
                    "no": list(one.no),
                }
                for one in reached
            ]
            for title, reached in found.sections.items()
        },
    }
    return json.dumps(form, indent=2, ensure_ascii=False) + "\n"


def _section(title: str, reached: Iterable[Reached]) -> str:
    every = tuple(reached)
    return f"{title}: {sum(one.complete for one in every)} of {len(every)}"


def _people(one: Reached) -> str:
    return f"{one.part}, {one.place}: {_named(one.yes)}; not {_named(one.no)}"


def _named(people: tuple[str, ...]) -> str:
    if len(people) > SHOWN:
        return f"{', '.join(people[:SHOWN])} and {len(people) - SHOWN} more"
    return listed(people) or "nobody"


def _claim_gaps(base: RuleBase, found: Coverage) -> Iterable[str]:
    words = {"neither": "is neither used nor set aside", "both": "is set aside, and used all the same"}
    for claim, use in found.claims.items():
        if use in words:
            yield f"{where(base, claim)}claim {claim} {words[use]}"


def _gaps(base: RuleBase, found: Coverage) -> Iterable[str]:
    for one in (one for reached in found.sections.values() for one in reached if not one.complete):
        missing = listed([word for word, people in (("is so", one.yes), ("is otherwise", one.no)) if not people], "or")
        yield f"{where(base, one.part, one.place)}{one.part}, {one.place}: nobody for whom it {missing}"
