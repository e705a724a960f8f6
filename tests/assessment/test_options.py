"""Options in hand: each is its path scored on the person's answers with its own over them, ranked with the paths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from naive import Raw, Sheet
from pathfinder.answers.options import overlaid
from pathfinder.answers.sheet import AnswerSheet, OptionInHand
from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.options import ranked
from pathfinder.assessment.results.assessment import Assessment, PathResult
from pathfinder.assessment.results.options import OptionResult
from pathfinder.rulebase.models import RuleBase
from small_bases import Small, built, sheets, small_bases

SHARED = ("score", "low", "high", "status", "criteria", "reasons", "blocked_by", "cautions", "checklist", "title")
"""What an option's result has in common with a path's."""

Options = Sequence[tuple[str, str, Sheet]]


@st.composite
def cases(draw: st.DrawFn) -> tuple[Small, Sheet, Options]:
    """A small rule base, a person, and up to three options."""
    small = draw(small_bases(4))
    person = draw(sheets(small.reference.questions))
    paths = draw(st.lists(st.sampled_from(["one", "two", "three"]), min_size=1, max_size=3))
    options = [(f"option {place}", path, draw(sheets(small.reference.questions))) for place, path in enumerate(paths)]
    return small, person, options


def with_options(small: Small, person: Sheet, options: Options) -> AnswerSheet:
    in_hand = tuple(OptionInHand(name, path, small.sheet(answers).answers) for name, path, answers in options)
    return replace(small.sheet(person), options=in_hand)


@settings(max_examples=40)
@given(cases())
def test_an_option_is_its_path_on_a_sheet_with_the_answers_replaced(case: tuple[Small, Sheet, Options]) -> None:
    small, person, options = case
    found = Assessor(small.base).assess(with_options(small, person, options))
    for name, path, answers in options:
        option = found.option(name)
        alone = Assessor(small.base).assess(small.sheet({**person, **answers})).path(path)
        assert {key: getattr(option, key) for key in SHARED} == {key: getattr(alone, key) for key in SHARED}
        assert option.path == path


@settings(max_examples=25)
@given(cases())
def test_scores_and_ranges_are_those_of_trying_out_every_completion(case: tuple[Small, Sheet, Options]) -> None:
    small, person, options = case
    found = Assessor(small.base).assess(with_options(small, person, options))
    everything = frozenset(small.reference.questions)
    for name, path, answers in options:
        whole = applicable(small, {**person, **answers})
        (raw,) = [one for one in small.paths if one["id"] == path]
        people = list(small.reference.completions(whole, everything))
        sums = [sum(small.reference.points_of(rule, one) for rule in raw["rules"]) for one in people]
        now = sum(small.reference.score(rule, whole).points for rule in raw["rules"])
        option = found.option(name)
        assert (option.low, option.high) == (min(sums), max(sums))
        assert option.score == pytest.approx(now, abs=1e-5)
        shut = any(small.reference.truth_on(gate["when"], whole) is True for gate in raw["gates"])
        assert option.status == ("blocked" if shut else "open")


def applicable(small: Small, raw: Sheet) -> Sheet:
    """The answers to questions that are not known to be beside the point."""
    kept = dict(raw)
    for key in small.reference.questions:
        if key in kept and small.reference.applies_on(key, kept) is False:
            del kept[key]
    return kept


@settings(max_examples=40)
@given(cases())
def test_the_verdict_and_the_paths_are_those_without_options(case: tuple[Small, Sheet, Options]) -> None:
    small, person, options = case
    found = Assessor(small.base).assess(with_options(small, person, options))
    alone = Assessor(small.base).assess(small.sheet(person))
    assert replace(found, options=(), standings=(), notices=()) == replace(alone, notices=())
    assert not alone.options
    assert not alone.standings
    assert found.notices[: len(alone.notices)] == alone.notices


@settings(max_examples=40)
@given(cases())
def test_the_common_ranking_holds_everything_once_open_before_blocked_and_then_by_score(
    case: tuple[Small, Sheet, Options],
) -> None:
    small, person, options = case
    found = Assessor(small.base).assess(with_options(small, person, options))
    standings = found.standings
    named = [("option", name) for name, _, _ in options] + [("path", path) for path in small.base.path]
    assert sorted((one.kind, one.id) for one in standings) == sorted(named)
    assert [one.name for one in found.options] == [name for name, _, _ in options], "as they were given"
    for place, item in enumerate(standings, start=1):
        if item.kind == "option":
            option = found.option(item.id)
            assert (option.rank, option.score, option.status) == (place, item.score, item.status)
        else:
            path = found.path(item.id)
            assert (path.score, path.status) == (item.score, item.status)
    keys = [(item.status == "blocked", -item.score) for item in standings]
    assert keys == sorted(keys)
    margin = small.base.general.verdict.margin
    for one, other in pairwise(standings):
        near = other.status == "open" and one.score - other.score < margin
        assert one.close is near
    assert not standings[-1].close


@settings(max_examples=40)
@given(cases())
def test_what_is_unknown_can_really_move_the_score_and_nothing_else_can(case: tuple[Small, Sheet, Options]) -> None:
    small, person, options = case
    found = Assessor(small.base).assess(with_options(small, person, options))
    for name, path, answers in options:
        whole = applicable(small, {**person, **answers})
        (raw,) = [one for one in small.paths if one["id"] == path]
        scores = [small.reference.score(rule, whole) for rule in raw["rules"]]
        moving = frozenset[str]().union(*(score.moves for score in scores))
        swings = {key: sum(one.high - one.low for one in scores if key in one.moves) for key in moving}
        expected = {key: swing for key, swing in swings.items() if small.reference.applies_on(key, whole) is not False}
        listed = {item.questions[0]: item.swing for item in found.option(name).open}
        assert listed == expected
        assert list(listed.values()) == sorted(listed.values(), reverse=True)


TEXT = {"because": "Because.", "claims": ["c"]}
ASKED: dict[str, Raw] = {
    "place": {
        "id": "place",
        "kind": "choice",
        "nature": "offer",
        "values": {"none": "None", "offer": "Offer", "held": "Held"},
        "plausible": {"weights": {"none": 1, "offer": 1, "held": 1}},
        "depth": "core",
    },
    "people": {
        "id": "people",
        "kind": "scale",
        "nature": "offer",
        "values": {"1": "Weak", "5": "Strong"},
        "asked_if": {"place": ["offer", "held"]},
        "plausible": {"weights": {"1": 1, "2": 1, "3": 1, "4": 1, "5": 1}},
        "depth": "core",
    },
    "goal": {
        "id": "goal",
        "kind": "yes_no",
        "plausible": {"weights": {"yes": 1, "no": 1}},
        "depth": "core",
        "sensitive": True,
    },
}


def rule(key: str, *cases: tuple[Raw, int]) -> Raw:
    found = [{"when": when, "points": points, "because": "Because."} for when, points in cases]
    return {"id": key, "criterion": "fit", "asks": "Does it?", "claims": ["c"], "cases": found}


def base_of_two(gates: Sequence[Raw] = ()) -> RuleBase:
    """Paths `one` and `two`: strong people speak for `one`, the goal for both."""
    check = {
        "id": "ask-people",
        "ask": "Who is there?",
        "look_for": "Good ones.",
        "settles": ["people"],
        "claims": ["c"],
    }
    paths = [
        {
            "id": "one",
            "title": "One",
            "summary": "A path.",
            "rules": [
                rule("people", ({"people": {"gte": 4}}, 4), ({"people": {"lte": 2}}, -4)),
                rule("goal", ({"goal": True}, 2)),
            ],
            "gates": list(gates),
            "checklist": [check],
        },
        {"id": "two", "title": "Two", "summary": "A path.", "rules": [rule("goal-two", ({"goal": True}, 2))]},
    ]
    return built(ASKED, paths)


def assessed(base: RuleBase, person: Mapping[str, Any], *options: tuple[str, str, Mapping[str, Any]]) -> Assessment:
    listed = [{"name": name, "path": path, "answers": answers} for name, path, answers in options]
    sheet, problems = validate_sheet({"answers": person, "options": listed}, base.questions, base.path)
    assert not problems
    return Assessor(base).assess(sheet)


class TestWhatCounts:
    def test_an_answer_replaces_the_persons_and_a_missing_one_keeps_it(self) -> None:
        found = assessed(
            base_of_two(),
            {"place": "offer", "people": 5, "goal": True},
            ("same", "one", {}),
            ("weaker", "one", {"people": 1}),
        )
        assert (found.path("one").score, found.option("same").score, found.option("weaker").score) == (6, 6, -2)
        assert found.option("same").differs == ()

    def test_unknown_replaces_the_persons_answer_too(self) -> None:
        option = assessed(
            base_of_two(), {"place": "offer", "people": 5}, ("open", "one", {"people": "unknown"})
        ).option("open")
        assert (option.score, option.low, option.high) == (0, -4, 6)
        (differs,) = option.differs
        assert (differs.question, differs.answer, differs.instead_of) == (
            "people",
            "not sure, or not said",
            "5 of 5 (Strong)",
        )

    def test_an_answer_set_aside_for_the_person_counts_where_it_applies_to_the_option(self) -> None:
        found = assessed(base_of_two(), {"place": "none", "people": 5}, ("offer", "one", {"place": "offer"}))
        assert (found.path("one").score, found.option("offer").score) == (0, 4)
        assert [(one.question, one.answer, one.instead_of) for one in found.option("offer").differs] == [
            ("place", "Offer", "None"),
            ("people", "5 of 5 (Strong)", "does not apply"),
        ]

    def test_an_answer_of_the_option_that_does_not_apply_is_set_aside_with_a_notice(self) -> None:
        found = assessed(
            base_of_two(), {"place": "offer", "people": 5}, ("gone", "one", {"place": "none", "people": 4})
        )
        assert found.option("gone").score == 0
        assert found.notices == (
            "In your option 'gone', the answer on 'people' (people) was set aside, because it does not apply given the "
            "other answers.",
        )
        assert [(one.question, one.answer) for one in found.option("gone").differs] == [
            ("place", "None"),
            ("people", "does not apply"),
        ]

    def test_an_own_answer_that_does_not_apply_to_the_option_needs_no_notice(self) -> None:
        found = assessed(base_of_two(), {"place": "offer", "people": 5}, ("gone", "one", {"place": "none"}))
        assert found.notices == ()

    def test_open_either_way_is_no_difference_and_a_private_one_is_marked(self) -> None:
        found = assessed(base_of_two(), {"place": "offer"}, ("a", "one", {"people": "unknown", "goal": True}))
        assert [(one.question, one.sensitive) for one in found.option("a").differs] == [("goal", True)]

    def test_what_to_ask_there_is_told_apart_from_what_the_person_has_left_open(self) -> None:
        option = assessed(base_of_two(), {"place": "offer"}, ("a", "one", {})).option("a")
        assert [(one.about, one.questions, one.ask, one.swing) for one in option.open] == [
            ("place", ("people",), "Who is there?", 8),
            ("you", ("goal",), "Is it?", 2),
        ]
        known = assessed(base_of_two(), {"place": "offer"}, ("a", "one", {"people": 3, "goal": False})).option("a")
        assert known.open == ()
        assert [item.open for item in known.checklist] == [False]

    def test_an_open_item_that_moves_nothing_is_still_to_be_asked(self) -> None:
        option = assessed(base_of_two(), {"place": "none", "goal": True}, ("a", "one", {})).option("a")
        assert [(one.ask, one.swing) for one in option.open] == [("Who is there?", 0)]


class TestRanking:
    def test_level_options_come_before_the_path_they_are_on_and_in_the_order_given(self) -> None:
        person = {"place": "offer", "people": 3, "goal": True}
        found = assessed(base_of_two(), person, ("z", "two", {}), ("y", "one", {}), ("x", "one", {}))
        assert [one.id for one in found.standings] == ["y", "x", "one", "z", "two"]
        assert [one.close for one in found.standings] == [True, True, True, True, False]
        assert [option.rank for option in found.options] == [4, 1, 2]

    def test_a_gate_that_an_option_closes_puts_it_after_everything_open(self) -> None:
        gate = {"id": "held", "when": {"place": "held"}, "opens": "Leave it.", **TEXT}
        person = {"place": "offer", "people": 5, "goal": True}
        found = assessed(base_of_two([gate]), person, ("mine", "one", {"place": "held"}), ("other", "one", {}))
        assert [(one.id, one.status) for one in found.standings] == [
            ("other", "open"),
            ("one", "open"),
            ("two", "open"),
            ("mine", "blocked"),
        ]
        assert found.option("mine").score == 6
        assert [note.id for note in found.option("mine").blocked_by] == ["held"]
        assert not found.standings[2].close, "what follows is blocked"

    @pytest.mark.parametrize(("points", "close"), [(2, False), (1.999999, True), (0, True)])
    def test_close_is_less_than_the_margin_of_the_base(self, points: float, close: bool) -> None:
        base = base_of_two()
        assert base.general.verdict.margin == 2
        first, second = bare("one", "open", points), bare("two", "open", 0)
        assert ranked(base, [first, second], [option("a", "one", 10)])[1][1].close is close

    def test_without_options_nothing_is_ranked(self) -> None:
        assert ranked(base_of_two(), [bare("one", "open", 1)], []) == ((), ())


def bare(key: str, status: Literal["open", "blocked"], score: float) -> PathResult:
    return PathResult(key, key, "", 1, score, score, score, 0, status, {}, (), (), (), (), (), ())


def option(name: str, path: str, score: float) -> OptionResult:
    return OptionResult(name, path, path, 0, score, score, score, "open", {}, (), (), (), (), (), ())


PERSON: Mapping[str, object] = {
    "goal_role": "research_lead",
    "timeline_years": {"min": 8, "max": 20},
    "coding": "strong",
    "tried_research": "months",
    "research_reaction": "enjoyed",
    "phd_option": "offer",
    "phd_supervisor_research": 3,
    "job_option": "offer",
    "job_team": 3,
    "job_own_ideas": 2,
}
NORTH = ("PhD at North", "phd", {"phd_supervisor_research": 5, "phd_supervisor_mentoring": 4})
SOUTH = ("PhD at South", "phd", {"phd_supervisor_mentoring": "unknown", "phd_supervisor_safety": 2})
LAB = ("Lab job", "research_contributor", {"job_team": 5, "job_mentoring": 4, "job_own_ideas": 4})


@pytest.fixture(scope="module")
def found(base: RuleBase) -> Assessment:
    """Somebody with two PhD offers and a job."""
    return assessed(base, PERSON, NORTH, SOUTH, LAB)


class TestTheBuiltInBase:
    def test_two_phd_offers_and_a_job_are_ranked_beside_the_four_paths(self, found: Assessment) -> None:
        order = [one.id for one in found.standings]
        assert len(order) == 7
        assert order.index("PhD at North") < order.index("phd") < order.index("PhD at South")
        assert order.index("Lab job") < order.index("research_contributor")
        assert order.index("Lab job") < order.index("phd"), "the best on one track beats the typical on another"

    def test_each_is_its_path_with_the_answers_replaced(self, found: Assessment, base: RuleBase) -> None:
        assessor = Assessor(base)
        for name, path, answers in (NORTH, SOUTH, LAB):
            sheet, _ = validate_sheet({"answers": PERSON}, base.questions)
            given, _ = validate_sheet({"answers": answers}, base.questions)
            alone = assessor.assess(overlaid(sheet, OptionInHand(name, path, given.answers))).path(path)
            assert {key: getattr(found.option(name), key) for key in SHARED} == {
                key: getattr(alone, key) for key in SHARED
            }

    def test_the_checklist_shows_what_is_still_to_be_asked(self, found: Assessment) -> None:
        south = {item.questions: item for item in found.option("PhD at South").open}
        north = {item.questions: item for item in found.option("PhD at North").open}
        mentoring = ("phd_supervisor_mentoring",)
        assert south[mentoring].about == "place"
        assert south[mentoring].look_for
        assert mentoring not in north
        assert ("phd_supervisor_safety",) in north
        assert south[("maths",)].about == "you"
        assert south[("funding",)].about == "you", "money for independent work is no part of a PhD place"

    def test_what_the_person_said_of_other_paths_stays(self, base: RuleBase) -> None:
        person = {**PERSON, "pay_cut": "refused", "job_kind": "industry_lab"}
        found = assessed(base, person, NORTH, LAB)
        assert found.option("PhD at North").status == "blocked", "the salary offered elsewhere still stands"
        assert found.option("Lab job").status == "open"
