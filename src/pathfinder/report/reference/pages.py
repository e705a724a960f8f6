"""All pages of the reference, with the index that leads to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pathfinder.report.markdown import escape
from pathfinder.report.reference.extra_pages import extra_pages
from pathfinder.report.reference.graph_page import graph_page
from pathfinder.report.reference.markup import bullets, page, question_links, rule_link, table
from pathfinder.report.reference.path_page import path_page
from pathfinder.report.reference.question_page import section_page
from pathfinder.report.reference.verb_page import Verb, verb_page
from pathfinder.report.words import counted, sentence
from pathfinder.rulebase.models import RuleBase


def reference_pages(base: RuleBase, verbs: Sequence[Verb]) -> dict[str, str]:
    """Every page of the reference by its name inside the reference's folder; `README.md` is the index."""
    pages = {f"paths/{path.id}.md": path_page(base, path) for path in base.paths}
    pages |= {f"questions/{section.id}.md": section_page(base, section) for section in base.sections}
    beside = extra_pages(base)
    return {
        **pages,
        **beside,
        "graph.md": graph_page(base),
        "cli.md": verb_page(verbs),
        "README.md": _index(base, beside),
    }


def _index(base: RuleBase, beside: Iterable[str]) -> str:
    about = (
        f"Rule base {base.general.version}: {counted(len(base.questions), 'question')},"
        f" {counted(len(base.rules), 'argument')}, {counted(len(base.claims), 'claim')} from"
        f" {counted(len(base.sources), 'source')}."
    )
    paths = [
        (f"[{escape(path.title)}](paths/{path.id}.md)", str(len(base.rules_of(path.id))), escape(path.summary))
        for path in base.paths
    ]
    sections = [
        (
            f"[{escape(one.title)}](questions/{one.id}.md)",
            question_links(base, [question.id for question in one.questions], ""),
        )
        for one in base.sections
    ]
    scale = bullets(f"{points}: {escape(meaning)}" for points, meaning in sorted(base.general.scale.items()))
    shared = [rule for rule in base.rules if len(base.paths_of(rule)) > 1]
    return page(
        [
            f"# Reference: {escape(base.general.title)}",
            about,
            "## Paths",
            table(("Path", "Arguments", ""), paths),
            "What counts alike on several paths: " + ", ".join(rule_link(base, one, "") for one in shared) + "."
            if shared
            else "",
            "## Criteria",
            bullets(f"**{escape(one.title)}**: {escape(one.about)}" for one in base.general.criteria),
            "## Points",
            scale,
            "## Questions",
            table(("Section", "Questions"), sections),
            "## Beside the ranking",
            bullets(f"[{sentence(name.removesuffix('.md').replace('-', ' '))}]({name})" for name in beside),
            "## Also",
            bullets(["[The graph of questions, arguments and paths](graph.md)", "[The command line](cli.md)"]),
            "## Sources",
            bullets(_source(base, key) for key in base.source),
        ]
    )


def _source(base: RuleBase, key: str) -> str:
    source = base.source[key]
    people = ", ".join([source.author, *source.with_])
    claims = sum(claim.source == key for claim in base.claims)
    note = f" {source.note}" if source.note else ""
    return escape(
        f"{people}: {source.title} ({source.date}); {counted(claims, 'claim')}, cited as {source.short}.{note}"
    )
