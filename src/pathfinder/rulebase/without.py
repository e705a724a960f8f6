"""A rule base as if some of its questions did not exist: without everything that looks at them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from pathfinder.rulebase.checks import PLACEHOLDER
from pathfinder.rulebase.conditions import AllOf, AnyOf, Not, Test, tests
from pathfinder.rulebase.models import ChecklistItem, Experiment, PathParts, Question, RuleBase, Section, SharedRules

Part = TypeVar("Part")
Settling = TypeVar("Settling", Experiment, ChecklistItem)


def private_questions(base: RuleBase) -> frozenset[str]:
    """The sensitive questions, and those that are asked only after some answers to one of them."""
    found = {key for key, question in base.questions.items() if question.sensitive}
    for key in base.questions:  # asked_if looks back only
        if key in base.relevance and found & set(questions_in(base.relevance[key])):
            found.add(key)
    return frozenset(found)


def questions_in(part: object) -> Iterator[str]:
    """The questions that the conditions in a part look at and that its texts name, wherever in it they stand."""
    if isinstance(part, (Test, AllOf, AnyOf, Not)):
        yield from (test.question for test in tests(part))
    elif isinstance(part, str):
        yield from PLACEHOLDER.findall(part)
    elif isinstance(part, (tuple, list)):
        for one in part:
            yield from questions_in(one)
    else:
        for name in getattr(type(part), "__struct_fields__", ()):
            yield from questions_in(getattr(part, name))


def without_questions(base: RuleBase, gone: frozenset[str]) -> RuleBase:
    """The rule base without these questions and without every argument, gate, caution, step, role and other part that
    looks at one of them, applies or not. What other parts would settle about them is dropped as well."""
    return base.with_parts(
        sections=tuple(_section(base, section, gone) for section in base.sections),
        paths=tuple(_path(path, gone) for path in base.paths),
        shared=tuple(group for group in (_shared(one, gone) for one in base.shared) if group.rules),
        experiments=tuple(_settling(_silent(base.experiments, gone), gone)),
        routes=_silent(base.routes, gone),
        tensions=_silent(base.tensions, gone),
        other_roles=_silent(base.other_roles, gone),
        topics=_silent(base.topics, gone),
        disputes=_silent(base.disputes, gone),
        expectations=(),
        crossings=(),
        relevance={key: one for key, one in base.relevance.items() if key not in gone},
        given=_given(base, gone),
    )


def _silent(parts: Iterable[Part], gone: frozenset[str]) -> tuple[Part, ...]:
    """The parts that say nothing of these questions."""
    return tuple(part for part in parts if not gone.intersection(questions_in(part)))


def _settling(parts: Iterable[Settling], gone: frozenset[str]) -> Iterator[Settling]:
    """The parts with what they settle of the other questions; without those that settled nothing else."""
    for part in parts:
        kept = tuple(question for question in part.settles if question not in gone)
        if kept == part.settles:
            yield part
        elif kept:
            yield replace(part, settles=kept)


def _path(path: PathParts, gone: frozenset[str]) -> PathParts:
    return replace(
        path,
        rules=_silent(path.rules, gone),
        gates=_silent(path.gates, gone),
        cautions=_silent(path.cautions, gone),
        steps=_silent(path.steps, gone),
        checklist=tuple(_settling(_silent(path.checklist, gone), gone)),
    )


def _shared(group: SharedRules, gone: frozenset[str]) -> SharedRules:
    return replace(group, rules=_silent(group.rules, gone))


def _section(base: RuleBase, section: Section, gone: frozenset[str]) -> Section:
    kept = tuple(_question(base, one, gone) for one in section.questions if one.id not in gone)
    return replace(section, questions=kept)


def _question(base: RuleBase, question: Question, gone: frozenset[str]) -> Question:
    """The question without the shares that depend on answers to these."""
    places = _kept_places(base.given.get(question.id, ()), gone)
    given = tuple(question.plausible.given[place] for place in places)
    return replace(question, plausible=replace(question.plausible, given=given))


def _given(base: RuleBase, gone: frozenset[str]) -> Mapping[str, tuple[object, ...]]:
    return {
        key: tuple(conditions[place] for place in _kept_places(conditions, gone))
        for key, conditions in base.given.items()
        if key not in gone
    }


def _kept_places(conditions: Sequence[object], gone: frozenset[str]) -> list[int]:
    return [place for place, one in enumerate(conditions) if not gone.intersection(questions_in(one))]
