"""Options in hand in a report: how each stands beside the paths, why, and what is still to be asked about it."""

from __future__ import annotations

from msgspec.structs import replace

from pathfinder.assessment.results.assessment import Assessment
from pathfinder.assessment.results.items import Reason
from pathfinder.assessment.results.options import OptionAnswer, OptionResult, OptionUnknown
from pathfinder.report.blocks import Block, Heading, Item, Items, Line, line, paragraph, strong
from pathfinder.report.citing import cited_in_short
from pathfinder.report.path_blocks import gate_paragraph, reason_item, with_sources
from pathfinder.report.redaction import nothing_differs
from pathfinder.report.standings import standings_table, table_in_words
from pathfinder.report.words import (
    counted,
    listed,
    number,
    plain_number,
    plain_points,
    points_in_words,
    range_text,
    sentence,
    signed,
    strongest_against,
    strongest_for,
    weighed,
)

HEADING = "Your options"
_EACH_WAY = 2
"""So many of the strongest reasons on either side are told."""

_OWN_ANSWERS = 3
"""So many of one's own open answers are named."""

MOST_SHOWN = 5
"""In short, at most so many options are told, the best ones."""

_MOST_DIFFERENCES = 3
_MOST_TO_ASK = 3


def option_blocks(assessment: Assessment, told: dict[tuple[str, str], str]) -> list[Block]:
    """Everything about the options. `told` holds the arguments whose passages were shown already (argument and text,
    to the heading they stand under), and is added to."""
    if not assessment.options:
        return []
    blocks: list[Block] = [
        Heading(2, HEADING),
        standings_table(assessment),
        paragraph(table_in_words(assessment)),
    ]
    for option in by_rank(assessment):
        blocks += _whole(assessment, option, told)
    return blocks


def by_rank(assessment: Assessment) -> list[OptionResult]:
    """The options, the best one first."""
    return sorted(assessment.options, key=lambda option: option.rank)


def _whole(assessment: Assessment, option: OptionResult, told: dict[tuple[str, str], str]) -> list[Block]:
    blocked = ", blocked" if option.status == "blocked" else ""
    place = f"rank {option.rank} of {len(assessment.standings)}"
    sides = f"{plain_number(option.points_for)} for it, {plain_number(abs(option.points_against))} against it"
    sides += f", {signed(option.left_out)} from answers left out here" if option.left_out else ""
    return [
        Heading(3, f"{option.name}: {place}, {points_in_words(option.score)}{blocked}"),
        paragraph(
            strong(f"On the path {option.title}: "),
            f"{sides}, {signed(option.score)} in all. {sentence(range_text(option.low, option.high))}.",
        ),
        *(gate_paragraph(gate.text, gate.opens, gate.claims) for gate in option.blocked_by),
        *_differences(assessment, option),
        *_reasons(assessment, option),
        *_changed_points(assessment, option, told),
        *_cautions(assessment, option),
        *_to_ask(option),
    ]


def _differences(assessment: Assessment, option: OptionResult) -> list[Block]:
    if not option.differs:
        return [paragraph(nothing_differs(assessment))]
    items = tuple(Item(line(strong(f"{one.title}: "), _difference(one))) for one in option.differs)
    return [paragraph(strong("How it differs from what you answered:")), Items(items)]


def _difference(one: OptionAnswer) -> str:
    private = " (private)" if one.sensitive else ""
    return f"{one.answer}. Yours: {one.instead_of}.{private}"


def _reasons(assessment: Assessment, option: OptionResult) -> list[Block]:
    blocks: list[Block] = []
    for word, found in (("for", strongest_for(option, _EACH_WAY)), ("against", strongest_against(option, _EACH_WAY))):
        if found:
            blocks += [
                paragraph(strong(f"The strongest {'reason' if len(found) == 1 else 'reasons'} {word} it:")),
                Items(tuple(Item(_reason_line(assessment, reason)) for reason in found)),
            ]
        else:
            blocks.append(paragraph(f"No answer{' told here' if assessment.redacted else ''} speaks {word} it."))
    return blocks


def _reason_line(assessment: Assessment, reason: Reason, known: bool = False) -> Line:
    found = "As above." if known else cited_in_short(reason.claims)
    return line(strong(f"{weighed(reason, assessment.scale)}: "), reason.text, f" ({found})" if found else "")


