"""`pathfinder batch` as an adviser's script meets it: files in, files out, messages and exit codes."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from naive import Reference
from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import assess
from pathfinder.cli.telling import MOST_TOLD
from pathfinder.cohort.pool import FEW
from pathfinder.report.markdown import to_markdown
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import built_in_folder
from random_sheets import random_sheet
from running import Outcome, Run, run_command

SOUND = str(Path(__file__).parents[1] / "authoring" / "sound")
TABLE = "id,name,skill,calm,years\nada,Ada,strong,4,5-15\nben,Ben,none,,\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs in a folder of its own, with a table of two people in it."""
    (tmp_path / "people.csv").write_text(TABLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def small(run: Run, *arguments: str, stdin: bytes | None = None) -> Outcome:
    """A batch on the small rule base, into `out`."""
    return run("batch", *arguments, "--out", "out", "--rules", SOUND, stdin=stdin)


def written(folder: Path) -> Mapping[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


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


class TestBatchAndScoreAgree:
    @pytest.fixture
    def crowd(self) -> Mapping[str, dict[str, Any]]:
        """Raw answers of random people, with open and uncertain ones, by id."""
        raw: dict[str, Any] = {}
        for file in sorted((built_in_folder() / "questions").glob("*.yaml")):
            raw |= {one["id"]: one for one in yaml.safe_load(file.read_text(encoding="utf-8"))["questions"]}
        reference, source = Reference(raw), random.Random(11)
        return {f"p{share}": random_sheet(reference, source, share=share / 10) for share in (0, 2, 5, 9)}

    def test_for_every_form_of_input_byte_for_byte(
        self, crowd: Mapping[str, dict[str, Any]], base: RuleBase, run: Run, folder: Path
    ) -> None:
        with (folder / "all.csv").open("w", encoding="utf-8", newline="") as text:
            table = csv.writer(text)
            table.writerow(["id", "name", *base.questions])
            for key, answers in crowd.items():
                cells = [in_a_cell(answers[question]) if question in answers else "" for question in base.questions]
                table.writerow([key, f"Name {key}", *cells])
        documents = {key: {"name": f"Name {key}", "answers": answers} for key, answers in crowd.items()}
        lines = [json.dumps({"id": key, **document}) for key, document in documents.items()]
        (folder / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
        (folder / "all").mkdir()
        for key, document in documents.items():
            (folder / "all" / f"{key}.json").write_text(json.dumps(document), encoding="utf-8")
        for source in ("all.csv", "all.jsonl", "all"):
            outcome = run("batch", source, "--out", f"out-{source}", "--format", "markdown,json")
            assert (outcome.code, outcome.out) == (0, "")
        results = written(folder / "out-all")
        assert results == written(folder / "out-all.csv") == written(folder / "out-all.jsonl")
        for key, document in documents.items():
            alone = run("score", f"all/{key}.json", "--format", "json").out
            assert results[f"people/{key}.json"].decode() == alone
            sheet, _ = validate_sheet(document, base.questions, base.path, base.criterion)
            assert results[f"people/{key}.md"].decode() == to_markdown(assess(base, sheet, full=True), None)
            row = next(row for row in rows(folder / "out-all" / "summary.csv") if row["id"] == key)
            found = json.loads(alone)
            assert (row["verdict"], row["path"]) == (found["verdict"]["kind"], found["verdict"]["path"] or "")
            for path in found["paths"]:
                assert float(row[f"score_{path['id']}"]) == path["score"]


class TestWhatIsWritten:
    def test_a_report_each_and_three_files_about_all(self, run: Run, folder: Path) -> None:
        outcome = small(run, "people.csv")
        assert outcome == Outcome(0, "", "pathfinder: 2 compared; the results are in out, summary.md first\n")
        assert list(written(folder / "out")) == [
            "errors.csv",
            "people/ada.md",
            "people/ben.md",
            "summary.csv",
            "summary.md",
        ]
        assert [(row["id"], row["name"], row["report"]) for row in rows(folder / "out" / "summary.csv")] == [
            ("ada", "Ada", "ada"),
            ("ben", "Ben", "ben"),
        ]
        assert rows(folder / "out" / "errors.csv") == []
        for file in (folder / "out").rglob("*.*"):
            assert file.stat().st_mode & 0o777 == 0o600

    @pytest.mark.parametrize(
        ("form", "endings"), [("markdown", {".md"}), ("json", {".json"}), ("json, markdown", {".md", ".json"})]
    )
    def test_reports_come_in_the_forms_asked_for(self, form: str, endings: set[str], run: Run, folder: Path) -> None:
        assert small(run, "people.csv", "--format", form).code == 0
        assert {file.suffix for file in (folder / "out" / "people").iterdir()} == endings

    def test_only_the_summary(self, run: Run, folder: Path) -> None:
        small(run, "people.csv")
        full = written(folder / "out")
        (folder / "out").rename(folder / "full")
        assert small(run, "people.csv", "--summary-only").code == 0
        short = written(folder / "out")
        assert list(short) == ["errors.csv", "summary.csv", "summary.md"]
        assert short["summary.md"] == full["summary.md"]
        assert [row | {"report": ""} for row in rows(folder / "full" / "summary.csv")] == rows(
            folder / "out" / "summary.csv"
        )

    def test_a_date_is_put_on_reports_when_given(self, run: Run, folder: Path) -> None:
        small(run, "people.csv", "--date", "2026-02-03")
        assert "Made on 2026-02-03 with" in (folder / "out" / "people" / "ada.md").read_text()

    def test_standard_input_gives_the_same(self, run: Run, folder: Path) -> None:
        small(run, "people.csv")
        (folder / "out").rename(folder / "of-a-file")
        assert small(run, "-", stdin=TABLE.encode()).code == 0
        assert written(folder / "out") == written(folder / "of-a-file")

    def test_ids_that_are_no_file_names_are_told_and_can_be_found(self, run: Run, folder: Path) -> None:
        (folder / "people.csv").write_text("id\n../../up\nAda\nada\nCON\n=cmd()\n", encoding="utf-8")
        outcome = small(run, "people.csv")
        assert "4 ids are no safe file names as they are; summary.csv has the names of their reports" in outcome.err
        found = rows(folder / "out" / "summary.csv")
        assert [row["id"] for row in found] == ["../../up", "Ada", "ada", "CON", "'=cmd()"]
        there = {file.name for file in (folder / "out" / "people").iterdir()}
        assert {f"{row['report']}.md" for row in found} == there
        assert len({name.casefold() for name in there}) == 5
        assert set(folder.iterdir()) == {folder / "out", folder / "people.csv"}


class TestBadRows:
    TABLE = 'id,skill,calm\nada,strong,4\nben,strnog,9\n,strong,4\nada,none,1\ncem,"open,1\ndan,basic,2\n'

    def test_each_is_reported_with_row_and_column_and_the_others_are_compared(self, run: Run, folder: Path) -> None:
        (folder / "people.csv").write_text(self.TABLE, encoding="utf-8")
        outcome = small(run, "people.csv")
        assert outcome.code == 1
        assert outcome.out == ""
        assert outcome.err.splitlines() == [
            "pathfinder: people.csv: row 3 (ben), skill: 'strnog' is no value of skill. Did you mean 'strong'?",
            "pathfinder: people.csv: row 3 (ben), calm: this is out of range. Write a whole number from 1 to 5",
            "pathfinder: people.csv: row 4, id: there is no id. Give everybody one that nobody else has",
            "pathfinder: people.csv: row 5 (ada), id: row 2 has the id 'ada' already. Give everybody one of their own",
            "pathfinder: people.csv: row 6: a quotation mark is opened here and not closed as it should be. Close the "
            'cell with one, and write a quotation mark inside a cell twice ("")',
            "pathfinder: 2 compared; the results are in out, summary.md first",
            "pathfinder: 4 could not be; out/errors.csv says what to mend",
        ]
        assert [row["id"] for row in rows(folder / "out" / "summary.csv")] == ["ada", "dan"]
        assert [(row["row"], row["id"], row["column"]) for row in rows(folder / "out" / "errors.csv")] == [
            ("3", "ben", "skill"),
            ("3", "ben", "calm"),
            ("4", "", "id"),
            ("5", "ada", "id"),
            ("6", "", ""),
        ]
        assert "four people more could not be used" in (folder / "out" / "summary.md").read_text()

    def test_good_rows_come_out_as_if_the_bad_ones_were_not_there(self, run: Run, folder: Path) -> None:
        (folder / "people.csv").write_text(self.TABLE, encoding="utf-8")
        small(run, "people.csv")
        (folder / "out").rename(folder / "mixed")
        (folder / "people.csv").write_text("id,skill,calm\nada,strong,4\ndan,basic,2\n", encoding="utf-8")
        small(run, "people.csv")
        for name in ("summary.csv", "people/ada.md", "people/dan.md"):
            assert written(folder / "mixed")[name] == written(folder / "out")[name]

    def test_not_all_of_very_many_problems_are_told_but_all_are_written(self, run: Run, folder: Path) -> None:
        for count, more in ((MOST_TOLD, False), (MOST_TOLD + 3, True)):
            (folder / "people.csv").write_text("id,skill\n" + "".join(f"p{one},x\n" for one in range(count)))
            outcome = small(run, "people.csv", "--force")
            assert outcome.err.count(" is no value of skill") == MOST_TOLD
            assert ("pathfinder: and 3 problems more\n" in outcome.err) is more
            assert len(rows(folder / "out" / "errors.csv")) == count


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("id,skil\na,strong\n", "people.csv: row 1, column B: there is no question 'skil'. Did you mean 'skill'?"),
            ("name,skill\na,strong\n", "people.csv: row 1: this table has no column id."),
            ("", "people.csv: this is empty."),
        ],
    )
    def test_an_input_that_is_wrong_as_a_whole_writes_nothing(
        self, content: str, said: str, run: Run, folder: Path
    ) -> None:
        (folder / "people.csv").write_text(content)
        outcome = small(run, "people.csv")
        assert (outcome.code, outcome.out) == (2, "")
        assert said in outcome.err
        assert not (folder / "out").exists()

    def test_results_that_stand_there_are_replaced_only_when_forced(self, run: Run, folder: Path) -> None:
        small(run, "people.csv")
        first = written(folder / "out")
        (folder / "out" / "people" / "ada.md").write_text("my notes")
        outcome = small(run, "people.csv")
        assert (outcome.code, outcome.out) == (2, "")
        assert "out: results stand here already (summary.csv, summary.md, errors.csv, people)" in outcome.err
        assert (folder / "out" / "people" / "ada.md").read_text() == "my notes"
        assert small(run, "people.csv", "--force").code == 0
        assert written(folder / "out") == first

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--format", "html"), "'html' is not one of markdown, json."),
            (("--format", ""), "is not one of markdown, json."),
            (("--jobs", "0"), "--jobs"),
            (("--date", "tomorrow"), "--date"),
        ],
    )
    def test_options_that_mean_nothing_are_refused(
        self, arguments: tuple[str, ...], said: str, run: Run, folder: Path
    ) -> None:
        outcome = small(run, "people.csv", *arguments)
        assert outcome.code == 2
        assert said in outcome.err
        assert not (folder / "out").exists()

    def test_an_input_that_is_missing_or_no_file_is_named(self, run: Run) -> None:
        assert "nobody.csv: there is no such file" in small(run, "nobody.csv").err
        assert "/dev/null: this is not a regular file" in small(run, "/dev/null").err


