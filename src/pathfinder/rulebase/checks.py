"""Cross-file checks: whether the parts of a rule base fit together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pathfinder.errors import Problem, nearest
from pathfinder.rulebase.models import Caution, Rule, RuleBase

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def check_references(base: RuleBase) -> Iterator[Problem]:
    """Every reference that leads nowhere; each problem's `key` is the id of the part it stands in."""
    yield from _claims(base)
    yield from _criteria(base)
    yield from _shared(base)
    yield from _settles(base)
    yield from _placeholders(base)
    yield from _expectations(base)


_DEFINED = {
    "source": "sources.yaml lists them",
    "claim": "evidence/*.yaml lists them",
    "criterion": "rulebase.yaml lists them",
    "path": "rulebase.yaml lists them",
    "question": "questions/*.yaml lists them",
}


def _lost(kind: str, name: str, known: Iterable[str], part: str) -> Problem:
    """`part` names something that is not there."""
    return Problem(f"there is no {kind} '{name}'", nearest(name, known) or _DEFINED[kind], key=part)


def _claims(base: RuleBase) -> Iterator[Problem]:
    for claim in base.claims:
        if claim.source not in base.source:
            yield _lost("source", claim.source, base.source, claim.id)
    for part, claims in (*base.all_cited(), *((one.id, one.claims) for one in base.expectations)):
        for cited in claims:
            if cited not in base.claim:
                yield _lost("claim", cited, base.claim, part)
        if len(set(claims)) != len(claims):
            yield Problem("a claim is cited twice", "Cite each claim once", key=part)
    for rule in base.rules.values():
        for cited in rule.claims:
            if cited in base.claim and base.claim[cited].status == "struck-likely":
                yield Problem(f"claim '{cited}' was withdrawn by its author", "It must not score anybody", key=rule.id)


def _criteria(base: RuleBase) -> Iterator[Problem]:
    criteria = {criterion.id for criterion in base.general.criteria}
    for rule in base.rules.values():
        if rule.criterion not in criteria:
            yield _lost("criterion", rule.criterion, criteria, rule.id)


def _shared(base: RuleBase) -> Iterator[Problem]:
    for group in base.shared:
        for path in group.paths:
            if path not in base.path:
                yield _lost("path", path, base.path, group.rules[0].id)


def _settles(base: RuleBase) -> Iterator[Problem]:
    parts = [(one.id, one.settles) for one in base.experiments]
    parts += [(item.id, item.settles) for path in base.paths for item in path.checklist]
    for part, settles in parts:
        for question in settles:
            if question not in base.questions:
                yield _lost("question", question, base.questions, part)


def _expectations(base: RuleBase) -> Iterator[Problem]:
    for one in base.expectations:
        for key in one.question:
            question = base.questions.get(key)
            if question is None:
                yield _lost("question", key, base.questions, one.id)
            elif not question.rises:
                remedy = "Expect something of a number, a scale, an ordered choice or a yes-or-no question"
                yield Problem(f"the values of '{key}' have no order", remedy, key=one.id)
    for part, paths in [(one.id, one.path) for one in base.expectations] + [
        (one.id, one.winner) for one in base.crossings
    ]:
        for path in paths:
            if path not in base.path:
                yield _lost("path", path, base.path, part)


def _placeholders(base: RuleBase) -> Iterator[Problem]:
    for part, text in _texts(base):
        for name in PLACEHOLDER.findall(text):
            if name not in base.questions:
                remedy = nearest(name, base.questions) or _DEFINED["question"]
                yield Problem(f"'{{{name}}}' names no question", remedy, key=part)


def _texts(base: RuleBase) -> Iterator[tuple[str, str]]:
    """The texts that may hold placeholders, by the id of their part."""
    for rule in base.rules.values():
        yield from ((rule.id, text) for text in _rule_texts(rule))
    for path in base.paths:
        cautions: tuple[Caution, ...] = path.cautions
        yield from ((gate.id, gate.because) for gate in path.gates)
        yield from ((caution.id, caution.text) for caution in cautions)
        yield from ((step.id, step.text) for step in path.steps)
    yield from ((part.id, part.text) for part in base.extras)


def _rule_texts(rule: Rule) -> Iterator[str]:
    yield from (case.because for case in rule.cases)
    yield rule.misleads_when
