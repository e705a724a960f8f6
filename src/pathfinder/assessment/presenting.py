"""The parts of an assessment that are chosen rather than counted, each with its citations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pathfinder.answers.facts import Facts
from pathfinder.answers.sheet import AnswerSheet, in_words
from pathfinder.assessment.results.items import (
    AnswerItem,
    AnswerState,
    CheckItem,
    Citation,
    CriterionItem,
    DisputeItem,
    ExperimentItem,
    Note,
    Reason,
    RoleItem,
    RouteItem,
    SideItem,
    StepItem,
    TensionItem,
    TopicItem,
)
from pathfinder.assessment.scoring.scorer import RuleScore
from pathfinder.assessment.verdict import decides
from pathfinder.rulebase.checks import PLACEHOLDER
from pathfinder.rulebase.conditions import tests
from pathfinder.rulebase.models import Experiment, Gate, PathParts, Rule, RuleBase, Tension


def citations(base: RuleBase, claims: Sequence[str]) -> tuple[Citation, ...]:
    """The cited claims with where they stand."""
    return tuple(
        Citation(
            claim.id,
            claim.source,
            base.source[claim.source].short,
            claim.section,
            claim.lines,
            claim.claim,
            claim.status,
        )
        for claim in (base.claim[key] for key in claims)
    )


def filled(base: RuleBase, sheet: AnswerSheet, text: str) -> str:
    """A text with `{question}` replaced by this person's answer in words."""
    if "{" not in text:
        return text
    return PLACEHOLDER.sub(lambda found: in_words(base.questions[found[1]], sheet.get(found[1])), text)


