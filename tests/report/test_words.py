"""How numbers, verdicts and citations are put into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import pytest
from msgspec.structs import replace

from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import assess
from pathfinder.assessment.results.assessment import Assessment, PathResult, Verdict, VerdictKind
from pathfinder.assessment.results.items import Citation, Note, Reason
from pathfinder.report.certainty import headline, how_sure
from pathfinder.report.citing import citation, citations, cited_in_short
from pathfinder.report.summary import summarise
from pathfinder.report.words import (
    LIKELIHOODS,
    in_part,
    likelihood,
    of_ten,
    points_in_words,
    range_text,
    scale_in_words,
    signed,
    ways,
    weighed,
)
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.rules import load_built_in

OPERATIONS = {"goal_role": "operations"}
CANNOT_CODE_DISLIKES_POLICY = {"coding": "none", "goal_role": "research_contributor", "policy_interest": 1}


@lru_cache
def built_in() -> RuleBase:
    return load_built_in()


def made(answers: Mapping[str, object]) -> Assessment:
    sheet, problems = validate_sheet({"answers": dict(answers)}, built_in().questions)
    assert not problems
    return assess(built_in(), sheet)


def judged(kind: VerdictKind, paths: Sequence[PathResult], **changes: object) -> Assessment:
    """An assessment of hand-made paths, the first of them named."""
    result = made({})
    second = paths[1].id if len(paths) > 1 else None
    plain = Verdict(kind, paths[0].id, second, False, "", paths[0].chance_best, paths[0].score)
    return replace(result, paths=tuple(paths), verdict=replace(plain, **changes))


def claim(section: str = "People", lines: tuple[int, ...] = (29,), source: str = "Gleave 2024") -> Citation:
    return Citation("an-id", "gleave-2024", source, section, lines, "What it says.")


def reason(points: float = 4, share: float = 1, rule: str = "a-rule") -> Reason:
    return Reason(rule, "fit", "Does it fit?", points, "It fits.", share, "", (claim(),))


def path(key: str, **changes: object) -> PathResult:
    plain = PathResult(key, key.title(), "", 1, 0, 0, 0, 1, "open", {}, (), (), (), (), (), ())
    return replace(plain, **changes)


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (3, "+3"),
        (-2.0, "-2"),
        (0, "0"),
        (-0.0, "0"),
        (2.5, "+2.5"),
        (1.6667, "+1.7"),
        (0.01, "+0.01"),
        (-0.04, "-0.04"),
    ],
)
def test_points_carry_their_sign_and_at_most_one_decimal_unless_that_hides_them(points: float, words: str) -> None:
    assert signed(points) == words


def test_one_point_is_singular_on_either_side() -> None:
    assert [points_in_words(points) for points in (1, -1, 2, 0)] == ["+1 point", "-1 point", "+2 points", "0 points"]


def test_points_come_with_their_meaning_on_the_scale() -> None:
    scale = {1: "a nudge", 3: "a real consideration"}
    assert weighed(reason(3.5), scale) == "+3.5, a real consideration"
    assert weighed(reason(-0.5), scale) == "-0.5, a nudge"
    assert weighed(reason(2), {}) == "+2"
    assert scale_in_words({}) == ""


def test_a_reason_the_answer_leaves_open_says_that_it_counts_in_part() -> None:
    assert in_part(reason(share=1)) == ""
    assert "in part" in in_part(reason(share=0.5))
    assert "about 5 of 10" in in_part(reason(share=0.5))


def test_every_chance_has_one_of_the_likelihood_words() -> None:
    assert likelihood(0.9) == "very likely"
    assert likelihood(0.89) == "likely"
    assert likelihood(0.0) == "very unlikely"
    assert {likelihood(percent / 100) for percent in range(101)} == {word for _, word in LIKELIHOODS}


def test_a_share_never_claims_all_or_none_of_ten() -> None:
    told = [words(step / 1000) for step in range(1001) for words in (ways, of_ten)]
    assert not any("10 of 10" in text or "0 of 10" in text.replace("10 of 10", "") for text in told)
    assert ways(0.999) == "in nearly every way the open answers could fall"
    assert ways(0.279) == "in about 3 of 10 ways the open answers could fall"
    assert of_ten(0.01) == "hardly ever"


def test_a_range_says_where_the_score_could_end_or_that_it_is_final() -> None:
    assert range_text(-5, 40.0) == "could still end anywhere from -5 to 40"
    assert range_text(7, 7.0) == "nothing still open can move it"


def test_a_citation_names_source_section_and_lines() -> None:
    assert citation(claim()) == 'Gleave 2024, "People", line 29'
    assert citation(claim(lines=(41, 39))) == 'Gleave 2024, "People", lines 39, 41'


def test_consecutive_lines_are_joined_into_runs() -> None:
    assert citation(claim(lines=(25, 20, 21, 22, 23, 24, 30))).endswith("lines 20-25, 30")


def test_a_place_without_a_heading_stands_without_quotes() -> None:
    assert citation(claim("(opening)", (7,))) == "Gleave 2024, opening, line 7"


def test_a_section_cited_twice_is_named_once_with_all_its_lines() -> None:
    cited = citations([claim(lines=(3, 5)), claim("Money", (9,)), claim(lines=(4, 3))])
    assert cited == ('Gleave 2024, "People", lines 3-5', 'Gleave 2024, "Money", line 9')


def test_the_short_form_names_the_first_claim_and_counts_the_rest() -> None:
    assert cited_in_short([]) == ""
    assert cited_in_short([claim()]) == "Gleave 2024, line 29"
    assert cited_in_short([claim(), claim(), claim()]) == "Gleave 2024, line 29 and 2 more"


def test_a_clear_verdict_names_the_path_how_sure_it_is_and_the_margin() -> None:
    result = judged("clear", [path("phd", chance_best=0.92), path("policy", rank=2)], chance=0.92, margin=2.5)
    assert headline(result) == "Of the two paths, Phd comes out ahead"
    assert how_sure(result) == (
        "Very likely to stay so: Phd comes first in about 9 of 10 ways the open answers could fall."
        " It is 2.5 points ahead of Policy. Were each argument worth a step more or less, it would come first nearly"
        " always."
    )


def test_a_settled_verdict_is_told_apart_from_a_likely_one() -> None:
    result = judged("clear", [path("phd"), path("policy", rank=2)], settled=True, margin=9)
    assert how_sure(result).startswith("This is settled: no answer that is still open can change that Phd comes first.")


def test_with_nothing_open_only_a_changed_answer_would_change_the_verdict() -> None:
    result = replace(judged("clear", [path("phd"), path("policy", rank=2)], margin=9), open_questions=())
    assert how_sure(result).startswith("Every question that counts is answered")
    assert summarise(result).change[0] == "Only a changed answer would."


def test_a_close_verdict_names_both_paths_and_warns_against_deciding_by_the_margin() -> None:
    result = judged("close", [path("phd"), path("policy", rank=2)], margin=1.0)
    assert headline(result) == "Phd and Policy are close, with Phd slightly ahead"
    assert "only 1 point ahead of Policy: too little to decide by" in how_sure(result)


def test_an_unsettled_lead_is_named_together_with_the_path_that_comes_first_more_often() -> None:
    paths = [path("phd", score=6, chance_best=0.3), path("policy", rank=2, chance_best=0.6)]
    result = judged("unsettled", paths)
    assert headline(result) == "Not sure yet: Phd is ahead so far"
    assert "comes first only in about 3 of 10 ways" in how_sure(result)
    assert "Policy comes first about 6 times in 10" in how_sure(result)


def test_of_two_with_as_many_points_neither_is_said_to_be_ahead() -> None:
    paths = [path("phd", score=7, chance_best=0.3), path("policy", rank=2, score=7, chance_best=0.6)]
    close, unsure = (judged(kind, paths, margin=0.0) for kind in ("close", "unsettled"))
    assert headline(close) == "Phd and Policy are level"
    assert "choose between the two by what you learn of real places" in how_sure(close)
    assert headline(unsure) == "Not sure yet: Phd and Policy are level so far"
    assert how_sure(unsure).startswith("Phd and Policy have 7 points each; Phd comes first in about 3 of 10 ways")


def test_too_little_known_names_no_path_and_asks_for_answers_first() -> None:
    result = made({})
    summary = summarise(result)
    assert result.verdict.kind == "unsettled"
    assert summary.headline == "Too little is known yet to prefer any path"
    assert summary.about is None
    assert summary.week[0].startswith("Answer ")


def test_a_person_who_belongs_outside_the_paths_is_told_where_before_any_path() -> None:
    result = made(OPERATIONS)
    summary = summarise(result)
    role = next(role for role in result.other_roles if role.decides)
    assert summary.headline.endswith("outside the four paths: Operations")
    assert summary.lead == (role.text,)
    assert summary.week == (role.next,)
    assert summary.strengths == ()


def test_where_nothing_fits_it_is_said_first_what_would_open_a_path() -> None:
    result = made(CANNOT_CODE_DISLIKES_POLICY)
    summary = summarise(result)
    assert result.verdict.kind == "none_fits"
    assert summary.headline == "None of the four paths fits as things stand"
    assert any("What would open them" in text for text in summary.lead)
    assert summary.week[0].startswith("Begin on what would open")


def test_without_a_reason_against_it_the_best_argument_for_the_runner_up_is_given() -> None:
    shared, own = reason(6, rule="shared"), reason(2, rule="own")
    second = path("second", rank=2, reasons=(shared, own))
    summary = summarise(judged("clear", [path("first", reasons=(shared,)), second]))
    assert summary.weakness is None
    assert summary.instead == (second, own)
    assert summary.caution is None


def test_without_any_counterargument_the_first_caution_is_given() -> None:
    mind = Note("a-note", "Take care.", (claim(),))
    summary = summarise(judged("clear", [path("first", reasons=(reason(),), cautions=(mind,))]))
    assert summary.instead is None
    assert summary.caution == mind


def test_a_reason_against_the_path_is_given_where_there_is_one() -> None:
    against = reason(-2, rule="against")
    summary = summarise(judged("clear", [path("first", reasons=(reason(6), against))]))
    assert summary.weakness == against
    assert summary.instead is None
    assert "only path that is not blocked" in summary.how_sure
