"""`pathfinder batch --scores-only`: the scores that `pathfinder score` gives, from every form of input."""

from __future__ import annotations

import csv
import json
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from naive import read_raw
from pathfinder.errors import InputError
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.journal import Journal, alone
from pathfinder.store.rules import built_in_folder
from random_sheets import random_sheet
from running import Outcome, Run

SOUND = str(Path(__file__).parents[1] / "authoring" / "sound")
TABLE = "id,name,skill,calm,years\nada,Ada,strong,4,5-15\nben,Ben,none,,\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs in a folder of its own, with a table of two people in it."""
    (tmp_path / "people.csv").write_text(TABLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def scores_only(run: Run, source: str, *arguments: str, stdin: bytes | None = None) -> Outcome:
    """On the small rule base, into `out`."""
    return run("batch", source, "--scores-only", "--out", "out", "--rules", SOUND, *arguments, stdin=stdin)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def in_a_cell(value: Any) -> str:
    """A raw answer as it stands in a table."""
    match value:
        case bool():
            return "yes" if value else "no"
        case list():
            return "|".join(map(in_a_cell, value)) or "none"
        case {"likely": likely}:
            return f"{value['min']}-{value['max']}~{likely}"
        case dict():
            return f"{value['min']}-{value['max']}"
    return str(value)


def test_the_scores_are_those_of_score_from_every_form_of_input(base: RuleBase, run: Run, folder: Path) -> None:
    reference, source = read_raw(Path(built_in_folder())).reference, random.Random(3)
    crowd = {f"p{n}": random_sheet(reference, source, share=n / 8, uncertain=n % 2 == 0) for n in range(8)}
    with (folder / "all.csv").open("w", encoding="utf-8", newline="") as text:
        table = csv.writer(text)
        table.writerow(["id", *base.questions])
        for key, answers in crowd.items():
            table.writerow([key, *(in_a_cell(answers[one]) if one in answers else "" for one in base.questions)])
    documents = {key: {"answers": answers} for key, answers in crowd.items()}
    lines = [json.dumps({"id": key, **document}) for key, document in documents.items()]
    (folder / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "all").mkdir()
    for key, document in documents.items():
        (folder / "all" / f"{key}.json").write_text(json.dumps(document), encoding="utf-8")
    for name in ("all.csv", "all.jsonl", "all"):
        assert run("batch", name, "--scores-only", "--out", f"out-{name}").code == 0
    written = (folder / "out-all" / "scores.csv").read_bytes()
    assert written == (folder / "out-all.csv" / "scores.csv").read_bytes()
    assert written == (folder / "out-all.jsonl" / "scores.csv").read_bytes()
    found = rows(folder / "out-all" / "scores.csv")
    assert [row["id"] for row in found] == list(crowd)
    for row in found:
        paths = json.loads(run("score", f"all/{row['id']}.json", "--format", "json").out)["paths"]
        open_paths = [path for path in paths if path["status"] == "open"]
        assert row["best"] == open_paths[0]["id"]
        second = open_paths[1]["score"] if len(open_paths) > 1 else 0
        assert float(row["margin"]) == round(open_paths[0]["score"] - second, 6)
        assert {path["id"]: float(row[f"score_{path['id']}"]) for path in paths} == {
            path["id"]: path["score"] for path in paths
        }
        assert set(row["blocked"].split("; ")) - {""} == {path["id"] for path in paths if path["status"] == "blocked"}


def test_a_weighing_in_a_file_counts(run: Run, folder: Path) -> None:
    person = {"answers": {"skill": "strong", "calm": 4}, "weights": {"fit": 2}}
    (folder / "p.json").write_text(json.dumps(person), encoding="utf-8")
    (folder / "p.jsonl").write_text(json.dumps({"id": "p", **person}), encoding="utf-8")
    outcome = scores_only(run, "p.jsonl")
    assert outcome.code == 0, outcome.err
    alone = json.loads(run("score", "p.json", "--format", "json", "--rules", SOUND).out)
    row = rows(folder / "out" / "scores.csv")[0]
    assert {path["id"]: path["score"] for path in alone["paths"]} == {
        key.removeprefix("score_"): float(value) for key, value in row.items() if key.startswith("score_")
    }


def test_only_scores_and_errors_are_written_readable_by_their_owner(run: Run, folder: Path) -> None:
    outcome = scores_only(run, "people.csv")
    told = "2 scored; the scores are in out/scores.csv, what they add up to in out/scores.md"
    assert outcome == Outcome(0, "", f"pathfinder: {told}\n")
    assert sorted(file.name for file in (folder / "out").iterdir()) == ["errors.csv", "scores.csv", "scores.md"]
    assert {file.stat().st_mode & 0o777 for file in (folder / "out").iterdir()} == {0o600}


def test_bad_rows_are_told_as_a_batch_tells_them(run: Run, folder: Path) -> None:
    (folder / "people.csv").write_text(
        TABLE + 'ada,,none,2,\ncid,,wrong,9,1\n"x,,,,\ndee,,none,2,7\n', encoding="utf-8"
    )
    outcome = scores_only(run, "people.csv")
    batch = run("batch", "people.csv", "--summary-only", "--out", "batch", "--rules", SOUND)
    assert outcome.code == batch.code == 1
    assert outcome.err.splitlines()[:-2] == batch.err.splitlines()[:-2]
    assert len(outcome.err.splitlines()) > 4
    assert (folder / "out" / "errors.csv").read_bytes() == (folder / "batch" / "errors.csv").read_bytes()
    assert [row["id"] for row in rows(folder / "out" / "scores.csv")] == ["ada", "ben", "dee"]
    assert outcome.err.endswith("pathfinder: 3 could not be; out/errors.csv says what to mend\n")


def test_from_standard_input(run: Run, folder: Path) -> None:
    scores_only(run, "people.csv")
    piped = run("batch", "-", "--scores-only", "--out", "piped", "--rules", SOUND, stdin=TABLE.encode())
    assert piped.code == 0
    assert (folder / "piped" / "scores.csv").read_bytes() == (folder / "out" / "scores.csv").read_bytes()


def test_results_are_replaced_only_when_asked_for(run: Run, folder: Path) -> None:
    scores_only(run, "people.csv")
    again = scores_only(run, "people.csv")
    assert again.code == 2
    assert "results stand here already (scores.csv, scores.md, errors.csv)" in again.err
    assert scores_only(run, "people.csv", "--force").code == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "this is empty"),
        ("id,skill\n", "there is nobody in it"),
        ("id,skil\na,none\n", "there is no question 'skil'"),
    ],
)
def test_an_input_that_cannot_be_used_writes_nothing(text: str, said: str, run: Run, folder: Path) -> None:
    (folder / "people.csv").write_text(text, encoding="utf-8")
    outcome = scores_only(run, "people.csv")
    assert outcome.code == 2
    assert said in outcome.err
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (("--summary-only",), "there is a page on the scores in any case"),
        (("--jobs", "2"), "it takes one process"),
        (("--date", "2026-01-01"), "there are no reports to put a day on"),
        (("--redact",), "scores.csv holds no names and no texts"),
    ],
)
def test_what_would_change_nothing_is_refused(given: tuple[str, ...], why: str, run: Run, folder: Path) -> None:
    outcome = scores_only(run, "people.csv", *given)
    assert outcome.code == 2
    assert f"{given[0]} and --scores-only cannot go together: {why}" in outcome.err
    assert not (folder / "out").exists()