class TestHostileInput:
    HOSTILE = (
        "[red]x[/red] [/y]",
        "<script>alert(1)</script>",
        "**b** `c` [a](http://x.org) ![i](j)",
        "\x1b[31mred\x1b]0;t\x07",
        "| a | b |",
        '=HYPERLINK("http://x.org")',
        "x\n# heading\n\n- item",
        "\u202eabc",
    )

    @pytest.fixture
    def outcome(self, run: Run, folder: Path) -> Outcome:
        with (folder / "people.csv").open("w", encoding="utf-8", newline="") as text:
            table = csv.writer(text)
            table.writerow(["id", "name", "skill"])
            for nasty in self.HOSTILE:
                table.writerow([nasty, nasty, "basic|strong"])
                table.writerow([f"bad {nasty}", nasty, nasty.replace("\n", " ")])
        return small(run, "people.csv", "--format", "markdown,json")

    def test_no_control_character_comes_out_anywhere(self, outcome: Outcome, folder: Path) -> None:
        assert outcome.code == 1
        assert len(rows(folder / "out" / "summary.csv")) == len(self.HOSTILE)
        for text in (outcome.err, *(file.decode() for file in written(folder / "out").values())):
            assert all(line.isprintable() for line in text.split("\n"))

    def test_no_cell_calculates(self, outcome: Outcome, folder: Path) -> None:
        assert outcome.code == 1
        for name in ("summary.csv", "errors.csv"):
            with (folder / "out" / name).open(encoding="utf-8", newline="") as text:
                for row in csv.reader(text):
                    for cell in row:
                        assert cell[:1] not in ("=", "+", "@")
                        assert cell[:1] != "-" or float(cell) < 0

    def test_markdown_stays_text(self, outcome: Outcome, folder: Path) -> None:
        assert outcome.code == 1
        markdown = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table")
        for file in (folder / "out").rglob("*.md"):
            tokens = [one for token in markdown.parse(file.read_text()) for one in (token, *(token.children or ()))]
            kinds = {token.type for token in tokens}
            assert not kinds & {"html_block", "html_inline", "link_open", "image", "code_inline", "fence", "code_block"}
            titles = [one for one in tokens if one.type == "heading_open" and one.tag == "h1"]
            assert len(titles) == 1


