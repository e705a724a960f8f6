"""What is still open, in the order in which knowing it would help."""

from __future__ import annotations

from collections.abc import Mapping

from pathfinder.answers.facts import Facts
from pathfinder.assessment.certainty.information import Information
from pathfinder.assessment.changes.counterfactual import Counterfactuals
from pathfinder.assessment.completions.completing import Completions
from pathfinder.assessment.results.certainty import OpenQuestion
from pathfinder.assessment.scoring.scorer import RuleScore

NOISE = 0.004
"""A gain below this cannot be told from chance with the number of completions drawn."""

EXACT_NOISE = 0.00005
"""A gain below this is none where every completion is listed."""


def open_questions(
    facts: Facts,
    scores: Mapping[str, RuleScore],
    information: Information,
    what_if: Counterfactuals,
) -> tuple[OpenQuestion, ...]:
    """The open and uncertain questions that could still move a score, the most valuable to know first."""
    base, sheet = facts.base, facts.sheet
    touching: dict[str, list[RuleScore]] = {}
    for score in scores.values():
        for key in score.open:
            touching.setdefault(key, []).append(score)
    found, known_now = [], known(information.completions)
    for key, question in base.questions.items():
        touched = touching.get(key)
        if not touched or facts.relevance(key) is False:
            continue
        swing = {path.id: 0.0 for path in base.paths}
        for score in touched:
            for path in base.paths_of(score.rule):
                swing[path] += score.high - score.low
        found.append(
            OpenQuestion(
                question=key,
                title=question.title,
                prompt=question.prompt,
                state="uncertain" if sheet.is_uncertain(key) else "not sure" if sheet.get(key) else "not answered",
                swing=float(max(swing.values())),
                matters=gain(information.completions, key, known_now),
                paths=tuple(path for path, points in swing.items() if points),
                value=round(information.value([key]), 4),
                chance=round(information.chance(key, what_if), 4),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.value, -one.chance, -one.matters, -one.swing)))


def known(completions: Completions) -> float:
    """How often the winner is known by the answers so far: the share won by the path that is best overall."""
    return max(completions.share(wins) for wins in completions.best.values())


def gain(completions: Completions, question: str, overall: float) -> float:
    """How much more often the winner would be known if the question were answered, 0 to 1.

    Over the completions: the share won by the best path within each answer, less the share `overall` in which it is
    known by the answers so far.
    """
    mass, best = completions.mass, [wins for wins in completions.best.values() if wins]
    within = sum(
        max([mass.weight(wins & people) for wins in best], default=0) / mass.whole
        for people in completions.frame.answers.get(question, {}).values()
    )
    least = EXACT_NOISE if completions.mass.exact else NOISE
    return round(within - overall, 4) if within - overall >= least else 0.0
