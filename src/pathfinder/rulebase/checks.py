"""Cross-file checks: whether the parts of a rule base fit together."""

from __future__ import annotations

import re
from collections.abc import Iterator

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


def _claims(base: RuleBase) -> Iterator[Problem]:
    for claim in base.claims:
        if claim.source not in base.source:
            yield Problem(f"there is no source '{claim.source}'", nearest(claim.source, base.source), key=claim.id)
    for part, claims in base.all_cited():
        for cited in claims:
            if cited not in base.claim:
                yield Problem(f"there is no claim '{cited}'", nearest(cited, base.claim), key=part)
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
            yield Problem(f"there is no criterion '{rule.criterion}'", nearest(rule.criterion, criteria), key=rule.id)


def _shared(base: RuleBase) -> Iterator[Problem]:
    for group in base.shared:
        for path in group.paths:
            if path not in base.path:
                yield Problem(f"there is no path '{path}'", nearest(path, base.path), key=group.rules[0].id)


def _settles(base: RuleBase) -> Iterator[Problem]:
    parts = [(one.id, one.settles) for one in base.experiments]
    parts += [(item.id, item.settles) for path in base.paths for item in path.checklist]
    for part, settles in parts:
        for question in settles:
            if question not in base.questions:
                yield Problem(f"there is no question '{question}'", nearest(question, base.questions), key=part)


def _placeholders(base: RuleBase) -> Iterator[Problem]:
    for part, text in _texts(base):
        for name in PLACEHOLDER.findall(text):
            if name not in base.questions:
                yield Problem(f"'{{{name}}}' names no question", nearest(name, base.questions), key=part)


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
