"""What a comparison says first: whether the verdict changed, from what to what, and because of which answers."""

from __future__ import annotations

from collections.abc import Sequence

from pathfinder.assessment.results.comparison import AnswerChange, Comparison, GateChange, Move, RoleChange, Side
from pathfinder.report.comparison_words import Voice, answer_in_short, voice
from pathfinder.report.words import listed, number, of_ten, plain_points, points_in_words, sentence

NAMED = 3
"""So many answers are named at most in one sentence."""

_MARGINS = {"clear": "by a clear margin", "close": "by little", "unsettled": "though not surely"}


def headline(found: Comparison) -> str:
    """Whether the verdict changed, and from what to what, in one line; of two options, which is ahead."""
    if found.options is not None:
        return _ahead(found)
    said = voice(found)
    before, after = _brief(found, found.before), _brief(found, found.after)
    if not found.answers and not found.redacted:
        nothing = "Nothing changed" if said.person else "Nothing differs"
        return f"{nothing}: the answers are the same, and so is the verdict, {after}"
    if not found.verdict_changed:
        return f"The verdict stays: {after}" if said.person else f"The same verdict for both: {after}"
    if found.before.path is not None and found.before.path == found.after.path:
        was, now = (f"{_MARGINS[side.kind]}" for side in (found.before, found.after))
        return f"The verdict {'changed' if said.person else 'differs'}: {after}, {was} {said.then}, {now} {said.now}"
    if said.person:
        return f"The verdict changed: from {before} to {after}"
    return f"The verdict differs: {before} {said.then}, {after} {said.now}"


def _brief(found: Comparison, side: Side) -> str:
    """A verdict in a few words."""
    if side.path is not None:
        return found.title(side.path)
    if side.roles:
        return f"outside the paths ({listed(side.roles)})"
    if side.kind == "outside":
        return "outside the paths"
    return "none of the paths" if side.kind == "none_fits" else "no path yet, as too little is known"


def _ahead(found: Comparison) -> str:
    """Which of two options stands better on its own path."""
    assert found.options is not None
    one, other = found.options.before, found.options.after
    shut = [option for option in (one, other) if option.status == "blocked"]
    if len(shut) == 2:
        return f"'{one.name}' and '{other.name}' are both on a path that is blocked"
    if shut:
        return f"'{shut[0].name}' is on a path that is blocked, {shut[0].title}"
    if one.score == other.score:
        return f"'{one.name}' and '{other.name}' are level, with {plain_points(one.score)} each"
    ahead, behind = (one, other) if one.score > other.score else (other, one)
    by = plain_points(ahead.score - behind.score)
    if found.options.close:
        return f"'{ahead.name}' is ahead of '{behind.name}' by only {by}: too little to decide by"
    return f"'{ahead.name}' is ahead of '{behind.name}' by {by}"


def verdict_lines(found: Comparison) -> tuple[tuple[str, str], ...]:
    """Which sheet it is, with its verdict in full; first the one that was named first. One line where nothing
    differs."""
    said = voice(found)
    if not found.answers and not found.redacted:
        return (("Both", _in_full(found.after)),)
    heads = [said.then, said.now]
    if said.person:
        heads = [f"{when} ({side.label})" for when, side in zip(heads, (found.before, found.after), strict=True)]
    told = [_in_full(found.before), _in_full(found.after)]
    if found.options is not None:
        places = (found.options.before, found.options.after)
        told = [
            f"{points_in_words(place.score)} on {place.title}. {text}" for place, text in zip(places, told, strict=True)
        ]
    return tuple((sentence(head), text) for head, text in zip(heads, told, strict=True))


def _in_full(side: Side) -> str:
    """A verdict in a sentence or two, without pointing at what only a whole report holds."""
    if side.path is not None or side.kind == "outside":
        return side.summary
    if side.kind == "none_fits":
        return "None of the paths fits as things stand."
    return "Too little is known to prefer any path."


def because(found: Comparison) -> tuple[str, ...]:
    """Because of what the result changed; where it did not, how far the lead that decides moved."""
    if not found.answers and not found.redacted:
        return ()
    if found.options is not None or not found.winner_changed:
        return tuple(part for part in (_lead_moved(found), _certainty(found)) if part)
    told = list(gate_sentences(found, _telling(found))) if "gates" in found.drivers else []
    if "roles" in found.drivers:
        told += [text for text, _ in role_sentences(found)]
    return (*told, _decisive(found, voice(found)))


def _telling(found: Comparison) -> list[GateChange]:
    """The gates that bear on who wins: those that close the winner before, and those that closed the winner after."""
    closing = [gate for gate in found.gates if gate.closes == "after" and gate.path == found.before.path]
    opening = [gate for gate in found.gates if gate.closes == "before" and gate.path == found.after.path]
    return [*closing, *opening] or list(found.gates)