class TestProcessesAndSignals:
    def crowd(self, folder: Path, count: int) -> str:
        source = random.Random(5)
        lines = [
            f"p{one},{source.choice(['none', 'basic|strong', 'strong', ''])},{one % 5 + 1}" for one in range(count)
        ]
        (folder / "crowd.csv").write_text("\n".join(["id,skill,calm", *lines]) + "\n")
        return "crowd.csv"

    def test_the_real_command_in_processes_writes_what_this_process_writes(self, run: Run, folder: Path) -> None:
        crowd = self.crowd(folder, FEW + 10)
        assert small(run, crowd, "--jobs", "1").code == 0
        arguments = ("batch", crowd, "--out", "real", "--rules", SOUND, "--jobs", "2")
        outcome = run_command(*arguments, folder=folder, timeout=60)
        assert outcome == Outcome(
            0, "", f"pathfinder: {FEW + 10} compared; the results are in real, summary.md first\n"
        )
        assert written(folder / "real") == written(folder / "out")

    @pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_a_run_that_is_stopped_exits_130_and_goes_on_the_next_time(
        self, number: signal.Signals, run: Run, folder: Path
    ) -> None:
        text = (folder / self.crowd(folder, FEW + 40)).read_bytes()
        command = [sys.executable, "-m", "pathfinder", "batch", "-", "--out", "out", "--rules", SOUND, "--jobs", "2"]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )
        assert process.stdin is not None
        process.stdin.write(text)
        process.stdin.flush()  # and kept open, so that the run waits for more
        journal = folder / "out" / "unfinished-run.jsonl"
        for _ in range(600):
            if journal.exists() and journal.read_bytes().count(b"\n") > 1:
                break
            try:
                process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            break
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out) == (130, b"")
        assert err == b"pathfinder: stopped. What is done is kept: the same command goes on from there\n"
        assert {name.split("/")[0] for name in written(folder / "out")} == {"people", "unfinished-run.jsonl"}
        again = small(run, "-", stdin=text)
        assert again.code == 0
        assert "were done by the unfinished run before" in again.err
        (folder / "out").rename(folder / "resumed")
        small(run, "-", stdin=text)
        assert written(folder / "resumed") == written(folder / "out")


