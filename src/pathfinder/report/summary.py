"""What the first screen and the first page say, chosen once for both."""

from __future__ import annotations

from dataclasses import dataclass

from pathfinder.assessment.results.assessment import Assessment, PathResult
from pathfinder.assessment.results.certainty import OpenQuestion
from pathfinder.assessment.results.items import ExperimentItem, Note, Reason, StepItem
from pathfinder.report.certainty import headline, how_sure
from pathfinder.report.flips import flip_sentences
from pathfinder.report.standings import options_in_a_sentence
from pathfinder.report.words import counted, listed, number, plain_number, sentence, strongest_against, strongest_for

_FLIPS = 3
"""So many answers that would change the result are named at most."""

_ASKED = 3
"""So many open questions are named at most."""


@dataclass(frozen=True)
class Summary:
    """The answer in short.

    `about` is the path that `strengths` and `weakness` belong to, None where no path is worth arguing for.
    Where nothing counts against it, `instead` is the strongest reason for the runner-up that does not speak for
    `about` as well, and where there is none either, `caution` is its first caution. `lead` says first what matters
    more than the paths: a role outside them, or what would open them. `change` and `week` are sentences, the most
    useful first. `options` says where the options in hand stand; empty where there are none.
    """

    headline: str
    how_sure: str
    lead: tuple[str, ...]
    about: PathResult | None
    strengths: tuple[Reason, ...]
    weakness: Reason | None
    instead: tuple[PathResult, Reason] | None
    caution: Note | None
    change: tuple[str, ...]
    week: tuple[str, ...]
    options: str = ""


def summarise(assessment: Assessment) -> Summary:
    """Choose what is said first."""
    top = assessment.top
    kind = assessment.verdict.kind
    arguable = assessment.verdict.path is not None or kind == "none_fits"
    about = top if arguable and top.status == "open" else None
    against = strongest_against(about) if about else ()
    instead = _instead(assessment, about) if about and not against else None
    mind = about.cautions[0] if about and about.cautions and not against and not instead else None
    return Summary(
        headline=headline(assessment),
        how_sure=how_sure(assessment),
        lead=_lead(assessment),
        about=about,
        strengths=strongest_for(about) if about else (),
        weakness=against[0] if against else None,
        instead=instead,
        caution=mind,
        change=_change(assessment),
        week=_week(assessment),
        options=options_in_a_sentence(assessment),
    )


def _lead(assessment: Assessment) -> tuple[str, ...]:
    if assessment.verdict.kind == "outside":
        return tuple(role.text for role in assessment.other_roles if role.decides)
    if assessment.verdict.kind == "none_fits":
        return openings(assessment)
    return ()


def openings(assessment: Assessment) -> tuple[str, ...]:
    """What blocks which paths and what would open them, each said once."""
    found: dict[tuple[str, str], list[str]] = {}
    for path in assessment.paths:
        for gate in path.blocked_by:
            found.setdefault((gate.text, gate.opens), []).append(path.title)
    return tuple(
        f"{listed(titles)}: blocked. {text}"
        + (f" What would open {'it' if len(titles) == 1 else 'them'}: {opens}" if opens else "")
        for (text, opens), titles in found.items()
    )


def _instead(assessment: Assessment, about: PathResult) -> tuple[PathResult, Reason] | None:
    """The best argument for the runner-up that is not one for the leading path too."""
    if assessment.verdict.runner_up is None:
        return None
    rival = assessment.path(assessment.verdict.runner_up)
    shared = {reason.rule for reason in about.reasons if reason.points > 0}
    own = [reason for reason in rival.reasons if reason.points > 0 and reason.rule not in shared]
    return (rival, own[0]) if own else None


