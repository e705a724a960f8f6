"""YAML from strangers becomes plain data with line numbers, or problems that name lines; never anything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathfinder.errors import InputError
from pathfinder.store.yaml_text import MAX_DEPTH, Document, entry, parse_yaml


def parse(text: str) -> object:
    return parse_yaml(text, "a.yaml").data


def problems(text: str) -> list[tuple[int | None, str]]:
    """Line and message of everything the text is refused for."""
    with pytest.raises(InputError) as refusal:
        parse_yaml(text, "a.yaml")
    assert all(problem.file == "a.yaml" and problem.remedy for problem in refusal.value.problems)
    return [(problem.line, problem.message) for problem in refusal.value.problems]


@pytest.mark.parametrize(
    "word", ["no", "yes", "on", "12:30", "2024-05-01", "007", "0x10", "1_000", "1e3", ".inf", "=", "{}x"]
)
def test_plain_words_stay_the_text_that_was_typed(word: str) -> None:
    if word.startswith("{"):
        word = f"'{word}'"
    assert parse(f"a: {word}\nb: [{word}]\n") == {"a": word.strip("'"), "b": [word.strip("'")]}


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_a_value_left_empty_is_none_and_a_quoted_word_is_text(nothing: str) -> None:
    assert parse(f"a: {nothing}\nb: [x, {nothing or '~'}]\n") == {"a": None, "b": ["x", None]}
    assert parse(f"a: '{nothing}'\nb: \"{nothing}\"\n") == {"a": nothing, "b": nothing}


def test_block_text_and_nesting_are_read() -> None:
    assert parse("a:\n  b: >-\n    two\n    lines\n  c:\n  - d: 1\n  - [2, {e: 3}]\n") == {
        "a": {"b": "two lines", "c": [{"d": "1"}, ["2", {"e": "3"}]]}
    }


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "null\n"])
def test_a_document_with_nothing_in_it_is_none(text: str) -> None:
    assert parse(text) is None


def test_a_document_knows_the_line_of_every_place_and_of_the_nearest_around_it() -> None:
    document = parse_yaml("# comment\na: 1\nb:\n- c: 2\n\n- d:\n    e: 3\n", "a.yaml")
    places: dict[tuple[str | int, ...], int] = {
        (): 2,
        ("a",): 2,
        ("b",): 3,
        ("b", 0): 4,
        ("b", 0, "c"): 4,
        ("b", 1): 6,
        ("b", 1, "d", "e"): 7,
        ("b", 1, "d", "missing"): 6,
        ("nowhere", 3): 2,
    }
    assert {place: document.line(place) for place in places} == places
    assert Document({"a": 1}).line(("a",)) is None


def test_as_many_levels_as_allowed_are_read_and_one_more_is_not() -> None:
    def nested(levels: int) -> str:
        return "[" * levels + "x" + "]" * levels

    assert parse(nested(MAX_DEPTH)) is not None
    assert problems("# first\n" + nested(MAX_DEPTH + 1)) == [(2, "nested more than 20 levels deep")]


def test_every_problem_that_does_not_stop_the_parser_is_reported() -> None:
    text = "a: &x 1\nb: *x\na: !!int 2\n<<: {c: 3}\n&y d: 4\n!!str e: 5\n"
    anchors = "anchors and aliases (& and *) are not allowed"
    assert problems(text) == [
        (1, anchors),
        (2, anchors),
        (3, "'a' stands here twice (first on line 1)"),
        (3, "tags (!) are not allowed"),
        (4, "merge keys (<<) are not allowed"),
        (5, anchors),
        (6, "tags (!) are not allowed"),
    ]


def test_a_key_may_stand_again_in_another_mapping_only() -> None:
    assert parse("a: {x: 1}\nb: {x: 2}\n") == {"a": {"x": "1"}, "b": {"x": "2"}}
    assert problems("b:\n- x: 1\n  y: 2\n  x: 3\n") == [(4, "'x' stands here twice (first on line 2)")]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: [1\nb: 2\n", 2, "this is not YAML: did not find expected ',' or ']'"),
        ("a: 1\n b: 2\n", 2, "this is not YAML: mapping values are not allowed in this context"),
        ("a: 'never closed\n", 2, "this is not YAML: found unexpected end of stream"),
        ("a: *nobody\n", 1, "anchors and aliases (& and *) are not allowed"),
        ("? {a: 1}\n: 2\n", 1, "a key must be a plain word"),
        ("a: 1\n---\nb: 2\n", 2, "a second document begins here"),
        ("a: \0\n", None, "this is not YAML: control characters are not allowed"),
        ("%YAML 9.9\n---\na: 1\n", 1, "this is not YAML: found incompatible YAML document"),
    ],
)
def test_what_stops_the_parser_is_named_with_its_line(text: str, line: int | None, message: str) -> None:
    assert problems(text) == [(line, message)]


def test_a_merge_bomb_is_refused_before_it_is_built() -> None:
    bomb = "a0: &a0 {x: 1}\n" + "".join(
        f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 12)
    )
    assert {message for _, message in problems(bomb)} == {
        "anchors and aliases (& and *) are not allowed",
        "merge keys (<<) are not allowed",
    }


def plain(data: object) -> bool:
    """Whether data is made of mappings with text keys, lists, text and None alone."""
    if isinstance(data, dict):
        return all(isinstance(key, str) and plain(value) for key, value in data.items())
    if isinstance(data, list):
        return all(plain(value) for value in data)
    return data is None or isinstance(data, str)


def read_or_refused(text: str) -> object:
    try:
        return parse(text)
    except InputError as refusal:
        return refusal


@given(st.text(alphabet="ab01 \n\t:-[]{},&*!|>'\"#%@`~<?.\\\x00\x85\ud800", max_size=60) | st.text(max_size=60))
def test_any_text_gives_plain_data_or_problems_and_never_crashes(text: str) -> None:
    found = read_or_refused(text)
    if isinstance(found, InputError):
        assert all(problem.message and problem.remedy for problem in found.problems)
    else:
        assert plain(found)


def test_an_entry_of_what_is_no_mapping_is_none() -> None:
    assert entry({"a": 1}, "a") == 1
    assert entry({"a": 1}, "b") is None
    assert entry(["a"], "a") is None
