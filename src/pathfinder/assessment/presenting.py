"""The parts of an assessment that are chosen rather than counted, each with its citations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pathfinder.answers.scope import layout, relevance, scope_of, split_cells, truth
from pathfinder.answers.sheet import AnswerSheet, in_words
from pathfinder.assessment.result import (
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
from pathfinder.assessment.scoring import RuleScore
from pathfinder.assessment.verdict import decides
from pathfinder.rulebase.checks import PLACEHOLDER
from pathfinder.rulebase.columns import evaluate
from pathfinder.rulebase.conditions import Condition, tests
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
    return PLACEHOLDER.sub(lambda found: in_words(base.questions[found[1]], sheet.get(found[1])), text)


def _holds(base: RuleBase, sheet: AnswerSheet, when: Condition | None) -> bool:
    """Whether a part speaks to this person: always, or because its condition is known to be true."""
    return when is None or truth(base, sheet, when) is True


def reasons(
    base: RuleBase, sheet: AnswerSheet, rules: Sequence[Rule], scores: Mapping[str, RuleScore]
) -> tuple[Reason, ...]:
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
                text=filled(base, sheet, case.because),
                share=round(main.share, 4),
                misleads_when=filled(base, sheet, rule.misleads_when),
                claims=citations(base, rule.claims),
                weight=base.weights.get(rule.criterion, 1.0),
            )
        )
    return tuple(sorted(found, key=lambda reason: -abs(reason.points)))


def gates(base: RuleBase, sheet: AnswerSheet, shut: Sequence[Gate]) -> tuple[Note, ...]:
    """What blocks a path, and what would open it."""
    return tuple(
        Note(gate.id, filled(base, sheet, gate.because), citations(base, gate.claims), gate.opens) for gate in shut
    )


def cautions(base: RuleBase, sheet: AnswerSheet, path: PathParts) -> tuple[Note, ...]:
    """The warnings of a path that concern this person."""
    return tuple(
        Note(one.id, filled(base, sheet, one.text), citations(base, one.claims))
        for one in path.cautions
        if _holds(base, sheet, one.when)
    )


def steps(base: RuleBase, sheet: AnswerSheet, path: PathParts) -> tuple[StepItem, ...]:
    """What to do on a path, nearest horizon first, without what is done already."""
    order = ("week", "quarter", "year")
    found = [
        StepItem(one.id, filled(base, sheet, one.text), one.horizon, one.cost, citations(base, one.claims))
        for one in path.steps
        if _holds(base, sheet, one.when) and not (one.skip and truth(base, sheet, one.skip) is True)
    ]
    return tuple(sorted(found, key=lambda step: order.index(step.horizon)))


def checklist(base: RuleBase, sheet: AnswerSheet, path: PathParts) -> tuple[CheckItem, ...]:
    """What to ask of a place on this path."""
    return tuple(
        CheckItem(
            one.id,
            one.ask,
            one.look_for,
            not one.settles or any(sheet.is_open(question) for question in one.settles),
            citations(base, one.claims),
        )
        for one in path.checklist
        if _holds(base, sheet, one.when)
    )


def tensions(base: RuleBase, sheet: AnswerSheet) -> tuple[TensionItem, ...]:
    """Answers that pull apart."""
    return tuple(
        TensionItem(one.id, one.title, filled(base, sheet, one.text), one.ask, citations(base, one.claims))
        for one in base.tensions
        if _holds(base, sheet, one.when) and _torn(base, sheet, one)
    )


def _torn(base: RuleBase, sheet: AnswerSheet, tension: Tension) -> bool:
    """Whether given answers leave each of the tension's alternatives possible; trivially so where it has none."""
    for condition in tension.undecided_between:
        if any(sheet.is_open(test.question) for test in tests(condition)):
            return False
        answered, _ = split_cells(base, sheet, scope_of(base, [condition]))
        found = evaluate(condition, layout(base, answered, {}).frame)
        if not found.true or not found.false:
            return False
    return True


def other_roles(base: RuleBase, sheet: AnswerSheet) -> tuple[RoleItem, ...]:
    """Places outside the paths that these answers point to."""
    return tuple(
        RoleItem(
            one.id,
            one.title,
            filled(base, sheet, one.text),
            one.next,
            decides(base, sheet, one),
            citations(base, one.claims),
        )
        for one in base.other_roles
        if _holds(base, sheet, one.when)
    )


