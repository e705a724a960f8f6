"""Two sheets compared: every figure against a recomputation of its own, and the numbers add up."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from naive import Raw, Sheet
from pathfinder.answers.facts import set_aside
from pathfinder.answers.sheet import AnswerSheet, OptionInHand
from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import Assessor, assess
from pathfinder.assessment.changes import counterfactual
from pathfinder.assessment.changes.counterfactual import Counterfactuals
from pathfinder.assessment.comparison.comparing import compare, compare_options
from pathfinder.assessment.results.comparison import WEIGHING, Comparison, Driver, Lead, Move
from pathfinder.rulebase.extras import OtherRole
from pathfinder.rulebase.forms import read_part
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.answers import read_sheet
from pathfinder.store.rules import built_in_folder
from small_bases import Small, built, sheets, small_bases

Standing = tuple[dict[str, float], frozenset[str]]
"""Points and closed paths."""


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Small, Sheet, Sheet]:
    """A small base, on which it may take very little to win, with two sheets; the second keeps some of the first's
    answers."""
    small = easier(draw(small_bases(4)), draw(st.sampled_from([-20, 1, 4])))
    before = draw(sheets(small.reference.questions))
    other = draw(sheets(small.reference.questions))
    kept = [key for key in small.reference.questions if draw(st.booleans())]
    after = {key: (before if key in kept else other).get(key) for key in small.reference.questions}
    return small, before, {key: value for key, value in after.items() if value is not None}


def easier(small: Small, enough: int) -> Small:
    """The same base, on which so many points are enough to be recommended."""
    general = small.base.general
    verdict = structs.replace(general.verdict, enough=enough)
    return replace(small, base=small.base.with_parts(general=structs.replace(general, verdict=verdict)))


def compared(small: Small, before: Sheet, after: Sheet) -> Comparison:
    return compare(Assessor(small.base), small.sheet(before), small.sheet(after))


def standing(small: Small, raw: Sheet) -> Standing:
    """How the paths stand by the naive reference, answers that do not apply taken out."""
    kept = dict(raw)
    for key in small.reference.questions:
        if key in kept and small.reference.applies_on(key, kept) is False:
            del kept[key]
    scores = {
        str(path["id"]): round(sum(small.reference.score(rule, kept).points for rule in path["rules"]), 6)
        for path in small.paths
    }
    shut = frozenset(
        str(path["id"])
        for path in small.paths
        if any(small.reference.truth_on(gate["when"], kept) is True for gate in path["gates"])
    )
    return scores, shut


def winner(small: Small, found: Standing) -> str | None:
    scores, shut = found
    ordered = sorted(scores, key=lambda path: (path in shut, -scores[path]))
    first = ordered[0]
    return first if first not in shut and scores[first] >= small.base.general.verdict.enough else None


def gap(small: Small, lead: Lead, found: Standing) -> float:
    against = small.base.general.verdict.enough if lead.behind is None else found[0][lead.behind]
    return round(found[0][lead.ahead] - against, 6)


def mixed(sheet: Sheet, other: Sheet, questions: Sequence[str]) -> Sheet:
    """A sheet with another's answers to some questions."""
    taken = {key: other.get(key) for key in questions}
    return {key: value for key, value in {**sheet, **taken}.items() if value is not None}


def unit(move: Move) -> tuple[str, ...]:
    return (move.question, *move.followers)


@settings(max_examples=60)
@given(pairs())
def test_what_the_answers_add_is_the_change_of_the_lead_exactly(pair: tuple[Small, Sheet, Sheet]) -> None:
    small, before, after = pair
    lead = compared(small, before, after).lead
    moved = sum(move.points for move in lead.moves) + sum(joint.points for joint in lead.together)
    assert round(lead.before + moved, 6) == lead.after
    assert round(sum(joint.points for joint in lead.together), 6) == lead.remainder
    assert lead.before == gap(small, lead, standing(small, before))
    assert lead.after == gap(small, lead, standing(small, after))