def test_a_batch_goes_on_when_nobody_reads_its_messages_any_more(folder: Path) -> None:
    (folder / "people.csv").write_text(TABLE + "eve,Eve,x,,\nmax,Max,strong,,\n", encoding="utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "pathfinder", "batch", "people.csv", "--out", "out", "--rules", SOUND]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=writing, timeout=30, check=False)
    os.close(writing)
    assert done.returncode == 1
    assert [row["id"] for row in rows(folder / "out" / "summary.csv")] == ["ada", "ben", "max"]


@pytest.mark.skipif(sys.platform == "win32", reason="file numbers as POSIX has them")
@pytest.mark.parametrize("closed", ["2>&-", ">&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_a_batch_goes_on_when_its_standard_streams_are_closed(closed: str, folder: Path, run: Run) -> None:
    (folder / "people.csv").write_text(TABLE + "eve,Eve,x,,\n", encoding="utf-8")
    assert small(run, "people.csv").code == 1
    (folder / "out").rename(folder / "usual")
    command = [sys.executable, "-m", "pathfinder", "batch", "people.csv", "--out", "out", "--rules", SOUND]
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}', "sh", *command], capture_output=True, timeout=30, check=False
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert written(folder / "out") == written(folder / "usual")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["written at the end", "written at once"])
class TestFullDisk:
    @pytest.fixture(autouse=True)
    def _buffering(self, unbuffered: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)

    def test_what_is_wrong_with_the_input_cannot_be_said_but_the_exit_code_tells(self) -> None:
        command = [sys.executable, "-m", "pathfinder", "score", "no-such-file.yaml"]
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=full, timeout=30, check=False)
        assert (done.returncode, done.stdout) == (2, b"")

    def test_messages_that_cannot_be_written_stop_no_batch(self, folder: Path) -> None:
        command = [sys.executable, "-m", "pathfinder", "batch", "people.csv", "--out", "out", "--rules", SOUND]
        with Path("/dev/full").open("w") as full:
            subprocess.run(command, stderr=full, timeout=30, check=False)
        assert [row["id"] for row in rows(folder / "out" / "summary.csv")] == ["ada", "ben"]
        assert not (folder / "out" / "unfinished-run.jsonl").exists()

    def test_a_result_that_cannot_be_written_out_is_no_mistake_of_the_program(self) -> None:
        command = [sys.executable, "-m", "pathfinder", "template", "--rules", SOUND]
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=30, check=False)
        assert done.returncode == 2
        assert done.stderr == b"pathfinder: the result cannot be written out (No space left on device)\n"


