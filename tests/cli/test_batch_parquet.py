"""`pathfinder batch people.parquet`: the results, and the problems, of the same people as CSV."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from naive import read_raw
from pathfinder.rulebase.models import RuleBase
from pathfinder.store import parquet
from pathfinder.store.parquet import cell
from pathfinder.store.rules import built_in_folder
from random_sheets import random_sheet
from running import Run

SOUND = str(Path(__file__).parents[1] / "authoring" / "sound")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(folder: Path) -> dict[str, str]:
    """Every file below a folder, with the kind of input taken out of what it says."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {str(file.relative_to(folder)): file.read_text("utf-8").replace(".parquet", ".csv") for file in files}


@pytest.mark.parametrize("form", [["--scores-only"], ["--summary-only", "--jobs", "1"], ["--jobs", "1"]])
def test_people_in_text_columns_come_out_as_from_csv(form: list[str], base: RuleBase, run: Run, folder: Path) -> None:
    reference, source = read_raw(Path(built_in_folder())).reference, random.Random(3)
    crowd = [random_sheet(reference, source, share=n / 6, uncertain=n % 2 == 0) for n in range(6)]
    rows = [{"id": f"p{n}", **{key: cell(sheet.get(key)) for key in base.questions}} for n, sheet in enumerate(crowd)]
    rows.append({**rows[0], "id": "p1", "coding": "splendid"})
    rows.append({**dict.fromkeys(rows[0], ""), "writing": "2020-05-01"})
    rows.insert(2, dict.fromkeys(rows[0], ""))
    frame = pl.DataFrame(rows)
    frame.write_csv("all.csv")
    frame.with_columns(pl.all().replace("", None)).write_parquet("all.parquet")
    outcomes = [run("batch", f"all.{form_}", "--out", form_, *form) for form_ in ("csv", "parquet")]
    assert [one.code for one in outcomes] == [1, 1]
    assert "row 9 (p1), coding: 'splendid'" in outcomes[1].err
    assert "all.parquet:" in outcomes[1].err
    assert outcomes[0].err == outcomes[1].err.replace("all.parquet", "all.csv").replace("in parquet", "in csv").replace(
        "parquet/", "csv/"
    )
    assert contents(folder / "csv") == contents(folder / "parquet")


def test_columns_can_have_types_of_their_own(run: Run, base: RuleBase, folder: Path) -> None:
    frame = pl.DataFrame(
        {
            "id": [7, 8, 9],
            "enjoys": pl.Series([["coding_and_experiments"], [], None], dtype=pl.List(pl.String)),
            "coding": pl.Series([["solid", "strong"], ["none"], []], dtype=pl.List(pl.String)),
            "new_agendas_needed": [True, False, None],
            "writing": [4, None, 9],
            "timeline_years": [
                {"min": 5.0, "max": 15.0, "likely": 8.0},
                {"min": 2.5, "max": 3.0, "likely": None},
                None,
            ],
            "mentor_hours": [2.0, None, float("nan")],
        }
    )
    first = next(iter(base.questions["enjoys"].values))
    frame = frame.with_columns(
        enjoys=pl.when(pl.col("id") == 7).then(pl.concat_list(pl.lit(first))).otherwise(pl.col("enjoys"))
    )
    frame.write_parquet("typed.parquet")
    (folder / "typed.csv").write_text(
        "id,enjoys,coding,new_agendas_needed,writing,timeline_years,mentor_hours\n"
        f"7,{first},solid|strong,yes,4,5-15~8,2\n8,none,none,no,,2.5-3,\n9,,[],,9,,nan\n"
    )
    for form in ("csv", "parquet"):
        assert run("batch", f"typed.{form}", "--out", form, "--scores-only").code == 1
    assert contents(folder / "csv") == contents(folder / "parquet")
    problems = (folder / "parquet" / "errors.csv").read_text()
    assert all(f",9,{column}," in problems for column in ("coding", "writing", "mentor_hours"))


def test_batches_do_not_show_and_a_folder_of_files_is_one_table(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "BATCH", 3)
    frame = pl.DataFrame({"id": [f"p{n}" for n in range(50)], "skill": ["strong", "none", None, "strong", "none"] * 10})
    (folder / "many.parquet").mkdir()
    for part in range(5):
        frame[10 * part : 10 * part + 10].write_parquet(folder / "many.parquet" / f"part-{part}.parquet")
    (folder / "many.parquet" / "_SUCCESS").write_text("")
    frame.write_csv("many.csv")
    for form in ("csv", "parquet"):
        assert run("batch", f"many.{form}", "--out", form, "--scores-only", "--rules", SOUND).code == 0
    assert contents(folder / "csv") == contents(folder / "parquet")


def test_without_polars_it_says_what_to_install(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pl.DataFrame({"id": ["a"]}).write_parquet("people.parquet")
    absent: Any = None
    monkeypatch.setitem(sys.modules, "polars", absent)
    outcome = run("batch", "people.parquet", "--out", "out")
    assert outcome.code == 2
    assert "pip install 'career-pathfinder[cohort]'" in outcome.err
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: Path("people.parquet").write_text("id,skill\na,none\n"), "this cannot be read as Parquet"),
        (lambda: Path("people.parquet").mkdir(), "there is no Parquet file in this folder"),
        (lambda: None, "there is no such file"),
        (lambda: pl.DataFrame({"id": ["a"], "skil": ["none"]}).write_parquet("people.parquet"), "no question 'skil'"),
        (lambda: pl.DataFrame({"id": [], "skill": []}).write_parquet("people.parquet"), "there is nobody in it"),
    ],
)
def test_a_table_that_cannot_be_used_writes_nothing(made: Any, said: str, run: Run, folder: Path) -> None:
    made()
    outcome = run("batch", "people.parquet", "--out", "out", "--scores-only", "--rules", SOUND)
    assert outcome.code == 2
    assert said in outcome.err
    assert not (folder / "out").exists()


def test_scores_alone_have_no_form_to_choose(run: Run, folder: Path) -> None:
    Path("people.csv").write_text("id,skill\na,none\n")
    outcome = run("batch", "people.csv", "--out", "out", "--scores-only", "--format", "json")
    assert outcome.code == 2
    assert "--format and --scores-only cannot go together" in outcome.err
