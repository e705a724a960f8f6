"""What one can work towards, and what would take back what is done."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from naive import Raw
from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.changes.reach import can_work_towards, takes_back
from pathfinder.rulebase.models import RuleBase
from small_bases import built

WORDS = ("a", "b", "c", "d")
LETTERED = {"values": {word: word for word in WORDS}, "plausible": {"weights": dict.fromkeys(WORDS, 1)}}
YES_NO = {"kind": "yes_no", "plausible": {"weights": {"yes": 1, "no": 1}}}
FIELDS = {"kind": "multi", "values": LETTERED["values"], "plausible": {"shares": dict.fromkeys(WORDS, 0.5)}}
HOURS = {"kind": "number", "range": [0, 9], "plausible": {"quantiles": {0: 0, 100: 9}}}
QUESTIONS: dict[str, Raw] = {
    "skill": {"kind": "choice", "ordered": True, "nature": "skill", **LETTERED},
    "fields": {"nature": "skill", **FIELDS},
    "tried": {"nature": "trial", **YES_NO},
    "liked": {"kind": "choice", "nature": "trial", "lasting": ["a", "b", "c"], **LETTERED},
    "hours": {"nature": "offer", **HOURS},
    "team": {"kind": "scale", "nature": "offer", "plausible": {"weights": dict.fromkeys("12345", 1)}},
    "place": {"kind": "choice", "nature": "offer", "towards": ["b", "c"], "lasting": ["d"], **LETTERED},
    "employer": {"kind": "choice", "nature": "offer", **LETTERED},
    "belief": {"nature": "belief", **YES_NO},
    "aims": {"nature": "aim", **FIELDS},
}
BASE = built({key: {"id": key, "depth": "core", **raw} for key, raw in QUESTIONS.items()})


def judged(question: str, now: Any, value: Any) -> tuple[bool, bool]:
    """Whether a value can be worked towards, and whether it takes something back."""
    sheet, problems = validate_sheet({"answers": {} if now is None else {question: now}}, BASE.questions)
    assert not problems
    asked, answer = BASE.questions[question], sheet.get(question)
    return can_work_towards(asked, answer, value), takes_back(asked, answer, value)


@pytest.mark.parametrize(
    ("question", "now", "value", "towards", "back"),
    [
        ("skill", "b", "c", True, False),
        ("skill", "b", "a", False, True),
        ("skill", ["b", "d"], "c", True, False),
        ("skill", ["b", "d"], "b", False, False),
        ("skill", ["b", "d"], "a", False, True),
        ("skill", None, "b", False, False),  # the lower half
        ("skill", "unknown", "c", True, False),
        ("fields", ["a", "b"], frozenset("abc"), True, False),
        ("fields", ["a", "b"], frozenset("ac"), False, True),
        ("fields", None, frozenset("a"), True, False),
        ("fields", None, frozenset(), False, False),
        ("tried", False, True, True, False),
        ("tried", True, False, False, True),
        ("tried", None, True, True, False),
        ("tried", None, False, False, False),
        ("liked", "a", "b", False, False),  # how a trial turned out
        ("liked", "d", "b", False, False),
        ("liked", "b", "d", False, True),  # once tried, it cannot be untried
        ("liked", ["a", "b"], "d", False, True),
        ("liked", ["a", "d"], "d", False, False),
        ("liked", None, "a", False, False),
        ("hours", 3, 5.0, True, False),
        ("hours", 3, 2.0, False, False),
        ("hours", {"min": 3, "max": 5}, 3.0, False, False),
        ("hours", {"min": 3, "max": 5}, 3.5, True, False),
        ("hours", None, 8.0, False, False),  # a number has no middle
        ("team", 2, 3, True, False),
        ("team", 3, 2, False, False),
        ("team", None, 3, False, False),
        ("team", None, 4, True, False),
        ("place", "a", "b", True, False),
        ("place", "b", "c", True, False),
        ("place", "c", "b", False, False),
        ("place", ["a", "b"], "b", False, False),
        ("place", ["a", "b"], "c", True, False),
        ("place", "b", "a", False, False),
        ("place", "b", "d", False, False),
        ("place", "d", "c", False, True),
        ("place", None, "b", True, False),
        ("employer", "a", "b", True, False),
        ("belief", True, False, False, False),
        ("belief", None, True, False, False),
        ("aims", ["a"], frozenset("ab"), False, False),
    ],
)
def test_only_steps_up_can_be_worked_towards(question: str, now: Any, value: Any, towards: bool, back: bool) -> None:
    assert judged(question, now, value) == (towards, back)


def test_only_offers_without_an_order_list_what_to_work_towards() -> None:
    for key in ("skill", "liked", "belief"):
        with pytest.raises(ValueError, match="towards"):
            structs.replace(BASE.questions[key], towards=("a",)).check()


@pytest.mark.parametrize(
    ("answers", "question", "change"),
    [
        ({"job_option": "offer"}, "job_option", "searching"),
        ({"job_option": "searching"}, "job_option", "searched_without_offer"),
        ({"phd_option": "would_apply"}, "phd_option", "completed"),
        ({"phd_option": "would_apply"}, "phd_option", "none"),
        ({"phd_option": "completed"}, "phd_option", "offer"),
        ({"self_directed_record": "struggled"}, "self_directed_record", "thrived"),
        ({"self_directed_record": "thrived"}, "self_directed_record", "struggled"),
        ({"tried_research": "weeks", "research_reaction": "enjoyed"}, "research_reaction", "mixed"),
        ({}, "phd_supervisor_research", 1),
    ],
)
def test_on_the_built_in_base_no_loss_and_no_outcome_is_within_reach(
    base: RuleBase, answers: Raw, question: str, change: Any
) -> None:
    sheet, _ = validate_sheet({"answers": answers}, base.questions)
    assert not can_work_towards(base.questions[question], sheet.get(question), change)
