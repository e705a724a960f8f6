"""Scores of a dataframe are those of each person's own assessment, whatever engine works them out."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathfinder import InputError
from pathfinder.answers.sheet import AnswerSheet, Certain
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.bulk.sheet_scores import SheetScorer
from pathfinder.frames import score_frame
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.weighing import weighed
from small_bases import Small, sheets, small_bases

Rows = list[dict[str, Any]]
DTYPES: Mapping[str, Any] = {"yes_no": pl.Boolean, "scale": pl.Int64, "number": pl.Float64}


def random_value(base: RuleBase, key: str, source: random.Random) -> Any:
    question = base.questions[key]
    if question.kind == "multi":
        return frozenset(word for word in question.values if source.random() < 0.3)
    if question.kind == "number":
        return float(source.randint(int(question.bounds[0]), min(int(question.bounds[1]), 80)))
    return source.choice(question.options)


def random_people(base: RuleBase, count: int, seed: int) -> list[AnswerSheet]:
    source = random.Random(seed)
    found = []
    for _ in range(count):
        share = source.random()
        answers = {key: Certain(random_value(base, key, source)) for key in base.questions if source.random() < share}
        found.append(AnswerSheet(answers))
    return found


def plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return "|".join(sorted(value)) or "none"
    return value


def frame_of(base: RuleBase, crowd: Sequence[AnswerSheet], listed: bool = False) -> pl.DataFrame:
    columns: dict[str, pl.Series] = {"id": pl.Series([f"p{number}" for number in range(len(crowd))])}
    for key, question in base.questions.items():
        answers = [sheet.get(key) for sheet in crowd]
        values = [one.value if isinstance(one, Certain) else None for one in answers]
        if listed and question.kind == "multi":
            raw = [None if value is None else sorted(str(one) for one in value) for value in values]  # type: ignore
            columns[key] = pl.Series(raw, dtype=pl.List(pl.String))
        else:
            columns[key] = pl.Series([plain(value) for value in values], dtype=DTYPES.get(question.kind, pl.String))
    return pl.DataFrame(columns)


def by_polars(frame: pl.DataFrame, base: RuleBase) -> Rows:
    return score_frame(frame, base).to_dicts()


def by_lazy_polars(frame: pl.DataFrame, base: RuleBase) -> Rows:
    return score_frame(frame.lazy(), base).collect().to_dicts()


def by_duckdb(frame: pl.DataFrame, base: RuleBase) -> Rows:
    found = score_frame(duckdb.from_arrow(frame.to_arrow()), base)
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    return sorted(rows, key=lambda row: int(row["id"][1:]))


ENGINES: list[Callable[[pl.DataFrame, RuleBase], Rows]] = [by_polars, by_lazy_polars, by_duckdb]


def told(base: RuleBase, row: Mapping[str, Any]) -> tuple[tuple[float, ...], tuple[str, ...]]:
    assert row["problems"] is None
    scores = tuple(row[f"score_{path}"] for path in base.path)
    return scores, tuple(path for path in base.path if row[f"blocked_{path}"])


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("listed", [False, True])
def test_a_frame_has_the_scores_of_each_person_alone(
    engine: Callable[[pl.DataFrame, RuleBase], Rows], listed: bool, base: RuleBase
) -> None:
    crowd = random_people(base, 300, seed=5)
    rows = engine(frame_of(base, crowd, listed), base)
    alone = SheetScorer(base)
    assert len({row["first"] for row in rows}) > 2
    assert any(row["blocked_phd"] for row in rows)
    for row, sheet in zip(rows, crowd, strict=True):
        expected = alone.score(sheet)
        assert told(base, row) == (expected.scores, expected.blocked)
        assert expected.best in (row["first"], None)


def test_the_first_path_is_the_one_that_ranks_first_in_an_assessment(base: RuleBase) -> None:
    crowd = random_people(base, 12, seed=6)
    assessor = Assessor(base)
    rows = by_polars(frame_of(base, crowd), base)
    assert [row["first"] for row in rows] == [assessor.assess(sheet).paths[0].id for sheet in crowd]


@settings(max_examples=40)
@given(st.data())
def test_on_any_rule_base_a_frame_has_the_scores_of_each_person(data: st.DataObject) -> None:
    small: Small = data.draw(small_bases())
    raw = [data.draw(sheets(small.reference.questions, uncertain=False)) for _ in range(4)]
    crowd = [small.sheet(one) for one in raw]
    base = weighed(small.base, {"fit": data.draw(st.sampled_from([1, 1.5]))})
    alone = SheetScorer(base)
    for engine in ENGINES:
        for row, sheet in zip(engine(frame_of(base, crowd), base), crowd, strict=True):
            expected = alone.score(sheet)
            assert told(base, row) == (expected.scores, expected.blocked)
            ranked = sorted(base.path, key=lambda path: (row[f"blocked_{path}"], -row[f"score_{path}"]))
            assert row["first"] == ranked[0]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_value_that_is_no_answer_is_told_and_nothing_is_made_of_it(
    engine: Callable[[pl.DataFrame, RuleBase], Rows], base: RuleBase
) -> None:
    frame = pl.DataFrame(
        {
            "id": ["p0", "p1", "p2", "p3"],
            "coding": ["solid", " strong ", "solid|strong", "splendid"],
            "enjoys": ["none", "Not sure", "", "dancing"],
            "timeline_years": [5.0, 100.0, None, 101.0],
            "writing": [1, 5, 6, None],
        }
    )
    rows = engine(frame, base)
    assert [row["problems"] for row in rows] == [None, None, "coding; writing", "coding; enjoys; timeline_years"]
    for row in rows:
        values = [row[key] for key in row if key.startswith(("score_", "blocked_", "first"))]
        assert [value is None for value in values] == [row["problems"] is not None] * len(values)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_column_of_nulls_alone_is_open_for_everybody(
    engine: Callable[[pl.DataFrame, RuleBase], Rows], base: RuleBase
) -> None:
    ids = {"id": ["p0", "p1"]}
    empty = engine(pl.DataFrame({**ids, **{key: [None, None] for key in base.questions}}), base)
    absent = engine(pl.DataFrame(ids), base)
    added = list(absent[0])[1:]
    assert [[row[key] for key in added] for row in empty] == [[row[key] for key in added] for row in absent]
    assert told(base, absent[0]) == (SheetScorer(base).score(AnswerSheet()).scores, ())


def by_spark(frame: pl.DataFrame, base: RuleBase) -> Rows:
    session = pytest.importorskip("pyspark.sql").SparkSession.builder.master("local[1]")
    table = session.config("spark.ui.enabled", "false").getOrCreate().createDataFrame(frame.to_arrow())
    rows = [row.asDict() for row in score_frame(table, base).collect()]
    return sorted(rows, key=lambda row: int(row["id"][1:]))


@pytest.mark.filterwarnings("ignore")
def test_spark_gives_what_polars_gives(base: RuleBase) -> None:
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("PySpark needs Java")
    frame = frame_of(base, random_people(base, 60, seed=9), listed=True)
    wrong = pl.col("coding").replace("solid", "splendid")
    assert by_spark(frame.with_columns(wrong), base) == by_polars(frame.with_columns(wrong), base)


def test_columns_that_cannot_be_used_are_told_at_once(base: RuleBase) -> None:
    frame = pl.DataFrame({"codign": ["solid"], "maths": [3], "timeline_years": [{"min": 3, "max": 4}], "first": ["x"]})
    with pytest.raises(InputError) as refused:
        score_frame(frame, base)
    assert [problem.key for problem in refused.value.problems] == ["codign", "maths", "timeline_years", "first"]
    assert "Did you mean 'coding'?" in str(refused.value)
    assert "pathfinder batch" in str(refused.value)


def test_columns_of_the_frame_are_kept_where_they_are_named(base: RuleBase) -> None:
    frame = pl.DataFrame({"town": ["Leeds"], "coding": ["solid"]})
    found = score_frame(frame, base, keep=["town"])
    assert found.columns[:2] == ["town", "coding"]
    assert found["town"].to_list() == ["Leeds"]


def test_neither_importing_nor_scoring_one_person_loads_an_engine(tmp_path: Any) -> None:
    (tmp_path / "ada.yaml").write_text("answers: {coding: solid}\n")
    code = (
        "import sys, pathfinder, pathfinder.frames; from pathfinder.cli.main import main\n"
        f"sys.argv = ['pathfinder', 'score', {str(tmp_path / 'ada.yaml')!r}]\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code\n"
        "print([name for name in ('polars', 'narwhals', 'duckdb') if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"
