"""What differs between an expectation of a known person and where the paths stand.

What each expectation means is written down with `Expect` and in docs/rule-format.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pathfinder.assessment.results.assessment import VerdictKind
from pathfinder.authoring.standing import Standing
from pathfinder.rulebase.known import Expect

NO_PATH: tuple[VerdictKind, ...] = ("none_fits", "outside")
UNDECIDED: tuple[VerdictKind, ...] = ("unsettled", "close")
TOLERANCE = 0.005
"""Points closer than this are the same: uncertain answers count by expectation."""

What = Literal["best", "not_best", "must_outrank", "verdict", "fires", "blocked", "open", "mentions"]


@dataclass(frozen=True)
class Difference:
    """One expectation that is not met. Where one path wrongly stands above another, `ahead` and `behind` name them."""

    what: What
    text: str
    ahead: str = ""
    behind: str = ""
    rule: str = ""


def not_mentioned(expect: Expect, report: str) -> list[Difference]:
    """Themes that do not occur; capitals and line breaks make no difference."""
    words = " ".join(report.lower().split())
    missing = [theme for theme in expect.mentions if " ".join(theme.lower().split()) not in words]
    return [Difference("mentions", f"the report does not mention '{theme}'") for theme in missing]


def differences(expect: Expect, standing: Standing) -> list[Difference]:
    """Every expectation on ranking, verdict and arguments that is not met."""
    top, accepted = standing.top.id, (*expect.best, *expect.accept_if_following_seeds)
    found = _wrong_best(expect, standing, accepted) if expect.best else _wrongly_best(expect, standing)
    tolerated = top in expect.accept_if_following_seeds and top not in expect.best
    if not tolerated:
        found += [
            Difference("must_outrank", f"{above} must stand above {below}", below, above)
            for above, below in expect.must_outrank
            if not _above(standing, above, below)
        ]
    if expect.verdict and standing.kind not in expect.verdict:
        found.append(Difference("verdict", f"the verdict is {standing.kind}, wanted {' or '.join(expect.verdict)}"))
    return [*found, *_wrong_status(expect, standing), *_wrong_points(expect, standing)]


def _wrong_best(expect: Expect, standing: Standing, accepted: Sequence[str]) -> list[Difference]:
    top, kind = standing.top.id, standing.kind
    if "none" in expect.best:
        text = f"the verdict is {kind} ({top} ranks first), wanted none_fits or outside"
        return [] if kind in NO_PATH else [Difference("best", text)]
    if "any" in expect.best:
        text = f"the verdict is {kind} ({top} ranks first), wanted unsettled or close"
        return [] if kind in UNDECIDED else [Difference("best", text)]
    found = []
    if top not in accepted:
        behind = next(path.id for path in standing.ranked if path.id in accepted)
        found.append(Difference("best", f"{top} ranks first, wanted {' or '.join(expect.best)}", top, behind))
    if kind in NO_PATH:
        found.append(Difference("best", f"the verdict is {kind}, wanted a path"))
    return found + ([] if top in accepted else _wrongly_best(expect, standing))


def _wrongly_best(expect: Expect, standing: Standing) -> list[Difference]:
    top = standing.top.id
    return [Difference("not_best", f"{top} must not rank first")] if top in expect.not_best else []


def _above(standing: Standing, above: str, below: str) -> bool:
    """Strictly above: an open path above a blocked one, then by score."""
    one, other = standing.path(above), standing.path(below)
    return (one.status == "open", one.score) > (other.status == "open", other.score)


def _wrong_status(expect: Expect, standing: Standing) -> list[Difference]:
    found = []
    wanted: tuple[tuple[What, tuple[str, ...]], ...] = (("blocked", expect.blocked), ("open", expect.open))
    for status, paths in wanted:
        wrong = [path for path in paths if standing.path(path).status != status]
        found += [Difference(status, f"{path} is {standing.path(path).status}, wanted {status}") for path in wrong]
    return found


def _wrong_points(expect: Expect, standing: Standing) -> list[Difference]:
    found = []
    for rule, wanted in expect.fires.items():
        points = standing.scores[rule].points if rule in standing.scores else 0.0
        if abs(points - wanted) > TOLERANCE:
            found.append(Difference("fires", f"{rule} counts {points:g}, wanted {wanted:g}", rule=rule))
    return found
