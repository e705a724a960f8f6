"""What differs between two answer sheets, and why, as plain data (schema version 1 of kind `comparison`).

`before` and `after` are the first and the second sheet, in the order they were named; they need not be apart in
time. Points are on the rule base's scale, shares lie between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from pathfinder.assessment.results.assessment import VerdictKind
from pathfinder.assessment.results.items import Citation

About = Literal["person", "people", "options"]
"""What is compared: two sheets of one person, of two people, or two places that one person can choose between."""

AnswerChangeState = Literal[
    "changed", "now known", "no longer known", "still open", "applies now", "no longer applies", "does not apply"
]
ArgumentState = Literal["changed", "now known", "no longer known"]
Driver = Literal["points", "gates", "roles"]

WEIGHING = "(weights)"
"""Stands among the questions for how the criteria are weighed; no question can be called so."""


class Side(Struct, frozen=True):
    """One of the two sheets: what it is called (`label`), whose it is, and the verdict on it.

    `roles` are the titles of the roles outside the paths that decide, `open_questions` how many questions left open
    can still move a score, `notices` what was set aside.
    """

    label: str
    name: str
    kind: VerdictKind
    path: str | None
    runner_up: str | None
    settled: bool
    chance: float
    margin: float
    summary: str
    roles: tuple[str, ...]
    open_questions: int
    notices: tuple[str, ...]


class AnswerChange(Struct, frozen=True):
    """An answer that differs, in words; `question` may be `WEIGHING`. `follows` names the changed answer because of
    which its question applies on one side only."""

    question: str
    section: str
    title: str
    before: str
    after: str
    state: AnswerChangeState
    sensitive: bool
    follows: str | None


class ArgumentChange(Struct, frozen=True):
    """An argument that counts differently, on `paths`, through the changed answers that it looks at.

    A text is empty where the argument does not count; `before_open` and `after_open` say that answers left open what
    it comes to. `state` is `now known` where each of those answers was open before and is known after.
    """

    rule: str
    paths: tuple[str, ...]
    criterion: str
    asks: str
    before: float
    after: float
    before_text: str
    after_text: str
    before_open: bool
    after_open: bool
    state: ArgumentState
    through: tuple[str, ...]
    claims: tuple[Citation, ...]


class PathPlace(Struct, frozen=True):
    """Where a path stands on one sheet; `left_out` are points of the score that a redacted comparison does not tell
    of."""

    rank: int
    score: float
    low: float
    high: float
    chance_best: float
    status: Literal["open", "blocked"]
    left_out: float = 0.0


class PathChange(Struct, frozen=True):
    """One path on both sheets; `change` is what its score gained."""

    id: str
    title: str
    before: PathPlace
    after: PathPlace
    change: float


class GateChange(Struct, frozen=True):
    """A gate that closes on one sheet only, through the changed answers it looks at. `text` says why it closes."""

    path: str
    gate: str
    closes: Literal["before", "after"]
    text: str
    opens: str
    through: tuple[str, ...]
    claims: tuple[Citation, ...]


class RoleChange(Struct, frozen=True):
    """A role outside the paths that decides on one sheet only."""

    role: str
    title: str
    decides: Literal["before", "after"]
    through: tuple[str, ...]


class Move(Struct, frozen=True):
    """What one changed answer, with those that follow it, does while all else is as before.

    `points` is what it adds to the lead. `turns`: by itself it leads to the result after. `needed`: taken back
    alone, it would not have come to that result.
    """

    question: str
    followers: tuple[str, ...]
    points: float
    turns: bool
    needed: bool


class Joint(Struct, frozen=True):
    """What changed answers add to the lead only together, beyond what each adds alone, through some arguments."""

    questions: tuple[str, ...]
    rules: tuple[str, ...]
    points: float


class Lead(Struct, frozen=True):
    """The lead that decides: of the path `ahead` over the path `behind`, or, where that is None, over the points that
    it takes to be recommended.

    `before` plus the points of all `moves`, of all `together` and `left_out` is `after`, exactly; `remainder` is the
    sum of `together`. The largest come first. `left_out` is 0 but in a redacted comparison: what comes from answers
    that are not told.
    """

    ahead: str
    behind: str | None
    before: float
    after: float
    moves: tuple[Move, ...]
    together: tuple[Joint, ...]
    remainder: float
    left_out: float = 0.0


class OptionPlace(Struct, frozen=True):
    """A place in hand on its own path, with its answers laid over the person's; `left_out` as in `PathPlace`."""

    name: str
    path: str
    title: str
    score: float
    low: float
    high: float
    status: Literal["open", "blocked"]
    criteria: Mapping[str, float]
    left_out: float = 0.0


class OptionPair(Struct, frozen=True):
    """Two places in hand; `close` says that they are fewer points apart than the rule base takes for a clear lead."""

    before: OptionPlace
    after: OptionPlace
    close: bool


class Comparison(Struct, frozen=True):
    """Everything that differs between two answer sheets.

    `verdict_changed` looks at the kind of verdict, the path it names and the roles that decide. `winner_changed`
    says that another path comes first with enough points, that none does any more, that one does at last, or that
    other roles decide. `drivers` then are what it takes for that: the points, the gates, the roles (those that
    belong to a smallest set which, taken over from the second sheet alone, leads to its result).

    In a comparison that is `redacted` the verdicts, the places of paths and options and both ends of the lead are those
    of the whole sheets; all else is without the private answers, and no move says whether it turns the result.
    """

    about: About
    before: Side
    after: Side
    verdict_changed: bool
    winner_changed: bool
    drivers: tuple[Driver, ...]
    lead: Lead
    paths: tuple[PathChange, ...]
    gates: tuple[GateChange, ...]
    roles: tuple[RoleChange, ...]
    arguments: tuple[ArgumentChange, ...]
    answers: tuple[AnswerChange, ...]
    criteria: Mapping[str, str]
    rulebase: Mapping[str, str]
    program: Mapping[str, str]
    options: OptionPair | None = field(default=None)
    redacted: bool = False

    def title(self, path: str) -> str:
        """The title of a path."""
        return next(one.title for one in self.paths if one.id == path)
