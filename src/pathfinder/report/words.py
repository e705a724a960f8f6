"""Wording shared by reports and screens: numbers, points and likelihoods in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pathfinder.assessment.results.assessment import PathResult
from pathfinder.assessment.results.items import Reason
from pathfinder.assessment.results.options import OptionResult

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


def plain_points(points: float) -> str:
    """`3 points`, `-1 point`, `0.5 points`."""
    return f"{plain_number(points)} point" + ("" if abs(points) == 1 else "s")


def points_in_words(points: float) -> str:
    """`+3 points`, `-1 point`, `0 points`."""
    return f"{signed(points)} point" + ("" if abs(points) == 1 else "s")


def weight(points: float, scale: Mapping[int, str]) -> str:
    """What so many points mean on the rule base's scale; less than its first step counts as that step."""
    steps = sorted(scale)
    return scale[max((step for step in steps if step <= abs(points)), default=steps[0])] if steps else ""


def weighed(reason: Reason, scale: Mapping[int, str]) -> str:
    """A reason's points with what they mean: `+4, a strong consideration`."""
    unweighed = reason.points / reason.weight if reason.weight else 0.0
    times = f"counted {times_in_words(reason.weight)}" if reason.weight != 1 else ""
    return ", ".join(part for part in (signed(reason.points), weight(unweighed, scale), times) if part)


def times_in_words(factor: float) -> str:
    """`twice`, `half`, `1.5 times`, `not at all`."""
    words = {0.0: "not at all", 0.5: "half", 2.0: "twice", 3.0: "three times"}
    return words.get(factor, f"{plain_number(factor)} times")


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
    share = "nearly all" if reason.share >= NEARLY_ALL else f"about {max(1, round(reason.share * 10))} of 10"
    return f"Counts in part: your answer leaves open whether it applies (it would in {share} cases)."


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


def overlay_in_words(rulebase: Mapping[str, str]) -> str:
    """Which overlay a result was made with; an empty string where there was none."""
    if not rulebase.get("overlay"):
        return ""
    return f"the overlay '{rulebase['overlay']}' (content {rulebase.get('overlay_hash', '')})"


def strongest_for(path: PathResult | OptionResult, count: int = 2) -> tuple[Reason, ...]:
    """The weightiest reasons for a path or an option."""
    return tuple(reason for reason in path.reasons if reason.points > 0)[:count]


def strongest_against(path: PathResult | OptionResult, count: int = 1) -> tuple[Reason, ...]:
    """The weightiest reasons against a path or an option."""
    return tuple(reason for reason in path.reasons if reason.points < 0)[:count]
