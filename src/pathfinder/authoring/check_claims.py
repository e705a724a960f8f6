"""Evidence: whether the claims carry the arguments that cite them, each once, and none is left lying."""

from __future__ import annotations

from collections.abc import Iterator

from pathfinder.authoring.findings import Finding
from pathfinder.rulebase.models import Claim, Rule, RuleBase

MANY = 8
"""More claims than this on one argument are reported."""


def check_claims(base: RuleBase) -> Iterator[Finding]:
    """PF301 to PF308."""
    for rule in base.rules.values():
        yield from _carried(base, rule)
        yield from _directions(base, rule)
    yield from _twice(base)
    yield from _left_over(base)


def direction(claim: Claim, path: str) -> int:
    """What a claim says about a path: 1 for, -1 against, 0 nothing either way."""
    strength = claim.paths.get(path, claim.paths.get("any", 0))
    return (strength > 0) - (strength < 0)


def _directions_of(base: RuleBase, rule: Rule, cited: str) -> list[int]:
    return [direction(base.claim[cited], path) for path in base.paths_of(rule.id)]


def _carried(base: RuleBase, rule: Rule) -> Iterator[Finding]:
    silent = [cited for cited in rule.claims if not any(_directions_of(base, rule, cited))]
    unfit = [cited for cited in rule.claims if base.claim[cited].rule_fit == "none"]
    if {*silent, *unfit} == set(rule.claims):
        yield Finding("PF301", rule.id, "no claim it cites can carry it")
    else:
        for cited in silent:
            yield Finding("PF302", rule.id, f"claim {cited} says nothing for or against {_paths(base, rule)}")
    if len(rule.claims) > MANY:
        yield Finding("PF303", rule.id, f"it cites {len(rule.claims)} claims")


def _paths(base: RuleBase, rule: Rule) -> str:
    return " or ".join(base.paths_of(rule.id))


def _directions(base: RuleBase, rule: Rule) -> Iterator[Finding]:
    signs = {(case.points > 0) - (case.points < 0) for case in rule.cases} - {0}
    for cited in rule.claims:
        found = set(_directions_of(base, rule, cited))
        if len(found) > 1:
            about = ", ".join(path for path in base.paths_of(rule.id) if direction(base.claim[cited], path))
            yield Finding("PF306", rule.id, f"claim {cited} speaks differently about the paths ({about})")
        elif len(signs) == 1 and found - {0} and found != signs and not base.claim[cited].inverse:
            says, points = ("for", "against") if found == {1} else ("against", "for")
            yield Finding("PF304", rule.id, f"claim {cited} speaks {says} the path, and every case {points} it")


def _twice(base: RuleBase) -> Iterator[Finding]:
    reported: set[tuple[str, str]] = set()
    for path in base.paths:
        first: dict[str, str] = {}
        for rule in base.rules_of(path.id):
            for cited in rule.claims:
                earlier = first.setdefault(cited, rule.id)
                if earlier != rule.id and (rule.id, cited) not in reported:
                    reported.add((rule.id, cited))
                    yield Finding("PF305", rule.id, f"claim {cited} already scores in {earlier}")


def _left_over(base: RuleBase) -> Iterator[Finding]:
    cited = {claim for part, claims in base.all_cited() for claim in claims if part not in base.questions}
    asked = {claim for question in base.questions.values() for claim in question.claims}
    for claim in base.claims:
        if not claim.set_aside and claim.id not in cited:
            only = "only a question cites it" if claim.id in asked else "nothing cites it"
            yield Finding("PF307", claim.id, only)
        elif claim.set_aside and claim.id in cited | asked:
            where = next(part for part, claims in base.all_cited() if claim.id in claims)
            yield Finding("PF308", claim.id, f"{where} cites it")
