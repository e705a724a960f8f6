"""Scores alone are those of everybody one by one, and the problems told are those that a batch tells."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naive import read_raw
from pathfinder.assessment.bulk.sheet_scores import SheetScorer
from pathfinder.cohort.run import Outcome
from pathfinder.cohort.scores_run import CrowdScorer, score_cohort
from pathfinder.errors import InputError
from pathfinder.report.cohort_table import ERROR_COLUMNS, csv_line, error_cells
from pathfinder.report.markdown import blocks_as_markdown
from pathfinder.report.scores_summary import scores_blocks
from pathfinder.report.scores_table import score_line, scores_columns
from pathfinder.report.scores_tally import ScoresTally
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.cohort_output import OutputFolder
from pathfinder.store.crowds import Crowds
from pathfinder.store.people import read_people
from pathfinder.store.rules import built_in_folder, load_rules
from random_sheets import random_sheet

SOUND = load_rules(Path(__file__).parents[1] / "authoring" / "sound")
HEADER = "id,name,skill,calm,years,offer,tools,"

CELLS = {
    "id": ["a", "b", "c", "A", " d ", "=1", "né e", "", '"e"', "f;-1"],
    "name": ["", "Ada", '"Ada, of L"', '"two\nlines"', '"open'],
    "skill": ["", "strong", "none", "basic", "basic|strong", "wrong", "unknown", '"strong"', " strong "],
    "calm": ["", "1", "3", "5", "2-4", "9"],
    "years": ["", "0", "2", "5", "12", "5-15", "5-15~8", "many"],
    "offer": ["", "yes", "no", "YES", "yes|no", "?"],
    "tools": ["", "pen", "pen|laser", "none", "[]", "saw"],
    "": ["", "", "", " ", "x"],
}
ROW = st.tuples(*(st.sampled_from(cells) for cells in CELLS.values())).map(",".join)
ODD = st.sampled_from(["", ",,,,,,,", "a", "q,,strong", "r,,strong,3,2,yes,pen,,,", "s,,none,3,2,yes,pen,,y", "\ud8ff"])


@dataclass(frozen=True)
class Written:
    """The lines of both tables, and the page."""

    scores: list[str]
    errors: list[str]
    page: str


def expected(base: RuleBase, file: Path) -> Written:
    """What has to be written, from everybody one by one."""
    scores, errors = [csv_line(scores_columns(tuple(base.path)))], [csv_line(ERROR_COLUMNS)]
    alone, tally = SheetScorer(base), ScoresTally(base)
    for person in read_people(file, base):
        errors += [csv_line(error_cells(person, problem)) for problem in person.problems]
        if person.problems:
            tally.failed += 1
        else:
            scores.append(score_line(person.id, alone.score(person.sheet)))
            tally.add_one(person.sheet, alone.reasons(person.sheet), alone.score(person.sheet))
    return Written(scores, errors, blocks_as_markdown(scores_blocks(base, tally)))


def found(base: RuleBase, file: Path, most: int) -> tuple[Written, Outcome]:
    out = OutputFolder(file.parent / f"out-{most}")
    out.prepare(file, force=False, reports=False)
    outcome = score_cohort(base, Crowds(file, base, most), out)
    scores, errors = (table.read_text(encoding="utf-8").splitlines(keepends=True) for table in (out.scores, out.errors))
    return Written(scores, errors, out.scores_summary.read_text(encoding="utf-8")), outcome


@settings(max_examples=150)
@given(st.lists(ROW | ROW | ROW | ODD, min_size=1, max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_of_any_table_the_same_scores_and_problems_as_of_everybody_one_by_one(lines: list[str], end: str) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "people.csv"
        file.write_bytes((end.join([HEADER, *lines]) + end).encode(errors="surrogatepass"))
        try:
            one_by_one = expected(SOUND, file)
        except InputError:
            with pytest.raises(InputError):
                Crowds(file, SOUND)
            return
        for most in (2, 1000):
            assert found(SOUND, file, most)[0] == one_by_one


def test_on_the_built_in_base_columns_add_up_to_what_people_one_by_one_do(base: RuleBase, tmp_path: Path) -> None:
    """Gates, questions that do not apply, and people with uncertain answers among the others."""
    reference, source = read_raw(Path(built_in_folder())).reference, random.Random(8)
    file = tmp_path / "people.jsonl"
    people = [random_sheet(reference, source, share=n / 120, uncertain=n % 3 == 0) for n in range(120)]
    file.write_text("\n".join(json.dumps({"id": f"p{n}", "answers": one}) for n, one in enumerate(people)))
    together, alone = CrowdScorer(base), SheetScorer(base)
    one_by_one = ScoresTally(base)
    for crowd in Crowds(file, base, 50):
        assert len(list(together.lines(crowd))) == len(crowd.ids)
    for person in read_people(file, base):
        one_by_one.add_one(person.sheet, alone.reasons(person.sheet), alone.score(person.sheet))
    tally = together.tally
    assert (tally.people, tally.first, tally.leads) == (120, one_by_one.first, one_by_one.leads)
    assert (tally.level, tally.near, tally.alone) == (one_by_one.level, one_by_one.near, one_by_one.alone)
    assert (tally.points, tally.blocked) == (one_by_one.points, one_by_one.blocked)
    assert tally.open.found == one_by_one.open.found
    counted, expected = (
        {rule: one for rule, one in found.arguments.found.items() if one.moved} for found in (tally, one_by_one)
    )
    assert counted.keys() == expected.keys()
    for rule, one in counted.items():
        assert (one.people_for, one.people_against) == (expected[rule].people_for, expected[rule].people_against)
        assert (one.points, one.moved) == pytest.approx((expected[rule].points, expected[rule].moved))
    assert min(tally.blocked[path] for path in ("phd", "research_contributor", "independent_research")) > 5
    assert tally.alone > 5


def test_memory_and_order_do_not_hang_on_where_a_crowd_ends(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    rows = [
        f"p{number},,{'strong' if number % 3 else 'basic|strong'},3,{number % 50},yes,pen," for number in range(100)
    ]
    rows[70] = "p7,,none,3,1,yes,pen,"
    file.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    written, outcome = found(SOUND, file, 7)
    assert (written, outcome) == found(SOUND, file, 1000)
    assert [line.split(",")[0] for line in written.scores[1:]] == [f"p{n}" for n in range(100) if n != 70]
    assert "row 9 has the id 'p7' already" in written.errors[1]
    assert (outcome.people, outcome.failed) == (99, 1)


def test_more_kinds_of_answer_than_a_column_has_codes_are_scored_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pathfinder.assessment.bulk.coded.MOST_CODES", 1)
    file = tmp_path / "people.csv"
    rows = [f"p{number},,{skill},3,{number},yes,pen," for number, skill in enumerate(["none", "strong", "basic"] * 4)]
    file.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    assert any(len(crowd.apart) > 3 for crowd in Crowds(file, SOUND))
    assert found(SOUND, file, 1000)[0] == expected(SOUND, file)
