"""The whole way from an answer sheet to an assessment. Touches no terminal and no file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pathfinder import __version__
from pathfinder.answers.facts import Facts, set_aside
from pathfinder.answers.known import Known
from pathfinder.answers.options import overlaid
from pathfinder.answers.sheet import AnswerSheet, OptionInHand
from pathfinder.assessment import options, presenting
from pathfinder.assessment.certainty import openings
from pathfinder.assessment.certainty.acceptability import over_answers, over_points
from pathfinder.assessment.certainty.favouring import by_criterion, favoured
from pathfinder.assessment.certainty.finding_out import find_out, valued
from pathfinder.assessment.certainty.information import Information
from pathfinder.assessment.changes.counterfactual import Counterfactuals
from pathfinder.assessment.changes.singles import change_items
from pathfinder.assessment.completions.completing import Completer
from pathfinder.assessment.ranges import proving
from pathfinder.assessment.ranges.possibilities import Possibilities
from pathfinder.assessment.results.assessment import Assessment, PathResult
from pathfinder.assessment.results.certainty import Favoured, SmallestChange
from pathfinder.assessment.scoring.cellbook import CellBook
from pathfinder.assessment.scoring.counts import Counts, Tables
from pathfinder.assessment.scoring.kept import kept_with
from pathfinder.assessment.scoring.scorer import RuleScore, Scorer
from pathfinder.assessment.verdict import decide_verdict
from pathfinder.rulebase.models import PathParts, RuleBase
from pathfinder.rulebase.offers import offers_by_path
from pathfinder.rulebase.weighing import weighed

if TYPE_CHECKING:
    from pathfinder.assessment.changes.movers import Movers


def assess(base: RuleBase, sheet: AnswerSheet, *, full: bool = False) -> Assessment:
    """Score the sheet on every path, explain the scores, say how sure they are and what to do.

    Answers to questions that do not apply to this person are set aside, with a notice. A `full` assessment also holds
    what takes longer to work out and only a whole report shows: the smallest sets of changed answers, and the weighings
    of the criteria that favour each path.
    """
    return Assessor(base).assess(sheet, full=full)


class Assessor:
    """Assesses many sheets on one rule base; keeps what can be worked out once per base."""

    def __init__(self, base: RuleBase, plain: RuleBase | None = None) -> None:
        self.base = base
        self._plain = plain or base
        self._weighed: Assessor | None = None
        kept = kept_with(base)
        self.book = CellBook(base, (kept.checks, kept.cells) if kept else None)
        self.scorer = Scorer(base)
        self.tables = Tables(base, self.scorer, self.book, kept)
        self.completer = Completer(base, book=self.book, kept=kept.drawn if kept else None)
        self._presenter = presenting.Presenter(base)
        self._known = Known(base)

    @cached_property
    def _offers(self) -> dict[str, tuple[str, ...]]:
        """The questions about a concrete place on each path."""
        return offers_by_path(self.base)

    def assess(self, sheet: AnswerSheet, *, full: bool = False) -> Assessment:
        """The assessment of one sheet (see `assess`)."""
        weights = {criterion: weight for criterion, weight in sheet.weights.items() if weight != 1}
        if weights != dict(self.base.weights):
            return self._weighing(weights).assess(sheet, full=full)
        base, given = self.base, sheet
        sheet, aside = set_aside(base, sheet, self._known)
        facts, present = Facts(base, sheet, self._known), self._presenter
        counts = Counts(self.tables, sheet)
        scores = {rule: counts.score(rule) for rule in base.rules}
        completions = self.completer.complete(sheet, scores)
        possible = Possibilities(base, sheet, tables=self.tables, codes=counts.codes)
        chances = {path: completions.share(best) for path, best in completions.best.items()}
        ranked = _ranked([self._path(facts, path, scores, possible, chances[path.id]) for path in base.paths])
        roles = present.other_roles(facts)
        outside = [role.title for role in roles if role.decides]
        settlement = possible.settle(ranked[0].id) if ranked[0].status == "open" and not outside else None
        settled = bool(outside) or (settlement is not None and settlement.settled)
        thresholds = base.general.verdict
        verdict = decide_verdict(ranked, outside, completions.reach(thresholds.enough), thresholds, settled)
        named = verdict.path is not None
        what_if = Counterfactuals(base, sheet, self.scorer, self.book, counts, facts)
        information = Information(base, self.scorer, completions, self.tables)
        waiting = openings.open_questions(facts, scores, information, what_if)
        experiments = valued(present.experiments(facts), waiting, information)
        shut = frozenset(path.id for path in ranked if path.status == "blocked")
        held = [self._option(given, sheet, option) for option in given.options]
        in_hand, standings = options.ranked(base, ranked, [one.result for one in held])
        return Assessment(
            verdict=verdict,
            paths=tuple(ranked),
            open_questions=waiting,
            tensions=present.tensions(facts),
            other_roles=roles,
            experiments=experiments,
            routes=present.routes(facts),
            reservations=present.reservations(),
            criteria=presenting.criteria(base),
            scale=base.general.scale,
            answers=present.answers(facts, aside),
            name=sheet.name,
            rulebase=base.identity,
            sources=presenting.sources(base),
            program={"name": "pathfinder", "version": __version__},
            notices=presenting.notices(base, aside) + tuple(text for one in held for text in one.notices),
            topics=present.topics(facts),
            disputes=present.disputes(facts),
            changes=change_items(what_if) if named else (),
            find_out=find_out(waiting, experiments),
            acceptability=(over_answers(completions), over_points(base, scores, shut)),
            proof=proving.proof(base, ranked[0].id, settlement) if settlement else None,
            weights=base.weights,
            smallest_changes=self._smallest(what_if) if full else (),
            favoured=self._favoured(sheet, scores, shut) if full else (),
            options=in_hand,
            standings=standings,
        )

    def _smallest(self, what_if: Counterfactuals) -> tuple[SmallestChange, ...]:
        """The smallest sets of changed answers; what finds them is loaded only where it is wanted."""
        from pathfinder.assessment.changes.smallest_words import smallest_items

        return smallest_items(what_if, self._movers)

    @cached_property
    def _movers(self) -> Movers:
        from pathfinder.assessment.changes.movers import Movers

        return Movers(self.tables)

    def _favoured(
        self, sheet: AnswerSheet, scores: Mapping[str, RuleScore], shut: frozenset[str]
    ) -> tuple[Favoured, ...]:
        """The weighings that favour each path, of the points as the rule base has them."""
        if self.base.weights:
            plain = Scorer(self._plain)
            scores = {rule.id: plain.score(rule, sheet) for rule in self._plain.rules.values()}
        return favoured(by_criterion(self._plain, scores), shut)

    def _weighing(self, weights: Mapping[str, float]) -> Assessor:
        """The assessor for somebody who weighs the criteria otherwise; the last one is kept."""
        if self._weighed is None or dict(self._weighed.base.weights) != dict(weights):
            self._weighed = Assessor(weighed(self._plain, weights), self._plain)
        return self._weighed

    def _option(self, given: AnswerSheet, counted: AnswerSheet, option: OptionInHand) -> options.InHand:
        """An option's path scored on the given answers with the option's laid over them. `counted` are the person's
        answers that apply."""
        base, path = self.base, self.base.path[option.path]
        sheet, aside = set_aside(base, overlaid(given, option), self._known)
        counts = Counts(self.tables, sheet)
        scores = {rule.id: counts.score(rule.id) for rule in base.rules_of(path.id)}
        possible = Possibilities(base, sheet, tables=self.tables, codes=counts.codes)
        found = self._path(Facts(base, sheet, self._known), path, scores, possible)
        sheets = options.Sheets(counted, sheet, aside)
        return options.in_hand(base, option, sheets, found, scores, self._offers[path.id])

    def _path(
        self,
        facts: Facts,
        path: PathParts,
        scores: Mapping[str, RuleScore],
        possible: Possibilities,
        chance: float = 0.0,
    ) -> PathResult:
        """The result of one path, not ranked yet."""
        base, present = self.base, self._presenter
        rules = base.rules_of(path.id)
        low, high = possible.range_of(path.id)
        mine = [scores[rule.id] for rule in rules]
        criteria = {criterion.id: 0.0 for criterion in base.general.criteria}
        for rule in rules:
            criteria[rule.criterion] = round(criteria[rule.criterion] + scores[rule.id].points, 6)
        shut = [gate for gate in path.gates if facts.holds(gate.when)]
        return PathResult(
            id=path.id,
            title=path.title,
            summary=path.summary,
            rank=0,
            score=round(sum(score.points for score in mine), 6),
            low=low.score,
            high=high.score,
            chance_best=round(chance, 4),
            status="blocked" if shut else "open",
            criteria=criteria,
            reasons=present.reasons(facts, rules, scores),
            blocked_by=present.gates(facts, shut),
            cautions=present.cautions(facts, path),
            steps=present.steps(facts, path),
            checklist=present.checklist(facts, path),
            undecided=tuple(score.rule for score in mine if not score.decided),
            low_when=proving.plain_answers(base, low.answers),
            high_when=proving.plain_answers(base, high.answers),
        )


def _ranked(paths: Sequence[PathResult]) -> list[PathResult]:
    """Open paths before blocked ones, then by score; the base's order breaks a tie."""
    ordered = sorted(paths, key=lambda path: (path.status == "blocked", -path.score))
    return [replace(path, rank=place) for place, path in enumerate(ordered, start=1)]
