"""The page of a path: every argument with its cases and passages, gates, cautions, steps, checklist."""

from __future__ import annotations

from pathfinder.report.markdown import escape
from pathfinder.report.reference.markup import (
    Page,
    condition,
    if_any,
    looks_at,
    notes,
    page,
    question_links,
    span,
    table,
)
from pathfinder.report.words import sentence, signed, weight
from pathfinder.rulebase.models import Case, Caution, ChecklistItem, Gate, PathParts, Rule, RuleBase, Step

ROOT = "../"
HORIZONS = {"week": "This week", "quarter": "This quarter", "year": "This year"}


def path_page(base: RuleBase, path: PathParts) -> str:
    """Everything the rule base says about one path."""
    blocks = [f"# {escape(path.title)}", escape(path.summary), *_overview(base, path)]
    for criterion in base.general.criteria:
        mine = [rule for rule in base.rules_of(path.id) if rule.criterion == criterion.id]
        if mine:
            blocks += [f"## Arguments: {escape(criterion.title)}", f"{escape(sentence(criterion.about))}."]
        for rule in mine:
            blocks += _rule(base, path.id, rule)
    for title, parts in (
        ("Gates", [_gate(base, gate) for gate in path.gates]),
        ("Cautions", [_caution(base, caution) for caution in path.cautions]),
        ("Steps", _steps(base, path)),
        ("Checklist", [_item(base, item) for item in path.checklist]),
    ):
        if parts:
            blocks += [f"## {title}", *(block for part in parts for block in part)]
    return page(blocks)


def _overview(base: RuleBase, path: PathParts) -> Page:
    """All arguments at a glance."""
    titles = {criterion.id: criterion.title for criterion in base.general.criteria}
    rows = [
        (f"[{rule.id}](#{rule.id})", escape(rule.asks), escape(titles[rule.criterion]), span(rule.cases))
        for rule in base.rules_of(path.id)
    ]
    note = (
        "Points say how strongly an argument speaks for the path (+) or against it (-). Of its cases the first that"
        " matches decides, so that at most one counts; where none matches, the argument counts 0."
    )
    return [note, table(("Argument", "Asks", "Criterion", "Points"), rows)]


def _rule(base: RuleBase, path: str, rule: Rule) -> Page:
    others = [base.path[one].title for one in base.paths_of(rule.id) if one != path]
    asked = looks_at(*(case.when for case in rule.cases), rule.unless)
    facts = {
        "Does not count at all if": if_any(base, rule.unless),
        "Misleads when": escape(rule.misleads_when),
        "Counts alike on": escape(", ".join(others)),
        "Looks at": question_links(base, asked, ROOT),
    }
    cases = "\n".join(f"{place}. {_case(base, case)}" for place, case in enumerate(rule.cases, 1))
    return [f"### {rule.id}", f"**{escape(rule.asks)}**", cases, notes(base, facts, rule.claims)]


def _case(base: RuleBase, case: Case) -> str:
    meaning = weight(case.points, base.general.scale) if case.points else ""
    points = f"**{signed(case.points)}**" + (f" ({escape(meaning)})" if meaning else "")
    return f"{points} if {condition(base, case.when)}: {escape(case.because)}"


def _gate(base: RuleBase, gate: Gate) -> Page:
    facts = {"Closed if": condition(base, gate.when), "What would open it": escape(gate.opens)}
    return [f"### {gate.id}", escape(gate.because), notes(base, facts, gate.claims)]


def _caution(base: RuleBase, caution: Caution) -> Page:
    facts = {"For whom": if_any(base, caution.when) or "everybody"}
    return [f"### {caution.id}", escape(caution.text), notes(base, facts, caution.claims)]


def _steps(base: RuleBase, path: PathParts) -> list[Page]:
    """The steps by horizon, in the base's order."""
    parts: list[Page] = []
    for horizon, title in HORIZONS.items():
        mine = [step for step in path.steps if step.horizon == horizon]
        if mine:
            parts += [[f"### {title}"], *(_step(base, step) for step in mine)]
    return parts


def _step(base: RuleBase, step: Step) -> Page:
    facts = {
        "Takes": escape(step.cost),
        "For whom": if_any(base, step.when) or "everybody",
        "Done already if": if_any(base, step.skip),
    }
    return [f"#### {step.id}", escape(step.text), notes(base, facts, step.claims)]


def _item(base: RuleBase, item: ChecklistItem) -> Page:
    facts = {
        "Look for": escape(item.look_for),
        "Settles": question_links(base, item.settles, ROOT),
        "For whom": if_any(base, item.when),
    }
    return [f"### {item.id}", f"**{escape(item.ask)}**", notes(base, facts, item.claims)]
