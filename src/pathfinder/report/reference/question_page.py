"""The page of a section of the interview: every question, its values, why it is asked, and what looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pathfinder.report.markdown import escape
from pathfinder.report.questionnaire import form_in_words
from pathfinder.report.reference.markup import (
    Page,
    decided_by,
    if_any,
    looks_at,
    notes,
    page,
    question_links,
    rule_link,
    table,
)
from pathfinder.rulebase.models import Question, RuleBase, Section

ROOT = "../"


def section_page(base: RuleBase, section: Section) -> str:
    """Every question of a section."""
    uses = list(_uses(base))
    rows = [
        (f"[{one.id}](#{one.id})", escape(one.title), escape(form_in_words(one)), one.depth)
        for one in section.questions
    ]
    blocks = [
        f"# {escape(section.title)}",
        escape(section.intro),
        table(("Question", "About", "Answer", "Depth"), rows),
    ]
    for question in section.questions:
        blocks += _question(base, question, uses)
    return page(blocks)


def _question(base: RuleBase, question: Question, uses: list[Use]) -> Page:
    mine = [use for use in uses if use.question == question.id]
    facts = {
        "Answer": _form(question),
        "Asked only if": if_any(base, base.relevance.get(question.id)),
        "What hangs on it": escape(question.why),
        "Arguments that look at it": _linked(mine, "argument"),
        "Arguments it can void": _linked(mine, "void"),
        "Also looked at by": ", ".join(dict.fromkeys(use.link for use in mine if use.by == "other")),
        "Settled by": _linked(mine, "settles"),
    }
    return [
        f"## {question.id}",
        f"**{escape(question.prompt)}**",
        escape(question.help),
        notes(base, facts, question.claims),
    ]


def _form(question: Question) -> str:
    """What form the answer takes, and below it the values."""
    extra = "; you can prefer not to say" if question.sensitive else ""
    values = "".join(f"\n  - `{value}`: {escape(label)}" for value, label in question.values.items())
    return f"{escape(form_in_words(question))}{extra}{values}"


@dataclass(frozen=True)
class Use:
    """A part that uses a question: an argument's cases (`argument`), its `unless` (`void`), another part's condition
    (`other`), or one that would answer it (`settles`)."""

    question: str
    by: str
    link: str


def _linked(uses: list[Use], by: str) -> str:
    return ", ".join(dict.fromkeys(use.link for use in uses if use.by == by))


def _uses(base: RuleBase) -> Iterator[Use]:
    """Every use of every question, in the order of the base."""
    for rule in base.rules.values():
        link = rule_link(base, rule.id, ROOT)
        yield from (Use(key, "argument", link) for key in decided_by(rule))
        yield from (Use(key, "void", link) for key in looks_at(rule.unless))
    for key, asked_if in base.relevance.items():
        yield from (Use(one, "other", question_links(base, [key], ROOT)) for one in looks_at(asked_if))
    yield from _uses_on_paths(base)
    yield from _uses_beside(base)


def _uses_on_paths(base: RuleBase) -> Iterator[Use]:
    for path in base.paths:
        found = [(gate.id, looks_at(gate.when)) for gate in path.gates]
        found += [(caution.id, looks_at(caution.when)) for caution in path.cautions]
        found += [(step.id, looks_at(step.when, step.skip)) for step in path.steps]
        found += [(item.id, looks_at(item.when)) for item in path.checklist]
        for part, keys in found:
            yield from (Use(key, "other", f"[{part}]({ROOT}paths/{path.id}.md#{part})") for key in keys)
        for item in path.checklist:
            link = f"[{item.id}]({ROOT}paths/{path.id}.md#{item.id})"
            yield from (Use(key, "settles", link) for key in item.settles)


def _uses_beside(base: RuleBase) -> Iterator[Use]:
    """By experiments, routes and what else stands beside the ranking."""
    found = [(one.id, "experiments", looks_at(one.when)) for one in base.experiments]
    found += [(one.id, "routes", looks_at(one.when)) for one in base.routes]
    found += [(one.id, "tensions", looks_at(one.when, *one.undecided_between)) for one in base.tensions]
    found += [(one.id, "other-roles", looks_at(one.when, one.decides)) for one in base.other_roles]
    found += [(one.id, "topics", looks_at(one.when)) for one in base.topics]
    found += [(one.id, "disputes", looks_at(one.when)) for one in base.disputes]
    for part, file, keys in found:
        yield from (Use(key, "other", f"[{part}]({ROOT}{file}.md#{part})") for key in keys)
    for experiment in base.experiments:
        link = f"[{experiment.id}]({ROOT}experiments.md#{experiment.id})"
        yield from (Use(key, "settles", link) for key in experiment.settles)
