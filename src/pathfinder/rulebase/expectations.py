"""What a rule base promises about itself: answers that never hurt a path, and groups that seldom cross over."""

from typing import Annotated, Literal

from pathfinder.rulebase.base import Acceptable, Claims, Identifier, Limits, Reads, Text, When

Names = Annotated[tuple[Identifier, ...], Reads.NAMES, Limits(min_length=1)]
"""One id, or a list of them."""

Direction = Literal["never_falls", "never_rises"]


class Expectation(Acceptable, frozen=True, kw_only=True):
    """As the answer to `question` goes up its scale, and nothing else changes, the score of `path` never falls
    (or never rises), and no gate closes (or opens), wherever `given` holds.

    Up is: larger numbers and scale points, later values of an ordered choice, yes after no. With several
    questions or paths it is expected of each question on each path.
    """

    id: Identifier
    question: Names
    path: Names
    direction: Direction
    given: When | None = None
    because: Text
    claims: Claims


class Crossing(Acceptable, frozen=True, kw_only=True):
    """Of the plausible people in whom `among` holds and whose verdict names a path, at most a share `at_most`
    (0 to 1) may come out at one of the paths in `winner`."""

    id: Identifier
    among: When
    winner: Names
    at_most: Annotated[float, Limits(ge=0, le=1)]
    because: Text
