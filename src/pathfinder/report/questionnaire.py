"""The questionnaire as text, as JSON, and as an answers file to fill in."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator

from pathfinder.answers.options import MOST_OPTIONS
from pathfinder.report.conditions import condition_in_words
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.offers import offers_by_path
from pathfinder.rulebase.questions import Question

WIDTH = 79


def questions_as_text(base: RuleBase) -> str:
    """Every question with id, values and labels, by section."""
    lines: list[str] = []
    for section in base.sections:
        lines += [section.title, "=" * len(section.title), ""]
        for question in section.questions:
            lines += [f"{question.id}  ({form_in_words(question)})", *_wrapped(question.prompt, "  ")]
            lines += [line for option in _options(question) for line in _wrapped(option, "    ")]
            if question.id in base.relevance:
                lines += _wrapped(f"Asked only if {only_if(base, question)}.", "  ")
            lines.append("")
    return "\n".join(lines)


def questions_as_json(base: RuleBase) -> str:
    """Every question as one JSON object: `{schema_version, rulebase, questions: [...]}`."""
    questions = [
        {
            "id": question.id,
            "section": question.section,
            "kind": question.kind,
            "ordered": question.ordered,
            "depth": question.depth,
            "title": question.title,
            "prompt": question.prompt,
            "values": dict(question.values),
            "range": list(question.range) if question.range else None,
            "unit": question.unit,
            "sensitive": question.sensitive,
            "asked_if": question.asked_if,
            "help": question.help,
            "why": question.why,
            "claims": list(question.claims),
        }
        for question in base.questions.values()
    ]
    form = {
        "schema_version": 1,
        "rulebase": base.identity,
        "questions": questions,
    }
    return json.dumps(form, indent=2, ensure_ascii=False) + "\n"


def answers_template(base: RuleBase) -> str:
    """An answers file in which every question stands as a comment above an empty line to fill in."""
    lines = [
        "# Answers for pathfinder. Fill in what you know and leave the rest empty, then run:",
        "#   pathfinder score FILE",
        "# 'unknown' says that you thought about it and are not sure. Where several values are possible,",
        "# list them: [basic, solid]. For a number, a range works: {min: 5, max: 15}, or with your best",
        "# guess {min: 5, max: 15, likely: 8}. A question with 'choose any' takes a list; [] is 'none of them'.",
        "name:",
        "answers:",
    ]
    for section in base.sections:
        lines += ["", f"  # ---- {section.title} ----"]
        for question in section.questions:
            lines += ["", *_wrapped(question.prompt, "  # ")]
            lines += [line for option in _options(question) for line in _wrapped(option, "  #   ")]
            if question.id in base.relevance:
                lines += _wrapped(f"Only if {only_if(base, question)}.", "  # ")
            if question.sensitive:
                lines.append("  # You can leave this out; it counts nothing then.")
            lines.append(f"  {question.id}:")
    return "\n".join([*lines, *_options_example(base)]) + "\n"


def _options_example(base: RuleBase) -> list[str]:
    """Options in hand as a comment that becomes one when the marks before its lines are taken away."""
    described = {path: keys for path, keys in offers_by_path(base).items() if keys}
    about = (
        "If you have several concrete places to choose between, such as two offers, describe them here: take away the "
        "'# ' before each of the lines below. A place needs only the answers that are special to it; for everything "
        f"else your answers above count. 'path' is one of: {', '.join(base.path)}. At most {MOST_OPTIONS} are compared."
    )
    wrapped = textwrap.wrap(about, WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)
    lines = ["", "# ---- Your options ----", *wrapped, "# options:"]
    for place, (path, keys) in enumerate(list(described.items())[:2], start=1):
        lines += [f"# - name: Option {place}", f"#   path: {path}", "#   answers:"]
        lines += [f"#     {key}:" for key in keys]
    return lines


def only_if(base: RuleBase, question: Question) -> str:
    """When a question is asked, in the words of an answers file; an empty string where it always is."""
    asked_if = base.relevance.get(question.id)
    return "" if asked_if is None else condition_in_words(asked_if, base)


def form_in_words(question: Question) -> str:
    """What kind of answer a question takes."""
    match question.kind:
        case "number":
            low, high = question.bounds
            return f"a number from {low:g} to {high:g}, {question.unit}"
        case "scale":
            return "1 to 5"
        case "yes_no":
            return "yes or no"
        case "multi":
            return "choose any"
    return "in this order" if question.ordered else "choose one"


def _options(question: Question) -> Iterator[str]:
    if question.kind in ("number", "scale", "yes_no", "multi"):
        yield f"({form_in_words(question)})"
    yield from (f"{value}: {label}" for value, label in question.values.items())


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False)
