"""A person to be at the terminal, and what every session does with their answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from drive import Assess

from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.questions import Question

PERSON: dict[str, object] = {
    "goal_role": "research_lead",
    "enjoys": ["coding_experiments", "originating_ideas"],
    "timeline_years": 12,
    "new_agendas_needed": True,
    "top_problem": "technical_alignment",
    "coding": "strong",
    "ml_experience": "professional",
    "research_record": "publication",
    "tried_research": "months",
    "research_reaction": "enjoyed",
    "self_directed_record": "thrived",
    "mental_health_risk": "low",
    "other_strength": "none",
    "mentor_hours": 4,
    "mentor_calibre": 3,
    "phd_option": "offer",
    "phd_supervisor_research": 5,
    "phd_supervisor_mentoring": 4,
    "phd_supervisor_safety": 4,
    "job_option": "in_role",
    "job_team": 4,
    "job_mentoring": 3,
    "job_own_ideas": 1,
    "own_agenda": "none",
    "funding": "none",
    "policy_interest": 2,
    "governance_record": "none",
    "governance_option": "none",
    "stage": "early_career",
    "availability": "full_time",
}
"""One person's answers to every question that is asked of them before the first result."""

Start = Callable[..., Assess]
"""Starts a session with some arguments, as the fixture `start` does."""

Answered = Callable[..., str]
"""Writes PERSON's answers to a file, as the fixture `answered` does, and gives the option that begins with it."""


def give(session: Assess, question: Question, plain: object) -> None:
    """Answer the question that is being asked, with the keys of its kind."""
    match question.kind:
        case "number":
            session.type(str(plain))
        case "multi":
            assert isinstance(plain, list)
            for option in plain:
                session.point(question.label(option))
                session.press(" ")
            session.press("enter")
        case _:
            assert isinstance(plain, (str, int))
            session.pick(question.label(plain))


def no_other_place(session: Assess) -> None:
    """After the last question: there are no several places to choose between."""
    session.see("Are there several concrete ones between which you could choose?")
    session.press("enter")


def to_the_end(session: Assess) -> None:
    """From the first page of a result to what can be done next."""
    session.see("Enter shows more")
    session.press("q")
    session.see("What next?")


@pytest.fixture(name="start")
def sessions(base: RuleBase, tmp_path: Path) -> Iterator[Start]:
    """Starts sessions that are over when the test is."""
    running: list[Assess] = []

    def begin(*arguments: str, columns: int = 80, environment: Mapping[str, str] | None = None) -> Assess:
        running.append(Assess(base, tmp_path, *arguments, columns=columns, environment=environment))
        return running[-1]

    yield begin
    for session in running:
        session.end()


@pytest.fixture(name="answered")
def answers_file(tmp_path: Path) -> Answered:
    """Writes PERSON's answers to a file, some left open or changed; gives its name."""

    def write(*left_open: str, **changed: object) -> str:
        answers = {key: one for key, one in {**PERSON, **changed}.items() if key not in left_open}
        (tmp_path / "person.yaml").write_text(json.dumps({"answers": answers}), encoding="utf-8")
        return "--answers=person.yaml"

    return write
