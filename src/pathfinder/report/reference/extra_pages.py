"""The pages of what stands beside the ranking: experiments, routes, tensions, other roles, topics, disputes."""

from __future__ import annotations

from pathfinder.report.markdown import escape
from pathfinder.report.reference.markup import Page, bullets, if_any, notes, page, passages, question_links
from pathfinder.rulebase.models import Dispute, Experiment, Hours, OtherRole, Route, RuleBase, Tension, Topic

EVERYBODY = "everybody"


def extra_pages(base: RuleBase) -> dict[str, str]:
    """One page for each kind that the base has, by file name."""
    kinds: dict[str, tuple[str, str, list[Page]]] = {
        "experiments.md": (
            "Experiments",
            "Cheap tests: what to do, how long it takes, which questions it answers, how to read the outcome.",
            [_experiment(base, one) for one in base.experiments],
        ),
        "routes.md": (
            "Routes",
            "Sequences of paths with their conditions.",
            [_route(base, one) for one in base.routes],
        ),
        "tensions.md": (
            "Tensions",
            "Answers that pull apart. Nothing is scored here; each ends in a question to sit with.",
            [_tension(base, one) for one in base.tensions],
        ),
        "other-roles.md": (
            "Other roles",
            "Places outside the paths that are compared.",
            [_role(base, one) for one in base.other_roles],
        ),
        "topics.md": (
            "Topics",
            "Research directions and governance topics, suggested by what you know and what draws you. They never move"
            " the ranking.",
            [_topic(base, one) for one in base.topics],
        ),
        "disputes.md": (
            "Disputes",
            "Points on which the sources disagree, with both sides and what decides.",
            [_dispute(base, one) for one in base.disputes],
        ),
    }
    return {
        name: page([f"# {title}", about, *(block for part in parts for block in part)])
        for name, (title, about, parts) in kinds.items()
        if parts
    }


def _head(key: str, title: str) -> Page:
    return [f"## {key}", f"**{escape(title)}**"]


def _experiment(base: RuleBase, one: Experiment) -> Page:
    facts = {
        "Takes": _hours(one.hours) or escape(one.cost),
        "How to read it": escape(one.read),
        "The wrong test for": escape(one.wrong_for),
        "Settles": question_links(base, one.settles, ""),
        "For whom": if_any(base, one.when) or EVERYBODY,
    }
    return [*_head(one.id, one.title), escape(one.text), notes(base, facts, one.claims)]


def _hours(hours: Hours | None) -> str:
    if hours is None:
        return ""
    return f"{hours.min:g} hours" if hours.min == hours.max else f"{hours.min:g} to {hours.max:g} hours"


def _route(base: RuleBase, one: Route) -> Page:
    stages = "\n".join(f"{place}. {escape(stage)}" for place, stage in enumerate(one.stages, 1))
    facts = {"What ends it": escape(one.ends), "For whom": if_any(base, one.when) or EVERYBODY}
    return [*_head(one.id, one.title), escape(one.text), stages, notes(base, facts, one.claims)]


def _tension(base: RuleBase, one: Tension) -> Page:
    torn = "; ".join(if_any(base, when) for when in one.undecided_between)
    facts = {
        "To sit with": escape(one.ask),
        "Speaks up if": if_any(base, one.when),
        "Speaks up while an answer leaves each of these possible": torn,
    }
    return [*_head(one.id, one.title), escape(one.text), notes(base, facts, one.claims)]


def _role(base: RuleBase, one: OtherRole) -> Page:
    facts = {
        "First step": escape(one.next),
        "Speaks up if": if_any(base, one.when),
        "Decides the verdict if also": if_any(base, one.decides),
    }
    return [*_head(one.id, one.title), escape(one.text), notes(base, facts, one.claims)]


def _topic(base: RuleBase, one: Topic) -> Page:
    facts = {
        "Field": f"{one.field}, {escape(one.standing)}",
        "A first step": escape(one.begin),
        "Not everybody agrees": escape(one.dissent),
        "For whom": if_any(base, one.when),
    }
    return [*_head(one.id, one.title), escape(one.text), notes(base, facts, one.claims)]


def _dispute(base: RuleBase, one: Dispute) -> Page:
    sides = "\n".join(
        f"- **{escape(side.who)}:** {escape(side.says)}\n{passages(base, side.claims)}" for side in one.sides
    )
    facts = [f"**What decides it:** {escape(one.decides)}", f"Shown if: {if_any(base, one.when)}"]
    return [*_head(one.id, one.title), "\n".join([sides, bullets(facts)])]
