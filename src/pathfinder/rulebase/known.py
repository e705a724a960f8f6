"""People with a known answer: what a rule base is tested against."""

from collections.abc import Mapping
from typing import Literal

from msgspec import field

from pathfinder.rulebase.base import Model, Text


class Expect(Model, frozen=True, kw_only=True):
    """What has to come out.

    `best`: any of these may come top; `none` asks for the verdict none_fits or outside (a path in `nearest` may
    rank first), `any` for unsettled or close. `not_best` may not come top. Of each pair in `must_outrank` the
    first stands strictly above the second (an open path above a blocked one, then by score). `verdict` lists the
    kinds that are right. `fires` maps a rule to the points it has to count (0: it must not count), `blocked`
    and `open` list paths by status. `must_mention` is for a reader; `mentions` must occur in the report's text.
    """

    best: tuple[str, ...] = ()
    not_best: tuple[str, ...] = ()
    must_outrank: tuple[tuple[str, str], ...] = ()
    must_mention: tuple[Text, ...] = ()
    nearest: tuple[str, ...] = ()
    accept_if_following_seeds: tuple[str, ...] = ()
    verdict: tuple[Text, ...] = ()
    fires: Mapping[str, float] = field(default_factory=dict)
    blocked: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    mentions: tuple[Text, ...] = ()


class KnownPerson(Model, frozen=True, kw_only=True):
    """One case file. `pairs` tags people who differ in one fact; a pair holds only as a whole."""

    id: str
    pairs: tuple[str, ...] = ()
    description: Text
    name: str = ""
    answers: dict[str, object]
    expect: Expect
    because: Text
    difficulty: Literal["easy", "medium", "hard"] = "medium"
