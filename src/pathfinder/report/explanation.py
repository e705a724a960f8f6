"""How a number came about, in plain text: an argument, a path's score, or what hangs on one question."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Sequence

from pathfinder.answers.facts import set_aside
from pathfinder.answers.options import option_name, overlaid, same_name
from pathfinder.answers.scope import truth
from pathfinder.answers.sheet import AnswerSheet, OptionInHand, in_words
from pathfinder.assessment.presenting import citations, filled
from pathfinder.assessment.ranges.possibilities import Possibilities
from pathfinder.assessment.scoring.scorer import RuleScore, Scorer
from pathfinder.errors import nearest, refused
from pathfinder.report.citing import citation
from pathfinder.report.conditions import condition_in_words
from pathfinder.report.words import overlay_in_words, points_in_words, signed, times_in_words
from pathfinder.rulebase.conditions import Condition, tests
from pathfinder.rulebase.models import Case, Gate, Rule, RuleBase
from pathfinder.rulebase.weighing import weighed

WIDTH = 79


def explain(base: RuleBase, sheet: AnswerSheet, subject: str, option: OptionInHand | None = None) -> str:
    """What `subject`, the id of a rule, gate, path or question, means for this person, or for them at an `option`
    where one is given. The name of an option in the sheet stands for its path at that place.

    Raises `InputError` with the nearest id when there is no such thing.
    """
    base = weighed(base, sheet.weights)
    options = {one.name: one for one in sheet.options}
    if option is None and not _is_id(base, subject):
        option = next((one for name, one in options.items() if same_name(name, option_name(subject))), None)
        subject = option.path if option is not None else subject
    if option is not None:
        sheet = overlaid(sheet, option)
    sheet, aside = set_aside(base, sheet)
    scorer = Scorer(base)
    gates = {gate.id: (path.title, gate) for path in base.paths for gate in path.gates}
    if subject in base.rules:
        lines = _rule(base, sheet, base.rules[subject], scorer)
    elif subject in base.path:
        lines = _path(base, sheet, subject, scorer)
    elif subject in gates:
        title, gate = gates[subject]
        lines = [*_gate(base, sheet, title, gate), "", *_passages(base, gate.claims)]
    elif subject in base.questions:
        lines = _question(base, sheet, aside, subject, scorer)
    else:
        known = [*base.rules, *base.path, *gates, *base.questions, *options]
        meant = (
            nearest(subject, known)
            or "Name an argument, a path or a question; 'pathfinder score' shows their ids with --full"
        )
        raise refused(f"there is no argument, path or question '{subject}'", meant)
    if option is not None:
        lines += ["", *_at(base, option)]
    if base.weights:
        told = (f"{base.criterion[key].title} {times_in_words(weight)}" for key, weight in base.weights.items())
        lines += ["", f"Points are as you weigh the criteria: {', '.join(told)}."]
    overlay = overlay_in_words(base.identity)
    return "\n".join([*lines, *(["", f"This follows {overlay} on the rule base."] if overlay else [])]) + "\n"


def _is_id(base: RuleBase, subject: str) -> bool:
    gates = (gate.id for path in base.paths for gate in path.gates)
    return subject in base.rules or subject in base.path or subject in base.questions or subject in gates


def _at(base: RuleBase, option: OptionInHand) -> list[str]:
    """What is laid over the person's answers."""
    own = [f"{base.questions[key].title}: {in_words(base.questions[key], one)}" for key, one in option.answers.items()]
    lines = _wrapped(
        f"All this is as it is at your option '{option.name}' ({base.path[option.path].title})"
        + (", with its answers in place of yours:" if own else ". It has no answers of its own.")
    )
    for told in own:
        lines += _wrapped(told, "  ", "    ")
    return [*lines, f"'pathfinder explain FILE ID --option {shlex.quote(option.name)}' shows anything else so."]


def _rule(base: RuleBase, sheet: AnswerSheet, rule: Rule, scorer: Scorer) -> list[str]:
    score = scorer.score(rule, sheet)
    paths = ", ".join(base.path[path].title for path in base.paths_of(rule.id))
    lines = [rule.asks, f"Argument {rule.id}, on: {paths}", ""]
    lines += _wrapped(f"It counts {points_in_words(score.points)} for you." + _still(score))
    lines += ["", "Its cases, of which the first that matches decides:"]
    for index, case in enumerate(rule.cases):
        lines += _case(base, sheet, case, next((one.share for one in score.fired if one.case == index), 0.0))
    if rule.unless is not None:
        void = " This is so for you." if score.void == 1 else ""
        lines += ["", *_wrapped(f"It does not count at all if {condition_in_words(rule.unless, base)}.{void}")]
    if rule.misleads_when:
        lines += ["", *_wrapped(f"It misleads when: {filled(base, sheet, rule.misleads_when)}")]
    return [*lines, "", *_answers(base, sheet, rule.conditions), "", *_passages(base, rule.claims)]


