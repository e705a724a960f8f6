"""Wording shared by reports and screens: numbers, likelihoods, verdicts and citations in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pathfinder.assessment.result import Assessment, Citation, PathResult, Reason

LIKELIHOODS = (
    (0.9, "very likely"),
    (0.7, "likely"),
    (0.55, "more likely than not"),
    (0.45, "about as likely as not"),
    (0.3, "less likely than not"),
    (0.1, "unlikely"),
    (0.0, "very unlikely"),
)
"""Words for a chance, each from the number beside it up to the one above."""

NEARLY_ALL = 0.95
"""From this share on, and below what it leaves, `N of 10` would say too much: 10 of 10, or none."""

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number(count: int) -> str:
    """A small count as a word, a larger one in figures."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def counted(count: int, noun: str) -> str:
    """`1 caution`, `2 cautions`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def listed(words: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1] if words else "") if part)


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def plain_number(value: float) -> str:
    """At most one decimal, none where it says nothing; a trace is not rounded away to zero."""
    rounded = round(float(value), 1)
    if not rounded and value:
        return f"{value:.1g}"
    return f"{rounded:.0f}" if rounded.is_integer() else f"{rounded:.1f}"


def signed(points: float) -> str:
    """Points with their sign: `+3`, `-2`, `+2.5`, and `0`."""
    return ("+" if points > 0 else "") + plain_number(points) if points else "0"


def points_in_words(points: float) -> str:
    """`+3 points`, `-1 point`, `0 points`."""
    return f"{signed(points)} point" + ("" if abs(points) == 1 else "s")


def weight(points: float, scale: Mapping[int, str]) -> str:
    """What so many points mean on the rule base's scale; less than its first step counts as that step."""
    steps = sorted(scale)
    return scale[max((step for step in steps if step <= abs(points)), default=steps[0])] if steps else ""


def weighed(reason: Reason, scale: Mapping[int, str]) -> str:
    """A reason's points with what they mean: `+4, a strong consideration`."""
    return ", ".join(part for part in (signed(reason.points), weight(reason.points, scale)) if part)