@settings(max_examples=60)
@given(pairs())
def test_each_answer_alone_does_what_a_sheet_with_that_change_alone_shows(pair: tuple[Small, Sheet, Sheet]) -> None:
    small, before, after = pair
    found = compared(small, before, after)
    ends = [winner(small, standing(small, raw)) for raw in (before, after)]
    assert found.winner_changed == (ends[0] != ends[1])
    for move in found.lead.moves:
        over = standing(small, mixed(before, after, unit(move)))
        back = standing(small, mixed(after, before, unit(move)))
        assert move.points == pytest.approx(gap(small, found.lead, over) - found.lead.before, abs=1e-6)
        assert move.turns == (found.winner_changed and winner(small, over) == ends[1])
        assert move.needed == (found.winner_changed and winner(small, back) != ends[1])
    assert [abs(move.points) for move in found.lead.moves] == sorted(
        (abs(move.points) for move in found.lead.moves), reverse=True
    )


@settings(max_examples=60)
@given(pairs())
def test_the_lead_is_the_one_that_decides(pair: tuple[Small, Sheet, Sheet]) -> None:
    small, before, after = pair
    lead = compared(small, before, after).lead
    was, now = (winner(small, standing(small, raw)) for raw in (before, after))
    if was is None or now is None:
        assert lead.behind is None
        assert lead.ahead == (now or was or assess(small.base, small.sheet(after)).top.id)
    elif was != now:
        assert (lead.ahead, lead.behind) == (now, was)
    else:
        verdicts = [assess(small.base, small.sheet(raw)).paths for raw in (after, before)]
        seconds = [paths[1].id for paths in verdicts if paths[1].status == "open"]
        assert lead.ahead == now
        assert lead.behind == (seconds[0] if seconds else None)


@settings(max_examples=60)
@given(pairs())
def test_the_answers_that_differ_are_those_that_do_and_each_stands_in_one_place(
    pair: tuple[Small, Sheet, Sheet],
) -> None:
    small, before, after = pair
    found = compared(small, before, after)
    one, other = small.sheet(before), small.sheet(after)
    differ = [key for key in small.reference.questions if one.get(key) != other.get(key)]
    listed = [answer.question for answer in found.answers]
    assert [key for key in listed if key in differ] == differ
    for answer in found.answers:
        if answer.question not in differ:  # the same words, which count on one side only
            assert answer.state in ("applies now", "no longer applies")
    moving = [key for move in found.lead.moves for key in unit(move)]
    assert sorted(moving) == sorted(differ)


@settings(max_examples=60)
@given(pairs())
def test_arguments_are_those_whose_points_differ_with_the_points_of_both(pair: tuple[Small, Sheet, Sheet]) -> None:
    small, before, after = pair
    found = compared(small, before, after)
    kept = []
    for raw in (before, after):
        answers = dict(raw)
        for key in small.reference.questions:
            if key in answers and small.reference.applies_on(key, answers) is False:
                del answers[key]
        kept.append(answers)
    points = {
        key: tuple(round(small.reference.score(rule, raw).points, 6) for raw in kept)
        for key, rule in small.rules.items()
    }
    wanted = {key: both for key, both in points.items() if both[0] != both[1]}
    assert {one.rule: (one.before, one.after) for one in found.arguments} == wanted
    for one in found.arguments:
        assert one.through
        assert set(one.through) <= {answer.question for answer in found.answers}
        assert set(one.paths) == {path["id"] for path in small.paths if one.rule in [r["id"] for r in path["rules"]]}


@settings(max_examples=60)
@given(pairs())
def test_together_are_at_least_two_answers_through_arguments_of_one_of_the_two_paths(
    pair: tuple[Small, Sheet, Sheet],
) -> None:
    small, before, after = pair
    lead = compared(small, before, after).lead
    for joint in lead.together:
        assert len(joint.questions) >= 2
        for rule in joint.rules:
            on = small.base.paths_of(rule)
            assert (lead.ahead in on) != (lead.behind in on)


