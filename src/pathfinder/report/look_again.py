"""Has a situation changed enough to look again at a kept result? What is due, and what would make it so."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from datetime import date, datetime

from msgspec.structs import replace

from pathfinder.assessment.results.assessment import Assessment
from pathfinder.assessment.results.comparison import Comparison
from pathfinder.report.blocks import Block, Heading, Item, Items, line, paragraph, strong
from pathfinder.report.certainty import headline
from pathfinder.report.comparison import comparison_as_json, comparison_blocks
from pathfinder.report.keeping import command, content_of
from pathfinder.report.summary import summarise
from pathfinder.report.words import counted, number, overlay_in_words, sentence
from pathfinder.store.history import Kept

SCHEMA_VERSION = 1
KIND = "look_again"

HALF_A_YEAR = 182
"""After so many days answers are worth going through again, whatever they say."""


@dataclass(frozen=True)
class LookAgain:
    """A kept result beside what the same answers come to now.

    `number` and `when` say which result of `name` it is, `today` is the day of asking. `lost` counts kept answers
    that the present questionnaire cannot read, on both sides of the comparison. `comparison` compares answers, if
    there is something to compare with; `present`: its second side is not kept, but what the person answers now.
    `name` is empty in one that is passed on.
    """

    name: str
    number: int
    when: datetime
    today: date
    kept: Assessment
    scored: Assessment
    lost: int = 0
    comparison: Comparison | None = None
    present: bool = False

    @property
    def days(self) -> int:
        """Whole days since it was kept, by the calendar."""
        return max(0, (self.today - self.when.astimezone().date()).days)

    @property
    def rules_changed(self) -> bool:
        """Whether it was kept under a rule base of other content."""
        return content_of(self.kept.rulebase) != content_of(self.scored.rulebase)

    @property
    def verdict_changed(self) -> bool:
        """Whether the same answers come to another verdict now."""
        return _told(self.kept) != _told(self.scored)

    @property
    def situation_changed(self) -> bool:
        """Whether what the person answers now comes to another verdict than what was kept."""
        return self.present and self.comparison is not None and self.comparison.verdict_changed


def sheet_labels(before: Kept, after: Kept | None) -> tuple[str, str]:
    """What two sheets are called: by their days where these differ, else by their numbers; None is what holds now."""
    if after is None:
        return before.when.astimezone().strftime("%Y-%m-%d"), "now"
    days = [one.when.astimezone().strftime("%Y-%m-%d") for one in (before, after)]
    if days[0] == days[1]:
        return f"number {before.number}", f"number {after.number}"
    return days[0], days[1]


def _told(assessment: Assessment) -> tuple[str, str | None, tuple[str, ...]]:
    """What makes a verdict another one: its kind, its path, the roles that decide."""
    roles = tuple(role.id for role in assessment.other_roles if role.decides)
    return assessment.verdict.kind, assessment.verdict.path, roles


def reasons(look: LookAgain) -> tuple[str, ...]:
    """Why it is time to look again; none where it is not."""
    found = []
    if look.situation_changed:
        found.append("Your answers have changed, and the verdict with them.")
    if look.verdict_changed:
        cause = "the rule base has" if look.rules_changed else "the program has"
        found.append(f"The answers you kept come to another verdict today, as {cause} changed since.")
    if look.lost:
        verb = "fits" if look.lost == 1 else "fit"
        found.append(f"{sentence(number(look.lost))} of the kept answers no longer {verb} the questionnaire.")
    if look.days >= HALF_A_YEAR:
        found.append(f"It is {look.days} days old, and much can change in half a year.")
    return tuple(found)


def look_again_blocks(look: LookAgain, full: bool = True) -> list[Block]:
    """The answer first, what it rests on, then the comparison; `full` names every passage there."""
    why = reasons(look)
    answer = " ".join(why) if why else _not_yet(look)
    at = f" at '{look.name}'" if look.name else ""
    blocks: list[Block] = [
        Heading(1, f"Is it time to look again{at}?"),
        paragraph(strong("Yes. " if why else "Not yet. "), answer),
        Items(_facts(look)),
    ]
    if look.comparison is not None:
        title, *rest = comparison_blocks(look.comparison, full)
        assert isinstance(title, Heading)
        blocks += [replace(title, level=2), *rest]
    return blocks


def _not_yet(look: LookAgain) -> str:
    if look.present and look.comparison is not None:
        if look.comparison.redacted:
            return "What your answers come to has not changed so much that it leads to another verdict."
        if not look.comparison.answers:
            return "Your answers are the same as those kept, and so is what they come to."
        return "Some answers have changed, but not so much that the verdict changes."
    return (
        "The answers you kept come to the same verdict today. It is time once they are no longer yours: --with FILE"
        " compares them with those you would give now."
    )


def _facts(look: LookAgain) -> tuple[Item, ...]:
    ago = "today" if look.days == 0 else f"{counted(look.days, 'day')} ago"
    local = look.when.astimezone().strftime("%Y-%m-%d")
    facts = [
        (f"As kept (number {look.number}, {local}, {ago}): ", f"{headline(look.kept)}."),
        ("The same answers today: ", f"{headline(look.scored)}."),
        ("The rule base: ", _rules(look)),
        ("What would change it: ", summarise(look.scored).change[0]),
    ]
    if look.name:
        facts.append(("To look again: ", _way(look)))
    return tuple(Item(line(strong(label), text)) for label, text in facts)


def _way(look: LookAgain) -> str:
    name = shlex.quote(look.name)
    if look.present:
        return f"pathfinder score FILE --keep {name} keeps what your answers come to now."
    answers = command("show --answers", look.name)
    return f"save what {answers} prints in a file, then go through it: pathfinder assess --answers FILE --keep {name}"


def _rules(look: LookAgain) -> str:
    then, now = _named(look.kept), _named(look.scored)
    made = look.kept.program.get("version", ""), look.scored.program.get("version", "")
    program = "" if made[0] == made[1] else f" The program was version {made[0]} then and is {made[1]} now."
    if look.rules_changed:
        return f"changed since: {then} then, {now} now.{program}"
    return f"unchanged since, {now}.{program}"


def _named(assessment: Assessment) -> str:
    overlay = overlay_in_words(assessment.rulebase)
    base = f"version {assessment.rulebase.get('version', '')} (content {assessment.rulebase.get('hash', '')})"
    return f"{base} with {overlay}" if overlay else base


def look_again_as_json(look: LookAgain) -> str:
    """The same as one JSON object; `comparison` is as `pathfinder compare` prints it, or null."""
    form = {
        "schema_version": SCHEMA_VERSION,
        "kind": KIND,
        "name": look.name,
        "number": look.number,
        "kept": look.when.isoformat(),
        "days": look.days,
        "due": bool(reasons(look)),
        "reasons": reasons(look),
        "verdict_kept": _verdict(look.kept),
        "verdict_today": _verdict(look.scored),
        "rules_changed": look.rules_changed,
        "situation_changed": look.situation_changed,
        "answers_lost": look.lost,
        "comparison": json.loads(comparison_as_json(look.comparison)) if look.comparison is not None else None,
    }
    return json.dumps(form, indent=2, ensure_ascii=False, allow_nan=False)


def _verdict(assessment: Assessment) -> dict[str, str | None]:
    return {"kind": assessment.verdict.kind, "path": assessment.verdict.path}
