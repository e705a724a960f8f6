"""An audit of a rule base as text and as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence

from pathfinder.answers.sheet import to_plain
from pathfinder.authoring.audit import LEAST_WINS, Audit
from pathfinder.authoring.audit_figures import GroupAudit
from pathfinder.authoring.combinations import plain as value_in_words
from pathfinder.authoring.expectations import Breach
from pathfinder.authoring.firing import RuleFiring
from pathfinder.authoring.movers import Mover
from pathfinder.report.aligned import columns, percent, wrapped
from pathfinder.report.json_form import plain
from pathfinder.report.words import listed, overlay_in_words, plain_number, points_in_words, signed
from pathfinder.rulebase.models import RuleBase

SCHEMA_VERSION = 1
MOST = 12
"""So many arguments and questions that move verdicts are shown, at most; JSON has them all."""


def audit_as_text(base: RuleBase, audit: Audit) -> str:
    """The audit to be read; what a strict audit does not pass stands last."""
    parts = [
        _head(base, audit),
        _paths(audit),
        _kinds(audit),
        *_groups(base, audit),
        _movers("Arguments whose removal changes the most verdicts", audit.moving_rules),
        _movers("Questions whose answer changes the most verdicts, asked anew", audit.moving_questions),
        _silent(base, audit.rules),
        _expectations(base, audit),
        _failures(audit),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _head(base: RuleBase, audit: Audit) -> list[str]:
    overlay = overlay_in_words(base.identity)
    title = f"Audit of '{base.general.title}', version {base.general.version} (content {base.hash})"
    about = (
        f"{audit.size:,} plausible people, drawn with seed {audit.seed}. Each answers the {audit.questions} questions"
        " in order, as far as they apply, by the shares that stand with the question (`plausible`), or by those that it"
        " gives for people with some earlier answers (`given`); everything else is independent. A share of everybody"
        f" is exact to about {98 / math.sqrt(audit.size):.1f} percentage points (95%)."
    )
    return [*wrapped(title + (f", with {overlay} on it" if overlay else "")), "", *wrapped(about)]


def _paths(audit: Audit) -> list[str]:
    head = ("", "wins", "blocked", "mean score", "mean for", "mean against")
    rows = [
        (
            path.title,
            percent(path.wins),
            percent(path.blocked),
            signed(path.mean_score),
            signed(path.mean_for),
            signed(path.mean_against),
        )
        for path in audit.paths
    ]
    reach = [
        (path.title, plain_number(path.lowest), plain_number(path.highest), str(path.most_for), str(path.most_against))
        for path in audit.paths
    ]
    return [
        "Paths: a path wins its share of the verdicts that name one",
        *columns(head, rows),
        "",
        "What any answers at all can make of them (exact)",
        *columns(("", "lowest score", "highest score", "most for", "most against"), reach),
    ]


def _kinds(audit: Audit) -> list[str]:
    head = ("", "everything answered", f"core questions only (of {audit.core_size})")
    rows = [(kind, percent(audit.kinds.get(kind, 0.0)), percent(share)) for kind, share in audit.core_kinds.items()]
    return ["Verdicts", *columns(head, rows)]


def _groups(base: RuleBase, audit: Audit) -> Iterator[list[str]]:
    for question in dict.fromkeys(group.question for group in audit.groups):
        mine = [group for group in audit.groups if group.question == question]
        yield [
            f"By {question}: which path the verdict names",
            *(line for group in mine for line in _group(base, group)),
        ]
    if audit.crossings:
        yield [
            "Crossing over, of the verdicts that name a path",
            *(f"  {one.id}: {percent(one.share)} (at most {one.at_most:.0%})" for one in audit.crossings),
        ]


def _group(base: RuleBase, group: GroupAudit) -> list[str]:
    ranked = sorted(group.wins.items(), key=lambda item: -item[1])
    wins = [f"{base.path[path].title} {percent(share)}" for path, share in ranked if share >= 0.001]
    head = f"{group.value} ({percent(group.share)} of everybody; {group.named:.0%} get a path): "
    return wrapped(head + (", ".join(wins) if wins else "none"), "  ", "    ")


def _movers(title: str, movers: Sequence[Mover]) -> list[str]:
    return [title, *(f"  {percent(one.moves):>6}  {one.id}" for one in movers[:MOST])]


def _silent(base: RuleBase, rules: Sequence[RuleFiring]) -> list[str]:
    """Arguments and cases that count for nobody."""
    lines: list[str] = []
    for rule in rules:
        if not rule.fires:
            lines += wrapped(f"{_place(base, rule.id)}{rule.id} counts for nobody", "  ", "    ")
        for case in rule.cases:
            if not case.fires and (rule.fires or not case.possible):
                why = (
                    "decides for nobody here" if case.possible else "decides only where answers are missing, if at all"
                )
                lines += wrapped(f"{_place(base, rule.id)}case {case.number} of {rule.id} {why}", "  ", "    ")
    return ["Arguments and cases that never count", *(lines or ["  none"])]


def _place(base: RuleBase, part: str) -> str:
    file, line = base.places.get(part, ("", None))
    return f"{file}:{line}: " if file else ""


def _expectations(base: RuleBase, audit: Audit) -> list[str]:
    broken = len(audit.breaches)
    held = audit.expectations - broken
    lines = [f"Expectations: {held} proved over all possible answers, {broken} broken"]
    for breach in audit.breaches:
        lines += wrapped(_place(base, breach.expectation.id) + _breach(base, breach), "  ", "    ")
    return lines


def _breach(base: RuleBase, breach: Breach) -> str:
    """A broken expectation in a sentence or two."""
    title = base.path[breach.path].title
    low, high = value_in_words(breach.low), value_in_words(breach.high)
    moves = "rises" if breach.expectation.direction == "never_rises" else "falls"
    if breach.gates:
        what = f"{title} gets {'un' if moves == 'rises' else ''}blocked, by {listed(breach.gates)}"
    else:
        what = f"{title} {moves} by {points_in_words(breach.change).lstrip('+')}, through {listed(breach.rules)}"
    others = [f"{key} {value_in_words(value)}" for key, value in breach.answers.items()]
    given = f" for somebody with {listed(others)}" if others else ""
    return f"{breach.expectation.id}: as {breach.question} goes up from {low} to {high}, {what}{given}."


def _failures(audit: Audit) -> list[str]:
    if not audit.failures:
        return ["A strict audit passes: every path wins, nothing is dead or broken, few people cross over."]
    lines = ["What a strict audit does not pass"]
    for failure in audit.failures:
        lines += wrapped(f"{failure.what} {failure.id}: {failure.text}", "  ", "    ")
    return lines


def audit_as_json(base: RuleBase, audit: Audit) -> str:
    """The audit as one JSON object; shares between 0 and 1. A broken expectation has a `person`, as an answers file."""
    figures = plain(audit)
    assert isinstance(figures, dict)
    form = {
        "schema_version": SCHEMA_VERSION,
        **{key: value for key, value in figures.items() if key != "breaches"},
        "least_wins": LEAST_WINS,
        "breaches": [_breach_form(base, breach) for breach in audit.breaches],
        "failures": plain(audit.failures),
    }
    return json.dumps(_rounded(form), indent=2, ensure_ascii=False) + "\n"


def _breach_form(base: RuleBase, breach: Breach) -> dict[str, object]:
    answers = breach.person.answers
    return {
        "expectation": breach.expectation.id,
        "question": breach.question,
        "path": breach.path,
        "direction": breach.expectation.direction,
        "from": value_in_words(breach.low),
        "to": value_in_words(breach.high),
        "change": breach.change,
        "rules": list(breach.rules),
        "gates": list(breach.gates),
        "given": {key: value_in_words(value) for key, value in breach.answers.items()},
        "person": {"answers": {key: to_plain(base.questions[key], answer) for key, answer in answers.items()}},
    }


def _rounded(value: object) -> object:
    """Shares and means without the noise of floating-point sums."""
    match value:
        case float():
            return round(value, 5)
        case Mapping():
            return {key: _rounded(one) for key, one in value.items()}
        case list():
            return [_rounded(one) for one in value]
    return value