def test_text_in_utf_16_is_named_as_such_and_a_nul_costs_its_own_row_only(run: Run, folder: Path) -> None:
    for encoding in ("utf-16", "utf-16-le"):
        (folder / "people.csv").write_bytes(TABLE.encode(encoding))
        outcome = small(run, "people.csv")
        assert (outcome.code, outcome.out) == (2, "")
        assert "Save the file as UTF-8" in outcome.err
    (folder / "people.csv").write_bytes(TABLE.encode() + b"eve,,str\0ong,,\nmax,,none,,\n")
    outcome = small(run, "people.csv")
    assert outcome.code == 1
    assert "people.csv: row 4: there are NUL characters in this line. Save the file as UTF-8 text" in outcome.err
    assert [row["id"] for row in rows(folder / "out" / "summary.csv")] == ["ada", "ben", "max"]


@pytest.mark.skipif(sys.platform == "win32", reason="terminals as POSIX has them")
class TestOnATerminal:
    @pytest.mark.parametrize("color", ["", "1"], ids=["colour", "NO_COLOR"])
    def test_progress_is_drawn_and_leaves_nothing_behind(self, color: str, folder: Path) -> None:
        import pexpect
        import pyte

        (folder / "people.csv").write_text(TABLE + "eve,Eve,[red]x[/red],,\n", encoding="utf-8")
        environment = {"TERM": "xterm", "NO_COLOR": color, "PATH": "/usr/bin:/bin"}
        program = pexpect.spawn(
            sys.executable,
            ["-m", "pathfinder", "batch", "people.csv", "--out", "out", "--rules", SOUND],
            cwd=str(folder),
            env=environment | {"PYTHONPATH": ":".join(sys.path)},
            dimensions=(24, 80),
            timeout=30,
        )
        program.expect(pexpect.EOF)
        program.close()
        sent = program.before.decode()
        assert " compared " in sent
        assert ("\x1b[3" in sent) is not bool(color)
        screen = pyte.Screen(80, 24)
        pyte.Stream(screen).feed(sent)
        lines = [line.rstrip() for line in screen.display if line.strip()]
        assert lines == [
            "pathfinder: people.csv: row 4 (eve), skill: '[red]x[/red]' is no value of skill.",
            "It is one of: none, basic, strong",
            "pathfinder: 2 compared; the results are in out, summary.md first",
            "pathfinder: 1 could not be; out/errors.csv says what to mend",
        ]
        assert program.exitstatus == 1


def test_a_batch_loads_nothing_that_draws_when_nobody_watches(folder: Path) -> None:
    script = (
        "import sys\n"
        f"sys.argv = ['pathfinder', 'batch', 'people.csv', '--out', 'out', '--rules', {SOUND!r}]\n"
        "from pathfinder.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(*sorted(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=30, check=True)
    loaded = set(done.stdout.split())
    assert "pathfinder.cohort.run" in loaded
    assert not {"rich", "questionary", "prompt_toolkit"} & loaded