@settings(max_examples=60)
@given(pairs())
def test_the_drivers_are_the_smallest_parts_that_lead_to_the_result(pair: tuple[Small, Sheet, Sheet]) -> None:
    small, before, after = pair
    found = compared(small, before, after)
    was, now = standing(small, before), standing(small, after)
    if not found.winner_changed:
        assert found.drivers == ()
        return
    parts: tuple[Driver, ...] = ("points", "gates")
    leading = [
        some
        for size in (1, 2)
        for some in combinations(parts, size)
        if winner(small, (now[0] if "points" in some else was[0], now[1] if "gates" in some else was[1]))
        == winner(small, now)
    ]
    least = min(len(some) for some in leading)
    assert set(found.drivers) == {driver for some in leading if len(some) == least for driver in some}


@settings(max_examples=30)
@given(pairs())
def test_the_paths_and_verdicts_are_those_of_two_assessments(pair: tuple[Small, Sheet, Sheet]) -> None:
    small, before, after = pair
    found = compared(small, before, after)
    for raw, side, which in ((before, found.before, "before"), (after, found.after, "after")):
        whole = assess(small.base, small.sheet(raw))
        verdict = whole.verdict
        assert (side.kind, side.path, side.summary) == (verdict.kind, verdict.path, verdict.summary)
        for path in found.paths:
            place, result = getattr(path, which), whole.path(path.id)
            assert (place.rank, place.score, place.low, place.high) == (
                result.rank,
                result.score,
                result.low,
                result.high,
            )
            assert (place.chance_best, place.status) == (result.chance_best, result.status)
    assert [path.after.rank for path in found.paths] == list(range(1, len(found.paths) + 1))


@settings(max_examples=30)
@given(pairs())
def test_the_other_way_round_everything_is_turned_round(pair: tuple[Small, Sheet, Sheet]) -> None:
    small, before, after = pair
    there, back = compared(small, before, after), compared(small, after, before)
    assert there.winner_changed == back.winner_changed
    assert {(one.rule, one.before, one.after) for one in there.arguments} == {
        (one.rule, one.after, one.before) for one in back.arguments
    }
    assert {(gate.gate, gate.closes) for gate in there.gates} == {
        (gate.gate, "before" if gate.closes == "after" else "after") for gate in back.gates
    }
    assert {(one.question, one.before, one.after) for one in there.answers} == {
        (one.question, one.after, one.before) for one in back.answers
    }


# People of the built-in base


def half_a_year(base: RuleBase, seed: int) -> tuple[AnswerSheet, AnswerSheet]:
    """Somebody among the cases, and the same person with some answers of another, and some left out."""
    source = random.Random(seed)
    cases = sorted((built_in_folder() / "cases").glob("*.yaml"))
    one, other = (read_sheet(path, base.questions) for path in source.sample(cases, 2))
    taken = {key: answer for key, answer in other.answers.items() if source.random() < 0.6}
    left = {key: answer for key, answer in one.answers.items() if source.random() < 0.8}
    return AnswerSheet(one.answers), AnswerSheet({**left, **taken})


def at_once(base: RuleBase, assessor: Assessor, sheet: AnswerSheet) -> counterfactual.Standing:
    """How the paths stand on a sheet, worked out from nothing."""
    kept, _ = set_aside(base, sheet)
    return Counterfactuals(base, kept, assessor.scorer, assessor.book).now


@pytest.mark.parametrize("seed", range(8))
def test_on_the_built_in_base_each_answer_alone_does_what_scoring_that_sheet_anew_shows(
    base: RuleBase, seed: int
) -> None:
    before, after = half_a_year(base, seed)
    assessor = Assessor(base)
    found = compare(assessor, before, after)
    lead, target = found.lead, at_once(base, assessor, after)

    def gap_of(now: counterfactual.Standing) -> float:
        against = base.general.verdict.enough if lead.behind is None else now.scores[lead.behind]
        return now.scores[lead.ahead] - against

    def alike(now: counterfactual.Standing) -> bool:
        return (now.outside, now.winner()[0]) == (target.outside, target.winner()[0])

    assert len(lead.moves) > 5
    for move in lead.moves:
        over = at_once(base, assessor, overlay(before, after, unit(move)))
        back = at_once(base, assessor, overlay(after, before, unit(move)))
        assert move.points == pytest.approx(gap_of(over) - lead.before, abs=1e-6)
        assert move.turns == (found.winner_changed and alike(over))
        assert move.needed == (found.winner_changed and not alike(back))
    moved = sum(move.points for move in lead.moves) + sum(joint.points for joint in lead.together)
    assert round(lead.before + moved, 6) == lead.after == pytest.approx(gap_of(target), abs=1e-6)


