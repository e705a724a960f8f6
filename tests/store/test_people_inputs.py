"""Tables, JSON Lines and folders give the same people, one by one; what is wrong with one stays theirs."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathfinder.answers.sheet import Among, AnswerSheet, Certain, Interval
from pathfinder.errors import InputError
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.lines import LONGEST
from pathfinder.store.people import read_people
from pathfinder.store.person import LONGEST_ID, Person
from pathfinder.store.rules import load_rules
from pathfinder.store.table import MOST_COLUMNS, letters

SOUND = Path(__file__).parents[1] / "authoring" / "sound"


@pytest.fixture(scope="module")
def small() -> RuleBase:
    """A small rule base with a question of every kind."""
    return load_rules(SOUND)


def people_in(file: Path, content: str | bytes, base: RuleBase) -> list[Person]:
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_people(file, base))


def told(people: Sequence[Person]) -> list[str]:
    """Every problem as it would be shown."""
    return [str(person.told(problem)) for person in people for problem in person.problems]


def refusals(file: Path, content: str | bytes, base: RuleBase) -> list[str]:
    """What is said of an input that cannot be used as a whole."""
    with pytest.raises(InputError) as refused:
        people_in(file, content, base)
    return [str(problem).removeprefix(str(file)) for problem in refused.value.problems]


class TestATable:
    def test_every_kind_of_answer_can_stand_in_it(self, tmp_path: Path, small: RuleBase) -> None:
        text = "id,name,skill,calm,years,offer,tools\na,Ada,basic|strong,2-4,5-15~8,yes,pen|laser\nb,,,,unknown,,none\n"
        ada, ben = people_in(tmp_path / "p.csv", text, small)
        assert (ada.id, ada.place, ada.problems) == ("a", "row 2", ())
        assert ada.sheet == AnswerSheet(
            {
                "skill": Among(("basic", "strong")),
                "calm": Interval(2, 4),
                "years": Interval(5, 15, 8),
                "offer": Certain(True),
                "tools": Certain(frozenset({"pen", "laser"})),
            },
            "Ada",
        )
        assert (ben.id, ben.sheet.name) == ("b", "")
        assert ben.sheet.is_open("years")
        assert list(ben.sheet) == ["years", "tools"]

    @pytest.mark.parametrize(
        "text",
        [
            "\ufeffid,skill\na,strong\n",
            "id,skill\r\na,strong\r\n",
            "id,skill\ra,strong\r",
            "id,skill\na,strong",
            '"id","skill"\n"a","strong"\n',
            "\n\n ID , Skill \n\na, strong \n,\n\n",
            "skill,id\nstrong,a\n",
            "id;skill\na;strong\n",
            "id\tskill\na\tstrong\n",
            "id,skill,,\na,strong,,\n",
            "id,skill\na,strong,,\n",
        ],
        ids=["bom", "crlf", "cr", "no-end", "quoted", "blank", "order", "semicolon", "tab", "unnamed", "longer"],
    )
    def test_forms_that_mean_the_same(self, text: str, tmp_path: Path, small: RuleBase) -> None:
        (person,) = people_in(tmp_path / "p.csv", text, small)
        assert (person.id, person.problems) == ("a", ())
        assert person.sheet == AnswerSheet({"skill": Certain("strong")})

    def test_a_problem_names_row_id_and_column_and_the_line_where_that_differs(
        self, tmp_path: Path, small: RuleBase
    ) -> None:
        text = 'id,name,skill,years\na,A,strnog,15-May\nb,"B\nB",strong,8\nc,C,,900\n'
        people = people_in(tmp_path / "p.csv", text, small)
        at = str(tmp_path / "p.csv")
        assert told(people) == [
            f"{at}: row 2 (a), skill: 'strnog' is no value of skill. Did you mean 'strong'?",
            f"{at}: row 2 (a), years: this looks like a date. If a spreadsheet made it out of a range such as 5-15, "
            "write '5 to 15'",
            f"{at}:5: row 4 (c), years: this is out of range. Write a number from 0 to 50 (years)",
        ]
        assert people[1].sheet.name == "B B"

    def test_rows_of_another_length_are_not_guessed_at(self, tmp_path: Path, small: RuleBase) -> None:
        text = "id,skill,calm\na,strong\nb,strong,4,5\nc,strong,4,\nd,strong,4\n"
        people = people_in(tmp_path / "p.csv", text, small)
        assert [(one.id, len(one.sheet), bool(one.problems)) for one in people] == [
            ("a", 0, True),
            ("b", 0, True),
            ("c", 2, False),
            ("d", 2, False),
        ]
        assert "row 2 (a): this row has 2 cells and the header 3" in told(people)[0]
        assert "row 3 (b): this row has 4 cells and the header 3" in told(people)[1]

    def test_a_row_without_an_id_or_with_one_that_stood_before_is_a_problem(
        self, tmp_path: Path, small: RuleBase
    ) -> None:
        text = "id,skill\na,strong\n,strong\na,basic\n a ,none\n" + "x" * (LONGEST_ID + 1) + ",\n" + "y" * LONGEST_ID
        people = people_in(tmp_path / "p.csv", text + ",\n", small)
        assert [bool(one.problems) for one in people] == [False, True, True, True, True, False]
        first, *again = told(people)[:3]
        assert "row 3, id: there is no id" in first
        assert "row 4 (a), id: row 2 has the id 'a' already" in again[0]
        assert "row 5 (a), id: row 2 has the id 'a' already" in again[1]

    def test_ids_that_differ_in_case_or_form_are_different_people(self, tmp_path: Path, small: RuleBase) -> None:
        people = people_in(tmp_path / "p.csv", "id\nAda\nada\nJos\u00e9\nJose\u0301\n", small)
        assert [one.id for one in people] == ["Ada", "ada", "Jos\u00e9", "Jose\u0301"]
        assert told(people) == []

    def test_ids_and_names_are_clean_and_on_one_line(self, tmp_path: Path, small: RuleBase) -> None:
        text = 'id,name\n"a\x1b[31m\n\u202eb","N\x07\n\u200bo"\n'
        (person,) = people_in(tmp_path / "p.csv", text, small)
        assert (person.id, person.sheet.name) == ("a[31m b", "N o")

    def test_a_cell_under_no_name_is_a_problem_when_it_holds_something(self, tmp_path: Path, small: RuleBase) -> None:
        people = people_in(tmp_path / "p.csv", "id,,skill\na,x,strong\nb,,strong\n", small)
        assert [bool(one.problems) for one in people] == [True, False]
        assert "row 2 (a), column B: this cell stands under no name" in told(people)[0]

    def test_everything_wrong_with_the_header_is_said_at_once(self, tmp_path: Path, small: RuleBase) -> None:
        said = refusals(tmp_path / "p.csv", "nmae,skil,calm,CALM,favourite\na,b,1,2,3\n", small)
        assert said == [
            ": row 1: this table has no column id. The first row names the columns: id, perhaps name, and questions. "
            "A single answers file is for 'pathfinder score'",
            ": row 1, column A: there is no question 'nmae'. Did you mean 'name'? Take the column out if it is none",
            ": row 1, column B: there is no question 'skil'. Did you mean 'skill'? Take the column out if it is none",
            ": row 1, column D: column C is 'calm' already. Keep one of them",
            ": row 1, column E: there is no question 'favourite'. 'pathfinder questions' lists them. Take the column "
            "out if it is none",
        ]

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("", "this is empty"),
            (" \n\n", "this is empty"),
            ("id,skill\n", "there is nobody in it"),
            ("id,skill\n,\n\n", "there is nobody in it"),
            ('id,"skill\na,strong\n', "a quotation mark is opened here"),
            ("id,skill\n".encode("utf-16"), "this is not UTF-8 text"),
            ("answers:\n  skill: strong\n", "this table has no column id"),
            ('[{"id": 1}]', "this is one JSON list"),
            ("id," + "x," * MOST_COLUMNS + "\na", "this table has 1002 columns"),
            ("x" * (LONGEST + 1), "this line is longer than 1 MiB"),
        ],
    )
    def test_what_cannot_be_used_as_a_whole_is_refused(
        self, content: str | bytes, said: str, tmp_path: Path, small: RuleBase
    ) -> None:
        assert said in refusals(tmp_path / "p.csv", content, small)[0]

    def test_bad_bytes_and_huge_lines_are_one_row_each(self, tmp_path: Path, small: RuleBase) -> None:
        content = b"id,name\na,Jos\xe9\nb," + b"x" * (LONGEST + 5) + b"\nc,Cem\nd," + b"y" * (3 * LONGEST) + b"\ne,Eve"
        people = people_in(tmp_path / "p.csv", content, small)
        assert [one.id for one in people if not one.problems] == ["c", "e"]
        assert [one.row for one in people] == [2, 3, 4, 5, 6]
        assert ["UTF-8" in one or "1 MiB" in one for one in told(people)] == [True] * 3

    @given(st.binary(max_size=60), st.integers(0, 3))
    def test_any_bytes_in_between_stop_nobody_below(
        self, tmp_path_factory: pytest.TempPathFactory, junk: bytes, place: int
    ) -> None:
        base = load_rules_once()
        good = [b"a,strong,Ada", b"b,basic,Ben", b"c,none,Cem"]
        rows = [*good[:place], junk.replace(b"\r", b"").replace(b"\n", b""), *good[place:]]
        file = tmp_path_factory.mktemp("people") / "p.csv"
        people = people_in(file, b"\n".join([b"id,skill,name", *rows]), base)
        sound = [one.id for one in people if not one.problems and one.id in ("a", "b", "c")]
        assert sound == ["a", "b", "c"]

    @pytest.mark.parametrize(("place", "said"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
    def test_columns_have_the_letters_of_a_spreadsheet(self, place: int, said: str) -> None:
        assert letters(place) == said


_LOADED: list[RuleBase] = []


def load_rules_once() -> RuleBase:
    if not _LOADED:
        _LOADED.append(load_rules(SOUND))
    return _LOADED[0]


class TestJsonLines:
    def test_each_line_is_a_document_and_its_problems_name_the_line(self, tmp_path: Path, small: RuleBase) -> None:
        lines = [
            '{"id": "a", "name": "Ada", "answers": {"years": {"min": 5, "max": 15}, "skill": ["basic", "strong"]}}',
            "",
            '{"id": 7, "answers": {"skil": "strong"}}',
            '{"answers": {}}',
            '{"id": true, "answers": {}}',
            "[1]",
            "{",
            '{"id": "x", "id": "y", "answers": {}}',
            '{"id": "a", "answers": {}}',
            '{"id": "b", "answers": {}}',
        ]
        people = people_in(tmp_path / "p.jsonl", "\ufeff" + "\r\n".join(lines), small)
        assert [(one.id, one.place, bool(one.problems)) for one in people] == [
            ("a", "line 1", False),
            ("7", "line 3", True),
            ("", "line 4", True),
            ("", "line 5", True),
            ("", "line 6", True),
            ("", "line 7", True),
            ("", "line 8", True),
            ("a", "line 9", True),
            ("b", "line 10", False),
        ]
        assert people[0].sheet.name == "Ada"
        assert f"{tmp_path / 'p.jsonl'}:3: answers.skil: there is no question 'skil'" in told(people)[0]
        assert "line 1 has the id 'a' already" in told(people)[-1]

    def test_a_deep_document_is_one_bad_line(self, tmp_path: Path, small: RuleBase) -> None:
        deep = '{"id": "x", "answers": {"skill": ' + "[" * 100_000 + "]" * 100_000 + "}}"
        people = people_in(
            tmp_path / "p.jsonl", '{"id": "a", "answers": {}}\n' + deep + '\n{"id": "b", "answers": {}}', small
        )
        assert [(one.id, bool(one.problems)) for one in people] == [("a", False), ("", True), ("b", False)]


class TestAFolder:
    def test_ids_are_names_without_ending_in_order_and_problems_name_file_and_line(
        self, tmp_path: Path, small: RuleBase
    ) -> None:
        files: Mapping[str, str] = {
            "ben.json": '{"answers": {"skill": "strong"}}',
            "ada.yaml": "id: somebody else\nname: Ada\nanswers:\n  skill: strong\n",
            "cem.YML": "answers:\n  skil: strong\n",
            "d.e.yaml": "answers: {}\n",
            "ada.yml": "answers: {}\n",
            "eve.yaml": "",
            "notes.txt": "x",
            ".hidden.yaml": "x",
        }
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / "more").mkdir()
        found = read_people(tmp_path, small)
        people = list(found)
        assert [(one.id, one.place, bool(one.problems)) for one in people] == [
            ("ada", "ada.yaml", False),
            ("ada", "ada.yml", True),
            ("ben", "ben.json", False),
            ("cem", "cem.YML", True),
            ("d.e", "d.e.yaml", False),
            ("eve", "eve.yaml", True),
        ]
        assert people[0].sheet == AnswerSheet({"skill": Certain("strong")}, "Ada")
        said = [one.removeprefix(str(tmp_path)) for one in told(people)]
        assert said[0] == "/ada.yml: id: ada.yaml has the id 'ada' already. Give everybody one of their own"
        assert said[1] == "/cem.YML:2: answers.skil: there is no question 'skil'. Did you mean 'skill'?"
        assert found.notices == ("left out, as no answers file ends so: 'more', 'notes.txt'",)
        assert found.share() == 1.0

    def test_a_folder_without_answers_files_is_refused(self, tmp_path: Path, small: RuleBase) -> None:
        (tmp_path / "notes.txt").write_text("x")
        with pytest.raises(InputError, match="there is nobody in it"):
            read_people(tmp_path, small)


class TestStandardInput:
    @pytest.mark.parametrize("text", ["id,skill\na,strong\n", '{"id": "a", "answers": {"skill": "strong"}}\n'])
    def test_a_dash_is_a_table_or_json_lines_by_its_first_character(
        self, text: str, small: RuleBase, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        people = read_people("-", small)
        (person,) = list(people)
        assert (person.id, person.sheet.get("skill"), person.problems) == ("a", Certain("strong"), ())
        assert people.share() is None

    def test_none_is_told(self, small: RuleBase, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", None)
        with pytest.raises(InputError, match="there is no standard input"):
            read_people("-", small)


def test_all_forms_of_input_give_the_same_people(tmp_path: Path, small: RuleBase) -> None:
    people = {
        "a": ({"skill": "strong", "years": {"min": 5, "max": 15, "likely": 8}}, "strong,5-15~8,"),
        "b": ({"tools": ["pen", "laser"], "skill": ["none", "basic"]}, "none|basic,,pen|laser"),
        "c": ({"tools": [], "years": "unknown"}, ",unknown,none"),
    }
    folder = tmp_path / "people"
    folder.mkdir()
    for key, (answers, _) in people.items():
        (folder / f"{key}.json").write_text(json.dumps({"answers": answers}))
    lines = "\n".join(json.dumps({"id": key, "answers": answers}) for key, (answers, _) in people.items())
    table = "id,skill,years,tools\n" + "\n".join(f"{key},{cells}" for key, (_, cells) in people.items())
    (tmp_path / "p.jsonl").write_text(lines)
    (tmp_path / "p.csv").write_text(table)
    found = [
        [(one.id, one.sheet, one.problems) for one in read_people(place, small)]
        for place in (folder, tmp_path / "p.jsonl", tmp_path / "p.csv")
    ]
    assert found[0] == found[1] == found[2]
    assert [key for key, _, _ in found[0]] == ["a", "b", "c"]


def test_how_much_was_read_goes_from_none_to_all(tmp_path: Path, small: RuleBase) -> None:
    file = tmp_path / "p.csv"
    file.write_text("id,skill\n" + "".join(f"p{number},strong\n" for number in range(5000)))
    people = read_people(file, small)
    shares = [people.share() for _ in people]
    known = [share for share in shares if share is not None]
    assert len(known) == len(shares)
    assert known == sorted(known)
    assert known[0] < 0.5
    assert known[-1] == 1.0
