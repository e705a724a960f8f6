"""From scores to a verdict: which of the five kinds it is, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pathfinder.answers.facts import Facts
from pathfinder.assessment.results.assessment import Verdict, VerdictKind
from pathfinder.rulebase.models import OtherRole, Thresholds


class Ranked(Protocol):
    """What a verdict looks at in a path."""

    @property
    def id(self) -> str:
        """The path's id."""
        ...

    @property
    def title(self) -> str:
        """The path's title."""
        ...

    @property
    def score(self) -> float:
        """Points that count."""
        ...

    @property
    def status(self) -> str:
        """open or blocked."""
        ...

    @property
    def chance_best(self) -> float:
        """How often it comes top over completions of the open answers, 0 to 1."""
        ...


def decides(facts: Facts, role: OtherRole) -> bool:
    """Whether another role is where a person belongs: it speaks up, and its `decides` is known to be true."""
    if role.decides is None:
        return False
    return facts.holds(role.when) and facts.holds(role.decides)


def decide_verdict(
    ranked: Sequence[Ranked], outside: Sequence[str], reach: float, thresholds: Thresholds, settled: bool
) -> Verdict:
    """The verdict over paths in rank order.

    `outside` names the other roles that decide; `reach` is the share of completions (0 to 1) in which any
    open path gets as many points as it takes to be recommended.

    - outside: the person's goal or strength lies outside the paths;
    - none_fits: every path is blocked, or nothing of weight speaks for any and open answers seldom change that;
    - unsettled: too little is known, as completions of the open answers often have another winner;
    - close: the margin is small; clear: enough speaks for the first path, by a margin.
    """
    top = ranked[0]
    open_paths = [path for path in ranked if path.status == "open"]
    second = open_paths[1] if len(open_paths) > 1 else None
    margin = round(top.score - second.score if second else top.score, 6)
    if outside:
        kind: VerdictKind = "outside"
    elif not open_paths:
        kind = "none_fits"
    elif top.score < thresholds.enough:
        kind = "none_fits" if reach < 1 - thresholds.sure else "unsettled"
    elif top.chance_best < thresholds.likely:
        kind = "unsettled"
    elif second is not None and margin < thresholds.margin:
        kind = "close"
    else:
        kind = "clear" if top.chance_best >= thresholds.sure else "unsettled"
    named = kind in ("clear", "close") or (kind == "unsettled" and top.score >= thresholds.enough)
    return Verdict(
        kind=kind,
        path=top.id if named else None,
        runner_up=second.id if named and second else None,
        settled=settled,
        summary=_summary(kind, top if named else None, second, outside, level=not margin),
        chance=top.chance_best,
        margin=margin,
    )


def _summary(
    kind: VerdictKind, top: Ranked | None, second: Ranked | None, outside: Sequence[str], *, level: bool
) -> str:
    first, other = top.title if top else "", second.title if second else ""
    match kind:
        case "clear":
            return f"{first} comes out ahead, by a clear margin." + (f" Next comes {other}." if other else "")
        case "close" if level:
            return f"{first} and {other} are level."
        case "close":
            return f"{first} and {other} are close; {first} is slightly ahead."
        case "unsettled" if top is None:
            return "Too little is known to prefer any path; the open questions below would tell most."
        case "unsettled" if level and other:
            return (
                f"Too little is known to be sure. Going by your answers so far {first} and {other} are level, and "
                "answers still open could well tell them apart."
            )
        case "unsettled":
            return (
                f"Too little is known to be sure. Going by your answers so far {first} is ahead, "
                "but answers still open could well change that."
            )
        case "none_fits":
            return "None of the four paths fits as things stand; below is what to build first."
        case "outside":
            return f"Your answers point outside the four paths: {', '.join(outside)}."
