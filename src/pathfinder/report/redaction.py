"""What a redacted report says of itself, so that its reader knows what is missing and why sums do not add up."""

from __future__ import annotations

from pathfinder.assessment.results.assessment import Assessment, PathResult
from pathfinder.report.words import signed


def redaction_note(assessment: Assessment) -> str:
    """What this copy leaves out; an empty string where nothing is."""
    if not assessment.redacted:
        return ""
    note = "This copy leaves out the name, the private answers, and everything that is said because of them."
    return " ".join(part for part in (note, points_left_out(assessment)) if part)


def points_left_out(assessment: Assessment) -> str:
    """Which points of which path or option come from answers left out; an empty string where none do."""
    found = [f"{path.title} {signed(path.left_out)}" for path in assessment.paths if path.left_out]
    found += [f"'{option.name}' {signed(option.left_out)}" for option in assessment.options if option.left_out]
    return f"The scores still count what comes from answers left out here: {', '.join(found)}." if found else ""


def no_answers(assessment: Assessment) -> str:
    """`none of your answers`, as far as the report tells."""
    return "none of the answers told here" if assessment.redacted else "none of your answers"


def nothing_differs(assessment: Assessment) -> str:
    """That an option has no answers of its own, as far as the report tells."""
    if assessment.redacted:
        return "Nothing that is told here differs from what you answered yourself."
    return "All that counts for it is what you answered yourself."


def column(assessment: Assessment) -> tuple[str, ...]:
    """The head of a table's column for points left out, where there is one."""
    return ("Left out",) if assessment.redacted else ()


def left_out(assessment: Assessment, path: PathResult) -> tuple[str, ...]:
    """A path's cell in that column."""
    return (signed(path.left_out),) if assessment.redacted else ()
