"""What scores.md says of a cohort, in figures that can be counted by hand. That it says the same of people in columns
and of people one by one is in tests/cohort/test_scores_run.py."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from msgspec.structs import replace

from pathfinder.answers.sheet import UNKNOWN, Among, AnswerSheet, Certain
from pathfinder.assessment.bulk.sheet_scores import SheetReasons, SheetScorer, SheetScores
from pathfinder.report.markdown import blocks_as_markdown
from pathfinder.report.scores_summary import MOST_ARGUMENTS, scores_blocks
from pathfinder.report.scores_tally import ScoresTally, quantile
from pathfinder.rulebase.arguments import Gate
from pathfinder.rulebase.condition_parsing import parse_condition
from pathfinder.rulebase.conditions import Value
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import load_rules

SOUND = load_rules(Path(__file__).parents[1] / "authoring" / "sound")


def sheet(**answers: Value) -> AnswerSheet:
    return AnswerSheet({key: Certain(answer) for key, answer in answers.items()})


def tally(base: RuleBase, *people: AnswerSheet) -> ScoresTally:
    scorer, found = SheetScorer(base), ScoresTally(base)
    for person in people:
        found.add_one(person, scorer.reasons(person), scorer.score(person))
    return found


def page(base: RuleBase, found: ScoresTally) -> str:
    return blocks_as_markdown(scores_blocks(base, found))


STRONG = sheet(skill="strong", calm=3, years=7.0, offer=False)
CALM = sheet(skill="none", calm=5, years=12.0)
NEITHER = sheet(calm=3)
LATE = sheet(years=2.0)


def test_who_ranks_first_and_how_points_are_spread() -> None:
    """The lab has 2, -2, 0 and 0 points with them, the desk 0, 3, 0 and -1."""
    text = page(SOUND, tally(SOUND, STRONG, CALM, NEITHER, LATE))
    assert "# Four people, scored on two paths" in text
    assert "| Lab | 3 | 75\\% | 0 | 0 | -2 to 0 | -2 to +2 |" in text
    assert "| Desk | 1 | 25\\% | 0 | 0 | -1 to 0 | -1 to +3 |" in text


def test_by_how_much_the_first_path_leads_and_for_how_many_that_says_little() -> None:
    """The leads are 2, 5, 0 and 1 points; a margin of 1 point is enough on this base."""
    text = page(SOUND, tally(SOUND, STRONG, CALM, NEITHER, LATE))
    assert "The median lead over the next path that is open is 1 point." in text
    assert "The lead is under 1 point, too little to go by, for one person." in text
    assert "For one person several paths come first with as many points, and the uppermost of them" in text
    assert "alone is open" not in text


@pytest.mark.parametrize(("points", "near"), [(0.94, 1), (0.96, 1), (1.0, 0), (1.04, 0)])
def test_leads_are_compared_before_they_are_rounded(points: float, near: int) -> None:
    found, person = ScoresTally(SOUND), SheetScorer(SOUND).reasons(STRONG)
    found.add_one(STRONG, person, SheetScores((points, 0.0), (), "lab", points))
    assert found.near == near


def test_where_one_path_alone_is_open_there_is_no_lead() -> None:
    when = parse_condition({"calm": 3}, SOUND.questions)
    gate = Gate(id="no-lab", when=when, because="Because.", opens="Something.", claims=("c",))
    lab, desk = SOUND.paths
    gated = SOUND.with_parts(paths=(replace(lab, gates=(gate,)), desk))
    text = page(gated, tally(gated, STRONG, CALM))
    assert "The median lead over the next path that is open is 5 points." in text
    assert "For one person one path alone is open." in text
    assert "| Lab | 0 | 0\\% | 1 |" in text


def test_arguments_by_how_much_they_move_with_the_people_on_both_sides() -> None:
    text = page(SOUND, tally(SOUND, STRONG, STRONG, CALM, NEITHER))
    assert "| lab-skill | 2 | 1 | +0.5 |" in text  # 2 + 2 - 2 points over four people
    assert "| desk-calm | 1 | 0 | +0.5 |" in text
    assert "| desk-pay | 1 | 0 | +0.2 |" in text
    assert text.index("desk-calm") < text.index("desk-pay")
    assert "lab-pay" not in text  # moves nobody


def test_an_argument_that_cancels_out_still_moves_people() -> None:
    assert "| lab-skill | 1 | 1 | 0 |" in page(SOUND, tally(SOUND, STRONG, CALM))


def test_of_each_group_of_paths_the_arguments_that_move_most_are_listed() -> None:
    found = ScoresTally(SOUND)
    lab, desk = SOUND.paths
    many = tuple(replace(lab.rules[0], id=f"lab-{number}") for number in range(MOST_ARGUMENTS + 2))
    base = SOUND.with_parts(paths=(replace(lab, rules=many), desk))
    found.add_one(STRONG, SheetReasons((0.0, 0.0), [], []), SheetScores((0.0, 0.0), (), "lab", 0.0))
    for number, rule in enumerate(many):
        found.arguments.add_one(rule.id, number + 1)
    found.arguments.add_one("desk-calm", -1)
    text = page(base, found)
    assert [number for number in range(len(many)) if f"lab-{number} |" in text] == list(range(2, len(many)))
    assert "| desk-calm | 0 | 1 | -1 |" in text


def test_people_with_no_open_path_have_a_row_of_their_own_and_no_lead() -> None:
    when = parse_condition({"calm": 3}, SOUND.questions)
    gate = Gate(id="shut", when=when, because="Because.", opens="Something.", claims=("c",))
    shut = SOUND.with_parts(paths=tuple(replace(path, gates=(gate,)) for path in SOUND.paths))
    text = page(shut, tally(shut, STRONG, CALM))
    assert "| No path is open | 1 | 50\\% |" in text
    assert "The median lead over the next path that is open is 5 points." in text
    assert "alone is open" not in text
    assert "No path is open" not in page(shut, tally(shut, CALM))


def test_questions_are_open_only_where_they_concern_the_person() -> None:
    """Uncertain is not open, and whether the pay of an offer concerns somebody hangs on whether there is one."""
    maybe = AnswerSheet({"skill": Among(("basic", "strong")), "offer": UNKNOWN})
    found = tally(SOUND, STRONG, maybe, sheet(offer=True))
    assert found.open.found == {"skill": 1, "calm": 2, "years": 2, "offer": 1, "offer_pay": 1, "tools": 3}


@pytest.mark.parametrize(
    ("share", "points"), [(0, -3), (0.25, -3), (0.4, -3), (0.5, 0), (0.6, 0), (0.75, 4), (0.8, 4), (0.9, 9), (1, 9)]
)
def test_quantiles(share: float, points: int) -> None:
    assert quantile(Counter({-3: 2, 0: 1, 4: 1, 9: 1}), share) == points


@pytest.mark.parametrize("people", range(1, 12))
def test_at_most_a_quarter_of_all_lie_on_either_side_of_the_middle_half(people: int) -> None:
    points = Counter({float(number): 1 for number in range(people)})
    assert sum(one < quantile(points, 0.25) for one in points) <= people / 4
    assert sum(one > quantile(points, 0.75) for one in points) <= people / 4


def test_a_quantile_of_one_person_is_theirs() -> None:
    assert {quantile(Counter({7: 1, 2: 0}), share) for share in (0, 0.5, 1)} == {7}


@pytest.mark.parametrize(
    ("first", "people", "share"),
    [(0, 200, "0\\%"), (1, 200, "under 1\\%"), (2, 200, "1\\%"), (199, 200, "over 99\\%"), (200, 200, "100\\%")],
)
def test_a_few_are_not_rounded_to_nobody_nor_most_to_all(first: int, people: int, share: str) -> None:
    found = tally(SOUND, STRONG)
    found.people, found.first = people, Counter({"lab": first, "desk": people - first})
    assert f"| Lab | {first} | {share} |" in page(SOUND, found)


def test_nobody_is_no_figure() -> None:
    found = ScoresTally(SOUND)
    found.failed = 2
    text = page(SOUND, found)
    assert "The answers of two people more could not be used" in text
    assert "Which path ranks first" not in text