def test_one_process_may_be_asked_for_as_it_takes_one(run: Run) -> None:
    assert scores_only(run, "people.csv", "--jobs", "1").code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="locks as POSIX has them")
def test_while_another_run_writes_in_the_folder_nothing_is_written(run: Run, folder: Path) -> None:
    journal = folder / "out" / "unfinished-run.jsonl"
    journal.parent.mkdir()
    with Journal(journal, "a batch", replace=False):
        before = sorted(journal.parent.iterdir())
        outcome = scores_only(run, "people.csv")
        assert outcome.code == 2
        assert "another run is writing here" in outcome.err
        assert sorted(journal.parent.iterdir()) == before
    with alone(journal), pytest.raises(InputError, match="another run is writing here"):
        Journal(journal, "a batch", replace=False)
    assert not journal.exists()


def test_what_an_unfinished_batch_has_done_is_left_to_it(run: Run, folder: Path) -> None:
    journal = folder / "out" / "unfinished-run.jsonl"
    journal.parent.mkdir()
    journal.write_text('{"settings": "a batch"}\n')
    assert scores_only(run, "people.csv").code == 0
    assert journal.read_text() == '{"settings": "a batch"}\n'


def test_an_empty_journal_that_a_killed_run_left_is_removed(run: Run, folder: Path) -> None:
    journal = folder / "out" / "unfinished-run.jsonl"
    journal.parent.mkdir()
    journal.touch()
    assert scores_only(run, "people.csv").code == 0
    assert not journal.exists()