def gate_sentences(found: Comparison, gates: Sequence[GateChange]) -> dict[str, GateChange]:
    """What closes paths on one sheet only, each reason once for all the paths that it closes, with one of its gates."""
    alike: dict[tuple[str, str], list[GateChange]] = {}
    for gate in gates:
        alike.setdefault((gate.closes, gate.text), []).append(gate)
    return {_gate_sentence(found, some): some[0] for some in alike.values()}


def _gate_sentence(found: Comparison, gates: Sequence[GateChange]) -> str:
    said, after = voice(found), gates[0].closes == "after"
    titles = listed([found.title(gate.path) for gate in gates])
    verb = "is" if len(gates) == 1 else "are"
    if not said.person:
        return f"{titles} {verb} blocked only {said.now if after else said.then}. {gates[0].text}"
    if after:
        return f"{titles} {verb} blocked now. {gates[0].text}"
    return f"What blocked {titles} before is gone. It was this: {gates[0].text}"


def role_sentences(found: Comparison) -> list[tuple[str, RoleChange]]:
    """Which roles outside the paths decide on one sheet only."""
    said = voice(found)
    told = []
    for role in found.roles:
        if said.person:
            when = "now decides, whatever the points" if role.decides == "after" else "no longer decides"
        else:
            when = f"decides {said.now if role.decides == 'after' else said.then} only, whatever the points"
        told.append((f"{role.title}, outside the paths, {when}.", role))
    return told


def _decisive(found: Comparison, said: Voice) -> str:
    """Which of the answers that differ it took; where some are not told, which of the others helped most."""
    moves = found.lead.moves
    if found.redacted:
        largest = _named(found, said, _helping(found))
        whole = "Which answers it took is not told here, as private ones may be among them."
        return f"{whole} Of the others, most comes from {largest}." if largest else whole
    enough = [move for move in moves if move.turns]
    needed = [move for move in moves if move.needed]
    if enough and len(moves) == 1:
        return f"It is because of {_named(found, said, enough)}."
    if len(enough) == 1:
        return f"One answer leads to it by itself: {_named(found, said, enough)}."
    if enough:
        return f"Each of {number(len(enough))} answers leads to it by itself: {_named(found, said, enough)}."
    if len(needed) > 1:
        return f"No one answer leads to it by itself. It takes {_named(found, said, needed)}."
    if needed:
        return f"It takes {_named(found, said, needed)}, but not alone: other answers that differ help."
    largest = _named(found, said, _helping(found))
    whole = f"No one answer leads to it by itself, and none of the {number(len(moves))} that differ is needed for it."
    return f"{whole} Most comes from {largest}." if largest else whole


def _helping(found: Comparison) -> list[Move]:
    """The moves that go the way the lead went, the largest first."""
    way = found.lead.after - found.lead.before
    return [move for move in found.lead.moves if move.points * way > 0]


def _named(found: Comparison, said: Voice, moves: Sequence[Move]) -> str:
    """The first few answers with both values, and how many more there are."""
    told = [answer_in_short(said, answer_to(found, move.question)) for move in moves[:NAMED]]
    left = len(moves) - len(told)
    return listed([*told, f"{number(left)} more"] if left else told)


def answer_to(found: Comparison, question: str) -> AnswerChange:
    """The changed answer to a question."""
    return next(answer for answer in found.answers if answer.question == question)


def lead_on_both(found: Comparison) -> str:
    """`PhD was 3 points ahead of Governance and is 2 points behind it now`, as a clause."""
    lead, said = found.lead, voice(found)
    title = found.title(lead.ahead)
    if lead.behind is None:
        rival, words = "what it takes to be recommended", ("above", "below", "just at")
    else:
        rival, words = found.title(lead.behind), ("ahead of", "behind", "level with")
    was, now = _gap(lead.before, words), _gap(lead.after, words)
    if lead.before == lead.after:
        return f"{title} is {now} {rival} both {'times' if said.person else 'ways'}"
    if said.person:
        return f"{title} was {was} {rival} and is {now} it now"
    return f"{title} is {was} {rival} {said.then}, and {now} it {said.now}"


def _gap(lead: float, words: tuple[str, str, str]) -> str:
    ahead, behind, level = words
    return f"{plain_points(abs(lead))} {ahead if lead > 0 else behind}" if lead else level


def _lead_moved(found: Comparison) -> str:
    """How the lead that decides differs, and mostly because of what."""
    helping = _helping(found)[:2]
    mostly = "of what is told here mostly" if found.redacted else "mostly"
    why = f", {mostly} because of {_named(found, voice(found), helping)}" if helping else ""
    return f"{lead_on_both(found)}{why}."


def _certainty(found: Comparison) -> str:
    """How often the path that is named comes first, where open answers make that differ."""
    before, after = found.before, found.after
    if found.options is not None or before.path is None or before.path != after.path:
        return ""
    was, now = of_ten(before.chance), of_ten(after.chance)
    if was == now:
        return ""
    said, title = voice(found), found.title(after.path)
    ways = "Over the plausible ways the open answers could fall"
    return f"{ways}, {title} comes first {was} {said.then}, and {now} {said.now}."