def _still(score: RuleScore) -> str:
    if score.decided:
        return ""
    return f" Answers still open could make it anything from {signed(score.low)} to {signed(score.high)}."


def _case(base: RuleBase, sheet: AnswerSheet, case: Case, share: float) -> list[str]:
    mark = "->" if share >= 0.9995 else "~>" if share else "  "
    note = f" [{share:.0%} of what your answer leaves possible]" if 0 < share < 0.9995 else ""
    head = _wrapped(f"{mark} {signed(case.points)}  if {condition_in_words(case.when, base)}{note}", "  ", "         ")
    return [*head, *_wrapped(filled(base, sheet, case.because), "         ")] if share else head


def _path(base: RuleBase, sheet: AnswerSheet, path: str, scorer: Scorer) -> list[str]:
    scores = {rule.id: scorer.score(rule, sheet) for rule in base.rules_of(path)}
    total = sum(score.points for score in scores.values())
    low, high = (end.score for end in Possibilities(base, sheet).range_of(path))
    title = base.path[path].title
    still = f"open answers leave anything from {signed(low)} to {signed(high)} possible"
    lines = _wrapped(f"{title}: {signed(total)} points in sum; {still}.")
    for criterion in base.general.criteria:
        mine = [rule for rule in base.rules_of(path) if rule.criterion == criterion.id]
        subtotal = sum(scores[rule.id].points for rule in mine)
        lines += ["", f"{criterion.title}: {signed(subtotal)}"]
        counted = sorted(mine, key=lambda rule: -abs(scores[rule.id].points))
        lines += [f"  {signed(scores[rule.id].points):>5}  {rule.id}" for rule in counted if scores[rule.id].points]
        undecided = [rule.id for rule in mine if not scores[rule.id].points and not scores[rule.id].decided]
        if undecided:
            lines += _wrapped("not known yet: " + ", ".join(undecided), "         ")
    for gate in base.path[path].gates:
        lines += ["", *_gate(base, sheet, title, gate)]
    return [*lines, "", "'pathfinder explain FILE ID' shows one of these down to its passages."]


def _gate(base: RuleBase, sheet: AnswerSheet, title: str, gate: Gate) -> list[str]:
    found = truth(base, sheet, gate.when)
    state = "closed for you" if found else "open for you" if found is False else "open, while it is not known to apply"
    lines = [f"Gate {gate.id} ({title}): {state}", *_wrapped(f"It closes if {condition_in_words(gate.when, base)}.")]
    lines += _wrapped(filled(base, sheet, gate.because)) if found else []
    return [*lines, *_wrapped(f"{'What would open it' if found else 'Were it shut, this would open it'}: {gate.opens}")]


def _question(base: RuleBase, sheet: AnswerSheet, aside: AnswerSheet, key: str, scorer: Scorer) -> list[str]:
    question = base.questions[key]
    lines = [*_wrapped(question.prompt), f"Your answer: {in_words(question, sheet.get(key) or aside.get(key))}"]
    if key in aside:
        lines += _wrapped("It was set aside, because the question does not apply given your other answers.")
    lines += ["", *_wrapped(question.why), "", "Arguments that look at it:"]
    for rule in base.rules.values():
        if any(test.question == key for condition in rule.conditions for test in tests(condition)):
            score = scorer.score(rule, sheet)
            paths = ", ".join(base.path[path].title for path in base.paths_of(rule.id))
            span = "" if score.decided else f" (could become {signed(score.low)} to {signed(score.high)})"
            lines += _wrapped(f"{signed(score.points):>5}  {rule.id}, on {paths}{span}", "  ", "         ")
    return [*lines, "", *_passages(base, question.claims)]


def _answers(base: RuleBase, sheet: AnswerSheet, conditions: Sequence[Condition]) -> list[str]:
    named = dict.fromkeys(test.question for condition in conditions for test in tests(condition))
    lines = ["What you answered:"]
    for key in named:
        lines += _wrapped(
            f"{base.questions[key].title} ({key}): {in_words(base.questions[key], sheet.get(key))}", "  ", "    "
        )
    return lines


def _passages(base: RuleBase, claims: Sequence[str]) -> list[str]:
    lines = ["The passages it rests on:"]
    for cited in citations(base, claims):
        lines += _wrapped(f"{citation(cited)} ({cited.id})", "  ", "    ") + _wrapped(cited.claim, "    ")
    return lines


def _wrapped(text: str, first: str = "", rest: str | None = None) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=first if rest is None else rest, break_on_hyphens=False
    ) or [""]