def overlay(sheet: AnswerSheet, other: AnswerSheet, questions: Sequence[str]) -> AnswerSheet:
    """A sheet with another's answers to some questions."""
    for key in questions:
        answer = other.get(key)
        sheet = sheet.without(key) if answer is None else sheet.with_answer(key, answer)
    return sheet


def test_on_the_built_in_base_all_that_can_happen_happens_among_the_people_tried(base: RuleBase) -> None:
    """Else the test before this one would hold of nothing."""
    found = [compare(Assessor(base), *half_a_year(base, seed)) for seed in range(8)]
    assert any(one.winner_changed for one in found)
    assert any(one.lead.together for one in found)
    assert any(move.followers for one in found for move in one.lead.moves)
    assert any(move.turns for one in found for move in one.lead.moves)
    assert any(move.needed for one in found for move in one.lead.moves)


# People of a base small enough to be worked out by hand

ASKED: Mapping[str, Raw] = {
    "goal": {
        "id": "goal",
        "kind": "choice",
        "depth": "core",
        "values": {"lab": "A lab", "desk": "A desk", "elsewhere": "Elsewhere"},
        "plausible": {"weights": {"lab": 1, "desk": 1, "elsewhere": 1}},
    },
    "offer": {
        "id": "offer",
        "kind": "choice",
        "depth": "core",
        "values": {"none": "None", "one": "One"},
        "plausible": {"weights": {"none": 1, "one": 1}},
    },
    "boss": {
        "id": "boss",
        "kind": "scale",
        "depth": "core",
        "asked_if": {"offer": "one"},
        "plausible": {"weights": {"1": 1, "2": 1, "3": 1, "4": 1, "5": 1}},
    },
    "praise": {
        "id": "praise",
        "kind": "yes_no",
        "depth": "core",
        "asked_if": {"boss": {"gte": 4}},
        "plausible": {"weights": {"yes": 1, "no": 1}},
    },
    "licence": {
        "id": "licence",
        "kind": "yes_no",
        "depth": "core",
        "sensitive": True,
        "plausible": {"weights": {"yes": 1, "no": 1}},
    },
}


def rule(id: str, *cases: tuple[Raw, int]) -> dict[str, Any]:
    rows = [{"when": when, "points": points, "because": f"Case {place}."} for place, (when, points) in enumerate(cases)]
    return {"id": id, "criterion": "fit", "asks": f"Is it {id}?", "claims": ["c"], "cases": rows}


GATE = {"id": "no-licence", "when": {"licence": False}, "because": "You have none.", "opens": "One.", "claims": ["c"]}
PATHS = [
    {
        "id": "lab",
        "title": "Lab",
        "summary": "A lab.",
        "rules": [
            rule("lab-goal", ({"goal": "lab"}, 6)),
            rule("lab-boss", ({"boss": {"gte": 4}}, 3), ({"boss": {"lte": 2}}, -3)),
            rule("lab-praise", ({"praise": True}, 2)),
            rule("lab-offer", ({"offer": "one"}, 2)),
        ],
        "gates": [GATE],
    },
    {
        "id": "desk",
        "title": "Desk",
        "summary": "A desk.",
        "rules": [
            rule("desk-goal", ({"goal": "desk"}, 6)),
            rule("desk-both", ({"goal": "desk", "licence": True}, 4)),
            rule("desk-calm", ({"licence": [True, False]}, 4)),
        ],
    },
]
ROLE = {
    "id": "elsewhere",
    "title": "Elsewhere",
    "when": {"goal": "elsewhere"},
    "decides": {"goal": "elsewhere"},
    "text": "It lies elsewhere.",
    "next": "Go there.",
    "claims": ["c"],
}