def experiments(base: RuleBase, sheet: AnswerSheet) -> tuple[ExperimentItem, ...]:
    """Cheap tests that suit these answers and would settle something that is open."""
    return tuple(
        ExperimentItem(
            one.id,
            one.title,
            filled(base, sheet, one.text),
            one.read,
            one.wrong_for,
            (one.hours.min, one.hours.max) if one.hours else None,
            one.cost,
            one.settles,
            citations(base, one.claims),
        )
        for one in base.experiments
        if _holds(base, sheet, one.when) and _would_tell(base, sheet, one)
    )


def _would_tell(base: RuleBase, sheet: AnswerSheet, one: Experiment) -> bool:
    """Whether an experiment would answer something: a question that is open or uncertain, or one whose present
    answer is what its own condition asks for (`tried_research: not_yet`)."""
    named = {test.question for test in tests(one.when)} if one.when is not None else set()
    return any(
        question in named or sheet.is_open(question) or sheet.is_uncertain(question)
        for question in one.settles
        if relevance(base, sheet, question) is not False
    )


def routes(base: RuleBase, sheet: AnswerSheet) -> tuple[RouteItem, ...]:
    """Sequences that suit these answers."""
    return tuple(
        RouteItem(one.id, one.title, filled(base, sheet, one.text), one.stages, one.ends, citations(base, one.claims))
        for one in base.routes
        if _holds(base, sheet, one.when)
    )


def topics(base: RuleBase, sheet: AnswerSheet) -> tuple[TopicItem, ...]:
    """Directions and topics that fit these answers."""
    return tuple(
        TopicItem(
            one.id,
            one.title,
            one.field,
            one.standing,
            filled(base, sheet, one.text),
            one.begin,
            one.dissent,
            citations(base, one.claims),
        )
        for one in base.topics
        if _holds(base, sheet, one.when)
    )


def disputes(base: RuleBase, sheet: AnswerSheet) -> tuple[DisputeItem, ...]:
    """Points on which the sources disagree and that touch this person."""
    return tuple(
        DisputeItem(
            one.id,
            one.title,
            tuple(
                SideItem(side.who, filled(base, sheet, side.says), citations(base, side.claims)) for side in one.sides
            ),
            filled(base, sheet, one.decides),
        )
        for one in base.disputes
        if _holds(base, sheet, one.when)
    )


def reservations(base: RuleBase) -> tuple[Note, ...]:
    """What every result should be read with."""
    return tuple(Note(one.id, one.text, citations(base, one.claims)) for one in base.general.reservations)


def criteria(base: RuleBase) -> tuple[CriterionItem, ...]:
    """The columns of the comparison."""
    return tuple(CriterionItem(one.id, one.title, one.about) for one in base.general.criteria)


def sources(base: RuleBase) -> dict[str, str]:
    """Every source in one line, by id."""
    return {one.id: f"{one.author}: {one.title} ({one.date})" for one in base.sources}


def answers(base: RuleBase, sheet: AnswerSheet, aside: AnswerSheet) -> tuple[AnswerItem, ...]:
    """Every relevant question with its answer, and what was set aside, in the order of the interview."""
    found = []
    for section in base.sections:
        for question in section.questions:
            answer = sheet.get(question.id) or aside.get(question.id)
            state: AnswerState
            if question.id in aside:
                state = "set aside"
            elif relevance(base, sheet, question.id) is False:
                continue
            elif answer is None:
                state = "not answered"
            elif sheet.is_open(question.id):
                state = "not sure"
            else:
                state = "uncertain" if sheet.is_uncertain(question.id) else "given"
            found.append(
                AnswerItem(
                    question.id, section.title, question.title, in_words(question, answer), state, question.sensitive
                )
            )
    return tuple(found)


def notices(base: RuleBase, aside: AnswerSheet) -> tuple[str, ...]:
    """One sentence for each answer that was set aside."""
    return tuple(
        f"Your answer on '{base.questions[key].title}' ({key}) was set aside, because it does not apply given your "
        "other answers."
        for key in aside
    )
