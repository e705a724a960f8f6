"""One small question of every kind, for tests that must not hang on what the built-in rule base asks."""

from __future__ import annotations

from pathfinder.rulebase.forms import read_part
from pathfinder.rulebase.questions import Question

COMMON = {
    "depth": "core",
    "prompt": "What is it?",
    "why": "Nothing hangs on it.",
    "claims": ["a-claim"],
}


def question(id: str, kind: str, plausible: object, **more: object) -> Question:
    """A question that is valid as it stands."""
    return read_part(
        Question, {**COMMON, "id": id, "title": id.capitalize(), "kind": kind, "plausible": plausible, **more}
    )


YEARS = question("years", "number", {"quantiles": {0: 0, 20: 5, 40: 10, 60: 10, 100: 50}}, range=[0, 100], unit="years")
"""A number of which 20 in 100 people say exactly 10."""
RATING = question(
    "rating", "scale", {"weights": {"1": 1, "2": 2, "3": 4, "4": 2, "5": 1}}, values={"1": "Poor", "5": "Excellent"}
)
SKILL = question(
    "skill",
    "choice",
    {"weights": {"none": 1, "basic": 2, "solid": 4, "strong": 2, "expert": 1}},
    ordered=True,
    values={"none": "None", "basic": "Basic", "solid": "Solid", "strong": "Strong", "expert": "Expert"},
)
ROLE = question(
    "role",
    "choice",
    {"weights": {"lead": 3, "engineer": 1}},
    values={"lead": "Research lead", "engineer": "Research engineer"},
)
LIKES = question(
    "likes",
    "multi",
    {"shares": {"code": 0.5, "maths": 0.25, "policy": 0.1}},
    values={"code": "Coding", "maths": "Mathematics", "policy": "Policy"},
)
TRIED = question("tried", "yes_no", {"weights": {"yes": 3, "no": 1}}, values={"yes": "Tried it"})
HEALTH = question(
    "health",
    "choice",
    {"weights": {"well": 1, "unwell": 1}},
    values={"well": "Well", "unwell": "Unwell"},
    sensitive=True,
)
QUESTIONS = {one.id: one for one in (YEARS, RATING, SKILL, ROLE, LIKES, TRIED, HEALTH)}