def _change(assessment: Assessment) -> tuple[str, ...]:
    """What would change the verdict: answers first, then what would take its strongest reasons away."""
    told = list(flip_sentences(assessment)[:_FLIPS])
    verdict, waiting = assessment.verdict, assessment.open_questions
    useful = _useful(assessment)
    if verdict.kind == "outside":
        return ("Another answer on the role you aim at, on your record, or on the problem you call most pressing.",)
    if verdict.kind == "none_fits" and any(path.blocked_by for path in assessment.paths):
        told.append("Opening one of the blocked paths.")
    elif useful:
        titles = listed([f"'{question.title}'" for question in useful])
        told.append(f"Your {'answer' if len(useful) == 1 else 'answers'} on {titles} would tell the most.")
    elif not told and assessment.redacted and not verdict.settled:
        told.append("Nothing that this copy can tell.")
    elif not told and (verdict.settled or not waiting):
        told.append("Only a changed answer would.")
    elif not told and verdict.kind == "unsettled":
        told.append(f"More answers: {counted(len(waiting), 'question')} left open can still move points.")
    elif not told:
        told.append(f"None of the {counted(len(waiting), 'open question')} is likely to change it by itself.")
    if verdict.kind in ("clear", "close"):
        told += [
            f"The {place} reason for it misleads when this is so: {reason.misleads_when}"
            for place, reason in zip(("strongest", "second"), strongest_for(assessment.top), strict=False)
            if reason.misleads_when
        ]
    return tuple(told)


def _useful(assessment: Assessment) -> tuple[OpenQuestion, ...]:
    """The open questions that bear on which path comes first, the most useful ones."""
    return tuple(one for one in assessment.open_questions if one.value > 0 or one.matters > 0)[:_ASKED]


def _week(assessment: Assessment) -> tuple[str, ...]:
    """What to do now: never empty."""
    match assessment.verdict.kind:
        case "outside":
            found = [role.next for role in assessment.other_roles if role.decides and role.next]
        case "none_fits":
            found = _opens(assessment) + [_in_short(one) for one in assessment.experiments[:1]]
        case "unsettled":
            found = _answers_first(assessment) + [_in_short(one) for one in assessment.experiments[:1]]
        case _:
            found = _steps(assessment.top)
    if not found:
        found = [_in_short(one) for one in assessment.experiments[:1]] or _answers_first(assessment)
    return tuple(found) or ("Talk the result through with someone who knows you and this field.",)


def _opens(assessment: Assessment) -> list[str]:
    """What would open the most paths, first."""
    found: dict[str, list[str]] = {}
    for path in assessment.paths:
        for gate in path.blocked_by:
            if gate.opens and path.title not in found.setdefault(gate.opens, []):
                found[gate.opens].append(path.title)
    ordered = sorted(found.items(), key=lambda one: -len(one[1]))
    return [f"Begin on what would open {listed(titles)}. {opens}" for opens, titles in ordered[:1]]


def _answers_first(assessment: Assessment) -> list[str]:
    waiting = _useful(assessment) or assessment.open_questions[:_ASKED]
    if not waiting:
        return []
    titles = listed([f"'{question.title}'" for question in waiting])
    return [f"Answer {number(len(waiting))} more: {titles}. Then compare again; an honest range is an answer too."]


def _steps(path: PathResult) -> list[str]:
    """The path's steps for this week, else the nearest there is, with its horizon."""
    this_week = [step_in_words(step) for step in path.steps if step.horizon == "week"]
    return this_week or [
        f"Nothing is due within the week. This {one.horizon}: {step_in_words(one)}" for one in path.steps[:1]
    ]


def step_in_words(step: StepItem) -> str:
    """A step with its cost."""
    return step.text + (f" ({sentence(step.cost)}.)" if step.cost else "")


def cost_in_words(experiment: ExperimentItem) -> str:
    """What an experiment takes: hours, what it costs otherwise, or an empty string where neither is known."""
    hours = ""
    if experiment.hours is not None:
        least, most = (plain_number(value) for value in experiment.hours)
        hours = ("1 hour" if most == "1" else f"{most} hours") if least == most else f"{least} to {most} hours"
    return "; ".join(part for part in (hours, experiment.cost) if part)


def _in_short(experiment: ExperimentItem) -> str:
    cost = cost_in_words(experiment)
    return f"A cheap test: {experiment.title}" + (f" ({cost})." if cost else ".")
