"""Which kind of verdict it is, on either side of every threshold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pytest
from msgspec import structs

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.results.assessment import Verdict
from pathfinder.assessment.verdict import decide_verdict
from pathfinder.rulebase.models import Thresholds
from small_bases import built

THRESHOLDS = Thresholds(enough=4, margin=2, sure=0.7, likely=0.5)


@dataclass(frozen=True)
class Path:
    """What a verdict looks at in a path."""

    id: str
    score: float
    chance_best: float = 0.0
    status: Literal["open", "blocked"] = "open"

    @property
    def title(self) -> str:
        return self.id.title()


def verdict(*ranked: Path, outside: tuple[str, ...] = (), reach: float = 1.0) -> Verdict:
    return decide_verdict(ranked, outside, reach, THRESHOLDS, settled=False)


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (Path("one", 4, 0.7), Path("two", 2), "clear"),
        (Path("one", 4, 0.69), Path("two", 2), "unsettled"),
        (Path("one", 4, 0.7), Path("two", 2.1), "close"),
        (Path("one", 4, 0.5), Path("two", 3), "close"),
        (Path("one", 4, 0.49), Path("two", 3), "unsettled"),
        (Path("one", 3.9, 1), Path("two", 0), "unsettled"),
        (Path("one", 4, 0.7), Path("two", 3, status="blocked"), "clear"),
        (Path("one", 9, 0, "blocked"), Path("two", 3, status="blocked"), "none_fits"),
    ],
)
def test_thresholds_belong_to_the_surer_side(first: Path, second: Path, kind: str) -> None:
    assert verdict(first, second).kind == kind


def test_a_margin_that_shows_as_large_enough_is_large_enough() -> None:
    found = verdict(Path("one", 4.1, 1), Path("two", 2.1))
    assert (found.margin, found.kind) == (2.0, "clear")


@pytest.mark.parametrize(("reach", "kind"), [(0.6, "unsettled"), (0.2, "none_fits")])
def test_little_in_favour_fits_nothing_unless_open_answers_may_well_change_that(reach: float, kind: str) -> None:
    found = verdict(Path("one", 1, 1), Path("two", 0), reach=reach)
    assert (found.kind, found.path, found.runner_up) == (kind, None, None)


def test_a_goal_outside_the_paths_outweighs_any_score() -> None:
    found = verdict(Path("one", 20, 1), Path("two", 0), outside=("Operations",))
    assert (found.kind, found.path) == ("outside", None)
    assert "Operations" in found.summary


def test_a_path_is_named_where_enough_speaks_for_it_even_if_too_little_is_known_to_be_sure() -> None:
    found = verdict(Path("one", 5, 0.4), Path("two", 1))
    assert (found.kind, found.path, found.runner_up) == ("unsettled", "one", "two")


@pytest.mark.parametrize(("enough", "kind"), [(4, "unsettled"), (4.5, "none_fits")])
def test_open_answers_reach_enough_only_with_as_many_points_as_it_takes(enough: float, kind: str) -> None:
    coin = {"id": "coin", "kind": "yes_no", "depth": "core", "plausible": {"weights": {"yes": 1, "no": 0}}}
    case = {"when": {"coin": True}, "points": 4, "because": "Because."}
    rule = {"id": "rule", "criterion": "fit", "asks": "Does it?", "claims": ["c"], "cases": [case]}
    one = {"id": "one", "title": "One", "summary": "A path.", "rules": [rule]}
    base = built({"coin": coin}, [one, {"id": "two", "title": "Two", "summary": "A path."}])
    thresholds = structs.replace(base.general.verdict, enough=enough)
    general = structs.replace(base.general, verdict=thresholds)
    found = Assessor(structs.replace(base, general=general)).assess(AnswerSheet())
    assert found.verdict.kind == kind


@pytest.mark.parametrize("chance", [0.9, 0.1])
def test_of_two_with_as_many_points_neither_is_called_ahead(chance: float) -> None:
    found = verdict(Path("one", 7, chance), Path("two", 7))
    assert (found.path, found.margin) == ("one", 0)
    assert "One and Two are level" in found.summary
    assert "ahead" not in found.summary
