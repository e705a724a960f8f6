"""`pathfinder batch --redact`: a folder of results for other people's eyes."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from naive import read_raw
from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.redaction import Redactor
from pathfinder.cohort.discretion import PRIVATE
from pathfinder.cohort.pool import FEW
from pathfinder.report.markdown import to_markdown
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import built_in_folder
from random_sheets import random_sheet
from running import Run

NAME = "Zyxomma Petiolatum"
STRAIN = "mental_health_risk"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def crowd(seed: int, count: int = 4) -> dict[str, Any]:
    """Raw documents of random people, all with a name and an answer on strain, by id."""
    reference, source = read_raw(built_in_folder()).reference, random.Random(seed)
    found = {}
    for number in range(count):
        answers = random_sheet(reference, source, share=source.choice([0.2, 0.9]))
        answers[STRAIN] = source.choice(["low", "some", "high"])
        found[f"p{number}"] = {"name": f"{NAME} {number}", "answers": answers}
    return found


def write(folder: Path, people: Mapping[str, Any], name: str = "people.jsonl") -> str:
    lines = [json.dumps({"id": key, **document}) for key, document in people.items()]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return name


def written(folder: Path) -> Mapping[str, str]:
    return {str(file.relative_to(folder)): file.read_text() for file in sorted(folder.rglob("*")) if file.is_file()}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def test_each_report_is_that_of_score_redact_to_the_byte(base: RuleBase, run: Run, folder: Path) -> None:
    people = crowd(1)
    assert run("batch", write(folder, people), "--out", "out", "--redact", "--format", "markdown,json").code == 0
    found = written(folder / "out")
    redactor, assessor = Redactor(base), Assessor(base)
    for key, document in people.items():
        (folder / f"{key}.json").write_text(json.dumps(document), encoding="utf-8")
        alone = run("score", f"{key}.json", "--redact", "--format", "json")
        assert found[f"people/{key}.json"] == alone.out
        sheet, _ = validate_sheet(document, base.questions, base.path, base.criterion)
        told = redactor.redacted(sheet, assessor.assess(sheet, full=True))
        assert found[f"people/{key}.md"] == to_markdown(told, None)


def test_no_file_holds_a_name_a_private_answer_or_what_looks_at_one(base: RuleBase, run: Run, folder: Path) -> None:
    people = crowd(2, 12)
    run("batch", write(folder, people), "--out", "whole", "--format", "markdown,json")
    run("batch", "people.jsonl", "--out", "out", "--redact", "--format", "markdown,json")
    question = base.questions[STRAIN]
    words = [NAME, STRAIN, question.title, *question.values.values()]
    words += ["phd-strain", "independent-strain"]
    whole, found = "".join(written(folder / "whole").values()), "".join(written(folder / "out").values())
    assert [word for word in words if word not in whole] == []
    assert [word for word in (*words, question.prompt) if word in found] == []


def test_the_summaries_of_people_who_differ_in_private_answers_differ_in_figures_alone(run: Run, folder: Path) -> None:
    people = crowd(3, 10)
    tables = []
    for answer in ("low", "high"):
        for document in people.values():
            document["answers"][STRAIN] = answer
        name = write(folder, people, f"{answer}.jsonl")
        run("batch", name, "--out", answer, "--redact", "--summary-only")
        tables.append(rows((folder / answer / "summary.csv").read_text()))
    for one, other in zip(*tables, strict=True):
        for column in ("id", "name", "tensions", "set_aside", "report"):
            assert one[column] == other[column]
        if all(one[column] == other[column] for column in one if column not in ("ask_next", "find_out_next")):
            assert one == other
    assert {row["name"] for row in tables[0]} == {""}


def test_the_summary_says_that_it_is_redacted_and_names_no_tension_on_private_answers(
    base: RuleBase, run: Run, folder: Path
) -> None:
    run("batch", write(folder, crowd(4, 8)), "--out", "out", "--redact", "--summary-only")
    text = (folder / "out" / "summary.md").read_text()
    assert "**Redacted.** This copy leaves out names, private answers" in text
    assert "not named here" not in text


def test_what_is_wrong_with_a_private_answer_is_not_told(run: Run, folder: Path) -> None:
    people: dict[str, Any] = {
        "ada": {"answers": {STRAIN: "hihg", "coding": "strng"}},
        "ben": {"answers": {"mental_health_rsk": "high", STRAIN: 7}},
        "cem": {"options": [{"name": "X", "path": "phd", "answers": {STRAIN: ["low", "lots"]}}], "answers": {}},
    }
    outcome = run("batch", write(folder, people), "--out", "out", "--redact", "--summary-only")
    assert outcome.code == 1
    found = rows((folder / "out" / "errors.csv").read_text())
    assert [(row["id"], row["column"]) for row in found] == [("ada", ""), ("ada", "coding"), ("ben", ""), ("cem", "")]
    for text in (outcome.err, (folder / "out" / "errors.csv").read_text()):
        assert "mental" not in text
        assert "hihg" not in text
        assert text.count(PRIVATE.message) == 3
    plain = run("batch", "people.jsonl", "--out", "plain", "--summary-only")
    assert f"answers.{STRAIN}" in plain.err


def test_any_number_of_processes_writes_the_same(run: Run, folder: Path) -> None:
    people = crowd(5, FEW + 4)
    for document in people.values():
        document["answers"] = dict(list(document["answers"].items())[:12])
    write(folder, people)
    for jobs in ("1", "2"):
        run("batch", "people.jsonl", "--out", jobs, "--redact", "--format", "json", "--jobs", jobs)
    assert written(folder / "1") == written(folder / "2")


def test_reports_of_an_earlier_run_that_are_left_are_told_of(run: Run, folder: Path) -> None:
    people = crowd(6, 2)
    run("batch", write(folder, people), "--out", "out", "--format", "json")
    for more in ((), ("--summary-only",)):
        outcome = run("batch", "people.jsonl", "--out", "out", "--redact", "--force", *more)
        left = 4 if more else 2
        assert f"{left} files in out/people are not of this run, may hold what is private" in outcome.err
