"""What follows the first screen: short, and only what that screen has not said."""

from __future__ import annotations

from collections.abc import Sequence

from pathfinder.assessment.results.assessment import Assessment
from pathfinder.assessment.results.items import Citation, Reason
from pathfinder.report.blocks import Block, Heading, Item, Items, line, paragraph, strong
from pathfinder.report.citing import cited_in_short
from pathfinder.report.closing_blocks import open_blocks
from pathfinder.report.document import criteria_table
from pathfinder.report.option_blocks import options_in_short
from pathfinder.report.redaction import no_answers
from pathfinder.report.summary import Summary, openings
from pathfinder.report.words import in_part, points_in_words, sentence, weighed

MOST = 3
"""At most so many cautions, tensions and steps are shown."""

MOST_QUESTIONS = 5
"""At most so many open questions are shown."""

_EACH_WAY = 2


def second_part(assessment: Assessment, summary: Summary) -> list[Block]:
    """Options in hand, the criteria, the strongest reasons for every path, warnings, what is not known, what to do."""
    blocks = options_in_short(assessment)
    blocks += [Heading(2, "Where the points come from"), criteria_table(assessment)]
    blocks += _more("What else would change it", summary.change[1:])
    if assessment.verdict.kind != "none_fits":
        blocks += _more("What is blocked", openings(assessment))
    blocks += _reasons(assessment, summary)
    blocks += _cautions(summary)
    blocks += _tensions(assessment)
    if assessment.verdict.kind != "outside":
        blocks += open_blocks(assessment, MOST_QUESTIONS)
    blocks += _more("Also this week", summary.week[1:MOST])
    return blocks + _roles(assessment)


def _more(heading: str, texts: tuple[str, ...]) -> list[Block]:
    return [Heading(2, heading), Items(tuple(Item(line(text)) for text in texts))] if texts else []


def _reasons(assessment: Assessment, summary: Summary) -> list[Block]:
    """The strongest reasons for and against each path that were not shown yet."""
    first = summary.strengths + ((summary.weakness,) if summary.weakness else ())
    shown = {(reason.rule, reason.text) for reason in first}
    blocks: list[Block] = [Heading(2, "The strongest reasons, path by path")]
    for path in assessment.paths:
        leading = path is summary.about and bool(first)
        left = [reason for reason in path.reasons if not (leading and reason in first)]
        found = [reason for reason in left if reason.points > 0][:_EACH_WAY]
        found += [reason for reason in left if reason.points < 0][:_EACH_WAY]
        state = ", blocked" if path.status == "blocked" else ""
        nothing = " Nothing more." if leading else f" {sentence(no_answers(assessment))} speaks for or against it yet."
        after = (", besides what is said above." if leading else ".") + ("" if found else nothing)
        blocks.append(paragraph(strong(f"{path.title}, {points_in_words(path.score)}{state}"), after))
        if found:
            blocks.append(Items(tuple(_reason(assessment, reason, shown) for reason in found)))
    return blocks


def _reason(assessment: Assessment, reason: Reason, shown: set[tuple[str, str]]) -> Item:
    """A reason with its source and limits, which are left out where it was shown before."""
    head = strong(f"{weighed(reason, assessment.scale)}: ")
    if (reason.rule, reason.text) in shown:
        return Item(line(head, f"{reason.text} (As above.)"))
    shown.add((reason.rule, reason.text))
    limits = f"Misleads when: {reason.misleads_when}" if reason.misleads_when else ""
    details = tuple(line(text) for text in (in_part(reason), limits) if text)
    return Item(line(head, _cited(reason.text, reason.claims)), details)


def _cited(text: str, claims: Sequence[Citation]) -> str:
    found = cited_in_short(claims)
    return f"{text} ({found})" if found else text


def _cautions(summary: Summary) -> list[Block]:
    notes = [note for note in summary.about.cautions if note != summary.caution] if summary.about else []
    if summary.about is None or not notes:
        return []
    items = tuple(Item(line(_cited(note.text, note.claims))) for note in notes[:MOST])
    return [Heading(2, f"Cautions about {summary.about.title}"), Items(items)]


def _tensions(assessment: Assessment) -> list[Block]:
    if not assessment.tensions:
        return []
    items = (_told(one.title, one.text, "Ask yourself", one.ask) for one in assessment.tensions[:MOST])
    return [Heading(2, "Answers that pull apart"), Items(tuple(items))]


def _told(title: str, text: str, label: str, more: str) -> Item:
    return Item(line(strong(f"{title}. "), text), (line(f"{label}: {more}"),) if more else ())


def _roles(assessment: Assessment) -> list[Block]:
    """Roles outside the paths that the first screen has not named."""
    roles = [role for role in assessment.other_roles if not role.decides]
    if not roles:
        return []
    items = (_told(role.title, role.text, "What to do next", role.next) for role in roles)
    return [Heading(2, "Roles outside these paths"), Items(tuple(items))]
