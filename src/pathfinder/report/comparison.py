"""A comparison of two answer sheets as blocks and as JSON: the answer first, what it rests on below."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from pathfinder.assessment.results.comparison import ArgumentChange, Comparison, Move, PathPlace
from pathfinder.report.blocks import Block, Heading, Item, Items, Line, Table, line, paragraph, strong
from pathfinder.report.citing import citations, cited_in_short
from pathfinder.report.comparison_answers import answer_blocks
from pathfinder.report.comparison_redaction import redaction_note, which
from pathfinder.report.comparison_summary import (
    answer_to,
    because,
    gate_sentences,
    headline,
    lead_on_both,
    role_sentences,
    verdict_lines,
)
from pathfinder.report.comparison_words import answer_in_short, voice
from pathfinder.report.json_form import plain
from pathfinder.report.words import counted, listed, of_ten, overlay_in_words, plain_number, signed

SCHEMA_VERSION = 1
KIND = "comparison"
_PLACES = {1: "1st", 2: "2nd", 3: "3rd"}


def comparison_as_json(found: Comparison) -> str:
    """The whole comparison as one JSON object; the same comparison always gives the same text."""
    form = {"schema_version": SCHEMA_VERSION, "kind": KIND}
    whole = plain(found)
    assert isinstance(whole, dict)
    return json.dumps({**form, **whole}, indent=2, ensure_ascii=False, allow_nan=False)


def comparison_blocks(found: Comparison, full: bool = True) -> list[Block]:
    """The comparison to be read; `full` names every passage that an argument rests on, and not only the first."""
    blocks = _first(found)
    if found.answers or found.redacted:
        blocks += [*_options(found), *_paths(found), *_lead(found), *_closing(found)]
        blocks += [*_arguments(found, full), *answer_blocks(found)]
    return [*blocks, *_making(found)]


def _first(found: Comparison) -> list[Block]:
    """Whether the verdict changed, from what to what, and because of which answers."""
    verdicts = tuple(Item(line(strong(f"{head}: "), text)) for head, text in verdict_lines(found))
    note = redaction_note(found)
    return [
        Heading(1, headline(found)),
        *([paragraph(strong("Redacted. "), note)] if note else []),
        Items(verdicts),
        *(paragraph(text) for text in because(found)),
    ]


def _options(found: Comparison) -> list[Block]:
    """Two places in hand, each on its own path."""
    if found.options is None:
        return []
    one, other = found.options.before, found.options.after
    rows = [("Path", one.title, other.title), ("Points", signed(one.score), signed(other.score))]
    rows += [("Could end", _span(one.low, one.high), _span(other.low, other.high))]
    rows += [
        (title, signed(one.criteria.get(key, 0.0)), signed(other.criteria.get(key, 0.0)))
        for key, title in found.criteria.items()
    ]
    rows += [("Left out", signed(one.left_out), signed(other.left_out))] if found.redacted else []
    return [
        Heading(2, "Each on its own path"),
        Table(("", one.name, other.name), tuple(rows)),
        paragraph("Below the range stands what the arguments on each criterion count."),
    ]


def _span(low: float, high: float) -> str:
    return plain_number(low) if low == high else f"{plain_number(low)} to {plain_number(high)}"


def _paths(found: Comparison) -> list[Block]:
    """The paths on both sheets: points and rank, and, where answers are open, how sure that is."""
    blocks: list[Block] = [Heading(2, "The paths"), _table(found, "Path", _standing, change=True)]
    if found.before.open_questions or found.after.open_questions:
        blocks += [
            paragraph("Where the score could still end, whatever the open answers turn out to be:"),
            _table(found, "Path", lambda place: _span(place.low, place.high)),
            paragraph("How often the path comes first over the plausible ways the open answers could fall:"),
            _table(found, "Path", lambda place: of_ten(place.chance_best)),
        ]
    return blocks


def _standing(place: PathPlace) -> str:
    blocked = ", blocked" if place.status == "blocked" else ""
    return f"{signed(place.score)} ({_PLACES.get(place.rank, f'{place.rank}th')}{blocked})"


def _table(found: Comparison, first: str, cell: Callable[[PathPlace], str], change: bool = False) -> Table:
    columns = (first, found.before.label, found.after.label, *((_change(found),) if change else ()))
    rows = tuple(
        (path.title, cell(path.before), cell(path.after), *((signed(path.change),) if change else ()))
        for path in found.paths
    )
    return Table(columns, rows)


def _change(found: Comparison) -> str:
    return "Change" if voice(found).person else "Difference"


def _lead(found: Comparison) -> list[Block]:
    """What moved the lead that decides, answer by answer; the numbers add up."""
    lead = found.lead
    change = lead.after - lead.before
    moving = [move for move in lead.moves if move.points]
    blocks: list[Block] = [
        Heading(2, "What moved the lead" if voice(found).person else "What the difference comes from")
    ]
    if not moving and not lead.together:
        none = f"none of the answers {which(found)} moves it"
        left = f"; {signed(lead.left_out)} comes from answers left out here" if lead.left_out else ""
        return [*blocks, paragraph(f"{lead_on_both(found)}: {none}{left}.")]
    told = f"{lead_on_both(found)}, a {_change(found).lower()} of {signed(change)}."
    if found.winner_changed and "points" not in found.drivers:
        told = f"Points did not decide the result. {told}"
    blocks.append(paragraph(f"{told} This is what each answer adds by itself, with all else as {voice(found).then}:"))
    blocks.append(Items((*(_move(found, move) for move in moving), *_together(found), *_left_out(found))))
    still = [f"'{answer_to(found, move.question).title}'" for move in lead.moves if not move.points]
    if still:
        blocks.append(paragraph(f"By themselves these move it by nothing: {listed(still)}."))
    return blocks


def _move(found: Comparison, move: Move) -> Item:
    told = answer_in_short(voice(found), answer_to(found, move.question))
    if move.followers:
        count = len(move.followers)
        told += f", with the {'answer that comes' if count == 1 else f'{count} answers that come'} and go with it"
    alone = " This alone changes the result." if move.turns else ""
    return Item(line(strong(f"{signed(move.points)} "), f"{told}.{alone}"))


def _together(found: Comparison) -> list[Item]:
    """What only several answers do together."""
    told = []
    for joint in found.lead.together:
        titles = listed([f"'{answer_to(found, question).title}'" for question in joint.questions])
        rules = f"{'argument' if len(joint.rules) == 1 else 'arguments'} {listed(joint.rules)}"
        told.append(Item(line(strong(f"{signed(joint.points)} "), f"only together: {titles} ({rules}).")))
    return told


def _left_out(found: Comparison) -> list[Item]:
    """What answers that are not told add, so that the sum is right."""
    points = found.lead.left_out
    return [Item(line(strong(f"{signed(points)} "), "from answers left out here."))] if points else []


def _closing(found: Comparison) -> list[Block]:
    """What closes or opens a path, and what decides outside them."""
    if not found.gates and not found.roles:
        return []
    items = []
    for text, gate in gate_sentences(found, found.gates).items():
        opens = (line(strong("What would open it: "), gate.opens),) if gate.closes == "after" and gate.opens else ()
        items.append(Item(line(text), (*opens, *_through(found, gate.through))))
    for text, role in role_sentences(found):
        items.append(Item(line(text), _through(found, role.through)))
    return [Heading(2, "What is blocked, and what lies outside the paths"), Items(tuple(items))]


def _through(found: Comparison, questions: Sequence[str]) -> tuple[Line, ...]:
    titles = [f"'{answer_to(found, question).title}'" for question in questions]
    return (line(f"Because of {listed(titles)}."),) if titles else ()


def _arguments(found: Comparison, full: bool) -> list[Block]:
    """The arguments that count differently, path by path, those of several paths once."""
    blocks: list[Block] = [Heading(2, "Arguments that count differently")]
    if not found.arguments:
        return [*blocks, paragraph(f"None: no answer {which(found, 'differs')} moves a point.")]
    own: list[tuple[str, ...]] = [(path.id,) for path in found.paths]
    for paths in dict.fromkeys([*own, *(one.paths for one in found.arguments)]):
        mine = [one for one in found.arguments if one.paths == paths]
        if mine:
            together = sum(one.after - one.before for one in mine)
            titles = listed([found.title(path) for path in paths])
            alike = " alike" if len(paths) > 1 else ""
            blocks.append(Heading(3, f"{titles}{alike}: {signed(together)} from {counted(len(mine), 'argument')}"))
            blocks.append(Items(tuple(_argument(found, one, full) for one in mine)))
    return blocks


def _argument(found: Comparison, one: ArgumentChange, full: bool) -> Item:
    said = voice(found)
    state = f" ({said.known(one.state)})" if said.known(one.state) else ""
    head = f"{signed(one.before)} {said.then}, {signed(one.after)} {said.now}{state}: "
    details: list[Line] = []
    if one.before_text == one.after_text:
        details.append(line(one.after_text))
    else:
        details += _said(said.then, one.before_text, one.before_open)
        details += _said(said.now, one.after_text, one.after_open)
    sources = "; ".join(citations(one.claims)) if full else cited_in_short(one.claims)
    details.append(line(f"{'Sources' if len(one.claims) > 1 else 'Source'}: {sources}" if sources else ""))
    return Item(
        line(strong(head), f"{one.asks} (argument {one.rule})"),
        (*(detail for detail in details if detail), *_through(found, one.through)),
    )


def _said(when: str, text: str, is_open: bool) -> list[Line]:
    """What an argument said on one sheet."""
    if not text and not is_open:
        return []
    return [line(strong(f"{when[:1].upper()}{when[1:]}: "), text or "open answers left it undecided.")]


def _making(found: Comparison) -> list[Block]:
    base, program = found.rulebase, found.program
    overlay = overlay_in_words(base)
    with_overlay = f", with {overlay} on it" if overlay else ""
    notices = [
        Item(line(strong(f"{side.label}: "), notice)) for side in (found.before, found.after) for notice in side.notices
    ]
    return [
        Heading(2, "How this was made"),
        paragraph(
            f"Both are compared with {program.get('name', '')} {program.get('version', '')} and the rule base"
            f" '{base.get('title', '')}', version {base.get('version', '')} (content {base.get('hash', '')})"
            f"{with_overlay}. A verdict is a default to argue with, not a verdict on a person."
        ),
        *([Items(tuple(notices))] if notices else []),
    ]
