"""What a cohort's summary keeps of one person's assessment: the only place that picks it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pathfinder.assessment.results.assessment import Assessment, VerdictKind
from pathfinder.assessment.results.items import Reason
from pathfinder.report.words import strongest_against, strongest_for

if TYPE_CHECKING:
    from pydantic import TypeAdapter

ASKED = 3
"""So many open questions are named for one person, at most."""

TRIED = 2
"""So many cheap tests are named for one person, at most."""

Weighed = tuple[tuple[str, float], ...]
"""Ids with a number each."""


@dataclass(frozen=True)
class Record:
    """One person in short; everything is an id unless it is said otherwise.

    `id` is the person's own, `report` the name of their files without ending (empty where none are written). `scores`
    are points by path in the rule base's order. `reasons_for` and `reasons_against` are the arguments that weigh most
    for and against `path`, with their points. `worth` are all open questions whose answers are worth something, with
    how many points better the choice is expected to be with each; `ask_next` are the few to ask first. `find_out_next`
    are titles of cheap tests. `places` are titles of roles outside the paths that decide the verdict.
    """

    id: str
    name: str
    report: str
    verdict: VerdictKind
    path: str | None
    runner_up: str | None
    settled: bool
    margin: float
    chance_best: float
    scores: Mapping[str, float]
    blocked: tuple[str, ...]
    reasons_for: Weighed
    reasons_against: Weighed
    tensions: tuple[str, ...]
    places: tuple[str, ...]
    worth: Weighed
    ask_next: tuple[str, ...]
    find_out_next: tuple[str, ...]
    set_aside: tuple[str, ...]


def record_of(key: str, report: str, paths: tuple[str, ...], assessment: Assessment) -> Record:
    """The record of a person with the id `key`; `paths` are the rule base's, in its order."""
    verdict = assessment.verdict
    named = assessment.path(verdict.path) if verdict.path is not None else None
    waiting = assessment.open_questions
    useful = [one.question for one in waiting if one.value > 0 or one.matters > 0]
    return Record(
        id=key,
        name=assessment.name,
        report=report,
        verdict=verdict.kind,
        path=verdict.path,
        runner_up=verdict.runner_up,
        settled=verdict.settled,
        margin=verdict.margin,
        chance_best=verdict.chance,
        scores={path: assessment.path(path).score for path in paths},
        blocked=tuple(path for path in paths if assessment.path(path).status == "blocked"),
        reasons_for=_weighed(strongest_for(named)) if named else (),
        reasons_against=_weighed(strongest_against(named)) if named else (),
        tensions=tuple(one.id for one in assessment.tensions),
        places=tuple(one.title for one in assessment.other_roles if one.decides),
        worth=tuple((one.question, one.value) for one in waiting if one.value > 0),
        ask_next=tuple((useful or [one.question for one in waiting])[:ASKED]),
        find_out_next=find_out_next(assessment),
        set_aside=tuple(one.question for one in assessment.answers if one.state == "set aside"),
    )


def find_out_next(assessment: Assessment) -> tuple[str, ...]:
    """The cheap tests to make next, in words: those that are worth most for each hour, else the first that suit."""
    telling = [one.title for one in assessment.find_out if one.kind == "experiment"]
    return tuple((telling or [one.title for one in assessment.experiments])[:TRIED])


def record_from(plain: Mapping[str, object]) -> Record | None:
    """The record that was written as JSON from its fields; None where that is none."""
    from pydantic import ValidationError

    try:
        return _adapter().validate_python(plain)
    except ValidationError:
        return None


@cache
def _adapter() -> TypeAdapter[Record]:
    from pydantic import TypeAdapter

    return TypeAdapter(Record)


def _weighed(reasons: tuple[Reason, ...]) -> Weighed:
    return tuple((reason.rule, reason.points) for reason in reasons)
