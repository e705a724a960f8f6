"""Scores of a cohort from columns are those of each person's own assessment, exactly."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naive import Sheet
from pathfinder.answers.sheet import AnswerSheet, Certain
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.bulk.coded import MOST_CODES, Coder, Column, bitmap_of, column_of
from pathfinder.assessment.bulk.cohort_scores import CHUNK, CohortScorer, CohortScores
from pathfinder.assessment.bulk.sheet_scores import SheetScorer, SheetScores
from pathfinder.assessment.completions.completing import Completer, compared
from pathfinder.assessment.scoring.cellbook import all_checks
from pathfinder.rulebase.conditions import Value
from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.weighing import weighed
from small_bases import Small, sheets, small_bases


def columns_of(base: RuleBase, crowd: Sequence[AnswerSheet]) -> dict[str, Column]:
    """The sheets, all of certain and open answers, as columns."""
    found = {}
    for question, checks in all_checks(base).items():
        coder = Coder(checks)
        codes = [coder.answer_code(sheet.get(question)) for sheet in crowd]
        found[question] = Column(bytes(codes), coder.values)
    return found


def of_person(found: CohortScores, person: int) -> SheetScores:
    blocked = tuple(path for path in found.paths if found.blocked[path] >> person & 1)
    points = tuple(found.scores[path][person] for path in found.paths)
    return SheetScores(points, blocked, found.best_path(person), found.margin[person])


def assessed(assessor: Assessor, sheet: AnswerSheet) -> SheetScores:
    """The same figures out of a whole assessment."""
    result = assessor.assess(sheet)
    by_id = {path.id: path for path in result.paths}
    best = [path for path in result.paths if path.status == "open"]
    margin = best[0].score - (best[1].score if len(best) > 1 else 0) if best else 0
    return SheetScores(
        tuple(by_id[path].score for path in assessor.base.path),
        tuple(path for path in assessor.base.path if by_id[path].status == "blocked"),
        best[0].id if best else None,
        round(margin, 6),
    )


def random_people(base: RuleBase, count: int, seed: int) -> list[AnswerSheet]:
    """People with a certain answer to a random share of the questions, whether they apply or not."""
    source = random.Random(seed)
    found = []
    for _ in range(count):
        share = source.random()
        answers = {key: Certain(random_value(base, key, source)) for key in base.questions if source.random() < share}
        found.append(AnswerSheet(answers))
    return found


def random_value(base: RuleBase, key: str, source: random.Random) -> Value:
    question = base.questions[key]
    if question.kind == "multi":
        return frozenset(word for word in question.values if source.random() < 0.3)
    if question.kind == "number":
        return float(source.randint(int(question.bounds[0]), min(int(question.bounds[1]), 80)))
    return source.choice(question.options)


@pytest.fixture(scope="module")
def cohort_scorer(base: RuleBase) -> CohortScorer:
    return CohortScorer(base)


class TestBuiltInBase:
    def test_a_cohort_has_the_scores_of_each_person_alone(self, base: RuleBase, cohort_scorer: CohortScorer) -> None:
        crowd = random_people(base, 2000, seed=5)
        found = cohort_scorer.scores(columns_of(base, crowd), len(crowd))
        alone = SheetScorer(base)
        assert any(found.blocked.values())
        assert len(set(found.best)) > 3
        for person, sheet in enumerate(crowd):
            assert of_person(found, person) == alone.score(sheet)

    def test_and_those_of_whole_assessments(self, base: RuleBase, cohort_scorer: CohortScorer) -> None:
        crowd = random_people(base, 12, seed=6)
        found = cohort_scorer.scores(columns_of(base, crowd), len(crowd))
        assessor = Assessor(base)
        for person, sheet in enumerate(crowd):
            assert of_person(found, person) == assessed(assessor, sheet)

    def test_a_part_of_many_patterns_is_worked_out_as_they_occur(self, base: RuleBase) -> None:
        crowd = random_people(base, 60, seed=7)
        columns = columns_of(base, crowd)
        few, all_ = CohortScorer(base, most=1).scores(columns, 60), CohortScorer(base).scores(columns, 60)
        assert few == all_

    def test_frames_of_completions_agree(self, base: RuleBase, cohort_scorer: CohortScorer) -> None:
        frame = Completer(base, draws=500).drawn(AnswerSheet())
        columns = {key: column_of(frame.size, bitmaps.items()) for key, bitmaps in frame.answers.items()}
        found, expected = cohort_scorer.scores(columns, frame.size), compared(base, frame)
        assert found.blocked == expected.blocked
        for place, path in enumerate(found.paths):
            assert bitmap_of(bytes(one + 1 for one in found.best), place + 1) == expected.best[path]
            assert list(found.scores[path]) == [expected.sums[path].of(person) for person in range(frame.size)]

    def test_chunks_do_not_show(self, base: RuleBase, cohort_scorer: CohortScorer) -> None:
        crowd = random_people(base, 300, seed=8)
        times = CHUNK // 300 + 1
        once = cohort_scorer.scores(columns_of(base, crowd), 300)
        many = {key: Column(one.codes * times, one.values) for key, one in columns_of(base, crowd).items()}
        found = cohort_scorer.scores(many, 300 * times)
        assert found.best == once.best * times
        assert found.margin == once.margin * times
        for path in found.paths:
            assert found.scores[path] == once.scores[path] * times
            assert found.blocked[path].bit_count() == once.blocked[path].bit_count() * times


@settings(max_examples=60)
@given(st.data())
def test_on_any_rule_base_a_cohort_has_the_scores_of_each_person(data: st.DataObject) -> None:
    small: Small = data.draw(small_bases())
    raw: list[Sheet] = [data.draw(sheets(small.reference.questions, uncertain=False)) for _ in range(4)]
    raw = [{key: data.draw(st.sampled_from([one, one, "unknown"])) for key, one in sheet.items()} for sheet in raw]
    crowd = [small.sheet(one) for one in raw]
    columns = columns_of(small.base, crowd)
    found = CohortScorer(small.base).scores(columns, len(crowd))
    assert found == CohortScorer(small.base, most=data.draw(st.sampled_from([0, 10]))).scores(columns, len(crowd))
    for person, sheet in enumerate(raw):
        expected = {
            path["id"]: sum(small.reference.score(rule, sheet).points for rule in path["rules"]) for path in small.paths
        }
        shut = [
            path["id"]
            for path in small.paths
            if any(small.reference.truth_on(one["when"], sheet) for one in path["gates"])
        ]
        open_ = [path for path in expected if path not in shut]
        assert {path: found.scores[path][person] for path in expected} == expected
        assert [path for path in found.paths if found.blocked[path] >> person & 1] == shut
        assert found.best_path(person) == (max(open_, key=lambda path: expected[path]) if open_ else None)
        assert of_person(found, person) == SheetScorer(small.base).score(crowd[person])


@settings(max_examples=40)
@given(small_bases(), st.integers(0, 1000))
def test_weighed_points_add_up_in_columns_too(small: Small, seed: int) -> None:
    base = weighed(small.base, {"fit": 2.37})
    crowd = random_people(base, 5, seed)
    found = CohortScorer(base).scores(columns_of(base, crowd), len(crowd))
    for person, sheet in enumerate(crowd):
        assert of_person(found, person) == SheetScorer(base).score(sheet)


def test_an_open_answer_counts_by_the_outcome_nearest_zero_and_gates_close_on_what_is_known(base: RuleBase) -> None:
    nobody = CohortScorer(base).scores({}, 3)
    assert list(nobody.best) == [0, 0, 0]
    assert not any(nobody.blocked.values())
    assert CohortScorer(base).scores({}, 0).best == nobody.best[:0]


@settings(max_examples=50)
@given(st.lists(st.integers(0, 3), max_size=40))
def test_columns_and_bitmaps_say_the_same(codes: list[int]) -> None:
    column = Column(bytes(codes), ("a", "b", "c"))
    bitmaps = [(value, bitmap_of(column.codes, code)) for code, value in enumerate(column.values, start=1)]
    for code, (_, people) in enumerate(bitmaps, start=1):
        assert people == sum(1 << place for place, one in enumerate(codes) if one == code)
    assert column_of(len(codes), bitmaps) == column


def test_columns_that_cannot_be_are_refused(base: RuleBase) -> None:
    with pytest.raises(ValueError, match="stands for no value"):
        Column(b"\x02", ("a",))
    with pytest.raises(ValueError, match="at most 254"):
        Column(b"", tuple(map(str, range(MOST_CODES + 1))))
    question = next(iter(base.questions))
    with pytest.raises(ValueError, match="no question nothing"):
        CohortScorer(base).scores({"nothing": Column(b"\0", ())}, 1)
    with pytest.raises(ValueError, match="1 people, not 2"):
        CohortScorer(base).scores({question: Column(b"\0", ())}, 2)
