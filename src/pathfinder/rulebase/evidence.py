"""Evidence: the source documents and the claims paraphrased from them."""

from typing import Annotated, Literal

from msgspec import field

from pathfinder.rulebase.base import Acceptable, Identifier, Limits, Model, Text


class Source(Model, frozen=True, kw_only=True):
    """A document on which the rule base rests."""

    id: Identifier
    title: Text
    author: Text
    with_: tuple[str, ...] = field(default=(), name="with")
    date: Text
    short: Text
    note: Text = ""


class Claim(Acceptable, frozen=True, kw_only=True):
    """One decision-relevant statement of a source, paraphrased, with where it stands.

    `paths` maps a path (or `any`, `other`) to direction and strength of the author's wording, -3 to 3.
    `status`: struck-likely (withdrawn, scores nobody), softened, dated or contested.
    `rule_fit: none` marks advice that cannot honestly score anyone. `set_aside` says why nothing in the rule
    base uses the claim.
    """

    id: Identifier
    source: str = ""
    section: Text
    lines: Annotated[tuple[int, ...], Limits(min_length=1)]
    kind: Text
    paths: dict[str, int]
    claim: Text
    applies_if: Text = ""
    asks: tuple[str, ...] = ()
    inverse: bool = False
    voice: Text = ""
    number: Text = ""
    cost: Text = ""
    status: Literal["", "softened", "struck-likely", "dated", "contested"] = ""
    rule_fit: Literal["", "none", "partial"] = ""
    rule_fit_why: Text = ""
    set_aside: Text = ""
