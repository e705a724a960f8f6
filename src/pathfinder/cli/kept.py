"""Kept results for the verbs of the history: found by name and number, and put beside what they come to now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pathfinder.errors import nearest, refused

if TYPE_CHECKING:
    from pathfinder.answers.sheet import AnswerSheet
    from pathfinder.assessment.results.assessment import Assessment
    from pathfinder.report.look_again import LookAgain
    from pathfinder.rulebase.models import RuleBase
    from pathfinder.store.history import History, Kept


def kept_under(history: History, name: str) -> tuple[Kept, ...]:
    """What is kept under a name, at least one result."""
    from pathfinder.store.history import name_to_keep

    called = name_to_keep(name)
    found = history.of(called)
    if not found:
        meant = nearest(called, [one.name for one in history.names()])
        remedy = meant or "'pathfinder history' lists the names"
        raise refused(f"nothing is kept under '{called}'", remedy, str(history.path))
    return found


def picked(entries: Sequence[Kept], number: int | None) -> Kept:
    """The result with this number; the last where none is given."""
    if number is None:
        return entries[-1]
    if not 1 <= number <= len(entries):
        count = len(entries)
        remedy = "There is only number 1" if count == 1 else f"There are 1 to {count}"
        raise refused(f"there is no result number {number}", remedy, key=f"'{entries[-1].name}'")
    return entries[number - 1]


def pair(entries: Sequence[Kept], first: int | None, second: int | None) -> tuple[Kept | None, Kept]:
    """Two results, the earlier first; no earlier one where only one is kept and none was asked for."""
    later = picked(entries, second)
    if first is None and later.number == 1:
        return None, later
    earlier = picked(entries, later.number - 1 if first is None else first)
    if earlier.number == later.number:
        raise refused("this names the same result twice", "Name two that differ", key=f"'{later.name}'")
    return (earlier, later) if earlier.number < later.number else (later, earlier)


def read(kept: Kept) -> Assessment:
    """The assessment as it was kept."""
    from pathfinder.report.history_list import read_back

    assessment = read_back(kept)
    if assessment is None:
        raise refused(
            f"this version of pathfinder cannot read result number {kept.number}",
            "'pathfinder history show NAME N --answers' prints its answers, to be scored anew",
            key=f"'{kept.name}'",
        )
    return assessment


def read_redacted(base: RuleBase, kept: Kept) -> Assessment:
    """The same as it may be passed on. What looks at private answers is found out with the rule base and the program
    that the result was made with; raises `InputError` where these are others."""
    from pathfinder import __version__
    from pathfinder.assessment.redaction import redacted
    from pathfinder.report.keeping import content_of

    assessment = read(kept)
    if (kept.result.base_hash, kept.result.program) != (content_of(base.identity), __version__):
        raise refused(
            f"result number {kept.number} was made with another rule base or another version of pathfinder",
            "Save what 'pathfinder history show NAME N --answers' prints in a file; 'pathfinder score FILE --redact'"
            " tells what it comes to now",
            key=f"'{kept.name}'",
        )
    return redacted(base, _sheet(kept, base)[0], assessment)


def look_again(
    base: RuleBase, later: Kept, earlier: Kept | None, present: Path | None, redact: bool = False
) -> LookAgain:
    """A kept result beside what its answers come to now, compared with an earlier one or with answers in a file;
    `redact`: as far as that may be passed on."""
    import dataclasses

    from msgspec.structs import replace

    from pathfinder.assessment.assess import Assessor
    from pathfinder.assessment.comparison.comparing import compare
    from pathfinder.assessment.comparison.redaction import compare_redacted
    from pathfinder.report.look_again import LookAgain, sheet_labels
    from pathfinder.store.answers import read_sheet

    assessor = Assessor(base)
    sheet, lost = _sheet(later, base)
    sheets = None
    if present is not None:
        sheets = (sheet, read_sheet(present, base.questions, base.path, base.criterion))
    elif earlier is not None:
        before, lost_before = _sheet(earlier, base)
        sheets, lost = (before, sheet), lost + lost_before
    comparison = None
    if sheets is not None:
        one, other = (replace(some, name=later.name) for some in sheets)
        labels = sheet_labels(later, None) if earlier is None else sheet_labels(earlier, later)
        comparison = compare_redacted(base, one, other, labels) if redact else compare(assessor, one, other, labels)
    whole = LookAgain(
        name=later.name,
        number=later.number,
        when=later.when,
        today=_today(),
        kept=read(later),
        scored=assessor.assess(sheet),
        lost=lost,
        comparison=comparison,
        present=present is not None,
    )
    if not redact:
        return whole
    then, now = _told(base, sheet, whole)
    return dataclasses.replace(whole, name="", lost=0, kept=then, scored=now)


def _told(base: RuleBase, sheet: AnswerSheet, look: LookAgain) -> tuple[Assessment, Assessment]:
    """The result as it was kept and as it is now, without what is private. Roles outside the paths are told only where
    the same rules and program name them on both sides: only for these is it known what they look at."""
    from pathfinder.assessment.redaction import redacted, without_roles

    scored = redacted(base, sheet, look.scored)
    if look.rules_changed or look.kept.program != scored.program:
        return without_roles(look.kept), without_roles(scored)
    return redacted(base, sheet, look.kept), scored


def _sheet(kept: Kept, base: RuleBase) -> tuple[AnswerSheet, int]:
    from pathfinder.store.kept_answers import kept_sheet

    return kept_sheet(kept.result.answers, f"'{kept.name}', result {kept.number}", base)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