@pytest.fixture(scope="module")
def by_hand() -> RuleBase:
    small = built(ASKED, PATHS)
    return small.with_parts(other_roles=(read_part(OtherRole, ROLE, context={"questions": small.questions}),))


def sheet(base: RuleBase, answers: Sheet, name: str = "") -> AnswerSheet:
    found, problems = validate_sheet({"name": name, "answers": answers}, base.questions)
    assert not problems
    return found


def two(base: RuleBase, before: Sheet, after: Sheet, names: tuple[str, str] = ("", "")) -> Comparison:
    sheets = [sheet(base, raw, name) for raw, name in zip((before, after), names, strict=True)]
    return compare(Assessor(base), sheets[0], sheets[1])


LAB = {"goal": "lab", "offer": "one", "boss": 5, "praise": True, "licence": True}


def test_nothing_differs(by_hand: RuleBase) -> None:
    found = two(by_hand, LAB, dict(reversed(LAB.items())))
    assert not found.verdict_changed
    assert not found.winner_changed
    for differences in (
        found.answers,
        found.arguments,
        found.gates,
        found.roles,
        found.lead.moves,
        found.lead.together,
    ):
        assert len(differences) == 0
    assert found.lead.before == found.lead.after == 13 - 4
    assert all(path.change == 0 and path.before == path.after for path in found.paths)


def test_a_gate_that_closes_turns_the_result_and_not_the_points(by_hand: RuleBase) -> None:
    found = two(by_hand, LAB, {**LAB, "licence": False})
    assert (found.before.path, found.after.path) == ("lab", "desk")
    assert found.drivers == ("gates",)
    (gate,) = found.gates
    assert (gate.path, gate.gate, gate.closes, gate.through) == ("lab", "no-licence", "after", ("licence",))
    assert (gate.text, gate.opens) == ("You have none.", "One.")
    assert (found.lead.ahead, found.lead.behind) == ("desk", "lab")
    assert found.lead.before == found.lead.after == 4 - 13
    assert [(move.question, move.points, move.turns, move.needed) for move in found.lead.moves] == [
        ("licence", 0, True, True)
    ]


def test_a_gate_that_opens_is_told_by_why_it_was_closed(by_hand: RuleBase) -> None:
    found = two(by_hand, {**LAB, "licence": False}, LAB)
    (gate,) = found.gates
    assert (gate.closes, gate.text) == ("before", "You have none.")
    assert found.drivers == ("gates",)


def test_a_gate_on_a_path_that_would_lose_anyway_does_not_drive(by_hand: RuleBase) -> None:
    found = two(by_hand, {"goal": "lab", "licence": True}, {"goal": "desk", "licence": False})
    assert (found.before.path, found.after.path) == ("lab", "desk")
    assert len(found.gates) == 1
    assert found.drivers == ("points", "gates")  # either would do
    further = two(by_hand, {"goal": "desk", "licence": False}, {"goal": "desk", "licence": True})
    assert not further.winner_changed
    assert further.drivers == ()
    assert [gate.closes for gate in further.gates] == ["before"]


def test_a_role_outside_decides_whatever_the_points(by_hand: RuleBase) -> None:
    found = two(by_hand, LAB, {**LAB, "goal": "elsewhere"})
    assert found.verdict_changed
    assert found.winner_changed
    assert (found.before.path, found.after.path) == ("lab", None)
    assert found.after.kind == "outside"
    assert found.after.roles == ("Elsewhere",)
    assert found.drivers == ("roles",)
    assert [(role.role, role.decides, role.through) for role in found.roles] == [("elsewhere", "after", ("goal",))]
    assert [move.turns for move in found.lead.moves] == [True]
    back = two(by_hand, {**LAB, "goal": "elsewhere"}, LAB)
    assert [(role.role, role.decides) for role in back.roles] == [("elsewhere", "before")]


def test_where_a_role_decides_on_both_the_points_change_nothing(by_hand: RuleBase) -> None:
    found = two(by_hand, {**LAB, "goal": "elsewhere"}, {"goal": "elsewhere", "licence": True})
    assert not found.verdict_changed
    assert not found.winner_changed
    assert found.drivers == ()


