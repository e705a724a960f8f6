"""summary.md counts a cohort rightly, names a few of many, and nothing in it acts or tells a private answer."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from pathfinder.assessment.results.assessment import VerdictKind
from pathfinder.report.cohort_record import Record
from pathfinder.report.cohort_summary import cohort_blocks
from pathfinder.report.cohort_tally import MOST_NAMED, Tally
from pathfinder.report.markdown import blocks_as_markdown
from pathfinder.rulebase import conditions
from pathfinder.rulebase.models import RuleBase

ADA = Record(
    id="ada",
    name="Ada",
    report="ada",
    verdict="clear",
    path="phd",
    runner_up="governance",
    settled=False,
    margin=5.0,
    chance_best=0.9,
    scores={},
    blocked=(),
    reasons_for=(),
    reasons_against=(),
    tensions=(),
    places=(),
    worth=(),
    ask_next=(),
    find_out_next=(),
    set_aside=(),
)


def summary(base: RuleBase, *records: Record, failed: int = 0) -> str:
    tally = Tally()
    for record in records:
        tally.add(record)
    tally.failed = failed
    return blocks_as_markdown(cohort_blocks(base, tally))


def section(text: str, heading: str) -> str:
    """The text below the heading that begins so, up to the next one."""
    (found,) = [part for part in text.split("\n## ") if part.startswith(heading)]
    return found


def test_verdicts_are_counted_by_path(base: RuleBase) -> None:
    text = summary(
        base,
        ADA,
        replace(ADA, settled=True),
        replace(ADA, verdict="close", path="governance"),
        replace(ADA, verdict="unsettled"),
        replace(ADA, verdict="unsettled", path=None, blocked=("phd",)),
        replace(ADA, verdict="none_fits", path=None),
        replace(ADA, verdict="outside", path=None, places=("Operations", "Founding")),
        failed=2,
    )
    assert text.startswith("# Seven people, compared on four paths\n")
    assert "**The answers of two people more could not be used. errors.csv says what to mend where.**" in text
    found = section(text, "Verdicts")
    assert "| PhD | 2 | 0 | 1 | 3 |" in found
    assert "| Governance | 0 | 1 | 0 | 1 |" in found
    assert "| Research contributor | 0 | 0 | 0 | 0 |" in found
    assert "| No path ahead yet | 0 | 0 | 1 | 1 |" in found
    assert "For one person none of the paths fits" in found
    assert "The answers of one person point outside these paths." in found
    assert "For one person it is proved" in found
    assert "Blocked for now: PhD for 1." in found
    assert "- **Operations (1):** ada" in section(text, "Whose answers point outside")


def test_one_person_whose_answers_are_all_there(base: RuleBase) -> None:
    text = summary(base, ADA)
    assert text.startswith("# One person, compared")
    assert "could not be used" not in text
    assert "No single open answer is likely to change who comes first for anybody." in text
    for absent in ("Who is close", "Who has to answer", "Whom none", "outside these paths", "pull apart", "find out"):
        assert absent not in text


def test_the_closest_are_named_first_and_the_rest_counted(base: RuleBase) -> None:
    close = [
        replace(ADA, id=f"p{number}", verdict="close", margin=number % 10 / 10) for number in range(MOST_NAMED + 15)
    ]
    found = section(summary(base, *close), "Who is close")
    assert found.startswith(f"Who is close ({MOST_NAMED + 15})")
    named = [line.split("**")[1].rstrip(":") for line in found.splitlines() if line.startswith("- ")]
    wanted = sorted(close, key=lambda one: one.margin)[:MOST_NAMED]
    assert named == [one.id for one in wanted]
    assert "- **p0:** PhD, level with Governance" in found
    assert "- **p1:** PhD, 0.1 points ahead of Governance" in found
    assert "And 15 more, whom summary.csv has." in found


def test_unsettled_people_come_with_what_to_ask_them(base: RuleBase) -> None:
    asked = replace(ADA, verdict="unsettled", ask_next=("goal_role", "coding"))
    found = section(summary(base, asked, replace(asked, id="ben", path=None, ask_next=())), "Who has to answer")
    assert "- **ada:** PhD so far; ask about: Role you aim at, Programming" in found
    assert "- **ben:** no path ahead yet\n" in found


def test_questions_are_ranked_by_what_they_would_tell_over_everybody(base: RuleBase) -> None:
    source = random.Random(1)
    keys = list(base.questions)[:12]
    records = [
        replace(ADA, worth=tuple((key, round(source.random(), 2)) for key in source.sample(keys, 5))) for _ in range(50)
    ]
    found = section(summary(base, *records), "Which question to ask everybody next")
    told = {key: sum(dict(one.worth).get(key, 0) for one in records) for key in keys}
    people = {key: sum(key in dict(one.worth) for one in records) for key in keys}
    wanted = sorted(keys, key=lambda key: -told[key])[:8]
    rows = [row.split(" | ") for row in found.splitlines() if row.startswith("| ")][2:]
    assert [row[1].replace("\\", "") for row in rows] == wanted
    assert [(int(row[2]), row[3].rstrip(" |")) for row in rows] == [(people[key], f"{told[key]:.1f}") for key in wanted]
    assert f"**{base.questions[wanted[0]].title}.** {base.questions[wanted[0]].prompt}" in found


def test_answers_that_pull_apart_are_listed_by_how_many_have_them(base: RuleBase) -> None:
    one, other = (tension for tension in base.tensions[:2])
    both = replace(ADA, tensions=(one.id, other.id))
    found = section(summary(base, both, replace(ADA, id="ben", tensions=(other.id,)), ADA), "Whose answers pull apart")
    assert "Two people gave answers that pull apart" in found
    assert found.index(f"**{other.title} (2):** ada, ben") < found.index(f"**{one.title} (1):** ada")
    assert one.ask in found


def test_nobody_is_named_where_that_would_tell_a_private_answer(base: RuleBase) -> None:
    private = [
        tension
        for tension in base.tensions
        if tension.when and any(base.questions[test.question].sensitive for test in conditions.tests(tension.when))
    ]
    assert private
    for tension in private:
        text = summary(base, replace(ADA, tensions=(tension.id,)))
        assert f"**{tension.title} (1):** not named here" in text
        assert "ada" not in section(text, "Whose answers pull apart")


@pytest.mark.parametrize(
    "hostile", ["<script>x</script>", "**b** [a](b)", "# h", "| a", "- a", "[/red]", "a\nb", "\x1b[31m"]
)
def test_nothing_in_an_id_acts(hostile: str, base: RuleBase) -> None:
    kinds: tuple[VerdictKind, ...] = ("close", "unsettled", "none_fits", "outside")
    records = [
        replace(ADA, id=hostile, verdict=kind, places=("Operations",), tensions=(base.tensions[0].id,))
        for kind in kinds
    ]
    text = summary(base, *records)
    assert "\x1b" not in text
    calm = summary(base, *[replace(one, id="ada") for one in records])
    markdown = MarkdownIt("commonmark").enable("table")

    def shape(source: str) -> list[tuple[str, str]]:
        tokens = markdown.parse(source)
        return [(one.type, one.tag) for token in tokens for one in (token, *(token.children or ()))]

    assert [one for one in shape(text) if one[0] != "text"] == [one for one in shape(calm) if one[0] != "text"]


def test_memory_does_not_grow_with_people(base: RuleBase) -> None:
    tally = Tally()
    kinds: tuple[VerdictKind, ...] = ("clear", "close", "unsettled", "none_fits", "outside")
    for number in range(5000):
        tally.add(
            replace(
                ADA,
                id=f"p{number}",
                verdict=kinds[number % 5],
                margin=number % 7,
                places=("Operations",),
                tensions=(base.tensions[number % 3].id,),
                worth=(("coding", 0.1),),
            )
        )
    lists = [tally.close, tally.unsettled, tally.none_fits, *tally.outside.values(), *tally.tensions.values()]
    assert all(len(one.records) <= MOST_NAMED for one in lists)
    assert sum(one.count for one in lists[:4]) == 4000
