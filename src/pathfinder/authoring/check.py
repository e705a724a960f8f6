"""`pathfinder rules check`: everything that is probably wrong with a rule base that loads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pathfinder.authoring.check_claims import check_claims
from pathfinder.authoring.check_conditions import check_conditions
from pathfinder.authoring.check_points import check_points
from pathfinder.authoring.check_questions import check_questions
from pathfinder.authoring.check_texts import check_texts
from pathfinder.authoring.check_traps import check_traps
from pathfinder.authoring.findings import KINDS, Finding
from pathfinder.authoring.parts import parts
from pathfinder.rulebase.models import RuleBase

CHECKS = (check_conditions, check_traps, check_texts, check_points, check_claims, check_questions)


def check(base: RuleBase) -> tuple[Finding, ...]:
    """Every finding, those that the base accepts among them, by file and line. The same base gives the same."""
    reasons = {(key, code): reason for key, part in parts(base) for code, reason in part.accept.items()}
    found: list[Finding] = []
    idle = dict(reasons)
    for finding in (one for check_some in CHECKS for one in check_some(base)):
        by = next((place for place in _around(finding) if (place, finding.code) in reasons), None)
        if by is not None:
            idle.pop((by, finding.code), None)
        found.append(replace(finding, accepted=reasons[by, finding.code] if by is not None else ""))
    found += _idle(idle)
    return tuple(sorted((_located(base, one) for one in found), key=_order))


def _around(finding: Finding) -> tuple[str, ...]:
    """The parts that may accept a finding: the innermost first."""
    return (f"{finding.part}.{finding.inside}", finding.part) if finding.inside else (finding.part,)


def _idle(reasons: dict[tuple[str, str], str]) -> Iterator[Finding]:
    for part, code in reasons:
        rule, case, index = part.partition(".cases.")
        what = "does not occur here" if code in KINDS else "is no kind of finding"
        yield Finding("PF901", rule, f"it accepts {code}, which {what}", f"cases.{index}" if case else "")


def _located(base: RuleBase, finding: Finding) -> Finding:
    """The finding with file and line of the innermost part that has them."""
    place = next((base.places[key] for key in _around(finding) if key in base.places), (None, None))
    return replace(finding, file=place[0], line=place[1])


def _order(finding: Finding) -> tuple[str, int, str, str, str]:
    return (finding.file or "", finding.line or 0, finding.code, finding.part, finding.message)