def scale_in_words(scale: Mapping[int, str]) -> str:
    """The scale's first, middle and last step in a sentence; empty where there is no scale."""
    steps = sorted(scale)
    shown = sorted({steps[0], steps[len(steps) // 2], steps[-1]}) if steps else []
    parts = [f"{step} {'point ' if place == 0 else ''}{_is(scale[step], place)}" for place, step in enumerate(shown)]
    return sentence(", ".join(parts)) + "." if parts else ""


def _is(meaning: str, place: int) -> str:
    return f"is {meaning}" if place == 0 else meaning


def in_part(reason: Reason) -> str:
    """Why a reason does not count in full, or an empty string when it does."""
    if reason.share >= 0.9995:
        return ""
    return f"Counts in part: your answer leaves open whether it applies ({of_ten(reason.share)} it would)."


def of_ten(chance: float) -> str:
    """A share as an adverb: `nearly always`, `about 3 times in 10`, `hardly ever`."""
    if chance >= NEARLY_ALL:
        return "nearly always"
    if chance < 1 - NEARLY_ALL:
        return "hardly ever"
    times = max(1, min(9, round(chance * 10)))
    return f"about {times} {'time' if times == 1 else 'times'} in 10"


def ways(chance: float) -> str:
    """A share of the completions: `in about 3 of 10 ways the open answers could fall`."""
    if chance >= NEARLY_ALL:
        return "in nearly every way the open answers could fall"
    if chance < 1 - NEARLY_ALL:
        return "in hardly any way the open answers could fall"
    return f"in about {max(1, min(9, round(chance * 10)))} of 10 ways the open answers could fall"


def likelihood(chance: float) -> str:
    """A chance (0 to 1) as one of the words in `LIKELIHOODS`."""
    return next((word for least, word in LIKELIHOODS if chance >= least), LIKELIHOODS[-1][1])


def range_text(low: float, high: float) -> str:
    """Where a score could still end."""
    if low == high:
        return "nothing still open can move it"
    return f"could still end anywhere from {plain_number(low)} to {plain_number(high)}"


def headline(assessment: Assessment) -> str:
    """The verdict in one line."""
    verdict, paths = assessment.verdict, number(len(assessment.paths))
    first = assessment.top.title
    match verdict.kind:
        case "clear":
            return f"{first} comes out ahead of the {paths} paths"
        case "close":
            second = assessment.path(verdict.runner_up).title if verdict.runner_up else "the next path"
            return f"{first} and {second} are close, with {first} slightly ahead"
        case "unsettled":
            return "Too little is known yet to name a path"
        case "none_fits":
            return f"None of the {paths} paths fits as things stand"
        case "outside":
            places = listed([role.title for role in assessment.other_roles if role.decides])
            return f"Your answers point outside the {paths} paths" + (f": {places}" if places else "")


def how_sure(assessment: Assessment) -> str:
    """How sure the verdict is, and by what margin, in one to three sentences."""
    verdict, top = assessment.verdict, assessment.top
    if verdict.kind == "outside":
        return (
            "This rests on the role you name, or on your record there, and not on points."
            f" The {number(len(assessment.paths))} paths are compared all the same."
        )
    if verdict.kind == "none_fits":
        return _sure_of_none(assessment)
    if verdict.kind == "unsettled":
        return _unsure(assessment)
    if verdict.settled:
        known = f"This is settled: no answer that is still open can change that {top.title} comes first."
    elif not assessment.open_questions:
        known = "Every question that counts is answered, so only a changed answer would change this."
    else:
        known = f"{sentence(likelihood(verdict.chance))} to stay so: {top.title} comes first {ways(verdict.chance)}."
    return f"{known} {_margin(assessment)}"


def _margin(assessment: Assessment) -> str:
    verdict = assessment.verdict
    if verdict.runner_up is None:
        return "It is the only path that is not blocked for you now."
    other, points = assessment.path(verdict.runner_up).title, verdict.margin
    if points <= 0:
        return f"It has no more points than {other}, so choose between the two by what you learn of real places."
    gap = f"{plain_number(points)} point" + ("" if points == 1 else "s")
    if verdict.kind == "close":
        return f"It is only {gap} ahead of {other}: too little to decide by."
    return f"It is {gap} ahead of {other}."


def _unsure(assessment: Assessment) -> str:
    top = assessment.top
    gap = f", {plain_number(top.score)} {'point' if abs(top.score) == 1 else 'points'} in all"
    first = f"On what you have answered {top.title} is ahead{gap}, but it comes first only {ways(top.chance_best)}"
    if top.chance_best >= 0.5:
        first = first.replace("but it comes first only", "and it comes first")
    rival = max((path for path in assessment.paths if path is not top), key=lambda path: path.chance_best, default=None)
    if rival is None or rival.chance_best < 0.15:
        return first + "."
    return f"{first}; {rival.title} does {of_ten(rival.chance_best)}."


def _sure_of_none(assessment: Assessment) -> str:
    if all(path.status == "blocked" for path in assessment.paths):
        return "Each is blocked by something on your side that can change. Below is what would open it."
    top = assessment.top
    still = (
        "and open answers would seldom change that" if assessment.open_questions else "and nothing that counts is open"
    )
    return f"Nothing of weight speaks for a path that is open to you (the best, {top.title}, has {points_in_words(top.score)}), {still}."


def strongest_for(path: PathResult, count: int = 2) -> tuple[Reason, ...]:
    """The weightiest reasons for a path."""
    return tuple(reason for reason in path.reasons if reason.points > 0)[:count]


def strongest_against(path: PathResult, count: int = 1) -> tuple[Reason, ...]:
    """The weightiest reasons against a path."""
    return tuple(reason for reason in path.reasons if reason.points < 0)[:count]


def lines_in_words(lines: Iterable[int]) -> str:
    """`line 29`, or `lines 3, 20-25`: in order, without repeats, runs of consecutive lines joined."""
    ordered = sorted(set(lines))
    runs: list[tuple[int, int]] = []
    for line in ordered:
        if runs and line == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], line)
        else:
            runs.append((line, line))
    shown = ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in runs)
    return (("line " if len(ordered) == 1 else "lines ") + shown) if runs else ""


def citation(claim: Citation) -> str:
    """Where one claim stands: `Gleave 2024, "People", lines 39, 41`.

    A place that has no heading of its own stands in the rule base in brackets, and here without quotes.
    """
    section = claim.section.strip()
    bare = section.startswith("(") and section.endswith(")")
    place = section[1:-1] if bare else f'"{section}"' if section else ""
    return ", ".join(part for part in (claim.title, place, lines_in_words(claim.lines)) if part)


def citations(claims: Sequence[Citation]) -> tuple[str, ...]:
    """Where claims stand, each section once with the lines of all its claims, in the order first cited."""
    merged: dict[tuple[str, str], Citation] = {}
    for claim in claims:
        key = (claim.title, claim.section)
        known = merged.get(key)
        lines = (*known.lines, *claim.lines) if known else claim.lines
        merged[key] = Citation(claim.id, claim.source, claim.title, claim.section, lines, claim.claim)
    return tuple(citation(claim) for claim in merged.values())


def cited_in_short(claims: Sequence[Citation]) -> str:
    """The first claim's source with its lines, and how many claims more there are; empty where there is none."""
    if not claims:
        return ""
    first = ", ".join(part for part in (claims[0].title, lines_in_words(claims[0].lines)) if part)
    return first + (f" and {len(claims) - 1} more" if len(claims) > 1 else "")