def test_the_lead_is_never_that_over_a_blocked_path(by_hand: RuleBase) -> None:
    base = built(ASKED, [{**PATHS[0], "gates": []}, {**PATHS[1], "gates": [GATE]}])
    found = two(base, {**LAB, "licence": False}, {**LAB, "boss": 3, "licence": False})
    assert (found.lead.ahead, found.lead.behind) == ("lab", None)
    assert (found.lead.before, found.lead.after) == (13 - 4, 8 - 4)


def test_an_argument_that_took_more_than_a_known_answer_is_told_as_changed(by_hand: RuleBase) -> None:
    found = two(by_hand, {"goal": "lab", "licence": "unknown"}, {"goal": "desk", "licence": True})
    states = {one.rule: one.state for one in found.arguments}
    assert states == {"lab-goal": "changed", "desk-goal": "changed", "desk-both": "changed"}


def test_what_becomes_known_is_told_so(by_hand: RuleBase) -> None:
    after = {"goal": "lab", "offer": "one", "boss": 5}
    found = two(by_hand, {"goal": "lab", "offer": "one", "boss": "unknown"}, after)
    assert [(one.question, one.state) for one in found.answers] == [("boss", "now known")]
    (argument,) = found.arguments
    assert (argument.rule, argument.before, argument.after, argument.state) == ("lab-boss", 0, 3, "now known")
    assert (argument.before_open, argument.after_open) == (True, False)
    assert (argument.before_text, argument.after_text) == ("", "Case 0.")
    back = two(by_hand, after, {"goal": "lab", "offer": "one"})
    assert [(one.question, one.state) for one in back.answers] == [("boss", "no longer known")]
    assert [(one.rule, one.state) for one in back.arguments] == [("lab-boss", "no longer known")]


def test_an_answer_that_changed_is_not_told_as_now_known(by_hand: RuleBase) -> None:
    found = two(by_hand, {**LAB, "boss": 4}, {**LAB, "boss": 1})
    assert [(one.question, one.state) for one in found.answers] == [
        ("boss", "changed"),
        ("praise", "no longer applies"),
    ]
    assert {one.rule: one.state for one in found.arguments} == {"lab-boss": "changed", "lab-praise": "changed"}


def test_asked_and_left_open_is_no_difference_in_anything_but_the_answer(by_hand: RuleBase) -> None:
    found = two(by_hand, {"goal": "lab"}, {"goal": "lab", "licence": "unknown"})
    assert [(one.question, one.state) for one in found.answers] == [("licence", "still open")]
    assert found.arguments == ()
    assert [move.points for move in found.lead.moves] == [0]


def test_answers_that_only_follow_from_another_are_moved_along_with_it(by_hand: RuleBase) -> None:
    found = two(by_hand, {"goal": "lab", "offer": "none"}, {"goal": "lab", "offer": "one", "boss": 5, "praise": True})
    assert [(move.question, move.followers, move.points) for move in found.lead.moves] == [
        ("offer", ("boss", "praise"), 7)
    ]
    assert found.lead.together == ()
    assert [(one.question, one.state, one.follows) for one in found.answers] == [
        ("offer", "changed", None),
        ("boss", "applies now", "offer"),
        ("praise", "applies now", "offer"),
    ]
    assert {one.rule: one.through for one in found.arguments} == {
        "lab-boss": ("offer", "boss"),
        "lab-praise": ("offer", "boss", "praise"),
        "lab-offer": ("offer",),
    }


def test_a_follower_of_a_follower_is_moved_along_too(by_hand: RuleBase) -> None:
    before = {"goal": "lab", "offer": "none", "boss": 1}
    found = two(by_hand, before, {"goal": "lab", "offer": "one", "boss": 5, "praise": True})
    assert [(move.question, move.followers, move.points) for move in found.lead.moves] == [
        ("offer", ("boss", "praise"), 7)
    ]