class Presenter:
    """Chooses from one rule base what a person is told; keeps the citations of each part."""

    def __init__(self, base: RuleBase) -> None:
        self.base = base
        self._cited: dict[Sequence[str], tuple[Citation, ...]] = {}

    def _citations(self, claims: Sequence[str]) -> tuple[Citation, ...]:
        found = self._cited.get(claims)
        if found is None:
            found = self._cited[claims] = citations(self.base, claims)
        return found

    def reasons(self, facts: Facts, rules: Sequence[Rule], scores: Mapping[str, RuleScore]) -> tuple[Reason, ...]:
        """The arguments that count, the weightiest first."""
        found = []
        for rule in rules:
            score = scores[rule.id]
            if not score.points or not score.fired:
                continue
            sign = 1 if score.points > 0 else -1
            main = max(score.fired, key=lambda one: sign * one.share * rule.cases[one.case].points)
            case = rule.cases[main.case]
            found.append(
                Reason(
                    rule=rule.id,
                    criterion=rule.criterion,
                    asks=rule.asks,
                    points=score.points,
                    text=self._filled(facts, case.because),
                    share=round(main.share, 4),
                    misleads_when=self._filled(facts, rule.misleads_when),
                    claims=self._citations(rule.claims),
                    weight=self.base.weights.get(rule.criterion, 1.0),
                )
            )
        return tuple(sorted(found, key=lambda reason: -abs(reason.points)))

    def gates(self, facts: Facts, shut: Sequence[Gate]) -> tuple[Note, ...]:
        """What blocks a path, and what would open it."""
        return tuple(
            Note(gate.id, self._filled(facts, gate.because), self._citations(gate.claims), gate.opens) for gate in shut
        )

    def cautions(self, facts: Facts, path: PathParts) -> tuple[Note, ...]:
        """The warnings of a path that concern this person."""
        return tuple(
            Note(one.id, self._filled(facts, one.text), self._citations(one.claims))
            for one in path.cautions
            if facts.holds(one.when)
        )

    def steps(self, facts: Facts, path: PathParts) -> tuple[StepItem, ...]:
        """What to do on a path, nearest horizon first, without what is done already."""
        order = ("week", "quarter", "year")
        found = [
            StepItem(one.id, self._filled(facts, one.text), one.horizon, one.cost, self._citations(one.claims))
            for one in path.steps
            if facts.holds(one.when) and not (one.skip and facts.truth(one.skip) is True)
        ]
        return tuple(sorted(found, key=lambda step: order.index(step.horizon)))

    def checklist(self, facts: Facts, path: PathParts) -> tuple[CheckItem, ...]:
        """What to ask of a place on this path."""
        return tuple(
            CheckItem(
                one.id,
                one.ask,
                one.look_for,
                not one.settles or any(facts.sheet.is_open(question) for question in one.settles),
                self._citations(one.claims),
            )
            for one in path.checklist
            if facts.holds(one.when)
        )

    def tensions(self, facts: Facts) -> tuple[TensionItem, ...]:
        """Answers that pull apart."""
        return tuple(
            TensionItem(one.id, one.title, self._filled(facts, one.text), one.ask, self._citations(one.claims))
            for one in self.base.tensions
            if facts.holds(one.when) and _torn(facts, one)
        )

    def other_roles(self, facts: Facts) -> tuple[RoleItem, ...]:
        """Places outside the paths that these answers point to."""
        return tuple(
            RoleItem(
                one.id,
                one.title,
                self._filled(facts, one.text),
                one.next,
                decides(facts, one),
                self._citations(one.claims),
            )
            for one in self.base.other_roles
            if facts.holds(one.when)
        )

    def experiments(self, facts: Facts) -> tuple[ExperimentItem, ...]:
        """Cheap tests that suit these answers and would settle something that is open."""
        return tuple(
            ExperimentItem(
                one.id,
                one.title,
                self._filled(facts, one.text),
                one.read,
                one.wrong_for,
                (one.hours.min, one.hours.max) if one.hours else None,
                one.cost,
                one.settles,
                self._citations(one.claims),
            )
            for one in self.base.experiments
            if facts.holds(one.when) and _would_tell(facts, one)
        )

    def routes(self, facts: Facts) -> tuple[RouteItem, ...]:
        """Sequences that suit these answers."""
        return tuple(
            RouteItem(
                one.id, one.title, self._filled(facts, one.text), one.stages, one.ends, self._citations(one.claims)
            )
            for one in self.base.routes
            if facts.holds(one.when)
        )

    def topics(self, facts: Facts) -> tuple[TopicItem, ...]:
        """Directions and topics that fit these answers."""
        return tuple(
            TopicItem(
                one.id,
                one.title,
                one.field,
                one.standing,
                self._filled(facts, one.text),
                one.begin,
                one.dissent,
                self._citations(one.claims),
            )
            for one in self.base.topics
            if facts.holds(one.when)
        )

    def disputes(self, facts: Facts) -> tuple[DisputeItem, ...]:
        """Points on which the sources disagree and that touch this person."""
        return tuple(
            DisputeItem(
                one.id,
                one.title,
                tuple(
                    SideItem(side.who, self._filled(facts, side.says), self._citations(side.claims))
                    for side in one.sides
                ),
                self._filled(facts, one.decides),
            )
            for one in self.base.disputes
            if facts.holds(one.when)
        )

    def reservations(self) -> tuple[Note, ...]:
        """What every result should be read with."""
        return tuple(Note(one.id, one.text, self._citations(one.claims)) for one in self.base.general.reservations)

    def answers(self, facts: Facts, aside: AnswerSheet) -> tuple[AnswerItem, ...]:
        """Every relevant question with its answer, and what was set aside, in the order of the interview."""
        found = []
        for section in self.base.sections:
            for question in section.questions:
                answer = facts.sheet.get(question.id) or aside.get(question.id)
                state: AnswerState
                if question.id in aside:
                    state = "set aside"
                elif facts.relevance(question.id) is False:
                    continue
                elif answer is None:
                    state = "not answered"
                elif facts.sheet.is_open(question.id):
                    state = "not sure"
                else:
                    state = "uncertain" if facts.sheet.is_uncertain(question.id) else "given"
                found.append(
                    AnswerItem(
                        question.id,
                        section.title,
                        question.title,
                        in_words(question, answer),
                        state,
                        question.sensitive,
                    )
                )
        return tuple(found)

    def _filled(self, facts: Facts, text: str) -> str:
        return filled(self.base, facts.sheet, text)


def criteria(base: RuleBase) -> tuple[CriterionItem, ...]:
    """The columns of the comparison."""
    return tuple(CriterionItem(one.id, one.title, one.about) for one in base.general.criteria)


def sources(base: RuleBase) -> dict[str, str]:
    """Every source in one line, by id."""
    return {one.id: f"{one.author}: {one.title} ({one.date})" for one in base.sources}


def notices(base: RuleBase, aside: AnswerSheet) -> tuple[str, ...]:
    """One sentence for each answer that was set aside."""
    return tuple(
        f"Your answer on '{base.questions[key].title}' ({key}) was set aside, because it does not apply given your "
        "other answers."
        for key in aside
    )


def _torn(facts: Facts, tension: Tension) -> bool:
    """Whether given answers leave each of the tension's alternatives possible; trivially so where it has none."""
    for condition in tension.undecided_between:
        if any(facts.sheet.is_open(test.question) for test in tests(condition)):
            return False
        if not facts.torn(condition):
            return False
    return True


def _would_tell(facts: Facts, one: Experiment) -> bool:
    """Whether an experiment would answer something: a question that is open or uncertain, or one whose present
    answer is what its own condition asks for (`tried_research: not_yet`)."""
    named = {test.question for test in tests(one.when)} if one.when is not None else set()
    return any(
        question in named or facts.sheet.is_open(question) or facts.sheet.is_uncertain(question)
        for question in one.settles
        if facts.relevance(question) is not False
    )