def _changed_points(assessment: Assessment, option: OptionResult, told: dict[tuple[str, str], str]) -> list[Block]:
    """Every argument that counts otherwise than for the bare path, so that with the path's own reasons each point of
    the option is accounted for; the largest change first."""
    path = assessment.path(option.path)
    titles = {criterion.id: criterion.title for criterion in assessment.criteria}
    before, now = ({one.rule: one for one in reasons} for reasons in (path.reasons, option.reasons))
    changes = {
        rule: (now[rule].points if rule in now else 0.0) - (before[rule].points if rule in before else 0.0)
        for rule in dict.fromkeys((*now, *before))
    }
    items = []
    for rule in sorted((rule for rule in changes if changes[rule]), key=lambda rule: -abs(changes[rule])):
        was = f"instead of {signed(before[rule].points if rule in before else 0)}"
        if rule not in now:
            items.append(Item(line(strong(f"0 {was}: "), f"This does not count for it: {before[rule].text}")))
            continue
        earlier = told.setdefault((rule, now[rule].text), option.name)
        item = reason_item(assessment, now[rule], titles, "" if earlier == option.name else earlier)
        items.append(replace(item, line=line(strong(f"{signed(now[rule].points)} {was}: "), now[rule].text)))
    if not items:
        return []
    head = f"What sets it apart from the typical {path.title} path ({points_in_words(path.score)}):"
    return [paragraph(strong(head)), Items(tuple(items))]


def _cautions(assessment: Assessment, option: OptionResult) -> list[Block]:
    """The warnings that the bare path does not carry already."""
    known = {note.id for note in assessment.path(option.path).cautions}
    items = tuple(with_sources(line(note.text), note.claims) for note in option.cautions if note.id not in known)
    return [paragraph(strong("Cautions about it:")), Items(items)] if items else []


def _to_ask(option: OptionResult) -> list[Block]:
    """What is not known about it: what to ask of the place, and which of one's own answers are open."""
    answered = sum(not item.open for item in option.checklist)
    done = f" {sentence(number(answered))} more on its checklist {_are(answered)} answered already." if answered else ""
    place = [item for item in option.open if item.about == "place"]
    blocks: list[Block] = []
    if place:
        blocks += [
            paragraph(strong("What is not known yet, and what to ask there:"), done),
            Items(tuple(_box(item) for item in place)),
        ]
    elif done:
        blocks.append(paragraph("Everything on its checklist is answered."))
    mine = [item for item in option.open if item.about == "you"]
    if mine:
        named = [f"'{item.title}' ({_up_to(item)})" for item in mine[:_OWN_ANSWERS]]
        if len(mine) > len(named):
            named.append(f"{len(mine) - len(named)} more")
        blocks.append(paragraph(strong("Open answers of your own that can move it: "), f"{listed(named)}."))
    return blocks


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _box(item: OptionUnknown) -> Item:
    moves = f" It can move the score by {_up_to(item)}." if item.swing else ""
    look = f"Look for: {item.look_for}" if item.look_for else ""
    details = tuple(line(text) for text in (look, moves.strip()) if text)
    return Item(line(strong(item.ask)), details, done=False)


def _up_to(item: OptionUnknown) -> str:
    return f"up to {plain_points(item.swing)}"


def options_in_short(assessment: Assessment) -> list[Block]:
    """The common ranking, and for the best options what is special, what speaks for and against, and what to ask."""
    if not assessment.options:
        return []
    blocks: list[Block] = [Heading(2, HEADING), standings_table(assessment, brief=True)]
    blocks.append(paragraph(table_in_words(assessment)))
    told: set[tuple[str, str]] = set()
    options = by_rank(assessment)[:MOST_SHOWN]
    for option in options:
        blocks += _in_short(assessment, option, told)
    left = len(assessment.options) - len(options)
    if left:
        blocks.append(paragraph(f"The full report tells of {counted(left, 'more option')}."))
    return blocks


def _in_short(assessment: Assessment, option: OptionResult, told: set[tuple[str, str]]) -> list[Block]:
    """One option. `told` holds the reasons whose sources were shown already, and is added to."""
    state = ", blocked" if option.status == "blocked" else ""
    head = f"{option.name}, {points_in_words(option.score)}{state}"
    items = [Item(line(strong("Blocked: "), gate.text)) for gate in option.blocked_by]
    items.append(Item(_differences_in_short(assessment, option)))
    for reason in (*strongest_for(option, _EACH_WAY), *strongest_against(option, _EACH_WAY)):
        items.append(Item(_reason_line(assessment, reason, known=(reason.rule, reason.text) in told)))
        told.add((reason.rule, reason.text))
    blocks: list[Block] = [paragraph(strong(head), f" (path: {option.title})"), Items(tuple(items))]
    place = [item for item in option.open if item.about == "place"]
    if place:
        left = len(place) - _MOST_TO_ASK
        more = f" (and {left} more, which would tell less)" if left > 0 else ""
        boxes = tuple(Item(line(item.ask), done=False) for item in place[:_MOST_TO_ASK])
        blocks += [paragraph(f"Not known yet, and to be asked there{more}:"), Items(boxes)]
    return blocks


def _differences_in_short(assessment: Assessment, option: OptionResult) -> Line:
    if not option.differs:
        return line(nothing_differs(assessment))
    told = [f"{one.title}: {one.answer} (yours: {one.instead_of})" for one in option.differs[:_MOST_DIFFERENCES]]
    left = len(option.differs) - len(told)
    return line(strong("Differs: "), "; ".join(told) + (f"; and {left} more." if left else "."))
