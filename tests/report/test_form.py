"""The questionnaire as a form, as a table's header and as the key to such a table."""

from __future__ import annotations

import csv
import io
import re

import pytest
from markdown_it import MarkdownIt
from msgspec import structs

from pathfinder.report.conditions import condition_in_words, numbered
from pathfinder.report.form import WIDTH, answers_form
from pathfinder.report.questionnaire import answers_template, questions_as_text
from pathfinder.report.spreadsheet import answers_header, questions_table
from pathfinder.report.words import listed
from pathfinder.rulebase.condition_parsing import parse_condition
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.offers import offers_by_path
from pathfinder.rulebase.questions import Section
from running import Run
from samples import QUESTIONS, question

HOSTILE = "<b>bold</b> | [a](http://x.example) *i* `c`\n# two\n- three"


@pytest.fixture(scope="module")
def small(base: RuleBase) -> RuleBase:
    """One question of every kind; `role` is asked of those who have a skill."""
    asked_if = parse_condition({"skill": {"gte": "solid"}}, QUESTIONS)
    section = Section(id="all", title="All", intro="Everything.", questions=tuple(QUESTIONS.values()))
    return base.with_parts(sections=(section,), relevance={"role": asked_if}, given={})


def shown(markdown: str) -> str:
    """What a reader of the rendered form sees, its blanks folded."""
    html = MarkdownIt("commonmark", {"html": False}).render(markdown)
    text = re.sub(r"<[^>]+>", " ", html)
    for entity, character in (("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return " ".join(text.split())


class TestForm:
    def test_every_question_stands_in_it_with_prompt_help_and_values(self, base: RuleBase) -> None:
        text = shown(answers_form(base))
        for number, one in enumerate(base.questions.values(), start=1):
            assert f"{number}. {one.title}" in text
            assert " ".join(one.prompt.split()) in text
            assert " ".join(one.help.split()) in text
            assert all(label in text for label in one.values.values()), one.id

    def test_each_has_room_for_an_answer_and_a_box_for_not_sure(self, base: RuleBase) -> None:
        form = answers_form(base)
        assert form.count("- [ ] Not sure\n") == len(base.questions)
        questions = form.partition("## Places you can choose between")[0]
        assert len(re.findall(r"\.{24}$", questions, re.MULTILINE)) == len(base.questions) + 1

    def test_when_a_question_applies_is_told_by_number_title_and_label(self, small: RuleBase) -> None:
        place = list(QUESTIONS).index("skill") + 1
        assert f"Only if question {place} (Skill) is 'Solid', 'Strong' or 'Expert'.\n" in answers_form(small)

    def test_a_label_is_cut_at_its_colon_only_where_that_still_tells_it_apart(self, base: RuleBase) -> None:
        values = {"good": "Good: very", "fair": "Good: hardly", "bad": "Bad: not at all"}
        one = question("q", "choice", {"weights": dict.fromkeys(values, 1)}, values=values)
        made = base.with_parts(sections=(Section(id="s", title="S", questions=(one,)),))
        words = [
            condition_in_words(parse_condition({"q": key}, {"q": one}), made, numbered({"q": 1})) for key in values
        ]
        assert [text.partition(" is ")[2] for text in words] == ["'Good: very'", "'Good: hardly'", "'Bad'"]

    def test_a_private_question_says_that_it_can_be_left_out(self, small: RuleBase) -> None:
        parts = answers_form(small).split("\n### ")
        private = [part.partition("\n")[0] for part in parts if "Private: you can leave this out." in part]
        assert [title.partition(". ")[2] for title in private] == ["Health"]

    def test_what_can_wait_says_so(self, base: RuleBase) -> None:
        form = answers_form(base)
        further = [one for one in base.questions.values() if one.depth == "further"]
        assert form.count(" (can wait)\n") == len(further)

    def test_whoever_types_it_in_finds_every_id_at_the_end(self, base: RuleBase) -> None:
        key = answers_form(base).partition("## For whoever types this in")[2]
        for one in base.questions.values():
            names = [one.id, *(one.values if one.kind in ("choice", "multi") else ())]
            assert all(f"`{name}`" in key for name in names)

    def test_it_has_room_for_places_to_choose_between_and_says_what_describes_one(self, base: RuleBase) -> None:
        numbers = {key: place for place, key in enumerate(base.questions, start=1)}
        text = shown(answers_form(base).partition("## Places you can choose between")[2].partition("\n## ")[0])
        for path, keys in offers_by_path(base).items():
            told = [str(numbers[key]) for key in keys]
            assert f"{base.path[path].title}: {listed(told)}" in text
        assert text.count("." * 24) == 3

    def test_a_base_without_such_questions_has_none(self, small: RuleBase) -> None:
        assert "Places you can choose between" not in answers_form(small)

    def test_as_plain_text_it_is_narrow_and_free_of_escapes(self, base: RuleBase) -> None:
        form = answers_form(base)
        assert max(map(len, form.splitlines())) <= WIDTH
        assert "\\" not in form

    def test_nothing_in_a_rule_base_acts_as_markdown_or_html(self, small: RuleBase) -> None:
        values = {"a": HOSTILE, "b": "- [x] ticked"}
        odd = question("odd", "choice", {"weights": {"a": 1, "b": 1}}, values=values, prompt=HOSTILE, help=HOSTILE)
        odd = structs.replace(odd, title=HOSTILE[:32])
        section = Section(id="s", title=HOSTILE, intro=HOSTILE, questions=(odd,))
        tokens = MarkdownIt("commonmark").parse(answers_form(small.with_parts(sections=(section,), relevance={})))
        inside = [one.type for token in tokens for one in token.children or ()]
        assert not {"html_inline", "link_open", "em_open"} & set(inside)
        assert not any(token.type == "html_block" for token in tokens)
        assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2", "h3", "h2"]


class TestTable:
    def test_the_header_names_id_name_and_every_question(self, run: Run, base: RuleBase) -> None:
        outcome = run("template", "--format", "csv")
        assert (outcome.code, outcome.err) == (0, "")
        assert list(csv.reader(io.StringIO(outcome.out))) == [["id", "name", *base.questions]]

    def test_the_key_has_a_line_for_every_column_with_its_values(self, run: Run, base: RuleBase) -> None:
        rows = list(csv.DictReader(io.StringIO(run("questions", "--format", "csv").out)))
        columns = next(csv.reader(io.StringIO(answers_header(base))))
        assert [row["column"] for row in rows] == columns[2:]
        by_column = {row["column"]: row for row in rows}
        assert all(f"{value} = " in by_column["coding"]["values"] for value in base.questions["coding"].values)
        assert by_column["coding_interview"]["only if"] == "coding is solid, strong or expert"
        how = next(head for head in rows[0] if head.startswith("how to answer"))
        assert (
            by_column["timeline_years"][how]
            == "a number from 0 to 100, years; a range as 5 to 15, or 5 to 15, likely 8"
        )
        assert by_column["enjoys"][how] == "all that fit, as a|b; none for none of them"
        assert by_column["coding"][how] == "one value, in this order; several possible as a|b"
        assert [row["column"] for row in rows if row["private"]] == ["mental_health_risk"]

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r\n@"], ids=repr)
    def test_no_cell_becomes_a_formula(self, small: RuleBase, start: str) -> None:
        odd = question("odd", "choice", {"weights": {"a": 1, "b": 1}}, values={"a": "A", "b": "B"})
        odd = structs.replace(odd, prompt=f"{start}1+1")
        made = questions_table(small.with_parts(sections=(Section(id="s", title="S", questions=(odd,)),)))
        assert list(csv.reader(io.StringIO(made)))[1][2] == f"'{start.strip()}1+1"


class TestTemplate:
    def test_conditions_stand_in_it_in_words(self, base: RuleBase) -> None:
        template = " ".join(answers_template(base).replace("#", "").split())
        assert "Only if coding is solid, strong or expert." in template
        assert template.count("Only if ") == len(base.relevance)

    def test_so_they_do_in_the_list_of_questions(self, base: RuleBase) -> None:
        text = questions_as_text(base)
        assert "  Asked only if coding is solid, strong or expert.\n" in text
        assert '{"' not in text

    def test_the_form_is_one_of_its_formats(self, run: Run, base: RuleBase) -> None:
        assert run("template", "--format", "form").out == answers_form(base)
        assert run("template", "--format", "yaml").out == run("template").out == answers_template(base)