def test_answers_kept_that_no_longer_apply_are_told_and_move_nothing_themselves(by_hand: RuleBase) -> None:
    found = two(by_hand, LAB, {**LAB, "offer": "none"})
    assert [(one.question, one.state, one.follows, one.after) for one in found.answers] == [
        ("offer", "changed", None, "None"),
        ("boss", "no longer applies", "offer", "does not apply"),
        ("praise", "no longer applies", "offer", "does not apply"),
    ]
    assert [(move.question, move.followers, move.points) for move in found.lead.moves] == [("offer", (), -7)]
    assert len(found.after.notices) == 2
    dropped = two(by_hand, LAB, {"goal": "lab", "offer": "none", "licence": True})
    assert [(move.question, move.followers, move.points) for move in dropped.lead.moves] == [
        ("offer", ("boss", "praise"), -7)
    ]


def test_an_answer_that_applies_on_neither_side_moves_nothing(by_hand: RuleBase) -> None:
    found = two(by_hand, {"goal": "lab", "offer": "none", "boss": 1}, {"goal": "lab", "offer": "none", "boss": 5})
    assert [(one.question, one.state, one.before, one.after) for one in found.answers] == [
        ("boss", "does not apply", "1 of 5", "5 of 5")
    ]
    assert found.arguments == ()
    assert [move.points for move in found.lead.moves] == [0]


def test_what_two_answers_do_only_together_is_told_apart(by_hand: RuleBase) -> None:
    found = two(by_hand, {"goal": "lab", "licence": False}, {"goal": "desk", "licence": True})
    # nobody wins before: the lab is blocked, and the desk has exactly what it takes
    assert (found.before.path, found.after.path) == ("desk", "desk")
    assert (found.lead.ahead, found.lead.behind) == ("desk", "lab")
    assert {move.question: move.points for move in found.lead.moves} == {"goal": 12, "licence": 0}
    assert [(joint.questions, joint.rules, joint.points) for joint in found.lead.together] == [
        (("goal", "licence"), ("desk-both",), 4)
    ]
    assert (found.lead.before, found.lead.after, found.lead.remainder) == (-2, 14, 4)


def test_through_are_only_answers_that_move_the_argument(by_hand: RuleBase) -> None:
    odd = rule("odd", ({"licence": True, "goal": ["lab", "desk"]}, 5))
    base = built(ASKED, [{**PATHS[0], "rules": [odd]}, PATHS[1]])
    found = two(base, {"goal": "lab", "licence": False}, {"goal": "desk", "licence": True})
    assert {one.rule: one.through for one in found.arguments}["odd"] == ("licence",)


def test_where_one_answer_is_needed_and_any_of_two_others_all_three_are_told_together(by_hand: RuleBase) -> None:
    odd = rule("odd", ({"goal": "lab", "any": [{"offer": "one"}, {"licence": True}]}, 5))
    base = built(ASKED, [{**PATHS[0], "rules": [odd]}, {**PATHS[1], "rules": []}])
    found = two(
        base, {"goal": "desk", "offer": "none", "licence": False}, {"goal": "lab", "offer": "one", "licence": True}
    )
    assert [(joint.questions, joint.points) for joint in found.lead.together] == [(("goal", "offer", "licence"), 5)]


def test_where_every_path_is_blocked_nobody_wins_however_many_the_points(by_hand: RuleBase) -> None:
    desk = {**PATHS[1], "gates": [{**GATE, "id": "no-licence-here"}]}
    base = built(ASKED, [PATHS[0], desk])
    found = two(base, LAB, {**LAB, "licence": False})
    assert found.winner_changed
    assert (found.before.path, found.after.path) == ("lab", None)
    assert (found.lead.ahead, found.lead.behind) == ("lab", None)
    assert found.drivers == ("gates",)
    assert {gate.path for gate in found.gates} == {"lab", "desk"}


