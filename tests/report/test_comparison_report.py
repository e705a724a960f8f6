"""A comparison as it is read: what comes first, how it fits, and that nothing in the data acts."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import cast

import pytest
from markdown_it import MarkdownIt
from msgspec import structs
from rich.cells import cell_len
from rich.console import Console

from pathfinder.answers.sheet import AnswerSheet, OptionInHand
from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.comparison.comparing import compare, compare_options
from pathfinder.assessment.results.comparison import Comparison
from pathfinder.report.blocks import Block, Heading, Items, Line, Paragraph, Table
from pathfinder.report.comparison import comparison_as_json, comparison_blocks
from pathfinder.report.comparison_summary import because, headline, verdict_lines
from pathfinder.report.comparison_words import LONGEST_LABEL, labels
from pathfinder.report.markdown import blocks_as_markdown
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import load_built_in
from pathfinder.terminal.block_view import show_blocks

Answers = Mapping[str, object]

LEAD: Answers = {
    "goal_role": "research_lead",
    "timeline_years": {"min": 10, "max": 15},
    "phd_option": "offer",
    "phd_supervisor_research": 5,
    "phd_supervisor_mentoring": 4,
    "coding": "solid",
    "tried_research": "weeks",
    "research_reaction": "enjoyed",
    "job_option": "offer",
    "job_kind": "safety_nonprofit",
    "job_own_ideas": 2,
}
SOON: Answers = {**LEAD, "timeline_years": {"min": 3, "max": 5}, "mental_health_risk": "high"}
NO_CODE: Answers = {**LEAD, "coding": "none"}
OPERATIONS: Answers = {**LEAD, "goal_role": "operations"}
PAIRS: dict[str, tuple[Answers, Answers]] = {
    "the same": (LEAD, LEAD),
    "another winner": (LEAD, SOON),
    "blocked": (LEAD, NO_CODE),
    "open again": (NO_CODE, LEAD),
    "outside": (LEAD, OPERATIONS),
    "no longer outside": (OPERATIONS, LEAD),
    "surer": ({"goal_role": "research_lead"}, LEAD),
    "nothing known": ({}, {"coding": "unknown"}),
}
HOSTILE = (
    "[red]x[/red]",
    "**b** <script>",
    "| a | b |",
    "\x1b[31mred\x1b[0m",
    "one\n# two\n- three",
    "https://example.org",
    "漢字",
)


@lru_cache
def built_in() -> RuleBase:
    return load_built_in()


def read(answers: Answers, name: str = "") -> AnswerSheet:
    sheet, problems = validate_sheet({"name": name, "answers": dict(answers)}, built_in().questions)
    assert not problems
    return sheet


@lru_cache
def made(which: str, names: tuple[str, str] = ("", "")) -> Comparison:
    before, after = (read(answers, name) for answers, name in zip(PAIRS[which], names, strict=True))
    called = names if all(names) else ("march.yaml", "september.yaml")
    return compare(Assessor(built_in()), before, after, called)


@lru_cache
def options() -> Comparison:
    phd = {"phd_option": "offer", "phd_supervisor_research": 5, "phd_supervisor_mentoring": 4}
    job = {"job_option": "offer", "job_kind": "industry_lab", "job_team": 4, "job_own_ideas": 1}
    person = read({"goal_role": "research_lead", "timeline_years": 12, "coding": "solid"})
    here = OptionInHand("Leeds", "phd", read(phd).answers)
    there = OptionInHand("Acme", "research_contributor", read(job).answers)
    return compare_options(Assessor(built_in()), person, here, there)


def drawn(found: Comparison, width: int = 80, color: bool = False) -> str:
    target = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    show_blocks(target, comparison_blocks(found, full=False))
    return cast(io.StringIO, target.file).getvalue()


def texts(blocks: Iterable[Block]) -> Iterable[str]:
    """Every stretch of text in some blocks."""
    for block in blocks:
        match block:
            case Heading(_, text):
                yield text
            case Paragraph(line):
                yield _text(line)
            case Items(items):
                yield from (_text(one) for item in items for one in (item.line, *item.details))
            case Table(columns, rows):
                yield from (cell for row in (columns, *rows) for cell in row)


def _text(line: Line) -> str:
    return "".join(span.text for span in line)


class TestWhatComesFirst:
    def test_another_winner_with_the_answer_that_leads_to_it(self) -> None:
        found = made("another winner")
        lines = " ".join(drawn(found).split("The paths\n")[0].split())
        assert lines.startswith("The verdict changed: from PhD to Research contributor")
        assert "Before (march.yaml): PhD comes out ahead" in lines
        assert "Now (september.yaml): Research contributor comes out ahead" in lines
        assert (
            "One answer leads to it by itself: 'Years to transformative AI' ('10 to 15 years' before, '3 to 5 years'"
            in lines
        )

    def test_nothing_changed_is_said_plainly_and_nothing_else(self) -> None:
        found = made("the same")
        text = drawn(found)
        assert text.startswith("Nothing changed: the answers are the same, and so is the verdict, PhD")
        assert verdict_lines(found) == (("Both", found.after.summary),)
        assert "Arguments" not in text
        assert "The paths" not in text

    def test_a_gate_comes_with_its_reason(self) -> None:
        found = made("blocked")
        assert headline(found) == "The verdict changed: from PhD to none of the paths"
        assert because(found)[0].startswith("PhD is blocked now. You do not program yet")
        assert "'Programming' ('Solid' before, 'None, or next to none' now)" in because(found)[1]
        text = " ".join(drawn(found).split())
        assert "PhD, Research contributor and Independent research are blocked now." in text
        assert "Points did not decide the result." in text

    def test_a_gate_that_opened_is_told_as_gone(self) -> None:
        assert because(made("open again"))[0].startswith("What blocked PhD before is gone. It was this: You do not")

    def test_a_role_outside_decides(self) -> None:
        found = made("outside")
        assert headline(found) == "The verdict changed: from PhD to outside the paths (Operations)"
        assert because(found)[0] == "Operations, outside the paths, now decides, whatever the points."
        back = made("no longer outside")
        assert because(back)[0] == "Operations, outside the paths, no longer decides."

    def test_no_text_points_at_what_only_a_whole_report_holds(self) -> None:
        for which in PAIRS:
            assert not any("below" in text for _, text in verdict_lines(made(which)))

    def test_two_people_are_told_apart_by_name_everywhere(self) -> None:
        found = made("blocked", ("Ada", "Ben"))
        assert headline(found) == "The verdict differs: PhD for Ada, none of the paths for Ben"
        assert because(found)[0].startswith("PhD is blocked only for Ben.")
        whole = " ".join(texts(comparison_blocks(found)))
        assert not re.search(r"\bbefore\b|\bnow\b", whole.replace("before you commit", "")), whole

    def test_two_places_in_hand_say_which_is_ahead(self) -> None:
        found = options()
        assert found.options is not None
        one, other = found.options.before, found.options.after
        lead = one.score - other.score
        assert headline(found) == f"'Leeds' is ahead of 'Acme' by {lead:g} points"
        table = next(block for block in comparison_blocks(found) if isinstance(block, Table))
        assert table.columns == ("", "Leeds", "Acme")
        assert table.rows[0] == ("Path", "PhD", "Research contributor")
        for column, option in ((1, one), (2, other)):
            shown = [row[column] for row in table.rows[3:]]
            assert sum(float(cell) for cell in shown) == option.score == float(table.rows[1][column])


class TestWhatItHolds:
    @pytest.mark.parametrize("which", [which for which in PAIRS if which != "the same"])
    def test_every_difference_is_told(self, which: str) -> None:
        found = made(which)
        whole = list(texts(comparison_blocks(found)))
        for argument in found.arguments:
            assert any(f"(argument {argument.rule})" in text for text in whole)
            for text in (argument.before_text, argument.after_text):
                assert any(text in one for one in whole)
        for answer in found.answers:
            assert any(text.startswith(f"{answer.title}: ") for text in whole)
        for path in found.paths:
            assert any(text == path.title for text in whole)

    @pytest.mark.parametrize("which", PAIRS)
    def test_the_points_that_are_told_add_up(self, which: str) -> None:
        found = made(which)
        blocks = comparison_blocks(found)
        heading = next((place for place, one in enumerate(blocks) if one == Heading(2, "What moved the lead")), None)
        if heading is None or not isinstance(blocks[heading + 2], Items):
            assert found.lead.before == found.lead.after
            return
        items = cast(Items, blocks[heading + 2])
        told = [float(item.line[0].text) for item in items.items]
        assert sum(told) == pytest.approx(found.lead.after - found.lead.before, abs=0.05 * len(told))

    def test_what_became_known_is_told_so(self) -> None:
        whole = " ".join(texts(comparison_blocks(made("surer"))))
        assert "(now known): Would time be left to use the training?" in whole
        assert "Before: open answers left it undecided." in whole

    def test_private_answers_are_marked_and_their_values_stand_in_the_list_alone(self) -> None:
        blocks = comparison_blocks(made("another winner"))
        answers = next(place for place, one in enumerate(blocks) if one == Heading(2, "Answers that differ"))
        arguments = next(
            place for place, one in enumerate(blocks) if one == Heading(2, "Arguments that count differently")
        )
        first = " ".join(texts(blocks[:arguments]))
        assert "'Strain on mental health' (private)" in first
        assert "High" not in first
        last = " ".join(texts(blocks[answers:]))
        assert "take out what is private" in last
        assert re.search(r"Strain on mental health: not answered before, 'High.*' now \(now known, private\)", last)

    def test_all_sources_are_named_in_full_and_the_first_in_short(self) -> None:
        found = made("another winner")
        full, short = (" ".join(texts(comparison_blocks(found, full))) for full in (True, False))
        for argument in found.arguments:
            assert all(claim.title in full for claim in argument.claims)
        assert len(short) < len(full)
        assert " more" in short

    def test_it_says_what_made_it_and_what_was_set_aside(self) -> None:
        sheet = read({**LEAD, "phd_option": "none"})
        found = compare(Assessor(built_in()), read(LEAD), sheet, ("a.yaml", "b.yaml"))
        last = drawn(found).split("How this was made")[1]
        assert built_in().hash in last
        assert "- b.yaml: Your answer on 'Supervisor as a researcher'" in last


class TestHowItFits:
    @pytest.mark.parametrize("which", PAIRS)
    @pytest.mark.parametrize("width", [40, 80, 120])
    def test_no_line_is_wider_than_the_terminal(self, which: str, width: int) -> None:
        for found in (made(which), made(which, ("Ada", "Ben"))):
            assert max(cell_len(line) for line in drawn(found, width).splitlines()) <= width

    def test_eighty_columns_hold_a_table_even_with_long_names(self) -> None:
        found = made("blocked", ("A" * LONGEST_LABEL, "B" * LONGEST_LABEL))
        assert re.search(r"^Path +A+  B+  Difference$", drawn(found), re.MULTILINE)

    def test_forty_columns_tell_the_table_in_lines(self) -> None:
        assert re.search(r"^PhD: march.yaml \+\d+ \(1st\),", drawn(made("blocked"), 40), re.MULTILINE)

    @pytest.mark.parametrize("which", PAIRS)
    def test_colour_adds_nothing_to_what_is_said(self, which: str) -> None:
        plain = drawn(made(which))
        assert "\x1b" not in plain
        assert re.sub(r"\x1b\[[0-9;]*m", "", drawn(made(which), color=True)) == plain


class TestHostileNames:
    def named(self, text: str) -> Comparison:
        called = labels((f"{text}.yaml", f"other {text}.yaml"), ("", ""))
        return compare(Assessor(built_in()), read(LEAD, text), read(NO_CODE, f"other {text}"), called)

    @pytest.mark.parametrize("text", HOSTILE)
    def test_they_do_not_act_in_a_terminal(self, text: str) -> None:
        shown = drawn(self.named(text))
        assert "\x1b" not in shown
        assert "\n# two" not in shown

    @pytest.mark.parametrize("text", HOSTILE)
    def test_they_do_not_act_in_markdown(self, text: str) -> None:
        def shape(found: Comparison) -> list[tuple[str, str]]:
            parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
            tokens = parser.parse(blocks_as_markdown(comparison_blocks(found)))
            inner = [one for token in tokens for one in (token, *(token.children or ()))]
            return [(one.type, one.tag) for one in inner if one.type not in ("text", "inline", "text_special")]

        assert shape(self.named(text)) == shape(self.named("xx"))


class TestJson:
    @pytest.mark.parametrize("which", PAIRS)
    def test_it_holds_the_whole_comparison_under_its_kind_and_version(self, which: str) -> None:
        found = made(which)
        form = json.loads(comparison_as_json(found))
        assert list(form)[:2] == ["schema_version", "kind"]
        assert (form["schema_version"], form["kind"]) == (1, "comparison")
        fields = [field.name for field in structs.fields(found)]
        assert list(form)[2:] == fields
        assert [one["rule"] for one in form["arguments"]] == [one.rule for one in found.arguments]
        assert form["options"] is None

    def test_the_lead_adds_up_as_written(self) -> None:
        lead = json.loads(comparison_as_json(made("another winner")))["lead"]
        moved = sum(move["points"] for move in lead["moves"]) + sum(joint["points"] for joint in lead["together"])
        assert round(lead["before"] + moved, 6) == lead["after"]

    def test_a_private_answer_is_marked(self) -> None:
        answers = json.loads(comparison_as_json(made("another winner")))["answers"]
        assert {one["question"]: one["sensitive"] for one in answers} == {
            "timeline_years": False,
            "mental_health_risk": True,
        }


class TestLabels:
    def test_names_come_first_where_both_are_given_and_differ(self) -> None:
        assert labels(("a.yaml", "b.yaml"), ("Ada", "Ben")) == ("Ada", "Ben")
        assert labels(("a.yaml", "b.yaml"), ("Ada", "Ada")) == ("a.yaml", "b.yaml")
        assert labels(("a.yaml", "b.yaml"), ("Ada", "")) == ("a.yaml", "b.yaml")

    def test_else_the_files_by_as_much_of_their_name_as_tells_them_apart(self) -> None:
        assert labels(("x/a.yaml", "y/b.yaml"), ("", "")) == ("a.yaml", "b.yaml")
        assert labels(("x/a.yaml", "y/a.yaml"), ("", "")) == ("x/a.yaml", "y/a.yaml")
        assert labels(("-", "a.yaml"), ("", "")) == ("standard input", "a.yaml")
        assert labels(("a.yaml", "a.yaml"), ("", "")) == ("the first", "the second")

    def test_they_are_clean_and_short(self) -> None:
        for label in labels(("\x1b[31m" + "a" * 99, "b" * 99), ("", "")):
            assert len(label) <= LONGEST_LABEL
            assert label.isprintable()
