"""What a redacted comparison says of itself, so that its reader knows what is missing and why sums do not add up."""

from __future__ import annotations

from pathfinder.assessment.results.comparison import Comparison
from pathfinder.report.comparison_words import voice
from pathfinder.report.words import signed


def redaction_note(found: Comparison) -> str:
    """What this copy leaves out, and which points come from that; an empty string where nothing is."""
    if not found.redacted:
        return ""
    note = "This copy leaves out names, the private answers, and everything that is said because of them."
    return " ".join(part for part in (note, _points(found)) if part)


def _points(found: Comparison) -> str:
    said = voice(found)
    places = [(path.title, path.before.left_out, path.after.left_out) for path in found.paths]
    moved = [(title, one, other) for title, one, other in places if one or other]
    told = [f"{title} {signed(one)} {said.then} and {signed(other)} {said.now}" for title, one, other in moved]
    return f"The scores still count what comes from answers left out here: {', '.join(told)}." if told else ""


def which(found: Comparison, verb: str = "differ") -> str:
    """Of which answers something is said: of all that differ, or of those that are told."""
    return "told here" if found.redacted else f"that {verb}"