def test_other_weights_are_a_change_of_their_own(by_hand: RuleBase) -> None:
    before, after = sheet(by_hand, LAB), sheet(by_hand, {**LAB, "boss": 3})
    found = compare(Assessor(by_hand), before, structs.replace(after, weights={"fit": 2.0}))
    assert found.answers[-1].question == WEIGHING
    assert (found.answers[-1].before, found.answers[-1].after) == ("1 for each", "Fit 2")
    # the lab: 13 points before, 2 x 8 after, of which the desk has 4 and 2 x 4
    assert (found.lead.ahead, found.lead.behind) == ("lab", "desk")
    assert (found.lead.before, found.lead.after) == (13 - 4, 16 - 8)
    assert {move.question: move.points for move in found.lead.moves} == {"boss": -5, WEIGHING: 9}
    assert [(joint.questions, joint.points) for joint in found.lead.together] == [(("boss", WEIGHING), -5)]
    assert {one.rule: (one.before, one.after, one.through) for one in found.arguments} == {
        "lab-goal": (6, 12, (WEIGHING,)),
        "lab-boss": (3, 0, ("boss", WEIGHING)),
        "lab-praise": (2, 0, ("boss", WEIGHING)),
        "lab-offer": (2, 4, (WEIGHING,)),
        "desk-calm": (4, 8, (WEIGHING,)),
    }


def test_a_weight_of_one_is_no_difference(by_hand: RuleBase) -> None:
    before = sheet(by_hand, LAB)
    found = compare(Assessor(by_hand), before, structs.replace(before, weights={"fit": 1.0}))
    assert len(found.answers) == 0


def test_weights_that_both_have_count_in_everything(by_hand: RuleBase) -> None:
    before, after = (structs.replace(sheet(by_hand, raw), weights={"fit": 0.5}) for raw in (LAB, {**LAB, "boss": 1}))
    found = compare(Assessor(by_hand), before, after)
    assert [(one.rule, one.before, one.after) for one in found.arguments] == [
        ("lab-boss", 1.5, -1.5),
        ("lab-praise", 1, 0),
    ]
    assert (found.lead.behind, found.lead.before, found.lead.after) == (None, 6.5 - 4, 2.5 - 4)
    scores = {path.id: (path.before.score, path.after.score) for path in found.paths}
    assert scores["lab"] == (6.5, 2.5)


def test_two_people_are_told_by_their_names(by_hand: RuleBase) -> None:
    assert two(by_hand, LAB, LAB, ("Ada", "Ben")).about == "people"
    assert two(by_hand, LAB, LAB, ("Ada", "Ada")).about == "person"
    assert two(by_hand, LAB, LAB, ("Ada", "")).about == "person"


def test_two_places_are_compared_each_on_its_own_path(by_hand: RuleBase) -> None:
    person = sheet(by_hand, {"goal": ["lab", "desk"], "licence": True})
    one = OptionInHand("Here", "lab", sheet(by_hand, {"offer": "one", "boss": 5}).answers)
    other = OptionInHand("There", "desk", sheet(by_hand, {"goal": "desk"}).answers)
    found = compare_options(Assessor(by_hand), person, one, other)
    assert found.about == "options"
    assert found.options is not None
    assert (found.options.before.name, found.options.before.path, found.options.before.score) == ("Here", "lab", 8)
    assert (found.options.after.name, found.options.after.path, found.options.after.score) == ("There", "desk", 14)
    assert not found.options.close
    assert (found.lead.ahead, found.lead.behind) == ("desk", "lab")
    assert (found.lead.before, found.lead.after) == (9 - 8, 14 - 0)
    assert found.options.before.criteria == {"fit": 8}


def test_two_places_on_one_path_differ_by_what_their_answers_add(by_hand: RuleBase) -> None:
    person = sheet(by_hand, {"goal": "lab", "licence": True, "offer": "one"})
    places = [OptionInHand(f"Boss {grade}", "lab", sheet(by_hand, {"boss": grade}).answers) for grade in (5, 3, 2)]
    found = compare_options(Assessor(by_hand), person, places[0], places[2])
    assert (found.lead.ahead, found.lead.behind) == ("lab", None)
    assert found.lead.after - found.lead.before == -6
    assert [(move.question, move.points) for move in found.lead.moves] == [("boss", -6)]
    assert found.options is not None
    assert (found.options.before.score, found.options.after.score) == (11, 5)
    near = compare_options(Assessor(by_hand), person, places[1], places[1])
    assert near.options is not None
    assert near.options.close
