"""Which questions are about a concrete place on which path, and which answers say that there is one."""

from __future__ import annotations

import pytest
from msgspec import structs

from pathfinder.rulebase.models import RuleBase
from pathfinder.rulebase.offers import offers_by_path


def test_every_offer_of_the_built_in_base_is_about_one_path(base: RuleBase) -> None:
    found = offers_by_path(base)
    listed = [key for keys in found.values() for key in keys]
    assert sorted(listed) == sorted(key for key, question in base.questions.items() if question.nature == "offer")
    assert all(list(keys) == [key for key in base.questions if key in keys] for keys in found.values())


def test_a_section_is_about_the_path_that_looks_at_it_most(base: RuleBase) -> None:
    found = offers_by_path(base)
    assert found["phd"][0] == "phd_option"
    assert "job_option" in found["research_contributor"], "though a gate of the PhD looks at it too"
    assert "funding" in found["independent_research"], "though an argument for the PhD looks at it too"
    assert found["governance"] == ("governance_option",)


def test_an_offer_that_nothing_on_the_path_looks_at_is_left_out(base: RuleBase) -> None:
    path = base.path["phd"]
    parts = ("rules", "gates", "cautions", "steps", "checklist")
    left = {name: tuple(part for part in getattr(path, name) if "phd_freedom" not in str(part)) for name in parts}
    bare = structs.replace(path, **left)
    assert bare.rules != path.rules
    paths = tuple(bare if one.id == "phd" else one for one in base.paths)
    assert "phd_freedom" not in offers_by_path(base.with_parts(paths=paths))["phd"]


def test_values_that_say_a_place_is_in_hand_are_values_of_a_choice(base: RuleBase) -> None:
    listed = {key: question.in_hand for key, question in base.questions.items() if question.in_hand}
    assert listed["phd_option"] == ("offer", "enrolled")
    assert all(base.questions[key].nature == "offer" for key in listed)
    for key, wrong in (("phd_option", "ofer"), ("phd_freedom", "5")):
        with pytest.raises(ValueError, match="in_hand can only list values of a choice"):
            structs.replace(base.questions[key], in_hand=(wrong,)).check()
        with pytest.raises(ValueError, match="lasting can only list values of a choice"):
            structs.replace(base.questions[key], lasting=(wrong,)).check()


def test_nobody_comes_back_from_a_degree_or_to_not_having_searched_or_tried(base: RuleBase) -> None:
    listed = {key: set(question.values) - set(question.lasting) for key, question in base.questions.items()}
    left = {key: values for key, values in listed.items() if base.questions[key].lasting}
    assert left == {
        "phd_option": {"none", "would_apply", "offer", "enrolled"},
        "job_option": {"not_searched"},
        "self_directed_record": {"never_tried"},
        "weak_feedback_project": {"never_had_one"},
    }
