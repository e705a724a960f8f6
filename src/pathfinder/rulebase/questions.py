"""Questions: the vocabulary in which answers, conditions and cases are written."""

import re
from functools import cached_property
from typing import Annotated, Literal

from msgspec import field

from pathfinder.rulebase.base import Acceptable, Identifier, Limits, Model, RawCondition, Text
from pathfinder.rulebase.conditions import Value

Kind = Literal["choice", "multi", "scale", "number", "yes_no"]
SCALE = (1, 2, 3, 4, 5)
VALUE_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*\Z")
RESERVED = ("unknown", "null")
"""Words that an answers file reads as no answer, so that no value can be called so."""


class Shares(Model, frozen=True, kw_only=True):
    """How often each answer occurs among people who would use the program.

    One of: `weights` (relative weights of the values of a choice, scale or yes_no), `shares` (for a multi,
    the share of people who pick each value), `quantiles` (for a number, percent of people -> value, linear
    in between). Used only to complete answers that are still open.
    """

    weights: dict[str, float] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)
    quantiles: dict[float, float] = field(default_factory=dict)

    def check(self) -> None:
        """Exactly one of them, of numbers that can be what they are."""
        if sum(bool(part) for part in (self.weights, self.shares, self.quantiles)) != 1:
            raise ValueError("give exactly one of weights, shares and quantiles")
        if any(number < 0 for number in [*self.weights.values(), *self.shares.values()]):
            raise ValueError("weights and shares cannot be negative")
        if self.weights and not any(self.weights.values()):
            raise ValueError("at least one weight must be above zero")
        if any(share > 1 for share in self.shares.values()):
            raise ValueError("a share lies between 0 and 1")
        if self.quantiles:
            percents, values = list(self.quantiles), list(self.quantiles.values())
            if percents != sorted(set(percents)) or percents[0] != 0 or percents[-1] != 100:
                raise ValueError("quantiles go from 0 to 100 percent in rising order")
            if values != sorted(values):
                raise ValueError("the values of quantiles cannot fall")


class GivenShares(Shares, frozen=True, kw_only=True):
    """Other shares where a condition on earlier answers holds."""

    when: RawCondition


class Plausible(Shares, frozen=True, kw_only=True):
    """The shares of a question; `given` overrides them, the first entry whose condition holds decides."""

    given: tuple[GivenShares, ...] = ()


class Question(Acceptable, frozen=True, kw_only=True, dict=True):
    """One question of the interview; ids and values are a public interface.

    `depth`: `core` questions are asked before the first result, `further` ones afterwards, if they could
    still matter. `nature` says what another answer would be: a skill, a trial or an offer is within reach, while a
    belief, an aim or a circumstance is nothing to work on. `in_hand` lists the values of a choice that say there is a
    concrete place to take, or taken already; `towards` those that one can work towards, each further than the one
    before (all, where none is listed); `lasting` those from which nobody comes back to the others: a completed PhD
    stays one. `range` and `unit` belong to numbers. `values` labels the values (for a scale at least its ends, for
    yes_no optionally `yes` and `no`).
    """

    id: Identifier
    kind: Kind
    section: str = ""
    ordered: bool = False
    depth: Literal["core", "further"]
    nature: Literal["belief", "aim", "skill", "trial", "offer", "circumstance"] = "circumstance"
    title: Annotated[Text, Limits(max_length=32)]
    prompt: Text
    values: dict[str, Text] = field(default_factory=dict)
    in_hand: tuple[str, ...] = ()
    towards: tuple[str, ...] = ()
    lasting: tuple[str, ...] = ()
    help: Text = ""
    why: Text
    claims: Annotated[tuple[str, ...], Limits(min_length=1)]
    sensitive: bool = False
    asked_if: RawCondition | None = None
    unit: str = ""
    range: tuple[float, float] | None = None
    plausible: Plausible

    def check(self) -> None:
        """Everything it says fits its kind."""
        if (self.kind == "number") != (self.range is not None):
            raise ValueError("a number, and only a number, has a range")
        if self.range is not None and not self.range[0] < self.range[1]:
            raise ValueError("the range must rise")
        if self.kind in ("choice", "multi"):
            if len(self.values) < 2:
                raise ValueError(f"a {self.kind} needs at least two values")
            if wrong := [value for value in self.values if not VALUE_ID.match(value) or value in RESERVED]:
                raise ValueError(
                    f"'{wrong[0]}' cannot name a value: write it in snake_case, not {' or '.join(RESERVED)}"
                )
        for key, listed in (("in_hand", self.in_hand), ("towards", self.towards), ("lasting", self.lasting)):
            if not set(listed) <= (set(self.values) if self.kind == "choice" else set()):
                raise ValueError(f"{key} can only list values of a choice")
        if self.towards and (self.ordered or self.nature != "offer"):
            raise ValueError("towards belongs to offers whose values are not ordered")
        if self.ordered and self.kind != "choice":
            raise ValueError("only a choice can be ordered")
        allowed = {"scale": {str(point) for point in SCALE}, "yes_no": {"yes", "no"}, "number": set[str]()}
        if self.kind in allowed and not set(self.values) <= allowed[self.kind]:
            raise ValueError(f"labels of a {self.kind} can only be for {sorted(allowed[self.kind])}")
        wanted = {"number": "quantiles", "multi": "shares"}.get(self.kind, "weights")
        words = set(self.values) if self.kind in ("choice", "multi") else allowed[self.kind]
        for shares in (self.plausible, *self.plausible.given):
            given = getattr(shares, wanted)
            if not given:
                raise ValueError(f"plausible needs {wanted} for a {self.kind}")
            if self.kind != "number" and set(given) != words:
                raise ValueError(f"plausible {wanted} must name exactly: {', '.join(sorted(words))}")
            if self.range is not None and not all(self.range[0] <= value <= self.range[1] for value in given.values()):
                raise ValueError("the values of plausible quantiles must lie within the range")

    @cached_property
    def options(self) -> tuple[Value, ...]:
        """Every value in order; empty for numbers."""
        match self.kind:
            case "scale":
                return SCALE
            case "yes_no":
                return (True, False)
            case "number":
                return ()
        return tuple(self.values)

    @property
    def bounds(self) -> tuple[float, float]:
        """Smallest and largest number (1 to 5 for a scale)."""
        return self.range or (1.0, 5.0)

    @property
    def rises(self) -> bool:
        """Whether its values go up a scale: a number, a scale, an ordered choice, or no and yes."""
        return self.ordered or self.kind in ("number", "scale", "yes_no")

    def unit_for(self, number: float) -> str:
        """The unit behind a number, with the blank before it; in the singular for 1 (`1 hour per month`)."""
        first, *rest = self.unit.split(" ")
        first = first.removesuffix("s") if number == 1 else first
        return f" {' '.join([first, *rest])}" if self.unit else ""

    def label(self, value: Value) -> str:
        """A value in words."""
        if isinstance(value, bool):
            return self.values.get("yes" if value else "no", "Yes" if value else "No")
        if isinstance(value, frozenset):
            chosen = [self.values[option] for option in self.values if option in value]
            return "; ".join(chosen) if chosen else "none of them"
        if self.kind == "scale":
            text = self.values.get(str(value), "")
            return f"{value} of 5" + (f" ({text})" if text else "")
        if isinstance(value, (int, float)):
            return f"{value:g}" + self.unit_for(value)
        return self.values.get(str(value), str(value))


class Section(Model, frozen=True, kw_only=True):
    """A stretch of the interview about one subject."""

    id: Identifier
    title: Text
    intro: Text = ""
    questions: tuple[Question, ...] = ()
