"""Placeholders: `{question}` in a text, replaced by the person's answer in words."""

from __future__ import annotations

from collections.abc import Iterator

from pathfinder.assessment.scoring.scorer import Outcome, decide
from pathfinder.authoring.combinations import along, everyone, too_many
from pathfinder.authoring.findings import Finding
from pathfinder.authoring.parts import parts
from pathfinder.rulebase.base import Acceptable
from pathfinder.rulebase.checks import PLACEHOLDER
from pathfinder.rulebase.columns import Frame, evaluate
from pathfinder.rulebase.conditions import ALWAYS, Condition, tests
from pathfinder.rulebase.models import (
    Case,
    Caution,
    Dispute,
    Experiment,
    Gate,
    OtherRole,
    Route,
    Rule,
    RuleBase,
    Step,
    Tension,
    Topic,
)

FILLED: dict[type, tuple[str, ...]] = {
    Case: ("because",),
    Rule: ("misleads_when",),
    Gate: ("because",),
    Dispute: ("decides",),
    **dict.fromkeys((Caution, Step, Experiment, Route, Tension, OtherRole, Topic), ("text",)),
}
"""The texts in which `assessment/presenting.py` fills placeholders in, by kind of part; also what a dispute's sides
say. Reservations are cautions that are shown as they stand."""


def check_texts(base: RuleBase) -> Iterator[Finding]:
    """PF106 and PF107."""
    for key, part in parts(base):
        yield from _never_filled(base, key, part)
        if isinstance(part, Rule):
            yield from _rule(base, part)
        elif not isinstance(part, Case):
            yield from _shown(base, key, part)


def placeholders(text: str) -> tuple[str, ...]:
    """The questions whose answers a text shows, each once."""
    return tuple(dict.fromkeys(PLACEHOLDER.findall(text)))


def _filled(base: RuleBase, part: Acceptable) -> tuple[str, ...]:
    return () if part in base.general.reservations else FILLED.get(type(part), ())


def _never_filled(base: RuleBase, key: str, part: Acceptable) -> Iterator[Finding]:
    rule, case, index = key.partition(".cases.")
    for name in part.__struct_fields__:
        written = getattr(part, name)
        for text in written if isinstance(written, tuple) else (written,):
            if isinstance(text, str) and name not in _filled(base, part):
                for question in placeholders(text):
                    if question in base.questions:
                        message = f"`{name}` would show {{{question}}} with its braces"
                        yield Finding("PF107", rule, message, f"cases.{index}" if case else "")


def _rule(base: RuleBase, rule: Rule) -> Iterator[Finding]:
    if too_many(base, rule.conditions):
        return
    for index, case in enumerate(rule.cases):
        for question in placeholders(case.because):
            if _decides_without(base, rule, index, question):
                message = f"it can decide while {question} is unanswered"
                yield Finding("PF106", rule.id, message, f"cases.{index}")
    for question in placeholders(rule.misleads_when):
        if any(case.points and _decides_without(base, rule, index, question) for index, case in enumerate(rule.cases)):
            yield Finding("PF106", rule.id, f"`misleads_when` can be shown while {question} is unanswered")


def _decides_without(base: RuleBase, rule: Rule, index: int, question: str) -> bool:
    """Whether a case can be the one that counts for somebody who left the question open.

    As in scoring, that is the outcome nearest zero among those still possible; none, where these differ in sign.
    """
    conditions = rule.conditions
    asked = {test.question for case in rule.cases for test in tests(case.when)}
    others = [key for key in base.questions if key not in asked]
    if question in asked:
        line = along(base, conditions, question, others)
        found = {outcome: line.ever(people) for outcome, people in decide(rule.cases, line.frame).items()}
        counts, unanswered = _counting(found, rule, index), line.unanswered
    else:
        unanswered = everyone(base, conditions, question, others)
        counts = decide(rule.cases, unanswered).get((rule.cases[index].points, index), 0)
    return bool(counts & ~_surely_void(rule, asked, unanswered))


def _counting(outcomes: dict[Outcome, int], rule: Rule, index: int) -> int:
    """The contexts in which the case is the outcome nearest zero of all that are possible there."""
    points = rule.cases[index].points
    counts = outcomes.pop((points, index), 0)
    for (other, place), contexts in outcomes.items():
        nearer = abs(other) < abs(points) or (other == points and place is not None and place < index)
        if other * points <= 0 or nearer:
            counts &= ~contexts
    return counts


def _surely_void(rule: Rule, asked: set[str], frame: Frame) -> int:
    """The people for whom `unless` takes the argument away. It only does so on what is known; where it looks at a
    question that the cases look at, too, somebody may leave that open, and it is not relied on."""
    if rule.unless is None or any(test.question in asked for test in tests(rule.unless)):
        return 0
    return evaluate(rule.unless, frame).true


def _shown(base: RuleBase, key: str, part: Acceptable) -> Iterator[Finding]:
    texts = [str(getattr(part, name)) for name in _filled(base, part)]
    if isinstance(part, Dispute):
        texts += [side.says for side in part.sides]
    when, skip = getattr(part, "when", None), getattr(part, "skip", None)
    for question in placeholders(" ".join(texts)):
        if not _asked_for(part, question) and _shown_without(base, when or ALWAYS, skip, question):
            yield Finding("PF106", key, f"it can be shown while {question} is unanswered")


def _asked_for(part: Acceptable, question: str) -> bool:
    """Whether the part is only shown to people with an answer to the question: a tension between its values."""
    alternatives = part.undecided_between if isinstance(part, Tension) else ()
    return any(test.question == question for one in alternatives for test in tests(one))


def _shown_without(base: RuleBase, when: Condition, skip: Condition | None, question: str) -> bool:
    conditions = [when] if skip is None else [when, skip]
    if too_many(base, conditions):
        return False
    frame = everyone(base, conditions, question)
    skipped = evaluate(skip, frame).true if skip is not None else 0
    return bool(evaluate(when, frame).true & ~skipped)
