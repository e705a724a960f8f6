"""Questions of every kind to ask in tests, and earlier answers of every kind to come back to."""

from __future__ import annotations

from pathfinder.answers.sheet import UNKNOWN, Among, Answer, Certain, Interval
from pathfinder.rulebase.forms import read_part
from pathfinder.rulebase.questions import Question


def _question(key: str, kind: str, **more: object) -> Question:
    words = {"title": key.capitalize(), "prompt": f"Which {key}?", "why": "Because.", "claims": ["c"]}
    return read_part(Question, {"id": key, "kind": kind, "depth": "core", **words, **more})


_COLOURS = {"red": "Red: like fire", "green": "Green: like grass", "blue": "Blue"}
_WEIGHTS = {"weights": {"red": 1, "green": 1, "blue": 1}}

QUESTIONS = {
    question.id: question
    for question in (
        _question("colour", "choice", values=_COLOURS, plausible=_WEIGHTS),
        _question("secret", "choice", values=_COLOURS, plausible=_WEIGHTS, sensitive=True),
        _question("ready", "yes_no", plausible={"weights": {"yes": 1, "no": 1}}),
        _question(
            "skill",
            "scale",
            values={"1": "Weak", "5": "Strong"},
            plausible={"weights": {str(point): 1 for point in range(1, 6)}},
        ),
        _question(
            "tools",
            "multi",
            values={"saw": "A saw", "axe": "An axe: sharp", "nail": "Nails"},
            plausible={"shares": {"saw": 0.5, "axe": 0.5, "nail": 0.5}},
        ),
        _question("wait", "number", unit="years", range=[0, 100], plausible={"quantiles": {0: 0, 100: 100}}),
    )
}

EARLIER: list[tuple[str, Answer]] = [
    ("colour", Certain("green")),
    ("colour", Among(("red", "blue"))),
    ("colour", UNKNOWN),
    ("secret", Certain("blue")),
    ("secret", UNKNOWN),
    ("ready", Certain(False)),
    ("ready", Among((True, False))),
    ("ready", UNKNOWN),
    ("skill", Certain(4)),
    ("skill", Interval(2, 4, 3)),
    ("skill", Among((1, 5))),
    ("skill", UNKNOWN),
    ("tools", Certain(frozenset({"axe", "nail"}))),
    ("tools", Certain(frozenset())),
    ("wait", Certain(8.0)),
    ("wait", Interval(5, 15)),
    ("wait", Interval(3, 30, 5)),
    ("wait", UNKNOWN),
]
"""Question and an answer that it may have been given before."""
