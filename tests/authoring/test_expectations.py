"""What a rule base promises about itself is proved, or broken by somebody who is named."""

from __future__ import annotations

import pytest
from changed_bases import expecting, gate, overlaid, rule, sound
from hypothesis import given, settings
from hypothesis import strategies as st

from pathfinder.answers.cells import Cell
from pathfinder.answers.scope import layout
from pathfinder.answers.sheet import Certain
from pathfinder.assessment.assess import assess
from pathfinder.assessment.completions.completing import compared
from pathfinder.authoring.expectations import Breach, breaches
from pathfinder.authoring.tables import members
from pathfinder.rulebase.checks import check_references
from pathfinder.rulebase.conditions import Value
from pathfinder.rulebase.models import RuleBase
from small_bases import TOP_NUMBER, WORDS, Small, small_bases


def broken(base: RuleBase) -> Breach:
    """The only breach of a base."""
    (found,) = breaches(base)
    return found


class TestProofs:
    def test_a_score_that_only_rises_keeps_the_promise(self) -> None:
        assert breaches(expecting(sound(), "skill", "lab")) == ()

    def test_a_question_that_a_path_does_not_look_at_keeps_any_promise(self) -> None:
        assert breaches(expecting(sound(), "calm", "lab")) == ()
        assert breaches(expecting(sound(), "calm", "lab", "never_rises")) == ()

    def test_a_score_that_rises_breaks_the_promise_never_to_rise(self) -> None:
        assert broken(expecting(sound(), "skill", "lab", "never_rises")).rules == ("lab-skill",)

    def test_a_hump_in_a_number_is_found_on_its_far_side(self) -> None:
        humped = overlaid(sound(), rules=[{**rule("hump", ({"years": {"gte": 20, "lte": 30}}, 2)), "path": "lab"}])
        found = broken(expecting(humped, "years", "lab"))
        assert (found.low, found.change) == (30.0, 2)
        assert found.high == 40.0

    def test_an_argument_that_falls_may_be_made_up_for_by_another(self) -> None:
        falling = {**rule("falling", ({"skill": "none"}, 2)), "path": "lab"}
        assert breaches(expecting(overlaid(sound(), rules=[falling]), "skill", "lab")) == ()
        steeper = {**rule("falling", ({"skill": "none"}, 3)), "path": "lab"}
        assert broken(expecting(overlaid(sound(), rules=[steeper]), "skill", "lab")).change == 1

    def test_what_takes_an_argument_away_counts_like_the_argument(self) -> None:
        harm = {**rule("harm", ({"calm": 1}, -1), unless={"skill": "none"}), "path": "lab"}
        alone = overlaid(sound(), rules=[harm], drop=["lab-skill"])
        assert broken(expecting(alone, "skill", "lab")).answers["calm"] == 1

    def test_a_promise_is_kept_only_where_it_is_given(self) -> None:
        falling = {**rule("falling", ({"skill": "none", "calm": {"lte": 2}}, 5)), "path": "lab"}
        base = overlaid(sound(), rules=[falling])
        assert breaches(expecting(base, "skill", "lab"))
        assert breaches(expecting(base, "skill", "lab", given={"calm": {"gte": 3}})) == ()

    def test_yes_comes_after_no(self) -> None:
        base = overlaid(sound(), rules=[{**rule("offer", ({"offer": True}, 1)), "path": "desk"}])
        assert breaches(expecting(base, "offer", "desk")) == ()
        assert broken(expecting(base, "offer", "desk", "never_rises")).high is True

    def test_a_question_that_no_longer_applies_takes_its_arguments_with_it(self) -> None:
        """With an offer its pay counts, which may be bad; without one it does not."""
        assert broken(expecting(sound(), "offer", "lab")).answers["offer_pay"] in (1, 2)

    def test_a_gate_that_closes_breaks_the_promise(self) -> None:
        base = overlaid(sound(), gates=[{**gate("too-good", {"skill": "strong", "calm": 5}), "path": "lab"}])
        found = broken(expecting(base, "skill", "lab"))
        assert (found.low, found.high, found.gates, found.answers) == ("basic", "strong", ("too-good",), {"calm": 5})

    def test_a_gate_that_opens_does_not(self) -> None:
        base = overlaid(sound(), gates=[{**gate("too-bad", {"skill": "none"}), "path": "lab"}])
        assert breaches(expecting(base, "skill", "lab")) == ()

    def test_several_questions_and_paths_are_several_promises(self) -> None:
        base = expecting(sound(), ["skill", "calm"], ["lab", "desk"], "never_rises")
        assert [(found.question, found.path) for found in breaches(base)] == [("skill", "lab"), ("calm", "desk")]


