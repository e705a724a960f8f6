"""Whatever is wrong with an answers file, the program says where and what to do, and does nothing else.

Every file in tests/bad_input/ is one way of being wrong, and beside it stands what the program must say about
it. To add a case, drop `NAME.yaml` (or `.json`) and `NAME.expected.txt` there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from running import Outcome, Run, run_command

EXAMPLES = Path(__file__).parents[1] / "bad_input"
INPUTS = sorted(file.name for file in EXAMPLES.iterdir() if file.suffix in (".yaml", ".json"))
GOOD = "answers:\n  coding: solid\n"
BRACKETS = 100_000


def expected_for(name: str) -> str:
    return (EXAMPLES / name).with_suffix(".expected.txt").read_text(encoding="utf-8")


def assert_refused(outcome: Outcome, *messages: str) -> None:
    """The run ended with the exit code for bad input, with these messages and nothing else."""
    lines = [f"pathfinder: {message}" for message in messages]
    if len(lines) > 1:
        lines.append(f"pathfinder: {len(lines)} problems, nothing was written")
    assert outcome.err.splitlines() == lines
    assert outcome.out == ""
    assert outcome.code == 2


def test_every_example_says_what_is_expected_of_it_and_every_expectation_has_its_example() -> None:
    expectations = {file.name.removesuffix(".expected.txt") for file in EXAMPLES.glob("*.expected.txt")}
    assert {Path(name).stem for name in INPUTS} == expectations
    assert len(INPUTS) == len(expectations), "two examples share one name"


@pytest.mark.parametrize("name", INPUTS)
def test_an_example_is_refused_with_exactly_the_messages_beside_it(
    name: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES)
    report = tmp_path / "report.md"
    outcome = run("score", name, "--report", str(report))
    assert outcome.err == expected_for(name)
    assert outcome.out == ""
    assert outcome.code == 2
    assert list(tmp_path.iterdir()) == [], "a refused input leaves no report behind"


@pytest.mark.parametrize("name", ["several-problems.yaml", "json-several-problems.json", "not-yaml.yaml"])
def test_the_real_command_says_the_same_as_the_program_in_this_process(name: str) -> None:
    outcome = run_command("score", name, folder=EXAMPLES)
    assert outcome == Outcome(2, "", expected_for(name))


@pytest.mark.parametrize("verb", [["explain", "several-problems.yaml", "phd"], ["score", "-"]])
def test_every_way_into_the_program_names_every_problem(
    verb: list[str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES)
    outcome = run(*verb, stdin=(EXAMPLES / "several-problems.yaml").read_bytes())
    shown = "-" if verb[-1] == "-" else "several-problems.yaml"
    assert outcome == Outcome(2, "", expected_for("several-problems.yaml").replace("several-problems.yaml", shown))


def test_a_value_of_a_sensitive_question_is_never_repeated(run: Run, tmp_path: Path) -> None:
    secret = "burnt out twice"
    wordings = [secret, [secret], ["low", secret], {"min": secret, "max": secret}, [[secret]], {secret: secret}]
    for wording in wordings:
        file = tmp_path / "answers.json"
        file.write_text(json.dumps({"answers": {"mental_health_risk": wording}}))
        outcome = run("score", str(file))
        assert outcome.code == 2
        assert "answers.mental_health_risk: " in outcome.err
        assert "burnt" not in outcome.err + outcome.out


def test_a_missing_file_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    remedy = "Check the name; 'pathfinder template' prints one to fill in"
    assert_refused(run("score", "nobody.yaml"), f"nobody.yaml: there is no such file. {remedy}")
    assert_refused(run("score", "no/body.yaml"), f"no/body.yaml: there is no such file. {remedy}")


def test_a_folder_is_not_read(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people").mkdir()
    assert_refused(run("score", "people"), "people: this is a folder. Name a file in it")


def test_a_file_of_two_megabytes_is_not_read(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "large.yaml").write_text(GOOD + "#" * (2 << 20))
    remedy = "Answers need far less; check that it is the right file"
    assert_refused(run("score", "large.yaml"), f"large.yaml: the file is larger than 1 MiB. {remedy}")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(b"name: Ada\nanswers:\n  coding: \xe9\n", 3, id="latin-1"),
        pytest.param(GOOD.encode("utf-16"), 1, id="utf-16"),
    ],
)
def test_text_that_is_not_utf8_is_refused_with_its_line(
    content: bytes, line: int, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "odd.yaml").write_bytes(content)
    assert_refused(run("score", "odd.yaml"), f"odd.yaml:{line}: this is not UTF-8 text. Save the file as UTF-8")


def test_a_name_that_no_file_can_have_is_refused(run: Run) -> None:
    name = "x" * 300
    assert_refused(run("score", name), f"{name}: this file cannot be read (File name too long). Check the name")
    outcome = run("score", "answers\0.yaml")
    assert (outcome.code, outcome.out) == (2, "")
    assert "null byte" in outcome.err
    assert "\0" not in outcome.err


def test_standard_input_is_read_for_a_dash_and_named_so(run: Run) -> None:
    assert_refused(
        run("score", "-", stdin=b"answers:\n  codding: solid\n"),
        "-:2: answers.codding: there is no question 'codding'. Did you mean 'coding'?",
    )
    assert_refused(run("score", "-", stdin=b""), "-: the file is empty. 'pathfinder template' prints one to fill in")


def test_answers_on_standard_input_of_the_real_command_are_scored() -> None:
    outcome = run_command("score", "-", "--format", "json", stdin=GOOD.encode())
    assert (outcome.code, outcome.err) == (0, "")
    assert json.loads(outcome.out)["schema_version"] == 1


@pytest.mark.skipif(sys.platform == "win32", reason="closing a stream by number is for POSIX")
def test_a_closed_standard_input_is_told_and_is_no_mistake_of_the_program() -> None:
    script = f'exec "{sys.executable}" -m pathfinder score - <&-'
    done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, timeout=20, check=False)
    assert_refused(
        Outcome(done.returncode, done.stdout, done.stderr), "-: there is no standard input. Name a file instead of -"
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes on this system")
def test_a_named_pipe_is_refused_at_once_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    outcome = run_command("score", "pipe.yaml", folder=tmp_path, timeout=10)
    remedy = "Copy its content into a file, or use - for standard input"
    assert_refused(outcome, f"pipe.yaml: this is not a regular file. {remedy}")


DEEP = {
    "list.yaml": "answers: {coding: " + "[" * BRACKETS + "]" * BRACKETS + "}",
    "never-closed.yaml": "[" * BRACKETS,
    "mapping.yaml": "{a: " * BRACKETS + "1" + "}" * BRACKETS,
    "block.yaml": "- " * BRACKETS + "1",
    "list.json": '{"answers": {"coding": ' + "[" * BRACKETS + "]" * BRACKETS + "}}",
}


def test_a_hundred_thousand_brackets_neither_crash_nor_hang_the_real_command(tmp_path: Path) -> None:
    for name, text in DEEP.items():
        (tmp_path / name).write_text(text)
        outcome = run_command("score", name, folder=tmp_path, timeout=10)
        if name.endswith(".json"):
            too_deep = f"{name}: this JSON is nested too deep or holds a number that is too long"
        else:
            too_deep = f"{name}:1: nested more than 20 levels deep"
        assert_refused(outcome, f"{too_deep}. Write it flatter")


def test_a_json_object_of_many_keys_does_not_hang(tmp_path: Path) -> None:
    keys = ", ".join(f'"k{number}": 1' for number in range(60_000))
    (tmp_path / "many.json").write_text(f'{{"notes": {{{keys}}}, "answers": {{"codding": 1}}}}')
    message = "many.json: answers.codding: there is no question 'codding'. Did you mean 'coding'?"
    assert_refused(run_command("score", "many.json", folder=tmp_path, timeout=10), message)


def test_a_refused_input_leaves_an_older_report_as_it_was(run: Run, tmp_path: Path) -> None:
    report, answers = tmp_path / "report.md", tmp_path / "answers.yaml"
    report.write_text("last week's")
    answers.write_text("answers:\n  codding: solid\n")
    assert run("score", str(answers), "--report", str(report), "--force").code == 2
    assert report.read_text() == "last week's"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["answers.yaml", "report.md"]
