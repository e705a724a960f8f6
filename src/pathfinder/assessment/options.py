"""Options in hand: concrete places on the paths, each scored as its path is, and ranked together with the paths.

An option's answers are laid over the person's: an answer of the option replaces the person's, `unknown` too, and
what it does not answer stays as the person answered it. So an offer on one path does not change what the person
said of another.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct, structs

from pathfinder.answers.scope import relevance
from pathfinder.answers.sheet import AnswerSheet, OptionInHand, in_words
from pathfinder.assessment.results.assessment import PathResult
from pathfinder.assessment.results.options import OptionAnswer, OptionResult, OptionUnknown, StandingItem
from pathfinder.assessment.scoring.scorer import RuleScore
from pathfinder.rulebase.models import RuleBase

DOES_NOT_APPLY = "does not apply"


class Sheets(Struct, frozen=True):
    """The answers an option is scored by: the person's own that apply, these with the option's over them, and the
    answers among them that do not apply to the option."""

    own: AnswerSheet
    whole: AnswerSheet
    aside: AnswerSheet


class InHand(Struct, frozen=True):
    """An option's result, not ranked yet, with a sentence for each answer of its own that was set aside."""

    result: OptionResult
    notices: tuple[str, ...]


def in_hand(
    base: RuleBase,
    option: OptionInHand,
    sheets: Sheets,
    found: PathResult,
    scores: Mapping[str, RuleScore],
    offers: Collection[str],
) -> InHand:
    """The result of an option whose path was `found` to stand so, with these scores of its arguments. `offers` are
    the questions about a place on that path."""
    result = OptionResult(
        name=option.name,
        path=found.id,
        title=found.title,
        rank=0,
        score=found.score,
        low=found.low,
        high=found.high,
        status=found.status,
        criteria=found.criteria,
        reasons=found.reasons,
        blocked_by=found.blocked_by,
        cautions=found.cautions,
        checklist=found.checklist,
        differs=differences(base, sheets.own, sheets.whole),
        open=unknowns(base, sheets.whole, found, scores, offers),
    )
    notices = (
        f"In your option '{option.name}', the answer on '{base.questions[key].title}' ({key}) was set aside, because "
        "it does not apply given the other answers."
        for key in sheets.aside
        if key in option.answers
    )
    return InHand(result, tuple(notices))


def differences(base: RuleBase, own: AnswerSheet, whole: AnswerSheet) -> tuple[OptionAnswer, ...]:
    """The questions on which something else counts for an option than for the person, in the base's order."""
    return tuple(
        OptionAnswer(key, question.title, _counted(base, whole, key), _counted(base, own, key), question.sensitive)
        for key, question in base.questions.items()
        if own.get(key) != whole.get(key) and not (own.is_open(key) and whole.is_open(key))
    )


def _counted(base: RuleBase, sheet: AnswerSheet, key: str) -> str:
    """What counts of a question, in words."""
    if key not in sheet.answers and relevance(base, sheet, key) is False:
        return DOES_NOT_APPLY
    return in_words(base.questions[key], sheet.get(key))


def unknowns(
    base: RuleBase,
    sheet: AnswerSheet,
    found: PathResult,
    scores: Mapping[str, RuleScore],
    offers: Collection[str],
) -> tuple[OptionUnknown, ...]:
    """The open items of a path's checklist, and the open questions on none of them that could still move its score;
    what could move it most comes first. `offers` are the questions about the place itself."""
    settles = {item.id: item.settles for item in base.path[found.id].checklist}
    items = [
        OptionUnknown(
            "place",
            settles[item.id],
            "; ".join(base.questions[key].title for key in settles[item.id]),
            item.ask,
            item.look_for,
            _swing(settles[item.id], scores),
        )
        for item in found.checklist
        if item.open
    ]
    listed = {key for item in items for key in item.questions}
    for key, question in base.questions.items():
        if key in listed or not any(key in score.open for score in scores.values()):
            continue
        if relevance(base, sheet, key) is not False:
            about: Literal["place", "you"] = "place" if key in offers else "you"
            swing = _swing((key,), scores)
            items.append(OptionUnknown(about, (key,), question.title, question.prompt, "", swing))
    return tuple(sorted(items, key=lambda item: -item.swing))


def _swing(questions: Sequence[str], scores: Mapping[str, RuleScore]) -> float:
    """The most points by which answers to some questions could still move the sum of some scores."""
    return float(sum(score.high - score.low for score in scores.values() if not set(questions).isdisjoint(score.open)))


def ranked(
    base: RuleBase, paths: Sequence[PathResult], options: Sequence[OptionResult]
) -> tuple[tuple[OptionResult, ...], tuple[StandingItem, ...]]:
    """The options with their ranks, and the common ranking of options and paths; both empty without options.

    Open ones come before blocked ones, then the higher score comes first. Where these are level, the base's order of
    paths decides, and an option comes before the bare path it is on.
    """
    if not options:
        return (), ()
    order = list(base.path)
    entries = [
        (one.status == "blocked", -one.score, order.index(one.path), 0, place, _item("option", one.name, one))
        for place, one in enumerate(options)
    ]
    entries += [
        (one.status == "blocked", -one.score, order.index(one.id), 1, 0, _item("path", one.id, one)) for one in paths
    ]
    standings = _with_close([entry[-1] for entry in sorted(entries, key=lambda entry: entry[:-1])], base)
    places = {item.id: place for place, item in enumerate(standings, start=1) if item.kind == "option"}
    return tuple(structs.replace(one, rank=places[one.name]) for one in options), standings


def _item(kind: Literal["option", "path"], key: str, one: OptionResult | PathResult) -> StandingItem:
    return StandingItem(kind, key, one.score, one.status, close=False)


def _with_close(items: Sequence[StandingItem], base: RuleBase) -> tuple[StandingItem, ...]:
    """The ranking in which each item is marked that leads the next open one by less than a clear margin."""
    margin = base.general.verdict.margin
    marked = [
        structs.replace(one, close=following.status == "open" and round(one.score - following.score, 6) < margin)
        for one, following in pairwise(items)
    ]
    return (*marked, items[-1])
