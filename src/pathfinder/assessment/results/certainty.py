"""How sure an assessment is, what would change it, and what to find out next: docs/certainty.md defines it all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

PlainAnswer = bool | int | float | str | tuple[str, ...]
"""An answer in the form of an answers file."""


class LeastLead(Struct, frozen=True):
    """The least lead that the first path can have over a rival, in points, and answers to open questions that reach it.
    `points` is None where the rival is closed whatever the answers."""

    rival: str
    points: float | None
    when: Mapping[str, PlainAnswer]


class Proof(Struct, frozen=True):
    """Why the verdict is settled, or that it is not.

    `first` comes first in every completion if each of the least leads is above 0 (or 0, over a path that stands later
    in the rule base). Otherwise `counterexample` holds answers to open questions under which another path comes
    first, or none, or the person belongs outside the paths.
    """

    first: str
    least_leads: tuple[LeastLead, ...]
    counterexample: Mapping[str, PlainAnswer] | None


class OpenQuestion(Struct, frozen=True):
    """A question left open that could still move a score.

    `swing` is the most points any one path can still move with it, `matters` how much more often the best
    path would be known with its answer (0 to 1), over completions of everything open. `value` is what knowing the
    answer before choosing is expected to be worth, in points; `chance` how likely it is to change who comes first.
    """

    question: str
    title: str
    prompt: str
    state: Literal["not answered", "not sure", "uncertain"]
    swing: float
    matters: float
    paths: tuple[str, ...]
    value: float = 0.0
    chance: float = 0.0


class ChangeItem(Struct, frozen=True):
    """Another answer to one question that would change who wins, everything else as it was answered.

    `winner` is the path that would win (None: none would be left to recommend), `margin` its lead in points,
    `nature` the kind of question, `within_reach` whether one can work towards the change (`changes/reach.py` says how).
    """

    question: str
    title: str
    now: str
    change: str
    winner: str | None
    margin: float
    nature: str
    within_reach: bool


class ChangedAnswer(Struct, frozen=True):
    """One of several answers that would have to be different together, `now` and the `change` in words (a number by
    the bound from which on it does, where all beyond it do).

    `nature` is the kind of question, `within_reach` whether one can work towards the change.
    """

    question: str
    title: str
    now: str
    change: str
    nature: str
    within_reach: bool


class SmallestChange(Struct, frozen=True):
    """The smallest set of changed answers under which a path that does not come first would; no changes where no set
    of up to three does it.

    Answers to sensitive questions are left out of the search. `margin` is the lead over the next open path in points,
    `within_reach` whether every one of the changes is.
    """

    path: str
    changes: tuple[ChangedAnswer, ...]
    margin: float
    within_reach: bool


class FindOut(Struct, frozen=True):
    """Something to find out next: a question to answer here, or an experiment, by its id.

    `questions` are the open ones that it answers, `value` and `chance` as for an open question (`chance` is that of
    the most telling of them), `hours` what it takes; None where no figure is known.
    """

    kind: Literal["question", "experiment"]
    id: str
    title: str
    questions: tuple[str, ...]
    value: float
    chance: float
    hours: float | None
    per_hour: float | None


class RankShare(Struct, frozen=True):
    """How often a path comes first and second, 0 to 1."""

    path: str
    first: float
    second: float


class Acceptability(Struct, frozen=True):
    """How often each path comes first and second, over completions of the open answers or over points that vary.

    `exact` where all are listed; otherwise `draws` were drawn from `seed`, and a share is off by more than `error`
    in one of 20 cases at most.
    """

    over: Literal["answers", "points"]
    shares: tuple[RankShare, ...]
    exact: bool
    draws: int
    error: float
    seed: int


class Favoured(Struct, frozen=True):
    """How often an open path comes first over all ways of weighing the criteria (0 to 1), and the most typical
    weighing under which it does: 1 is the weight a criterion has on average. No weights where it never does; of
    `draws` weighings, from `seed`."""

    path: str
    share: float
    weights: Mapping[str, float]
    draws: int
    seed: int
