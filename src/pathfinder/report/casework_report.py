"""What became of the cases of a rule base, as text and as JSON."""

from __future__ import annotations

import json

from pathfinder.authoring.casework import CaseResult, Casework, Decider, deciders
from pathfinder.authoring.differences import Difference
from pathfinder.authoring.standing import RankedPath
from pathfinder.report.conditions import condition_in_words
from pathfinder.report.words import plain_number, signed
from pathfinder.rulebase.models import RuleBase

MOST = 6
"""Arguments named for one wrong order; the rest are counted."""


def casework_as_text(base: RuleBase, work: Casework, *, full: bool = False) -> str:
    """A paragraph for every case that fails (with `full`, a line for the others too), then the pairs and the count."""
    lines: list[str] = []
    for result in work.results:
        if not result.holds:
            lines += _failed(base, result)
        elif full:
            lines.append(f"{result.case.person.id}: ok. {_ranking(result)}")
    pairs = work.pairs
    broken = [tag for tag, holds in pairs.items() if not holds]
    lines.append(
        f"pairs: {len(pairs) - len(broken)} of {len(pairs)}" + (f"; broken: {', '.join(broken)}" if broken else "")
    )
    lines.append(f"{len(work.results) - len(work.failed)} passed, {len(work.failed)} failed")
    return "\n".join(lines) + "\n"


def casework_as_json(base: RuleBase, work: Casework) -> str:
    """Everything as one JSON object: `{schema_version, rulebase, passed, failed, pairs, cases: [...]}`."""
    form = {
        "schema_version": 1,
        "rulebase": base.identity,
        "passed": len(work.results) - len(work.failed),
        "failed": len(work.failed),
        "pairs": work.pairs,
        "cases": [_case_form(base, result) for result in work.results],
    }
    return json.dumps(form, indent=2, ensure_ascii=False) + "\n"


def _case_form(base: RuleBase, result: CaseResult) -> dict[str, object]:
    return {
        "id": result.case.person.id,
        "file": result.case.file,
        "holds": result.holds,
        "verdict": result.standing.kind,
        "paths": [
            {"id": path.id, "score": path.score, "chance_best": path.chance_best, "blocked_by": list(path.blocked_by)}
            for path in result.standing.ranked
        ],
        "differences": [
            {
                "expectation": difference.what,
                "text": difference.text,
                "decided_by": [
                    {"rule": one.rule, "ahead": one.ahead, "behind": one.behind, "alone": one.alone}
                    for one in deciders(base, result.standing, difference)
                ],
            }
            for difference in result.differences
        ],
    }


def _failed(base: RuleBase, result: CaseResult) -> list[str]:
    lines = [f"{result.case.person.id}: FAILED ({result.case.file})", f"  {_ranking(result)}"]
    explained: set[tuple[str, str]] = set()
    for difference in result.differences:
        lines.append(f"  - {difference.text}")
        order = (difference.ahead, difference.behind)
        if difference.ahead and order not in explained:
            explained.add(order)
            lines += [f"    {line}" for line in _order(base, result, difference)]
        if difference.what == "fires":
            lines += [f"    {line}" for line in _fired(base, result, difference.rule)]
        if difference.what in ("best", "verdict") and not difference.ahead:
            lines.append(f"    {_verdict(base, result)}")
    return [*lines, ""]


def _ranking(result: CaseResult) -> str:
    paths = ", ".join(f"{path.id} {_score(path)}" for path in result.standing.ranked)
    return f"{result.standing.kind}: {paths}"


def _score(path: RankedPath) -> str:
    return plain_number(path.score) + (f" (blocked by {', '.join(path.blocked_by)})" if path.blocked_by else "")


def _order(base: RuleBase, result: CaseResult, difference: Difference) -> list[str]:
    """By which arguments one path leads another."""
    ahead, behind = result.standing.path(difference.ahead), result.standing.path(difference.behind)
    if behind.blocked_by and not ahead.blocked_by:
        return [f"{behind.id} is blocked by {', '.join(behind.blocked_by)}"]
    found = deciders(base, result.standing, difference)
    lead = f"by {plain_number(ahead.score - behind.score)}" if ahead.score > behind.score else "by nothing"
    lines = [f"{ahead.id} leads {behind.id} {lead}; what makes the lead:"]
    lines += [_decider(base, one) for one in found[:MOST]]
    if len(found) > MOST:
        lines.append(f"and {len(found) - MOST} more that make less")
    return lines


def _decider(base: RuleBase, one: Decider) -> str:
    shared = f" ({signed(one.ahead)} against {signed(one.behind)})" if one.behind else ""
    alone = "; without it the order turns" if one.alone else ""
    return f"{signed(one.gives):>5}  {one.rule}: {base.rules[one.rule].asks}{shared}{alone}"


def _fired(base: RuleBase, result: CaseResult, rule: str) -> list[str]:
    """Which case counted, or why none did."""
    score = result.standing.scores[rule]
    cases = base.rules[rule].cases
    lines = [
        f"case {one.case + 1} counts: {condition_in_words(cases[one.case].when, base)}"
        + (f" (in {one.share:.0%})" if one.share < 1 else "")
        for one in score.fired
    ]
    if score.void:
        lines.append("its 'unless' is true" if score.void == 1 else f"its 'unless' is true in {score.void:.0%}")
    if score.open:
        lines.append(f"still open: {', '.join(score.open)}")
    return lines or ["no case matches"]


def _verdict(base: RuleBase, result: CaseResult) -> str:
    """The figures that a verdict is made of."""
    top, limits = result.standing.top, base.general.verdict
    open_paths = [path for path in result.standing.ranked if path.status == "open"]
    lead = f", leads by {plain_number(top.score - open_paths[1].score)}" if len(open_paths) > 1 else ""
    return (
        f"{top.id} scores {plain_number(top.score)}{lead}, and comes top in {top.chance_best:.0%} of the ways the open "
        f"answers could fall (it takes {plain_number(limits.enough)} points, a lead of {plain_number(limits.margin)}, "
        f"{limits.likely:.0%} to be settled and {limits.sure:.0%} to be clear)"
    )
