"""A batch writes the same bytes however it is run: at once, in processes, or stopped anywhere and gone on with."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

from pathfinder.answers.sheet import Among, AnswerSheet, Certain
from pathfinder.assessment.assess import Assessor
from pathfinder.cohort.fingerprint import fingerprint
from pathfinder.cohort.pool import FEW
from pathfinder.cohort.run import Outcome, Plan, run_cohort
from pathfinder.errors import InputError, Problem
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.cohort_output import OutputFolder
from pathfinder.store.person import Person
from pathfinder.store.rules import load_rules

SOUND = Path(__file__).parents[1] / "authoring" / "sound"
BOTH = Plan(("markdown", "json"))


@pytest.fixture(scope="module")
def small() -> RuleBase:
    return load_rules(SOUND)


def people(count: int = 12) -> list[Person]:
    """Random people; every fifth has a problem instead of a result."""
    source = random.Random(7)
    found = []
    for number in range(count):
        answers = {"skill": Certain(source.choice(["none", "basic", "strong"])), "calm": Certain(source.randint(1, 5))}
        sheet = AnswerSheet({key: one for key, one in answers.items() if source.random() < 0.7}, f"Name {number}")
        problems = (Problem("this is wrong", "Mend it", key="skill"),) if number % 5 == 4 else ()
        found.append(Person(f"P {number}", sheet, "people.csv", number + 2, number + 2, problems))
    return found


def files(folder: Path) -> Mapping[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def run(base: RuleBase, folder: Path, crowd: list[Person], plan: Plan = BOTH, stop: int | None = None) -> Outcome:
    """Run a batch; with `stop`, it is interrupted when so many people are done."""
    done = itertools.count(1)

    def watch(_person: Person) -> None:
        if next(done) == stop:
            raise KeyboardInterrupt

    out = OutputFolder(folder)
    out.prepare(None, force=plan.force, reports=bool(plan.forms))
    return run_cohort(base, crowd, out, plan, watch)


def stopped(base: RuleBase, folder: Path, crowd: list[Person], stop: int, plan: Plan = BOTH) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(base, folder, crowd, plan, stop)


def test_it_writes_a_report_in_each_form_for_everybody_and_three_files_about_all(
    small: RuleBase, tmp_path: Path
) -> None:
    outcome = run(small, tmp_path, people())
    assert (outcome.people, outcome.failed, outcome.taken, outcome.renamed) == (10, 2, 0, 10)
    found = files(tmp_path)
    assert {name for name in found if "/" not in name} == {"summary.csv", "summary.md", "errors.csv"}
    assert len([name for name in found if name.endswith(".md") and name.startswith("people/P-")]) == 10
    assert len([name for name in found if name.endswith(".json") and name.startswith("people/P-")]) == 10
    summary = found["summary.csv"].decode().splitlines()
    assert [row.split(",")[0] for row in summary[1:]] == [one.id for one in people() if not one.problems]
    errors = found["errors.csv"].decode().splitlines()
    assert errors[1:] == [f"people.csv,{row},{row},P {row - 2},skill,this is wrong,Mend it" for row in (6, 11)]


def test_the_same_bytes_whatever_the_number_of_processes(small: RuleBase, tmp_path: Path) -> None:
    crowd = people(3 * FEW)
    run(small, tmp_path / "one", crowd)
    run(small, tmp_path / "two", crowd, replace(BOTH, jobs=2))
    assert files(tmp_path / "one") == files(tmp_path / "two")


@pytest.mark.parametrize("plan", [BOTH, Plan(())], ids=["reports", "summary only"])
def test_a_run_that_is_stopped_anywhere_and_run_again_writes_the_same_bytes(
    plan: Plan, small: RuleBase, tmp_path: Path
) -> None:
    run(small, tmp_path / "whole", people(), plan)
    for stop in range(1, 13):
        folder = tmp_path / f"stopped-{stop}"
        stopped(small, folder, people(), stop, plan)
        left = set(files(folder))
        assert not {"summary.csv", "summary.md", "errors.csv"} & left
        assert not [name for name in left if name.endswith(".tmp")]
        outcome = run(small, folder, people(), plan)
        assert outcome.taken == len([one for one in people()[:stop] if not one.problems])
        assert files(folder) == files(tmp_path / "whole")


def test_a_run_can_be_stopped_more_than_once(small: RuleBase, tmp_path: Path) -> None:
    run(small, tmp_path / "whole", people())
    for stop in (3, 2, 6, 9):
        stopped(small, tmp_path / "often", people(), stop)
    outcome = run(small, tmp_path / "often", people())
    assert outcome.taken == len([one for one in people()[:9] if not one.problems])
    assert files(tmp_path / "often") == files(tmp_path / "whole")


def test_what_was_done_is_not_done_again(small: RuleBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped(small, tmp_path, people(), 8)
    assessed: list[str] = []
    real = Assessor.assess

    def counting(assessor: Assessor, sheet: AnswerSheet, *, full: bool) -> object:
        assessed.append(sheet.name)
        return real(assessor, sheet, full=full)

    monkeypatch.setattr(Assessor, "assess", counting)
    run(small, tmp_path, people())
    assert assessed == [f"Name {number}" for number in (8, 10, 11)]


def test_changed_answers_a_missing_report_and_another_order_are_noticed(small: RuleBase, tmp_path: Path) -> None:
    changed = people()
    changed[3] = replace(changed[3], sheet=AnswerSheet({"skill": Certain("strong")}))
    turned = [*people()[:3], *reversed(people()[3:])]
    for name, crowd, taken in (("changed", changed, 3), ("turned", turned, 3)):
        run(small, tmp_path / f"{name}-whole", crowd)
        stopped(small, tmp_path / name, people(), 9)
        assert run(small, tmp_path / name, crowd).taken == taken
        assert files(tmp_path / name) == files(tmp_path / f"{name}-whole")
    run(small, tmp_path / "whole", people())
    stopped(small, tmp_path / "lost", people(), 9)
    next((tmp_path / "lost" / "people").glob("P-2-*.json")).unlink()
    assert run(small, tmp_path / "lost", people()).taken == 2
    assert files(tmp_path / "lost") == files(tmp_path / "whole")
    stopped(small, tmp_path / "emptied", people(), 9)
    next((tmp_path / "emptied" / "people").glob("P-2-*.json")).write_text("")  # as a power cut can leave it
    assert run(small, tmp_path / "emptied", people()).taken == 2
    assert files(tmp_path / "emptied") == files(tmp_path / "whole")


@pytest.mark.parametrize(
    "other",
    [Plan(("json",)), Plan(()), replace(BOTH, made=date(2026, 1, 1)), replace(BOTH, redact=True)],
    ids=["form", "none", "date", "redacted"],
)
def test_a_run_with_other_settings_does_not_go_on_with_this_one(other: Plan, small: RuleBase, tmp_path: Path) -> None:
    stopped(small, tmp_path, people(), 5)
    with pytest.raises(InputError, match="an unfinished run with other settings"):
        run(small, tmp_path, people(), other)
    assert run(small, tmp_path, people(), replace(other, force=True)).taken == 0


def test_another_rule_base_is_another_run(small: RuleBase, base: RuleBase, tmp_path: Path) -> None:
    stopped(small, tmp_path, people(), 5)
    with pytest.raises(InputError, match="an unfinished run with other settings"):
        run(base, tmp_path, [])


def test_a_mistake_of_the_program_over_one_person_leaves_the_others(
    small: RuleBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Assessor.assess

    def odd(assessor: Assessor, sheet: AnswerSheet, *, full: bool) -> object:
        if sheet.name == "Name 2":
            raise ZeroDivisionError("secret")
        return real(assessor, sheet, full=full)

    monkeypatch.setattr(Assessor, "assess", odd)
    told: list[Person] = []
    out = OutputFolder(tmp_path)
    out.prepare(None, force=False, reports=True)
    outcome = run_cohort(small, people(4), out, BOTH, told.append)
    assert (outcome.people, outcome.failed) == (3, 1)
    assert [one.id for one in told] == ["P 0", "P 1", "P 2", "P 3"]
    errors = (tmp_path / "errors.csv").read_text()
    assert "P 2,,the program made a mistake over these answers (ZeroDivisionError)" in errors
    assert "secret" not in errors
    monkeypatch.setenv("PATHFINDER_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run(small, tmp_path / "debug", people(4))


def test_reports_of_others_are_left_and_told(small: RuleBase, tmp_path: Path) -> None:
    run(small, tmp_path, people())
    outcome = run(small, tmp_path, people()[:6], replace(BOTH, force=True))
    assert len(outcome.strangers) == 2 * len([one for one in people()[6:] if not one.problems])
    assert all((tmp_path / "people" / name).exists() for name in outcome.strangers)


def test_a_date_stands_in_reports_only_when_given(small: RuleBase, tmp_path: Path) -> None:
    run(small, tmp_path / "without", people(1))
    run(small, tmp_path / "with", people(1), replace(BOTH, made=date(2026, 2, 3)))
    (without,) = (tmp_path / "without" / "people").glob("*.md")
    (dated,) = (tmp_path / "with" / "people").glob("*.md")
    assert "\nMade with pathfinder" in without.read_text()
    assert dated.read_text() == without.read_text().replace("\nMade with", "\nMade on 2026-02-03 with")


def test_people_are_taken_one_by_one(small: RuleBase, tmp_path: Path) -> None:
    """In the only process, nobody is read more than a few places ahead of who is done."""
    read, done, ahead = itertools.count(1), itertools.count(1), []
    last = 0

    def crowd() -> Iterator[Person]:
        nonlocal last
        for person in people(150):
            last = next(read)
            yield person

    out = OutputFolder(tmp_path)
    out.prepare(None, force=False, reports=False)
    run_cohort(small, crowd(), out, Plan(()), lambda _person: ahead.append(last - next(done)))
    assert len(ahead) == 150
    assert max(ahead) <= FEW + 1


def test_fingerprints_tell_answers_apart_and_nothing_else() -> None:
    one = AnswerSheet({"a": Certain(frozenset({"x", "y", "z"})), "b": Among(("p", "q"))}, "Ada")
    turned = AnswerSheet({"b": Among(("p", "q")), "a": Certain(frozenset({"z", "y", "x"}))}, "Ada")
    assert fingerprint(one) == fingerprint(turned)
    others = [
        structs.replace(one, name="Ben"),
        one.without("a"),
        one.with_answer("b", Certain("p")),
        one.with_answer("b", Among(("q", "p"))),
        one.with_answer("a", Certain(frozenset({"x"}))),
        structs.replace(one, weights={"fit": 2.0}),
    ]
    assert len({fingerprint(sheet) for sheet in [one, *others]}) == len(others) + 1