class TestThePersonNamed:
    def test_somebody_with_everything_answered_loses_what_is_said(self) -> None:
        found = broken(expecting(sound(), "offer", "lab"))
        worse = found.person.with_answer("offer", Certain(found.high))
        before, after = (assess(sound(), sheet).path("lab").score for sheet in (found.person, worse))
        assert before - after == found.change
        assert set(found.person) == set(sound().questions)


@settings(max_examples=25, deadline=None)
@given(small_bases(), st.data())
def test_a_promise_holds_exactly_where_no_answers_at_all_break_it(small: Small, data: st.DataObject) -> None:
    rising = [key for key, question in small.base.questions.items() if question.rises]
    question = data.draw(st.sampled_from(rising))
    path = data.draw(st.sampled_from(list(small.base.path)))
    base = expecting(small.base, question, path, claims=["c"])
    assert bool(breaches(base)) == _somebody_loses(base, question, path)


def _somebody_loses(base: RuleBase, question: str, path: str) -> bool:
    """Everybody there can be, laid out along the question, one by one."""
    others = {key: _values(base, key) for key in base.questions if key != question}
    dimensions = {question: _values(base, question), **others}
    frame = layout(base, {}, {key: tuple(Cell(one, 0.0) for one in every) for key, every in dimensions.items()}).frame
    found = compared(base, frame)
    rest = frame.size // len(dimensions[question])
    scores = [0] * frame.size
    for place, plane in enumerate(found.sums[path].planes):
        weight = -(1 << place) if place == len(found.sums[path].planes) - 1 else 1 << place
        for member in members(plane):
            scores[member] += weight
    blocked = [found.blocked[path] >> place & 1 for place in range(frame.size)]
    return any(
        scores[place + rest] < scores[place] or blocked[place + rest] > blocked[place]
        for place in range(frame.size - rest)
    )


def _values(base: RuleBase, key: str) -> tuple[Value, ...]:
    question = base.questions[key]
    if question.kind == "number":
        return tuple(step / 2 for step in range(2 * TOP_NUMBER + 1))
    if question.kind == "multi":
        return tuple(frozenset(word for bit, word in enumerate(WORDS) if mask >> bit & 1) for mask in range(8))
    return (False, True) if question.kind == "yes_no" else question.options


class TestReferences:
    @pytest.mark.parametrize(
        ("question", "path", "claim", "wrong"),
        [
            ("skil", "lab", "spare-for", "there is no question 'skil'. Did you mean 'skill'?"),
            ("tools", "lab", "spare-for", "the values of 'tools' have no order"),
            ("skill", "lap", "spare-for", "there is no path 'lap'. Did you mean 'lab'?"),
            ("skill", "lab", "spare-four", "there is no claim 'spare-four'. Did you mean 'spare-for'?"),
        ],
    )
    def test_a_promise_about_something_else_is_a_problem(
        self, question: str, path: str, claim: str, wrong: str
    ) -> None:
        base = expecting(sound(), question, path, claims=[claim])
        problems = [str(problem) for problem in check_references(base)]
        assert len(problems) == 1
        assert problems[0].startswith(f"promise: {wrong}")


def test_the_built_in_rule_base_keeps_its_promises(base: RuleBase) -> None:
    assert len(base.expectations) >= 10
    assert [(found.expectation.id, found.question, found.path, found.rules) for found in breaches(base)] == []
