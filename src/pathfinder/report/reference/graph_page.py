"""The graph of questions, arguments and paths, as Mermaid diagrams: one per path and criterion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pathfinder.report.markdown import escape
from pathfinder.report.reference.markup import Page, decided_by, looks_at, page, span
from pathfinder.rulebase.models import Criterion, PathParts, Rule, RuleBase


def graph_page(base: RuleBase) -> str:
    """All diagrams: for each path an overview, and one diagram for each criterion on it."""
    blocks = [
        "# Questions, arguments, paths",
        "A line from a question to an argument: the answer decides whether and how it counts. A dotted line: the answer"
        " can only take the argument away (`unless`). Below an argument stands what it can count. The overview of each"
        " path says how many arguments of a criterion look at a section of the interview.",
    ]
    for path in base.paths:
        blocks += [f"## {escape(path.title)}", _overview(base, path)]
        for criterion in base.general.criteria:
            rules = [rule for rule in base.rules_of(path.id) if rule.criterion == criterion.id]
            if rules:
                blocks += _criterion(base, path, criterion, rules)
    return page(blocks)


def _diagram(lines: Sequence[str]) -> str:
    return "\n".join(["```mermaid", "flowchart LR", *(f"  {line}" for line in lines), "```"])


def _node(kind: str, key: str) -> str:
    """A name that Mermaid takes for a node; the prefix keeps it clear of Mermaid's own words."""
    return f"{kind}_{key.replace('-', '_')}"


def _text(text: str) -> str:
    """A label in quotes; Mermaid reads `#quot;` as a quotation mark."""
    safe = text.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")
    return f'"{safe}"'


def _overview(base: RuleBase, path: PathParts) -> str:
    """Sections to criteria to the path, with how many arguments each line stands for."""
    counted: Counter[tuple[str, str]] = Counter()
    for rule in base.rules_of(path.id):
        sections = {base.questions[key].section for key in _asked(rule)}
        counted.update((section, rule.criterion) for section in sections)
    used = {section for section, _ in counted}
    lines = [f"{_node('s', one.id)}[{_text(one.title)}]" for one in base.sections if one.id in used]
    for criterion in base.general.criteria:
        count = sum(rule.criterion == criterion.id for rule in base.rules_of(path.id))
        if count:
            lines.append(f"{_node('c', criterion.id)}({_text(criterion.title)})")
            lines.append(f"{_node('c', criterion.id)} -- {count} --> {_node('p', path.id)}")
    lines.append(f"{_node('p', path.id)}([{_text(path.title)}])")
    for section in base.sections:
        for criterion in base.general.criteria:
            count = counted[section.id, criterion.id]
            if count:
                lines.append(f"{_node('s', section.id)} -- {count} --> {_node('c', criterion.id)}")
    return _diagram(lines)


def _criterion(base: RuleBase, path: PathParts, criterion: Criterion, rules: Sequence[Rule]) -> Page:
    """The arguments of one criterion with the questions they look at, by section."""
    asked = {key for rule in rules for key in _asked(rule)}
    lines: list[str] = []
    for section in base.sections:
        mine = [one.id for one in section.questions if one.id in asked]
        if mine:
            lines.append(f"subgraph {_node('s', section.id)} [{_text(section.title)}]")
            lines += [f"  {_node('q', key)}[{_text(key)}]" for key in mine]
            lines.append("end")
    lines.append(f"subgraph {_node('c', criterion.id)} [{_text(criterion.title)}]")
    lines += [f"  {_node('r', rule.id)}({_text(f'{rule.id}: {span(rule.cases)}')})" for rule in rules]
    lines.append("end")
    lines.append(f"{_node('p', path.id)}([{_text(path.title)}])")
    lines += [line for rule in rules for line in _edges(rule, path)]
    return [f"### {escape(path.title)}: {escape(criterion.title)}", _diagram(lines)]


def _edges(rule: Rule, path: PathParts) -> Iterator[str]:
    deciding = decided_by(rule)
    yield from (f"{_node('q', key)} --> {_node('r', rule.id)}" for key in deciding)
    yield from (f"{_node('q', key)} -.-> {_node('r', rule.id)}" for key in looks_at(rule.unless) if key not in deciding)
    yield f"{_node('r', rule.id)} --> {_node('p', path.id)}"


def _asked(rule: Rule) -> list[str]:
    """Every question a rule looks at, in whatever way."""
    return list(dict.fromkeys([*decided_by(rule), *looks_at(rule.unless)]))
