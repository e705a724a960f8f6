"""Options in hand in the report and on the screen: said once at the top, told in full below, and never acting."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Literal, cast

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console

from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.results.assessment import Assessment, PathResult
from pathfinder.assessment.results.options import OptionResult, StandingItem
from pathfinder.errors import InputError
from pathfinder.report.json_form import from_json, to_json
from pathfinder.report.markdown import escape, to_markdown
from pathfinder.report.option_blocks import MOST_SHOWN
from pathfinder.report.standings import options_in_a_sentence, standings_table
from pathfinder.report.words import signed
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import load_built_in
from pathfinder.terminal.result_screen import show_result

DAY = date(2025, 3, 1)
PERSON: Mapping[str, object] = {
    "goal_role": "research_lead",
    "timeline_years": {"min": 8, "max": 20},
    "coding": "strong",
    "tried_research": "months",
    "research_reaction": "enjoyed",
    "phd_option": "offer",
    "phd_supervisor_research": 3,
    "job_option": "offer",
    "job_team": 3,
    "job_own_ideas": 2,
}
OPTIONS: Sequence[tuple[str, str, Mapping[str, object]]] = (
    ("PhD at North", "phd", {"phd_supervisor_research": 5, "phd_supervisor_mentoring": 4, "phd_supervisor_safety": 4}),
    ("PhD at South", "phd", {"phd_supervisor_mentoring": "unknown", "phd_supervisor_safety": 2}),
    ("Lab job", "research_contributor", {"job_team": 5, "job_mentoring": 4, "mental_health_risk": "high"}),
)
NAMES = ["PhD at North", "PhD at South", "Lab job"]
HOSTILE = (
    "[red]x[/red]",
    "[/x] :smile:",
    "<script>alert(1)</script>",
    "**b** _i_ ~~s~~ `c`",
    "| a | b |",
    "\x1b[31mred\x1b[0m",
    "one\n# two\n\n- three",
    "- item",
    "1. item",
    "[a](https://example.org) www.example.org",
    "![a](b.png)<!-- x",
    "&lt;b&gt; \u202eabc",
    "ends with a backslash \\",
)


@lru_cache
def assessor() -> Assessor:
    return Assessor(load_built_in())


def made(
    options: Sequence[tuple[str, str, Mapping[str, object]]] = OPTIONS, person: Mapping[str, object] = PERSON
) -> Assessment:
    base: RuleBase = assessor().base
    listed = [{"name": name, "path": path, "answers": answers} for name, path, answers in options]
    sheet, problems = validate_sheet({"answers": person, "options": listed}, base.questions, base.path)
    assert not problems
    return assessor().assess(sheet)


def drawn(result: Assessment, width: int = 80, full: bool = False) -> str:
    target = Console(file=io.StringIO(), width=width, color_system=None, markup=False, highlight=False, emoji=False)
    show_result(target, result, full=full)
    return cast(io.StringIO, target.file).getvalue()


def section(report: str) -> str:
    return report.split("\n## Your options\n")[1].split("\n## ")[0]


class TestTheSentence:
    """One sentence says where the best option stands."""

    def test_an_option_that_comes_first_is_ahead_of_what_follows(self) -> None:
        assert ranked(("A", 14), ("B", 9), ("phd", 8)) == (
            "Of your two options, 'A' comes first with 14 points, ahead of 'B' (9)."
        )
        assert ranked(("A", 14), ("phd", 8)) == (
            "Your option 'A' comes first with 14 points, ahead of the typical PhD path as your answers describe it (8)."
        )
        assert ranked(("A", 1), ("governance", -3)) == (
            "Your option 'A' comes first with 1 point, ahead of Governance (-3)."
        )

    def test_less_than_a_clear_lead_is_called_close_and_none_level(self) -> None:
        assert ranked(("A", 14), ("B", 13)).endswith("comes first with 14 points, close to 'B' (13).")
        assert ranked(("A", 14), ("B", 12)).endswith("comes first with 14 points, ahead of 'B' (12).")
        assert ranked(("A", 14), ("governance", 14)).endswith("with 14 points, level with Governance (14).")

    def test_a_path_that_outranks_every_option_is_named(self) -> None:
        typical = "The typical PhD path as your answers describe it (14)"
        assert ranked(("phd", 14), ("A", 9)) == f"{typical} outranks your option 'A', which has 9 points."
        assert ranked(("phd", 14), ("A", 9), ("B", 8)) == (
            f"{typical} outranks both of your options: the best, 'A', has 9 points."
        )
        assert ranked(("governance", 14), ("A", 13), ("B", 8), ("C", 7)) == (
            "Governance (14) outranks all three of your options: the best, 'A', has 13 points, which is close."
        )
        assert ranked(("phd", 14), ("governance", 13.5), ("A", 13)).endswith("which has 13 points.")

    def test_blocked_options_are_not_said_to_come_first(self) -> None:
        one = ranked(("governance", 3), ("A", 14, "blocked"))
        assert one == "Your option 'A' is blocked; below is what would open it."
        two = ranked(("governance", 3), ("A", 14, "blocked"), ("B", 1, "blocked"))
        assert two == "Each of your two options is blocked; below is what would open them."
        left = ranked(("A", 3), ("phd", 14, "blocked"))
        assert left == "Your option 'A' comes first with 3 points, and all else is blocked."

    def test_without_options_nothing_is_said(self) -> None:
        assert options_in_a_sentence(made(())) == ""


def ranked(*items: tuple[Any, ...]) -> str:
    """The sentence on a common ranking of options (capital letters, on the path phd) and paths, best first."""
    standings = []
    for place, (key, score, *status) in enumerate(items):
        following = [*items, (None, -1000)][place + 1]
        close = score - following[1] < 2 and following[2:] != ("blocked",)
        kind: Literal["option", "path"] = "option" if key.isupper() else "path"
        standings.append(StandingItem(kind, key, score, status[0] if status else "open", close))
    options = tuple(
        OptionResult(one.id, "phd", "PhD", 0, one.score, 0, 0, one.status, {}, (), (), (), (), (), ())
        for one in standings
        if one.kind == "option"
    )
    return options_in_a_sentence(replace(made(()), options=options, standings=tuple(standings)))


class TestTheReport:
    def test_the_options_stand_right_after_the_paths_side_by_side(self) -> None:
        headings = [line for line in to_markdown(made(), DAY).splitlines() if line.startswith("## ")]
        at = headings.index("## Your options")
        assert headings[at - 1 : at + 2] == [
            "## The four paths side by side",
            "## Your options",
            "## Where the points come from",
        ]

    def test_without_options_there_is_no_word_of_them(self) -> None:
        report = to_markdown(made(()), DAY)
        assert "Your options" not in report
        assert "option '" not in drawn(made(()))

    def test_the_first_page_says_it_in_one_sentence(self) -> None:
        first = to_markdown(made(), DAY).split("## The four paths")[0]
        assert first.count("options") == 1
        assert "Of your three options, 'PhD at North' comes first with" in first

    def test_the_table_ranks_options_and_paths_together(self) -> None:
        result = made()
        rows = standings_table(result).rows
        assert [row[0] for row in rows] == [
            f"{place} {item.id if item.kind == 'option' else label(result, item.id)}"
            for place, item in enumerate(result.standings, start=1)
        ]
        assert [row[1] for row in rows] == [signed(item.score) for item in result.standings]
        assert [row[-1] for row in rows] == ["open"] * 7
        assert rows[-1][-2] == ""
        assert "typical" in section(to_markdown(result, DAY))

    def test_a_lead_below_the_margin_is_called_close(self) -> None:
        result = made([("Same", "phd", {})])
        rows = {row[0][2:]: row for row in standings_table(result).rows}
        assert rows["Same"][-2] == "0, close"
        assert "close" not in rows["PhD (typical)"][-2]

    def test_each_option_tells_how_it_differs_why_and_what_to_ask(self) -> None:
        result = made()
        told = section(to_markdown(result, DAY))
        assert [line.split(":")[0] for line in told.splitlines() if line.startswith("### ")] == [
            f"### {option.name}" for option in sorted(result.options, key=lambda one: one.rank)
        ]
        for option in result.options:
            mine = told.split(f"### {option.name}:")[1].split("\n### ")[0]
            for one in option.differs:
                assert escape(f"{one.answer}. Yours: {one.instead_of}.") in mine
            for sign in (1, -1):
                strongest = [reason for reason in option.reasons if reason.points * sign > 0][:2]
                assert all(escape(reason.text) in mine for reason in strongest)
            asked = [item for item in option.open if item.about == "place"]
            assert [line for line in mine.splitlines() if line.startswith("- [")] == [
                f"- [ ] **{escape(item.ask)}**" for item in asked
            ]
            assert all(escape(item.look_for) in mine for item in asked)
        assert "- [x]" not in told

    def test_a_private_answer_is_marked(self) -> None:
        told = section(to_markdown(made(), DAY))
        (line,) = [line for line in told.splitlines() if "Strain on mental health" in line and "Yours" in line]
        assert line.endswith("(private)")

    def test_what_sets_an_option_apart_adds_up_to_the_difference_of_the_scores(self) -> None:
        result = made()
        for option in result.options:
            path = result.path(option.path)
            points = {one.rule: one.points for one in option.reasons}
            before = {one.rule: one.points for one in path.reasons}
            changed = {key for key in {*points, *before} if points.get(key, 0) != before.get(key, 0)}
            gained = sum(points.get(key, 0) - before.get(key, 0) for key in changed)
            assert gained == pytest.approx(option.score - path.score, abs=1e-5)
            mine = section(to_markdown(result, DAY)).split(f"### {option.name}:")[1].split("\n### ")[0]
            assert mine.count(" instead of ") == len(changed)

    def test_an_argument_that_falls_away_is_told(self) -> None:
        result = made([("Nothing new", "phd", {"goal_role": "unknown"})])
        told = section(to_markdown(result, DAY))
        assert "**0 instead of +4:** This does not count for it:" in told

    def test_a_blocked_option_says_what_would_open_it(self) -> None:
        result = made([("Second PhD", "phd", {"phd_option": "completed"}), OPTIONS[2]])
        told = section(to_markdown(result, DAY))
        option = result.option("Second PhD")
        assert f"### Second PhD: rank 6 of 6, {signed(option.score)} points, blocked" in told
        assert escape(option.blocked_by[0].opens) in told
        assert "Blocked: " in drawn(result)

    def test_passages_are_shown_once(self) -> None:
        result = made()
        report = to_markdown(result, DAY)
        reason = next(one for one in result.option("PhD at North").reasons if one.rule == "phd-strong-supervisor")
        assert report.count(escape(reason.claims[1].claim)) == 1

    def test_an_option_without_answers_is_said_to_be_what_was_answered(self) -> None:
        assert "All that counts for it is what you answered yourself." in section(
            to_markdown(made([("A", "phd", {})]), DAY)
        )


def label(result: Assessment, path: str) -> str:
    typical = " (typical)" if any(option.path == path for option in result.options) else ""
    return result.path(path).title + typical


class TestTheScreen:
    def test_the_first_screen_says_one_sentence_and_counts_them(self) -> None:
        first = drawn(made()).split("\nYour options\n")[0]
        assert len(first.splitlines()) <= 33
        words = " ".join(first.split())
        assert words.count(options_in_a_sentence(made())) == 1
        assert "Below: 3 options, " in words

    def test_the_short_form_tells_each_option_with_what_to_ask(self) -> None:
        result = made()
        told = " ".join(drawn(result).split("\nYour options\n")[1].split("Where the points come from")[0].split())
        for option in result.options:
            assert f"{option.name}, {signed(option.score)} points (path: {option.title})" in told
            asked = [item.ask for item in option.open if item.about == "place"]
            assert all(f"[ ] {ask}" in told for ask in asked[:3])
        assert "Not known yet, and to be asked there" in told

    def test_many_options_are_all_ranked_and_only_the_best_told_in_short(self) -> None:
        result = made([(f"Offer {number}", "phd", {}) for number in range(MOST_SHOWN + 2)])
        short, full = drawn(result), drawn(result, full=True)
        assert short.count("(path: PhD)") == MOST_SHOWN
        assert "The full report tells of 2 more options." in short
        assert all(f"Offer {number}: rank" in full for number in range(MOST_SHOWN + 2))

    @pytest.mark.parametrize("width", [20, 40, 80, 120])
    @pytest.mark.parametrize("full", [False, True])
    def test_no_line_is_wider_than_the_terminal(self, width: int, full: bool) -> None:
        long = made([("A name as long as the longest that can be given to an option", "phd", {}), *OPTIONS])
        assert max(cell_len(line) for line in drawn(long, width, full).splitlines()) <= width


@pytest.mark.parametrize("text", HOSTILE)
class TestAHostileName:
    def hostile(self, text: str) -> Assessment:
        return made([(f"{text} {name}", path, answers) for name, path, answers in OPTIONS])

    def test_it_does_not_act_as_markdown_or_html(self, text: str) -> None:
        harmless = to_markdown(made([(f"xx {name}", path, answers) for name, path, answers in OPTIONS]), DAY)
        report = to_markdown(self.hostile(text), DAY)
        assert shape(report) == shape(harmless)
        assert not {"\x1b", "\u202e"} & set(report)

    def test_it_does_not_act_where_a_saved_assessment_was_tampered_with(self, text: str) -> None:
        result = made()
        poisoned = replace(
            result,
            options=tuple(replace(one, name=f"{text} {one.name}") for one in result.options),
            standings=tuple(
                replace(one, id=f"{text} {one.id}") if one.kind == "option" else one for one in result.standings
            ),
        )
        assert shape(to_markdown(poisoned, DAY)) == shape(to_markdown(result, DAY))
        for full in (False, True):
            assert not {"\x1b", "\u202e", "\r"} & set(drawn(poisoned, full=full))

    def test_it_does_not_act_on_the_terminal(self, text: str) -> None:
        result = self.hostile(text)
        for full in (False, True):
            shown = drawn(result, full=full)
            assert not {"\x1b", "\u202e", "\r"} & set(shown)
            assert " ".join(result.options[0].name.split())[:20] in " ".join(shown.split())


def shape(text: str) -> list[tuple[str, str]]:
    """What acts in a text: every element except the text itself."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    inside = [inner for token in tokens for inner in (token, *(token.children or ()))]
    return [(token.type, token.tag) for token in inside if token.type not in ("text", "inline", "text_special")]


