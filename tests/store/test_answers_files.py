"""What the program writes down it reads back the same, from YAML and from JSON."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathfinder.answers.sheet import UNKNOWN, Among, Answer, AnswerSheet, Certain, Interval, in_words, to_plain
from pathfinder.answers.validation import LONGEST_NAME
from pathfinder.cleaning import one_line
from pathfinder.errors import InputError
from pathfinder.rulebase.questions import Question
from pathfinder.store.answers import parse_sheet, read_document, read_sheet, to_yaml, write_sheet
from pathfinder.store.rules import load_built_in
from samples import QUESTIONS

ASKED = {**QUESTIONS, **load_built_in().questions}


@st.composite
def intervals(draw: st.DrawFn, question: Question) -> Interval:
    low, high = question.bounds
    numbers = st.integers(int(low), int(high)).map(float)
    if question.kind == "number":
        numbers |= st.floats(low, high)
    ends = sorted(draw(st.lists(numbers, min_size=2, max_size=2, unique=True)))
    likely = draw(st.none() | numbers.filter(lambda number: ends[0] <= number <= ends[1]))
    return Interval(ends[0], ends[1], likely)


def answers(question: Question) -> st.SearchStrategy[Answer]:
    """Every valid answer to a question, unknown included."""
    if question.kind == "multi":
        return st.just(UNKNOWN) | st.frozensets(st.sampled_from(list(question.values))).map(Certain)
    if question.kind == "number":
        return st.just(UNKNOWN) | st.floats(*question.bounds).map(Certain) | intervals(question)
    several = st.sets(st.sampled_from(question.options), min_size=2).map(
        lambda chosen: Among(tuple(option for option in question.options if option in chosen))
    )
    listed = st.just(UNKNOWN) | st.sampled_from(question.options).map(Certain) | several
    return listed | intervals(question) if question.kind == "scale" else listed


@st.composite
def sheets(draw: st.DrawFn) -> AnswerSheet:
    asked = draw(st.lists(st.sampled_from(list(ASKED)), unique=True, max_size=8))
    name = one_line(
        draw(st.text(max_size=20) | st.sampled_from(["null", "7", "no", "a: b", "# x", "- y", "'"])), LONGEST_NAME
    )
    return AnswerSheet({key: draw(answers(ASKED[key])) for key in asked}, name)


@given(sheets())
@settings(deadline=None)
def test_any_valid_sheet_survives_being_written_and_read(sheet: AnswerSheet) -> None:
    assert parse_sheet(to_yaml(sheet, ASKED), "a.yaml", ASKED) == sheet


@given(sheets())
@settings(deadline=None)
def test_any_valid_sheet_survives_json(sheet: AnswerSheet) -> None:
    plain = {
        "name": sheet.name,
        "answers": {key: to_plain(ASKED[key], answer) for key, answer in sheet.answers.items()},
    }
    assert parse_sheet(json.dumps(plain), "a.json", ASKED) == sheet


@given(sheets(), st.randoms())
@settings(deadline=None)
def test_the_order_of_answers_in_a_file_does_not_matter(sheet: AnswerSheet, chance: Random) -> None:
    lines = to_yaml(sheet, ASKED).splitlines()
    inside = [line for line in lines if line.startswith("  ")]
    chance.shuffle(inside)
    outside = [line for line in lines if not line.startswith("  ")]
    assert parse_sheet("\n".join([*outside, *inside]), "a.yaml", ASKED) == sheet


@given(st.sampled_from(list(ASKED)).flatmap(lambda key: st.tuples(st.just(ASKED[key]), answers(ASKED[key]))))
def test_any_valid_answer_has_words_on_one_line(asked: tuple[Question, Answer]) -> None:
    words = in_words(*asked)
    assert words
    assert len(words.splitlines()) == 1


def test_an_answers_file_reads_like_one_written_by_hand() -> None:
    sheet = AnswerSheet(
        {
            "likes": Certain(frozenset({"policy", "code"})),
            "years": Interval(5.0, 15.0, 8.0),
            "skill": Among(("basic", "solid")),
            "role": Certain("lead"),
            "tried": Certain(True),
            "health": UNKNOWN,
        },
        'Ada "the first"',
    )
    assert to_yaml(sheet, QUESTIONS, {"notes": ["kept"]}) == (
        "# Answers for pathfinder. Score them with: pathfinder score FILE\n"
        'name: "Ada \\"the first\\""\n'
        'notes: ["kept"]\n'
        "answers:\n"
        '  years: {"min": 5, "max": 15, "likely": 8}\n'
        '  skill: ["basic", "solid"]\n'
        "  role: lead\n"
        '  likes: ["code", "policy"]\n'
        "  tried: true\n"
        "  health: unknown\n"
    )


def test_a_sheet_without_answers_is_a_valid_file() -> None:
    assert parse_sheet(to_yaml(AnswerSheet(), QUESTIONS), "a.yaml", QUESTIONS) == AnswerSheet()


def test_an_answer_left_empty_in_a_file_is_no_answer() -> None:
    text = "name:\nanswers:\n  skill:\n  years: ~\n  role: lead\n"
    assert parse_sheet(text, "a.yaml", QUESTIONS) == AnswerSheet({"role": Certain("lead")})
    assert parse_sheet("answers:\n", "a.yaml", QUESTIONS) == AnswerSheet()


@pytest.mark.parametrize(
    "text",
    [
        "answers: {years: 8, tried: no, rating: [3, 4]}",
        "{answers: {years: 8.0, tried: False, rating: ['3', '4']}}",
        '{"answers": {"years": 8, "tried": false, "rating": [3, 4]}}',
        '\n  {"answers":\n\t{"years": 8e0, "tried": "no", "rating": [4, 3]}}',
    ],
)
def test_yaml_flow_and_json_say_the_same_under_any_name(text: str) -> None:
    expected = AnswerSheet({"years": Certain(8.0), "tried": Certain(False), "rating": Among((3, 4))})
    for shown in ("-", "a.yaml", "answers"):
        assert parse_sheet(text, shown, QUESTIONS) == expected


def test_what_begins_like_json_but_is_not_is_judged_as_yaml() -> None:
    with pytest.raises(InputError) as refusal:
        read_document("{answers: {years: 8,}, answers: {}}", "-")
    assert [str(problem) for problem in refusal.value.problems] == [
        "-:1: 'answers' stands here twice (first on line 1). Keep one of them"
    ]


def test_a_json_file_is_judged_as_json_alone() -> None:
    with pytest.raises(InputError) as refusal:
        read_document("answers: {years: 8}", "a.json")
    assert refusal.value.problems[0].message.startswith("this is not JSON")


def test_every_key_that_stands_twice_in_json_is_named() -> None:
    with pytest.raises(InputError) as refusal:
        read_document('{"a": {"b": 1, "b": 2}, "a": 1, "c": [{"d": 1, "d": 1, "d": 1}]}', "a.json")
    assert [problem.key for problem in refusal.value.problems] == ["b", "d", "a"]


def test_a_problem_names_the_line_of_its_key_however_the_key_is_written() -> None:
    text = f'# first\nanswers:\n  "a.b": 1\n  "ski\\u200bl": 2\n  {"x" * 90}: 3\n  skill: 4\n"c.d": 5\n'
    with pytest.raises(InputError) as refusal:
        parse_sheet(text, "a.yaml", QUESTIONS)
    assert [problem.line for problem in refusal.value.problems] == [7, 3, 4, 5, 6]


def test_a_sheet_is_written_to_a_file_once_and_read_back(tmp_path: Path) -> None:
    file, sheet = tmp_path / "ada.yaml", AnswerSheet({"skill": Certain("solid")}, "Ada")
    write_sheet(file, sheet, QUESTIONS)
    assert read_sheet(file, QUESTIONS) == read_sheet(str(file), QUESTIONS) == sheet
    with pytest.raises(InputError, match="exists already"):
        write_sheet(file, AnswerSheet(), QUESTIONS)
    write_sheet(file, AnswerSheet(), QUESTIONS, overwrite=True)
    assert read_sheet(file, QUESTIONS) == AnswerSheet()
