"""The Markdown report: what it holds, in which order, and that nothing in the data acts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct, structs

from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import assess
from pathfinder.assessment.results.assessment import Assessment
from pathfinder.cleaning import clean
from pathfinder.report.markdown import escape, to_markdown
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import load_built_in

DAY = date(2025, 3, 1)
ANSWERS: Mapping[str, object] = {
    "goal_role": "research_lead",
    "timeline_years": {"min": 2, "max": 14},
    "phd_option": "offer",
    "phd_supervisor_research": 5,
    "coding": "strong",
    "mental_health_risk": "high",
    "maths": "unknown",
    "mentor_hours": 0,
    "mentor_calibre": 4,
}
HOSTILE = (
    "[red]x[/red]",
    "[/x]",
    "<script>alert(1)</script>",
    "**b** _i_ ~~s~~ `c`",
    "| a | b |",
    "\x1b[31mred\x1b[0m",
    "one\n# two\n\n- three",
    "- item",
    "1. item",
    "> quote",
    "[a](https://example.org) https://example.org www.example.org",
    "![a](b.png)",
    "<!-- x",
    "&lt;b&gt; &amp; &#60;",
    "ends with a backslash \\",
    "---",
    "===",
)


@lru_cache
def built_in() -> RuleBase:
    return load_built_in()


def made(answers: Mapping[str, object] = ANSWERS, name: str = "") -> Assessment:
    sheet, problems = validate_sheet({"name": name, "answers": dict(answers)}, built_in().questions)
    assert not problems
    return assess(built_in(), sheet, full=True)


def poisoned(value: object, text: str, keys: tuple[str, ...] = ()) -> object:
    """The same with hostile text in front of every string that a person reads."""
    kept = {"id", "kind", "path", "runner_up", "status", "state", "criterion", "paths", "settles", "horizon", *keys}
    if isinstance(value, Struct):
        fields = structs.asdict(value)
        tops = {"paths", "settles"} if isinstance(value, Assessment) else set()
        return structs.replace(
            value, **{key: one if key in kept - tops else poisoned(one, text) for key, one in fields.items()}
        )
    if isinstance(value, Mapping):
        return {key: poisoned(one, text) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(poisoned(one, text) for one in value)
    return f"{text} {value}" if isinstance(value, str) else value


def parsed(text: str) -> list[Token]:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    return [inner for token in tokens for inner in (token, *(token.children or ()))]


def shape(text: str) -> list[tuple[str, str]]:
    """What acts in a text: every element except the text itself."""
    return [(token.type, token.tag) for token in parsed(text) if token.type not in ("text", "inline", "text_special")]


def test_the_verdict_and_what_to_do_come_before_everything_else() -> None:
    headings = [line for line in to_markdown(made(name="Ada"), DAY).splitlines() if line.startswith("#")]
    assert headings[0] == "# Four paths in AI safety, compared for Ada"
    order = ["### What would change this", "### What to do this week", "## The four paths side by side", "## Sources"]
    assert [heading for heading in headings if heading in order] == order


def test_every_reason_stands_with_its_points_its_limits_and_its_claims() -> None:
    result = made()
    report = to_markdown(result, DAY)
    for path in result.paths:
        for reason in path.reasons:
            assert escape(reason.text) in report
            assert f"(argument {reason.rule})" in report
            assert escape(reason.misleads_when) in report
            assert all(escape(claim.claim) in report for claim in reason.claims)


def test_all_parts_of_the_assessment_are_in_the_report() -> None:
    result = made()
    report = to_markdown(result, DAY)
    texts = [note.text for path in result.paths for note in (*path.cautions, *path.blocked_by)]
    texts += [step.text for path in result.paths for step in path.steps]
    texts += [gate.opens for path in result.paths for gate in path.blocked_by]
    texts += [check.ask for path in result.paths for check in path.checklist]
    texts += [one.text for one in result.tensions] + [one.text for one in result.other_roles]
    texts += [one.text for one in result.experiments] + [one.text for one in result.routes]
    texts += [question.title for question in result.open_questions]
    texts += [note.text for note in result.reservations] + list(result.sources.values()) + list(result.notices)
    texts += [answer.title for answer in result.answers]
    assert [text for text in texts if escape(text) not in report] == []


def test_open_boxes_come_before_ticked_ones() -> None:
    result = made()
    section = to_markdown(result, DAY).split("### What to ask before you commit to PhD")[1].split("###")[0]
    boxes = [line[:5] for line in section.splitlines() if line.startswith("- [")]
    assert "- [ ]" in boxes
    assert "- [x]" in boxes
    assert boxes == sorted(boxes)


def test_answers_left_open_and_set_aside_are_told_apart_from_given_ones() -> None:
    report = to_markdown(made(), DAY)
    assert "- **Maths:** not sure, or not said (left open)" in report
    assert "set aside, as it does not apply" in report
    assert "- **Left open:** " in report
    assert "(private)" in report


def test_the_report_says_what_made_it_and_when() -> None:
    result = made()
    last = to_markdown(result, DAY).split("## How this was made")[1]
    assert "2025-03-01" in last
    assert result.rulebase["hash"] in last
    assert result.rulebase["version"] in last
    assert result.program["version"] in last


def test_the_same_assessment_gives_the_same_report() -> None:
    assert to_markdown(made(), DAY) == to_markdown(made(), DAY)


def test_someone_outside_the_paths_reads_first_where_to_turn() -> None:
    result = made({"goal_role": "operations"})
    first = to_markdown(result, DAY).split("## The four paths")[0]
    role = next(role for role in result.other_roles if role.decides)
    assert "outside the four paths: Operations" in first
    assert escape(role.next) in first
    assert "What speaks for" not in first


def test_where_nothing_fits_the_reader_learns_first_what_would_open_a_path() -> None:
    result = made({"coding": "none", "goal_role": "research_contributor", "policy_interest": 1})
    first = to_markdown(result, DAY).split("## The four paths")[0]
    assert "None of the four paths fits" in first
    assert escape(result.paths[1].blocked_by[0].opens) in first


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_the_data_acts_as_markdown_or_html(text: str) -> None:
    harmless = to_markdown(cast(Assessment, poisoned(made(name="Ada"), "xx")), DAY)
    report = to_markdown(cast(Assessment, poisoned(made(name="Ada"), text)), DAY)
    assert shape(report) == shape(harmless)
    assert "\x1b" not in report


@given(st.text())
def test_escaped_text_reads_as_it_was_written(text: str) -> None:
    wanted = " ".join(clean(text).split())
    found = [
        token for token in parsed(escape(text)) if token.type not in ("paragraph_open", "paragraph_close", "inline")
    ]
    assert "".join(token.content for token in found) == wanted
    assert {token.type for token in found} <= {"text"}


@given(st.text(alphabet="\\`*_{}[]()#+-.!|~&<>=:;/@$^%'\"a1 \n\t", max_size=30))
def test_punctuation_never_acts_wherever_it_stands(text: str) -> None:
    framed = f"- {escape(text)}\n\n| a {escape(text)} | b |\n| --- | --- |\n| {escape(text)} | c |\n\n# {escape(text)}"
    plain = "- x\n\n| a x | b |\n| --- | --- |\n| x | c |\n\n# x"
    assert [one for one in shape(framed) if one[0] != "paragraph_open"] == [
        one for one in shape(plain) if one[0] != "paragraph_open" and (text.strip() or one[0] != "paragraph_close")
    ]


def test_ordinary_prose_is_left_as_it_is() -> None:
    prose = 'You want to lead research (about five years), by Gleave\'s reckoning; +4 points, "most" leads hold one.'
    assert escape(prose) == prose
