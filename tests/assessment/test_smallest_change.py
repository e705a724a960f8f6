"""The smallest sets of changed answers under which a losing path would come first: against trying them all out."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from naive import Raw, Reference, Sheet, read_raw
from pathfinder.answers.facts import set_aside
from pathfinder.answers.sheet import AnswerSheet, Certain
from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.changes import movers
from pathfinder.assessment.changes.counterfactual import Change, Counterfactuals
from pathfinder.assessment.changes.movers import Movers
from pathfinder.assessment.changes.reach import takes_back, within_reach
from pathfinder.assessment.changes.smallest import SmallestSet, smallest_sets
from pathfinder.assessment.scoring.counts import Counts
from pathfinder.rulebase.forms import read_part
from pathfinder.rulebase.models import OtherRole, RuleBase
from pathfinder.store.rules import built_in_folder
from random_sheets import random_sheet
from small_bases import TEXT, built, conditions, questions, rules, sheets

HARDLY_ANY: Sheet = {
    "goal_role": "research_lead",
    "coding": ["solid", "strong"],
    "timeline_years": {"min": 3, "max": 20},
}
TWO_OFFERS: Sheet = {
    "goal_role": "research_lead",
    "timeline_years": 12,
    "new_agendas_needed": True,
    "coding": "strong",
    "maths": "strong",
    "research_record": "publication",
    "tried_research": "months",
    "research_reaction": "enjoyed",
    "enjoys": ["coding_experiments"],
    "mentor_hours": 0,
    "phd_option": "offer",
    "phd_supervisor_safety": 3,
    "job_option": "offer",
    "job_kind": "industry_lab",
    "job_team": 4,
    "pay_cut": "accepted",
    "stage": "masters",
}
NATURES = ("belief", "aim", "skill", "trial", "offer", "circumstance")


@st.composite
def people(draw: st.DrawFn, count: int) -> tuple[RuleBase, AnswerSheet]:
    """A rule base of many small arguments, so that it takes several answers to change who wins; with questions of all
    natures, some of them sensitive, with gates, and at times with a role outside the paths. And a sheet for it."""
    asked = draw(questions(count))
    source = random.Random(draw(st.integers()))
    paths = []
    for name in ("one", "two", "three"):
        own = [repointed(draw(rules(asked, f"{name}-{place}")), source) for place in range(draw(st.integers(4, 7)))]
        gates = [
            {"id": f"{name}-gate-{place}", "when": draw(conditions(asked, depth=1)), "opens": "Something.", **TEXT}
            for place in range(draw(st.sampled_from([0, 0, 0, 1])))
        ]
        paths.append({"id": name, "title": name.title(), "summary": "A path.", "rules": own, "gates": gates})
    groups = [{"paths": ["one", "two"], "rules": [repointed(draw(rules(asked, "shared")), source)]}]
    roles = []
    if draw(st.integers(0, 3)) == 0:
        when = {key: draw(conditions(asked, depth=1)) for key in ("when", "decides")}
        roles.append({"id": "role", "title": "Role", "text": "Elsewhere.", "next": "Go.", "claims": ["c"], **when})
    of_all_natures = {
        key: {**raw, "nature": draw(st.sampled_from(NATURES)), "sensitive": draw(st.integers(0, 7)) == 0}
        for key, raw in asked.items()
    }
    base = built(of_all_natures, paths, groups)
    context = {"questions": base.questions}
    verdict = structs.replace(base.general.verdict, enough=draw(st.sampled_from([1.0, 3.0, 5.0])))
    base = base.with_parts(
        general=structs.replace(base.general, verdict=verdict),
        other_roles=tuple(read_part(OtherRole, role, context=context) for role in roles),
    )
    return base, read(base, draw(sheets(asked)))


@cache
def reference() -> Reference:
    """The built-in questions as plain YAML data."""
    return read_raw(built_in_folder()).reference


def read(base: RuleBase, answers: Sheet) -> AnswerSheet:
    sheet, problems = validate_sheet({"answers": answers}, base.questions)
    assert not problems
    return sheet


def repointed(rule: Raw, source: random.Random) -> Raw:
    """The rule with other points, a few either way."""
    return {**rule, "cases": [{**case, "points": source.choice((-2, -1, 1, 2))} for case in rule["cases"]]}


def counterfactuals(base: RuleBase, sheet: AnswerSheet) -> Counterfactuals:
    assessor = Assessor(base)
    return Counterfactuals(base, set_aside(base, sheet)[0], assessor.scorer, assessor.book)


def sets_of(what_if: Counterfactuals, size: int) -> Iterator[tuple[Change, ...]]:
    """Every set of changed answers to so many questions that are not sensitive."""
    asked = [question.id for question in what_if.base.questions.values() if not question.sensitive]
    for chosen in combinations(asked, size):
        yield from product(*(what_if.alternatives(question) for question in chosen))


def by_trying(what_if: Counterfactuals, most: int = 3) -> dict[str, tuple[int, float]]:
    """For every path that some set of changes puts first, the size of the smallest such sets and, among those that
    are told rather than others, the largest lead."""
    kinds: tuple[Callable[[Change], bool], ...] = (
        lambda change: within_reach(what_if, change),
        lambda change: (
            not takes_back(what_if.base.questions[change.question], what_if.sheet.get(change.question), change.value)
        ),
        lambda change: True,
    )
    found: dict[str, tuple[int, float]] = {}
    for size in range(1, most + 1):
        best: dict[str, tuple[int, float]] = {}
        for chosen in sets_of(what_if, size):
            winner, lead = what_if.standing(chosen).winner()
            if winner is not None and lead > 0 and winner not in found:
                kind = next(place for place, told in enumerate(kinds) if all(map(told, chosen)))
                best[winner] = min(best.get(winner, (kind, -lead)), (kind, -lead))
        found |= {path: (size, -lead) for path, (_, lead) in best.items()}
    return found


def agrees(what_if: Counterfactuals, found: tuple[SmallestSet, ...], most: int = 3) -> None:
    """Whether the sets are those that come of trying all sets of up to `most` changes."""
    first = what_if.now.winner()[0]
    assert [one.path for one in found] == [path.id for path in what_if.base.paths if path.id != first]
    tried = by_trying(what_if, most)
    for one in found:
        if one.path in tried:
            assert (len(one.changes), one.lead) == tried[one.path]
        else:
            assert not 1 <= len(one.changes) <= most
        if one.changes:
            assert what_if.standing(one.changes).winner() == (one.path, one.lead)


def test_the_sets_are_those_that_come_of_trying_all() -> None:
    sizes = [0, 0, 0, 0]

    @settings(max_examples=60, deadline=None)
    @given(st.sampled_from([4, 5, 6]).flatmap(people))
    def try_all(case: tuple[RuleBase, AnswerSheet]) -> None:
        what_if = counterfactuals(*case)
        found = smallest_sets(what_if)
        if what_if.now.outside:
            assert found == ()
            return
        agrees(what_if, found)
        for one in found:
            sizes[len(one.changes)] += 1

    try_all()
    assert min(sizes) >= 3, "some sets of each size were compared"


def some_people(base: RuleBase) -> list[AnswerSheet]:
    """People who answered a little, half or all of the questions, some of the answers uncertain."""
    source = random.Random(8)
    raw = [random_sheet(reference(), source, share=share) for share in (0.1, 0.3, 0.5, 0.7, 0.9, 1.0)]
    return [read(base, one) for one in (TWO_OFFERS, *raw)]


def test_on_the_built_in_base_the_sets_do_what_is_said_of_them(base: RuleBase) -> None:
    assessor = Assessor(base)
    tried = 0
    for whole in some_people(base):
        sheet, _ = set_aside(base, whole)
        found = smallest_sets(Counterfactuals(base, sheet, assessor.scorer, assessor.book))
        for one in found:
            changed = sheet
            for change in one.changes:
                assert not base.questions[change.question].sensitive
                changed = changed.with_answer(change.question, Certain(change.value))
            if one.changes:
                tried += 1
                result = assessor.assess(changed)
                assert (result.top.id, result.top.status) == (one.path, "open")
                assert result.verdict.kind != "outside"
                assert result.top.score >= base.general.verdict.enough
                assert result.verdict.margin == one.lead
    assert tried >= 12


@pytest.mark.parametrize("answers", [TWO_OFFERS, HARDLY_ANY], ids=["two offers", "hardly any"])
def test_on_the_built_in_base_the_sets_are_those_that_come_of_trying_all_pairs(base: RuleBase, answers: Sheet) -> None:
    what_if = counterfactuals(base, read(base, answers))
    agrees(what_if, smallest_sets(what_if), most=2)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([3, 4]).flatmap(people))
def test_every_change_that_is_looked_at_is_another_answer_that_can_be_told(case: tuple[RuleBase, AnswerSheet]) -> None:
    covers_all_other_answers(counterfactuals(*case))


def test_every_change_on_the_built_in_base_is_another_answer_that_can_be_told(base: RuleBase) -> None:
    for sheet in some_people(base):
        covers_all_other_answers(counterfactuals(base, sheet))


def covers_all_other_answers(what_if: Counterfactuals) -> None:
    """Whether the numbered changes to a question are the alternatives to its present answer, and where that is certain
    the one more that is no change."""
    numbered = Movers(what_if.tables)
    for question in numbered.questions:
        told = {numbered.place(question, what_if.book.code(*change)) for change in told_changes(what_if, question)}
        answer = what_if.sheet.get(question)
        now = {what_if.book.code(question, answer.value)} if isinstance(answer, Certain) else set()
        assert told == set(numbered.places[question]) - {numbered.place(question, code) for code in now}


def told_changes(what_if: Counterfactuals, question: str) -> list[tuple[str, Any]]:
    return [(change.question, change.value) for change in what_if.alternatives(question)]


def test_what_is_kept_of_other_people_changes_nothing(base: RuleBase, monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = [set_aside(base, sheet)[0] for sheet in some_people(base)]
    alone = [smallest_sets(counterfactuals(base, sheet)) for sheet in sheets]
    for most in (1000, 2):
        monkeypatch.setattr(movers, "MOST_KEPT", most)
        assessor = Assessor(base)
        kept = Movers(assessor.tables)
        for _ in range(2):  # the second time from what is kept
            assert [smallest_sets(what_if(assessor, sheet), kept) for sheet in sheets] == alone
        assert 2 <= max(len(mover.kept) for mover in kept.all) <= most


def what_if(assessor: Assessor, sheet: AnswerSheet) -> Counterfactuals:
    counts = Counts(assessor.tables, sheet)
    return Counterfactuals(assessor.base, sheet, assessor.scorer, assessor.book, counts)


def test_the_order_of_the_answers_changes_nothing(base: RuleBase) -> None:
    turned = AnswerSheet(dict(reversed(list(read(base, TWO_OFFERS).answers.items()))))
    found = smallest_sets(counterfactuals(base, read(base, TWO_OFFERS)))
    assert smallest_sets(counterfactuals(base, turned)) == found