class TestJson:
    def test_options_are_read_back_as_they_were(self) -> None:
        result = made()
        text = to_json(result)
        assert from_json(text) == result
        assert to_json(from_json(text)) == text
        assert to_markdown(from_json(text), DAY) == to_markdown(result, DAY)

    def test_the_keys_of_an_option_are_there(self) -> None:
        found = json.loads(to_json(made()))
        assert found["schema_version"] == 1
        keys = {"name", "path", "title", "rank", "score", "low", "high", "status", "blocked_by", "criteria", "reasons"}
        assert set(found["options"][0]) == keys | {"cautions", "checklist", "differs", "open", "left_out"}
        assert set(found["standings"][0]) == {"kind", "id", "score", "status", "close"}
        assert [option["name"] for option in found["options"]] == NAMES

    def test_an_assessment_of_an_earlier_version_has_none(self) -> None:
        found = json.loads(to_json(made(())))
        del found["options"], found["standings"]
        assert from_json(json.dumps(found)) == made(())

    @pytest.mark.parametrize(
        ("place", "change", "key"),
        [
            (("options", 0, "path"), "astronaut", "options.0.path"),
            (("options", 0, "name"), "Nowhere", "standings"),
            (("standings", 0, "id"), "Nowhere", "standings"),
            (("standings",), [], "standings"),
            (("options",), [], "standings"),
            (("options", 0, "score"), "many", "options.0.score"),
        ],
    )
    def test_what_does_not_fit_together_is_refused_by_its_place(
        self, place: tuple[str | int, ...], change: object, key: str
    ) -> None:
        found = json.loads(to_json(made()))
        inside = found
        for step in place[:-1]:
            inside = inside[step]
        inside[place[-1]] = change
        with pytest.raises(InputError) as refused:
            from_json(json.dumps(found))
        assert key in [problem.key for problem in refused.value.problems]


def test_a_path_in_the_table_is_the_path_itself() -> None:
    result = made()
    paths: list[PathResult] = [result.path(item.id) for item in result.standings if item.kind == "path"]
    assert sorted(path.rank for path in paths) == [1, 2, 3, 4]
    assert [path.rank for path in paths] == [1, 2, 3, 4], "among themselves they stand as they do without options"
