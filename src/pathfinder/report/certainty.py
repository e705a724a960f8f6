"""The verdict in words, and how sure it is."""

from __future__ import annotations

from pathfinder.assessment.results.assessment import Assessment
from pathfinder.report.words import (
    likelihood,
    listed,
    number,
    of_ten,
    plain_points,
    points_in_words,
    sentence,
    ways,
)

_WORTH_NAMING = 0.15
"""A rival that comes first more seldom than this goes unnamed."""


def headline(assessment: Assessment) -> str:
    """The verdict in one line."""
    verdict, paths = assessment.verdict, number(len(assessment.paths))
    first, level = assessment.top.title, _level_with(assessment)
    match verdict.kind:
        case "clear":
            return f"Of the {paths} paths, {first} comes out ahead"
        case "close":
            if level:
                return f"{first} and {level} are level"
            second = assessment.path(verdict.runner_up).title if verdict.runner_up else "the next path"
            return f"{first} and {second} are close, with {first} slightly ahead"
        case "unsettled":
            if verdict.path is None:
                return "Too little is known yet to prefer any path"
            return f"Not sure yet: {first} " + (f"and {level} are level so far" if level else "is ahead so far")
        case "none_fits":
            return f"None of the {paths} paths fits as things stand"
        case "outside":
            places = listed([role.title for role in assessment.other_roles if role.decides])
            return f"Your answers point outside the {paths} paths" + (f": {places}" if places else "")


def _level_with(assessment: Assessment) -> str:
    """The title of the path that has as many points as the one the verdict names; empty where none has."""
    verdict = assessment.verdict
    return assessment.path(verdict.runner_up).title if verdict.runner_up and not verdict.margin else ""


def how_sure(assessment: Assessment) -> str:
    """How sure the verdict is, and by what margin, in one to three sentences."""
    verdict, top = assessment.verdict, assessment.top
    if verdict.kind == "outside":
        return (
            "This rests on the role you aim at, your record, or the problem you call most pressing, and not on points."
            f" The {number(len(assessment.paths))} paths are compared all the same."
        )
    if verdict.kind == "none_fits":
        return _sure_of_none(assessment)
    if verdict.kind == "unsettled":
        return _unsure(assessment)
    if verdict.settled:
        known = f"This is settled: no answer that is still open can change that {top.title} comes first."
    elif not assessment.open_questions and not assessment.redacted:
        known = "Every question that counts is answered, so only a changed answer would change this."
    else:
        known = f"{sentence(likelihood(verdict.chance))} to stay so: {top.title} comes first {ways(verdict.chance)}."
    return " ".join(part for part in (known, _margin(assessment), _other_points(assessment)) if part)


def _other_points(assessment: Assessment) -> str:
    """How far the verdict rests on the exact points of the arguments; nothing where that was not worked out."""
    varied = (share for one in assessment.acceptability if one.over == "points" for share in one.shares)
    first = next((share.first for share in varied if share.path == assessment.top.id), None)
    if first is None:
        return ""
    return f"Were each argument worth a step more or less, it would come first {of_ten(first)}."


def _margin(assessment: Assessment) -> str:
    verdict = assessment.verdict
    if verdict.runner_up is None:
        return "It is the only path that is not blocked for you now."
    other, points = assessment.path(verdict.runner_up).title, verdict.margin
    if points <= 0:
        return f"It has no more points than {other}, so choose between the two by what you learn of real places."
    gap = plain_points(points)
    if verdict.kind == "close":
        return f"It is only {gap} ahead of {other}: too little to decide by."
    return f"It is {gap} ahead of {other}."


def _unsure(assessment: Assessment) -> str:
    top = assessment.top
    points = plain_points(top.score)
    link = "and it comes first" if top.chance_best >= 0.5 else "but it comes first only"
    first = f"Going by your answers so far, {top.title} is ahead with {points}, {link} {ways(top.chance_best)}"
    if level := _level_with(assessment):
        first = f"{top.title} and {level} have {points} each; {top.title} comes first {ways(top.chance_best)}"
    if assessment.verdict.path is None:
        first = f"The first so far, {top.title}, has only {points}, and it stays first {ways(top.chance_best)}"
    rival = max(assessment.paths[1:], key=lambda path: path.chance_best, default=None)
    if rival is None or rival.chance_best < _WORTH_NAMING:
        return first + "."
    return f"{first}; {rival.title} comes first {of_ten(rival.chance_best)}."


def _sure_of_none(assessment: Assessment) -> str:
    if all(path.status == "blocked" for path in assessment.paths):
        return "Each is blocked by something on your side that can change. Below is what would open it."
    top = assessment.top
    best = f"the best, {top.title}, has {points_in_words(top.score)}"
    known = not assessment.open_questions and not assessment.redacted
    still = "nothing that counts is open" if known else "open answers would seldom change that"
    return f"Nothing of weight speaks for a path that is open to you ({best}), and {still}."
