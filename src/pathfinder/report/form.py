"""The questionnaire as a form to send to somebody: Markdown that also reads well as plain text and on paper."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from pathfinder.cleaning import clean
from pathfinder.report.conditions import Naming, condition_in_words, numbered
from pathfinder.report.markdown import escape
from pathfinder.report.words import listed
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.offers import offers_by_path
from pathfinder.rulebase.questions import Question

WIDTH = 79
_ROOM = "." * 24
_INTRO = (
    "These questions are for a comparison of paths in AI safety. Answer from what you have done rather than from what"
    " you hope, and leave out what you would rather not say: an empty answer counts for nothing and against nothing."
)
_HOW = (
    "Put an x into the box of your answer: `[x]` on a screen, a tick on paper.",
    "Tick several where the question says to choose all that fit, or where you cannot tell which of them it is.",
    "Tick 'Not sure' if you have thought about it and cannot tell. That is an answer too.",
    "A number may be a range, such as 5-15, and may name your best guess in it: 5-15, likely 8.",
    "Skip a question that begins with 'Only if' where that is not so.",
    "Questions marked 'can wait' matter less often. Do them last, or not at all.",
)
"""Markdown, unlike the texts of a rule base, which are data."""

_PLACES = (
    "Leave this out unless you have several, such as two offers. Name each place and the path it is on, and give its"
    " own answers by the numbers of the questions above; for everything else your answers above count."
)
_TYPING = (
    "What the answers above are called in an answers file, by number. Numbers, points of a scale, yes and no stay as"
    " they are; several possible answers as a list, such as `[basic, solid]`; a range as `{min: 5, max: 15}`."
)


def answers_form(base: RuleBase) -> str:
    """Every question with its help, its values to tick, when it applies, and room for an answer. At the end stands
    what questions and values are called in an answers file, for whoever types the answers in."""
    numbers = {key: place for place, key in enumerate(base.questions, start=1)}
    blocks = ["# Questions about you and your next step", _filled(_INTRO)]
    blocks += ["\n".join(_filled(text, "- ", "  ") for text in _HOW), f"Your name (you can leave it out): {_ROOM}"]
    for section in base.sections:
        blocks += [f"## {escape(section.title)}", _escaped(section.intro)]
        for question in section.questions:
            blocks += _question(base, question, numbers[question.id], numbered(numbers))
    blocks += [*_places(base, numbers), "## For whoever types this in", _filled(_TYPING)]
    blocks.append("\n".join(_key(question, numbers[question.id]) for question in base.questions.values()))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _places(base: RuleBase, numbers: Mapping[str, int]) -> list[str]:
    """Room for concrete places to choose between, with the questions that describe one on each path."""
    described = {base.path[path].title: keys for path, keys in offers_by_path(base).items() if keys}
    if not described:
        return []
    told = "; ".join(f"{title}: {listed([str(numbers[key]) for key in keys])}" for title, keys in described.items())
    return [
        "## Places you can choose between",
        _filled(_PLACES),
        _escaped(f"Questions that describe a place, by path: {told}."),
        "\n\n".join(f"{place}: {_ROOM}" for place in ("First place", "Second place", "Third place")),
    ]


def _question(base: RuleBase, question: Question, number: int, naming: Naming) -> list[str]:
    wait = " (can wait)" if question.depth == "further" else ""
    asked_if = base.relevance.get(question.id)
    private = "Private: you can leave this out." if question.sensitive else ""
    boxes = "\n".join(_escaped(option, "- [ ] ", "  ") for option in _boxes(question))
    return [
        f"### {number}. {escape(question.title)}{wait}",
        _escaped(f"Only if {condition_in_words(asked_if, base, naming)}.") if asked_if is not None else "",
        _escaped(question.prompt),
        _escaped(" ".join(part for part in (question.help, private) if part)),
        *([_room(question), boxes] if question.kind == "number" else [boxes, _room(question)]),
    ]


def _boxes(question: Question) -> Iterator[str]:
    """What can be ticked."""
    match question.kind:
        case "scale":
            ends = ((str(point), question.values.get(str(point), "")) for point in question.options)
            yield from (f"{point}: {end}" if end else point for point, end in ends)
        case "yes_no":
            yield from (question.label(value) for value in question.options)
        case "choice" | "multi":
            yield from question.values.values()
    if question.kind == "multi":
        yield "None of these"
    yield "Not sure"


def _room(question: Question) -> str:
    """Dots to write on, and what for."""
    if question.kind != "number":
        return f"Remarks: {_ROOM}"
    low, high = question.bounds
    unit = f" of {question.unit}" if question.unit else ""
    return f"{_escaped(f'Number{unit}, or a range, from {low:g} to {high:g}:')} {_ROOM}"


def _key(question: Question, number: int) -> str:
    """What a question and its values are called in an answers file. Ids hold nothing that acts as Markdown."""
    values = ", ".join(f"`{value}`" for value in question.values) if question.kind in ("choice", "multi") else ""
    return _filled(f"`{question.id}`" + (f": {values}" if values else ""), f"{number}. ", "    ")


def _escaped(text: str, first: str = "", later: str = "") -> str:
    """Text as data, wrapped; each line is escaped by itself, so that none begins a list or a heading."""
    lines = _lines(clean(text), max(len(first), len(later)))
    return "\n".join((later if place else first) + escape(line) for place, line in enumerate(lines))


def _filled(text: str, first: str = "", later: str = "") -> str:
    """Markdown, wrapped."""
    lines = _lines(text, max(len(first), len(later)))
    return "\n".join((later if place else first) + line for place, line in enumerate(lines))


def _lines(text: str, indent: int) -> list[str]:
    return textwrap.wrap(text, WIDTH - indent, break_on_hyphens=False, break_long_words=False)
