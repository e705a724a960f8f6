"""Random answers to the questions of any rule base, from a seeded source, in the form of an answers file."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from naive import Raw, Reference, Sheet


def random_answer(reference: Reference, question: str, source: random.Random, *, uncertain: bool = True) -> Any:
    """One value or, where `uncertain` allows it, sometimes several, a range, or `unknown`."""
    raw: Raw = reference.questions[question]
    options = reference.options(question)
    how = source.choice(["certain", "certain", "certain", "several", "unknown"] if uncertain else ["certain"])
    if how == "unknown":
        return "unknown"
    if raw["kind"] == "multi":
        return sorted(word for word in raw["values"] if source.random() < 0.3)
    if how == "certain":
        return source.choice(options)
    if raw["kind"] in ("choice", "yes_no"):
        return source.sample(options, 2)
    low, high = sorted(source.sample([int(one) for one in options if one == int(one)], 2))
    return {"min": low, "max": high} | ({"likely": source.randint(low, high)} if source.random() < 0.5 else {})


def random_sheet(
    reference: Reference, source: random.Random, *, share: float = 0.6, uncertain: bool = True
) -> dict[str, Any]:
    """Answers to a share of the questions, whether they apply or not."""
    asked = [key for key in reference.questions if source.random() < share]
    return {key: random_answer(reference, key, source, uncertain=uncertain) for key in asked}


def random_completion(reference: Reference, sheet: Sheet, source: random.Random) -> dict[str, Any]:
    """One way in which everything open or uncertain may turn out, as a person."""
    found: dict[str, Any] = {}
    for key in reference.questions:
        open_now = reference.is_open(key, sheet)
        values = reference.options(key) if open_now else [one for one, _ in reference.possible(key, sheet[key])]
        found[key] = source.choice(values)
    return found


def as_answers(person: Mapping[str, Any]) -> dict[str, Any]:
    """A person in the form of an answers file."""
    return {key: sorted(value) if isinstance(value, frozenset) else value for key, value in person.items()}
