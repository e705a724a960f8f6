"""Where the paths stand for one person: the part of an assessment that expectations look at, without its texts.

Worked out by the same scorer, completer and verdict as `pathfinder score`, so that they cannot disagree; left out
are ranges, steps, citations and everything else that no expectation asks for and that takes most of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pathfinder.answers.facts import Facts, set_aside
from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.completions.completing import Completer
from pathfinder.assessment.results.assessment import VerdictKind
from pathfinder.assessment.scoring.scorer import RuleScore, Scorer
from pathfinder.assessment.verdict import decide_verdict, decides
from pathfinder.rulebase.models import RuleBase


@dataclass(frozen=True)
class RankedPath:
    """One path for one person: points that count, how often it comes top (0 to 1), and the gates that block it."""

    id: str
    title: str
    score: float
    chance_best: float
    blocked_by: tuple[str, ...] = ()

    @property
    def status(self) -> Literal["open", "blocked"]:
        """Whether no gate is known to block it."""
        return "blocked" if self.blocked_by else "open"


@dataclass(frozen=True)
class Standing:
    """The paths in rank order, what every argument counts (by rule id), and the kind of verdict."""

    ranked: tuple[RankedPath, ...]
    scores: Mapping[str, RuleScore]
    kind: VerdictKind

    @property
    def top(self) -> RankedPath:
        """The path that ranks first, whatever the verdict."""
        return self.ranked[0]

    def path(self, key: str) -> RankedPath:
        """One path."""
        return next(path for path in self.ranked if path.id == key)


class Bench:
    """Finds where the paths stand for many people on one rule base."""

    def __init__(self, base: RuleBase) -> None:
        self.base = base
        self.scorer = Scorer(base)
        self.completer = Completer(base)

    def standing(self, sheet: AnswerSheet) -> Standing:
        """Where the paths stand for this person; answers that do not apply are set aside first."""
        base = self.base
        sheet, _ = set_aside(base, sheet)
        scores = {rule.id: self.scorer.score(rule, sheet) for rule in base.rules.values()}
        completions, facts = self.completer.complete(sheet, scores), Facts(base, sheet)
        paths = [
            RankedPath(
                path.id,
                path.title,
                total(base, path.id, scores),
                round(completions.share(completions.best[path.id]), 4),
                tuple(gate.id for gate in path.gates if facts.holds(gate.when)),
            )
            for path in base.paths
        ]
        outside = [role.title for role in base.other_roles if decides(facts, role)]
        return judged(base, paths, scores, outside, completions.reach(base.general.verdict.enough))


def total(base: RuleBase, path: str, scores: Mapping[str, RuleScore]) -> float:
    """What the arguments of a path add up to."""
    return round(sum(scores[rule.id].points for rule in base.rules_of(path) if rule.id in scores), 6)


def judged(
    base: RuleBase, paths: Iterable[RankedPath], scores: Mapping[str, RuleScore], outside: list[str], reached: float
) -> Standing:
    """The paths in rank order (open ones first, then by score, the base's order breaking ties), and the verdict."""
    ranked = tuple(sorted(paths, key=lambda path: (path.status == "blocked", -path.score)))
    kind = decide_verdict(ranked, outside, reached, base.general.verdict, False).kind
    return Standing(ranked, scores, kind)
